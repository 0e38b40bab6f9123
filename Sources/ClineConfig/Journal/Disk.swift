import LosslessJSON

/// The file system as the store works with it: what fails is a ``StoreError``, which says what to do.
struct Disk: Sendable {
  private let files: any FileSystem

  init(_ files: any FileSystem) { self.files = files }

  private func failing<T>(
    _ body: () throws(FileSystemError) -> T
  ) throws(StoreError) -> T {
    do throws(FileSystemError) {
      return try body()
    } catch {
      throw StoreError(error)
    }
  }

  var user: UInt32 { files.user }

  func status(of path: AbsolutePath) throws(StoreError) -> FileStatus? {
    try failing { () throws(FileSystemError) in try files.status(of: path) }
  }

  func resolve(_ path: AbsolutePath) throws(StoreError) -> AbsolutePath {
    try failing { () throws(FileSystemError) in try files.resolve(path) }
  }

  /// A regular file as a whole; `nil` where nothing stands.
  func contents(of path: AbsolutePath) throws(StoreError) -> FileContents? {
    try failing { () throws(FileSystemError) in
      guard try files.status(of: path) != nil else { return nil }
      return try files.read(path, limit: JSONDocument.Limits.standard.size * 2)
    }
  }

  /// Whether a file that may have got another name is as it was read. Its bytes are compared, unless the
  /// time of its last write tells: a write in the last moments before the reading may have had the same
  /// time as one after it, as git has it with its index.
  func isStill(_ contents: FileContents, at path: AbsolutePath) throws(StoreError) -> Bool {
    guard let now = try status(of: path), now.kind == .file else { return false }
    let before = contents.status
    guard now.identity == before.identity, now.size == before.size else { return false }
    if contents.isSettled { return now.modifiedNanoseconds == before.modifiedNanoseconds }
    return try failing { () throws(FileSystemError) in try files.holds(contents.bytes, at: path) }
  }

  func names(in directory: AbsolutePath) throws(StoreError) -> [String] {
    try failing { () throws(FileSystemError) in try files.names(in: directory) }
  }

  func canMove(from a: AbsolutePath, to b: AbsolutePath) throws(StoreError) -> Bool {
    try failing { () throws(FileSystemError) in try files.canMove(from: a, to: b) }
  }

  /// Creates a file that must not exist, 0600 unless another mode is given. Its bytes are durable.
  func create(
    _ path: AbsolutePath, contents: FileBytes, mode: FileMode = .ownerOnly,
    owner: FileOwner? = nil
  ) throws(StoreError) {
    try failing { () throws(FileSystemError) in
      try files.create(path, contents: contents, mode: mode, owner: owner)
    }
  }

  func create(_ path: AbsolutePath, contents: [UInt8]) throws(StoreError) {
    try create(path, contents: FileBytes(contents))
  }

  /// Puts a whole file in the place of another, durably.
  func replace(
    _ path: AbsolutePath, with contents: [UInt8], named unique: String
  ) throws(StoreError) {
    try failing { () throws(FileSystemError) in
      try files.replace(path, with: contents, mode: .ownerOnly, named: unique)
    }
  }

  func makeDirectory(_ path: AbsolutePath) throws(StoreError) {
    try failing { () throws(FileSystemError) in try files.makeDirectory(path) }
  }

  /// Creates a directory and those above it.
  ///
  /// - Returns: The directories that changed, whose names are not durable yet.
  func makeDirectories(_ path: AbsolutePath) throws(StoreError) -> [AbsolutePath] {
    try failing { () throws(FileSystemError) in try files.makeDirectories(path) }
  }

  func setMode(_ mode: FileMode, of path: AbsolutePath) throws(StoreError) {
    try failing { () throws(FileSystemError) in try files.setMode(mode, of: path) }
  }

  /// Swaps two names; `false` where the file system cannot.
  func exchange(_ a: AbsolutePath, _ b: AbsolutePath) throws(StoreError) -> Bool {
    try failing { () throws(FileSystemError) in try files.exchange(a, b) }
  }

  func rename(_ source: AbsolutePath, to target: AbsolutePath) throws(StoreError) {
    try failing { () throws(FileSystemError) in try files.rename(source, to: target) }
  }

  func renameExclusively(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(StoreError) {
    try failing { () throws(FileSystemError) in try files.renameExclusively(source, to: target) }
  }

  func link(_ source: AbsolutePath, to target: AbsolutePath) throws(StoreError) {
    try failing { () throws(FileSystemError) in try files.link(source, to: target) }
  }

  /// Removes a file. Nothing happens where none stands.
  func remove(_ path: AbsolutePath) throws(StoreError) {
    try failing { () throws(FileSystemError) in try files.remove(path) }
  }

  /// Removes a directory, unless something is in it.
  func removeIfEmpty(_ directory: AbsolutePath) throws(StoreError) {
    try failing { () throws(FileSystemError) in
      do throws(FileSystemError) {
        try files.removeDirectory(directory)
      } catch  where error.code == .notEmpty || error.code == .exists {
      }
    }
  }

  /// Makes the names in directories durable. One that is gone needs it no more.
  func synchronize(_ directories: some Sequence<AbsolutePath>) throws(StoreError) {
    for directory in Set(directories).sorted(by: { $0.description < $1.description }) {
      try failing { () throws(FileSystemError) in
        guard try files.status(of: directory) != nil else { return }
        try files.synchronize(directory)
      }
    }
  }

  func synchronize(_ directory: AbsolutePath) throws(StoreError) {
    try failing { () throws(FileSystemError) in try files.synchronize(directory) }
  }

  func lock(_ path: AbsolutePath) throws(StoreError) -> FileLock? {
    try failing { () throws(FileSystemError) in try files.lock(path) }
  }
}
