import LosslessJSON

/// VS Code with the SDK: `globalState.json` and `secrets.json` first, then `providers.json` and
/// `models.json` (4.1.13, apps/vscode/src/sdk/cline-session-factory.ts buildSessionConfig, and
/// SDK 0.0.78, services/local-runtime-bootstrap.ts buildProviderConfig).
struct SDKResolver {
  let view: ClineView
  let providers: MigratedProviders

  func request(mode: Mode) -> EffectiveRequest {
    // toLegacyApiProvider, then toSdkProviderId.
    let sdkID = ProviderSlot.normalizedStateID(view.provider(mode))
    var request = EffectiveRequest(client: .vscodeSDK, mode: mode, provider: sdkID)
    let entry = providers.resolved(sdkID)
    let registration = providers.registrations[sdkID]
    request.headers = entry?.headers ?? [:]
    request.headersPlace = entry?.headersPlace
    guard let slot = ProviderSlot.slot(sdkID: sdkID) else {
      let key = JSONKey(mode.prefix + "ApiModelId")
      request.modelPlace = view.place(key)
      request.model =
        view.state(key).map(JavaScript.trim)
        ?? ProviderSlot.slot(sdkID: ProviderSlot.accountID)?.standardModelID
      return request.unknown(
        key: providers.key(of: sdkID), address: entry?.baseURL ?? registration?.baseURL,
        place: entry?.baseURL == nil ? nil : entry?.baseURLPlace)
    }
    request.key =
      (view.secret(slot.secretKey) ?? providers.key(of: slot.traits.account ?? sdkID))
      .flatMap(\.trimmed)
      ?? view.variable(of: slot)
    chooseModel(&request, of: slot, entry: entry, registration: registration)
    let fallback = registration?.baseURL ?? slot.defaultBaseURL
    let stateKey = slot.baseURLKey.map { JSONKey($0) }
    let fromState = view.state(stateKey).flatMap { Self.normalized($0, default: fallback) }
    let fromEntry = entry?.baseURL.flatMap { Self.normalized($0, default: fallback) }
    request.baseURLPlace = fromState != nil ? view.place(stateKey) : nil
    if fromState == nil, fromEntry != nil { request.baseURLPlace = entry?.baseURLPlace }
    request.leave(
      to: fromState ?? fromEntry ?? Self.address(of: slot, entry, line: line(of: slot)),
      in: slot, entry: entry)
    return request
  }

  private func chooseModel(
    _ request: inout EffectiveRequest, of slot: ProviderSlot, entry: MigratedProviders.Entry?,
    registration: MigratedProviders.Registration?
  ) {
    let key = request.mode.modelKey(of: slot)
    request.model = view.state(key).map(JavaScript.trim).flatMap { $0.isEmpty ? nil : $0 }
    request.modelPlace = request.model == nil ? nil : view.place(key)
    guard request.model == nil else { return }
    // Lists of local servers have no default; a block of models.json takes the place of the list.
    if registration.map(\.hasSource) ?? slot.traits.hasNoDefaultModel {
      let stored = entry?.model.map(JavaScript.trim) ?? ""
      request.model = stored.isEmpty ? slot.traits.emptyModel ?? slot.standardModelID : stored
      request.modelPlace = stored.isEmpty ? nil : entry?.modelPlace
      return
    }
    let named = registration.map { block in
      block.defaultModel.flatMap { block.models.contains($0) ? $0 : nil }
        ?? slot.newestModelID ?? block.models.first
    }
    request.model =
      (named ?? slot.standardModelID)
      ?? ProviderSlot.slot(sdkID: ProviderSlot.accountID)?.standardModelID
  }

  private func line(of slot: ProviderSlot) -> String? {
    slot.apiLineKey.flatMap { view.state(JSONKey($0)) }
  }

