// The proof of the transaction at full size, in the release build:
//
//   swift run -c release Proof [seed] [random subsets at each step] [all-errors]
//
// It ends with 1 when anything is lost, torn, mixed or unnoticed.

import Foundation
import TestSupport

let words = CommandLine.arguments
var proof = CrashProof()
proof.seed = words.count > 1 ? UInt64(words[1]) ?? 1 : 1
proof.random = words.count > 2 ? Int(words[2]) ?? 16 : 16
print("seed \(proof.seed)")
var isSound = true

@MainActor
func report(_ title: String, _ tally: CrashProof.Tally, _ began: Date) {
  let seconds = (Date().timeIntervalSince(began) * 10).rounded() / 10
  print(
    "\(title): \(tally.scenarios) scenarios, \(tally.steps) steps, \(tally.states) states, "
      + "\(tally.failures.count) failures, \(seconds) s")
  for failure in tally.failures { print("  \(failure)") }
  isSound = isSound && tally.failures.isEmpty
}

var began = Date()
report("power cut at every step", proof.run(), began)
began = Date()
report("and again within the recovery", proof.runTwice(every: 97), began)
began = Date()
let errors = (words.contains("all-errors") ? [0, 2, 5, 7, 10, 14] : [2, 5, 14]).map {
  CrashProof.scenarios[$0]
}
report("every call fails with every error", proof.runErrors(errors), began)
began = Date()
if let fault = proof.foreignFault() {
  print("foreign writes: \(fault)")
  isSound = false
} else {
  print("a foreign write before every step: kept")
}
var noticed = 0
for mutation in CrashProof.mutations {
  if let fault = proof.notices(mutation) {
    noticed += 1
    print("mutant \(mutation) is noticed: \(fault.prefix(140))")
  } else {
    print("mutant \(mutation) is NOT noticed")
    isSound = false
  }
}
print("mutants: \(noticed) of \(CrashProof.mutations.count) noticed")
exit(isSound ? 0 : 1)
