package import LosslessJSON

/// Pointing Cline at a provider: Base URL, key and Model ID together, in every file that a client
/// reads.
package struct ProviderSetup: Sendable {
  /// The slot of Cline's that it goes into.
  package var slot: ProviderSlot
  /// `nil`: Cline's own default, in a slot that has one.
  package var baseURL: String?
  /// Whether the extension from before the SDK reads `globalState.json` on this machine.
  package var isReadByLegacy = false
  /// The line of ``ProviderSlot/apiLines`` that stands for the Base URL.
  package var apiLine: String?
  /// `nil`: no key is written.
  package var key: Secret?
  /// The Model ID of each mode that this is for. Files without modes follow act.
  package var models: [Mode: String]
  /// Headers that replace the stored ones; `nil` leaves them, unless the provider changes.
  package var headers: [RequestHeader]?
  /// What is said of the models.
  package var facts: [ModelFact: JSONValue] = [:]
  /// What a cloud needs.
  package var cloud: [CloudSetting: JSONValue] = [:]

  /// Creates a set-up.
  package init(slot: ProviderSlot, baseURL: String?, key: Secret?, models: [Mode: String]) {
    self.slot = slot
    self.baseURL = baseURL
    self.key = key
    self.models = models
  }

  /// Where requests go: the Base URL, the line's, or Cline's own default.
  package var address: String? {
    baseURL ?? apiLine.flatMap { slot.apiLines[$0] } ?? slot.defaultBaseURL
  }

  /// The model of files without modes.
  private var model: String { models[.act] ?? models[.plan] ?? "" }

  /// The edits on top of what is stored.
  ///
  /// What belonged to a former provider of the same slot goes: headers, Azure settings, protocol,
  /// client, routing and tokens when the host changes, model limits when the Model ID does.
  package func changes(on snapshot: Snapshot, now: Timestamp) -> ChangeSet {
    var changes = ChangeSet()
    let companions = Companions(slot, in: snapshot)
    changeModels(in: snapshot, &changes)
    changeStoredModels(in: snapshot, &changes)
    changeSecrets(in: snapshot, &changes)
    changeProviders(in: snapshot, at: now, beside: companions, &changes)
    changeState(in: snapshot, beside: companions, &changes)
    return changes
  }

  /// What goes along with a provider's requests beside the triple, and stands in two files: an entry of
  /// providers.json is never completed by Cline's own migration, so both are kept alike.
  struct Companions {
    private(set) var headers: JSONValue?
    private(set) var azure: JSONObject = [:]
    private(set) var timeout: JSONValue?
    private(set) var reasoning: JSONObject = [:]

    /// What is sent now: the entry's where there is one, else what the migration would carry over
    /// (SDK 0.0.78, provider-settings-legacy-migration.ts).
    init(_ slot: ProviderSlot, in snapshot: Snapshot) {
      let state = snapshot[.globalState].document
      let entry = snapshot[.providers].document?[
        JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings"])]
      func text(_ key: JSONKey) -> String? {
        state?.nonEmptyString(at: JSONPointer(tokens: [key])).map(JavaScript.trim)
          .flatMap { $0.isEmpty ? nil : $0 }
      }
      if let number = state?["/requestTimeoutMs"]?.number, number.double > 0,
        number.double.rounded() == number.double
      {
        timeout = .number(number)
      }
      let efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]
      let effort = text("actModeReasoningEffort") ?? text("planModeReasoningEffort")
      if let effort, efforts.contains(effort) { reasoning["effort"] = .string(effort) }
      guard slot.isOpenAICompatible else { return }
      let stored = state?["/openAiHeaders"]
      let isWhole = stored?.object?.allSatisfy { $0.value.string != nil } == true
      headers = entry?["headers"] ?? (isWhole && stored?.object?.isEmpty == false ? stored : nil)
      azure = entry?["azure"]?.object ?? [:]
      if azure["apiVersion"] == nil, let version = text("azureApiVersion") {
        azure["apiVersion"] = .string(version)
      }
      if azure["useIdentity"] == nil, let identity = state?["/azureIdentity"]?.bool {
        azure["useIdentity"] = .bool(identity)
      }
    }
  }

  // MARK: globalState.json

  private func changeState(
    in snapshot: Snapshot, beside companions: Companions, _ changes: inout ChangeSet
  ) {
    let file = SettingsFile.globalState
    let state = snapshot[file].document
    func text(_ key: JSONKey) -> String? { state?[JSONPointer(tokens: [key])]?.string }
    func set(_ value: JSONValue, _ key: JSONKey) {
      changes.set(value, in: file, at: JSONPointer(tokens: [key]))
    }
    func remove(_ key: JSONKey) { changes.remove(from: file, at: JSONPointer(tokens: [key])) }

    let id = slot.legacyID ?? slot.sdkID
    if isCompatible, hostChanges(from: text("openAiBaseUrl")) {
      if headers == nil { remove("openAiHeaders") }
      remove("azureApiVersion")
      remove("azureIdentity")
    } else if isCompatible {
      if headers == nil, let stored = companions.headers { set(stored, "openAiHeaders") }
      if let version = companions.azure["apiVersion"] { set(version, "azureApiVersion") }
    }
    if let version = azureVersion(hostChanges(from: text("openAiBaseUrl")) ? nil : companions) {
      set(.string(version), "azureApiVersion")
    }
    changeCloudState(in: snapshot, &changes)
    changeEffort(of: models.keys, &changes)
    if let headers, isCompatible {
      changes.set(headers, in: file, at: "/openAiHeaders")
    }
    if let key = slot.baseURLKey.map({ JSONKey($0) }) {
      if let baseURL {
        set(.string(slot.stateAddress(baseURL, isLegacy: isReadByLegacy)), key)
      } else {
        remove(key)
      }
    }
    if let key = slot.apiLineKey.map({ JSONKey($0) }) {
      if let apiLine { set(.string(apiLine), key) } else if baseURL == nil { remove(key) }
    }
    for mode in Mode.allCases {
      guard let model = models[mode] else { continue }
      let modelKey = slot.modelKey(mode)
      if let suffix = slot.modelInfoSuffix {
        changeModelInfo(
          JSONKey(mode.prefix + suffix), of: model, in: snapshot,
          modelChanges: text(modelKey) != model, changes: &changes)
      }
      set(.string(id), mode.providerKey)
      set(.string(model), modelKey)
      changeCustomModel(model, of: mode, in: &changes)
    }
    let changesModel = models.contains { text(slot.modelKey($0.key)) != $0.value }
    limitsBesideModelInfo(set, changesModel ? remove : { _ in })
    changes.changeSettings(of: snapshot) { settings in
      settings.welcomeViewCompleted = true
      changeSeparateModels(in: &settings, of: state, id)
    }
  }

  /// Whether the extension from before the SDK sends a model only with its info beside it.
  func needsInfo(_ model: String) -> Bool {
    switch slot.traits.legacy.models {
    case .withInfo: true
    case .known(withInfo: true, _): slot.legacyCatalogue(line: apiLine)?.contains(model) != true
    default: false
    }
  }

  /// Slots that keep a limit under a key of their own.
  private func limitsBesideModelInfo(
    _ set: (JSONValue, JSONKey) -> Void, _ remove: (JSONKey) -> Void
  ) {
    for limit in slot.traits.limits {
      guard let tokens = tokens(limit.subject) else {
        remove(limit.key)
        continue
      }
      set(limit.isText ? .string(String(tokens)) : .number(JSONNumber(tokens)), limit.key)
    }
  }

  private func changeSeparateModels(
    in settings: inout GlobalState, of state: JSONDocument?, _ id: String
  ) {
    guard let other = Mode.allCases.first(where: { models[$0] == nil }) else {
      let isSeparate = Set(models.values).count > 1
      if settings.planActSeparateModelsSetting == nil || isSeparate {
        settings.planActSeparateModelsSetting = isSeparate
      }
      return
    }
    let otherModel = state?[JSONPointer(tokens: [slot.modelKey(other)])]?.string
    if settings[provider: other] != id || otherModel != model {
      settings.planActSeparateModelsSetting = true
    }
  }

  // MARK: secrets.json

  private func changeSecrets(in snapshot: Snapshot, _ changes: inout ChangeSet) {
    // LM Studio's field there is Anthropic's key.
    guard let secretKey = slot.secretKey, !slot.traits.ignoresStoredSecret else { return }
    let pointer = JSONPointer(tokens: [JSONKey(secretKey)])
    if let key {
      changes.set(key, in: .secrets, at: pointer)
    } else if dropsKey(in: snapshot), !slot.sharesSecret {
      changes.remove(from: .secrets, at: pointer)
    }
  }

  /// Whether a stored key is of no more use: it is another server's, or the cloud signs by itself now.
  private func dropsKey(in snapshot: Snapshot) -> Bool {
    guard key == nil else { return false }
    if slot.isSignedByCloud { return slot.authentication == .aws }
    // Whoever else is asked without a key is refused before.
    guard slot.authentication == .local, snapshot[.globalState].document != nil else {
      return false
    }
    let settings = JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings", "baseUrl"])
    let stored =
      slot.baseURLKey.flatMap {
        snapshot[.globalState].document?.nonEmptyString(at: JSONPointer(tokens: [JSONKey($0)]))
      } ?? snapshot[.providers].document?.nonEmptyString(at: settings)
    return hostChanges(from: stored)
  }

  // MARK: providers.json

  private func changeProviders(
    in snapshot: Snapshot, at now: Timestamp, beside companions: Companions,
    _ changes: inout ChangeSet
  ) {
    let file = SettingsFile.providers
    let document = snapshot[file].document
    let entry = JSONPointer.root.appending("providers").appending(JSONKey(slot.sdkID))
    let settings = entry.appending("settings")
    let isNew = document?[entry] == nil
    let followsAct = models[.act] != nil
    var edits = ChangeSet()

    edits.set(.string(slot.sdkID), in: file, at: settings.appending("provider"))
    if let key {
      edits.set(key, in: file, at: settings.appending("apiKey"))
      // A token would win over the key.
      edits.remove(from: file, at: settings.appending("auth").appending("accessToken"))
    } else if slot.authentication == .local,
      document?[settings.appending("apiKey")] == nil || dropsKey(in: snapshot)
    {
      // The desktop app refuses an entry without a key, and a local server looks at none.
      edits.set(.string(Triple.keyForKeyless), in: file, at: settings.appending("apiKey"))
    } else if dropsKey(in: snapshot) {
      edits.remove(from: file, at: settings.appending("apiKey"))
    }
    let stored = document?[settings.appending("baseUrl")]?.string
    if !isNew, hostChanges(from: stored) {
      for name in ["azure", "protocol", "client", "routingProviderId"] as [JSONKey] {
        edits.remove(from: file, at: settings.appending(name))
      }
      edits.remove(from: file, at: settings.appending("auth").appending("accessToken"))
      if headers == nil { edits.remove(from: file, at: settings.appending("headers")) }
    }
    if let baseURL {
      edits.set(.string(slot.entryAddress(baseURL)), in: file, at: settings.appending("baseUrl"))
    } else {
      edits.remove(from: file, at: settings.appending("baseUrl"))
    }
    if let apiLine {
      edits.set(.string(apiLine), in: file, at: settings.appending("apiLine"))
    } else if slot.apiLineKey != nil, baseURL == nil {
      edits.remove(from: file, at: settings.appending("apiLine"))
    }
    if let headers { edits.set(headers, in: file, at: settings.appending("headers")) }
    let former =
      isNew
      ? snapshot[.globalState].document?.nonEmptyString(at: "/openAiBaseUrl") : stored
    if isCompatible, !hostChanges(from: former) {
      if headers == nil, let headers = companions.headers {
        edits.set(headers, in: file, at: settings.appending("headers"))
      }
      if !companions.azure.isEmpty {
        edits.set(.object(companions.azure), in: file, at: settings.appending("azure"))
      }
      if let timeout = companions.timeout {
        edits.set(timeout, in: file, at: settings.appending("timeout"))
      }
    }
    if let version = azureVersion(hostChanges(from: former) ? nil : companions) {
      edits.set(
        .string(version), in: file, at: settings.appending("azure").appending("apiVersion"))
    }
    changeCloudEntry(at: settings, in: snapshot, &edits)
    if isNew, !isCompatible, let timeout = companions.timeout {
      edits.set(timeout, in: file, at: settings.appending("timeout"))
    }
    if isNew, !companions.reasoning.isEmpty {
      edits.set(.object(companions.reasoning), in: file, at: settings.appending("reasoning"))
    }
    if let effort = facts[.reasoningEffort], followsAct || isNew {
      edits.set(effort, in: file, at: settings.appending("reasoning").appending("effort"))
    }
    let storedModel = document?[settings.appending("model")]?.string
    let actUsesIt =
      snapshot[.globalState].document?[JSONPointer(tokens: [Mode.act.providerKey])]?.string
      == slot.legacyID
    if followsAct || isNew || !actUsesIt {
      for fact in [ModelFact.maxTokens, .contextWindow] {
        let pointer = settings.appending(JSONKey(fact.rawValue))
        if let limit = facts[fact]
          ?? (storedModel == model ? nil : listed(model, in: snapshot)[fact])
        {
          edits.set(limit, in: file, at: pointer)
        } else if storedModel != model {
          edits.remove(from: file, at: pointer)
        }
      }
      edits.set(.string(model), in: file, at: settings.appending("model"))
    }

    if Self.changesAnything(edits, document: document ?? file.blank) {
      edits.set(.string(now.iso8601), in: file, at: entry.appending("updatedAt"))
      edits.set("manual", in: file, at: entry.appending("tokenSource"))
    }
    if followsAct { edits.set(.string(slot.sdkID), in: file, at: "/lastUsedProvider") }
    changes.append(edits)
  }

  private static func changesAnything(_ edits: ChangeSet, document: JSONDocument) -> Bool {
    var edited = document
    for edit in edits.edits { _ = try? edit.apply(to: &edited) }
    return edited.bytes != document.bytes
  }

  // MARK: models.json

  /// A block of the slot there is kept in step, because it decides defaults. One is created only for an
  /// address without a path, to which VS Code adds the path of the default otherwise: as Cline's own
  /// migration writes it.
  private func changeModels(in snapshot: Snapshot, _ changes: inout ChangeSet) {
    let entry = JSONPointer.root.appending("providers").appending(JSONKey(slot.sdkID))
    let block = entry.appending("provider")
    guard isCompatible else { return }
    guard snapshot[.models].document?[block]?.object != nil else {
      guard let baseURL, let url = BaseURL(baseURL), url.trimmedPath.isEmpty, models[.act] != nil
      else { return }
      changes.set(
        .object([
          "name": "OpenAI Compatible", "baseUrl": .string(baseURL),
          "defaultModelId": .string(model),
        ]), in: .models, at: block)
      changes.set(
        .object([
          "id": .string(model), "name": .string(model), "contextWindow": 128_000,
          "maxInputTokens": 128_000, "capabilities": ["streaming", "tools", "images"],
        ]), in: .models, at: entry.appending("models").appending(JSONKey(model)))
      return
    }
    if let baseURL { changes.set(.string(baseURL), in: .models, at: block.appending("baseUrl")) }
    if models[.act] != nil {
      changes.set(.string(model), in: .models, at: block.appending("defaultModelId"))
    }
  }

  // MARK: Parts

  private var isCompatible: Bool { slot.isOpenAICompatible }

  /// Azure's version, where the address needs one and none is stored.
  private func azureVersion(_ companions: Companions?) -> String? {
    guard isCompatible, let baseURL, AzureAddress.needsVersion(baseURL),
      companions?.azure["apiVersion"] == nil, cloud[.azureVersion] == nil
    else { return nil }
    return AzureAddress.standardVersion
  }

  /// Whether requests go to another host than before. An absent Base URL is Cline's default.
  private func hostChanges(from stored: String?) -> Bool {
    let host = { (url: String?) in
      (url ?? slot.defaultBaseURL).flatMap { BaseURL(JavaScript.trim($0)) }?.host
    }
    return host(stored) != host(baseURL)
  }
}

