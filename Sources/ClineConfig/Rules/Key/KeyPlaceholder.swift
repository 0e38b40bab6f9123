/// KEY203: a placeholder from a guide.
struct KeyPlaceholder: TripleRule {
  static let documentation = RuleDocumentation(
    "KEY203", "placeholder", .error,
    summary: "The key is a placeholder, such as YOUR_API_KEY or ${VAR}.",
    rationale: "Guides show where a key goes; the text was copied with them.",
    examples: [
      .accepts(.key("invented-key-0001")), .accepts(.key("unused")),
      .flags(.key("YOUR_RUTAAPI_KEY")), .flags(.key("<key>")), .flags(.key("sk-...")),
      .flags(.key("xxxxxxxx")), .flags(.key("changeme")), .flags(.key("${RUTAAPI_API_KEY}")),
      .flags(.key("$RUTAAPI_API_KEY")), .flags(.key("your-api-key-here")), .flags(.key("sk-xxxx")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let key = triple.key?.reveal(), Self.isPlaceholder(key) else { return [] }
    return [finding("the key is a placeholder, not a key", about: .key)]
  }

  static func isPlaceholder(_ text: String) -> Bool {
    let text = JavaScript.trim(text)
    let lower = text.lowercased()
    if text.hasPrefix("<") && text.hasSuffix(">") || text.hasPrefix("${") || text.hasPrefix("{{")
      || text.hasPrefix("%") && text.hasSuffix("%")
    {
      return true
    }
    if text.hasPrefix("$"), text.dropFirst().utf8.allSatisfy({ $0.isLetterOrDigit || $0 == 0x5F }) {
      return text.count > 1
    }
    let words = lower.split { !$0.isLetter && !$0.isNumber }
    if words.first == "your" || words.first == "insert" || words.first == "paste" { return true }
    if [
      "changeme", "placeholder", "todo", "key", "apikey", "secret", "token", "test", "none", "null",
      "undefined",
    ]
    .contains(lower.filter { $0.isLetter }) {
      return true
    }
    if lower.hasSuffix("..."), lower.count < 24 { return true }
    let body = words.last ?? ""
    return body.count >= 3 && Set(body) == ["x"]
  }
}
