/// One backup in detail: what it changed, and whether its copies are sound.
public struct BackupContents: Sendable {
  /// One file of it.
  public struct File: Sendable {
    /// Which file; `nil` for one of a newer clinecfg.
    public let file: SettingsFile?
    /// Its path.
    public let path: String
    /// Its bytes before the change; `nil` when there was no file.
    public let before: [UInt8]?
    /// Its bytes after it; `nil` when the file went.
    public let after: [UInt8]?
    /// Its permissions before.
    public let mode: FileMode?
    /// The places that differ.
    public let changes: [Plan.Change]
  }

  /// The backup.
  public let backup: Backup
  /// Its files, in the order in which they were published.
  public let files: [File]
}

extension SettingsStore {
  /// How many of the newest backups are kept whatever their age.
  public static let keptBackups = 20
  /// How long every backup is kept, in days.
  public static let keptDays = 30

  /// A backup with the bytes that it holds.
  ///
  /// Throws ``StoreError/Code/noSuchBackup`` where there is none of the name, or its copies are not
  /// what they were.
  public func contents(ofBackup id: String) throws(StoreError) -> BackupContents {
    let record = try record(of: id)
    var files: [BackupContents.File] = []
    for (index, file) in record.files.enumerated() {
      let copies = try copies(of: record, index)
      let settingsFile = file.settingsFile
      let documents = (
        settingsFile?.document(of: copies.before), settingsFile?.document(of: copies.after)
      )
      files.append(
        BackupContents.File(
          file: settingsFile, path: file.path, before: copies.before,
          after: copies.after, mode: file.before.map { FileMode(rawValue: UInt16($0.mode)) },
          changes: Self.changes(from: documents.0, to: documents.1)))
    }
    return BackupContents(backup: Backup(record), files: files)
  }

  /// The names of backups whose record or copies are damaged: every copy is hashed again.
  public func damagedBackups() throws(StoreError) -> [String] {
    var damaged: [String] = []
    for name in try backupNames() {
      do throws(StoreError) {
        _ = try contents(ofBackup: name)
      } catch {
        guard error.code == .noSuchBackup else { throw error }
        damaged.append(name)
      }
    }
    return damaged
  }

  /// The names of backups whose record cannot be read.
  public func unreadableBackups() throws(StoreError) -> [String] {
    let known = Set(try records().map(\.id))
    return try backupNames().filter { !known.contains($0) }
  }

