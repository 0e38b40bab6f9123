import LosslessJSON

/// URL106: the root's path is missing.
struct VersionMissing: TripleRule {
  static let documentation = RuleDocumentation(
    .versionMissing, name: "version-missing", severity: .error,
    summary: "The Base URL has the host of an API, but not its path.",
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
      .fixes(.url("https://api.rutaapi.com/v2"), to: .baseURL("https://api.rutaapi.com/v1")),
      .flags(.url("https://api.groq.com/v1")), .flags(.url("https://api.rutaapi.com:8443/v1")),
    ])

  /// The root that a URL lacks the end of.
  static func root(for url: BaseURL, _ catalog: ProviderCatalog) -> String? {
    let roots = catalog.providers(withAPIHost: url.host).flatMap(\.roots)
    guard !roots.contains(where: { $0.fit(of: url) == .exact }) else { return nil }
    return roots.first { $0.wireProtocol == .openAIChat && $0.fit(of: url) == .short }
      .map { root in
        // The parts that were filled in stay.
        guard root.isTemplate, var typed = BaseURL(url.description) else { return root.url }
        let rest = root.url.split(separator: "/").dropFirst(
          2 + url.trimmedPath.split(separator: "/").count)
        typed.path = url.trimmedPath + "/" + rest.joined(separator: "/")
        return typed.description
      }
  }

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let url = triple.baseURL.flatMap({ BaseURL($0) }), EndpointAsBaseURL.root(of: url) == nil
    else { return [] }
    // What Azure wants differs by client, and what another protocol wants too.
    guard triple.isInCompatibleSlot, !url.isAzure else { return [] }
    let owners = catalog.providers(withAPIHost: url.host)
    guard !owners.isEmpty else {
      return triple.isInCompatibleSlot ? unknown(url, catalog: catalog) : []
    }
    if triple.isInCompatibleSlot, let root = Self.root(for: url, catalog) {
      return [
        finding(
          "the path is incomplete: the API is at \(root)", about: .baseURL,
          fix: root.contains("{") ? .advice("use \(root), and fill in your own part") : .url(root))
      ]
    }
    // A cloud's hosts carry more than the catalogue knows.
    let roots = owners.flatMap(\.roots)
    guard !owners.contains(where: { $0.kind == .cloud || $0.isAnywhere }),
      !roots.contains(where: { $0.fit(of: url) == .exact && $0.hasPort(of: url) }),
      WebsiteAsBaseURL.site(triple, catalog: catalog, hosts: \.websites) == nil,
      WebsiteAsBaseURL.site(triple, catalog: catalog, hosts: \.dashboards) == nil
    else { return [] }
    let fitting = triple.isInCompatibleSlot ? owners.flatMap(\.compatibleRoots) : roots
    guard let root = fitting.first(where: { !$0.isTemplate && BaseURL($0.url)?.host == url.host })
    else { return [] }
    guard VersionDoubled().findings(in: triple, catalog).isEmpty else { return [] }
    return [
      finding(
        "the API is at \(root.url)", about: .baseURL,
        fix: .url(root.url, isSafe: fitting.count == 1))
    ]
  }

  private func unknown(_ url: BaseURL, catalog: ProviderCatalog) -> [Finding] {
    guard catalog.providers(withSite: url.host).isEmpty, url.trimmedPath.isEmpty, !url.isLoopback,
      LookAlikeHost.resembled(by: url.host, catalog) == nil
    else { return [] }
    return [
      finding(
        "it has no path; most APIs need /v1 at the end", about: .baseURL, severity: .warning)
    ]
  }
}
