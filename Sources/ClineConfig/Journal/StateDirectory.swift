import LosslessJSON

/// `.clinecfg` in the data directory: lock, journal and backups. 0700, files 0600, ignored by
/// git because people keep `~/.cline` in repositories.
///
/// ```text
/// .clinecfg/
///   lock
///   <id>.new/          a change in preparation, or what is left of one: rubbish
///   <id>/              a change that is under way, and counts
///   backups/<id>/      a change that is done, and can be taken back
///   backups/conflict-… another program's version that met a change
///   quarantine/        copies of files that Cline could overwrite
/// ```
///
/// Names of another form are nobody's concern here. What has a name of ours must be ours: not a link,
/// owned by who runs this, and not for others to write.
struct StateDirectory: Sendable {
  let root: AbsolutePath
  let dataDirectory: AbsolutePath
  let host: HostEnvironment

  init(in dataDirectory: AbsolutePath, host: HostEnvironment) {
    self.dataDirectory = dataDirectory
    root = dataDirectory.appending(".clinecfg")
    self.host = host
  }

  var files: Disk { Disk(host.files) }

  var lock: AbsolutePath { root.appending("lock") }
  var backups: AbsolutePath { root.appending("backups") }
  /// Copies of files that Cline could overwrite.
  var quarantine: AbsolutePath { root.appending("quarantine") }
  /// Where clinecfg 0.1 had the changes that were under way.
  var formerPending: AbsolutePath { root.appending("pending") }

  /// Makes the directories, and the lock's place in them durable.
  func prepare() throws(StoreError) {
    let above = try files.makeDirectories(files.resolve(dataDirectory))
    let isNew = try files.status(of: root) == nil
    if isNew { try files.makeDirectory(root) }
    try files.synchronize(isNew ? above + [files.resolve(dataDirectory)] : above)
    try secure()
    if try look(at: backups, .directory) == nil { try files.makeDirectory(backups) }
    let ignore = root.appending(".gitignore")
    if try files.status(of: ignore) == nil { try files.create(ignore, contents: Array("*\n".utf8)) }
  }

  /// Closes the directory to others, as far as the file system has permissions.
  private func secure() throws(StoreError) {
    guard let status = try files.status(of: root) else { return }
    guard status.kind == .directory, status.owner.user == files.user else {
      throw notOurs(root, status: status)
    }
    guard status.mode.rawValue & 0o077 != 0 else { return }
    try files.setMode(FileMode(rawValue: status.mode.rawValue & 0o700), of: root)
  }

  // MARK: Looking without believing

  /// What has a name of ours; `nil` where nothing has it. Throws where it is not ours.
  @discardableResult
  func look(
    at path: AbsolutePath, _ kind: FileStatus.Kind
  ) throws(StoreError) -> FileStatus? {
    guard let status = try files.status(of: path) else { return nil }
    guard try isOurs(status, kind: kind) else { throw notOurs(path, status: status) }
    return status
  }

  private func isOurs(_ status: FileStatus, kind: FileStatus.Kind) throws(StoreError) -> Bool {
    guard status.kind == kind, status.owner.user == files.user else { return false }
    guard status.mode.isWritableByOthers else { return true }
    // Where even the root, which was closed, is open, the file system has no permissions.
    return try files.status(of: root)?.mode.isWritableByOthers == true
  }

  private func notOurs(_ path: AbsolutePath, status: FileStatus) -> StoreError {
    let what =
      status.kind == .link
      ? "is a symbolic link"
      : status.owner.user != files.user
        ? "belongs to another user"
        : status.mode.isWritableByOthers ? "can be written by others" : "is of another kind"
    return StoreError(
      .notOurs, "\(path) \(what), and clinecfg made no such thing: it is not used", path: path,
      help: status.kind != .link && status.owner.user == files.user
        && status.mode.isWritableByOthers
        ? "look at what is in it, then:\(.run(["chmod", "-R", "go-w", path.description]))"
        : "look at it, then move it away:\(.run(["mv", path.description, dataDirectory.appending("not-clinecfg").description]))"
    )
  }

  /// The names of changes in a directory of ours, sorted; with a suffix, of those that carry it.
  func changes(
    in directory: AbsolutePath, suffix: String = ""
  ) throws(StoreError) -> [String] {
    guard try look(at: directory, .directory) != nil else { return [] }
    return try files.names(in: directory).filter {
      $0.hasSuffix(suffix) && TransactionRecord.isID($0.dropLast(suffix.count))
    }
  }

  /// Reads a file of ours; `nil` where there is none.
  func bytes(_ path: AbsolutePath) throws(StoreError) -> [UInt8]? {
    guard try look(at: path, .file) != nil, let contents = try files.contents(of: path) else {
      return nil
    }
    guard try isOurs(contents.status, kind: .file) else {
      throw notOurs(path, status: contents.status)
    }
    return contents.bytes
  }

  /// The record of a change; `nil` where there is none that can be believed.
  func record(in directory: AbsolutePath, of id: String) throws(StoreError) -> TransactionRecord? {
    guard try look(at: directory, .directory) != nil else { return nil }
    return try bytes(directory.appending(Self.recordName)).flatMap {
      TransactionRecord(text: $0, of: id, in: dataDirectory)
    }
  }

  // MARK: Removing

  static let recordName = "record.json"
  static let unmade = ".new"

  /// Makes a change rubbish, durably, and only then removes it: a crash in between must not leave a
  /// record that still counts without the copies that it needs.
  func discard(_ directories: [AbsolutePath]) throws(StoreError) {
    let rubbish = directories.compactMap { AbsolutePath($0.description + Self.unmade) }
    for (directory, name) in zip(directories, rubbish) { try files.rename(directory, to: name) }
    try files.synchronize(directories.map(\.parent))
    for directory in rubbish { try removeRubbish(directory) }
  }

  /// Removes a directory and what is ours in it, the record last. What is not ours stays, and the
  /// directory with it.
  func removeRubbish(_ directory: AbsolutePath) throws(StoreError) {
    guard try look(at: directory, .directory) != nil else { return }
    let names = try files.names(in: directory).filter(Self.isContent)
    for name in names.filter({ $0 != Self.recordName }) + names.filter({ $0 == Self.recordName }) {
      let path = directory.appending(name)
      if try files.status(of: path)?.kind != .directory { try files.remove(path) }
    }
    try files.removeIfEmpty(directory)
  }

  /// The names that a change's directory can hold: `record.json`, `0`, `0.old`; of clinecfg 0.1
  /// `0.before`, `0.after`, `0.foreign-…`.
  private static func isContent(_ name: String) -> Bool {
    guard name != recordName else { return true }
    let number = name.prefix { $0.isNumber && $0.isASCII }
    let rest = name.dropFirst(number.count)
    return !number.isEmpty
      && (["", ".old", ".before", ".after"].contains(rest) || rest.hasPrefix(".foreign-"))
  }
}

extension SettingsStore {
  var state: StateDirectory { StateDirectory(in: locations.dataDirectory, host: host) }

  /// Whether a change was interrupted and waits for the next one to finish it.
  package var hasPending: Bool {
    ((try? state.changes(in: state.root)) ?? []).isEmpty == false
      || ((try? state.changes(in: state.formerPending)) ?? []).isEmpty == false
  }
}
