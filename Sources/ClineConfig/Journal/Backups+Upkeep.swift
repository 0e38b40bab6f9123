package import LosslessJSON

extension SettingsStore {
  /// How many of the newest backups are kept whatever their age.
  package static let keptBackups = 20
  /// How long every backup is kept, in days.
  package static let keptDays = 30

  /// The backups that may go: neither among the newest, nor young, nor the first of all.
  package func expiredBackups() throws(StoreError) -> [Backup] {
    let oldest = Timestamp(
      milliseconds: host.now().milliseconds - Int64(Self.keptDays) * 86_400_000)
    // By the names first, which begin with the second of the change: most commits find none that is
    // old enough, and need read no record.
    let names = Self.neitherNewestNorFirst(try backupNames().sorted(by: >))
    guard names.contains(where: { $0.prefix(Timestamp.compactLength) <= oldest.compact }) else {
      return []
    }
    return Self.neitherNewestNorFirst(try backups()).filter { $0.created < oldest }
  }

  /// - Parameter all: Newest first.
  private static func neitherNewestNorFirst<T>(_ all: [T]) -> ArraySlice<T> {
    all.dropFirst(keptBackups).dropLast()
  }

  /// Removes the expired backups.
  ///
  /// - Returns: What went.
  @discardableResult
  package func pruneBackups() throws(StoreError) -> [Backup] {
    if try expiredBackups().isEmpty, try expiredConflicts().isEmpty { return [] }
    return try Transaction.locked(self) { () throws(StoreError) in try removeExpired() }
  }

  /// Under the lock: what may go goes. Every commit ends with it.
  @discardableResult
  func removeExpired() throws(StoreError) -> [Backup] {
    let expired = try expiredBackups()
    try state.discard(expired.map { state.backups.appending($0.id) })
    for copy in try expiredConflicts() {
      try state.files.remove(copy)
    }
    return expired
  }

  // MARK: Other programs' versions

  private static let conflictPrefix = "conflict-"

  /// The name of a copy of another program's version that met a change.
  func conflictName(for file: SettingsFile) -> String {
    "\(Self.conflictPrefix)\(host.now().compact)-\(host.uniqueName().suffix(8))-\(file.rawValue).json"
  }

  /// Copies of other programs' versions that may go, by the rule for backups: never while one of
  /// Cline's files is gone or broken, whose last version it could be.
  private func expiredConflicts() throws(StoreError) -> [AbsolutePath] {
    guard try state.look(at: state.backups, .directory) != nil else { return [] }
    let oldest = host.now().milliseconds - Int64(Self.keptDays) * 86_400_000
    var copies: [(path: AbsolutePath, made: Int64)] = []
    for name in try state.files.names(in: state.backups) where name.hasPrefix(Self.conflictPrefix) {
      let path = state.backups.appending(name)
      guard let status = try state.files.status(of: path), status.kind == .file else { continue }
      copies.append((path, status.modified.milliseconds))
    }
    copies.sort { ($0.made, $0.path.description) > ($1.made, $1.path.description) }
    let expired = copies.dropFirst(Self.keptBackups).filter { $0.made < oldest }.map(\.path)
    guard !expired.isEmpty else { return [] }
    let now = load()
    let isWhole = [SettingsFile.globalState, .secrets, .providers].allSatisfy {
      now[$0].problem == nil && now[$0].contents != nil
    }
    return isWhole ? expired : []
  }

  /// Copies that belong to no backup: other programs' versions that met a change, and files that
  /// could not be read.
  private func looseCopies() throws(StoreError) -> [AbsolutePath] {
    var found: [AbsolutePath] = []
    for directory in [state.backups, state.quarantine]
    where try state.look(at: directory, .directory) != nil {
      let names = try state.files.names(in: directory)
      for name in names
      where directory == state.quarantine || name.hasPrefix(Self.conflictPrefix) {
        let path = directory.appending(name)
        if (try? state.look(at: path, .file)) ?? nil != nil { found.append(path) }
      }
    }
    return found
  }

