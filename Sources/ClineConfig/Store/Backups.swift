/// One change that can be taken back: what the files held before it, and after.
public struct Backup: Hashable, Sendable, Identifiable {
  /// Its name: when it was made, and a random part.
  public let id: String
  /// When it was made.
  public let created: Timestamp
  /// The command that made it.
  public let command: String
  /// The files it changed.
  public let files: [AbsolutePath]
  /// The change that it took back.
  public let undoes: String?
  /// Whether keys were purged from it, so that they cannot come back.
  public let isPurged: Bool

  init(_ record: TransactionRecord) {
    id = record.id
    created = Timestamp(milliseconds: Int64(record.created))
    command = record.command
    files = record.files.compactMap { AbsolutePath($0.path) }
    undoes = record.undoes
    isPurged = record.purged == true
  }
}

extension SettingsStore {
  /// Every backup, newest first. Damaged ones are left out.
  public func backups() throws(StoreError) -> [Backup] {
    try records().map { Backup($0) }
  }

  func records() throws(StoreError) -> [TransactionRecord] {
    let names = try backupNames()
    do throws(FileSystemError) {
      var records: [TransactionRecord] = []
      for name in names {
        if let record = try state.record(in: state.backups.appending(name)) {
          records.append(record)
        }
      }
      return records.sorted { ($0.created, $0.id) > ($1.created, $1.id) }
    } catch {
      throw StoreError(error)
    }
  }

  /// When the newest backup was made; `nil` where there is none. Reads the records of one second
  /// only: names begin with it.
  func newestBackup() throws(StoreError) -> Timestamp? {
    var newest: (second: Substring, created: Int)?
    for name in try backupNames().sorted(by: >) {
      let second = name.prefix(Timestamp.compactLength)
      if let newest, newest.second != second { break }
      do throws(FileSystemError) {
        guard let record = try state.record(in: state.backups.appending(name)) else { continue }
        newest = (second, max(record.created, newest?.created ?? record.created))
      } catch {
        throw StoreError(error)
      }
    }
    return newest.map { Timestamp(milliseconds: Int64($0.created)) }
  }

  /// The plan that takes back the last change that is neither undone nor an undo; `nil` when
  /// there is none.
  ///
  /// A file that is as we left it gets its former bytes and mode. In any other only our own
  /// values go back; those that another program has changed since stay, and are named.
  public func planUndo(
    on snapshot: Snapshot
  ) throws(StoreError) -> (plan: Plan, backup: Backup, kept: [StoreEdit])? {
    let records = try records()
    let undone = Set(records.compactMap(\.undoes))
    guard let record = records.first(where: { $0.undoes == nil && !undone.contains($0.id) })
    else { return nil }
    var files: [Plan.FileChange] = []
    var kept: [StoreEdit] = []
    for (index, file) in record.files.enumerated().reversed() {
      let copies = try copies(of: record, index)
      let (change, left) = try takeBack(file, copies, on: snapshot)
      if let change { files.append(change) }
      kept += left
    }
    var plan = Plan(files: files)
    plan.undoes = record.id
    return (plan, Backup(record), kept)
  }

  /// The plan that puts back what the files held before a change.
  public func planRestore(
    of id: String, on snapshot: Snapshot
  ) throws(StoreError) -> Plan {
    guard let record = try records().first(where: { $0.id == id }) else {
      throw StoreError(
        .noSuchBackup, "no backup is named '\(id)'", help: "clinecfg backups lists them")
    }
    var files: [Plan.FileChange] = []
    for (index, file) in record.files.enumerated() {
      guard let settingsFile = file.settingsFile else { continue }
      let reading = reading(of: file, settingsFile, snapshot)
      let before = try copies(of: record, index).before
      guard reading.contents?.bytes != before else { continue }
      files.append(restoring(settingsFile, reading, before, file))
    }
    var plan = Plan(files: files)
    plan.restores = true
    return plan
  }

  func copies(
    of record: TransactionRecord, _ index: Int
  ) throws(StoreError) -> (before: [UInt8]?, after: [UInt8]?) {
    let directory = state.backups.appending(record.id)
    let file = record.files[index]
    let before: [UInt8]?
    let after: [UInt8]?
    do throws(FileSystemError) {
      before = try state.bytes(directory.appending(Side.before.name(index)))
      after = try state.bytes(directory.appending(Side.after.name(index)))
    } catch {
      throw StoreError(error)
    }
    guard file.isBefore(before), file.isAfter(after) else {
      throw StoreError(
        .noSuchBackup, "the backup \(record.id) is damaged", path: directory,
        help: "clinecfg backups lists the others")
    }
    return (before, after)
  }

  /// What a file holds now. One of VS Code's is where the record says, and not among Cline's.
  private func reading(
    of record: TransactionRecord.File, _ file: SettingsFile, _ snapshot: Snapshot
  ) -> StoreReading {
    guard file == .vscode, let path = AbsolutePath(record.path) else { return snapshot[file] }
    return StoreReading.read(file, at: path, on: host.files)
  }

  private func restoring(
    _ file: SettingsFile, _ reading: StoreReading, _ bytes: [UInt8]?,
    _ record: TransactionRecord.File
  ) -> Plan.FileChange {
    let recorded = FileMode(rawValue: UInt16(record.before?.mode ?? 0o600))
    let saved = file.holdsSecrets ? recorded.withoutOthers : recorded
    return Plan.FileChange(
      file: file, path: reading.path,
      changes: Self.changes(
        from: reading.document, to: file.document(of: bytes)),
      realPath: reading.realPath, before: reading.contents, after: bytes, mode: saved, edits: [],
      isRestored: true)
  }

  static func changes(from: JSONDocument?, to: JSONDocument?) -> [Plan.Change] {
    let (old, new) = (from ?? JSONDocument([:]), to ?? JSONDocument([:]))
    return old.differences(to: new).map { place in
      Plan.Change(
        pointer: place, kind: !new.contains(place) ? .remove : old.contains(place) ? .replace : .add
      )
    }
  }

  private func takeBack(
    _ file: TransactionRecord.File, _ copies: (before: [UInt8]?, after: [UInt8]?),
    on snapshot: Snapshot
  ) throws(StoreError) -> (Plan.FileChange?, kept: [StoreEdit]) {
    guard let settingsFile = file.settingsFile else { return (nil, []) }
    let reading = reading(of: file, settingsFile, snapshot)
    if reading.contents?.bytes == copies.after {
      guard copies.before != copies.after else { return (nil, []) }
      return (restoring(settingsFile, reading, copies.before, file), [])
    }
    if let problem = reading.problem {
      throw StoreError(
        .malformed, "\(reading.path): \(problem)", path: reading.path,
        help: "the file cannot be merged with; clinecfg backups restore puts it back as a whole")
    }
    guard let now = reading.document else { return (nil, []) }
    let before = settingsFile.document(of: copies.before) ?? settingsFile.blank
    let after = settingsFile.document(of: copies.after) ?? settingsFile.blank
    var edits: [StoreEdit] = []
    var kept: [StoreEdit] = []
    for place in after.differences(to: before) {
      let edit = StoreEdit(
        file: settingsFile, pointer: place,
        action: before.contains(place) ? .copy(before) : .remove)
      if after.isEquivalent(to: now, at: place) { edits.append(edit) } else { kept.append(edit) }
    }
    return (try Self.change(settingsFile, reading, edits: edits), kept)
  }
}
