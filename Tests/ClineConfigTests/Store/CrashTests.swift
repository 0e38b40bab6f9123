import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// A small part of what `swift run -c release Proof` tries at full size.
@Suite("A power cut at any step leaves all old or all new")
struct CrashTests {
  @Test("with what was not synced lost, kept or half there", arguments: [0, 5, 12])
  func cuts(scenario: Int) {
    var proof = CrashProof()
    proof.seed = UInt64.random(in: 0..<1_000_000)
    proof.random = 1
    let tally = proof.run([CrashProof.scenarios[scenario]])
    print("power cuts, seed \(proof.seed): \(tally.states) states of \(tally.steps) steps")
    #expect(tally.failures.isEmpty, "seed \(proof.seed): \(tally.failures)")
    #expect(tally.states > 300)
  }

  @Test("a sync that is left out is noticed", arguments: ["*", ".tmp", "record.json"])
  func notices(file: String) {
    var proof = CrashProof()
    proof.mutation = .noSyncOfFile(file)
    proof.random = 2
    let scenarios = CrashProof.scenarios(
      named: "edit of one file", "a store on another file system")
    #expect(!proof.run(scenarios).failures.isEmpty)
  }

  @Test("also within what is taken back, beside other programs, with damaged copies and strays")
  func compound() {
    var proof = CrashProof()
    proof.seed = UInt64.random(in: 0..<1_000_000)
    proof.random = 1
    let few = [CrashProof.scenarios[1]]
    for tally in [
      proof.runBack(few), proof.runFaultThenCut(few, codes: [.inputOutput]),
      proof.runForeignThenCut(few), proof.runDamaged(few), proof.runCopied(few),
      proof.runStrays(few), proof.runUpkeep(),
    ] {
      #expect(tally.failures.isEmpty, "seed \(proof.seed): \(tally.failures)")
      #expect(tally.states > 40)
    }
  }

  @Test("every call fails with an input or output error, once and from then on")
  func errors() {
    let tally = CrashProof().runErrors(
      [CrashProof.scenarios[1]], codes: [FileSystemError.Code(rawValue: 5)])
    #expect(tally.failures.isEmpty, "\(tally.failures)")
    #expect(tally.states > 200)
  }
}
