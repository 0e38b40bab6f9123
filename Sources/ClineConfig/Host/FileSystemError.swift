/// A failed file system call.
public struct FileSystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried.
  public enum Operation: String, Hashable, Sendable {
    case inspect, read, create, write, rename, link, remove, list, synchronize, lock
  }

  /// The kernel's reason. An open set: any `errno` can be one.
  public struct Code: Error, RawRepresentable, Hashable, Sendable {
    /// The `errno`.
    public let rawValue: Int32
    /// Takes an `errno`.
    public init(rawValue: Int32) { self.rawValue = rawValue }
  }

  /// What was tried.
  public let operation: Operation
  /// On what.
  public let path: AbsolutePath
  /// Why it failed.
  public let code: Code

  /// Creates an error.
  public init(operation: Operation, path: AbsolutePath, code: Code) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// For example `cannot create /home/a/.cline/data/secrets.json: permission denied`.
  public var description: String { "cannot \(operation.rawValue) \(path): \(code)" }
}
