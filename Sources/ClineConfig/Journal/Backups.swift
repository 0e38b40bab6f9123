import LosslessJSON

/// One change that can be taken back: what the files held before it, and what it changed.
public struct Backup: Hashable, Sendable, Identifiable {
  /// Its name: when it was made, and a random part.
  public let id: String
  /// When it was made.
  package let created: Timestamp
  /// The command that made it.
  public let command: String
  /// The files it changed.
  public let files: [AbsolutePath]
  /// The change that it took back.
  package let undoes: String?
  /// Whether keys were purged from it, so that they cannot come back.
  package let isPurged: Bool

  init(_ record: TransactionRecord, in store: SettingsStore) {
    id = record.id
    created = record.created
    command = record.command
    files = record.files.map { store.shownPath(of: $0) }
    undoes = record.undoes
    isPurged = record.isPurged
  }
}

/// What an undo will do.
package struct UndoPlan: Sendable {
  /// The plan to commit.
  package let plan: Plan
  /// The change that it takes back.
  package let backup: Backup
  /// Values that another program has changed since, and that stay.
  package let kept: [StoreEdit]
  /// Newer changes that cannot be taken back, because their copies are damaged.
  public internal(set) var skipped: [String] = []
}

extension SettingsStore {
  /// Every backup, newest first. Damaged ones are left out.
  public func backups() throws(StoreError) -> [Backup] {
    try records().map { Backup($0, in: self) }
  }

  /// The records of all backups, newest first, without those that are damaged or not ours.
  func records() throws(StoreError) -> [TransactionRecord] {
    var records: [TransactionRecord] = []
    for name in try backupNames() {
      if let record = try soundRecord(of: name) { records.append(record) }
    }
    return records.sorted { ($0.created, $0.id) > ($1.created, $1.id) }
  }

  /// `nil` for a backup that is damaged or not ours: it is in nobody's way.
  func soundRecord(of id: String) throws(StoreError) -> TransactionRecord? {
    do throws(StoreError) {
      return try state.record(in: state.backups.appending(id), of: id)
    } catch {
      guard error.code == .notOurs else { throw error }
      return nil
    }
  }

  /// When the newest backup was made; `nil` where there is none. Reads the records of one second
  /// only: names begin with it.
  func newestBackup() throws(StoreError) -> Timestamp? {
    var newest: (second: Substring, created: Timestamp)?
    for name in try backupNames().sorted(by: >) {
      let second = name.prefix(Timestamp.compactLength)
      if let newest, newest.second != second { break }
      guard let record = try soundRecord(of: name) else { continue }
      newest = (second, max(record.created, newest?.created ?? record.created))
    }
    return newest?.created
  }

  /// The plan that takes back the last change that is neither undone nor an undo; `nil` when
  /// there is none.
  ///
  /// A file that is as we left it gets its former bytes and mode. In any other only our own
  /// values go back; those that another program has changed since stay, and are named. Damaged backups
  /// are skipped, unless there is no other: then it throws ``StoreError/Code/noSuchBackup``.
  package func planUndo(on snapshot: Snapshot) throws(StoreError) -> UndoPlan? {
    let records = try records()
    let undone = Set(records.compactMap(\.undoes))
    var problem: StoreError?
    var damaged: [String] = []
    for record in records where record.undoes == nil && !undone.contains(record.id) {
      do throws(StoreError) {
        var undo = try plan(takingBack: record, on: snapshot)
        undo.skipped = damaged + (try unreadableBackups().filter { $0 > record.id })
        return undo
      } catch {
        guard error.code == .noSuchBackup else { throw error }
        problem = problem ?? error
        damaged.append(record.id)
      }
    }
    if let problem { throw problem }
    return nil
  }

  private func plan(
    takingBack record: TransactionRecord, on snapshot: Snapshot
  ) throws(StoreError) -> UndoPlan {
    var files: [Plan.FileChange] = []
    var kept: [StoreEdit] = []
    for (index, file) in record.files.enumerated().reversed() {
      let (change, left) = try takeBack(file, index: index, of: record, on: snapshot)
      if let change { files.append(change) }
      kept += left
    }
    var plan = Plan(files: files)
    plan.undoes = record.id
    return UndoPlan(plan: plan, backup: Backup(record, in: self), kept: kept)
  }

  /// The plan that puts back what the files held before a change.
  package func planRestore(
    of id: String, on snapshot: Snapshot
  ) throws(StoreError) -> Plan {
    let record = try record(of: id)
    var files: [Plan.FileChange] = []
    for (index, file) in record.files.enumerated() {
      let reading = try reading(of: file, snapshot)
      let before = try copy(of: record, index)
      guard reading.contents?.bytes != before else { continue }
      let values = Self.values(
        file.file, from: reading, to: file.file.document(of: before), bytes: before)
      files.append(restoring(reading, bytes: before, record: file, values: values.map(\.inverted)))
    }
    var plan = Plan(files: files)
    plan.restores = true
    return plan
  }

