import LosslessJSON

/// Profiles by name, in `$XDG_CONFIG_HOME/clinecfg/profiles`, and the keys that some of them keep, in
/// `keys` beside it (0600, ignored by git).
package struct SavedProfiles: Sendable {
  /// Where the profiles are.
  package let directory: AbsolutePath
  /// Where the keys are that profiles keep.
  let keys: AbsolutePath
  private let state: AbsolutePath?
  private let host: HostEnvironment

  /// `nil` without a home directory.
  package init?(on host: HostEnvironment) {
    guard let root = host.configurationDirectory else { return nil }
    directory = root.appending("profiles")
    keys = root.appending("keys")
    state = host.stateDirectory?.appending("profiles.json")
    self.host = host.acting(in: root)
  }

  /// Whether a name can be one: letters, digits, `.`, `_` and `-`, no dot or hyphen in front.
  package static func isName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.hasPrefix("-") && name.utf8.count <= 100
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// The names, sorted.
  package func names() throws(FileSystemError) -> [String] {
    try host.files.names(in: directory).filter { $0.hasSuffix(".json") }
      .map { String($0.dropLast(5)) }.filter(Self.isName)
  }

  /// The file of a profile.
  package func path(of name: String) -> AbsolutePath { directory.appending(name + ".json") }

  /// Whether there is a profile of this name.
  package func contains(_ name: String) -> Bool {
    Self.isName(name) && ((try? host.files.status(of: path(of: name))) ?? nil) != nil
  }

  /// Writes a profile. What stands in an existing file and means the same stays as it is, comments
  /// included; a file that is no profile is not overwritten.
  ///
  /// - Returns: Whether the file differs now.
  @discardableResult
  package func save(_ profile: Profile, as name: String) throws -> Bool {
    let path = path(of: name)
    var document = try JSONDocument(profile.json)
    var before: FileContents?
    if contains(name) {
      let contents = try host.files.read(host.files.resolve(path), limit: 1 << 20)
      before = contents
      _ = try Profile(parsing: contents.bytes, name: path.description)
      document = try JSONDocument(parsing: contents.bytes, dialect: .jsonc)
      var wanted = profile.json.object ?? [:]
      wanted["$schema"] = document["/$schema"]
      try document.edit(from: document, to: JSONDocument(whole: .object(wanted)))
    }
    let bytes = document.bytes + (before == nil ? [UInt8(ascii: "\n")] : [])
    guard bytes != before?.bytes else { return false }
    // A command in it may say more than others should know.
    try host.files.replace(
      path, with: bytes, mode: before?.status.mode ?? .ownerOnly, named: host.uniqueName())
    return true
  }

  /// Keeps a copy of a profile that is about to be replaced, beside it.
  package func keepCopy(of name: String) throws(FileSystemError) {
    let path = path(of: name)
    let contents = try host.files.read(host.files.resolve(path), limit: 1 << 20)
    try host.files.replace(
      directory.appending(name + ".json.bak"), with: contents.bytes, mode: .ownerOnly,
      named: host.uniqueName())
  }

  /// How a profile refers to the key that it keeps. A key file that belongs to something else is in
  /// the way (`EEXIST`).
  ///
  /// The profile is saved before the key is: no key file is ever without an owner.
  ///
  /// - Parameters:
  ///   - name: The profile's name.
  ///   - mode: The mode that it is for, where they differ.
  package func reference(
    toKeyOf name: String, _ mode: Mode?
  ) throws(FileSystemError) -> KeyReference {
    let file = keys.appending(name + (mode.map { ".\($0.rawValue)" } ?? ""))
    if try host.files.status(of: file) != nil, !keyFiles(of: name).contains(file) {
      throw FileSystemError(operation: .create, path: file, code: .exists)
    }
    return .file(Self.place + file.name)
  }

  /// Stores the key of a reference that ``reference(toKeyOf:_:)`` made.
  package func keep(_ key: Secret, at reference: KeyReference) throws(FileSystemError) {
    guard let file = keyFile(of: reference) else { return }
    try removeTemporaries()
    try host.files.replace(
      file, with: Array((key.reveal() + "\n").utf8), mode: .ownerOnly, named: host.uniqueName())
    let ignore = keys.appending(".gitignore")
    if try host.files.status(of: ignore) == nil {
      try host.files.replace(
        ignore, with: Array("*\n".utf8), mode: .ownerOnly, named: host.uniqueName())
    }
  }

  /// Removes a profile and the keys that it keeps, unless another profile refers to them.
  package func remove(_ name: String) throws(FileSystemError) {
    let files = keyFiles(of: name)
    try host.files.remove(path(of: name))
    try removeKeys(files)
    if used.contains(name) { try remember(used.filter { $0 != name }) }
  }

  /// Removes key files that a profile had, where no profile refers to them now.
  ///
  /// - Returns: Those that are gone.
  @discardableResult
  package func removeKeys(_ files: [AbsolutePath]) throws(FileSystemError) -> [AbsolutePath] {
    try removeTemporaries()
    let named = keyFiles().named
    let unowned = files.filter { !named.contains($0) }
    for file in unowned { try host.files.remove(file) }
    return unowned
  }

  /// What a save that was killed left.
  private func removeTemporaries() throws(FileSystemError) {
    let oldest = host.now().milliseconds - 60_000
    for file in keyFiles().temporary {
      guard let status = try host.files.status(of: file), status.modified.milliseconds < oldest
      else {
        continue
      }
      try host.files.remove(file)
    }
  }

  private static let place = "../keys/"

  /// The key files that are there, those that profiles refer to, and what a killed save left.
  func keyFiles() -> (kept: [AbsolutePath], named: [AbsolutePath], temporary: [AbsolutePath]) {
    let there = ((try? host.files.names(in: keys)) ?? [])
    let names = (try? names()) ?? []
    return (
      there.filter { !$0.hasPrefix(".") }.map(keys.appending), names.flatMap(keyFiles(of:)),
      there.filter { $0.hasPrefix(".") && $0.hasSuffix(".tmp") }.map(keys.appending)
    )
  }

  /// The key files that hold one of these values.
  package func keyFiles(holding secrets: [Secret]) -> [AbsolutePath] {
    let values = Set(secrets.filter(\.isTelling))
    guard !values.isEmpty else { return [] }
    return ((try? host.files.names(in: keys)) ?? []).map(keys.appending).filter { path in
      guard let bytes = (try? host.files.read(path, limit: 64 << 10))?.bytes else { return false }
      return values.contains(Secret(JavaScript.trim(String(decoding: bytes, as: UTF8.self))))
    }
  }

  /// The files in `keys` that a profile refers to.
  package func keyFiles(of name: String) -> [AbsolutePath] {
    guard contains(name) else { return [] }
    guard let profile = try? Profile(at: path(of: name), on: host) else {
      // What cannot be read still owns what its name says.
      return ["", ".plan", ".act"].map { keys.appending(name + $0) }.filter {
        ((try? host.files.status(of: $0)) ?? nil) != nil
      }
    }
    return profile.choices.compactMap { $0.key.flatMap(keyFile(of:)) }
  }

  private func keyFile(of reference: KeyReference) -> AbsolutePath? {
    guard case .file(let path) = reference, path.hasPrefix(Self.place) else { return nil }
    let name = String(path.dropFirst(Self.place.utf8.count))
    return name.contains("/") || name.hasPrefix(".") ? nil : keys.appending(name)
  }

  // MARK: Used last

  /// The profiles that were put to use, the last one first.
  package var used: [String] {
    guard let state, let contents = try? host.files.read(state, limit: 1 << 16),
      let root = (try? JSONDocument(parsing: contents.bytes))?.root
    else { return [] }
    return (root["used"]?.array ?? []).compactMap(\.string).filter(Self.isName)
  }

  /// Remembers that a profile was put to use.
  package func markUsed(_ name: String) throws(FileSystemError) {
    try remember([name] + used.filter { $0 != name })
  }

  private func remember(_ names: [String]) throws(FileSystemError) {
    let names = Array(names.prefix(10))
    guard let state, names != used else { return }
    let value: JSONValue = ["used": .array(names.map { .string($0) })]
    try host.files.replace(
      state, with: value.bytes(), mode: .ownerOnly, named: host.uniqueName())
  }
}