  /// The backups that may go: neither among the newest, nor young, nor the first of all.
  public func expiredBackups() throws(StoreError) -> [Backup] {
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
  public func pruneBackups() throws(StoreError) -> [Backup] {
    guard try !expiredBackups().isEmpty else { return [] }
    return try Transaction.locked(self) { () throws(StoreError) in try removeExpired() }
  }

  /// Under the lock: what may go goes. Every commit ends with it.
  @discardableResult
  func removeExpired() throws(StoreError) -> [Backup] {
    let expired = try expiredBackups()
    guard !expired.isEmpty else { return [] }
    do throws(FileSystemError) {
      for backup in expired { try state.removeTree(state.backups.appending(backup.id)) }
      try host.files.synchronize(state.backups)
    } catch {
      throw StoreError(error)
    }
    return expired
  }

  /// The backups that hold any of these values, newest first.
  public func backups(holding secrets: [Secret]) throws(StoreError) -> [Backup] {
    let texts = secrets.map { JSONText.escaped($0.reveal()) }.filter { !$0.isEmpty }
    guard !texts.isEmpty else { return [] }
    var found: [Backup] = []
    for record in try records() {
      var holds = false
      do throws(FileSystemError) {
        let directory = state.backups.appending(record.id)
        for name in try host.files.names(in: directory) where !holds {
          let bytes = try state.bytes(directory.appending(name)) ?? []
          holds = texts.contains { bytes.holds($0) }
        }
      } catch {
        throw StoreError(error)
      }
      if holds { found.append(Backup(record)) }
    }
    return found
  }

  /// Copies outside the backups that hold any of these values: other programs' versions that met a
  /// change, and files that could not be read.
  public func looseCopies(holding secrets: [Secret]) throws(StoreError) -> [AbsolutePath] {
    let texts = secrets.map { JSONText.escaped($0.reveal()) }.filter { !$0.isEmpty }
    var found: [AbsolutePath] = []
    do throws(FileSystemError) {
      for directory in [state.backups, state.quarantine] {
        for name in try host.files.names(in: directory) {
          guard directory == state.quarantine || name.hasPrefix("conflict-"),
            let bytes = try state.bytes(directory.appending(name)),
            texts.contains(where: { bytes.holds($0) })
          else { continue }
          found.append(directory.appending(name))
        }
      }
    } catch {
      throw StoreError(error)
    }
    return found
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
  public func purgeBackups(
    where matches: (SettingsFile, JSONPointer, String) -> Bool
  ) throws(StoreError) -> [Backup] {
    guard try !backupNames().isEmpty else { return [] }
    return try Transaction.locked(self) { () throws(StoreError) in
      try Recovery(store: self).run(.automatic)
      var rewritten: [Backup] = []
      for record in try records() where try purge(record, matches) {
        rewritten.append(Backup(record))
      }
      try purgeLooseCopies(matches)
      return rewritten
    }
  }

  /// Copies that belong to no backup: other programs' versions that met a change, and files that
  /// could not be read. What is not JSON cannot be cleaned, and goes.
  private func purgeLooseCopies(
    _ matches: (SettingsFile, JSONPointer, String) -> Bool
  ) throws(StoreError) {
    do throws(FileSystemError) {
      let owner = try state.owner()
      for directory in [state.backups, state.quarantine] {
        for name in try host.files.names(in: directory) {
          guard directory == state.quarantine || name.hasPrefix("conflict-") else { continue }
          let path = directory.appending(name)
          guard let bytes = try state.bytes(path) else { continue }
          // A loose copy does not say which file it was: whatever could match does.
          let clean = (try? JSONDocument(parsing: bytes)).map { _ in
            SettingsFile.allCases.reduce(bytes) { Self.without($0, $1, matches) }
          }
          guard clean != bytes else { continue }
          if let clean {
            let new = directory.appending("\(Self.rewritingPrefix)\(name)")
            try host.files.remove(new)
            try host.files.create(new, contents: clean, mode: .ownerOnly, owner: owner)
            try host.files.rename(new, to: path)
          } else {
            try host.files.remove(path)
          }
        }
        if try host.files.status(of: directory) != nil { try host.files.synchronize(directory) }
      }
    } catch {
      throw StoreError(error)
    }
  }

  private func purge(
    _ record: TransactionRecord, _ matches: (SettingsFile, JSONPointer, String) -> Bool
  ) throws(StoreError) -> Bool {
    do {
      var purged = record
      var copies: [(name: String, bytes: [UInt8])] = []
      var differs = false
      for (index, file) in record.files.enumerated() {
        guard let settingsFile = file.settingsFile else { continue }
        let sides = try self.copies(of: record, index)
        for (side, bytes) in [(Side.before, sides.before), (.after, sides.after)] {
          guard let bytes else { continue }
          let clean = Self.without(bytes, settingsFile, matches)
          differs = differs || clean != bytes
          copies.append((side.name(index), clean))
          let mode = FileMode(
            rawValue: UInt16((side == .before ? file.before : file.after)?.mode ?? 0o600))
          let version = TransactionRecord.Version(clean, mode: mode)
          if side == .before {
            purged.files[index].before = version
          } else {
            purged.files[index].after = version
          }
        }
      }
      // Other programs' versions that were kept with it stay, cleaned like the rest.
      let directory = state.backups.appending(record.id)
      for name in try host.files.names(in: directory) where name.contains(".foreign-") {
        guard let index = Int(name.prefix { $0.isNumber }), index < record.files.count,
          let file = record.files[index].settingsFile,
          let bytes = try state.bytes(directory.appending(name))
        else { continue }
        let clean = Self.without(bytes, file, matches)
        differs = differs || clean != bytes
        copies.append((name, clean))
      }
      guard differs else { return false }
      purged.purged = true
      try replaceBackup(purged, copies)
      return true
    } catch let error as StoreError {
      if error.code == .noSuchBackup { return false }
      throw error
    } catch let error as FileSystemError {
      throw StoreError(error)
    } catch {
      throw StoreError(.fileSystem, "\(error)")
    }
  }

  private func replaceBackup(
    _ record: TransactionRecord, _ copies: [(name: String, bytes: [UInt8])]
  ) throws {
    let old = state.backups.appending(record.id)
    let new = state.backups.appending("\(Self.rewritingPrefix)\(record.id)")
    let owner = try state.owner()
    try state.removeTree(new)
    try host.files.makeDirectory(new, owner: owner)
    for (name, bytes) in copies {
      try host.files.create(new.appending(name), contents: bytes, mode: .ownerOnly, owner: owner)
    }
    try host.files.create(
      new.appending("record.json"), contents: record.text, mode: .ownerOnly, owner: owner)
    try host.files.synchronize(new)
    if try !host.files.exchange(new, old) {
      let spare = state.backups.appending("\(Self.rewritingPrefix)old-\(record.id)")
      try host.files.rename(old, to: spare)
      try host.files.rename(new, to: old)
      try state.removeTree(spare)
    }
    try host.files.synchronize(state.backups)
    try state.removeTree(new)
    try host.files.synchronize(state.backups)
  }

  /// Under the lock: what an interrupted rewriting left goes, and a backup that it had just taken
  /// away comes back, rewritten or as it was.
  func settleRewriting() throws(FileSystemError) {
    let names = try host.files.names(in: state.backups)
    for name in names where name.hasPrefix(Self.rewritingPrefix) {
      let isOld = name.hasPrefix(Self.rewritingPrefix + "old-")
      let id = String(name.dropFirst(Self.rewritingPrefix.count + (isOld ? 4 : 0)))
      let place = state.backups.appending(name)
      let target = state.backups.appending(id)
      if try host.files.status(of: target) == nil, try state.record(in: place) != nil {
        try host.files.rename(place, to: target)
      } else {
        try state.removeTree(place)
      }
      try host.files.synchronize(state.backups)
    }
  }

  /// A document without the values that match.
  private static func without(
    _ bytes: [UInt8], _ file: SettingsFile, _ matches: (SettingsFile, JSONPointer, String) -> Bool
  ) -> [UInt8] {
    guard var document = file.document(of: bytes) else { return bytes }
    var doomed: [JSONPointer] = []
    var open: [(JSONValue, JSONPointer)] = [(document.root, .root)]
    while let (value, pointer) = open.popLast() {
      switch value {
      case .string(let text): if matches(file, pointer, text) { doomed.append(pointer) }
      case .object(let object):
        for (key, value) in object { open.append((value, pointer.appending(key))) }
      case .array, .number, .bool, .null: break
      }
    }
    for pointer in doomed { _ = try? document.removeValue(at: pointer) }
    return document.bytes
  }

  static let rewritingPrefix = "rewriting-"

  /// The names of all backups, damaged ones too.
  func backupNames() throws(StoreError) -> [String] {
    do throws(FileSystemError) {
      return try host.files.names(in: state.backups).filter {
        !$0.hasPrefix("conflict-") && !$0.hasPrefix(Self.rewritingPrefix)
      }
    } catch {
      throw StoreError(error)
    }
  }

  private func record(of id: String) throws(StoreError) -> TransactionRecord {
    guard try backupNames().contains(id) else {
      throw StoreError(
        .noSuchBackup, "no backup is named '\(id)'", help: "clinecfg backups lists them")
    }
    do throws(FileSystemError) {
      if let record = try state.record(in: state.backups.appending(id)) { return record }
    } catch {
      throw StoreError(error)
    }
    throw StoreError(
      .noSuchBackup, "the backup \(id) is damaged", path: state.backups.appending(id),
      help: "its copies may still be read there by hand")
  }
}

extension SettingsStore {
  /// What the newest change wrote and another program has changed back since: a Cline that ran
  /// meanwhile writes whole files from its memory.
  ///
  /// Nothing but the backup is needed to tell: it holds both sides.
  public func overwritten(on snapshot: Snapshot) -> [StoreEdit] {
    guard let record = try? records().first else { return [] }
    var found: [StoreEdit] = []
    for (index, file) in record.files.enumerated() {
      // Mostly it is as it was written, and digests of a large file take longer than to see that.
      let copy = state.backups.appending(record.id).appending(Side.after.name(index))
      guard let settingsFile = file.settingsFile, let now = snapshot.readable(settingsFile),
        (try? state.bytes(copy)) != now.bytes, let copies = try? copies(of: record, index),
        let bytes = copies.after, let after = settingsFile.document(of: bytes)
      else { continue }
      let before = settingsFile.document(of: copies.before) ?? settingsFile.blank
      // What a program adds by itself may stand where nothing was.
      for place in before.differences(to: after) where before.isEquivalent(to: now, at: place) {
        found.append(
          StoreEdit(
            file: settingsFile, pointer: place,
            action: after.contains(place) ? .copy(after) : .remove))
      }
    }
    return found
  }
}
