/// KEY203: a placeholder from a guide.
struct KeyPlaceholder: TripleRule {
  static let documentation = RuleDocumentation(
    .keyPlaceholder, name: "placeholder", severity: .error,
    summary: "The key is a placeholder, such as YOUR_API_KEY or ${VAR}.",
    rationale: "Guides show where a key goes; the text was copied with them.",
    examples: [
      .accepts(.key("invented-key-0001")), .accepts(.key("unused")),
      .flags(.key("YOUR_RUTAAPI_KEY")), .flags(.key("<key>")), .flags(.key("sk-...")),
      .flags(.key("xxxxxxxx")), .flags(.key("changeme")), .flags(.key("${RUTAAPI_API_KEY}")),
      .flags(.key("$RUTAAPI_API_KEY")), .flags(.key("your-api-key-here")), .flags(.key("sk-xxxx")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let key = triple.key?.reveal(), Placeholder.isOne(key) else { return [] }
    return [
      finding(
        "it is a placeholder, not a key", about: .key,
        severity: triple.isPrivate ? .warning : .error)
    ]
  }
}
