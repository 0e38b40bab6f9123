/// URL113: a root that speaks something else.
struct NativeProtocol: Rule {
  static let documentation = RuleDocumentation(
    "URL113", "native-protocol", .error,
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
      let here = provider.roots.filter {
        BaseURL($0.url).map { $0.host == url.host && $0.trimmedPath == url.trimmedPath } == true
      }
      guard let root = here.first, !here.contains(where: { $0.wireProtocol == "openai-chat" })
      else { continue }
      return [
        finding(
          "\(provider.name) speaks its own protocol (\(root.wireProtocol)) at that address",
          about: .baseURL, fix: provider.compatibleRoots.first.map { .url($0.url) })
      ]
    }
    return []
  }
}
