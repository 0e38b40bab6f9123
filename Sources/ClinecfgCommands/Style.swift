/// Marks in reports become colour, or nothing.
struct Style {
  let isOn: Bool

  static let bold = "\u{1}"
  static let red = "\u{2}"
  static let yellow = "\u{3}"
  static let green = "\u{4}"
  static let dim = "\u{5}"
  static let plain = "\u{6}"

  func render(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      let code: String? =
        switch scalar.value {
        case 1: "1"
        case 2: "31"
        case 3: "33"
        case 4: "32"
        case 5: "2"
        case 6: "0"
        default: nil
        }
      if let code {
        if isOn { result += "\u{1B}[\(code)m" }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The same of a text of several lines.
  static func safeLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { safe(String($0)) }
      .joined(separator: "\n")
  }

  /// Text of a file or a variable, made harmless: no control character reaches the terminal.
  static func safe(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            ? "\u{FFFD}" : scalar
        }))
  }
}
