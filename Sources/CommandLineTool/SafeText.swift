/// Text of files, servers and command lines on its way out: nothing in it moves a cursor, hides, or
/// turns the order of what is read.
package enum SafeText {
  /// A line of text for a terminal: what it must not get is U+FFFD.
  package static func line(_ text: String) -> String {
    replacing(text) { _ in "\u{FFFD}" }
  }

  /// A JSON text, in which such characters stand as escapes. They can only be inside strings there.
  package static func json(_ text: String) -> String {
    replacing(text, keepsBreaks: true) { scalar in
      String(scalar).utf16.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }
  }

  /// Whether a text is as it was typed: for words that a shell would take over.
  package static func isSafe(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { !isUnsafe($0) }
  }

  private static func replacing(
    _ text: String, keepsBreaks: Bool = false, with replacement: (Unicode.Scalar) -> String
  ) -> String {
    var text = text
    let isPlain = text.withUTF8 { bytes in
      bytes.allSatisfy {
        (0x20..<0x7F).contains($0) || keepsBreaks && ($0 == 0x0A || $0 == 0x09 || $0 == 0x0D)
      }
    }
    if isPlain { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isBreak = scalar == "\n" || scalar == "\t" || scalar == "\r"
      if isUnsafe(scalar), !(keepsBreaks && isBreak) {
        result.append(contentsOf: replacement(scalar).unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Controls (C0, DEL, C1), directions (UAX #9), separators of lines and paragraphs, marks that are
  /// never seen (tags, annotations).
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
