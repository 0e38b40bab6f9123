import Synchronization

/// The secrets that a run has met: stored ones, those that were passed in, those of variables.
///
/// A class, because what is met deep in a run must be known where its answer is printed. Nothing is
/// worked out before somebody asks.
public final class SecretsInPlay: Sendable {
  private struct Met {
    var snapshots: [Snapshot] = []
    var secrets: Set<Secret> = []
  }
  private let met = Mutex(Met())

  /// None yet.
  public init() {}

  /// Remembers what stands in files.
  public func note(_ snapshot: Snapshot) { met.withLock { $0.snapshots.append(snapshot) } }

  /// Whether no file was looked into yet.
  public var knowsNoFile: Bool { met.withLock { $0.snapshots.isEmpty } }

  /// Remembers the secrets of the files of keys, where a command looks into none of Cline's files.
  public func noteKeys(in locations: ClineLocations, on host: HostEnvironment) {
    for file in locations.files where file.holdsSecrets {
      let reading = StoreReading.read(file, at: locations.path(of: file), on: host.files)
      if let document = reading.document { note(document, of: file) }
    }
  }

  /// Remembers a key that was read or typed.
  public func note(_ secret: Secret) { met.withLock { _ = $0.secrets.insert(secret) } }

  /// Remembers what stands in the secret places of one document.
  func note(_ document: JSONDocument, of file: SettingsFile) {
    var reading = StoreReading(path: .root)
    reading.document = document
    for stored in reading.secrets(of: file) { note(stored.value) }
  }

  /// What takes every one of them out of a text.
  ///
  /// - Parameters:
  ///   - catalog: Its own words are no secrets, even where a key holds them.
  ///   - variables: Of the environment: those whose names say so are secrets too.
  ///   - isStrict: For what others say.
  public func redactor(
    _ catalog: ProviderCatalog, variables: [String: String], isStrict: Bool
  ) -> Redactor {
    let met = met.withLock { $0 }
    var secrets = met.secrets
    for snapshot in met.snapshots { secrets.formUnion(snapshot.secrets.map(\.value)) }
    for (name, value) in variables where SecretName.isVariable(name) {
      secrets.insert(Secret(value))
    }
    return Redactor(secrets, catalog: catalog, isStrict: isStrict)
  }
}
