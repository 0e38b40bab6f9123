import LosslessJSON

/// `providers.json` and `models.json` as the SDK sees them after its own start: legacy data of
/// providers without an entry is migrated in (SDK 0.0.78,
/// services/storage/provider-settings-legacy-migration.ts).
struct MigratedProviders {
  struct Entry {
    /// What stands in `settings.provider`.
    var provider: String
    var accessToken: EffectiveRequest.Key?
    var apiKey: EffectiveRequest.Key?
    var authKey: EffectiveRequest.Key?
    var baseURL: String?
    var baseURLPlace: StorePlace?
    var model: String?
    var modelPlace: StorePlace?
    var headers: [String: Secret] = [:]
    var headersPlace: StorePlace?
    var apiLine: String?
    var azureVersion: String?
    var client: String?
    var ocaMode: String?
  }
  /// A provider's block of `models.json`: a list of its own under that id.
  struct Registration {
    var baseURL: String
    var defaultModel: String?
    var models: [String]
    var hasSource: Bool
  }

  private(set) var entries: [String: Entry] = [:]
  /// The ids in the order of the file, as JavaScript walks an object.
  private var order: [String] = []
  private(set) var registrations: [String: Registration] = [:]
  private(set) var lastUsedProvider: String?
  private let view: ClineView

  init(view: ClineView) {
    self.view = view
    readStored()
    migrate()
  }

  /// An entry with what Cline adds: ClinePass signs in as Cline does
  /// (provider-settings-manager.ts, resolveProviderSettings).
  func resolved(_ id: String) -> Entry? {
    guard let account = ProviderSlot.Traits.of(id).account.flatMap({ entries[$0] }) else {
      return entries[id]
    }
    var entry = entries[id] ?? Entry(provider: id)
    entry.provider = id
    if entry.accessToken == nil, entry.authKey == nil {
      (entry.accessToken, entry.authKey) = (account.accessToken, account.authKey)
    }
    entry.apiKey = entry.apiKey ?? account.apiKey
    if entry.baseURL == nil {
      (entry.baseURL, entry.baseURLPlace) = (account.baseURL, account.baseURLPlace)
    }
    return entry
  }

  /// `auth.accessToken`, then `apiKey`, then `auth.apiKey` (auth/provider-auth-registry.ts,
  /// getPersistedProviderApiKey). Cline's own tokens get a word before them.
  func key(of id: String) -> EffectiveRequest.Key? {
    guard let entry = resolved(id) else { return nil }
    if let token = entry.accessToken, let prefix = ProviderSlot.Traits.of(id).tokenPrefix {
      let text = token.value.reveal()
      return text.lowercased().hasPrefix(prefix)
        ? token : EffectiveRequest.Key(value: Secret(prefix + text), source: token.source)
    }
    return entry.accessToken ?? entry.apiKey ?? entry.authKey
  }

  // MARK: What is stored

  private mutating func readStored() {
    for (id, entry) in view.value(.providers, pointer: "/providers")?.object ?? [:] {
      let place = JSONPointer.root.appending("providers").appending(id).appending("settings")
      guard let settings = entry["settings"] else { continue }
      if entries[id.text] == nil { order.append(id.text) }
      let auth = place.appending("auth")
      entries[id.text] = Entry(
        provider: settings["provider"]?.string ?? id.text,
        accessToken: key(at: auth.appending("accessToken")),
        apiKey: key(at: place.appending("apiKey")), authKey: key(at: auth.appending("apiKey")),
        // The schema's check leaves white space around it away.
        baseURL: (settings["baseUrl"]?.string).map(JavaScript.trim),
        baseURLPlace: StorePlace(.providers, place.appending("baseUrl")),
        model: settings["model"]?.string,
        modelPlace: StorePlace(.providers, place.appending("model")),
        headers: view.headers(.providers, pointer: place.appending("headers")),
        headersPlace: StorePlace(.providers, place.appending("headers")),
        apiLine: settings["apiLine"]?.string,
        azureVersion: settings["azure"]?["apiVersion"]?.string,
        client: settings["client"]?.string, ocaMode: settings["oca"]?["mode"]?.string)
    }
    lastUsedProvider = view.text(.providers, "/lastUsedProvider")
    let dropped = view.snapshot[.models].verdict.dropped
    for (id, entry) in view.value(.models, pointer: "/providers")?.object ?? [:] {
      guard dropped[JSONPointer.root.appending("providers").appending(id)] == nil,
        let provider = entry["provider"], let url = provider["baseUrl"]?.string
      else { continue }
      let models = (entry["models"]?.object ?? [:]).map { name, model in
        let own = (model["id"]?.string).map(JavaScript.trim) ?? ""
        return own.isEmpty ? JavaScript.trim(name.text) : own
      }.filter { !$0.isEmpty }
      let named = (provider["defaultModelId"]?.string).map(JavaScript.trim) ?? ""
      registrations[id.text] = Registration(
        baseURL: url, defaultModel: named.isEmpty ? models.first ?? "default" : named,
        models: models, hasSource: provider["modelsSourceUrl"]?.string?.isEmpty == false)
    }
  }

