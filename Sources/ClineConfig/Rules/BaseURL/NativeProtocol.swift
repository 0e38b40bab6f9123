/// URL113: a root that speaks something else.
struct NativeProtocol: TripleRule {
  static let documentation = RuleDocumentation(
    .nativeProtocol, name: "native-protocol", severity: .error,
    summary: "The Base URL speaks another protocol than OpenAI's.",
    rationale:
      "Cline's OpenAI-compatible slot posts to /chat/completions, which Anthropic's and Gemini's "
      + "own roots do not have.",
    exceptions: "In the provider's own slot its own root is right.",
    examples: [
      .accepts(.url("https://api.anthropic.com/v1")),
      .accepts(.url("https://api.anthropic.com", slot: "anthropic")),
      .fixes(.url("https://api.anthropic.com"), to: .baseURL("https://api.anthropic.com/v1")),
      .fixes(
        .url("https://generativelanguage.googleapis.com/v1beta"),
        to: .baseURL("https://generativelanguage.googleapis.com/v1beta/openai")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.isInCompatibleSlot, let url = triple.baseURL.flatMap({ BaseURL($0) }) else {
      return []
    }
    for provider in catalog.providers(withAPIHost: url.host) {
      let here = provider.roots.filter { $0.fit(of: url) == .exact }
      guard let root = here.first,
        !here.contains(where: { $0.wireProtocol == .openAIChat })
      else { continue }
      return [
        finding(
          "at this address \(provider.name) speaks its own protocol (\(root.wireProtocol)), not OpenAI's",
          about: .baseURL,
          fix: provider.compatibleRoot.map { .url($0) }
            ?? .advice(
              provider.usesCompatibleSlot || !provider.isSettable
                ? "\(provider.name) has no OpenAI-compatible address"
                : "use \(provider.name) as a provider of its own:\(.setUp(provider.id))"))
      ]
    }
    return []
  }
}
