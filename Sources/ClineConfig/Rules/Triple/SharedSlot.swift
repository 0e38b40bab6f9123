/// TRIPLE403: two endpoints for one slot.
struct SharedSlot: TripleRule {
  static let documentation = RuleDocumentation(
    .sharedSlot, name: "shared-slot", severity: .error,
    summary: "Plan and act mode want different OpenAI-compatible endpoints.",
    rationale:
      "Cline has one OpenAI-compatible slot with one Base URL and one key for both modes. Setting "
      + "one mode to another endpoint sends the other mode there too.",
    exceptions:
      "A provider with a slot of its own in Cline can be combined with one OpenAI-compatible "
      + "endpoint.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")),
      .accepts(
        Triple.url("https://api.rutaapi.com/v1").with {
          $0.otherModesBaseURL = "https://api.rutaapi.com/v1"
        }),
      .flags(
        Triple.url("https://api.rutaapi.com/v1").with {
          $0.otherModesBaseURL = "https://llm.example.com/v1"
        }),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.isInCompatibleSlot, let other = triple.otherModesBaseURL.flatMap({ BaseURL($0) }),
      let url = triple.baseURL.flatMap({ BaseURL($0) }), other.host != url.host
    else { return [] }
    return [
      finding(
        "Cline has room for one OpenAI-compatible endpoint: the other mode, which uses \(other.host), would "
          + "go to \(url.host) too",
        about: .baseURL,
        fix: .advice(
          "use this one for both modes, or choose a provider that Cline has by name for one of them"
        ))
    ]
  }
}