  private func key(at place: JSONPointer) -> EffectiveRequest.Key? {
    guard let text = view.text(.providers, place).map(JavaScript.trim), !text.isEmpty else {
      return nil
    }
    return EffectiveRequest.Key(value: Secret(text), source: .store(.providers, place))
  }

  // MARK: What Cline adds

  private mutating func migrate() {
    guard
      view.snapshot.readable(.globalState)?.isObject == true
        || view.snapshot.readable(.secrets)?.isObject == true
    else { return }
    let mode: Mode = view.state("mode") == "plan" ? .plan : .act
    let current = selected(mode)
    let other = selected(mode == .plan ? .act : .plan)
    var added = false
    for id in candidates() {
      let sdkID = ProviderSlot.normalizedSDKID(id)
      guard entries[sdkID] == nil else { continue }
      let readMode = id != current && id == other ? (mode == .plan ? Mode.act : .plan) : mode
      guard let entry = migrated(id, mode: readMode) else { continue }
      entries[sdkID] = entry
      order.append(sdkID)
      added = true
      if sdkID == ProviderSlot.openAICompatibleID, registrations[sdkID] == nil,
        let url = entry.baseURL, let model = entry.model, !model.isEmpty
      {
        registrations[sdkID] = Registration(
          baseURL: url, defaultModel: model, models: [model], hasSource: false)
      }
    }
    guard added, lastUsedProvider == nil else { return }
    let preferred = view.state(mode.providerKey).map(JavaScript.trim).map(
      ProviderSlot.normalizedSDKID)
    lastUsedProvider =
      preferred.flatMap { entries[$0] == nil ? nil : $0 } ?? order.first
  }

  /// The provider of a mode in the spelling of the migration: aliases folded, `openai` kept.
  private func selected(_ mode: Mode) -> String? {
    guard let id = view.state(mode.providerKey).map(JavaScript.trim), !id.isEmpty else {
      return nil
    }
    return id == "openai" ? id : ProviderSlot.normalizedSDKID(id)
  }

  /// The providers that the migration looks at, in its order (collectCandidateProviderIds).
  private func candidates() -> [String] {
    var ids = [selected(.act), selected(.plan)].compactMap(\.self)
    for id in Self.migrationOrder where isCandidate(id) { ids.append(id) }
    var seen: Set<String> = []
    return ids.filter { seen.insert($0).inserted }
  }

  private static let migrationOrder = [
    "anthropic", "openrouter", "openai", "openai-native", "openai-codex", "gemini", "ollama",
    "deepseek", "requesty", "together", "fireworks", "qwen", "doubao", "mistral", "litellm",
    "asksage", "xai", "moonshot", "zai", "huggingface", "nebius", "sambanova", "cerebras", "groq",
    "huawei-cloud-maas", "baseten", "vercel-ai-gateway", "dify", "minimax", "hicap", "aihubmix",
    "nousResearch", "bedrock", "vertex", "cline", "oca", "sapaicore",
  ]

  private func isCandidate(_ id: String) -> Bool {
    guard let slot = ProviderSlot.slot(legacyID: id) else { return false }
    let traits = slot.traits
    let signsIn = traits.signIn.map { signIn in
      ([signIn.token, "refreshToken"] as [JSONKey]).contains {
        view.signIn(signIn.secret, $0) != nil
      }
    }
    switch traits.migration {
    case .byItsKey: return slot.secretKey.map { trimmedSecret($0) != nil } == true
    case .never: return false
    case .byCredentials(let key): return trimmedSecret(key) != nil
    case .byHints(let hints):
      return hints.secrets.contains { trimmedSecret($0) != nil } || signsIn == true
        || hints.states.contains { trimmedState($0) != nil }
        || hints.present.contains {
          view.snapshot.readable(.globalState)?[JSONPointer(tokens: [$0])] != nil
        }
        || hints.flags.contains {
          view.value(.globalState, pointer: JSONPointer(tokens: [$0]))?.bool == true
        }
    }
  }

