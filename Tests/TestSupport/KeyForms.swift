import Foundation

/// A key in the forms in which somebody can give it back, and the search for any of them: written apart
/// from the product's own, so that both cannot be wrong in the same way.
package enum KeyForms {
  /// Keys of nine kinds, all invented.
  package static let kinds = [
    "sk-1234", "token-abc123", "correct-horse-battery-staple", "abcdefghijklmnopqrstuvw",
    "90817263549081726354", "0f8c4a1e-77d2-4b6b-9a3e-5d1c2b7e8f90",
    "A9/b+c8Dx/Ye+7Fg=Hj5Kl3", "sk-inv-v1-7Qz9Xw2Lm4Rt8Kv1Pn3Yu0Bc9Jd",
    "eyJpbnYiOiJlbnRlZCJ9.eyJrZXkiOiJub25lIn0.7Qz9Xw2Lm4Rt8Kv1",
  ]

  package static let all: [(name: String, form: @Sendable (String) -> String)] = [
    ("as it is", { $0 }),
    ("in upper case", { $0.uppercased() }),
    ("in lower case", { $0.lowercased() }),
    ("reversed", { String($0.reversed()) }),
    ("in base64", { Data($0.utf8).base64EncodedString() }),
    ("in base64 behind a name", { Data("user:\($0)".utf8).base64EncodedString() }),
    (
      "in base64url",
      {
        Data($0.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
          .replacing("=", with: "")
      }
    ),
    ("in hexadecimal digits", { hexadecimal($0) }),
    ("in hexadecimal digits, upper case", { hexadecimal($0).uppercased() }),
    ("in hexadecimal digits with colons", { hexadecimal($0, separator: ":") }),
    ("behind percent signs", { "%" + hexadecimal($0, separator: "%") }),
    (
      "behind percent signs where it must be",
      { $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? $0 }
    ),
    ("as escapes of JSON", { $0.utf8.map { "\\u00" + hexadecimal($0) }.joined() }),
    ("as escapes of C", { $0.utf8.map { "\\x" + hexadecimal($0) }.joined() }),
    ("as entities of HTML", { $0.utf8.map { "&#\($0);" }.joined() }),
    (
      "as entities of HTML without their end",
      { $0.utf8.map { "&#\($0)" }.joined() }
    ),
    ("in base64, of upper case", { Data($0.uppercased().utf8).base64EncodedString() }),
    ("in base64, reversed", { String(Data($0.utf8).base64EncodedString().reversed()) }),
    ("split by marks", { split($0, separator: " … ") }),
    ("split by spaces", { split($0, separator: " ") }),
    ("split by line breaks", { split($0, separator: "\n") }),
    ("split by hyphens", { split($0, separator: "-") }),
    ("its first part", { String($0.prefix(max(8, $0.count * 2 / 3))) }),
    ("its last part", { String($0.suffix(max(8, $0.count * 2 / 3))) }),
    ("behind a word", { "Bearer \($0)" }),
    ("in quotes", { "\"\($0)\"" }),
  ]

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
  private static func hexadecimal(_ text: String, separator: String = "") -> String {
    text.utf8.map { hexadecimal($0) }.joined(separator: separator)
  }
  private static func split(_ text: String, separator: String) -> String {
    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
    return text[..<middle] + separator + text[middle...]
  }

  /// What of a key a text shows: a part of eight characters or more in any form, or all of a
  /// shorter key.
  package static func traces(of key: String, in text: String) -> [String] {
    var readings = [text]
    for _ in 0..<2 { readings.append(decoded(readings[readings.count - 1])) }
    var wanted: Set<String> = []
    for form in [key, String(key.reversed())] {
      wanted.formUnion(parts(form.lowercased(), length: 8))
    }
    var bare: Set<String> = []
    for form in [key, String(key.reversed())] { bare.formUnion(parts(letters(form), length: 8)) }
    bare.formUnion(parts(hexadecimal(key), length: 16))
    for variant in [key, key.uppercased(), key.lowercased()] {
      for shift in 0..<3 {
        let text = Data([UInt8](repeating: 0x3A, count: shift) + Array(variant.utf8))
          .base64EncodedString()
        let inner = letters(String(text.dropFirst(shift == 0 ? 0 : shift + 1).dropLast(4)))
        bare.formUnion(parts(inner, length: 10))
        bare.formUnion(parts(String(inner.reversed()), length: 10))
      }
    }
    return readings.flatMap { reading in
      let lower = reading.lowercased()
      let plain = letters(reading)
      return wanted.filter { lower.contains($0) } + bare.filter { plain.contains($0) }
    }
  }

  /// Every part of a length; the whole of what is shorter, four characters at least.
  private static func parts(_ text: String, length: Int) -> Set<String> {
    let bytes = Array(text.utf8)
    guard bytes.count > length else { return bytes.count >= 4 ? [text] : [] }
    return Set(
      (0...(bytes.count - length)).map { String(decoding: bytes[$0..<$0 + length], as: UTF8.self) })
  }

  private static func letters(_ text: String) -> String {
    String(
      decoding: text.lowercased().utf8.filter { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
      }, as: UTF8.self)
  }

  private static func decoded(_ text: String) -> String {
    var result = text
    for match in text.matches(of: /%([0-9a-fA-F]{2})|\\u00([0-9a-fA-F]{2})|\\x([0-9a-fA-F]{2})/) {
      let digits = match.output.1 ?? match.output.2 ?? match.output.3 ?? ""
      guard let byte = UInt8(digits, radix: 16), byte < 0x80 else { continue }
      result = result.replacing(match.output.0, with: String(UnicodeScalar(byte)))
    }
    for match in result.matches(of: /&#([0-9]{2,3});?/) {
      guard let byte = UInt8(match.output.1), byte < 0x80 else { continue }
      result = result.replacing(match.output.0, with: String(UnicodeScalar(byte)))
    }
    return result
  }
}
