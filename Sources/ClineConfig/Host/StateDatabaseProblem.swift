/// Why VS Code's own storage could not be read.
package enum StateDatabaseProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program `sqlite3` is not installed.
  case noProgram
  /// The file is not what it should be, in words.
  case unreadable(String)

  /// One line.
  package var description: String {
    switch self {
    case .noProgram: "the program sqlite3 is not installed"
    case .unreadable(let reason): reason
    }
  }
}
