/// Marks in reports become colour, or nothing.
struct Style {
  let isOn: Bool

  static let bold = "\u{1}"
  static let red = "\u{2}"
  static let yellow = "\u{3}"
  static let green = "\u{4}"
  static let dim = "\u{5}"
  static let plain = "\u{6}"

  /// What the terminal calls them, in the order of the marks.
  private static let codes = ["1", "31", "33", "32", "2", "0"]

  func render(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      if !(1...6).contains(byte) {
        result.append(byte)
      } else if isOn {
        result += "\u{1B}[\(Self.codes[Int(byte) - 1])m".utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The same of a text of several lines.
  static func safeLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { safe(String($0)) }
      .joined(separator: "\n")
  }

  /// Text of a file or a variable, made harmless: no control character reaches the terminal.
  static func safe(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            ? "\u{FFFD}" : scalar
        }))
  }
}
