import LosslessJSON

/// Bytes as ASCII has them.
extension UInt8 {
  var isDigit: Bool { self &- UInt8(ascii: "0") <= 9 }
  var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
  var isLetterOrDigit: Bool { isDigit || isLetter }

  /// The small letter of a capital one; everything else as it is.
  @inline(__always)
  var lowercased: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}

extension Sequence<UInt8> {
  /// Two hexadecimal digits for each byte.
  var hexadecimalDigits: [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * underestimatedCount)
    for byte in self { text += [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]] }
    return text
  }
}

extension [UInt8] {
  /// The bytes of pairs of hexadecimal digits; `nil` where something else stands there.
  init?(hexadecimal digits: some Collection<UInt8>) {
    self = []
    reserveCapacity(digits.count / 2)
    var rest = digits[...]
    while let high = rest.popFirst() {
      guard let low = rest.popFirst(), let high = high.hexadecimalDigit,
        let low = low.hexadecimalDigit
      else { return nil }
      append(UInt8(high << 4 | low))
    }
  }
}

extension StringProtocol {
  /// A text with what stands behind percent signs put in (RFC 3986, section 2.1).
  var percentDecoded: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let decoded = [UInt8](hexadecimal: rest.prefix(2)),
        let value = decoded.first
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension String {
  /// A text as a part of an URI (RFC 3986, section 2.1): all but letters, digits, `-`, `.`, `_` and what
  /// else may stay, behind percent signs.
  func percentEncoded(keeping others: String) -> String {
    var result: [UInt8] = []
    for byte in utf8 {
      if byte.isLetterOrDigit || "-._".utf8.contains(byte) || others.utf8.contains(byte) {
        result.append(byte)
      } else {
        result.append(UInt8(ascii: "%"))
        result += String(decoding: [byte].hexadecimalDigits, as: UTF8.self).uppercased().utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
