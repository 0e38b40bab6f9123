/// A key in the forms in which people copy it.
enum KeyText {
  /// Without what stands around it: white space, quotes, `export NAME=`, `Bearer`.
  static func stripped(_ key: String) -> String {
    // Most texts are words without anything that could be taken off.
    if key.utf8.allSatisfy({ $0.isLetterOrDigit || "-_./".utf8.contains($0) }) { return key }
    var text = key
    while true {
      let before = text
      text = JavaScript.trim(text)
      for quote in ["\"", "'", "`"]
      where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) {
        text = String(text.dropFirst().dropLast())
      }
      for word in ["export ", "authorization:", "bearer ", "x-api-key:"]
      where text.utf8.prefix(word.utf8.count).lazy.map(\.lowercased).elementsEqual(word.utf8) {
        text = String(text.dropFirst(word.count))
      }
      if let equals = text.firstIndex(of: "="), Self.isVariable(text[..<equals]) {
        text = String(text[text.utf8.index(after: equals)...])
      }
      if text == before { return text }
    }
  }

  /// An upper-case name of a shell variable; a key with `=` padding at its end is none.
  private static func isVariable(_ name: Substring) -> Bool {
    name.count > 2 && name.contains("_")
      && name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0.isDigit || $0.isLetter && $0 < 0x60 }
  }
}