  /// What a file held before a change, verified; `nil` where there was none.
  func copy(of record: TransactionRecord, _ index: Int) throws(StoreError) -> [UInt8]? {
    let file = record.files[index]
    guard file.before != nil else { return nil }
    let directory = state.backups.appending(record.id)
    let name = if case .former = file.layout { "\(index).before" } else { "\(index)" }
    guard let bytes = try state.bytes(directory.appending(name)), file.isBefore(bytes) else {
      throw StoreError(
        .noSuchBackup, "the backup \(record.id) is damaged", path: directory,
        help: "to list the others:\(.listBackups)")
    }
    return bytes
  }

  /// What a change did to one of its files. clinecfg 0.1 kept no values but copies of both sides.
  func changes(
    of record: TransactionRecord, _ index: Int
  ) throws(StoreError) -> [ValueChange] {
    let file = record.files[index]
    guard case .former = file.layout else { return file.changes }
    let before = file.file.document(of: try copy(of: record, index)) ?? file.file.blank
    let after = file.file.document(of: try formerCopy(of: record, index)) ?? file.file.blank
    return ValueChange.all(from: before, to: after)
  }

  /// The new side that clinecfg 0.1 kept, verified.
  private func formerCopy(of record: TransactionRecord, _ index: Int) throws(StoreError) -> [UInt8]?
  {
    let file = record.files[index]
    guard file.after != nil else { return nil }
    let directory = state.backups.appending(record.id)
    guard let bytes = try state.bytes(directory.appending("\(index).after")), file.isAfter(bytes)
    else {
      throw StoreError(
        .noSuchBackup, "the backup \(record.id) is damaged", path: directory,
        help: "to list the others:\(.listBackups)")
    }
    return bytes
  }

  // MARK: Where a record's files are

  /// The path of a file of a record: at its place in the data directory, or where this run knows one
  /// of the kind. `nil` for a path that is none of Cline's files here, whatever a record says.
  func path(of file: TransactionRecord.File) -> AbsolutePath? {
    guard let place = file.place else {
      return locations.dataDirectory.appending(file.file.relativePath)
    }
    if locations.path(of: file.file) == place { return place }
    guard file.file == .vscode else { return nil }
    let found = VSCodeInstallation.all(on: host, processes: host.processes()).flatMap {
      [$0.settings.path] + $0.profileSettings.map(\.path)
    }
    return found.contains(place) ? place : nil
  }

  /// The same for a list: nothing is looked for.
  func shownPath(of file: TransactionRecord.File) -> AbsolutePath {
    file.place ?? locations.dataDirectory.appending(file.file.relativePath)
  }

  /// How a record names the path of a changed file.
  func place(of change: Plan.FileChange) -> AbsolutePath? {
    change.path == locations.dataDirectory.appending(change.file.relativePath) ? nil : change.path
  }

  /// What a file of a record holds now.
  private func reading(
    of file: TransactionRecord.File, _ snapshot: Snapshot
  ) throws(StoreError) -> StoreReading {
    guard let path = path(of: file) else {
      throw StoreError(
        .notOurs, "\(shownPath(of: file)) is none of Cline's files here", path: file.place,
        help:
          "that change was made where another place was set for it: with CLINE_PROVIDER_SETTINGS_PATH, say, or with a VS Code that is not found now"
      )
    }
    let reading = snapshot[file.file]
    return reading.path == path ? reading : StoreReading.read(file.file, at: path, on: host.files)
  }

  // MARK: Going back

  /// The former bytes of a file, as a change of it.
  ///
  /// - Parameter values: What led from the former bytes to those of now.
  private func restoring(
    _ reading: StoreReading, bytes: [UInt8]?, record: TransactionRecord.File,
    values: [ValueChange]
  ) -> Plan.FileChange {
    let isWhole = values.isEmpty || reading.contents == nil || bytes == nil
    return Plan.FileChange(
      file: record.file, path: reading.path,
      changes: isWhole
        ? Self.changes(from: reading.document, to: record.file.document(of: bytes))
        : values.map { $0.inverted.shown }, realPath: reading.realPath, before: reading.contents,
      after: bytes.map { FileBytes($0) },
      mode: record.file.holdsSecrets ? .ownerOnly : record.before?.mode ?? .ownerOnly, edits: [],
      values: values.map(\.inverted), isRestored: true)
  }

  static func changes(from: JSONDocument?, to: JSONDocument?) -> [Plan.Change] {
    let (old, new) = (from ?? JSONDocument.emptyObject, to ?? JSONDocument.emptyObject)
    return old.differences(to: new).map { place in
      Plan.Change(
        pointer: place, kind: !new.contains(place) ? .remove : old.contains(place) ? .replace : .add
      )
    }
  }

