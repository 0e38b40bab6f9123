import LosslessJSON

/// Everything the library asks of a file system.
///
/// Paths are taken as they are: no operation but ``resolve(_:)`` follows a symbolic link in the
/// last component. A failure names the operation, the path and the cause.
package protocol FileSystem: Sendable {
  /// The user whose rights count, and who owns what is created, by number.
  var user: UInt32 { get }
  /// What stands at a path, a link itself and not its target; `nil` where nothing does.
  func status(of path: AbsolutePath) throws(FileSystemError) -> FileStatus?
  /// The text of a symbolic link.
  func linkTarget(of path: AbsolutePath) throws(FileSystemError) -> String
  /// Reads a regular file whole, together with the status it had then. A file that changes
  /// while it is read is read again. More than `limit` bytes are `EFBIG`.
  func read(_ path: AbsolutePath, limit: Int) throws(FileSystemError) -> FileContents
  /// Whether a regular file holds just these bytes.
  func holds(_ bytes: [UInt8], at path: AbsolutePath) throws(FileSystemError) -> Bool
  /// Creates a file that must not exist, writes and syncs it. It is 0600 from the first byte;
  /// `mode` and, where that is allowed, `owner` are set before it is closed.
  func create(
    _ path: AbsolutePath, contents: FileBytes, mode: FileMode, owner: FileOwner?
  ) throws(FileSystemError)
  /// Creates a directory of mode 0700. Nothing happens when it exists.
  func makeDirectory(_ path: AbsolutePath) throws(FileSystemError)
  /// Whether files can be moved from one directory to the other: both are in one mount.
  func canMove(from a: AbsolutePath, to b: AbsolutePath) throws(FileSystemError) -> Bool
  /// Swaps two names in one step; `false` where the file system cannot.
  func exchange(_ a: AbsolutePath, _ b: AbsolutePath) throws(FileSystemError) -> Bool
  /// Gives a file or directory other permissions.
  func setMode(_ mode: FileMode, of path: AbsolutePath) throws(FileSystemError)
  /// Gives a file another name, replacing what has it.
  func rename(_ source: AbsolutePath, to target: AbsolutePath) throws(FileSystemError)
  /// Gives a file another name; `EEXIST` when something has it.
  func renameExclusively(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(FileSystemError)
  /// Gives a file a second name.
  func link(_ source: AbsolutePath, to target: AbsolutePath) throws(FileSystemError)
  /// Removes a file or link. Nothing happens where nothing stands.
  func remove(_ path: AbsolutePath) throws(FileSystemError)
  /// Removes an empty directory. Nothing happens where nothing stands.
  func removeDirectory(_ path: AbsolutePath) throws(FileSystemError)
  /// The names in a directory, sorted; empty where there is no directory.
  func names(in directory: AbsolutePath) throws(FileSystemError) -> [String]
  /// Makes the names in a directory durable.
  func synchronize(_ directory: AbsolutePath) throws(FileSystemError)
  /// Takes an exclusive lock on a file, which is created where it is missing; `nil` when another
  /// process holds it. It ends with the returned value, or with the process.
  func lock(_ path: AbsolutePath) throws(FileSystemError) -> FileLock?
}

extension FileSystem {
  /// The path without symbolic links in any component that exists. What does not exist yet is
  /// kept as it is, so the target of a dangling link can be created.
  package func resolve(_ path: AbsolutePath) throws(FileSystemError) -> AbsolutePath {
    var resolved = AbsolutePath.root
    var rest = path.description.split(separator: "/").map(String.init)
    var links = 0
    while !rest.isEmpty {
      let component = rest.removeFirst()
      if component == ".." {
        resolved = resolved.parent
        continue
      }
      let next = resolved.appending(component)
      guard try status(of: next)?.kind == .link else {
        resolved = next
        continue
      }
      links += 1
      guard links <= 40 else {
        throw FileSystemError(operation: .inspect, path: path, code: .tooManyLinks)
      }
      let target = try linkTarget(of: next)
      if target.hasPrefix("/") { resolved = .root }
      rest = target.split(separator: "/").filter { $0 != "." }.map(String.init) + rest
    }
    return resolved
  }

  /// Creates a directory and those above it.
  ///
  /// - Returns: The directories that changed, whose names are not durable yet; the uppermost first.
  func makeDirectories(_ path: AbsolutePath) throws(FileSystemError) -> [AbsolutePath] {
    guard try status(of: path) == nil, path != .root else { return [] }
    let above = try makeDirectories(path.parent)
    try makeDirectory(path)
    return above + [path.parent]
  }

  /// Removes a directory with all that is in it. Links are removed and not followed.
  package func removeTree(_ path: AbsolutePath) throws(FileSystemError) {
    guard let kind = try status(of: path)?.kind else { return }
    guard kind == .directory else { return try remove(path) }
    for name in try names(in: path) { try removeTree(path.appending(name)) }
    try removeDirectory(path)
  }

  /// Whether a regular file holds just these bytes.
  package func holds(_ bytes: [UInt8], at path: AbsolutePath) throws(FileSystemError) -> Bool {
    do throws(FileSystemError) {
      return try read(path, limit: bytes.count).bytes == bytes
    } catch {
      guard error.code == .tooLarge else { throw error }
      return false
    }
  }

  /// Who has a say over a path: the owner of its first component that is not root's. Whoever owns a
  /// directory or link on the way decides what stands behind it. `nil` where all of it is root's.
  func authority(over path: AbsolutePath) throws(FileSystemError) -> FileOwner? {
    var place = AbsolutePath.root
    var rest = path.description.split(separator: "/").map(String.init)
    var links = 0
    while !rest.isEmpty {
      let component = rest.removeFirst()
      if component == ".." {
        place = place.parent
        continue
      }
      let next = place.appending(component)
      guard let status = try status(of: next) else { return nil }
      guard status.owner.user == 0 else { return status.owner }
      guard status.kind == .link else {
        place = next
        continue
      }
      links += 1
      guard links <= 40 else {
        throw FileSystemError(operation: .inspect, path: path, code: .tooManyLinks)
      }
      let target = try linkTarget(of: next)
      if target.hasPrefix("/") { place = .root }
      rest = target.split(separator: "/").filter { $0 != "." }.map(String.init) + rest
    }
    return nil
  }

  /// Puts a whole file in the place of another, or of none, and makes the directories above it: for
  /// files of our own, which nobody else writes. Links in the path are followed. Durable when it
  /// returns.
  func replace(
    _ path: AbsolutePath, with bytes: [UInt8], mode: FileMode, named unique: String
  ) throws(FileSystemError) {
    let path = try resolve(path)
    let changed = try makeDirectories(path.parent)
    let new = path.parent.appending(".\(path.name)-\(unique).tmp")
    try create(new, contents: FileBytes(bytes), mode: mode, owner: nil)
    do throws(FileSystemError) {
      try rename(new, to: path)
    } catch {
      try? remove(new)
      throw error
    }
    for directory in changed + [path.parent] { try synchronize(directory) }
  }
}

/// A file's bytes and what it was when they were read.
package struct FileContents: Hashable, Sendable {
  /// The bytes.
  package let bytes: [UInt8]
  /// Its status.
  package let status: FileStatus
  /// Whether the last write to it was long enough before the reading that a later one has another
  /// time.
  let isSettled: Bool

  /// Pairs bytes with a status.
  package init(bytes: [UInt8], status: FileStatus) {
    self.init(bytes: bytes, status: status, isSettled: false)
  }

  init(bytes: [UInt8], status: FileStatus, isSettled: Bool) {
    self.bytes = bytes
    self.status = status
    self.isSettled = isSettled
  }
}

/// What the file system knows of a name.
package struct FileStatus: Hashable, Sendable {
  /// What stands at a name.
  package enum Kind: Hashable, Sendable {
    /// A regular file.
    case file
    /// A directory.
    case directory
    /// A symbolic link.
    case link
    /// A pipe, socket or device.
    case other
  }
  /// What it is.
  package let kind: Kind
  /// Its permissions.
  package let mode: FileMode
  /// Bytes.
  package let size: Int
  /// Whose it is.
  package let owner: FileOwner
  /// Which file it is, apart from its names.
  package let identity: FileIdentity
  /// Names that the file has.
  package let links: Int
  /// When its bytes last changed, in nanoseconds since 1970.
  package let modifiedNanoseconds: Int64
  /// When anything of it last changed, in nanoseconds since 1970.
  package let changedNanoseconds: Int64
  /// When its bytes last changed.
  package var modified: Timestamp { Timestamp(milliseconds: modifiedNanoseconds / 1_000_000) }

  /// Creates a status. Times are in nanoseconds since 1970.
  package init(
    kind: Kind, mode: FileMode, size: Int, owner: FileOwner, identity: FileIdentity, links: Int,
    modifiedNanoseconds: Int64, changedNanoseconds: Int64
  ) {
    self.kind = kind
    self.mode = mode
    self.size = size
    self.owner = owner
    self.identity = identity
    self.links = links
    self.modifiedNanoseconds = modifiedNanoseconds
    self.changedNanoseconds = changedNanoseconds
  }

  /// Creates the status of a file of which only the time of its bytes is known.
  package init(
    kind: Kind, mode: FileMode, size: Int, owner: FileOwner, identity: FileIdentity, links: Int,
    modified: Timestamp
  ) {
    self.init(
      kind: kind, mode: mode, size: size, owner: owner, identity: identity, links: links,
      modifiedNanoseconds: modified.milliseconds &* 1_000_000, changedNanoseconds: 0)
  }

  /// The same with other permissions.
  func with(_ mode: FileMode) -> FileStatus {
    FileStatus(
      kind: kind, mode: mode, size: size, owner: owner, identity: identity, links: links,
      modifiedNanoseconds: modifiedNanoseconds, changedNanoseconds: changedNanoseconds)
  }
}

/// A user and a group, by number.
package struct FileOwner: Hashable, Sendable {
  /// The user's number.
  package let user: UInt32
  /// The group's number.
  package let group: UInt32

  /// Creates an owner.
  package init(user: UInt32, group: UInt32) {
    self.user = user
    self.group = group
  }
}

/// A device and a file's number on it.
package struct FileIdentity: Hashable, Sendable {
  /// The device.
  package let device: UInt64
  /// The file.
  package let file: UInt64

  /// Creates an identity.
  package init(device: UInt64, file: UInt64) {
    self.device = device
    self.file = file
  }
}

/// Permission bits.
package struct FileMode: RawRepresentable, Hashable, Sendable {
  /// The bits, at most 07777.
  package let rawValue: UInt16
  /// Takes bits as they are.
  package init(rawValue: UInt16) { self.rawValue = rawValue & 0o7777 }
  /// 0600
  package static let ownerOnly = FileMode(rawValue: 0o600)
  /// Without any bit for group and others, and none that only directories and programs need.
  package var withoutOthers: FileMode { FileMode(rawValue: rawValue & 0o600) }
  /// Whether group or others may write.
  var isWritableByOthers: Bool { rawValue & 0o022 != 0 }
}

/// A held lock. A class, because its end releases it.
package final class FileLock: Sendable {
  private let release: @Sendable () -> Void
  /// A lock that `release` gives back.
  package init(release: @escaping @Sendable () -> Void) { self.release = release }
  deinit { release() }
}

extension FileContents: Unprinted {}
