import LosslessJSON

/// KEY201: no key.
struct KeyMissing: TripleRule {
  static let documentation = RuleDocumentation(
    .keyMissing, name: "missing", severity: .error,
    summary: "There is no key, and the provider needs one.",
    rationale:
      "The extension from before the SDK refuses to send. The other clients take a key from the environment, "
      + "which may be another provider's.",
    exceptions:
      "Local servers need none. Where any word will do, --no-key stores one. Where an exported "
      + "variable would go to a stranger, TRIPLE404 says so.",
    examples: [
      .accepts(.key("invented-key-0001")), .accepts(.key("unused")),
      .accepts(Triple(provider: "ollama", slotID: "ollama", model: "m")),
      .flags(.key("")), .flags(Triple(baseURL: "https://llm.example.com/v1", model: "m")),
      .flags(
        Triple(provider: "groq", slotID: "groq", model: "m", fallbackVariable: "GROQ_API_KEY")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    let provider = triple.provider.flatMap { catalog[$0] }
    guard provider?.needsKey ?? true, !triple.signsIn, triple.key?.isEmpty ?? true,
      // Where an exported key would go astray, that is the one thing to say.
      triple.leak(catalog) == nil
    else { return [] }
    let owner = catalog.provider(of: triple)
    var message = "no key is stored"
    if let variable = triple.fallbackVariable {
      message +=
        ": the legacy extension refuses to send, and the other clients take \(variable)"
    }
    if let place = triple.misplacedKey, let owner {
      // Not every client reads what another one has.
      let isOwn =
        ProviderSlot.slot(sdkID: triple.slotID)?.secretKey.map {
          place == StorePlace(.secrets, JSONPointer(tokens: [JSONKey($0)]))
        } ?? false
      return [
        finding(
          "\(message), but \(owner.name)'s key is at \(place), "
            + (isOwn ? "where this client does not look" : "another provider's place"),
          about: .key, severity: isOwn ? .warning : .error,
          fix: .advice("set it up with that key:\(.setUp(owner.id, newKey: true))"))
      ]
    }
    return [
      finding(
        message, about: .key, severity: triple.isPrivate ? .warning : .error,
        fix: owner?.keyOrigin.map {
          .advice("create \(owner.map { "a \($0.name) key" } ?? "a key") at \($0)")
        })
    ]
  }
}
