/// KEY205: a masked key.
struct KeyMasked: TripleRule {
  static let documentation = RuleDocumentation(
    .keyMasked, name: "masked", severity: .error,
    summary: "The key contains …, *** or •••.",
    rationale:
      "Dashboards show keys in a shortened form. The whole key is shown once, when it is made.",
    examples: [
      .accepts(.key("invented-key-0001")),
      .flags(.key("sk-abc…wxyz")), .flags(.key("sk-abc***wxyz")), .flags(.key("••••••••wxyz")),
      .flags(.key("sk-abcdef...wxyz0123456789abcd")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let key = triple.key?.reveal(), !Placeholder.isOne(key) else { return [] }
    let isMasked =
      ["…", "***", "•••"].contains { key.contains($0) } || key.dropLast(3).contains("...")
    return isMasked
      ? [
        finding(
          "it is masked: dashboards show keys like this; the whole key is shown once, when it is created",
          about: .key)
      ]
      : []
  }
}
