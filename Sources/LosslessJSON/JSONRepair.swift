/// Mends a text that an editor or a crash has damaged, where one reading is plain.
///
/// Mended are missing and doubled commas, missing and extra closing brackets, single quotes, keys
/// without quotes, raw line breaks in strings, Python's words, comments, a byte order mark, NULs at
/// the end, a second document behind the first, and a text that is cut short, of which what is whole is
/// kept. No value is invented: what can be read in two ways is left as it is. Brackets are where the
/// lines' own indentation says; in a text of one line a bracket that may belong elsewhere is no plain
/// reading.
package struct JSONRepair {
  /// A mended text, or `nil` where no reading is plain. A text that is JSON comes back as it is.
  package static func mended(_ bytes: [UInt8]) -> [UInt8]? {
    for isGuided in [false, true] {
      var repair = JSONRepair(bytes, isGuided: isGuided)
      if let text = repair.run(), (try? JSONDocument(parsing: text)) != nil { return text }
    }
    return nil
  }

  private struct Container {
    let bracket: UInt8
    /// White space before the line on which it opens.
    let indent: Int
    /// Where its last whole member ends in the output; its own bracket where it has none.
    var mark: Int
    var count = 0
    var comma: Int?
    /// White space before its members that begin a line.
    var memberIndent: Int?
    /// Whether another container of its kind was closed right inside it.
    var heldItsKind = false
    var isObject: Bool { bracket == UInt8(ascii: "{") }
    var closing: UInt8 { isObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }
  }

  private let bytes: [UInt8]
  private let isGuided: Bool
  private var position = 0
  private var out: [UInt8] = []
  private var stack: [Container] = []
  /// White space before the line, while nothing else stands on it.
  private var lineIndent = 0
  private var isLineStart = true
  private var openedLineIndent = 0
  private var added = 0
  private var dropped = 0
  private var objects = 0
  private var isOrderly = true
  private var hasLines = false

  private init(_ bytes: [UInt8], isGuided: Bool) {
    var end = bytes.count
    // What a crash leaves behind the last byte that was written.
    while end > 0, bytes[end - 1] == 0 { end -= 1 }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    self.bytes = Array(bytes[min(start, end)..<end])
    self.isGuided = isGuided
  }

  // MARK: Reading

  private mutating func run() -> [UInt8]? {
    guard skip(), position < bytes.count, bytes[position] == UInt8(ascii: "{") else { return nil }
    open()
    while !stack.isEmpty {
      guard let isWhole = member() else { return nil }
      if !isWhole { return cut() }
    }
    return rest()
  }

  /// Reads up to the next member of the innermost container, or its end.
  ///
  /// - Returns: `nil` where no reading is plain, `false` where the text ends.
  private mutating func member() -> Bool? {
    guard skip() else { return nil }
    guard position < bytes.count else { return false }
    let byte = bytes[position]
    if isGuided, isLineStart { closeByIndent(isClosing: byte == 0x7D || byte == 0x5D) }
    guard let top = stack.last else { return nil }
    switch byte {
    case UInt8(ascii: ","):
      position += 1
      isLineStart = false
      // A comma before the first member, or a second one.
      guard top.count > 0, top.comma == nil else { return true }
      stack[stack.count - 1].comma = out.count
      out.append(byte)
      return true
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return close(byte)
    default: break
    }
    note()
    if top.isObject {
      guard let key = key() else { return nil }
      if !key { return false }
    }
    return value()
  }

  /// A key and its colon.
  private mutating func key() -> Bool? {
    let isFirst = stack[stack.count - 1].count == 0
    guard let found = text(isKey: true) else { return nil }
    guard found else { return false }
    guard skip() else { return nil }
    guard position < bytes.count else { return false }
    guard bytes[position] == UInt8(ascii: ":") else { return nil }
    position += 1
    isLineStart = false
    out.append(UInt8(ascii: ":"))
    if !isFirst, stack[stack.count - 1].comma == nil { addComma() }
    guard skip() else { return nil }
    return position < bytes.count
  }

  private mutating func value() -> Bool? {
    let index = stack.count - 1
    let isSecond = !stack[index].isObject && stack[index].count > 0 && stack[index].comma == nil
    let hadLine = isLineStart
    switch bytes[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      if isSecond { addComma() }
      open()
      return true
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let isWhole = text(isKey: false) else { return nil }
      guard isWhole else { return false }
      if isSecond { addComma() }
      // A key in the place of an item.
      let rest = bytes[position...].first { $0 > 0x20 }
      guard rest != UInt8(ascii: ":") else { return nil }
    default:
      let start = position
      while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
      guard position > start else { return nil }
      let word = Array(bytes[start..<position])
      guard let meant = Self.literal(word) else {
        // A word that is not whole is dropped with the end of the text.
        return position == bytes.count && Self.mayBecomeLiteral(word) ? false : nil
      }
      let isNumber = meant.first.map { $0 == UInt8(ascii: "-") || $0 <= UInt8(ascii: "9") } ?? false
      // The end of a number is not known where the text ends with it.
      if isNumber, position == bytes.count { return false }
      if isSecond {
        // `1 2` may be one number.
        guard !isNumber || hadLine else { return nil }
        addComma()
      }
      isLineStart = false
      out += meant
    }
    stack[index].mark = out.count
    stack[index].count += 1
    stack[index].comma = nil
    return true
  }

  /// A string in either kind of quotes, or a key without any.
  ///
  /// - Returns: `nil` where no reading is plain, `false` where the text ends in it.
  private mutating func text(isKey: Bool) -> Bool? {
    let quote = bytes[position]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      guard isKey else { return nil }
      let start = position
      while position < bytes.count, Self.isWord(bytes[position]), bytes[position] < 0x80,
        bytes[position] != UInt8(ascii: ".")
      { position += 1 }
      guard position > start, !(0x30...0x39).contains(bytes[start]), bytes[start] != 0x2D else {
        return nil
      }
      isLineStart = false
      out.append(UInt8(ascii: "\""))
      out += bytes[start..<position]
      out.append(UInt8(ascii: "\""))
      return position < bytes.count
    }
    var result: [UInt8] = [UInt8(ascii: "\"")]
    let start = position
    position += 1
    var hasRawBreak = false
    while position < bytes.count, bytes[position] != quote {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\\") {
        guard position + 1 < bytes.count else {
          position = bytes.count
          break
        }
        if quote == UInt8(ascii: "'"), bytes[position + 1] == quote {
          result.append(quote)
        } else {
          result += [byte, bytes[position + 1]]
        }
        position += 2
        continue
      }
      hasRawBreak = hasRawBreak || byte == 0x0A || byte == 0x0D
      JSONText.appendUnquoted([byte], to: &result)
      position += 1
    }
    isLineStart = false
    guard position < bytes.count else {
      // A quote that is lost swallows what follows; one that was never written has nothing behind it.
      let last = bytes[start...].last { $0 > 0x20 }
      let isOneLine = stack.first?.memberIndent == nil
      let mayBeLost =
        hasRawBreak || isOneLine && last.map { "}],".utf8.contains($0) } == true
      return mayBeLost ? nil : false
    }
    position += 1
    result.append(UInt8(ascii: "\""))
    // Behind a string stands something of the structure, or the next string.
    if position < bytes.count, Self.isWord(bytes[position]) { return nil }
    if hasRawBreak {
      let next = bytes[position...].first { $0 > 0x20 }
      guard next == nil || ",:}]".utf8.contains(next ?? 0) else { return nil }
    }
    out += result
    return true
  }

  // MARK: Brackets

  private mutating func open() {
    let bracket = bytes[position]
    position += 1
    if bracket == UInt8(ascii: "{") { objects += 1 }
    isLineStart = false
    out.append(bracket)
    stack.append(Container(bracket: bracket, indent: openedLineIndent, mark: out.count))
  }

  private mutating func close(_ byte: UInt8) -> Bool? {
    guard var top = stack.last else { return nil }
    if top.closing != byte {
      // The one around it closes here: its own bracket is missing.
      guard stack.count > 1, stack[stack.count - 2].closing == byte, !top.heldItsKind else {
        return nil
      }
      add()
      top = stack[stack.count - 1]
    }
    if isLineStart, lineIndent != top.indent { isOrderly = false }
    dropComma()
    position += 1
    isLineStart = false
    out.append(byte)
    closed()
    return true
  }

  /// The innermost container is whole now.
  private mutating func closed() {
    let done = stack.removeLast()
    guard !stack.isEmpty else { return }
    let index = stack.count - 1
    stack[index].mark = out.count
    stack[index].count += 1
    stack[index].comma = nil
    if stack[index].bracket == done.bracket || done.heldItsKind { stack[index].heldItsKind = true }
  }

  /// Writes a bracket that is missing, behind the last member.
  private mutating func add() {
    dropComma()
    let top = stack[stack.count - 1]
    var bracket = [top.closing]
    if top.memberIndent != nil {
      bracket = [0x0A] + [UInt8](repeating: 0x20, count: top.indent) + bracket
    }
    let tail = Array(out[top.mark...])
    out.removeLast(tail.count)
    out += bracket
    let end = out.count
    added += 1
    closed()
    out += tail
    if !stack.isEmpty { stack[stack.count - 1].mark = end }
  }

  /// Closes what the indentation of a line says is closed.
  private mutating func closeByIndent(isClosing: Bool) {
    while let top = stack.last, stack.count > 1, top.memberIndent != nil,
      isClosing ? lineIndent < top.indent : lineIndent <= top.indent
    {
      let comma = top.comma != nil
      add()
      // The comma behind the lost bracket is the one between the members around it.
      if comma, !isClosing { addComma(isSeen: true) }
    }
  }

  private mutating func dropComma() {
    guard let comma = stack[stack.count - 1].comma else { return }
    out.remove(at: comma)
    stack[stack.count - 1].comma = nil
  }

  /// Puts the missing comma behind the last member.
  private mutating func addComma(isSeen: Bool = false) {
    let index = stack.count - 1
    out.insert(UInt8(ascii: ","), at: stack[index].mark)
    if isSeen { stack[index].comma = stack[index].mark }
  }

  // MARK: The end

  /// What is whole of a text that is cut short.
  private mutating func cut() -> [UInt8]? {
    let isOpen = stack.count == 1
    let last = bytes.last { $0 > 0x20 }
    let endsClosed = last == UInt8(ascii: "}") || last == UInt8(ascii: "]")
    // One bracket is missing, and may be so further up.
    if isOpen, endsClosed, added == 0, objects > 1, !(hasLines && isOrderly) { return nil }
    if isGuided, added == 0 { return nil }
    guard dropped == 0 else { return nil }
    while let top = stack.last {
      out.removeLast(out.count - top.mark)
      stack[stack.count - 1].comma = nil
      if top.count == 0, stack.count > 1 {
        // Nothing in it was whole.
        stack.removeLast()
        out.removeLast(out.count - stack[stack.count - 1].mark)
        stack[stack.count - 1].comma = nil
        continue
      }
      if top.memberIndent != nil { out += [0x0A] + [UInt8](repeating: 0x20, count: top.indent) }
      out.append(top.closing)
      closed()
    }
    return out
  }

  /// What stands behind the document.
  private mutating func rest() -> [UInt8]? {
    let end = out.count
    var tail = bytes[position...]
    while let byte = tail.first, byte <= 0x20 || byte == 0x7D || byte == 0x5D {
      if byte > 0x20 { dropped += 1 }
      tail.removeFirst()
    }
    if tail.isEmpty {
      guard dropped == 0 || added == 0 && (objects == 1 || hasLines && isOrderly) else {
        return nil
      }
      if isGuided, !isOrderly { return nil }
      if dropped == 0 { out += bytes[position...] }
      return out
    }
    guard dropped == 0, added == 0 else { return nil }
    let comment = tail.starts(with: "//".utf8) || tail.starts(with: "/*".utf8)
    if comment {
      guard skip(), position == bytes.count else { return nil }
      out.removeLast(out.count - end)
      return out
    }
    // A second document behind the first.
    guard tail.first == UInt8(ascii: "{"),
      let second = (try? JSONDocument(parsing: Array(tail)))?.root.object,
      let first = (try? JSONDocument(parsing: Array(out[..<end])))?.root.object,
      // It has nothing that the first lacks: what was written last stands first.
      second.allSatisfy({ first[$0.key] != nil })
    else { return nil }
    return out + (bytes.last == 0x0A ? [0x0A] : [])
  }

  // MARK: Parts

  /// White space is kept, comments are not.
  private mutating func skip() -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        if byte == 0x0A {
          isLineStart = true
          lineIndent = 0
          hasLines = true
        } else if isLineStart, byte != 0x0D {
          lineIndent += 1
        }
        out.append(byte)
        position += 1
      } else if byte == UInt8(ascii: "/"), position + 1 < bytes.count {
        if bytes[position + 1] == UInt8(ascii: "/") {
          while position < bytes.count, bytes[position] != 0x0A { position += 1 }
        } else if bytes[position + 1] == UInt8(ascii: "*") {
          position += 2
          while position + 1 < bytes.count,
            !(bytes[position] == UInt8(ascii: "*") && bytes[position + 1] == UInt8(ascii: "/"))
          { position += 1 }
          guard position + 1 < bytes.count else { return false }
          position += 2
        } else {
          return false
        }
      } else {
        if isLineStart { openedLineIndent = lineIndent }
        return true
      }
    }
    return true
  }

  /// Looks whether a member that begins a line stands where its siblings do.
  private mutating func note() {
    guard isLineStart, hasLines else { return }
    let index = stack.count - 1
    if let known = stack[index].memberIndent {
      if known != lineIndent { isOrderly = false }
    } else {
      stack[index].memberIndent = lineIndent
      if lineIndent <= stack[index].indent { isOrderly = false }
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || "_$.+-".utf8.contains(byte) || byte >= 0x80
  }

  /// A number or a word of JSON's, or Python's.
  private static func literal(_ word: [UInt8]) -> [UInt8]? {
    switch String(decoding: word, as: UTF8.self) {
    case "true", "True": Array("true".utf8)
    case "false", "False": Array("false".utf8)
    case "null", "None": Array("null".utf8)
    case let text: JSONNumber(literal: text) == nil ? nil : word
    }
  }

  private static func mayBecomeLiteral(_ word: [UInt8]) -> Bool {
    ["true", "false", "null", "True", "False", "None"].contains {
      $0.utf8.count > word.count && $0.utf8.starts(with: word)
    } || word.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
  }
}
