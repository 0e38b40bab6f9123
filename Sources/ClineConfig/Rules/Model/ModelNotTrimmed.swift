/// MODEL302: something around the Model ID.
struct ModelNotTrimmed: TripleRule {
  static let documentation = RuleDocumentation(
    "MODEL302", "not-trimmed", .error,
    summary: "White space or quotes stand around the Model ID.",
    rationale: "They are sent as part of the id, and the provider answers 404.",
    examples: [
      .accepts(.model("m-1")), .fixes(.model(" m-1\n"), to: .model("m-1")),
      .fixes(.model("\"m-1\""), to: .model("m-1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let model = triple.model else { return [] }
    var bare = JavaScript.trim(model)
    for quote in ["\"", "'", "`"]
    where bare.count > 1 && bare.hasPrefix(quote) && bare.hasSuffix(quote) {
      bare = JavaScript.trim(String(bare.dropFirst().dropLast()))
    }
    guard bare != model, !bare.isEmpty else { return [] }
    return [
      finding(
        "something stands around the Model ID that is not part of it", about: .model,
        fix: .init(description: "take only the id itself", isSafe: true, replacement: .model(bare)))
    ]
  }
}