  private func trimmedSecret(_ key: String) -> String? {
    view.secret(key).map { JavaScript.trim($0.value.reveal()) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private func trimmedState(_ key: JSONKey) -> String? {
    view.state(key).map(JavaScript.trim).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The migrated settings; `nil` where Cline's schema rejects them, or where there are none.
  private func migrated(_ id: String, mode: Mode) -> Entry? {
    let sdkID = ProviderSlot.normalizedSDKID(id)
    guard ReaderSchema.isProviderID(sdkID) else { return nil }
    // Keyed by the legacy spelling: "openai-compatible" in globalState.json finds nothing here.
    let slot = ProviderSlot.slot(legacyID: id)
    var entry = Entry(provider: sdkID)
    if let slot, slot.traits.migration.takesKey, let secretKey = slot.secretKey,
      let value = trimmedSecret(secretKey)
    {
      entry.apiKey = EffectiveRequest.Key(
        value: Secret(value), source: .store(.secrets, JSONPointer(tokens: [JSONKey(secretKey)])))
    }
    entry.accessToken = (slot?.traits.signIn).flatMap { view.signIn($0.secret, $0.token) }
    entry.baseURL = (slot?.baseURLKey).flatMap { trimmedState(JSONKey($0)) }
    entry.baseURLPlace = view.place(slot?.baseURLKey.map { JSONKey($0) })
    if let url = entry.baseURL, !WHATWGURL.accepts(url) { return nil }
    // What stands there goes in as it is, and Cline's schema takes two words only.
    if let lineKey = slot?.apiLineKey,
      let line = view.snapshot.readable(.globalState)?[JSONPointer(tokens: [JSONKey(lineKey)])]
    {
      guard let line = line.string, line == "china" || line == "international" else { return nil }
      entry.apiLine = line
    }
    if slot?.isOpenAICompatible == true {
      guard takeHeaders(into: &entry) else { return nil }
    }
    let mayHaveOwn =
      slot.map {
        $0.modelSuffix != "ApiModelId" && !$0.traits.migratesGenericModel
      } == true
    let own = mayHaveOwn ? slot.flatMap { trimmedState($0.modelKey(mode)) } : nil
    let genericKey = JSONKey(mode.prefix + "ApiModelId")
    var stored = own ?? (selected(mode) == id ? trimmedState(genericKey) : nil)
    let target = ProviderSlot.slot(sdkID: sdkID)
    if target?.traits.migratesKnownModels == true {
      stored = stored.flatMap(ProviderSlot.clineModel)
    }
    entry.model = stored ?? target?.traits.migratedModel ?? target?.standardModelID
    if stored != nil {
      entry.modelPlace = view.place(own == nil ? genericKey : slot?.modelKey(mode))
    }
    let isEmpty =
      entry.apiKey == nil && entry.accessToken == nil && entry.baseURL == nil
      && (entry.model ?? "").isEmpty && entry.headers.isEmpty && slot?.apiLineKey == nil
      && !hasCompanions
    return isEmpty ? nil : entry
  }

  /// Headers and Azure's version; whether Cline's schema takes them.
  private func takeHeaders(into entry: inout Entry) -> Bool {
    switch view.value(.globalState, pointer: "/openAiHeaders") {
    case nil: break
    case .object(let headers):
      guard headers.allSatisfy({ $0.value.string != nil }) else { return false }
      entry.headers = view.headers(.globalState, pointer: "/openAiHeaders")
      entry.headersPlace = StorePlace(.globalState, "/openAiHeaders")
    case .string(""), .bool(false): break
    default: return false
    }
    entry.azureVersion = trimmedState("azureApiVersion")
    let identity = view.snapshot.readable(.globalState)?["/azureIdentity"]
    return identity == nil || identity?.bool != nil
  }

  /// Whether the migration finds reasoning or a timeout, which alone make an entry.
  private var hasCompanions: Bool {
    let timeout = view.value(.globalState, pointer: "/requestTimeoutMs")?.number?.double
    return timeout.map { $0 > 0 && $0.rounded() == $0 } == true
      || Mode.allCases.contains { trimmedState(JSONKey($0.prefix + "ReasoningEffort")) != nil }
  }
}
