/// URL114: nobody's host.
struct UnknownHost: TripleRule {
  static let documentation = RuleDocumentation(
    .unknownHost, name: "unknown-host", severity: .info,
    summary: "The host is not in the catalogue.",
    rationale:
      "Nothing can then be said about whose key belongs there. That is no fault: private gateways "
      + "are always unknown.",
    exceptions:
      "This machine and private networks. A provider file of your own makes a host known.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")), .accepts(.url("http://localhost:8000/v1")),
      .accepts(.url("http://10.0.0.7:8000/v1")),
      .flags(.url("https://llm.example.com/v1"), .info),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let url = triple.baseURL.flatMap({ BaseURL($0) }), !url.isPrivate,
      catalog.evidence(ofBaseURL: url.description) == nil,
      LookAlikeHost.resembled(by: url.host, catalog) == nil,
      LookAlikeHost.misspelt(url.host, catalog) == nil
    else { return [] }
    return [
      finding(
        "\(url.host) is not in the catalogue, so nobody can tell whose key belongs there",
        about: .baseURL)
    ]
  }
}
