/// Quotation marks, plain and typographic.
enum CharacterQuotes {
  private static let all: Set<Unicode.Scalar> = [
    "\"", "'", "`", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201C}", "\u{201D}", "\u{201E}",
    "\u{AB}", "\u{BB}", "\u{2039}", "\u{203A}",
  ]

  /// A text without those around it.
  static func stripped(_ text: String) -> String {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, let last = scalars.last, scalars.count > 1,
      all.contains(first), all.contains(last)
    {
      scalars = scalars.dropFirst().dropLast()
    }
    return String(scalars)
  }
}
