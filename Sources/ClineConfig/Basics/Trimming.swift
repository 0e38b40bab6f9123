extension String {
  /// Without the white space around it, of any script, and without a byte order mark.
  package var trimmed: String {
    var text = self[...]
    while let first = text.unicodeScalars.first, Self.isSpace(first) {
      text.unicodeScalars.removeFirst()
    }
    while let last = text.unicodeScalars.last, Self.isSpace(last) {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{FEFF}"
  }
}
