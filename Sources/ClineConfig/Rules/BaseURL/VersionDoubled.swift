/// URL107: the version stands twice.
struct VersionDoubled: TripleRule {
  static let documentation = RuleDocumentation(
    .versionDoubled, name: "version-doubled", severity: .error,
    summary: "The Base URL has the same version twice, such as /v1/v1.",
    rationale: "No server has such a path: it answers 404.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")), .accepts(.url("https://llm.example.com/a/a")),
      .fixes(.url("https://api.rutaapi.com/v1/v1"), to: .baseURL("https://api.rutaapi.com/v1")),
      .fixes(.url("https://llm.example.com/v1/v1/v1"), to: .baseURL("https://llm.example.com/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard var url = triple.baseURL.flatMap({ BaseURL($0) }) else { return [] }
    let parts = url.trimmedPath.split(separator: "/", omittingEmptySubsequences: false)
    var kept: [Substring] = []
    for part in parts where !(part == kept.last && Self.isVersion(part)) { kept.append(part) }
    guard kept.count < parts.count else { return [] }
    url.path = kept.joined(separator: "/")
    return [
      finding("the version appears twice in the path", about: .baseURL, fix: .url(url.description))
    ]
  }

  private static func isVersion(_ part: Substring) -> Bool {
    part.first == "v" && part.dropFirst().first?.isNumber == true
  }
}