  // MARK: Keys in copies

  /// The backups that hold any of these values, newest first.
  package func backups(holding secrets: [Secret]) throws(StoreError) -> [Backup] {
    let texts = Self.spellings(of: secrets)
    guard !texts.isEmpty else { return [] }
    var found: [Backup] = []
    for record in try records() {
      let directory = state.backups.appending(record.id)
      let names = try state.files.names(in: directory)
      for name in names {
        guard let bytes = (try? state.bytes(directory.appending(name))) ?? nil,
          texts.contains(where: { bytes.holds($0) })
        else { continue }
        found.append(Backup(record, in: self))
        break
      }
    }
    return found
  }

  /// Copies outside the backups that hold any of these values.
  package func looseCopies(holding secrets: [Secret]) throws(StoreError) -> [AbsolutePath] {
    let texts = Self.spellings(of: secrets)
    var found: [AbsolutePath] = []
    for path in try looseCopies() {
      guard let bytes = try state.bytes(path), texts.contains(where: { bytes.holds($0) }) else {
        continue
      }
      found.append(path)
    }
    return found
  }

  /// How a value stands in a file, and in a text within a record.
  private static func spellings(of secrets: [Secret]) -> Set<[UInt8]> {
    Set(
      secrets.flatMap { secret in
        let once = JSONText.escaped(secret.reveal())
        return [once, JSONText.escaped(String(decoding: once, as: UTF8.self))]
      }.filter { !$0.isEmpty })
  }

  /// Takes values out of every copy that a backup holds. What was around them stays; such a backup
  /// can still be put back, without them.
  ///
  /// Each backup is made anew beside the old one and swapped with it, so that a crash leaves one
  /// or the other. Deleting is unlinking: a key that must be gone is revoked at the provider.
  ///
  /// - Parameter matches: Which values, by file, place and text.
  /// - Returns: The backups that were rewritten.
  @discardableResult
  package func purgeBackups(
    where matches: (SettingsFile, JSONPointer, String) -> Bool
  ) throws(StoreError) -> [Backup] {
    guard try state.look(at: state.backups, .directory) != nil else { return [] }
    return try Transaction.locked(self) { () throws(StoreError) in
      try Recovery(store: self).run(.automatic)
      var rewritten: [Backup] = []
      for record in try records() where try purge(record, matches) {
        rewritten.append(Backup(record, in: self))
      }
      try purgeLooseCopies(matches)
      return rewritten
    }
  }

  /// Takes the secrets of a provider out of every copy: what stands in its places, and the same values
  /// wherever else they stand.
  ///
  /// - Parameters:
  ///   - slot: Whose; `nil` for every secret.
  ///   - keys: Further values of the provider's.
  /// - Returns: The backups that were rewritten.
  @discardableResult
  package func purgeBackups(
    of slot: ProviderSlot?, and keys: [Secret] = []
  ) throws(StoreError) -> [Backup] {
    func isPlace(_ pointer: JSONPointer, file: SettingsFile) -> Bool {
      slot.map { $0.isSecretPlace(pointer, in: file) } ?? SecretPlaces.hold(pointer, in: file)
    }
    let found = try keptSecrets().filter { isPlace($0.place.pointer, file: $0.place.file) }.map(
      \.value)
    let now = load().secrets.filter { isPlace($0.place.pointer, file: $0.place.file) }.map(\.value)
    let values = Set((keys + found + now).filter(\.isTelling).map { $0.reveal() })
    return try purgeBackups { file, pointer, text in
      // Also within a longer value, such as an address.
      isPlace(pointer, file: file) || values.contains { text.contains($0) }
    }
  }

