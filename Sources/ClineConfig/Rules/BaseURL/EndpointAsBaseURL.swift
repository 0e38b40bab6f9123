import LosslessJSON

/// URL105: the full endpoint was pasted.
struct EndpointAsBaseURL: TripleRule {
  static let documentation = RuleDocumentation(
    .endpointAsBaseURL, name: "endpoint-as-base-url", severity: .error,
    summary: "The Base URL ends in an endpoint such as /chat/completions.",
    rationale:
      "Cline adds /chat/completions itself; with the endpoint in the Base URL the path is doubled "
      + "and the server answers 404.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")),
      .fixes(
        .url("https://api.rutaapi.com/v1/chat/completions"),
        to: .baseURL("https://api.rutaapi.com/v1")),
      .fixes(
        .url("https://llm.example.com/v1/models/"), to: .baseURL("https://llm.example.com/v1")),
      .fixes(
        .url("https://api.rutaapi.com/chat/completions"),
        to: .baseURL("https://api.rutaapi.com/v1")),
    ])

  private static let endpoints = [
    "/chat/completions", "/completions", "/responses", "/embeddings", "/models", "/messages",
    "/images/generations", "/audio/transcriptions", "/audio/speech", "/moderations", "/rerank",
  ]

  static func root(of url: BaseURL) -> (endpoint: String, root: BaseURL)? {
    let path = url.trimmedPath
    guard let endpoint = endpoints.first(where: { path.lowercased().hasSuffix($0) }) else {
      return nil
    }
    var root = url
    root.path = String(path.dropLast(endpoint.count))
    return (endpoint, root)
  }

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let url = triple.baseURL.flatMap({ BaseURL($0) }),
      let (endpoint, root) = Self.root(of: url),
      WebsiteAsBaseURL.site(triple, catalog: catalog, hosts: \.websites) == nil,
      WebsiteAsBaseURL.site(triple, catalog: catalog, hosts: \.dashboards) == nil
    else { return [] }
    let known = VersionMissing.root(for: root, catalog) ?? root.description
    return [
      finding(
        "it ends with \(endpoint), which Cline adds itself", about: .baseURL, fix: .url(known))
    ]
  }
}
