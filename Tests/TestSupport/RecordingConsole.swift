import CommandLineTool
import Synchronization

/// A console that remembers what was printed, and is nobody's terminal unless told.
package final class RecordingConsole: Console {
  private struct State {
    var output = ""
    var notes = ""
  }
  private let state = Mutex(State())
  private let input: [UInt8]
  private let secret: String?
  package let isInteractive: Bool
  package let width = 80
  package let showsColor = false
  package var writesToTerminal: Bool { isInteractive }

  package init(
    input: String = "", isInteractive: Bool = false, secret: String? = nil, choice: String? = nil
  ) {
    self.choice = choice
    self.input = Array(input.utf8)
    self.isInteractive = isInteractive
    self.secret = secret
  }

  package var output: String { state.withLock { $0.output } }
  package var notes: String { state.withLock { $0.notes } }

  package func write(_ text: String) -> Bool {
    state.withLock { $0.output += text }
    return true
  }
  package func note(_ text: String) { state.withLock { $0.notes += text } }
  package func readAll(limit: Int) -> [UInt8] { Array(input.prefix(limit + 1)) }
  /// The line that is chosen, by what it begins with.
  package let choice: String?
  package func pick(_ title: String, among items: [String]) -> Int? {
    note("\(title): \(items.count)\n")
    return choice.flatMap { choice in items.firstIndex { $0.hasPrefix(choice) } }
  }
  package func readLine(prompt: String) -> String? {
    note(prompt)
    return choice
  }
  package func readSecret(prompt: String) -> String? {
    note(prompt)
    return secret
  }
}