  /// Every secret that stands in a copy, by the table of places. What is damaged is left out.
  func keptSecrets() throws(StoreError) -> [StoredSecret] {
    guard try state.look(at: state.backups, .directory) != nil else { return [] }
    var found: [StoredSecret] = []
    for record in try records() {
      for (index, file) in record.files.enumerated() {
        var reading = StoreReading(path: .root)
        reading.document = file.file.document(of: (try? copy(of: record, index)) ?? nil)
        found += reading.secrets(of: file.file)
        for change in (try? changes(of: record, index)) ?? [] {
          for text in [change.old, change.new].compactMap(\.self) {
            guard let document = file.file.document(of: Array(text.utf8)) else { continue }
            found += StoreReading.secrets(document.root, at: change.pointer, of: file.file)
          }
        }
      }
    }
    for path in try looseCopies() {
      let bytes = (try? state.bytes(path)) ?? nil
      for file in SettingsFile.allCases where path.name.contains(file.rawValue) {
        var reading = StoreReading(path: path)
        reading.document = file.document(of: bytes)
        found += reading.secrets(of: file)
      }
    }
    return found
  }

  /// What is not JSON cannot be cleaned, and goes.
  private func purgeLooseCopies(
    _ matches: (SettingsFile, JSONPointer, String) -> Bool
  ) throws(StoreError) {
    for path in try looseCopies() {
      guard let bytes = try state.bytes(path) else { continue }
      // A loose copy of clinecfg 0.1 does not say which file it was: whatever could match does.
      let clean = (try? JSONDocument(parsing: bytes)).map { _ in
        SettingsFile.allCases.reduce(bytes) { Self.without($0, file: $1, matches) }
      }
      guard clean != bytes else { continue }
      if let clean {
        try state.files.replace(path, with: clean, named: host.uniqueName())
      } else {
        try state.files.remove(path)
        try state.files.synchronize(path.parent)
      }
    }
  }

  private func purge(
    _ record: TransactionRecord, _ matches: (SettingsFile, JSONPointer, String) -> Bool
  ) throws(StoreError) -> Bool {
    var purged = record
    var copies: [(name: String, bytes: [UInt8])] = []
    var differs = false
    for (index, file) in record.files.enumerated() {
      do throws(StoreError) {
        let changes = try changes(of: record, index)
        purged.files[index].layout = .moved
        purged.files[index].changes = changes.compactMap {
          Self.without($0, file: file.file, matches)
        }
        differs = differs || purged.files[index].changes != changes
        guard let bytes = try copy(of: record, index) else { continue }
        let clean = Self.without(bytes, file: file.file, matches)
        differs = differs || clean != bytes
        copies.append(("\(index)", clean))
        purged.files[index].before = .init(clean, mode: file.before?.mode ?? .ownerOnly)
      } catch {
        if error.code == .noSuchBackup { return false }
        throw error
      }
    }
    copies += try formerForeignCopies(of: record) { bytes, file in
      let clean = Self.without(bytes, file: file, matches)
      differs = differs || clean != bytes
      return clean
    }
    guard differs else { return false }
    purged.isPurged = true
    try replaceBackup(purged, copies: copies)
    return true
  }

  /// Other programs' versions that clinecfg 0.1 kept with a backup.
  private func formerForeignCopies(
    of record: TransactionRecord, _ clean: ([UInt8], SettingsFile) -> [UInt8]
  ) throws(StoreError) -> [(name: String, bytes: [UInt8])] {
    let directory = state.backups.appending(record.id)
    let names = try state.files.names(in: directory)
    var copies: [(name: String, bytes: [UInt8])] = []
    for name in names where name.contains(".foreign-") {
      guard let index = Int(name.prefix { $0.isNumber }), record.files.indices.contains(index),
        let bytes = try state.bytes(directory.appending(name))
      else { continue }
      copies.append((name, clean(bytes, record.files[index].file)))
    }
    return copies
  }

