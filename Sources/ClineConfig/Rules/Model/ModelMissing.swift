/// MODEL301: no model.
struct ModelMissing: TripleRule {
  static let documentation = RuleDocumentation(
    .modelMissing, name: "missing", severity: .error,
    summary: "There is no Model ID.",
    rationale:
      "Cline would ask for a default of its own, such as gpt-4o, which another provider does not "
      + "have.",
    examples: [.accepts(.model("m-1")), .flags(.model("")), .flags(.model("  "))])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard JavaScript.trim(triple.model ?? "").isEmpty else { return [] }
    return [
      finding("no Model ID is set, so Cline would use a default of its own", about: .model)
    ]
  }
}
