/// MODEL303: not in the provider's list.
struct ModelNotOffered: TripleRule {
  static let documentation = RuleDocumentation(
    .modelNotOffered, name: "not-offered", severity: .error,
    summary: "The Model ID is not in the list that the provider gave to this key.",
    rationale: "The provider answers 404 for a model that is not active in the account.",
    exceptions: "Without a list nothing is said. An older list gives a warning.",
    examples: [
      .accepts(.model("m-1")),
      .accepts(
        .model("m-1").with { $0.offered = OfferedModels(ids: ["m-1", "m-2"], isLive: true) }),
      .flags(.model("m-3").with { $0.offered = OfferedModels(ids: ["m-1"], isLive: true) }),
      .flags(
        .model("m-3").with { $0.offered = OfferedModels(ids: ["m-1"], isLive: false) }, .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let offered = triple.offered, let model = triple.model, !model.isEmpty,
      !offered.ids.contains(model), !catalog.looksLikeKey(model)
    else { return [] }
    let near = Self.nearest(to: model, in: offered.ids)
    return [
      finding(
        "the provider does not offer it to this key", about: .model,
        severity: offered.isLive ? .error : .warning,
        fix: .advice(
          near.isEmpty
            ? "choose one of its list"
            : "did you mean \(near.joined(separator: ", "))?"))
    ]
  }

  /// The ids that are most like a name: those that share its words, then those few letters away.
  static func nearest(to model: String, in ids: [String], count: Int = 3) -> [String] {
    let words = Set(model.lowercased().split { !$0.isLetter && !$0.isNumber })
    let scored = ids.map { id -> (id: String, score: Int) in
      let own = Set(id.lowercased().split { !$0.isLetter && !$0.isNumber })
      let shared = own.intersection(words).count
      let distance = EditDistance.between(model.lowercased(), id.lowercased())
      return (id, shared * 10 + (distance <= 2 ? 100 - distance : 0) - abs(own.count - words.count))
    }
    return scored.filter { $0.score > 0 }.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
      .prefix(count).map(\.id)
  }
}