  /// `normalizeSdkBaseUrl`: trims, and gives a URL without a path the path of the default.
  static func normalized(_ url: String, default fallback: String?) -> String? {
    let url = JavaScript.trim(url)
    guard !url.isEmpty else { return nil }
    guard let href = WHATWGURL.href(url), var parts = BaseURL(href), parts.path == "/",
      let fallback = fallback.flatMap({ WHATWGURL.href($0) }).flatMap({ BaseURL($0) }),
      fallback.path != "/"
    else { return url }
    parts.path = fallback.path
    let text = parts.description
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// Where a request goes without a stored address. The line of `globalState.json` counts only where
  /// the SDK has no address of its own for the protocol (toProviderConfig, then the gateway).
  fileprivate static func address(
    of slot: ProviderSlot, _ entry: MigratedProviders.Entry?, line: String? = nil
  ) -> String? {
    if let line = entry?.apiLine, let address = slot.apiLines[line] { return address }
    if slot.spokenProtocol == .anthropic, let line, let address = slot.apiLines[line] {
      return address
    }
    let other = entry?.ocaMode == "internal" ? slot.traits.internalAddress : nil
    return other ?? slot.defaultBaseURL ?? slot.traits.fallbackAddress
  }
}

/// The CLI: `providers.json` after Cline's own migration, and its last used provider (CLI 3.0.56,
/// apps/cli/src/main.ts).
struct CLIResolver {
  let view: ClineView
  let providers: MigratedProviders

  /// The provider that a run takes: what stands in `settings.provider` of the entry that was used
  /// last, or Cline's own account where none was.
  private var provider: String? {
    if let last = providers.lastUsedProvider, let entry = providers.resolved(last) {
      return ProviderSlot.normalizedSDKID(entry.provider)
    }
    return providers.entries[ProviderSlot.accountID] == nil ? nil : ProviderSlot.accountID
  }

  func request(mode: Mode) -> EffectiveRequest {
    var request = EffectiveRequest(client: .cli, mode: mode)
    guard let id = provider else {
      request.problem = "no provider was used last, so nothing stored applies"
      return request
    }
    return Self.request(request, to: id, from: providers, in: view)
  }

  /// The desktop app sends to the provider that was picked in it, once: told is what it sends when that
  /// is the one of the CLI. It refuses an entry without a key (apps/examples/desktop-app; #14219).
  func desktopRequest(mode: Mode) -> EffectiveRequest {
    var request = EffectiveRequest(client: .desktop, mode: mode)
    guard let id = provider else {
      request.problem = "no provider is set up that could be picked in the app"
      return request
    }
    request = Self.request(request, to: id, from: providers, in: view)
    request.isChosenElsewhere = true
    if providers.key(of: id) == nil, request.problem == nil {
      request.problem = "the app refuses an entry without a key"
      request.requestURL = nil
    }
    return request
  }

  /// An agent of another editor goes by the environment: `CLINE_PROVIDER`, else the sign-in, else
  /// Cline's own account; `CLINE_API_KEY`; `CLINE_MODEL` (apps/cli/src/acp/acpAgent.ts).
  func acpRequest(mode: Mode) -> EffectiveRequest {
    var request = EffectiveRequest(client: .acp, mode: mode)
    let named = view.library(variable: "CLINE_PROVIDER").map(ProviderSlot.normalizedSDKID)
    let id = named ?? ProviderSlot.accountID
    let key = view.library(variable: "CLINE_API_KEY")
    guard named != nil || key != nil || providers.key(of: id) != nil else {
      request.problem = "it goes by CLINE_PROVIDER, CLINE_API_KEY and CLINE_MODEL, or a sign-in"
      return request
    }
    let model = view.library(variable: "CLINE_MODEL")
    // A Model ID counts only where the provider's list has it; of an endpoint of one's own that is
    // models.json.
    let isListed =
      ProviderSlot.slot(sdkID: id)?.isOpenAICompatible != true
      || providers.registrations[id]?.models.contains(model ?? "") == true
      || view.snapshot.readable(.models)?.contains(
        SettingsFile.place(ofModel: model ?? "", of: id)) == true
    let standard =
      providers.registrations[id]?.defaultModel ?? ProviderSlot.slot(sdkID: id)?.standardModelID
    request = Self.request(
      request, to: id, from: providers, in: view,
      key: key.map { .init(value: Secret($0), source: .variable("CLINE_API_KEY")) },
      model: (isListed ? model : nil) ?? standard)
    if !isListed { request.replacedModel = model }
    return request
  }

