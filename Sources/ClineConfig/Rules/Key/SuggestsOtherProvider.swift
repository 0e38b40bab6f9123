/// KEY209: probably another provider's key.
struct SuggestsOtherProvider: TripleRule {
  static let documentation = RuleDocumentation(
    .suggestsOtherProvider, name: "suggests-other-provider", severity: .warning,
    summary: "Something suggests that the key is another provider's, but nothing proves it.",
    rationale:
      "The same key is in another provider's place, or has the form of another provider's "
      + "keys. A key of another provider answers 401.",
    exceptions:
      "Gateways that carry other providers' keys by design, and servers of your own. Where the form "
      + "proves the provider, TRIPLE401 says so.",
    examples: [
      .accepts(.key("invented-key-0001")), .accepts(.key("sk-0123456789abcdef")),
      .accepts(
        .key("invented-key-0001").with {
          $0.sightings = [KeySighting(providers: ["rutaapi"], place: "env:RUTAAPI_API_KEY")]
        }),
      .flags(
        .key("invented-key-0001").with {
          $0.sightings = [KeySighting(providers: ["groq"], place: "env:GROQ_API_KEY")]
        }, .warning),
      .flags(.key("ark-01234567-0123-4567-89ab-0123456789ab"), .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    let judgement = catalog.judge(triple)
    guard case .coherent(let owners) = judgement.verdict,
      let here = owners.first.flatMap({ catalog[$0] }), !here.isAnywhere,
      !owners.contains(where: { catalog[$0]?.passesKeysThrough == true }),
      !judgement.evidence.contains(where: { $0.part == .key && $0.strength == .proves }),
      WrongRegion.sister(of: triple, catalog) == nil
    else { return [] }
    let suggestions = judgement.evidence.filter { $0.part == .key }
    // A place of its own speaks for it.
    guard !suggestions.contains(where: { !Set($0.providers).isDisjoint(with: owners) }),
      let other = suggestions.first,
      let owner = other.providers.lazy.compactMap({ catalog[$0] }).first
    else { return [] }
    return [
      finding(
        "this may be \(owner.name)'s key (\(other.because)), but Cline would send it to \(here.name)",
        about: .key,
        fix: .advice(
          "if so, create a \(here.name) key"
            + (here.keyOrigin.map { " at \($0)" } ?? "")))
    ]
  }
}
