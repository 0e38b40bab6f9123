internal import CSystem

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

// The protocol documents its members.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
/// The files of this machine. The one place that makes system calls for files.
package struct LocalFileSystem: FileSystem {
  /// The files of this machine.
  package init() {}

  package var user: UInt32 { geteuid() }

  package func status(of path: AbsolutePath) throws(FileSystemError) -> FileStatus? {
    var info = stat()
    guard lstat(path.description, &info) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw failure(.inspect, path: path)
    }
    return FileStatus(info)
  }

  package func linkTarget(of path: AbsolutePath) throws(FileSystemError) -> String {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let length = buffer.withUnsafeMutableBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        text.baseAddress.map { readlink(path.description, $0, text.count) } ?? -1
      }
    }
    guard length >= 0 else { throw failure(.inspect, path: path) }
    return String(decoding: buffer[..<length], as: UTF8.self)
  }

  package func read(_ path: AbsolutePath, limit: Int) throws(FileSystemError) -> FileContents {
    let descriptor = open(path.description, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.read, path: path) }
    defer { close(descriptor) }
    for _ in 0..<5 {
      let before = try information(descriptor, path: path)
      guard FileStatus(before).kind == .file else {
        let code = FileStatus(before).kind == .directory ? EISDIR : EFTYPE_OR_EINVAL
        throw FileSystemError(operation: .read, path: path, code: .init(rawValue: code))
      }
      guard before.st_size <= limit else {
        throw FileSystemError(operation: .read, path: path, code: .init(rawValue: EFBIG))
      }
      let bytes = try readAll(descriptor, expecting: Int(before.st_size), path: path)
      let after = try information(descriptor, path: path)
      if before.isSameVersion(as: after), bytes.count == Int(after.st_size) {
        let status = FileStatus(after)
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let age = now.nanoseconds &- status.modifiedNanoseconds
        return FileContents(bytes: bytes, status: status, isSettled: age > 2_000_000_000)
      }
    }
    throw FileSystemError(operation: .read, path: path, code: .init(rawValue: EAGAIN))
  }

  package func holds(
    _ bytes: [UInt8], at path: AbsolutePath
  ) throws(FileSystemError) -> Bool {
    let descriptor = open(path.description, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.read, path: path) }
    defer { close(descriptor) }
    let before = try information(descriptor, path: path)
    guard FileStatus(before).kind == .file, Int(before.st_size) == bytes.count else { return false }
    var code: CInt = 0
    // In pieces that stay in the processor's cache: a second copy of a large file is not made.
    let isSame = withUnsafeTemporaryAllocation(byteCount: 128 << 10, alignment: 16) { piece in
      bytes.withUnsafeBytes { expected in
        var offset = 0
        while true {
          let got = systemRead(descriptor, piece.baseAddress, piece.count)
          if got < 0 {
            if errno == EINTR { continue }
            code = errno
            return false
          }
          guard got > 0, offset + got <= expected.count, let base = expected.baseAddress,
            let start = piece.baseAddress, memcmp(start, base + offset, got) == 0
          else { return got == 0 && offset == expected.count }
          offset += got
        }
      }
    }
    guard code == 0 else {
      throw FileSystemError(operation: .read, path: path, code: .init(rawValue: code))
    }
    guard isSame else { return false }
    return before.isSameVersion(as: try information(descriptor, path: path))
  }

  private func information(
    _ descriptor: CInt, path: AbsolutePath
  ) throws(FileSystemError) -> stat {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw failure(.inspect, path: path) }
    return info
  }

  private func readAll(
    _ descriptor: CInt, expecting size: Int, path: AbsolutePath
  ) throws(FileSystemError) -> [UInt8] {
    guard lseek(descriptor, 0, SEEK_SET) >= 0 else { throw failure(.read, path: path) }
    var code: CInt = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      while count < buffer.count {
        let got = systemRead(descriptor, base + count, buffer.count - count)
        if got < 0 {
          if errno == EINTR { continue }
          code = errno
          return
        }
        if got == 0 { return }
        count += got
      }
    }
    guard code == 0 else {
      throw FileSystemError(operation: .read, path: path, code: .init(rawValue: code))
    }
    return bytes
  }

  package func create(
    _ path: AbsolutePath, contents: FileBytes, mode: FileMode, owner: FileOwner?
  ) throws(FileSystemError) {
    let descriptor = open(
      path.description, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(.create, path: path) }
    do throws(FileSystemError) {
      for piece in contents.pieces { try write(piece, to: descriptor, path: path) }
      // Root keeps the owner of what it replaces, others its group, as far as they may.
      if let owner, fchown(descriptor, owner.user, owner.group) != 0, geteuid() == 0 {
        throw failure(.create, path: path)
      }
      // Last, so that nothing is readable by others before it is complete.
      guard fchmod(descriptor, mode_t(mode.rawValue)) == 0 else {
        throw failure(.create, path: path)
      }
      try sync(descriptor, path: path)
    } catch {
      close(descriptor)
      unlink(path.description)
      throw error
    }
    guard close(descriptor) == 0 else {
      let error = failure(.write, path: path)
      unlink(path.description)
      throw error
    }
  }

  private func write(
    _ bytes: ArraySlice<UInt8>, to descriptor: CInt, path: AbsolutePath
  ) throws(FileSystemError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw failure(.write, path: path)
      }
      rest = rest.dropFirst(written)
    }
  }

  package func makeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    guard mkdir(path.description, 0o700) == 0 else {
      let error = failure(.create, path: path)
      if error.code.rawValue == EEXIST, try status(of: path)?.kind == .directory { return }
      throw error
    }
  }

  package func canMove(
    from a: AbsolutePath, to b: AbsolutePath
  ) throws(FileSystemError) -> Bool {
    guard a != b else { return true }
    // A mount of a part of the same file system is another one for a rename.
    return try status(of: a)?.identity.device == status(of: b)?.identity.device
      && csystem_mount(a.description) == csystem_mount(b.description)
  }

  package func exchange(_ a: AbsolutePath, _ b: AbsolutePath) throws(FileSystemError) -> Bool {
    guard csystem_exchange(a.description, b.description) != 0 else { return true }
    if [EINVAL, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(errno) { return false }
    throw failure(.rename, path: b)
  }

  package func setMode(_ mode: FileMode, of path: AbsolutePath) throws(FileSystemError) {
    let descriptor = open(path.description, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.write, path: path) }
    defer { close(descriptor) }
    guard fchmod(descriptor, mode_t(mode.rawValue)) == 0 else { throw failure(.write, path: path) }
  }

  package func rename(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(FileSystemError) {
    guard systemRename(source.description, target.description) == 0 else {
      throw failure(.rename, path: target)
    }
  }

  package func renameExclusively(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(FileSystemError) {
    guard csystem_rename_exclusive(source.description, target.description) != 0 else { return }
    guard [EINVAL, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(errno) else {
      throw failure(.rename, path: target)
    }
    // A second name cannot replace one either; then the first goes.
    try link(source, to: target)
    try remove(source)
  }

  package func link(_ source: AbsolutePath, to target: AbsolutePath) throws(FileSystemError) {
    guard systemLink(source.description, target.description) == 0 else {
      throw failure(.link, path: target)
    }
  }

  package func remove(_ path: AbsolutePath) throws(FileSystemError) {
    guard unlink(path.description) == 0 || errno == ENOENT else {
      throw failure(.remove, path: path)
    }
  }

  package func removeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    guard rmdir(path.description) == 0 || errno == ENOENT else {
      throw failure(.remove, path: path)
    }
  }

  package func names(in directory: AbsolutePath) throws(FileSystemError) -> [String] {
    guard let stream = opendir(directory.description) else {
      if errno == ENOENT { return [] }
      throw failure(.list, path: directory)
    }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw failure(.list, path: directory) }
    return names.sorted()
  }

  package func synchronize(_ directory: AbsolutePath) throws(FileSystemError) {
    let descriptor = open(directory.description, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.synchronize, path: directory) }
    defer { close(descriptor) }
    do throws(FileSystemError) {
      try sync(descriptor, path: directory)
    } catch {
      // Some network and FUSE file systems have no sync for directories.
      guard error.code.rawValue == EINVAL else { throw error }
    }
  }

  package func lock(_ path: AbsolutePath) throws(FileSystemError) -> FileLock? {
    let descriptor = open(
      path.description, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(.lock, path: path) }
    let handle = FileLock { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if errno == EWOULDBLOCK { return nil }
      throw failure(.lock, path: path)
    }
    // Somebody may have replaced the file between the two calls.
    let held = try information(descriptor, path: path)
    guard try status(of: path)?.identity == FileStatus(held).identity else { return nil }
    return handle
  }

  private func failure(
    _ operation: FileSystemError.Operation, path: AbsolutePath
  ) -> FileSystemError {
    FileSystemError(operation: operation, path: path, code: .init(rawValue: errno))
  }

  /// fsync, or on macOS the call that also empties the drive's cache.
  private func sync(_ descriptor: CInt, path: AbsolutePath) throws(FileSystemError) {
    #if canImport(Darwin)
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
      guard errno == ENOTSUP || errno == EINVAL || errno == ENOTTY else {
        throw failure(.synchronize, path: path)
      }
    #endif
    guard fsync(descriptor) == 0 else { throw failure(.synchronize, path: path) }
  }
}

