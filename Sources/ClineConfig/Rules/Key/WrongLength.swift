/// KEY210: cut off when copied.
struct WrongLength: TripleRule {
  static let documentation = RuleDocumentation(
    .wrongLength, name: "wrong-length", severity: .warning,
    summary: "The key begins as a provider's keys do, but is not as long, or has other characters.",
    rationale: "A key that lost its end when it was copied answers 401.",
    examples: [
      .accepts(.key("invented-key-0001")),
      .accepts(.key("sk-or-v1-" + String(repeating: "0", count: 64))),
      .flags(.key("sk-or-v1-0123"), .warning), .flags(.key("gsk_invented"), .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let key = triple.key.map({ KeyText.stripped($0.reveal()) }),
      !Placeholder.isOne(key), let (provider, _) = catalog.proof(ofKey: key),
      !provider.keyShapes.contains(where: { $0.strength == .proof && $0.fits(key) })
    else { return [] }
    return [
      finding(
        "it starts like a \(provider.name) key, but its length or characters differ: was it cut off when "
          + "you copied it?", about: .key)
    ]
  }
}
