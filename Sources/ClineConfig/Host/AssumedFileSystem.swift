internal import CSystem
internal import Synchronization

// The protocol documents its members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The files of this machine with the rights of another user, which only root can take.
///
/// Root that looks after somebody else's files must not be led by what that user plants among them:
/// a link to a file of root's, say. So each call is made as that user, and fails where the user's own
/// would.
struct AssumedFileSystem: FileSystem {
  private let files = LocalFileSystem()
  let owner: FileOwner

  /// Where the process has one identity (Darwin): one call at a time.
  private static let turn = Mutex(())

  private func assume<T>(
    _ operation: FileSystemError.Operation, path: AbsolutePath,
    _ body: () throws(FileSystemError) -> T
  ) throws(FileSystemError) -> T {
    let result: Result<T, FileSystemError> = Self.turn.withLock { _ in
      let reason = csystem_assume(owner.user, owner.group)
      guard reason == 0 else {
        return .failure(
          FileSystemError(operation: operation, path: path, code: .init(rawValue: reason)))
      }
      defer { csystem_resume() }
      do throws(FileSystemError) {
        return .success(try body())
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  var user: UInt32 { owner.user }

  func status(of path: AbsolutePath) throws(FileSystemError) -> FileStatus? {
    try assume(.inspect, path: path) { () throws(FileSystemError) in try files.status(of: path) }
  }

  func linkTarget(of path: AbsolutePath) throws(FileSystemError) -> String {
    try assume(.inspect, path: path) { () throws(FileSystemError) in try files.linkTarget(of: path)
    }
  }

  func read(_ path: AbsolutePath, limit: Int) throws(FileSystemError) -> FileContents {
    try assume(.read, path: path) { () throws(FileSystemError) in try files.read(path, limit: limit)
    }
  }

  func holds(_ bytes: [UInt8], at path: AbsolutePath) throws(FileSystemError) -> Bool {
    try assume(.read, path: path) { () throws(FileSystemError) in try files.holds(bytes, at: path) }
  }

  func create(
    _ path: AbsolutePath, contents: FileBytes, mode: FileMode, owner: FileOwner?
  ) throws(FileSystemError) {
    try assume(.create, path: path) { () throws(FileSystemError) in
      try files.create(path, contents: contents, mode: mode, owner: owner)
    }
  }

  func makeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    try assume(.create, path: path) { () throws(FileSystemError) in try files.makeDirectory(path) }
  }

  func canMove(from a: AbsolutePath, to b: AbsolutePath) throws(FileSystemError) -> Bool {
    try assume(.inspect, path: a) { () throws(FileSystemError) in try files.canMove(from: a, to: b)
    }
  }

  func exchange(_ a: AbsolutePath, _ b: AbsolutePath) throws(FileSystemError) -> Bool {
    try assume(.rename, path: b) { () throws(FileSystemError) in try files.exchange(a, b) }
  }

  func setMode(_ mode: FileMode, of path: AbsolutePath) throws(FileSystemError) {
    try assume(.write, path: path) { () throws(FileSystemError) in try files.setMode(mode, of: path)
    }
  }

  func rename(_ source: AbsolutePath, to target: AbsolutePath) throws(FileSystemError) {
    try assume(.rename, path: target) { () throws(FileSystemError) in
      try files.rename(source, to: target)
    }
  }

  func renameExclusively(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(FileSystemError) {
    try assume(.rename, path: target) { () throws(FileSystemError) in
      try files.renameExclusively(source, to: target)
    }
  }

  func link(_ source: AbsolutePath, to target: AbsolutePath) throws(FileSystemError) {
    try assume(.link, path: target) { () throws(FileSystemError) in
      try files.link(source, to: target)
    }
  }

  func remove(_ path: AbsolutePath) throws(FileSystemError) {
    try assume(.remove, path: path) { () throws(FileSystemError) in try files.remove(path) }
  }

  func removeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    try assume(.remove, path: path) { () throws(FileSystemError) in try files.removeDirectory(path)
    }
  }

  func names(in directory: AbsolutePath) throws(FileSystemError) -> [String] {
    try assume(.list, path: directory) { () throws(FileSystemError) in
      try files.names(in: directory)
    }
  }

  func synchronize(_ directory: AbsolutePath) throws(FileSystemError) {
    try assume(.synchronize, path: directory) { () throws(FileSystemError) in
      try files.synchronize(directory)
    }
  }

  func lock(_ path: AbsolutePath) throws(FileSystemError) -> FileLock? {
    try assume(.lock, path: path) { () throws(FileSystemError) in try files.lock(path) }
  }
}
