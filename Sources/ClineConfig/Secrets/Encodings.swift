import LosslessJSON

/// Characters that are written by other characters: `%41`, `\u0041`, `\x41`, `&#65;`, `&#x41;`.
enum Escapes {
  /// Whether an escape can begin with it.
  @inline(__always)
  static func begins(_ byte: UInt8) -> Bool {
    byte == percent || byte == backslash || byte == ampersand
  }

  /// `nil` where there is none.
  static func decoded(_ units: [Redactor.Unit]) -> [Redactor.Unit]? {
    var result: [Redactor.Unit] = []
    result.reserveCapacity(units.count)
    var place = 0
    var differs = false
    while place < units.count {
      if begins(units[place].byte), let (byte, count) = escape(units[place...]) {
        result.append(
          .init(byte: byte, start: units[place].start, end: units[place + count - 1].end))
        place += count
        differs = true
      } else {
        result.append(units[place])
        place += 1
      }
    }
    return differs ? result : nil
  }

  private static let percent = UInt8(ascii: "%")
  private static let backslash = UInt8(ascii: "\\")
  private static let ampersand = UInt8(ascii: "&")

  /// The character that an escape at the start stands for, and how long it is.
  private static func escape(_ units: ArraySlice<Redactor.Unit>) -> (byte: UInt8, count: Int)? {
    func digits(_ range: Range<Int>, radix: Int = 16) -> UInt8? {
      guard units.count >= range.upperBound else { return nil }
      var value = 0
      for unit in units.dropFirst(range.lowerBound).prefix(range.count) {
        // No sign, and nothing else that a number may have elsewhere.
        guard let digit = unit.byte.hexadecimalDigit, digit < radix else { return nil }
        value = min(value * radix + Int(digit), 0x80)
      }
      return value < 0x80 ? UInt8(value) : 0
    }
    guard let first = units.first?.byte, units.count > 1 else { return nil }
    let second = units[units.startIndex + 1].byte
    switch (first, second) {
    case (percent, UInt8(ascii: "u")): return digits(2..<6).map { ($0, 6) }
    case (percent, _): return digits(1..<3).map { ($0, 3) }
    case (backslash, UInt8(ascii: "u")): return digits(2..<6).map { ($0, 6) }
    case (backslash, UInt8(ascii: "x")): return digits(2..<4).map { ($0, 4) }
    case (backslash, UInt8(ascii: "/")), (backslash, UInt8(ascii: "\"")), (backslash, backslash):
      return (second, 2)
    case (backslash, _): return second.isLetterOrDigit ? (0x20, 2) : nil
    case (ampersand, UInt8(ascii: "#")):
      guard units.count > 2 else { return nil }
      let isHexadecimal = units[units.startIndex + 2].byte | 0x20 == UInt8(ascii: "x")
      let (from, radix) = isHexadecimal ? (3, 16) : (2, 10)
      let count = units.dropFirst(from).prefix(7).prefix { unit in
        unit.byte.hexadecimalDigit.map { $0 < radix } ?? false
      }.count
      guard count > 0, let byte = digits(from..<(from + count), radix: radix) else { return nil }
      let end = units.startIndex + from + count
      let isClosed = end < units.endIndex && units[end].byte == UInt8(ascii: ";")
      return (byte, from + count + (isClosed ? 1 : 0))
    default: return nil
    }
  }
}

/// RFC 4648, section 4, for comparing.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// `nil` for what is not base64 of a text.
  static func decoded(_ text: String) -> String? {
    var result: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      guard let digit = alphabet.firstIndex(of: byte) else { return nil }
      (bits, count) = ((bits << 6 | digit) & 0xFFF, count + 6)
      if count >= 8 {
        count -= 8
        result.append(UInt8(bits >> count & 0xFF))
      }
    }
    return String(validating: result, as: UTF8.self)
  }

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in bytes {
      (bits, count) = (bits << 8 | Int(byte), count + 8)
      while count >= 6 {
        count -= 6
        result.append(alphabet[bits >> count & 63])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { result.append(alphabet[bits << (6 - count) & 63]) }
    return result
  }
}
