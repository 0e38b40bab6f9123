import CommandLineTool

/// Lines as they are printed: commands stand alone, and what is too long for the terminal breaks
/// between words, below where it began.
struct Page {
  private enum Kind { case words, verbatim, command }

  private let width: Int?
  private var lines: [(text: String, kind: Kind)] = []
  private var line = ""
  private var kind = Kind.words
  /// The margin of the sentence that a command has interrupted; `nil` where none has.
  private var interrupted: String?

  init(width: Int?) { self.width = width }

  /// What was added, broken into lines.
  var text: String {
    var all = lines
    let rest = interrupted == nil ? line : ""
    var text = ""
    if !rest.isEmpty { all.append((rest, kind)) }
    for (line, kind) in all { text += Self.broken(line, kind, at: width) + "\n" }
    if !rest.isEmpty { text.removeLast() }
    return text
  }

  mutating func addStyle(_ code: String) { line += code }

  mutating func addVerbatim(_ text: String) {
    kind = .verbatim
    add(text)
  }

  mutating func add(_ text: String) {
    var text = text[...]
    if let margin = interrupted, !text.isEmpty {
      // The sentence goes on, or a new line begins.
      text = text.drop { " ,;.)".contains($0) }
      guard let first = text.first else { return }
      interrupted = nil
      if first == "\n" { text = text.dropFirst() } else { line = margin + line }
    }
    // By bytes: comparing characters is slow.
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return line.append(contentsOf: text) }
    let parts = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index > 0 { end() }
      line.append(contentsOf: Substring(part))
    }
  }

  mutating func addCommand(_ text: String) {
    let margin = String((interrupted ?? line).prefix { $0 == " " })
    if interrupted == nil, line.contains(where: { $0 != " " }) {
      while line.hasSuffix(" ") { line.removeLast() }
      end()
    }
    line = margin + "    " + text
    kind = .command
    end()
    interrupted = margin
  }

  private mutating func end() {
    lines.append((line, kind))
    line = ""
    kind = .words
  }

  // MARK: Breaking

  private static func broken(_ line: String, _ kind: Kind, at width: Int?) -> String {
    guard let width, kind != .verbatim, columns(line) > width else { return line }
    let margin = kind == .command ? indent(line) + 2 : hang(line, width)
    // A shell reads on behind a backslash.
    let mark = kind == .command ? " \\" : ""
    var result = ""
    var column = 0
    for word in words(line, keepsQuoted: kind == .command) {
      let size = columns(word)
      if column > margin, column + size + mark.count > width {
        while result.hasSuffix(" ") { result.removeLast() }
        result += mark + "\n" + spaces(margin)
        column = margin
        result.append(contentsOf: word.drop { $0 == " " })
        column += columns(word.drop { $0 == " " })
      } else {
        result.append(contentsOf: word)
        column += size
      }
    }
    return result
  }

  /// The words of a line, each with the white space before it.
  private static func words(_ line: String, keepsQuoted: Bool) -> [Substring] {
    var found: [Substring] = []
    var start = line.startIndex
    var isInWord = false
    var isQuoted = false
    for index in line.utf8.indices {
      let byte = line.utf8[index]
      if byte == UInt8(ascii: "'"), keepsQuoted { isQuoted.toggle() }
      if byte == UInt8(ascii: " "), !isQuoted {
        if isInWord {
          found.append(line[start..<index])
          start = index
        }
        isInWord = false
      } else {
        isInWord = true
      }
    }
    if start < line.endIndex { found.append(line[start...]) }
    return found
  }

  private static func indent(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  /// Where the next line of a broken one begins: below its last column of a table, if it has any.
  private static func hang(_ line: String, _ width: Int) -> Int {
    var hang = indent(line)
    var spaces = 0
    for (column, character) in visible(line).enumerated() {
      if character == " " {
        spaces += 1
      } else {
        if spaces >= 2, column < width / 2 { hang = column }
        spaces = 0
      }
    }
    return hang
  }

  private static func columns(_ text: some StringProtocol) -> Int { visible(text).count }

  /// Without the codes of a terminal.
  private static func visible(_ text: some StringProtocol) -> String {
    text.contains("\u{1B}")
      ? String(text).replacing(/\u{1B}\[[0-9;]*m/, with: "") : String(text)
  }
}
