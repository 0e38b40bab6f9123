import CommandLineTool
import Synchronization

/// A console that remembers what was printed, and is nobody's terminal unless told.
package final class RecordingConsole: Console {
  private struct State {
    var output = ""
    var notes = ""
    var waits: [String] = []
  }
  private let state = Mutex(State())
  private let input: [UInt8]
  private let secret: String?
  /// What somebody says to a question, by a part of it.
  private let answers: [(question: String, answer: String)]
  package let isInteractive: Bool
  package let columns: Int?
  package var width: Int { columns ?? 80 }
  package var outputWidth: Int? { columns }
  package var notesWidth: Int? { columns }
  package let showsColor = false
  package var readsFromTerminal: Bool { isInteractive }
  package var writesToTerminal: Bool { isInteractive }

  package init(
    input: String = "", isInteractive: Bool = false, secret: String? = nil, choice: String? = nil,
    columns: Int? = nil, answers: [(question: String, answer: String)] = []
  ) {
    self.columns = columns
    self.answers = answers
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
    let wanted = answer(to: title) ?? choice
    return wanted.flatMap { choice in items.firstIndex { $0.hasPrefix(choice) } }
  }
  package func readLine(prompt: String) -> String? {
    note(prompt + "\n")
    return answer(to: prompt) ?? choice
  }
  package func readSecret(prompt: String) -> String? {
    note(prompt + "\n")
    return answer(to: prompt) ?? secret
  }
  /// What was waited for, in order.
  package var waits: [String] { state.withLock { $0.waits } }
  package func progress(_ text: String?) {
    if let text { state.withLock { $0.waits.append(text) } }
  }
  private func answer(to question: String) -> String? {
    answers.first { question.contains($0.question) }?.answer
  }
}
