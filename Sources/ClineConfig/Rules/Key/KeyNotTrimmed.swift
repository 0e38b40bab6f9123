/// KEY202: something around the key.
struct KeyNotTrimmed: TripleRule {
  static let documentation = RuleDocumentation(
    "KEY202", "not-trimmed", .error,
    summary:
      "White space, quotes, `Bearer `, `export X=` or `Authorization:` stand around the key.",
    rationale:
      "They are sent as part of the key. VS Code's SDK bundle sends the spaces, the migration for "
      + "the CLI drops them: then one client works and the other answers 401.",
    examples: [
      .accepts(.key("invented-key-0001")),
      .fixes(.key("  invented-key-0001\n"), to: .key(Secret("invented-key-0001"))),
      .fixes(.key("Bearer invented-key-0001"), to: .key(Secret("invented-key-0001"))),
      .fixes(.key("\"invented-key-0001\""), to: .key(Secret("invented-key-0001"))),
      .fixes(
        .key("export RUTAAPI_API_KEY='invented-key-0001'"), to: .key(Secret("invented-key-0001"))),
      .fixes(
        .key("Authorization: Bearer invented-key-0001"), to: .key(Secret("invented-key-0001"))),
      .fixes(.key("RUTAAPI_API_KEY=invented-key-0001"), to: .key(Secret("invented-key-0001"))),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let key = triple.key?.reveal(), !key.isEmpty else { return [] }
    let bare = Self.stripped(key)
    guard bare != key, !bare.isEmpty else { return [] }
    return [
      finding(
        "something stands around the key that is not part of it", about: .key,
        fix: .init(
          description: "take only the key itself", isSafe: true, replacement: .key(Secret(bare))))
    ]
  }

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
      where text.lowercased().hasPrefix(word) {
        text = String(text.dropFirst(word.count))
      }
      if let equals = text.firstIndex(of: "="), Self.isVariable(text[..<equals]) {
        text = String(text[text.index(after: equals)...])
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
