/// MODEL305: a placeholder from a guide.
struct ModelPlaceholder: TripleRule {
  static let documentation = RuleDocumentation(
    .modelPlaceholder, name: "placeholder", severity: .error,
    summary: "The Model ID is a placeholder, such as YOUR_ENABLED_MODEL_ID.",
    rationale: "Guides show where an id goes; the provider's list has the ids themselves.",
    examples: [
      .accepts(.model("m-1")), .accepts(.model("model-1")),
      .flags(.model("YOUR_ENABLED_MODEL_ID")), .flags(.model("<model>")),
      .flags(.model("model-name")), .flags(.model("${MODEL}")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let model = triple.model else { return [] }
    let name = model.lowercased().filter(\.isLetter)
    guard ["modelname", "modelid", "yourmodel"].contains(name) || Self.isPlaceholder(model) else {
      return []
    }
    return [finding("it is a placeholder, not a Model ID", about: .model)]
  }

  private static func isPlaceholder(_ text: String) -> Bool {
    text.hasPrefix("<") && text.hasSuffix(">") || text.hasPrefix("$")
      || text.lowercased().split { !$0.isLetter && !$0.isNumber }.first == "your"
  }
}
