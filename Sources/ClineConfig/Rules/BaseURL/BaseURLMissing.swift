/// URL115: no address at all.
struct BaseURLMissing: TripleRule {
  static let documentation = RuleDocumentation(
    .baseURLMissing, name: "missing", severity: .error,
    summary: "There is no Base URL.",
    rationale: "Cline would send the key to https://api.openai.com/v1, whoever it belongs to.",
    exceptions: "A provider with a slot of its own in Cline needs none.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")), .accepts(.url("", slot: "groq")),
      .flags(.url("")), .flags(Triple(key: Secret("invented-key-0001"), model: "m")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.isInCompatibleSlot, (triple.baseURL ?? "").isEmpty else { return [] }
    return [
      finding(
        "no Base URL is set, so Cline would send the key to https://api.openai.com/v1",
        about: .baseURL)
    ]
  }
}
