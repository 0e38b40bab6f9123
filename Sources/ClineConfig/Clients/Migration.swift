import LosslessJSON

/// `providers.json` and `models.json` as the SDK sees them after its own start: legacy data of
/// providers without an entry is migrated in (SDK 0.0.78,
/// services/storage/provider-settings-legacy-migration.ts).
struct MigratedProviders {
  struct Entry {
    var key: EffectiveRequest.Key?
    var baseURL: String?
    var baseURLPlace: StorePlace?
    var model: String?
    var modelPlace: StorePlace?
    var headers: [String: Secret] = [:]
    var apiLine: String?
  }
  struct Registration {
    var baseURL: String
    var defaultModel: String?
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

  // MARK: What is stored

  private mutating func readStored() {
    for (id, entry) in view.value(.providers, pointer: "/providers")?.object ?? [:] {
      let place = JSONPointer.root.appending("providers").appending(id).appending("settings")
      guard let settings = entry["settings"] else { continue }
      if entries[id.text] == nil { order.append(id.text) }
      entries[id.text] = Entry(
        key: Self.key(at: place, in: view),
        baseURL: settings["baseUrl"]?.string,
        baseURLPlace: StorePlace(.providers, place.appending("baseUrl")),
        model: settings["model"]?.string,
        modelPlace: StorePlace(.providers, place.appending("model")),
        headers: view.headers(.providers, pointer: place.appending("headers")),
        apiLine: settings["apiLine"]?.string)
    }
    lastUsedProvider = view.text(.providers, "/lastUsedProvider")
    let dropped = view.snapshot[.models].verdict.dropped
    for (id, entry) in view.value(.models, pointer: "/providers")?.object ?? [:] {
      guard dropped[JSONPointer.root.appending("providers").appending(id)] == nil,
        let provider = entry["provider"], let url = provider["baseUrl"]?.string
      else { continue }
      registrations[id.text] = Registration(
        baseURL: url, defaultModel: provider["defaultModelId"]?.string)
    }
  }

  /// `auth.accessToken`, then `apiKey`, then `auth.apiKey`
  /// (auth/provider-auth-registry.ts, getPersistedProviderApiKey).
  private static func key(at settings: JSONPointer, in view: ClineView) -> EffectiveRequest.Key? {
    let auth = settings.appending("auth")
    let places = [
      auth.appending("accessToken"), settings.appending("apiKey"), auth.appending("apiKey"),
    ]
    for place in places {
      if let text = view.text(.providers, place), !JavaScript.trim(text).isEmpty {
        return EffectiveRequest.Key(value: Secret(text), source: .store(.providers, place))
      }
    }
    return nil
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
        let url = entry.baseURL,
        entry.model != nil
      {
        registrations[sdkID] = Registration(baseURL: url, defaultModel: entry.model)
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

  private func candidates() -> [String] {
    var ids = [selected(.act), selected(.plan)].compactMap(\.self)
    for slot in ProviderSlot.legacy {
      guard let id = slot.legacyID, Self.candidateSecret(slot) != nil || id == "cline" else {
        continue
      }
      let keys =
        [Self.candidateSecret(slot)].compactMap(\.self) + (id == "bedrock" ? ["awsAccessKey"] : [])
        + (id == "cline" ? ["cline:clineAccountId"] : [])
      if keys.contains(where: { trimmedSecret($0) != nil }) { ids.append(id) }
    }
    let hints: [(String, [JSONPointer])] = [
      ("bedrock", ["/awsAuthentication", "/awsProfile"]),
      ("vertex", ["/vertexProjectId", "/vertexRegion"]),
      (
        "sapaicore",
        [
          "/sapAiCoreTokenUrl", "/sapAiCoreBaseUrl", "/sapAiResourceGroup",
          "/sapAiCoreUseOrchestrationMode",
        ]
      ),
    ]
    for (id, pointers) in hints
    where pointers.contains(where: { view.value(.globalState, pointer: $0) != nil }) {
      ids.append(id)
    }
    var seen: Set<String> = []
    return ids.filter { seen.insert($0).inserted }
  }

  /// Which secret makes a provider a candidate. The shared fields belong to one provider each.
  private static func candidateSecret(_ slot: ProviderSlot) -> String? {
    switch slot.traits.migration {
    case .byItsKey: slot.secretKey
    case .never: nil
    case .byCredentials(let key): key
    }
  }

  private func trimmedSecret(_ key: String) -> String? {
    view.secret(key).map { JavaScript.trim($0.value.reveal()) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The migrated settings; `nil` where Cline's schema rejects them.
  private func migrated(_ id: String, mode: Mode) -> Entry? {
    let sdkID = ProviderSlot.normalizedSDKID(id)
    guard ReaderSchema.isProviderID(sdkID) else { return nil }
    // Keyed by the legacy spelling: "openai-compatible" in globalState.json finds nothing here.
    let slot = ProviderSlot.slot(legacyID: id)
    var entry = Entry()
    if let slot, slot.traits.migration == .byItsKey, let secretKey = slot.secretKey,
      let value = trimmedSecret(secretKey)
    {
      entry.key = EffectiveRequest.Key(
        value: Secret(value), source: .store(.secrets, JSONPointer(tokens: [JSONKey(secretKey)])))
    }
    entry.baseURL = slot?.baseURLKey.flatMap { view.state(JSONKey($0)) }.map(JavaScript.trim)
      .flatMap { $0.isEmpty ? nil : $0 }
    entry.baseURLPlace = view.place(slot?.baseURLKey.map { JSONKey($0) })
    if let url = entry.baseURL, !WHATWGURL.accepts(url) { return nil }
    entry.apiLine = slot?.apiLineKey.flatMap { view.state(JSONKey($0)) }
    if id == "openai" { entry.headers = view.headers(.globalState, pointer: "/openAiHeaders") }
    let generic = view.state(JSONKey(mode.prefix + "ApiModelId")).map(JavaScript.trim)
    let own = slot.flatMap { $0.modelSuffix == "ApiModelId" ? nil : view.state($0.modelKey(mode)) }
      .map(JavaScript.trim)
    let stored = own.flatMap { $0.isEmpty ? nil : $0 } ?? (selected(mode) == id ? generic : nil)
    entry.model =
      stored.flatMap { $0.isEmpty ? nil : $0 } ?? ProviderSlot.slot(sdkID: sdkID)?.defaultModelID
    if stored?.isEmpty == false {
      entry.modelPlace = slot.flatMap { view.place($0.modelKey(mode)) }
    }
    let isEmpty =
      entry.key == nil && entry.baseURL == nil && (entry.model ?? "").isEmpty
      && entry.headers.isEmpty && entry.apiLine == nil
    return isEmpty ? nil : entry
  }
}
