import ClineConfig
import CommandLineTool
import LosslessJSON

/// What a command answers: one value, from which both the document of `--json` and the text for people
/// come.
protocol Answer: Encodable {
  /// For people.
  var text: StyledText { get }
}

/// An answer, and what goes with it.
struct Report {
  let answer: any Answer
  /// Beside the answer: what was mended, what to know. For people, on standard error.
  var notes: [StyledText] = []
  /// For people who asked for more.
  var details: StyledText = ""
  /// Whether the text is what was asked for, and not talk: `--quiet` leaves it.
  var isData = false
  var code = ExitCode.success
  /// What a failure of the answer's own is called, in the document.
  var failure: Failure?
  /// What a person at a terminal is asked after the answer, and what a yes does.
  var offer: (question: StyledText, run: () throws -> Report)?
  /// A file as it is, keys included, in place of the answer: for another program to take.
  var file: String?

  init(_ answer: any Answer, isData: Bool = false, notes: [StyledText] = []) {
    self.answer = answer
    self.isData = isData
    self.notes = notes
  }
}

/// A word of clinecfg's own in a document: programs rely on it, and no key stands there.
struct Word: Encodable, Hashable {
  let text: String
  init(_ text: String) { self.text = text }
}

/// A key in a document: where it comes from, and what may be shown of it.
struct KeyAnswer: Encodable {
  let source: String
  let masked: String
}

/// A text that was made here, as the whole answer.
struct TextAnswer: Answer {
  private let name: String
  private let content: String

  init(_ content: String, as name: String) {
    self.content = content
    self.name = name
  }

  var text: StyledText { .verbatim(content) }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode([name: content])
  }
}

/// One document of `--json`: what is from outside is without secrets, what is clinecfg's own is as it is.
struct DocumentWriter {
  let redactor: Redactor
  /// What printed commands need to mean the same.
  let options: [String]

  func text(
    _ schema: String, isOK: Bool, _ answer: (any Encodable)?, failure: Failure? = nil
  ) -> String {
    var document: JSONObject = ["schema": .string("clinecfg.\(schema)/2"), "ok": .bool(isOK)]
    for (key, value) in answer.flatMap({ try? json($0) })?.object ?? [:] { document[key] = value }
    if let failure, let extra = (try? json(FailureAnswer(failure)))?.object {
      for (key, value) in extra { document[key] = value }
    }
    return SafeText.json(
      String(decoding: JSONValue.object(document).bytes(), as: UTF8.self)) + "\n"
  }

  private func json(_ value: some Encodable) throws -> JSONValue {
    // Clients repeat each other: the same text is looked through once.
    var known: [String: String] = [:]
    func cleaned(_ text: String) -> JSONValue {
      if let clean = known[text] { return .string(clean) }
      let clean = redactor.cleaned(text)
      known[text] = clean
      return .string(clean)
    }
    return try JSONValue(encoding: value, keepsNil: true) { value in
      switch value {
      case let text as String: cleaned(text)
      case let word as Word: .string(word.text)
      case let text as StyledText: cleaned(text.plain(with: options))
      case let line as CommandLine:
        .array(line.whole(with: options).map(cleaned))
      case let value as JSONValue: redactor.cleaned(value)
      default: nil
      }
    }
  }
}

extension StyledText: Encodable {
  /// As text without styles.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(plain())
  }
}

/// What a document says of a failure.
private struct FailureAnswer: Encodable {
  let failure: Failure
  init(_ failure: Failure) { self.failure = failure }

  private enum Key: String, CodingKey { case findings, damaged, error, code, message, help }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    if let findings = failure.findings {
      try container.encode(findings.map(FindingAnswer.init), forKey: .findings)
    }
    if let damaged = failure.damaged { try container.encode(damaged, forKey: .damaged) }
    var error = container.nestedContainer(keyedBy: Key.self, forKey: .error)
    try error.encode(Int(failure.code.rawValue), forKey: .code)
    try error.encode(failure.message, forKey: .message)
    try error.encodeIfPresent(failure.help, forKey: .help)
  }
}
