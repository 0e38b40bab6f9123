import LosslessJSON

/// STORE503: two truths.
struct StoresDisagree: MachineRule {
  static let documentation = RuleDocumentation(
    .storesDisagree, name: "stores-disagree", severity: .error,
    summary: "VS Code's files and providers.json hold different values for the same provider.",
    rationale:
      "`cline auth` changes only providers.json, and VS Code's settings page never changes what "
      + "the CLI used last: then one client works and the other answers 401.",
    exceptions:
      "Plan and act mode may have different models; files without modes follow act mode.",
    examples: [
      .accepts(
        MachineExample([
          .globalState:
            #"{"actModeApiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1"}"#,
          .providers:
            #"{"version":1,"providers":{"openai-compatible":{"settings":{"provider":"openai-compatible","baseUrl":"https://api.rutaapi.com/v1"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#,
        ])),
      .flags(
        MachineExample([
          .globalState:
            #"{"actModeApiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1"}"#,
          .secrets: #"{"openAiApiKey":"invented-key-0001"}"#,
          .providers:
            #"{"version":1,"providers":{"openai-compatible":{"settings":{"provider":"openai-compatible","baseUrl":"https://openrouter.ai/api/v1","apiKey":"invented-key-0002"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#,
        ])),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let all = Self.disagreements(in: machine.main)
    var slots: [ProviderSlot] = []
    for disagreement in all where !slots.contains(disagreement.slot) {
      slots.append(disagreement.slot)
    }
    return slots.map { slot in
      let own = all.filter { $0.slot == slot }
      let parts = own.map(\.part.name)
      let list =
        parts.count > 1
        ? parts.dropLast().joined(separator: ", ") + " and " + (parts.last ?? "") : parts.joined()
      return finding(
        "VS Code's files and providers.json hold a different \(list) for \(slot.name)",
        at: own.flatMap(\.places),
        fix: .advice(
          "set what is right everywhere: \(machine.step(settingUp: slot, catalog, newKey: own.contains { $0.part == .key }))"
        ))
    }
  }

  /// What VS Code's files and `providers.json` both hold, and differently. Of the two models the
  /// act mode's counts.
  static func disagreements(in snapshot: Snapshot) -> [StoresDisagreement] {
    guard let entries = snapshot.readable(.providers)?["/providers"]?.object else { return [] }
    var found: [StoresDisagreement] = []
    for slot in ProviderSlot.legacy {
      guard let settings = entries[JSONKey(slot.sdkID)]?["settings"] else { continue }
      let place = JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings"])
      func compare(
        _ part: Judgement.Evidence.Part, _ file: SettingsFile, _ key: JSONKey?, _ field: JSONKey
      ) {
        guard let key else { return }
        let own = StorePlace(file, JSONPointer(tokens: [key]))
        let other = StorePlace(.providers, place.appending(field))
        guard let mine = snapshot.readable(file)?[own.pointer]?.string, !mine.isEmpty,
          let theirs = settings[field]?.string, !theirs.isEmpty, mine != theirs
        else { return }
        found.append(StoresDisagreement(slot: slot, part: part, places: [own, other]))
      }
      compare(.baseURL, .globalState, slot.baseURLKey.map { JSONKey($0) }, "baseUrl")
      if !slot.sharesSecret {
        compare(.key, .secrets, slot.secretKey.map { JSONKey($0) }, "apiKey")
      }
      let selected = snapshot.readable(.globalState)?[
        JSONPointer(tokens: [Mode.act.providerKey])]?.string
      if selected == slot.legacyID { compare(.model, .globalState, slot.modelKey(.act), "model") }
    }
    return found
  }
}

/// One value that two files hold differently.
package struct StoresDisagreement: Hashable, Sendable {
  /// The provider.
  package let slot: ProviderSlot
  /// What differs.
  package let part: Judgement.Evidence.Part
  /// Where the two values stand.
  package let places: [StorePlace]
}

extension Snapshot {
  /// What VS Code's files and `providers.json` both hold, and differently.
  package var disagreements: [StoresDisagreement] { StoresDisagree.disagreements(in: self) }
}

extension Machine {
  /// The step that sets up what stands in a slot.
  func step(settingUp slot: ProviderSlot, _ catalog: ProviderCatalog, newKey: Bool = false)
    -> Advice.Step
  {
    let settings = JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings"])
    func text(_ file: SettingsFile, _ pointer: JSONPointer) -> String? {
      main.readable(file)?.nonEmptyString(at: pointer)
    }
    let url =
      slot.baseURLKey.flatMap { text(.globalState, JSONPointer(tokens: [JSONKey($0)])) }
      ?? text(.providers, settings.appending("baseUrl"))
    let stored =
      text(.globalState, JSONPointer(tokens: [slot.modelKey(.act)]))
      ?? text(.providers, settings.appending("model"))
    let model = stored.flatMap { catalog.looksLikeKey($0) ? nil : $0 }
    guard ProviderSlot.isCompatible(slot.sdkID) else {
      let id = catalog.providers(ofSlot: slot.sdkID).first?.id ?? slot.sdkID
      return .setUp(id, model: model, newKey: newKey)
    }
    if let owner = catalog.evidence(ofBaseURL: url)?.providers.first.flatMap({ catalog[$0] }) {
      return .setUp(owner.id, model: model, newKey: newKey)
    }
    // What should not be in an address is not repeated.
    let clean = url.flatMap { BaseURL($0) }.flatMap {
      $0.userInfo == nil && $0.query == nil && $0.fragment == nil ? $0.description : nil
    }
    return .setUp("custom", baseURL: clean, model: model, newKey: newKey)
  }
}