  /// The values that differ when a file is replaced as a whole. Where one side cannot be read there are
  /// none to compare: then it is all or nothing.
  static func values(
    _ file: SettingsFile, from reading: StoreReading, to document: JSONDocument?, bytes: [UInt8]?
  ) -> [ValueChange] {
    let old = reading.contents == nil ? file.blank : reading.document
    let new = bytes == nil ? file.blank : document
    guard let old, let new else { return [] }
    return ValueChange.all(from: old, to: new)
  }

  private func takeBack(
    _ file: TransactionRecord.File, index: Int, of record: TransactionRecord,
    on snapshot: Snapshot
  ) throws(StoreError) -> (Plan.FileChange?, kept: [StoreEdit]) {
    let reading = try reading(of: file, snapshot)
    let bytes = reading.contents?.bytes
    let isUntouched = Meanwhile(isLong: (bytes?.count ?? 0) > 256 << 10) { file.isAfter(bytes) }
    let before = try copy(of: record, index)
    if isUntouched.value() {
      // Of a purged backup it is not known any more what differs.
      let values =
        record.isPurged
        ? Self.values(file.file, from: reading, to: file.file.document(of: before), bytes: before)
          .map(\.inverted) : try changes(of: record, index)
      var change = restoring(reading, bytes: before, record: file, values: values)
      change.known = .init(before: file.after?.sha256, after: file.before?.sha256)
      return (change, [])
    }
    if let problem = reading.problem {
      throw StoreError(
        .malformed, "\(reading.path): \(problem)", path: reading.path,
        help: "undo cannot merge into this file; to restore one of these as a whole:\(.listBackups)"
      )
    }
    guard let now = reading.document else { return (nil, []) }
    let changes = try changes(of: record, index)
    guard !changes.isEmpty else {
      return (nil, [StoreEdit(file: file.file, pointer: .root, action: .remove)])
    }
    var edits: [StoreEdit] = []
    var kept: [StoreEdit] = []
    for change in changes {
      let edit = change.edit(of: file.file, to: change.old)
      if now.holds(change.new, at: change.pointer, as: file.file) {
        edits.append(edit)
      } else if file.file == .providers, change.pointer.isBookkeeping {
        // When and by whom an entry was written, Cline renews at each of its starts.
        continue
      } else if !now.holds(change.old, at: change.pointer, as: file.file) {
        kept.append(edit)
      }
    }
    return (try Self.change(file.file, reading: reading, edits: edits), kept)
  }
}

extension ValueChange {
  /// The same the other way.
  var inverted: Self { Self(pointer: pointer, old: new, new: old) }

  /// What is told of it.
  var shown: Plan.Change {
    Plan.Change(pointer: pointer, kind: new == nil ? .remove : old == nil ? .add : .replace)
  }

  /// The edit that leads to one of both sides.
  func edit(of file: SettingsFile, to text: String?) -> StoreEdit {
    let source = text.flatMap { file.document(of: Array($0.utf8)) }
    return StoreEdit(
      file: file, pointer: pointer, action: source.map { .put($0) } ?? .remove)
  }
}

extension JSONDocument {
  /// Whether a value is what a text says, or missing where there is none.
  func holds(_ text: String?, at pointer: JSONPointer, as file: SettingsFile) -> Bool {
    guard let text else { return !contains(pointer) }
    guard let wanted = file.document(of: Array(text.utf8)) else { return false }
    return isEquivalent(at: pointer, to: wanted)
      || file == .providers && holdsEntries(wanted.root, at: pointer)
  }

  /// Whether entries of `providers.json` are the same but for when and by whom they were written.
  private func holdsEntries(_ wanted: JSONValue, at pointer: JSONPointer) -> Bool {
    let levels = 3 - pointer.tokens.count
    guard levels >= 1, let own = self[pointer] else { return false }
    return own.withoutBookkeeping(below: levels) == wanted.withoutBookkeeping(below: levels)
  }
}

extension JSONPointer {
  /// The members of an entry that no person sets.
  fileprivate static let bookkeeping: Set<JSONKey> = ["updatedAt", "tokenSource"]

  /// `/providers/<id>/updatedAt` or the like.
  fileprivate var isBookkeeping: Bool {
    tokens.count == 3 && tokens.first == "providers"
      && tokens.last.map(Self.bookkeeping.contains) == true
  }
}

extension JSONValue {
  fileprivate func withoutBookkeeping(below levels: Int) -> JSONValue {
    guard case .object(var object) = self else { return self }
    for (key, value) in object {
      if levels == 1 {
        if JSONPointer.bookkeeping.contains(key) { object[key] = nil }
      } else {
        object[key] = value.withoutBookkeeping(below: levels - 1)
      }
    }
    return .object(object)
  }
}

extension SettingsFile {
  /// `nil` for no bytes, and for bytes that cannot be read.
  func document(of bytes: [UInt8]?) -> JSONDocument? { bytes.flatMap { try? document($0) } }
}
