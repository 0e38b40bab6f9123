/// Why VS Code's own storage could not be read.
package enum StateDatabaseProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// SQLite's library is not installed.
  case noLibrary
  /// The file is not what it should be, in words.
  case unreadable(String)

  /// One line.
  package var description: String {
    switch self {
    case .noLibrary: "SQLite's library (libsqlite3) is not installed"
    case .unreadable(let reason): reason
    }
  }
}
