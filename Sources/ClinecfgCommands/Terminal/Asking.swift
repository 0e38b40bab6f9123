import ClineConfig
import CommandLineTool
import LosslessJSON

extension Invocation {
  /// Whether a missing value may be asked for.
  var mayAsk: Bool {
    console.isInteractive && !self[Options.noInput] && !self[Options.json]
  }

  /// A value that somebody types.
  func ask(_ question: StyledText) throws -> String {
    guard let line = console.readLine(prompt: prompt(question + ": ")), !line.trimmed.isEmpty else {
      throw Failure.interrupted
    }
    return line.trimmed
  }

  /// The place of the line that somebody chooses.
  func pick(_ title: StyledText, among lines: [StyledText]) throws -> Int {
    let redactor = redactor
    let lines = lines.map { $0.rendered(isColored: false, without: redactor) }
    guard let index = console.pick(prompt(title), among: lines) else { throw Failure.interrupted }
    return index
  }

  private func prompt(_ text: StyledText) -> String {
    text.rendered(isColored: false, without: redactor)
  }
}

extension Failure {
  static let interrupted = Failure(.interrupted, "interrupted; nothing was written")
}

/// A person at the terminal answers what a set-up leaves open.
struct TerminalQuestions: SetupPlanner.Questions {
  let invocation: Invocation

  func key(of provider: Provider) -> String? {
    let question: StyledText = "\(provider.name) API key (not shown): "
    return invocation.console.readSecret(
      prompt: question.rendered(isColored: false, without: invocation.redactor))
  }

  func model(of provider: Provider, offered: [String]) -> String? {
    guard !offered.isEmpty else {
      return try? invocation.ask("Model ID of \(provider.name) (its list did not come)")
    }
    let place = try? invocation.pick(
      "model of \(provider.name)", among: offered.map { "\($0)" })
    return place.map { offered[$0] }
  }
}
