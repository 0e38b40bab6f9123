/// The only parser: one pass over the bytes that checks them and writes the flat index.
///
/// It keeps its own stack, so depth costs memory and not call frames, and it allocates nothing
/// for a token.
package struct JSONScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let dialect: JSONDocument.Dialect
  private let limits: JSONDocument.Limits
  private(set) var position = 0
  private var nodes: [JSONNode] = []

  package init(
    _ bytes: UnsafeBufferPointer<UInt8>, dialect: JSONDocument.Dialect, limits: JSONDocument.Limits
  ) {
    self.bytes = bytes
    self.dialect = dialect
    self.limits = limits
  }

  /// Scans a whole document.
  package static func index(
    of bytes: UnsafeBufferPointer<UInt8>, dialect: JSONDocument.Dialect, limits: JSONDocument.Limits
  ) throws(JSONSyntaxError) -> [JSONNode] {
    var scanner = JSONScanner(bytes, dialect: dialect, limits: limits)
    try scanner.document()
    return scanner.nodes
  }

  private mutating func document() throws(JSONSyntaxError) {
    guard bytes.count <= limits.size else { throw error(.tooLarge(limit: limits.size), at: 0) }
    nodes.reserveCapacity(bytes.count / 12 + 4)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      guard dialect == .jsonc else { throw error(.byteOrderMark, at: 0) }
      position = 3
    }
    var open: [Int] = []

    value: while true {
      try skipTrivia()
      guard position < bytes.count else { throw end("a value") }
      let start = position
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count < limits.depth else { throw error(.tooDeep(limit: limits.depth)) }
        let isObject = bytes[position] == UInt8(ascii: "{")
        open.append(nodes.count)
        nodes.append(JSONNode(kind: isObject ? .object : .array, start: start))
        position += 1
        try skipTrivia()
        if position < bytes.count,
          bytes[position] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        {
          break  // The loop below closes it.
        }
        if isObject { try key(orClose: "a key or '}'") }
        continue value
      case UInt8(ascii: "\""): try string()
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        try number()
        nodes.append(JSONNode(kind: .number, start: start, length: position - start))
      case UInt8(ascii: "t"): try word("true", kind: .true)
      case UInt8(ascii: "f"): try word("false", kind: .false)
      case UInt8(ascii: "n"): try word("null", kind: .null)
      default: throw error(.unexpectedByte(expected: "a value"))
      }

      while let container = open.last {
        try skipTrivia()
        let isObject = nodes[container].kind == .object
        guard position < bytes.count else { throw end(isObject ? "',' or '}'" : "',' or ']'") }
        switch bytes[position] {
        case UInt8(ascii: ",") where nodes.count > container + 1:
          position += 1
          if dialect == .jsonc {
            try skipTrivia()
            if position < bytes.count,
              bytes[position] == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
            {
              continue
            }
          }
          if isObject { try key(orClose: "a key") }
          continue value
        case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
          position += 1
          nodes[container].length = UInt32(
            truncatingIfNeeded: position - Int(nodes[container].start))
          nodes[container].count = nodes.count - container
          open.removeLast()
        default: throw error(.unexpectedByte(expected: isObject ? "',' or '}'" : "',' or ']'"))
        }
      }
      try skipTrivia()
      guard position == bytes.count else { throw error(.textAfterValue) }
      return
    }
  }

  private mutating func key(orClose expected: String) throws(JSONSyntaxError) {
    try skipTrivia()
    guard position < bytes.count else { throw end(expected) }
    guard bytes[position] == UInt8(ascii: "\"") else {
      throw error(.unexpectedByte(expected: expected))
    }
    try string()
    try skipTrivia()
    guard position < bytes.count else { throw end("':'") }
    guard bytes[position] == UInt8(ascii: ":") else {
      throw error(.unexpectedByte(expected: "':'"))
    }
    position += 1
  }

  // MARK: White space

  @inline(__always)
  private mutating func skipTrivia() throws(JSONSyntaxError) {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        position += 1
      } else if byte == UInt8(ascii: "/") {
        try comment()
      } else {
        return
      }
    }
  }

  private mutating func comment() throws(JSONSyntaxError) {
    guard dialect == .jsonc else { throw error(.comment) }
    let start = position
    position += 1
    guard position < bytes.count else { throw end("a comment") }
    switch bytes[position] {
    case UInt8(ascii: "/"):
      while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D {
        try text()
      }
    case UInt8(ascii: "*"):
      position += 1
      while true {
        guard position < bytes.count else {
          throw error(.unexpectedEnd(expected: "'*/'"), at: start)
        }
        if bytes[position] == UInt8(ascii: "*"), position + 1 < bytes.count,
          bytes[position + 1] == UInt8(ascii: "/")
        {
          position += 2
          return
        }
        try text()
      }
    default: throw error(.unexpectedByte(expected: "a value, or '//' or '/*'"), at: start)
    }
  }

  /// One character of a comment: it must be UTF-8 like the rest of the file.
  private mutating func text() throws(JSONSyntaxError) {
    if bytes[position] < 0x80 { position += 1 } else { try multibyte() }
  }

  // MARK: Strings

  private mutating func string() throws(JSONSyntaxError) {
    let start = position
    var kind = JSONKind.string
    position += 1
    while true {
      skipPlainText()
      guard position < bytes.count else { throw end("'\"'") }
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        nodes.append(JSONNode(kind: kind, start: start, length: position - start))
        return
      case UInt8(ascii: "\\"):
        kind = .escapedString
        try escape()
      case 0..<0x20: throw error(.controlCharacterInString)
      case 0x80...: try multibyte()
      default: position += 1
      }
    }
  }

  /// Advances to the next byte that is a quote, a backslash, a control or not ASCII: eight bytes
  /// at a step, with the usual test for a zero byte within a word.
  @inline(__always)
  private mutating func skipPlainText() {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let raw = UnsafeRawBufferPointer(bytes)
    while position + 8 <= bytes.count {
      let word = UInt64(
        littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      let quote = word ^ (ones &* 0x22)
      let backslash = word ^ (ones &* 0x5C)
      let found =
        ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
        | ((word &- ones &* 0x20) & ~word) | word
      if found & highs != 0 {
        // The lowest mark is exact; only marks above it may be false.
        position += (found & highs).trailingZeroBitCount >> 3
        return
      }
      position += 8
    }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 || byte >= 0x80 { return }
      position += 1
    }
  }

  private mutating func escape() throws(JSONSyntaxError) {
    let start = position
    position += 1
    guard position < bytes.count else { throw end("an escape") }
    switch bytes[position] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      position += 1
      for _ in 0..<4 {
        guard position < bytes.count else { throw end("four hexadecimal digits") }
        guard bytes[position].hexadecimalDigit != nil else {
          throw error(.invalidEscape, at: start)
        }
        position += 1
      }
    default: throw error(.invalidEscape, at: start)
    }
  }

  /// Checks one UTF-8 sequence of two to four bytes (RFC 3629: no overlong forms, no
  /// surrogates, nothing above U+10FFFF).
  private mutating func multibyte() throws(JSONSyntaxError) {
    let first = bytes[position]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: throw error(.invalidUTF8)
    }
    guard position + length <= bytes.count, second.contains(bytes[position + 1]) else {
      throw error(.invalidUTF8)
    }
    for index in position + 2..<max(position + 2, position + length)
    where bytes[index] & 0xC0 != 0x80 {
      throw error(.invalidUTF8)
    }
    position += length
  }

  // MARK: Numbers and words

  /// `-? (0 | [1-9][0-9]*) (\.[0-9]+)? ([eE][+-]?[0-9]+)?`
  package mutating func number() throws(JSONSyntaxError) {
    let start = position
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      guard digits() else { throw error(.invalidNumber, at: start) }
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      guard digits() else { throw error(.invalidNumber, at: start) }
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      guard digits() else { throw error(.invalidNumber, at: start) }
    }
  }

  private mutating func digits() -> Bool {
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 { position += 1 }
    return position > start
  }

  private mutating func word(_ word: StaticString, kind: JSONKind) throws(JSONSyntaxError) {
    let start = position
    for offset in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count else { throw end("a value") }
      guard bytes[position] == word.utf8Start[offset] else {
        throw error(.unexpectedByte(expected: "a value"), at: start)
      }
      position += 1
    }
    nodes.append(JSONNode(kind: kind, start: start, length: position - start))
  }

  // MARK: Errors

  private func error(_ reason: JSONSyntaxError.Reason, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(
      reason: reason, position: JSONSyntaxError.Position(offset: offset ?? position, in: bytes))
  }

  private func end(_ expected: String) -> JSONSyntaxError {
    error(.unexpectedEnd(expected: expected), at: bytes.count)
  }
}
