/// Where a command reads and writes. stdout is the answer, stderr is everything else.
package protocol Console: Sendable {
  /// - Returns: Whether all of it was written.
  @discardableResult
  func write(_ text: String) -> Bool
  func note(_ text: String)
  /// All of standard input, at most `limit` bytes.
  func readAll(limit: Int) -> [UInt8]
  /// One line; `nil` at the end of input.
  func readLine(prompt: String) -> String?
  /// One line, not shown while it is typed; `nil` at the end of input.
  func readSecret(prompt: String) -> String?
  /// Lets somebody choose a line; `nil` when they would rather not.
  func pick(_ title: String, among items: [String]) -> Int?
  /// What is being waited for, on a terminal's last line; `nil` takes it away.
  func progress(_ text: String?)
  /// Whether somebody is there to be asked: standard input and standard error are a terminal.
  var isInteractive: Bool { get }
  /// Whether standard input is a terminal.
  var readsFromTerminal: Bool { get }
  /// Whether standard output is a terminal.
  var writesToTerminal: Bool { get }
  /// Columns of the output.
  var width: Int { get }
  /// Columns to break lines of the output at; `nil` where it is no terminal.
  var outputWidth: Int? { get }
  /// The same of what is told beside it.
  var notesWidth: Int? { get }
  /// Whether standard output shows colour.
  var showsColor: Bool { get }
}
