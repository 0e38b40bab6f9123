import LosslessJSON

/// KEY206: something else in the key's place.
struct NotAKey: TripleRule {
  static let documentation = RuleDocumentation(
    .notAKey, name: "not-a-key", severity: .error,
    summary: "The key is the Base URL, the Model ID, a path, an e-mail address or a URL.",
    rationale: "The fields were mixed up when they were filled in.",
    examples: [
      .accepts(.key("invented-key-0001")),
      .flags(.key("https://api.rutaapi.com/v1")),
      .flags(
        Triple(baseURL: "https://llm.example.com/v1", key: Secret("model-1"), model: "model-1")),
      .flags(.key("somebody@example.com")), .flags(.key("/home/u/key.txt")),
      .flags(.key("~/key.txt")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let key = triple.key?.reveal(), !key.isEmpty else { return [] }
    let what: String? =
      if key == triple.baseURL || BaseURL(key) != nil {
        "a URL"
      } else if key == triple.model {
        "the Model ID"
      } else if key.hasPrefix("~/") || key.hasPrefix("./")
        || key.hasPrefix("/") && key.dropFirst().contains("/")
      {
        "a path"
      } else if Self.isAddress(key) {
        "an e-mail address"
      } else {
        nil
      }
    return what.map {
      [
        finding(
          "this is \($0), not a key", about: .key, severity: triple.isPrivate ? .warning : .error)
      ]
    } ?? []
  }

  private static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
      && !text.contains(where: \.isWhitespace)
  }
}
