import LosslessJSON

/// One backup in detail: what it changed, and whether its copies are sound.
package struct BackupContents: Sendable {
  /// One file of it.
  package struct File: Sendable {
    /// Which file.
    package let file: SettingsFile
    /// Its path.
    package let path: AbsolutePath
    /// Its bytes before the change; `nil` when there was no file.
    package let before: [UInt8]?
    /// Its bytes after it, made from the former ones and what the change set; `nil` when the file
    /// went, and where the former bytes could not be read.
    package let after: [UInt8]?
    /// Whether the change created the file.
    package let isCreated: Bool
    /// Whether the change removed it.
    package let isRemoved: Bool
    /// The places that differ.
    package let changes: [Plan.Change]
  }

  /// The backup.
  package let backup: Backup
  /// Its files, in the order in which they were published.
  package let files: [File]
}

extension SettingsStore {
  /// A backup with the bytes that it holds.
  ///
  /// Throws ``StoreError/Code/noSuchBackup`` where there is none of the name, or its copies are not
  /// what they were.
  package func contents(ofBackup id: String) throws(StoreError) -> BackupContents {
    let record = try record(of: id)
    var files: [BackupContents.File] = []
    for (index, file) in record.files.enumerated() {
      let before = try copy(of: record, index)
      let changes = try changes(of: record, index)
      let after = file.after == nil ? nil : Self.remake(file.file, before: before, changes: changes)
      for bytes in [before, after] {
        if let document = file.file.document(of: bytes) {
          host.secrets.note(document, of: file.file)
        }
      }
      files.append(
        BackupContents.File(
          file: file.file, path: shownPath(of: file), before: before, after: after,
          isCreated: file.before == nil, isRemoved: file.after == nil,
          changes: Self.shown(changes, file: file, before: before, after: after)))
    }
    return BackupContents(backup: Backup(record, in: self), files: files)
  }

  /// The new bytes, from the former ones and what differs.
  private static func remake(
    _ file: SettingsFile, before: [UInt8]?, changes: [ValueChange]
  ) -> [UInt8]? {
    guard var document = before == nil ? file.blank : file.document(of: before) else { return nil }
    for change in changes { _ = try? change.edit(of: file, to: change.new).apply(to: &document) }
    return document.bytes
  }

  private static func shown(
    _ changes: [ValueChange], file: TransactionRecord.File, before: [UInt8]?,
    after: [UInt8]?
  ) -> [Plan.Change] {
    guard before != nil, after != nil else {
      return Self.changes(
        from: file.file.document(of: before), to: file.file.document(of: after))
    }
    return changes.map(\.shown)
  }

  /// The names of backups whose record or copies are damaged, or that are not ours: every copy is
  /// hashed again.
  package func damagedBackups() throws(StoreError) -> [String] {
    var damaged: [String] = []
    for name in try backupNames() {
      do throws(StoreError) {
        _ = try contents(ofBackup: name)
      } catch {
        guard error.code == .noSuchBackup || error.code == .notOurs else { throw error }
        damaged.append(name)
      }
    }
    return damaged
  }

  /// The names of backups whose record cannot be read.
  package func unreadableBackups() throws(StoreError) -> [String] {
    var unreadable: [String] = []
    for name in try backupNames() where try soundRecord(of: name) == nil { unreadable.append(name) }
    return unreadable
  }

  /// The names of all backups, damaged ones too.
  func backupNames() throws(StoreError) -> [String] { try state.changes(in: state.backups) }

  func record(of id: String) throws(StoreError) -> TransactionRecord {
    guard try backupNames().contains(id) else {
      throw StoreError(
        .noSuchBackup, "no backup is named '\(id)'", help: "to list them:\(.listBackups)")
    }
    if let record = try state.record(in: state.backups.appending(id), of: id) { return record }
    throw StoreError(
      .noSuchBackup, "the backup \(id) is damaged", path: state.backups.appending(id),
      help: "its copies may still be read there by hand")
  }

  /// What the newest change wrote and another program has changed back since: a Cline that ran
  /// meanwhile writes whole files from its memory.
  ///
  /// Nothing but the backup is needed to tell: it knows both sides.
  package func overwritten(on snapshot: Snapshot) -> [StoreEdit] {
    guard let record = try? records().first else { return [] }
    var found: [StoreEdit] = []
    for (index, file) in record.files.enumerated() where file.file != .vscode {
      guard let now = snapshot.readable(file.file), snapshot[file.file].path == path(of: file),
        let changes = try? changes(of: record, index)
      else { continue }
      for change in changes where now.holds(change.old, at: change.pointer, as: file.file) {
        found.append(change.edit(of: file.file, to: change.new))
      }
    }
    return found
  }
}

extension BackupContents.File: Unprinted {}
