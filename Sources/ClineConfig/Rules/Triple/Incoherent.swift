/// TRIPLE401: two parts of two providers. The founding rule.
struct Incoherent: Rule {
  private static let openRouterKey = "sk-or-v1-" + String(repeating: "0", count: 64)

  static let documentation = RuleDocumentation(
    "TRIPLE401", "incoherent", .error,
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
    let named = triple.provider.flatMap { catalog[$0] }.flatMap { $0.kind == .custom ? nil : $0 }
    let url = catalog.evidence(ofBaseURL: triple.baseURL)
    if let named, let finding = judge(triple, named, url, catalog) { return [finding] }

    let keyText = triple.key.map { KeyNotTrimmed.stripped($0.reveal()) }
    guard let key = catalog.evidence(ofKey: keyText) else { return [] }
    // Without a Base URL the slot's own provider is the address.
    let place = url?.proves ?? named.map { [$0.id] } ?? []
    guard !place.isEmpty, Set(place).isDisjoint(with: key.proves),
      let owner = key.proves.first.flatMap({ catalog[$0] }),
      let target = place.first.flatMap({ catalog[$0] })
    else { return [] }
    let carries = place.contains { catalog[$0]?.passesKeysThrough == true }
    return [
      finding(
        "the key is \(owner.name)'s (\(key.because)), but it would be sent to \(target.name)",
        about: .key, severity: carries ? .warning : .error,
        fix: .init(
          description: "take a key of \(target.name)"
            + (target.keysPlace ?? target.keysURL).map { ": it is made in \($0)" }.orEmpty
            + ", or set up \(owner.name): clinecfg set-provider \(owner.id)",
          isSafe: false, replacement: nil))
    ]
  }

  /// The Base URL against the provider that was named.
  private func judge(
    _ triple: Triple, _ named: Provider, _ url: Evidence?, _ catalog: ProviderCatalog
  ) -> Finding? {
    guard let text = triple.baseURL, let parsed = BaseURL(text), named.kind != .local else {
      return nil
    }
    if let url, url.proves.contains(named.id) { return nil }
    let root = triple.isInCompatibleSlot ? named.compatibleRoots.first?.url : named.roots.first?.url
    let whose = url.flatMap { $0.proves.first }.flatMap { catalog[$0] }.map { " (\($0.name)'s)" }
      .orEmpty
    return finding(
      "\(parsed.host)\(whose) is no address of \(named.name)", about: .baseURL,
      fix: root.map { .url($0, isSafe: false) })
  }
}

extension Optional<String> {
  fileprivate var orEmpty: String { self ?? "" }
}
