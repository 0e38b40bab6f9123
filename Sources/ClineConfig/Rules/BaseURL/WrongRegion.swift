/// URL111: the right company, but another of its platforms.
struct WrongRegion: TripleRule {
  static let documentation = RuleDocumentation(
    .wrongRegion, name: "wrong-region", severity: .warning,
    summary: "The key seems to be of another region or plan of the same company.",
    rationale:
      "Regions and plans of one company keep separate accounts: a key of one answers 401 at "
      + "another, and nothing in the answer says so.",
    exceptions:
      "Where the keys of two platforms look the same, nothing but the place where the key was "
      + "found can tell, and without one nothing is said.",
    examples: [
      .accepts(.url("https://api.moonshot.ai/v1")),
      .accepts(
        Triple.url("https://api.moonshot.ai/v1").with {
          $0.sightings = [KeySighting(providers: ["moonshot"], place: "env:K")]
        }),
      .flags(
        Triple.url("https://api.moonshot.ai/v1").with {
          $0.sightings = [KeySighting(providers: ["moonshot-cn"], place: "env:K")]
        }, .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let (here, sister, because) = Self.sister(of: triple, catalog) else { return [] }
    let root = sister.compatibleRoot ?? sister.roots.first.map(\.url)
    return [
      finding(
        "the key seems to belong to \(sister.name) (\(because)), but this is \(here.name): "
          + "their accounts are separate",
        about: .baseURL, fix: root.map { .url($0, isSafe: false) })
    ]
  }

  /// The company's other entry that the key suggests.
  static func sister(
    of triple: Triple, _ catalog: ProviderCatalog
  ) -> (here: Provider, sister: Provider, because: String)? {
    let judgement = catalog.judge(triple)
    guard case .coherent(let owners) = judgement.verdict,
      let here = owners.first.flatMap({ catalog[$0] }), let family = here.family
    else { return nil }
    for evidence in judgement.evidence where evidence.part == .key {
      guard evidence.strength == .suggests,
        Set(evidence.providers).isDisjoint(with: owners),
        let sister = evidence.providers.lazy.compactMap({ catalog[$0] }).first,
        sister.family == family
      else { continue }
      return (here, sister, evidence.because)
    }
    return nil
  }
}
