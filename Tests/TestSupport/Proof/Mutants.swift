import ClineConfig
import Dispatch
import LosslessJSON
import Synchronization

extension CrashProof {
  /// Every mutation that the proof must notice.
  package static let mutations: [Mutation] = [
    .noSyncOfFile("record.json"), .noSyncOfFile("*"), .noSyncOfFile(".tmp"),
    .noSyncOfFile(".json"), .noSyncOfDirectory("*.new"), .noSyncOfDirectory("*"),
    .noSyncOfDirectory(".clinecfg"), .noSyncOfDirectory("data"), .noSyncOfDirectory("settings"),
    .noSyncOfDirectory(".cline"), .noSyncOfDirectory("u"), .noSyncOfDirectory("dotfiles"),
    .noSyncOfDirectory("backups"), .replacesInsteadOfSwapping, .renamesOver, .createsOver,
    .createsWide, .ignoresModes, .readsOnlyOnce, .neverCommits, .linksNothing, .removesNothing,
    .writesShort, .hidesSyncErrors, .discardsInPlace,
  ]

  /// What notices each mutation, on every core.
  package func noticed(_ mutations: [Mutation]) -> [(Mutation, fault: String?)] {
    let found = Mutex<[Int: String]>([:])
    DispatchQueue.concurrentPerform(iterations: mutations.count) { index in
      let fault = notices(mutations[index])
      found.withLock { $0[index] = fault }
    }
    return found.withLock { found in
      mutations.enumerated().map { ($1, found[$0]) }
    }
  }

  /// Whether anything in the proof notices a mutation: a cut, an error, a foreign write, a planted
  /// link, or the check after a run without any fault.
  package func notices(_ mutation: Mutation) -> String? {
    var proof = self
    proof.mutation = mutation
    proof.random = 8
    if let fault = proof.foreignFault() { return fault }
    let some = Self.scenarios(named: "edit of two files")
    return proof.run().failures.first ?? proof.runUpkeep().failures.first
      ?? proof.runErrors([Self.scenarios[2]], codes: [.inputOutput]).failures.first
      ?? proof.runBack(some).failures.first ?? proof.runTwice(every: 31).failures.first
  }
}
