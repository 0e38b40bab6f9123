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
      + "endpoint. Slots that speak the same protocol at an address of their own take a second one: "
      + "litellm in the SDK's clients, requesty in all. For litellm the extension from before the SDK "
      + "asks GET <address>/v1/model/info before each message and gives up without an answer "
      + "(core/api/providers/litellm.ts, v4.0.12); the SDK asks it for its list of models only.",
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
          "put it into another slot of Cline's that speaks the same protocol:\(step(triple, into: ProviderSlot.second.sdkID))",
          or:
            "or, where JetBrains, CLI 2 or VS Code with the extension from before the SDK is used, which ask more of a LiteLLM server:\(step(triple, into: "requesty"))"
        ))
    ]
  }

  private func step(_ triple: Triple, into slot: String) -> Advice.Step {
    .setUp(
      triple.provider ?? ProviderCatalog.custom.id, baseURL: triple.baseURL, slot: slot,
      mode: triple.mode, model: triple.model.flatMap { Placeholder.isOne($0) ? nil : $0 })
  }
}
