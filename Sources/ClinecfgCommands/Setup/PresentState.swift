import ClineConfig
import CommandLineTool

extension Context {
  /// The present state as a profile that would lead to it, keys left out.
  func presentProfile(of snapshot: Snapshot) throws -> Profile {
    var choices: [ProviderChoice] = []
    for mode in Mode.allCases {
      if let choice = try presentChoice(of: mode, in: snapshot) { choices.append(choice) }
    }
    guard !choices.isEmpty else {
      throw Failure(
        .noInput, "Cline is not set up in \(snapshot.locations.dataDirectory)",
        help: "clinecfg set-provider PROVIDER sets it up")
    }
    let profile = Profile(choices)
    try refuseSecrets(in: profile, snapshot)
    return profile
  }

  /// A key in the wrong place must not come into a file that people share.
  private func refuseSecrets(in profile: Profile, _ snapshot: Snapshot) throws {
    host.secrets.note(snapshot)
    let redactor = redactor
    for choice in profile.choices {
      let texts = choice.models.values + [choice.baseURL].compactMap(\.self)
      guard
        let text = texts.first(where: { text in
          catalog.looksLikeKey(text) || redactor.cleaned(text) != text
        })
      else { continue }
      throw Failure(
        .refused,
        "\(text == choice.baseURL ? "the Base URL" : "the Model ID") of \(choice.provider) holds a key, which must not stand in a profile",
        help: "clinecfg doctor tells where it stands")
    }
  }

  private func presentChoice(
    of mode: Mode, in snapshot: Snapshot
  ) throws -> ProviderChoice? {
    func text(_ file: SettingsFile, _ pointer: JSONPointer) -> String? {
      snapshot[file].document?[pointer]?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
    // The CLI's own choice counts only where VS Code has none at all.
    let selections = Mode.allCases.map {
      text(.globalState, JSONPointer.root.appending($0.providerKey))
    }
    let selected = text(.globalState, JSONPointer.root.appending(mode.providerKey))
    let fallback =
      selections.allSatisfy { $0 == nil } ? text(.providers, "/lastUsedProvider") : nil
    guard let id = selected ?? fallback else { return nil }
    guard let slot = ProviderSlot.slot(legacyID: id) ?? ProviderSlot.slot(sdkID: id) else {
      throw Failure(
        .noInput, "\(mode.rawValue) mode uses '\(shown(id))', which is no provider of Cline's own",
        help: "a profile can name what clinecfg providers lists")
    }
    let stored = StoredSetup(snapshot: snapshot, slot: slot, catalog: catalog)
    guard let (provider, baseURL) = provider(of: stored) else {
      throw Failure(
        .noInput, "\(mode.rawValue) mode uses \(slot.name), which cannot be set up from outside",
        help: "clinecfg show tells what is stored")
    }
    guard let model = stored.model(mode) ?? slot.defaultModelID else {
      throw Failure(
        .noInput, "no Model ID is stored for \(mode.rawValue) mode",
        help: "clinecfg set-provider \(provider.id) --model ID --mode \(mode.rawValue)")
    }
    var choice = ProviderChoice(provider: provider.id, modes: [mode], models: [mode: model])
    choice.baseURL = baseURL.map(Self.bare)
    if let key = stored.anyKey {
      choice.key = key.reveal() == Triple.keyForKeyless ? .notNeeded : .keep
    }
    choice.headers = headers(of: stored)
    choice.contextWindow = stored.limit("contextWindow")
    choice.maxTokens = stored.limit("maxTokens")
    return choice
  }

  /// Whose a slot is: the provider that `set-provider` would put there just so, without a Base URL if
  /// that is enough.
  private func provider(of stored: StoredSetup) -> (provider: Provider, baseURL: String?)? {
    func leadsHere(_ provider: Provider, _ baseURL: String?) -> Bool {
      var notes: [StyledText] = []
      guard let target = try? Target(provider, baseURL, &notes) else { return false }
      return target.slot == stored.slot && target.baseURL == stored.baseURL
        && target.apiLine == stored.apiLine
    }
    let candidates = catalog.providers.filter { $0.isSettable && $0.slot == stored.slot }
    let own = candidates.filter { $0.id == stored.slot.sdkID } + candidates
    if let provider = own.first(where: { leadsHere($0, nil) }) { return (provider, nil) }
    let byHost = catalog.provider(of: Triple(slotID: stored.slot.sdkID, baseURL: stored.baseURL))
    let provider =
      candidates.first { $0.id == byHost?.id } ?? candidates.first { $0.kind == .custom }
      ?? own.first { leadsHere($0, stored.baseURL) } ?? own.first
    return provider.map { ($0, stored.baseURL) }
  }

  /// The stored headers; one that carries a secret becomes a variable's name.
  private func headers(of stored: StoredSetup) -> [ProviderChoice.Header]? {
    guard let object = stored.headers, !object.isEmpty else { return nil }
    return object.map { key, value in
      let text = value.string ?? ""
      guard
        SecretName.mayBeHeader(key.text, text) || carriesSecret(key.text, text)
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
  func notes(on choices: [ProviderChoice], from snapshot: Snapshot) -> [StyledText] {
    let addresses = choices.compactMap { choice -> String? in
      guard let slot = catalog[choice.provider]?.slot, choice.baseURL != nil else { return nil }
      return StoredSetup(snapshot: snapshot, slot: slot, catalog: catalog).baseURL
    }
    let isCut = addresses.contains { Self.bare($0) != $0 }
    let cut: [StyledText] =
      isCut
      ? ["a user name, query or fragment of the Base URL is left out: it can be a secret"] : []
    let headers = choices.flatMap { $0.headers ?? [] }
    return headers.reduce(into: cut) { notes, header in
      let variable = Self.variable(ofHeader: header.name)
      let note: StyledText =
        "the header \(header.name) may carry a secret: export it as \(variable)"
      if header.value == .environment(variable), !notes.contains(note) { notes.append(note) }
    }
  }

  /// Whatever stands in the place of a choice's key.
  func storedKey(of choice: ProviderChoice, in snapshot: Snapshot) -> Secret? {
    var notes: [StyledText] = []
    guard let provider = catalog[choice.provider],
      let slot = try? Target(provider, choice.baseURL, &notes).slot
    else { return nil }
    return StoredSetup(snapshot: snapshot, slot: slot, catalog: catalog).anyKey
  }
}
