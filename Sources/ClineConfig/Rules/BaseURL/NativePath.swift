/// URL117: an address in a slot of its own, and a path that no server has.
struct NativePath: TripleRule {
  private static func sent(_ slot: String, _ url: String, to request: String) -> Triple {
    Triple.url(url, slot: slot).with { $0.requestURL = request }
  }

  static let documentation = RuleDocumentation(
    .nativePath, name: "native-path", severity: .error,
    summary: "A client puts its own path behind the address, and nothing is served there.",
    rationale:
      "Slots with an address of their own are read differently: the extension from before the SDK adds "
      + "/v1 for Anthropic and /v1beta for Gemini, the SDK does not; Ollama has no /v1/api; the CLI adds "
      + "nothing for LM Studio.",
    exceptions:
      "What an unknown gateway serves cannot be told: only a path that appears twice counts.",
    examples: [
      .accepts(
        sent(
          "anthropic", "http://127.0.0.1:3456", to: "http://127.0.0.1:3456/v1/messages")),
      .accepts(
        sent("ollama", "http://localhost:11434/v1", to: "http://localhost:11434/api/chat")),
      .flags(
        sent(
          "anthropic", "https://api.anthropic.com/v1",
          to: "https://api.anthropic.com/v1/v1/messages")),
      .fixes(
        sent("ollama", "http://localhost:11434/v1", to: "http://localhost:11434/v1/api/chat"),
        to: .baseURL("http://localhost:11434")),
      .fixes(
        sent(
          "gemini", "https://generativelanguage.googleapis.com/v1beta",
          to:
            "https://generativelanguage.googleapis.com/v1beta/v1beta/models/m:streamGenerateContent"
        ), to: .baseURL("https://generativelanguage.googleapis.com")),
      .fixes(
        sent("lmstudio", "http://localhost:1234", to: "http://localhost:1234/chat/completions"),
        to: .baseURL("http://localhost:1234/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard !triple.isInCompatibleSlot, let requested = triple.requestURL.flatMap({ BaseURL($0) }),
      var url = triple.baseURL.flatMap({ BaseURL(JavaScript.trim($0)) }),
      let slot = ProviderSlot.slot(sdkID: triple.slotID)
    else { return [] }
    let path = requested.path
    let typed = url.trimmedPath
    let fix: Finding.Fix?
    switch slot.spokenProtocol {
    case .ollama:
      guard path.contains("/v1/api/") || path.contains("/api/api/") else { return [] }
      url.path = Self.without(["/v1", "/api"], typed)
      fix = .url(url.description)
    case .gemini:
      guard path.contains("/v1beta/v1beta/") || path.contains("/openai/") else { return [] }
      url.path = Self.without(["/openai", "/v1beta"], typed)
      url.path = Self.without(["/v1beta"], url.path)
      fix = .url(url.description)
    case .anthropic:
      let isOwn = catalog.isElsewhere(url, provider: triple, slot: slot.sdkID) == false
      guard path.contains("/v1/v1/") || isOwn && path == "/messages" else { return [] }
      fix =
        isOwn
        ? triple.baseURLPlace.map {
          .advice("remove it; Cline's own default works in every client:\(.unset($0))")
        }
        : .advice(
          "the legacy extension, JetBrains and CLI 2 need it without /v1, the other clients with it: "
            + "no single address works in all of them")
    case .openAIChat:
      if slot.addressForm?.entry == "/v1", typed.isEmpty, path == "/chat/completions",
        slot.traits.needsVersionedPath
      {
        url.path = "/v1"
        fix = .url(url.description)
      } else if path.contains("/v1/v1/") {
        url.path = Self.without(["/v1"], typed)
        // What reads providers.json wants what another client must not have.
        fix = .url(url.description, isSafe: false)
      } else {
        return []
      }
    default: return []
    }
    return [
      finding(
        "requests go to \(requested.withoutQuery), where \(slot.name) serves nothing",
        about: .baseURL, fix: fix)
    ]
  }

  private static func without(_ endings: [String], _ path: String) -> String {
    endings.first { path.hasSuffix($0) }.map { String(path.dropLast($0.count)) } ?? path
  }
}

extension BaseURL {
  /// The address as far as it is no query.
  var withoutQuery: String {
    var copy = self
    (copy.query, copy.fragment, copy.userInfo) = (nil, nil, nil)
    return copy.description
  }
}

extension ProviderCatalog {
  /// Whether an address is none of the providers whose slot it is.
  fileprivate func isElsewhere(_ url: BaseURL, provider: Triple, slot: String) -> Bool {
    !providers(ofSlot: slot).contains { isAPIHost(url.host, of: $0) }
  }
}