extension FileStatus {
  init(_ info: stat) {
    let kind: Kind =
      switch info.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      default: .other
      }
    self.init(
      kind: kind, mode: FileMode(rawValue: UInt16(truncatingIfNeeded: info.st_mode)),
      size: Int(info.st_size),
      owner: FileOwner(user: info.st_uid, group: info.st_gid),
      identity: FileIdentity(
        device: UInt64(truncatingIfNeeded: info.st_dev),
        file: UInt64(truncatingIfNeeded: info.st_ino)),
      links: Int(info.st_nlink), modifiedNanoseconds: info.modified.nanoseconds,
      changedNanoseconds: info.changed.nanoseconds)
  }
}

extension stat {
  fileprivate var modified: timespec {
    #if canImport(Darwin)
      st_mtimespec
    #else
      st_mtim
    #endif
  }

  fileprivate var changed: timespec {
    #if canImport(Darwin)
      st_ctimespec
    #else
      st_ctim
    #endif
  }

  fileprivate func isSameVersion(as other: stat) -> Bool {
    st_size == other.st_size && st_ino == other.st_ino
      && modified.nanoseconds == other.modified.nanoseconds
      && changed.nanoseconds == other.changed.nanoseconds
  }
}

extension timespec {
  fileprivate var nanoseconds: Int64 { Int64(tv_sec) &* 1_000_000_000 &+ Int64(tv_nsec) }
}

