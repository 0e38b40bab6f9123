// The proof of the transaction at full size, in the release build:
//
//   swift run -c release Proof [seed] [random subsets at each step] [all]
//
// It ends with 1 when anything is lost, torn, mixed or unnoticed. `all` runs what is a sample
// otherwise over every scenario.

import ClineConfig
import Foundation
import LosslessJSON
import TestSupport

let words = CommandLine.arguments
var proof = CrashProof()
proof.seed = words.count > 1 ? UInt64(words[1]) ?? 1 : 1
proof.random = words.count > 2 ? Int(words[2]) ?? 32 : 32
let all = words.contains("all")
print("seed \(proof.seed)")
var isSound = true

@MainActor
func report(_ title: String, of run: () -> CrashProof.Tally) {
  let began = Date()
  let tally = run()
  let seconds = (Date().timeIntervalSince(began) * 10).rounded() / 10
  print(
    "\(title): \(tally.scenarios) scenarios, \(tally.steps) steps, \(tally.states) states, "
      + "\(tally.failures.count) failures, \(seconds) s")
  for failure in tally.failures { print("  \(failure)") }
  isSound = isSound && tally.failures.isEmpty
}

let few = all ? CrashProof.scenarios : [2, 5, 10, 16].map { CrashProof.scenarios[$0] }
let several =
  all
  ? CrashProof.scenarios
  : CrashProof.scenarios(named: "edit of two files", "the very first run", "undo of an edit")
report("power cut at every step") { proof.run() }
report("and again within the recovery") { proof.runTwice(every: all ? 7 : 29) }
report("and again on the way back") { proof.runBack(several) }
report("every call fails with every error") { proof.runErrors(few) }
report("a failing call, then a power cut at each later step") {
  proof.runFaultThenCut(several, codes: [.inputOutput, .notAFile])
}
report("a foreign write, then a power cut at each later step") { proof.runForeignThenCut(several) }
report("a power cut, a foreign write, and one within each recovery") {
  proof.runForeignRecovery(
    all ? several : CrashProof.scenarios(named: "edit of two files", "the very first run"))
}
report("damaged and missing copies") { proof.runDamaged(several) }
report("a copied data directory") { proof.runCopied(several) }
report("removing and rewriting backups") { proof.runUpkeep() }
report("stray entries") { proof.runStrays(several) }
if let fault = proof.foreignFault() {
  print("foreign writes: \(fault)")
  isSound = false
} else {
  print("a foreign write before every step: kept")
}
let began = Date()
let noticed = words.contains("without-mutants") ? [] : proof.noticed(CrashProof.mutations)
for (mutation, fault) in noticed {
  if let fault {
    print("mutant \(mutation) is noticed: \(fault.prefix(140))")
  } else {
    print("mutant \(mutation) is NOT noticed")
    isSound = false
  }
}
print(
  "mutants: \(noticed.count { $0.1 != nil }) of \(CrashProof.mutations.count) noticed, "
    + "\(Int(Date().timeIntervalSince(began))) s")
exit(isSound ? 0 : 1)
