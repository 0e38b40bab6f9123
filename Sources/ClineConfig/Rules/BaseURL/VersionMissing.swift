/// URL106: the root's path is missing.
struct VersionMissing: Rule {
  static let documentation = RuleDocumentation(
    "URL106", "version-missing", .error,
    summary: "The Base URL has the host of an API, but not all of its path.",
    rationale:
      "Most roots end in /v1, and Cline adds only /chat/completions: without the path the server "
      + "answers 404, or 401 from a place that is no API.",
    exceptions:
      "A few providers have a root without /v1: for them the catalogue's root decides. For an "
      + "unknown host without a path it is a warning.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")), .accepts(.url("https://api.deepseek.com")),
      .accepts(.url("https://llm.example.com/openai")),
      .fixes(.url("https://api.rutaapi.com"), to: .baseURL("https://api.rutaapi.com/v1")),
      .fixes(.url("https://openrouter.ai/api"), to: .baseURL("https://openrouter.ai/api/v1")),
      .flags(.url("https://llm.example.com"), .warning),
    ])

  /// The root that a URL lacks the end of.
  static func root(for url: BaseURL, _ catalog: ProviderCatalog) -> String? {
    let roots = catalog.providers(withAPIHost: url.host).flatMap(\.roots)
      .filter { BaseURL($0.url)?.host == url.host }
    let path = url.trimmedPath
    guard !roots.contains(where: { BaseURL($0.url)?.trimmedPath == path }) else { return nil }
    return roots.filter { $0.wireProtocol == "openai-chat" }.first { root in
      BaseURL(root.url).map { ($0.trimmedPath + "/").hasPrefix(path + "/") } == true
    }?.url
  }

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.isInCompatibleSlot, let url = triple.baseURL.flatMap({ BaseURL($0) }),
      EndpointAsBaseURL.root(of: url) == nil
    else { return [] }
    if let root = Self.root(for: url, catalog) {
      return [
        finding(
          "the path is not complete: \(url.host) serves its API at \(root)", about: .baseURL,
          fix: .url(root))
      ]
    }
    let isUnknown =
      catalog.providers(withAPIHost: url.host).isEmpty
      && catalog.providers(withSite: url.host).isEmpty
    guard isUnknown, url.trimmedPath.isEmpty, !url.isLoopback else { return [] }
    return [
      finding(
        "there is no path: most APIs want /v1 at the end", about: .baseURL, severity: .warning)
    ]
  }
}
