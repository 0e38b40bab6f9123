/// Everything the library asks of a file system.
///
/// Paths are taken as they are: no operation but ``resolve(_:)`` follows a symbolic link in the
/// last component. A failure names the operation, the path and the cause.
public protocol FileSystem: Sendable {
  /// What stands at a path, a link itself and not its target; `nil` where nothing does.
  func status(of path: AbsolutePath) throws(FileSystemError) -> FileStatus?
  /// The text of a symbolic link.
  func linkTarget(of path: AbsolutePath) throws(FileSystemError) -> String
  /// Reads a regular file whole, together with the status it had then. A file that changes
  /// while it is read is read again. More than `limit` bytes are `EFBIG`.
  func read(_ path: AbsolutePath, limit: Int) throws(FileSystemError) -> FileContents
  /// Creates a file that must not exist, writes and syncs it. It is 0600 from the first byte;
  /// `mode` and `owner` are set before it is closed.
  func create(
    _ path: AbsolutePath, contents: [UInt8], mode: FileMode, owner: FileOwner?
  ) throws(FileSystemError)
  /// Creates a directory of mode 0700. Nothing happens when it exists.
  func makeDirectory(_ path: AbsolutePath, owner: FileOwner?) throws(FileSystemError)
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
  func lock(_ path: AbsolutePath, owner: FileOwner?) throws(FileSystemError) -> FileLock?
}

extension FileSystem {
  /// The path without symbolic links in any component that exists. What does not exist yet is
  /// kept as it is, so the target of a dangling link can be created.
  public func resolve(_ path: AbsolutePath) throws(FileSystemError) -> AbsolutePath {
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
  func makeDirectories(_ path: AbsolutePath, owner: FileOwner?) throws(FileSystemError) {
    guard try status(of: path) == nil, path != .root else { return }
    try makeDirectories(path.parent, owner: owner)
    try makeDirectory(path, owner: owner)
    try synchronize(path.parent)
  }
}

extension FileSystem {
  /// Whose a new file at a path should be: the owner's of the nearest directory that exists. It
  /// matters only to root, who prepares another user's home.
  func owner(near path: AbsolutePath) throws(FileSystemError) -> FileOwner? {
    var directory = path
    while directory != .root {
      if let status = try status(of: resolve(directory)) { return status.owner }
      directory = directory.parent
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
    let owner = try owner(near: path)
    try makeDirectories(path.parent, owner: owner)
    let new = path.parent.appending(".\(path.name)-\(unique).tmp")
    try create(new, contents: bytes, mode: mode, owner: owner)
    do throws(FileSystemError) {
      try rename(new, to: path)
    } catch {
      try? remove(new)
      throw error
    }
    try synchronize(path.parent)
  }
}

/// A file's bytes and what it was when they were read.
public struct FileContents: Hashable, Sendable {
  /// The bytes.
  public let bytes: [UInt8]
  /// Its status.
  public let status: FileStatus

  /// Pairs bytes with a status.
  public init(bytes: [UInt8], status: FileStatus) {
    self.bytes = bytes
    self.status = status
  }
}

/// What the file system knows of a name.
public struct FileStatus: Hashable, Sendable {
  /// What stands at a name.
  public enum Kind: Hashable, Sendable {
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
  public let kind: Kind
  /// Its permissions.
  public let mode: FileMode
  /// Bytes.
  public let size: Int
  /// Whose it is.
  public let owner: FileOwner
  /// Which file it is, apart from its names.
  public let identity: FileIdentity
  /// Names that the file has.
  public let links: Int
  /// When its bytes last changed.
  public let modified: Timestamp

  /// Creates a status.
  public init(
    kind: Kind, mode: FileMode, size: Int, owner: FileOwner, identity: FileIdentity, links: Int,
    modified: Timestamp
  ) {
    self.kind = kind
    self.mode = mode
    self.size = size
    self.owner = owner
    self.identity = identity
    self.links = links
    self.modified = modified
  }
}

/// A user and a group, by number.
public struct FileOwner: Hashable, Sendable {
  /// The user's number.
  public let user: UInt32
  /// The group's number.
  public let group: UInt32

  /// Creates an owner.
  public init(user: UInt32, group: UInt32) {
    self.user = user
    self.group = group
  }
}

/// A device and a file's number on it.
public struct FileIdentity: Hashable, Sendable {
  /// The device.
  public let device: UInt64
  /// The file.
  public let file: UInt64

  /// Creates an identity.
  public init(device: UInt64, file: UInt64) {
    self.device = device
    self.file = file
  }
}

/// Permission bits.
public struct FileMode: RawRepresentable, Hashable, Sendable {
  /// The bits, at most 07777.
  public let rawValue: UInt16
  /// Takes bits as they are.
  public init(rawValue: UInt16) { self.rawValue = rawValue & 0o7777 }
  /// 0600
  public static let ownerOnly = FileMode(rawValue: 0o600)
  /// Without any bit for group and others.
  public var withoutOthers: FileMode { FileMode(rawValue: rawValue & 0o700) }
}

/// A held lock. A class, because its end releases it.
public final class FileLock: Sendable {
  private let release: @Sendable () -> Void
  /// A lock that `release` gives back.
  public init(release: @escaping @Sendable () -> Void) { self.release = release }
  deinit { release() }
}
