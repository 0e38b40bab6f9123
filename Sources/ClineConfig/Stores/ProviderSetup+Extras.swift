import LosslessJSON

/// What goes along with a triple: a cloud's own settings, and what is known of the model.
extension ProviderSetup {
  // MARK: Clouds

  /// How requests are signed, where that is said or has to be: Bedrock wants a word for it.
  private func authentication(in snapshot: Snapshot) -> ProviderSlot.CloudAuthentication? {
    guard slot.authentication == .aws else { return nil }
    if key != nil { return .key }
    if cloud[.awsProfile] != nil { return .profile }
    // Without a key a stored profile still signs.
    let word = snapshot[.globalState].document?["/awsAuthentication"]?.string
    return ProviderSlot.CloudAuthentication(word: word) == .profile ? nil : .chain
  }

  func changeCloudState(in snapshot: Snapshot, _ changes: inout ChangeSet) {
    func set(_ value: JSONValue, _ key: JSONKey) {
      changes.set(value, in: .globalState, at: JSONPointer(tokens: [key]))
    }
    for setting in CloudSetting.all(of: slot) {
      if let value = cloud[setting] { set(value, setting.stateKey) }
    }
    guard let authentication = authentication(in: snapshot) else { return }
    set(.string(authentication.stateWord), "awsAuthentication")
    set(.bool(authentication == .profile), "awsUseProfile")
  }

  /// Bedrock's list in the extension from before the SDK has no other model, unless it is said to be
  /// one of the user's own.
  func changeCustomModel(_ model: String, of mode: Mode, in changes: inout ChangeSet) {
    guard case .knownOrMarked(let suffix) = slot.traits.legacy.models else { return }
    changes.set(
      .bool(slot.legacyCatalogue(line: nil)?.contains(model) == false), in: .globalState,
      at: JSONPointer(tokens: [JSONKey(mode.prefix + suffix)]))
  }

  func changeCloudEntry(
    at settings: JSONPointer, in snapshot: Snapshot, _ edits: inout ChangeSet
  ) {
    for setting in CloudSetting.all(of: slot) {
      guard let value = cloud[setting] else { continue }
      for pointer in setting.entryPointers {
        edits.set(
          value, in: .providers, at: JSONPointer(tokens: settings.tokens + pointer.tokens))
      }
    }
    if let authentication = authentication(in: snapshot) {
      edits.set(
        .string(authentication.entryWord), in: .providers,
        at: settings.appending("aws").appending("authentication"))
    }
  }

  // MARK: The model

  /// Tokens, of a limit.
  func tokens(_ fact: ModelFact) -> Int? { facts[fact]?.number?.exactly(as: Int.self) }

  /// The facts as members of an object, by the keys of a file.
  private func members(
    _ key: (ModelFact) -> JSONKey?, of facts: [ModelFact: JSONValue]
  ) -> [(JSONKey, JSONValue)] {
    ModelFact.allCases.compactMap { fact in
      guard let key = key(fact), let value = facts[fact] else { return nil }
      return (key, value)
    }
  }

  /// What `models.json` says of a model, as far as it is not what Cline's migration writes of any.
  func listed(_ model: String, in snapshot: Snapshot) -> [ModelFact: JSONValue] {
    let place = SettingsFile.place(ofModel: model, of: slot.sdkID)
    guard let listed = snapshot[.models].document?[place] else { return [:] }
    var found: [ModelFact: JSONValue] = [:]
    for fact in ModelFact.allCases {
      guard let value = fact.modelKey.flatMap({ listed[$0] }), fact.kind.accepts(value),
        value != ModelInfo.safeDefaults["contextWindow"]
      else { continue }
      found[fact] = value
    }
    return found
  }

  func changeModelInfo(
    _ key: JSONKey, of model: String, in snapshot: Snapshot, modelChanges: Bool,
    changes: inout ChangeSet
  ) {
    let pointer = JSONPointer(tokens: [key])
    let state = snapshot[.globalState].document
    var facts = facts
    // What was said of a model before comes back with it.
    if modelChanges { facts.merge(listed(model, in: snapshot)) { said, _ in said } }
    let known = members(\.infoKey, of: facts)
    guard !known.isEmpty || needsInfo(model) else {
      if modelChanges { changes.remove(from: .globalState, at: pointer) }
      return
    }
    // Cline ignores an info without supportsPromptCache: a new one starts from its defaults.
    var info =
      modelChanges ? ModelInfo.safeDefaults : state?[pointer]?.object ?? ModelInfo.safeDefaults
    if info["supportsPromptCache"]?.bool == nil { info["supportsPromptCache"] = false }
    for (key, value) in known { info[key] = value }
    changes.set(.object(info), in: .globalState, at: pointer)
  }

  /// What `models.json` holds of the models: all of it once something stands there that no entry of
  /// `providers.json` can say.
  func changeStoredModels(in snapshot: Snapshot, _ changes: inout ChangeSet) {
    let known = members(\.modelKey, of: facts)
    guard !known.isEmpty else { return }
    let says = facts.keys.contains { $0.modelKey != nil && $0.entryKey == nil }
    for model in Set(models.values).sorted() {
      let place = SettingsFile.place(ofModel: model, of: slot.sdkID)
      guard says || snapshot[.models].document?[place] != nil else { continue }
      for (key, value) in known { changes.set(value, in: .models, at: place.appending(key)) }
    }
  }

  /// How long a model thinks, which Cline keeps for the provider, and for each mode.
  func changeEffort(of modes: some Sequence<Mode>, _ changes: inout ChangeSet) {
    guard let effort = facts[.reasoningEffort] else { return }
    for mode in modes.sorted(by: { $0.rawValue < $1.rawValue }) {
      changes.set(
        effort, in: .globalState,
        at: JSONPointer(tokens: [JSONKey(mode.prefix + "ReasoningEffort")]))
    }
  }
}
