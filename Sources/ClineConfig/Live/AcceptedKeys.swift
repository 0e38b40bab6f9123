import LosslessJSON

/// Which provider accepted which key before, so that a key of an unknown form is known again.
///
/// On the disk stands a salted digest of each key, in a file of one's own (0600) below
/// `$XDG_STATE_HOME/clinecfg`: never the key, and nothing that two machines could compare.
package struct AcceptedKeys: Hashable, Sendable {
  private struct Entry: Hashable, Sendable {
    let digest: String
    let provider: String
    let date: String
  }

  private let salt: String
  private var entries: [Entry]

  /// Where it is kept; `nil` without a home directory.
  static func path(on host: HostEnvironment) -> AbsolutePath? {
    host.stateDirectory?.appending("accepted-keys.json")
  }

  /// What is remembered; `nil` when nothing is, or the file is not ours to read.
  package static func load(on host: HostEnvironment) -> AcceptedKeys? {
    guard let path = path(on: host),
      let contents = try? host.acting(in: path).files.read(path, limit: 1 << 20),
      let root = (try? JSONDocument(parsing: contents.bytes))?.root,
      let salt = root["salt"]?.string, salt.count >= 32
    else { return nil }
    let entries = (root["keys"]?.array ?? []).compactMap { item -> Entry? in
      guard let digest = item["digest"]?.string, let provider = item["provider"]?.string else {
        return nil
      }
      return Entry(digest: digest, provider: provider, date: item["date"]?.string ?? "")
    }
    return AcceptedKeys(salt: salt, entries: entries)
  }

  /// Whose a key was when it was last accepted.
  package func sightings(of key: Secret) -> [KeySighting] {
    let digest = Self.digest(of: key, salt)
    return entries.filter { $0.digest == digest }.map {
      KeySighting(
        providers: [$0.provider], place: "accepted",
        because: "\($0.provider) accepted it on \($0.date)")
    }
  }

  /// Remembers that a provider accepted a key. Failing to is no failure: it is a hint.
  package static func remember(_ key: Secret, of provider: String, on host: HostEnvironment) {
    guard !key.isEmpty, key.reveal() != Triple.keyForKeyless, key.reveal().count >= 12,
      let path = path(on: host)
    else { return }
    var memory = load(on: host) ?? AcceptedKeys(salt: host.uniqueName(), entries: [])
    let digest = digest(of: key, memory.salt)
    let date = String(host.now().iso8601.prefix(10))
    guard !memory.entries.contains(where: { $0.digest == digest && $0.provider == provider }) else {
      return
    }
    memory.entries.removeAll { $0.digest == digest }
    memory.entries.append(Entry(digest: digest, provider: provider, date: date))
    memory.entries = Array(memory.entries.suffix(200))
    try? memory.save(at: path, on: host)
  }

  /// Forgets one provider's keys, or all.
  ///
  /// - Returns: How many were forgotten.
  @discardableResult
  package static func forget(
    provider: String?, on host: HostEnvironment
  ) throws(FileSystemError) -> Int {
    guard let path = path(on: host) else { return 0 }
    let host = host.acting(in: path)
    guard try host.files.status(of: path) != nil else { return 0 }
    guard var memory = load(on: host), let provider else {
      let count = load(on: host)?.entries.count ?? 0
      try host.files.remove(path)
      return count
    }
    let before = memory.entries.count
    memory.entries.removeAll { $0.provider == provider }
    if memory.entries.isEmpty {
      try host.files.remove(path)
    } else if memory.entries.count != before {
      try memory.save(at: path, on: host)
    }
    return before - memory.entries.count
  }

  private func save(at path: AbsolutePath, on host: HostEnvironment) throws(FileSystemError) {
    let value: JSONValue = [
      "salt": .string(salt),
      "keys": .array(
        entries.map {
          [
            "digest": .string($0.digest), "provider": .string($0.provider),
            "date": .string($0.date),
          ]
        }),
    ]
    try host.acting(in: path).files.replace(
      path, with: value.bytes(), mode: .ownerOnly, named: host.uniqueName())
  }

  private static func digest(of key: Secret, _ salt: String) -> String {
    SHA256.hexadecimal(Array((salt + ":" + key.reveal()).utf8))
  }
}
