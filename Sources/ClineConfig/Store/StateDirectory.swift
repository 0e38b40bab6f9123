/// `.clinecfg` in the data directory: lock, journal and backups. 0700, files 0600, ignored by
/// git because people keep `~/.cline` in repositories.
struct StateDirectory: Sendable {
  let root: AbsolutePath
  let host: HostEnvironment

  init(in dataDirectory: AbsolutePath, host: HostEnvironment) {
    root = dataDirectory.appending(".clinecfg")
    self.host = host
  }

  var lock: AbsolutePath { root.appending("lock") }
  var pending: AbsolutePath { root.appending("pending") }
  var backups: AbsolutePath { root.appending("backups") }
  /// Copies of files that Cline could overwrite.
  var quarantine: AbsolutePath { root.appending("quarantine") }

  /// Who owns what is created here.
  func owner() throws(FileSystemError) -> FileOwner? { try host.files.owner(near: root) }

  func prepare(owner: FileOwner?) throws(FileSystemError) {
    for directory in [root, pending, backups] {
      // Copies of keys go in here: never through a link that somebody else planted.
      if let status = try host.files.status(of: directory), status.kind != .directory {
        throw FileSystemError(operation: .create, path: directory, code: .notDirectory)
      }
      try host.files.makeDirectories(
        host.files.resolve(directory.parent).appending(directory.name), owner: owner)
    }
    let ignore = root.appending(".gitignore")
    if try host.files.status(of: ignore) == nil {
      try host.files.create(ignore, contents: Array("*\n".utf8), mode: .ownerOnly, owner: owner)
    }
  }

  /// Removes a directory of ours and the files in it.
  func removeTree(_ directory: AbsolutePath) throws(FileSystemError) {
    for name in try host.files.names(in: directory) {
      try host.files.remove(directory.appending(name))
    }
    try host.files.removeDirectory(directory)
  }

  /// Reads a file of ours; `nil` where there is none.
  func bytes(_ path: AbsolutePath) throws(FileSystemError) -> [UInt8]? {
    guard try host.files.status(of: path) != nil else { return nil }
    return try host.files.read(path, limit: JSONLimits.standard.size * 2).bytes
  }

  func record(in directory: AbsolutePath) throws(FileSystemError) -> TransactionRecord? {
    try bytes(directory.appending("record.json")).flatMap { TransactionRecord(text: $0) }
  }
}

/// One side of a file in a transaction's directory.
enum Side: String {
  case before, after
  func name(_ index: Int) -> String { "\(index).\(rawValue)" }
}

extension SettingsStore {
  var state: StateDirectory { StateDirectory(in: locations.dataDirectory, host: host) }

  /// Whether a change was interrupted and waits for the next one to finish it.
  public var hasPending: Bool {
    ((try? host.files.names(in: state.pending)) ?? []).isEmpty == false
  }
}
