/// URL109: something that is no part of a root.
struct CredentialsOrQuery: TripleRule {
  static let documentation = RuleDocumentation(
    .credentialsOrQuery, name: "credentials-or-query", severity: .error,
    summary: "The Base URL holds a user name, a query or a fragment.",
    rationale:
      "Cline adds its path behind everything, so a query swallows it. A key in the address is "
      + "written into globalState.json, which is readable by others, and into logs.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")),
      .flags(.url("https://user:invented@llm.example.com/v1")),
      .flags(.url("https://llm.example.com/v1?key=invented")),
      .flags(.url("https://llm.example.com/v1#top")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard var url = triple.baseURL.flatMap({ BaseURL($0) }) else { return [] }
    let extra = [
      url.userInfo == nil ? nil : "a user name", url.query == nil ? nil : "a query",
      url.fragment == nil ? nil : "a fragment",
    ].compactMap(\.self)
    guard !extra.isEmpty else { return [] }
    (url.userInfo, url.query, url.fragment) = (nil, nil, nil)
    return [
      finding(
        "it contains \(extra.joined(separator: " and "))", about: .baseURL,
        fix: .url(url.description, isSafe: false))
    ]
  }
}