extension ChangeSet {
  mutating func append(_ other: ChangeSet) { append(other.edits) }
}

/// Taking a provider out of every file, in the order that keeps it from coming back: Cline's
/// migration adds a provider again while its secret remains or it is selected.
package struct ProviderRemoval: Sendable {
  /// The slot to empty.
  package let slot: ProviderSlot

  /// A removal of what stands in a slot.
  package init(slot: ProviderSlot) { self.slot = slot }

  /// The edits on top of what is stored.
  package func changes(on snapshot: Snapshot) -> ChangeSet {
    var changes = ChangeSet()
    changes.removesReferencesFirst = true
    let state = snapshot[.globalState].document
    let ids = Set([slot.legacyID].compactMap(\.self) + slot.ids)
    for mode in Mode.allCases {
      let providerPointer = JSONPointer(tokens: [mode.providerKey])
      let isSelected = state?[providerPointer]?.string.map { ids.contains($0) } ?? false
      if isSelected { changes.remove(from: .globalState, at: providerPointer) }
      // The generic model key belongs to whichever provider is selected.
      if slot.modelSuffix != "ApiModelId" || isSelected {
        changes.remove(from: .globalState, at: JSONPointer(tokens: [slot.modelKey(mode)]))
      }
      if case .knownOrMarked(let suffix) = slot.traits.legacy.models {
        changes.remove(from: .globalState, at: JSONPointer(tokens: [JSONKey(mode.prefix + suffix)]))
      }
      if let info = slot.modelInfoSuffix {
        changes.remove(from: .globalState, at: JSONPointer(tokens: [JSONKey(mode.prefix + info)]))
      }
    }
    var keys = [slot.baseURLKey, slot.apiLineKey].compactMap(\.self)
    if slot.isOpenAICompatible {
      keys += ["openAiHeaders", "azureApiVersion", "azureIdentity"]
    }
    if slot.isSignedByCloud {
      // Cline's migration adds the provider again while one of them is there.
      keys += CloudSetting.all(of: slot).map(\.stateKey.text)
      if slot.authentication == .aws { keys += ["awsAuthentication", "awsUseProfile"] }
    }
    for key in keys {
      changes.remove(from: .globalState, at: JSONPointer(tokens: [JSONKey(key)]))
    }
    for secret in slot.ownSecretKeys {
      changes.remove(from: .secrets, at: JSONPointer(tokens: [JSONKey(secret)]))
      // A key that somebody put into the wrong file.
      changes.remove(from: .globalState, at: JSONPointer(tokens: [JSONKey(secret)]))
    }
    let providers = snapshot[.providers].document
    func isOurs(_ pointer: JSONPointer) -> Bool {
      providers?[pointer]?.string.map { slot.ids.contains($0) } ?? false
    }
    if isOurs("/lastUsedProvider") { changes.remove(from: .providers, at: "/lastUsedProvider") }
    if isOurs("/modes/voiceInput/providerId") {
      changes.remove(from: .providers, at: "/modes/voiceInput")
    }
    for id in slot.ids {
      let entry = JSONPointer.root.appending("providers").appending(JSONKey(id))
      changes.remove(from: .providers, at: entry)
      changes.remove(from: .models, at: entry)
    }
    return changes
  }
}
