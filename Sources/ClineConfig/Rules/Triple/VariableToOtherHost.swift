/// TRIPLE404: an exported key that goes to a stranger.
struct VariableToOtherHost: TripleRule {
  static let documentation = RuleDocumentation(
    .variableToOtherHost, name: "env-key-to-other-host", severity: .error,
    summary: "No key is stored, and Cline would send an exported one to another provider's host.",
    rationale:
      "Where no key is stored, Cline takes OPENAI_API_KEY for any OpenAI-compatible endpoint: your "
      + "OpenAI key is shown to a stranger, who answers 401.",
    exceptions: "At its own provider's host the variable is right.",
    examples: [
      .accepts(
        Triple(
          baseURL: "https://api.openai.com/v1", model: "m", fallbackVariable: "OPENAI_API_KEY")),
      .accepts(.url("https://api.rutaapi.com/v1")),
      .flags(
        Triple(
          baseURL: "https://api.rutaapi.com/v1", model: "m", fallbackVariable: "OPENAI_API_KEY")),
      .flags(
        Triple(
          baseURL: "http://localhost:1234/v1", model: "m", fallbackVariable: "OPENAI_API_KEY")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let leak = triple.leak(catalog) else { return [] }
    return [
      finding(
        "no key is stored, so Cline would send \(leak.variable) (\(leak.owner)'s key) to \(leak.host)",
        about: .key,
        fix: .advice("store a key for \(leak.host)"))
    ]
  }
}
