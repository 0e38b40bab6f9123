/// MODEL306: a key in the model's place.
struct KeyAsModel: TripleRule {
  static let documentation = RuleDocumentation(
    .keyAsModel, name: "key-as-model", severity: .error,
    summary: "The Model ID looks like a key.",
    rationale:
      "Model IDs are stored where others may read them and are sent in the body of every request.",
    examples: [
      .accepts(.model("gpt-4o")), .accepts(.model("sk-model")), .accepts(.model("qwen3:30b-a3b")),
      .flags(.model("sk-or-v1-" + String(repeating: "0", count: 64))),
      .flags(.model("sk-0123456789abcdef0123456789abcdef")),
      .flags(
        Triple(baseURL: "https://llm.example.com/v1", key: Secret("invented"), model: "invented")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let model = triple.model,
      catalog.looksLikeKey(model) || model == triple.key?.reveal(),
      // A gateway's models may begin as its keys do.
      model == triple.key?.reveal()
        || catalog.provider(of: triple)?.exampleModels.contains(model) != true
    else { return [] }
    return [finding("this looks like a key", about: .model)]
  }
}