  /// What a program that reads `providers.json` alone sends to one of its providers.
  static func request(
    _ request: EffectiveRequest, to id: String, from providers: MigratedProviders,
    in view: ClineView, key: EffectiveRequest.Key? = nil, model: String? = nil
  ) -> EffectiveRequest {
    var request = request
    let entry = providers.resolved(id)
    request.provider = id
    request.headers = entry?.headers ?? [:]
    request.headersPlace = entry?.headersPlace
    request.model = model ?? entry?.model
    request.modelPlace = model != nil || entry?.model == nil ? nil : entry?.modelPlace
    // VS Code's own models need VS Code.
    guard let slot = ProviderSlot.slot(sdkID: id), slot.authentication != .vscodeLM else {
      request.model = request.model ?? ProviderSlot.anyModel
      return request.unknown(
        key: providers.key(of: id),
        address: entry?.baseURL ?? providers.registrations[id]?.baseURL,
        place: entry?.baseURL == nil ? nil : entry?.baseURLPlace)
    }
    request.key = (key ?? providers.key(of: id)).flatMap(\.trimmed) ?? view.variable(of: slot)
    request.model = request.model ?? slot.cliDefaultModelID
    if request.model?.isEmpty == true {
      request.model = slot.traits.emptyModel ?? slot.standardModelID
      request.modelPlace = nil
    }
    request.baseURLPlace = entry?.baseURL == nil ? nil : entry?.baseURLPlace
    request.leave(
      to: entry?.baseURL ?? SDKResolver.address(of: slot, entry), in: slot, entry: entry)
    return request
  }
}

extension EffectiveRequest {
  /// Sends as the SDK's clients do.
  mutating func leave(
    to address: String?, in slot: ProviderSlot, entry: MigratedProviders.Entry?
  ) {
    guard slot.isAskedByURL else {
      baseURL = address
      return
    }
    if slot.spokenProtocol == .dify { model = nil }
    var wire = Wire(sdk: slot.spokenProtocol, model: model ?? "")
    wire.needsKey = wire.needsKey || slot.traits.needsKey
    guard var address else {
      problem = "the provider has no address of its own"
      return
    }
    switch slot.spokenProtocol {
    case .ollama:
      while address.hasSuffix("/") { address.removeLast() }
      for ending in ["/v1", "/api"] where address.hasSuffix(ending) {
        address.removeLast(ending.count)
        break
      }
    case .gemini:
      while address.hasSuffix("/") { address.removeLast() }
      if !Self.endsInVersion(address) { address += "/v1beta" }
    case .openAIChat where slot.isOpenAICompatible || entry?.client == "openai-compatible":
      addVersion(entry?.azureVersion, to: address, by: &wire)
    default: break
    }
    leave(to: address, by: wire)
  }

  /// Azure's version goes to deployments only (vendors/openai-compatible.ts).
  private func addVersion(_ version: String?, to address: String, by wire: inout Wire) {
    guard let version = version.map(JavaScript.trim), !version.isEmpty,
      let url = WHATWGURL.href(address).flatMap({ BaseURL($0) }),
      url.path.hasPrefix("/openai/deployments/")
    else { return }
    wire.query = "api-version=" + version.percentEncoded(keeping: "-._*")
  }

  /// `v1`, `v1beta` or the like, as vendors/google.ts looks for it.
  private static func endsInVersion(_ address: String) -> Bool {
    var rest = (address.split(separator: "/").last ?? "").lowercased()[...]
    guard rest.popFirst() == "v", rest.first?.isNumber == true else { return false }
    rest = rest.drop(while: \.isNumber)
    for word in ["alpha", "beta"] where rest.hasPrefix(word) { rest = rest.dropFirst(word.count) }
    return rest.allSatisfy(\.isNumber)
  }

  /// A provider that Cline has no code for: it is kept, listed, and never asked
  /// (services/llms/handler-factory.ts, providers/registry.ts).
  fileprivate func unknown(
    key: EffectiveRequest.Key?, address: String?, place: StorePlace?
  ) -> EffectiveRequest {
    var request = self
    request.key = key
    request.baseURL = address
    request.baseURLPlace = place
    request.problem = "Unknown or disabled provider \"\(provider ?? "")\"."
    return request
  }
}

extension EffectiveRequest.Key {
  /// Without white space around it; `nil` where nothing is left.
  fileprivate var trimmed: EffectiveRequest.Key? {
    let text = JavaScript.trim(value.reveal())
    return text.isEmpty ? nil : EffectiveRequest.Key(value: Secret(text), source: source)
  }
}
