import ClineConfig

struct StagingAddress: TripleRule {
  static let documentation = RuleDocumentation(
    RuleID("OWN101"), name: "staging-address", severity: .warning,
    summary: "The Base URL is that of a staging system.",
    rationale: "Keys of the real system fail there.",
    examples: [
      .accepts(Triple(baseURL: "https://llm.example.com/v1")),
      .fixes(
        Triple(baseURL: "https://staging.llm.example.com/v1"),
        to: .baseURL("https://llm.example.com/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    let words = (triple.baseURL ?? "").split(separator: "://staging.", omittingEmptySubsequences: false)
    guard words.count == 2 else { return [] }
    let right = words.joined(separator: "://")
    return [finding("that is a staging system", about: .baseURL, fix: .url(right))]
  }
}