  private func replaceBackup(
    _ record: TransactionRecord, copies: [(name: String, bytes: [UInt8])]
  ) throws(StoreError) {
    let files = state.files
    let old = state.backups.appending(record.id)
    let new = state.backups.appending(record.id + StateDirectory.unmade)
    try state.removeRubbish(new)
    try files.makeDirectory(new)
    for (name, bytes) in copies { try files.create(new.appending(name), contents: bytes) }
    try files.create(new.appending(StateDirectory.recordName), contents: record.text)
    try files.synchronize(new)
    if try files.exchange(new, old) {
      // What is removed must be what does not count, also after a crash.
      try files.synchronize(state.backups)
    } else {
      try files.rename(old, to: state.backups.appending(record.id + Self.replaced))
      try files.rename(new, to: old)
      try files.synchronize(state.backups)
      try settleRewriting()
    }
    try state.removeRubbish(new)
  }

  private static let replaced = ".old"

  /// Whether an interrupted rewriting left something.
  func hasRewriting() throws(StoreError) -> Bool {
    for suffix in [StateDirectory.unmade, Self.replaced]
    where try !state.changes(in: state.backups, suffix: suffix).isEmpty {
      return true
    }
    return false
  }

  /// Under the lock: what an interrupted rewriting left goes, and a backup that it had just taken
  /// away comes back.
  func settleRewriting() throws(StoreError) {
    for name in try state.changes(in: state.backups, suffix: StateDirectory.unmade) {
      try state.removeRubbish(state.backups.appending(name))
    }
    for name in try state.changes(in: state.backups, suffix: Self.replaced) {
      let id = String(name.dropLast(Self.replaced.utf8.count))
      let (place, target) = (state.backups.appending(name), state.backups.appending(id))
      let isGone = try state.look(at: target, .directory) == nil
      let rubbish = state.backups.appending(id + StateDirectory.unmade)
      try state.files.rename(place, to: isGone ? target : rubbish)
      try state.files.synchronize(state.backups)
      try state.removeRubbish(rubbish)
    }
  }

  /// A change without the values that match; `nil` where nothing of it is left.
  private static func without(
    _ change: ValueChange, file: SettingsFile,
    _ matches: (SettingsFile, JSONPointer, String) -> Bool
  ) -> ValueChange? {
    func clean(_ text: String?) -> String? {
      guard let text else { return nil }
      guard let document = file.document(of: Array(text.utf8)) else { return nil }
      if let value = document.root.string {
        return matches(file, change.pointer, value) ? nil : text
      }
      return String(
        decoding: without(
          Array(text.utf8), file: file,
          { matches($0, JSONPointer(tokens: change.pointer.tokens + $1.tokens), $2) }),
        as: UTF8.self)
    }
    var cleaned = change
    cleaned.old = clean(change.old)
    cleaned.new = clean(change.new)
    return cleaned.old == nil && cleaned.new == nil ? nil : cleaned
  }

  /// A document without the values that match.
  private static func without(
    _ bytes: [UInt8], file: SettingsFile, _ matches: (SettingsFile, JSONPointer, String) -> Bool
  ) -> [UInt8] {
    guard var document = file.document(of: bytes) else { return bytes }
    var doomed: [JSONPointer] = []
    var open: [(JSONValue, JSONPointer)] = [(document.root, .root)]
    while let (value, pointer) = open.popLast() {
      switch value {
      case .string(let text): if matches(file, pointer, text) { doomed.append(pointer) }
      case .object(let object):
        for (key, value) in object { open.append((value, pointer.appending(key))) }
      case .array(let items):
        for (index, value) in items.enumerated() { open.append((value, pointer.appending(index))) }
      case .number, .bool, .null: break
      }
    }
    for pointer in doomed {
      // What stands behind an item keeps its place.
      if pointer.tokens.last?.arrayIndex != nil, document[pointer.parent ?? .root]?.array != nil {
        _ = try? document.set("", at: pointer)
      } else {
        _ = try? document.removeValue(at: pointer)
      }
    }
    return document.bytes
  }
}
