/// URL108: a slash at the end.
struct TrailingSlash: TripleRule {
  static let documentation = RuleDocumentation(
    .trailingSlash, name: "trailing-slash", severity: .warning,
    summary: "The Base URL ends in a slash.",
    rationale:
      "Cline's clients join the path in different ways, and some servers answer 404 for "
      + "//chat/completions or //models.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")),
      .fixes(.url("https://api.rutaapi.com/v1/"), to: .baseURL("https://api.rutaapi.com/v1")),
      .fixes(.url("http://localhost:1234/v1//"), to: .baseURL("http://localhost:1234/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard var url = triple.baseURL.flatMap({ BaseURL($0) }), url.path.hasSuffix("/"),
      url.query == nil, url.fragment == nil
    else { return [] }
    url.path = url.trimmedPath
    return [
      finding("it ends with a slash", about: .baseURL, fix: .url(url.description))
    ]
  }
}