// The system's functions whose names the methods above share.
private let systemRead = read
private let systemWrite = write
private let systemRename = rename
private let systemLink = link
/// A pipe or device where a file should be.
private let EFTYPE_OR_EINVAL = EINVAL

extension FileSystemError.Code: CustomStringConvertible {
  /// Too many symbolic links.
  package static let tooManyLinks = Self(rawValue: ELOOP)
  /// Nothing there.
  package static let notFound = Self(rawValue: ENOENT)
  /// Something has that name.
  package static let exists = Self(rawValue: EEXIST)
  /// Not allowed by mode bits.
  package static let accessDenied = Self(rawValue: EACCES)
  /// Not allowed by ownership or an attribute.
  package static let notPermitted = Self(rawValue: EPERM)
  /// The file system is mounted read-only.
  package static let readOnly = Self(rawValue: EROFS)
  /// No space left.
  package static let noSpace = Self(rawValue: ENOSPC)
  /// A quota is used up.
  package static let quota = Self(rawValue: EDQUOT)
  /// A directory stands where a file should.
  package static let isDirectory = Self(rawValue: EISDIR)
  /// A file stands where a directory should.
  package static let notDirectory = Self(rawValue: ENOTDIR)
  /// Larger than the limit.
  package static let tooLarge = Self(rawValue: EFBIG)
  /// An input or output error.
  package static let inputOutput = Self(rawValue: EIO)
  /// Not a regular file.
  package static let notAFile = Self(rawValue: EINVAL)
  /// A directory is not empty.
  package static let notEmpty = Self(rawValue: ENOTEMPTY)

  /// The system's words, in lower case.
  package var description: String {
    if self == .notAFile { return "not a regular file" }
    if self == .tooLarge { return "larger than the limit" }
    return strerror(rawValue).map { String(cString: $0).lowercased() } ?? "error \(rawValue)"
  }
}
