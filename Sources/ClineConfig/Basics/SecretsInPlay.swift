import Synchronization

/// The secrets that a run has met: stored ones, those that were passed in, those of variables.
///
/// A class, because what is met deep in a run must be known where its answer is printed. What stands in
/// files is worked out when somebody asks.
package final class SecretsInPlay: Sendable {
  private struct Met {
    var sources: [@Sendable () -> [Secret]] = []
    /// How many of them were asked.
    var asked = 0
    var secrets: Set<Secret> = []
  }
  private let met = Mutex(Met())

  /// None yet.
  package init() {}

  /// Whether no file was looked into yet.
  package var knowsNoFile: Bool { met.withLock { $0.sources.isEmpty } }

  /// Remembers a key that was read or typed.
  package func note(_ secret: Secret) { met.withLock { _ = $0.secrets.insert(secret) } }

  /// Remembers what stands in files.
  func note(_ source: @escaping @Sendable () -> [Secret]) {
    met.withLock { $0.sources.append(source) }
  }

  /// All of them.
  package var all: Set<Secret> {
    let before = met.withLock { $0 }
    // Not while it is locked: who asks a source does not know what that asks.
    let found = before.sources[before.asked...].flatMap { $0() }
    return met.withLock { met in
      met.secrets.formUnion(found)
      met.asked = max(met.asked, before.sources.count)
      return met.secrets
    }
  }
}
