package import LosslessJSON

/// Why the present state cannot be written as a profile.
package enum PresentSetupError: Error, Sendable {
  /// No provider is chosen anywhere.
  case notSetUp(AbsolutePath)
  /// A mode uses a provider that is none of Cline's own.
  case unknownProvider(Mode, String)
  /// A mode uses a provider that cannot be set up from outside.
  case notSettable(Mode, ProviderSlot)
  /// A mode has no Model ID.
  case modelMissing(Mode, Provider)
  /// A mode's provider has no Base URL, and none of its own.
  case addressMissing(Mode, Provider)
  /// A key stands where a profile repeats the value.
  case holdsKey(Judgement.Evidence.Part, provider: String)
}

/// What is set up now, as a profile that would lead to it, keys left out.
package struct PresentSetup {
  private let snapshot: Snapshot
  private let catalog: ProviderCatalog
  private let host: HostEnvironment

  /// Looks at what a snapshot holds.
  package init(of snapshot: Snapshot, catalog: ProviderCatalog, on host: HostEnvironment) {
    self.snapshot = snapshot
    self.catalog = catalog
    self.host = host
  }

  /// The profile, with Cline's own settings.
  package func whole() throws(PresentSetupError) -> Profile {
    let settings = settings
    var profile = Profile([])
    do throws(PresentSetupError) {
      profile = try self.profile()
    } catch {
      // Settings alone are a profile too.
      guard case .notSetUp = error, !settings.isEmpty else { throw error }
    }
    profile.settings = settings
    return profile
  }

  /// The profile, without Cline's own settings.
  package func profile() throws(PresentSetupError) -> Profile {
    var choices: [Profile.Choice] = []
    for mode in Mode.allCases {
      if let choice = try choice(of: mode) { choices.append(choice) }
    }
    guard !choices.isEmpty else { throw .notSetUp(snapshot.locations.dataDirectory) }
    let profile = Profile(choices)
    try refuseSecrets(in: profile)
    return profile
  }

  /// Cline's own settings that differ from what it has by itself.
  package var settings: JSONObject {
    var settings: JSONObject = [:]
    for (setting, value) in snapshot.ownSettings where setting.kind.accepts(value) {
      settings[JSONKey(setting.name)] = value
    }
    return settings
  }

  /// A key in the wrong place must not come into a file that people share.
  private func refuseSecrets(in profile: Profile) throws(PresentSetupError) {
    host.secrets.note(snapshot)
    let redactor = host.redactor(catalog)
    func isKey(_ text: String) -> Bool {
      catalog.looksLikeKey(text) || redactor.cleaned(text) != text
    }
    for choice in profile.choices {
      if choice.models.values.contains(where: isKey) {
        throw .holdsKey(.model, provider: choice.provider)
      }
      if let url = choice.baseURL, isKey(url) {
        throw .holdsKey(.baseURL, provider: choice.provider)
      }
    }
  }

  private func text(_ file: SettingsFile, _ pointer: JSONPointer) -> String? {
    snapshot[file].document?.nonEmptyString(at: pointer)
  }

  private func choice(of mode: Mode) throws(PresentSetupError) -> Profile.Choice? {
    func selection(_ mode: Mode) -> String? {
      text(.globalState, JSONPointer(tokens: [mode.providerKey]))
    }
    // The CLI's own choice counts only where VS Code has none at all.
    let hasSelection = Mode.allCases.contains { selection($0) != nil }
    guard
      let id = selection(mode) ?? (hasSelection ? nil : text(.providers, "/lastUsedProvider"))
    else { return nil }
    guard let slot = ProviderSlot.slot(legacyID: id) ?? ProviderSlot.slot(sdkID: id) else {
      throw .unknownProvider(mode, id)
    }
    let stored = StoredSetup(slot, in: snapshot, catalog: catalog)
    guard let owner = owner(of: stored) else { throw .notSettable(mode, slot) }
    guard let model = stored.model(mode) ?? slot.defaultModelID else {
      throw .modelMissing(mode, owner.provider)
    }
    if slot.isOpenAICompatible, owner.provider.compatibleRoot == nil, owner.baseURL == nil {
      throw .addressMissing(mode, owner.provider)
    }
    var choice = Profile.Choice(
      provider: owner.provider.id, modes: [mode], models: [mode: model])
    choice.baseURL = owner.baseURL.map(Self.bare)
    choice.slot = owner.slot
    if let key = stored.anyKey {
      let isWord = key.reveal() == Triple.keyForKeyless
      // A server of one's own is asked without a key; the word is Cline's.
      choice.key = !isWord ? .keep : slot.authentication == .local ? nil : .notNeeded
    }
    choice.headers = headers(of: stored)
    choice.facts = stored.facts(mode)
    for setting in CloudSetting.all(of: slot) { choice.cloud[setting] = stored.cloud(setting) }
    return choice
  }

  private struct Owner {
    let provider: Provider
    var baseURL: String?
    var slot: String?
  }

  /// Whose a slot is: the provider that a set-up would put there just so, with as few words as are
  /// enough.
  private func owner(of stored: StoredSetup) -> Owner? {
    func leadsHere(_ owner: Owner) -> Bool {
      let target = try? SetupTarget(
        owner.provider, baseURL: owner.baseURL, slot: owner.slot, in: catalog)
      guard let target else { return false }
      return target.slot == stored.slot && target.baseURL == stored.baseURL
        && target.apiLine == stored.apiLine
    }
    let candidates = catalog.providers.filter { $0.isSettable && $0.slot == stored.slot }
    let own = candidates.filter { $0.id == stored.slot.sdkID } + candidates
    let named = own.map { Owner(provider: $0) }.first(where: leadsHere)
    if let named { return named }
    let url = stored.baseURL
    let here = catalog.provider(of: Triple(slotID: stored.slot.sdkID, baseURL: url))
    let slot = stored.slot.sdkID
    var ways = candidates.filter { $0.id == here?.id || $0.kind == .custom }.map {
      Owner(provider: $0, baseURL: url)
    }
    if let here, here.slot != stored.slot {
      ways += [Owner(provider: here, slot: slot), Owner(provider: here, baseURL: url, slot: slot)]
    }
    ways += own.map { Owner(provider: $0, baseURL: url) }
    ways.append(Owner(provider: ProviderCatalog.custom, baseURL: url, slot: slot))
    if stored.slot.isOpenAICompatible { return ways.first }
    return ways.first(where: leadsHere) ?? own.first.map { Owner(provider: $0, baseURL: url) }
  }

  /// The stored headers; one that carries a secret becomes a variable's name.
  private func headers(of stored: StoredSetup) -> [Profile.Choice.Header]? {
    guard let object = stored.headers, !object.isEmpty else { return nil }
    return object.map { key, value in
      let text = value.string ?? ""
      guard
        SecretName.mayBeHeader(key.text, value: text)
          || catalog.isSecretHeader(key.text, value: text)
      else {
        return .init(name: key.text, value: .text(text))
      }
      return .init(name: key.text, value: .environment(Self.variable(ofHeader: key.text)))
    }
  }

  /// An address without what can hold a secret.
  private static func bare(_ text: String) -> String {
    guard var url = BaseURL(text), url.userInfo != nil || url.query != nil || url.fragment != nil
    else { return text }
    (url.userInfo, url.query, url.fragment) = (nil, nil, nil)
    return url.description
  }

  /// The variable that a secret header is exported to, where nobody has named one.
  private static func variable(ofHeader name: String) -> String {
    "HEADER_" + String(name.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  /// What somebody must do before a profile of the present state can be applied.
  package func notes(on choices: [Profile.Choice]) -> [Advice] {
    let addresses = choices.compactMap { choice -> String? in
      guard let provider = catalog[choice.provider], choice.baseURL != nil,
        let target = try? SetupTarget(
          provider, baseURL: choice.baseURL, slot: choice.slot, in: catalog)
      else { return nil }
      return StoredSetup(target.slot, in: snapshot, catalog: catalog).baseURL
    }
    var notes: [Advice] = []
    if addresses.contains(where: { Self.bare($0) != $0 }) {
      notes.append("a user name, query or fragment of the Base URL is left out: it can be a secret")
    }
    for choice in choices where choice.key == nil {
      guard let provider = catalog[choice.provider], provider.needsKey,
        !provider.slot.isSignedByCloud
      else { continue }
      notes.append(
        "no key of \(provider.name) is stored: say in the profile where it comes from, or export its variable"
      )
    }
    for header in choices.flatMap({ $0.headers ?? [] }) {
      let variable = Self.variable(ofHeader: header.name)
      let note: Advice =
        "the header \(header.name) may carry a secret: export it as \(variable)"
      if header.value == .environment(variable), !notes.contains(note) { notes.append(note) }
    }
    return notes
  }

  /// Whatever stands in the place of a choice's key.
  ///
  /// - Parameter provingOwner: Whether it must be the provider's, as far as that can be told.
  package func storedKey(of choice: Profile.Choice, provingOwner: Bool = false) -> Secret? {
    guard let provider = catalog[choice.provider],
      let target = try? SetupTarget(
        provider, baseURL: choice.baseURL, slot: choice.slot, in: catalog)
    else { return nil }
    let stored = StoredSetup(target.slot, in: snapshot, catalog: catalog)
    if provingOwner {
      return stored.belongs(to: target.provider, baseURL: target.baseURL)
        ? stored.key(of: target.provider)?.value : nil
    }
    let key = stored.anyKey
    let isWord = key?.reveal() == Triple.keyForKeyless && target.slot.authentication == .local
    return isWord ? nil : key
  }
}

extension ProviderCatalog {
  /// Whether a header carries a secret, by its name or by what its value proves to be.
  package func isSecretHeader(_ name: String, value: String) -> Bool {
    SecretName.isHeader(name)
      || value.split(separator: " ").contains { looksLikeKey(String($0)) }
  }
}
