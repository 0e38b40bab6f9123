import LosslessJSON

/// TRIPLE401: two parts of two providers. The founding rule.
struct Incoherent: TripleRule {
  private static let openRouterKey = "sk-or-v1-" + String(repeating: "0", count: 64)

  static let documentation = RuleDocumentation(
    .incoherent, name: "incoherent", severity: .error,
    summary: "Base URL and key prove different providers, or not the one that was named.",
    rationale:
      "Base URL, key and Model ID must come from one provider. A key of another one answers 401, "
      + "and it was shown to a stranger.",
    exceptions:
      "An unknown host and a key of an unknown form prove nothing, and nothing is said. Gateways "
      + "that carry other providers' keys by design get a warning.",
    examples: [
      .accepts(.key("invented-key-0001")),
      .accepts(
        Triple(baseURL: "https://llm.example.com/v1", key: Secret(openRouterKey), model: "m")),
      .accepts(
        Triple(provider: "openrouter", slotID: "openrouter", key: Secret(openRouterKey), model: "m")
      ),
      .flags(.key(openRouterKey)), .flags(.key("gsk_" + String(repeating: "0", count: 52))),
      .flags(
        .key(
          "sk-proj-" + String(repeating: "0", count: 20) + "T3BlbkFJ"
            + String(repeating: "0", count: 20))),
      .flags(Triple(provider: "groq", slotID: "groq", key: Secret(openRouterKey), model: "m")),
      .flags(
        Triple(
          provider: "rutaapi", baseURL: "https://llm.example.com/v1",
          key: Secret("invented-key-0001"), model: "m")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    if case .incoherent(let one, let other) = catalog.judge(triple).verdict,
      !other.providers.isEmpty
    {
      return [contradiction(one, other: other, in: triple, catalog: catalog)]
    }
    // A named provider's API is nowhere else than at its own hosts.
    guard let named = triple.provider.flatMap({ catalog[$0] }),
      let url = triple.baseURL.flatMap({ BaseURL($0) }), catalog.isElsewhere(url, provider: named),
      LookAlikeHost.resembled(by: url.host, catalog) == nil
    else { return [] }
    return [
      finding(
        "\(url.host) does not belong to \(named.name)", about: .baseURL,
        fix: .advice(
          "if the key belongs to that address:\(.setUp("custom", baseURL: url.withoutQuery))"))
    ]
  }

  private func contradiction(
    _ one: Judgement.Evidence, other: Judgement.Evidence, in triple: Triple,
    catalog: ProviderCatalog
  ) -> Finding {
    let (target, owner) = (
      one.providers.first.flatMap { catalog[$0] }, other.providers.first.flatMap { catalog[$0] }
    )
    guard let target, let owner else {
      return finding("two parts belong to different providers", about: other.part)
    }
    guard other.part == .key else {
      return finding(
        "this address belongs to \(catalog.names(of: other.providers)), but the "
          + "provider is \(target.name)",
        about: .baseURL,
        fix: (triple.baseURL.flatMap { BaseURL($0) }).map {
          .advice(
            "if the key belongs to that address:\(.setUp("custom", baseURL: $0.withoutQuery))")
        })
    }
    let carries = one.providers.contains { catalog[$0]?.passesKeysThrough == true }
    return finding(
      "this key belongs to \(catalog.names(of: other.providers)) (\(other.because)), but Cline would send it "
        + "to \(catalog.names(of: one.providers))"
        + (one.part == .baseURL ? " (\(one.because))" : ""),
      about: .key, severity: carries ? .warning : .error,
      fix: .advice(
        "create a \(target.name) key\(target.keyOrigin.map { " at \($0)" } ?? "" as Advice)",
        or: owner.isSettable ? "or, to use \(owner.name) instead:\(.setUp(owner.id))" : nil))
  }
}
