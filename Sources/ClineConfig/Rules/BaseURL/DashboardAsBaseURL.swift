/// URL104: the dashboard was pasted.
struct DashboardAsBaseURL: TripleRule {
  static let documentation = RuleDocumentation(
    .dashboardAsBaseURL, name: "dashboard-as-base-url", severity: .error,
    summary: "The Base URL is a provider's dashboard.",
    rationale: "Keys are made there, but the API has an address of its own.",
    exceptions: "Where dashboard and API share a host, the path decides.",
    examples: [
      .accepts(.url("https://api.together.ai/v1")),
      .fixes(.url("https://app.rutaapi.com"), to: .baseURL("https://api.rutaapi.com/v1")),
      .fixes(
        .url("https://api.together.ai/settings/api-keys"),
        to: .baseURL("https://api.together.xyz/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    WebsiteAsBaseURL.site(triple, catalog: catalog, hosts: \.dashboards).map { provider, root in
      [
        finding(
          "this is \(provider.name)'s dashboard, not its API", about: .baseURL,
          fix: WebsiteAsBaseURL.fix(root))
      ]
    } ?? []
  }
}
