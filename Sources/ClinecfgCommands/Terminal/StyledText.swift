import ClineConfig
import CommandLineTool
import LosslessJSON

/// Text for people. What is put into it by interpolation comes from outside: it is made harmless, and
/// no secret in it comes out, wherever the text is printed. What stands in the literal is our own.
///
/// ```swift
/// let text: StyledText = "\(Style.bold)\(provider.name)\(Style.plain) has no key\n"
/// ```
struct StyledText: Sendable, Equatable {
  fileprivate enum Piece: Sendable, Equatable {
    case own(String)
    /// What was made here and is left as it is.
    case verbatim(String)
    case outside(String)
    /// A value from outside as it is, for another program to take.
    case exact(String)
    /// A code of the terminal's.
    case style(String)
    /// A command of clinecfg's.
    case command(CommandLine)
  }

  fileprivate var pieces: [Piece] = []

  fileprivate init(_ pieces: [Piece]) { self.pieces = pieces }

  /// Text that was made here and is left as it is, such as a man page.
  static func verbatim(_ text: String) -> StyledText { StyledText([.verbatim(text)]) }

  /// Text of clinecfg's own that is no literal, such as a backup's name.
  static func own(_ text: String) -> StyledText { StyledText([.own(text)]) }

  /// A command to paste.
  static func command(_ line: CommandLine) -> StyledText { StyledText([.command(line)]) }

  /// Text from outside of several lines, which stay lines.
  static func lines(_ text: String) -> StyledText {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(String($0))" }
      .joined(separator: "\n")
  }

  /// Whether nothing stands in it.
  var isEmpty: Bool { pieces.allSatisfy { $0.text(with: []).isEmpty } }

  /// Without styles, and as it came in: for programs, whose gate is ``Context``'s own.
  func plain(with options: [String] = []) -> String {
    pieces.reduce(into: "") { text, piece in
      if case .command = piece, let last = text.last, !last.isWhitespace { text += " " }
      text += piece.text(with: options)
    }
  }

  /// How it is printed.
  struct Form: Sendable {
    var isColored = false
    /// Takes secrets out of what came from outside.
    let redactor: Redactor
    /// What printed commands need to mean the same here.
    var options: [String] = []
    /// Columns to break lines at; `nil` where no terminal shows them.
    var width: Int?
    /// What is written as `~`.
    var home: String?
  }

  /// What is printed. A command always has a line of its own, so that it can be pasted.
  func rendered(_ form: Form) -> String {
    let outside = pieces.compactMap { piece in
      switch piece {
      case .outside, .exact, .command: piece.text(with: form.options)
      case .own, .verbatim, .style: nil
      }
    }
    var clean = form.redactor.cleaned(outside)[...]
    var page = Page(width: form.width)
    let home = form.home.flatMap { $0.utf8.count > 1 ? $0 + "/" : nil }
    for piece in pieces {
      switch piece {
      case .own(let text): page.add(text)
      case .verbatim(let text): page.addVerbatim(text)
      case .outside:
        page.add(SafeText.line(Self.short(clean.popFirst() ?? "", home: home)))
      case .exact: page.addVerbatim(SafeText.line(clean.popFirst() ?? ""))
      case .command: page.addCommand(SafeText.line(clean.popFirst() ?? ""))
      case .style(let code): if form.isColored { page.addStyle("\u{1B}[\(code)m") }
      }
    }
    return page.text
  }

  /// A path below the home as people write it.
  private static func short(_ text: String, home: String?) -> String {
    guard let home, text.contains(home) else { return text }
    return text.replacing(home, with: "~/")
  }

  static func + (left: StyledText, right: StyledText) -> StyledText {
    StyledText(left.pieces + right.pieces)
  }

  static func += (left: inout StyledText, right: StyledText) { left.pieces += right.pieces }
}

extension StyledText.Piece {
  fileprivate func text(with options: [String]) -> String {
    switch self {
    case .own(let text), .verbatim(let text), .outside(let text), .exact(let text): text
    case .style: ""
    case .command(let line): line.text(with: options)
    }
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  init(stringLiteral text: String) { self.init([.own(text)]) }

  init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.pieces) }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(2 * interpolationCount + 1)
    }

    mutating func appendLiteral(_ text: String) { if !text.isEmpty { pieces.append(.own(text)) } }
    mutating func appendInterpolation(_ text: String) { pieces.append(.outside(text)) }
    mutating func appendInterpolation(exact text: String) { pieces.append(.exact(text)) }
    mutating func appendInterpolation(_ advice: Advice) { pieces += StyledText(advice).pieces }
    mutating func appendInterpolation(_ step: Advice.Step) {
      pieces += StyledText(Advice([.step(step)])).pieces
    }
    /// A command of clinecfg's, by the words behind its name.
    mutating func appendInterpolation(clinecfg words: String...) {
      pieces.append(.command(CommandLine(words: words)))
    }
    mutating func appendInterpolation(_ text: StyledText) { pieces += text.pieces }
    mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      pieces.append(.outside(value.description))
    }
  }
}

/// In a plain string it is plain: what was outside is outside again there.
extension StyledText: CustomStringConvertible {
  var description: String { plain() }
}

extension Sequence<StyledText> {
  /// One after the other.
  func joined(separator: StyledText = "") -> StyledText {
    var result = StyledText([])
    for (index, text) in enumerated() {
      if index > 0 { result += separator }
      result += text
    }
    return result
  }
}

/// How text looks on a terminal, from here on.
enum Style {
  static let bold = StyledText([.style("1")])
  static let red = StyledText([.style("31")])
  static let yellow = StyledText([.style("33")])
  static let green = StyledText([.style("32")])
  static let dim = StyledText([.style("2")])
  static let plain = StyledText([.style("0")])
}
