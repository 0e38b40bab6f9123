import LosslessJSON

/// VS Code's SDK bundle: `globalState.json` and `secrets.json` first, then `providers.json` and
/// `models.json` (4.1.13, apps/vscode/src/sdk/cline-session-factory.ts buildSessionConfig, and
/// SDK 0.0.78, services/local-runtime-bootstrap.ts buildProviderConfig).
struct SDKResolver {
  private let view: ClineView
  private let providers: MigratedProviders

  init(view: ClineView) {
    self.view = view
    providers = MigratedProviders(view: view)
  }

  func request(mode: Mode) -> EffectiveRequest {
    let stored = view.provider(mode)
    // toSdkProviderId; the read transform of state-keys.ts makes both spellings one.
    let sdkID = ProviderSlot.normalizedStateID(stored)
    var request = EffectiveRequest(client: .vscodeSDK, mode: mode, provider: sdkID)
    let slot = ProviderSlot.slot(legacyID: stored) ?? ProviderSlot.slot(sdkID: sdkID)
    let entry = providers.entries[sdkID]
    request.headers = entry?.headers ?? [:]
    guard let slot else {
      request.key = entry?.key
      request.baseURL = entry?.baseURL ?? providers.registrations[sdkID]?.baseURL
      request.baseURLPlace = entry?.baseURL == nil ? nil : entry?.baseURLPlace
      request.modelPlace = view.place(JSONKey(mode.prefix + "ApiModelId"))
      request.model =
        view.state(JSONKey(mode.prefix + "ApiModelId"))
        ?? ProviderSlot.slot(sdkID: "openrouter")?.defaultModelID
      if request.baseURL == nil { request.problem = "Cline knows no provider of this id" }
      return located(request, wire: .openAIChat)
    }
    request.key = view.secret(slot.secretKey) ?? entry?.key ?? view.variable(of: slot)
    let registration = providers.registrations[sdkID]
    let fallback = registration?.baseURL ?? slot.defaultBaseURL
    request.baseURL =
      slot.baseURLKey.flatMap { view.state(JSONKey($0)) }.map {
        Self.normalized($0, default: fallback)
      }
      ?? entry?.baseURL
      ?? (slot.apiLineKey.flatMap { view.state(JSONKey($0)) } ?? entry?.apiLine)
      .flatMap { slot.apiLines[$0] }
      ?? fallback
    request.baseURLPlace =
      view.place(slot.baseURLKey.map { JSONKey($0) })
      ?? (entry?.baseURL == nil ? nil : entry?.baseURLPlace)
    request.model = view.state(slot.modelKey(mode))
    request.modelPlace = view.place(slot.modelKey(mode))
    if request.model == nil {
      request.model =
        slot.traits.hasNoDefaultModel
        ? entry?.model ?? "" : registration?.defaultModel ?? slot.defaultModelID
    }
    return located(request, wire: slot.spokenProtocol)
  }

  private func located(_ request: EffectiveRequest, wire: ProviderSlot.WireProtocol?)
    -> EffectiveRequest
  {
    var request = request
    request.requestURL = request.baseURL.map {
      RequestURL.chat(wire, base: $0, model: request.model ?? "")
    }
    return request
  }

  /// `normalizeSdkBaseUrl`: trims, and gives a URL without a path the path of the default.
  static func normalized(_ url: String, default fallback: String?) -> String {
    let url = JavaScript.trim(url)
    guard let parts = BaseURL(url), parts.path.isEmpty || parts.path == "/",
      let fallback = fallback.flatMap({ BaseURL($0) }), !fallback.path.isEmpty,
      fallback.path != "/",
      parts.query == nil, parts.fragment == nil
    else { return url }
    let root = url.hasSuffix("/") ? String(url.dropLast()) : url
    let path = fallback.path.hasSuffix("/") ? String(fallback.path.dropLast()) : fallback.path
    return root + path
  }
}

/// The CLI: `providers.json` after Cline's own migration, and its last used provider (CLI 3.0.56,
/// apps/cli/src/main.ts).
struct CLIResolver {
  private let view: ClineView
  private let providers: MigratedProviders

  init(view: ClineView) {
    self.view = view
    providers = MigratedProviders(view: view)
  }

  func request(mode: Mode) -> EffectiveRequest {
    var request = EffectiveRequest(client: .cli, mode: mode)
    guard let id = providers.lastUsedProvider, let entry = providers.entries[id] else {
      request.problem = "no provider was used last, so nothing stored applies"
      return request
    }
    let slot = ProviderSlot.slot(sdkID: id)
    request.provider = id
    request.key = entry.key ?? slot.flatMap { view.variable(of: $0) }
    request.baseURL =
      entry.baseURL ?? entry.apiLine.flatMap { slot?.apiLines[$0] }
      ?? slot?.defaultBaseURL ?? providers.registrations[id]?.baseURL
    request.baseURLPlace = entry.baseURL == nil ? nil : entry.baseURLPlace
    request.modelPlace = entry.model == nil ? nil : entry.modelPlace
    request.model = entry.model ?? slot?.defaultModelID
    request.headers = entry.headers
    request.requestURL = request.baseURL.map {
      RequestURL.chat(
        slot?.spokenProtocol, base: $0, model: request.model ?? "")
    }
    if request.baseURL == nil { request.problem = "Cline knows no provider of this id" }
    return request
  }
}
