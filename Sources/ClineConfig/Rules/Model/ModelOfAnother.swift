/// MODEL304: a model of somebody else.
struct ModelOfAnother: TripleRule {
  static let documentation = RuleDocumentation(
    .modelOfAnother, name: "other-provider", severity: .warning,
    summary: "The Model ID has the shape of another provider's models.",
    rationale:
      "A vendor's own API knows only its own models, under its own names: gateways write "
      + "vendor/model, vendors do not.",
    exceptions: "Gateways, clouds and servers of your own may serve any model.",
    examples: [
      .accepts(.model("gpt-4o")), .accepts(.model("gpt-4o", at: "https://api.openai.com/v1")),
      .accepts(.model("some-new-name", at: "https://api.deepseek.com/v1")),
      .accepts(.model("deepseek-chat", at: "https://openrouter.ai/api/v1")),
      .flags(.model("gpt-4o", at: "https://api.deepseek.com/v1"), .warning),
      .flags(.model("deepseek/deepseek-chat", at: "https://api.deepseek.com/v1"), .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let model = triple.model, case .coherent(let owners) = catalog.judge(triple).verdict
    else { return [] }
    let places = owners.compactMap { catalog[$0] }
    guard let here = places.first, places.allSatisfy({ $0.kind == .vendor }),
      places.allSatisfy({ !$0.modelShapes.isEmpty && !$0.fits(model: model) })
    else { return [] }
    if let own = catalog.evidence(ofModel: model),
      let owner = own.providers.lazy.compactMap({ catalog[$0] }).first
    {
      let isSister = owner.family != nil && owner.family == here.family
      return isSister
        ? []
        : [finding("this is \(owner.name)'s model, not \(here.name)'s", about: .model)]
    }
    guard model.contains("/"),
      !places.contains(where: { $0.modelShapes.contains { $0.contains("/") } })
    else { return [] }
    return [
      finding(
        "\(here.name)'s Model IDs have no slash; names like this come from gateways",
        about: .model)
    ]
  }
}
