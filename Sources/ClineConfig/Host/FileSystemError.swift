/// A failed file system call.
package struct FileSystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried.
  package enum Operation: String, Hashable, Sendable {
    case inspect, read, create, write, rename, link, remove, list, synchronize, lock
  }

  /// The kernel's reason. An open set: any `errno` can be one.
  package struct Code: Error, RawRepresentable, Hashable, Sendable {
    /// The `errno`.
    package let rawValue: Int32
    /// Takes an `errno`.
    package init(rawValue: Int32) { self.rawValue = rawValue }
  }

  /// What was tried.
  package let operation: Operation
  /// On what.
  package let path: AbsolutePath
  /// Why it failed.
  package let code: Code

  /// Creates an error.
  package init(operation: Operation, path: AbsolutePath, code: Code) {
    self.operation = operation
    self.path = path
    self.code = code
  }

  /// For example `cannot create /home/a/.cline/data/secrets.json: permission denied`.
  package var description: String { "cannot \(operation.rawValue) \(path): \(code)" }
}
