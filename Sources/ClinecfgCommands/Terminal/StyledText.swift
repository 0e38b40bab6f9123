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
    case outside(String)
    /// A code of the terminal's.
    case style(String)
    /// A command of clinecfg's.
    case command(CommandLine)
  }

  fileprivate var pieces: [Piece] = []

  fileprivate init(_ pieces: [Piece]) { self.pieces = pieces }

  /// Text that was made here, such as a man page.
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
    pieces.map { $0.text(with: options) }.joined()
  }

  /// What is printed.
  ///
  /// - Parameters:
  ///   - isColored: Whether styles count.
  ///   - redactor: What takes secrets out of what came from outside.
  ///   - options: What printed commands need to mean the same here.
  func rendered(
    isColored: Bool, without redactor: Redactor, with options: [String] = []
  ) -> String {
    let outside = pieces.compactMap { piece in
      switch piece {
      case .outside, .command: piece.text(with: options)
      case .own, .style: nil
      }
    }
    var clean = redactor.cleaned(outside)[...]
    var result = ""
    for piece in pieces {
      switch piece {
      case .own(let text): result += text
      case .outside, .command: result += SafeText.line(clean.popFirst() ?? "")
      case .style(let code): if isColored { result += "\u{1B}[\(code)m" }
      }
    }
    return result
  }

  static func + (left: StyledText, right: StyledText) -> StyledText {
    StyledText(left.pieces + right.pieces)
  }

  static func += (left: inout StyledText, right: StyledText) { left.pieces += right.pieces }
}

extension StyledText.Piece {
  fileprivate func text(with options: [String]) -> String {
    switch self {
    case .own(let text), .outside(let text): text
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
