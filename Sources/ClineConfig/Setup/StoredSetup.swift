import LosslessJSON

/// What stands in a slot now.
package struct StoredSetup {
  let snapshot: Snapshot
  package let slot: ProviderSlot
  let catalog: ProviderCatalog

  /// What a snapshot holds of a slot.
  package init(_ slot: ProviderSlot, in snapshot: Snapshot, catalog: ProviderCatalog) {
    self.slot = slot
    self.snapshot = snapshot
    self.catalog = catalog
  }

  private func text(_ file: SettingsFile, _ pointer: JSONPointer) -> String? {
    snapshot[file].document?.nonEmptyString(at: pointer)
  }
  private func state(_ key: String?) -> String? {
    key.flatMap { text(.globalState, JSONPointer(tokens: [JSONKey($0)])) }
  }
  private var settings: JSONPointer {
    JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings"])
  }

  /// Whether the slot points at this provider: a native slot always does, the compatible one by
  /// the host of its Base URL.
  package func belongs(to provider: Provider, baseURL: String?) -> Bool {
    guard slot.isOpenAICompatible else {
      // A slot with an address of its own may hold another's server.
      func host(_ url: String?) -> String? {
        (url ?? slot.defaultBaseURL).flatMap { BaseURL($0.trimmed) }?.host
      }
      if slot.baseURLKey != nil, host(self.baseURL) != host(baseURL) { return false }
      // Two regions share a slot: its line tells them apart.
      let defaultLine = slot.apiLines.first { $0.value == slot.defaultBaseURL }?.key
      return provider.line == nil
        || (state(slot.apiLineKey) ?? defaultLine ?? provider.line) == provider.line
    }
    let stored =
      text(.globalState, "/openAiBaseUrl") ?? text(.providers, settings.appending("baseUrl"))
    guard let host = stored.flatMap({ BaseURL($0.trimmed) })?.host else { return false }
    if provider.kind == .custom || provider.kind == .selfHosted {
      return host == baseURL.flatMap { BaseURL($0) }?.host
    }
    return catalog.isAPIHost(host, of: provider)
  }

  /// Whether the OpenAI-compatible slot has no Base URL at all.
  package var isEmpty: Bool {
    snapshot[.globalState].document?["/openAiBaseUrl"]?.string == nil
      && snapshot[.providers].document?["/providers/openai-compatible"] == nil
  }

  package var baseURL: String? {
    (state(slot.baseURLKey) ?? text(.providers, settings.appending("baseUrl"))).map {
      slot.addressForm?.differs == true ? slot.plainAddress($0) : $0
    }
  }

  var apiLine: String? {
    state(slot.apiLineKey) ?? text(.providers, settings.appending("apiLine"))
  }

  /// Whatever stands in the place of the key.
  package var anyKey: Secret? {
    let secret = slot.sharesSecret ? nil : slot.secretKey
    return
      (secret.flatMap { text(.secrets, JSONPointer(tokens: [JSONKey($0)])) }
      ?? text(.providers, settings.appending("apiKey"))).map { Secret($0) }
  }

  var headers: JSONObject? {
    (slot.isOpenAICompatible ? snapshot[.globalState].document?["/openAiHeaders"]?.object : nil)
      ?? snapshot[.providers].document?[settings.appending("headers")]?.object
  }

  /// What is said of a mode's model: what differs from what Cline assumes of any.
  func facts(_ mode: Mode) -> [ModelFact: JSONValue] {
    let entry = snapshot[.providers].document?[settings]
    let info = slot.modelInfoSuffix.flatMap {
      snapshot[.globalState].document?[JSONPointer(tokens: [JSONKey(mode.prefix + $0)])]
    }
    let listed = model(mode).flatMap {
      snapshot[.models].document?[SettingsFile.place(ofModel: $0, of: slot.sdkID)]
    }
    var found: [ModelFact: JSONValue] = [:]
    for fact in ModelFact.allCases {
      // The limit that Cline's own migration writes of any model.
      var values = [fact.modelKey.flatMap { listed?[$0] }].filter {
        fact != .maxInputTokens || $0 != ModelInfo.safeDefaults["contextWindow"]
      }
      if let key = fact.entryKey {
        values = [entry?[key]]
      } else if let key = fact.infoKey, let value = info?[key] {
        values.append(value == ModelInfo.safeDefaults[key] ? nil : value)
      }
      if fact == .reasoningEffort, let effort = entry?["reasoning"]?["effort"] {
        let own = JSONPointer(tokens: [JSONKey(mode.prefix + "ReasoningEffort")])
        values += [snapshot[.globalState].document?[own], effort]
      }
      found[fact] = values.lazy.compactMap(\.self).first(where: fact.kind.accepts)
    }
    return found
  }

  /// Whether a cloud's own means sign now, and no key.
  var isSignedNow: Bool {
    guard slot.isSignedByCloud else { return false }
    return ProviderSlot.CloudAuthentication(word: state("awsAuthentication")) != .key
  }

  /// A cloud's setting.
  func cloud(_ setting: CloudSetting) -> JSONValue? {
    let places =
      [StorePlace(.globalState, JSONPointer(tokens: [setting.stateKey]))]
      + setting.entryPointers.map {
        StorePlace(.providers, JSONPointer(tokens: settings.tokens + $0.tokens))
      }
    return places.lazy.compactMap { snapshot[$0.file].document?[$0.pointer] }
      .first(where: setting.kind.accepts)
  }

  /// The Model ID of a mode; a mode that uses another provider follows `providers.json`.
  package func model(_ mode: Mode) -> String? {
    let selected = text(.globalState, JSONPointer(tokens: [mode.providerKey]))
    let isSelected = selected == slot.legacyID || selected == slot.sdkID
    let own =
      isSelected ? text(.globalState, JSONPointer(tokens: [slot.modelKey(mode)])) : nil
    // A placeholder is nothing to go on with.
    return [own, text(.providers, settings.appending("model"))].lazy.compactMap(\.self).first {
      !Placeholder.isOne($0)
    }
  }

  /// The stored key, unless it proves to be another provider's.
  package func key(of provider: Provider) -> EffectiveRequest.Key? {
    let secret = slot.secretKey.map { StorePlace(.secrets, JSONPointer(tokens: [JSONKey($0)])) }
    let places = [secret, StorePlace(.providers, settings.appending("apiKey"))]
    for place in places.compactMap(\.self)
    where !(slot.ignoresStoredSecret && place.file == .secrets) {
      guard let key = text(place.file, place.pointer),
        key != Triple.keyForKeyless || provider.kind == .custom, Self.isKey(key)
      else { continue }
      if let owner = catalog.owner(ofKey: key), provider.kind != .custom, owner.id != provider.id {
        continue
      }
      return EffectiveRequest.Key(value: Secret(key), source: .store(place.file, place.pointer))
    }
    return nil
  }

  /// Whether it can be a key at all: no placeholder, no address, not as a dashboard shows it.
  private static func isKey(_ text: String) -> Bool {
    let triple = Triple(baseURL: nil, key: Secret(text), model: nil)
    let rules: Set<RuleID> = [.keyPlaceholder, .keyMasked, .notAKey]
    return !RuleSet.standard.findings(in: triple).contains {
      $0.severity == .error && rules.contains($0.rule)
    }
  }
}
