/// URL103: the website was pasted.
struct WebsiteAsBaseURL: TripleRule {
  static let documentation = RuleDocumentation(
    .websiteAsBaseURL, name: "website-as-base-url", severity: .error,
    summary: "The Base URL is a provider's website.",
    rationale:
      "A website answers API requests with a page or with 404. The API has an address of its own.",
    exceptions:
      "Where website and API share a host, such as openrouter.ai, the path decides.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")), .accepts(.url("https://openrouter.ai/api/v1")),
      .fixes(.url("https://rutaapi.com"), to: .baseURL("https://api.rutaapi.com/v1")),
      .fixes(.url("https://www.rutaapi.com/v1"), to: .baseURL("https://api.rutaapi.com/v1")),
      .fixes(
        .url("https://openrouter.ai/models/x"), to: .baseURL("https://openrouter.ai/api/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    Self.site(triple, catalog: catalog, hosts: \.websites).map { provider, root in
      [
        finding(
          "this is \(provider.name)'s website, not its API", about: .baseURL,
          fix: WebsiteAsBaseURL.fix(root))
      ]
    } ?? []
  }

  /// A root with a part to fill in is advice.
  static func fix(_ root: String) -> Finding.Fix {
    root.contains("{")
      ? .advice("use \(root), and fill in your own part") : .url(root)
  }

  /// The provider whose site a Base URL is, and the root to use instead.
  static func site(
    _ triple: Triple, catalog: ProviderCatalog, hosts: KeyPath<Provider, [String]>
  ) -> (Provider, root: String)? {
    guard let url = triple.baseURL.flatMap({ BaseURL($0) }) else { return nil }
    let bare = url.host.hasPrefix("www.") ? String(url.host.dropFirst(4)) : url.host
    for provider in catalog.providers(withSite: url.host) {
      guard provider[keyPath: hosts].contains(where: { $0 == url.host || $0 == bare }),
        let root = provider.compatibleRoots.first?.url
      else { continue }
      // On a host that also serves an API, only a path that leads elsewhere is the site.
      let leadsToAPI = catalog.providers(withAPIHost: url.host).flatMap(\.roots).contains {
        [.exact, .short, .beyond].contains($0.fit(of: url))
      }
      if !leadsToAPI { return (provider, root) }
    }
    return nil
  }
}
