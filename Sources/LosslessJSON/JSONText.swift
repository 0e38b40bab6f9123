/// Strings between their JSON spelling and their characters.
package enum JSONText {
  /// The spelling of a string between its quotes, as Cline writes it.
  package static func escaped(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    append(text.utf8, to: &bytes)
    return Array(bytes.dropFirst().dropLast())
  }

  /// The characters of a scanned string with escapes, given without its quotes. An unpaired
  /// surrogate comes out in generalized UTF-8, so that different keys stay different.
  package static func unescape(_ text: some Collection<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var bytes = text.makeIterator()
    var pendingHigh: UInt16?

    func append(_ scalar: UInt32) {
      switch scalar {
      case 0..<0x80: result.append(UInt8(scalar))
      case 0x80..<0x800: result += [UInt8(0xC0 | scalar >> 6), UInt8(0x80 | scalar & 0x3F)]
      case 0x800..<0x10000:
        result += [
          UInt8(0xE0 | scalar >> 12), UInt8(0x80 | scalar >> 6 & 0x3F), UInt8(0x80 | scalar & 0x3F),
        ]
      default:
        result += [
          UInt8(0xF0 | scalar >> 18), UInt8(0x80 | scalar >> 12 & 0x3F),
          UInt8(0x80 | scalar >> 6 & 0x3F), UInt8(0x80 | scalar & 0x3F),
        ]
      }
    }
    func flush() {
      if let high = pendingHigh { append(UInt32(high)) }
      pendingHigh = nil
    }

    while let byte = bytes.next() {
      guard byte == UInt8(ascii: "\\"), let escape = bytes.next() else {
        flush()
        result.append(byte)
        continue
      }
      guard escape == UInt8(ascii: "u") else {
        flush()
        switch escape {
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        default: result.append(escape)
        }
        continue
      }
      var unit: UInt16 = 0
      for _ in 0..<4 { unit = unit << 4 | (bytes.next()?.hexadecimalDigit ?? 0) }
      if let high = pendingHigh, 0xDC00...0xDFFF ~= unit {
        pendingHigh = nil
        append(0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(unit) - 0xDC00)
      } else {
        flush()
        if 0xD800...0xDBFF ~= unit { pendingHigh = unit } else { append(UInt32(unit)) }
      }
    }
    flush()
    return result
  }

  /// Appends a string with its quotes, spelled as `JSON.stringify` spells it.
  package static func append(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): bytes += [0x5C, 0x22]
      case UInt8(ascii: "\\"): bytes += [0x5C, 0x5C]
      case 0x08: bytes += [0x5C, UInt8(ascii: "b")]
      case 0x0C: bytes += [0x5C, UInt8(ascii: "f")]
      case 0x0A: bytes += [0x5C, UInt8(ascii: "n")]
      case 0x0D: bytes += [0x5C, UInt8(ascii: "r")]
      case 0x09: bytes += [0x5C, UInt8(ascii: "t")]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends a key, whose unpaired surrogates go back into escapes.
  package static func append(_ key: JSONKey, to bytes: inout [UInt8]) {
    guard let surrogate = key.wtf8.firstSurrogate else { return append(key.wtf8, to: &bytes) }
    var rest = key.wtf8[...]
    var next: Int? = surrogate
    bytes.append(UInt8(ascii: "\""))
    while let index = next {
      appendUnquoted(rest[..<index], to: &bytes)
      let unit =
        UInt32(rest[index] & 0xF) << 12 | UInt32(rest[index + 1] & 0x3F) << 6
        | UInt32(rest[index + 2] & 0x3F)
      bytes += Array("\\u\(String(unit, radix: 16))".utf8)
      rest = rest[(index + 3)...]
      next = rest.firstSurrogate
    }
    appendUnquoted(rest, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// The same without the quotes.
  static func appendUnquoted(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
    var quoted: [UInt8] = []
    append(text, to: &quoted)
    bytes += quoted.dropFirst().dropLast()
  }
}

extension Collection where Element == UInt8, Index == Int {
  /// The first unpaired surrogate of generalized UTF-8: `ED A0..BF xx`.
  fileprivate var firstSurrogate: Int? {
    indices.first { self[$0] == 0xED && $0 + 2 < endIndex && self[$0 + 1] >= 0xA0 }
  }
}
