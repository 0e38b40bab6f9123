import LosslessJSON

/// A path from the root, so that the working directory never decides what a file is.
public struct AbsolutePath: Hashable, Sendable, LosslessStringConvertible {
  /// The path, without `.`, repeated or final slashes. `..` stays: it means something else
  /// behind a symbolic link.
  public let description: String

  /// `nil` for a path that does not begin with `/`, or that holds a NUL.
  public init?(_ description: String) {
    guard description.utf8.first == UInt8(ascii: "/"), !description.utf8.contains(0) else {
      return nil
    }
    guard !Self.isNormal(description.utf8) else {
      self.description = description
      return
    }
    let parts = description.split(separator: "/").filter { $0 != "." }
    self.description = "/" + parts.joined(separator: "/")
  }

  /// Whether nothing would be left out. Nearly every path is so, and many are made at each start.
  private static func isNormal(_ path: String.UTF8View) -> Bool {
    let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
    func isNormal(_ path: UnsafeBufferPointer<UInt8>) -> Bool {
      var before: (UInt8, UInt8) = (0, 0)
      for byte in path {
        if byte == slash, before.1 == slash || before.1 == dot && before.0 == slash { return false }
        before = (before.1, byte)
      }
      return path.count == 1 || before.1 != slash && !(before.1 == dot && before.0 == slash)
    }
    return path.withContiguousStorageIfAvailable(isNormal) ?? false
  }

  /// Whether every byte is the same: to a file system, an accent is not the letter with it.
  public static func == (a: AbsolutePath, b: AbsolutePath) -> Bool {
    a.description.isSame(as: b.description)
  }

  private init(joined: String) { description = joined }

  /// The file system's root.
  public static let root = AbsolutePath(joined: "/")

  /// A path below this one; `path` itself when it is absolute.
  public func appending(_ path: String) -> AbsolutePath {
    if path.utf8.first == UInt8(ascii: "/"), let absolute = AbsolutePath(path) { return absolute }
    let base = description.utf8.count == 1 ? "" : description
    let path = path.utf8.contains(0) ? path.filter { $0 != "\0" } : path
    return AbsolutePath(base + "/" + path) ?? self
  }

  /// The directory that holds it; the root holds itself.
  public var parent: AbsolutePath {
    slash > description.startIndex
      ? AbsolutePath(joined: String(description[..<slash])) : .root
  }

  /// The last component of the path.
  public var name: String { String(description[description.utf8.index(after: slash)...]) }

  private var slash: String.Index {
    description.utf8.lastIndex(of: UInt8(ascii: "/")) ?? description.startIndex
  }

  /// Whether it is `directory` or stands below it.
  public func isWithin(_ directory: AbsolutePath) -> Bool {
    self == directory || directory == .root
      || description.hasPrefix(directory.description + "/")
  }
}

extension AbsolutePath {
  /// Whether it stands in a store that only a package manager writes (Nix, Guix).
  var isManaged: Bool {
    description.hasPrefix("/nix/store/") || description.hasPrefix("/gnu/store/")
  }
}
