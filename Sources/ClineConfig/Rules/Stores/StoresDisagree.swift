import LosslessJSON

/// STORE503: two truths.
struct StoresDisagree: MachineRule {
  static let documentation = RuleDocumentation(
    .storesDisagree, name: "stores-disagree", severity: .error,
    summary: "VS Code's files and providers.json hold different values for the same provider.",
    rationale:
      "`cline auth` changes only providers.json, and VS Code's settings page never changes what "
      + "the CLI used last: then one client works and the other answers 401. Headers and Azure's "
      + "version count too, and a region's line.",
    exceptions:
      "Plan and act mode may have different models; files without modes may follow either. Of a "
      + "provider that nobody selected nothing is said.",
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
      let names = own.reduce(into: [String]()) { found, next in
        if !found.contains(next.name) { found.append(next.name) }
      }
      let list =
        names.count > 1
        ? names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "") : names.joined()
      let both = own.count == 1 ? Self.values(own[0], machine, catalog) : ""
      // Some of them are many.
      let article = names.first?.hasSuffix("s") == true ? "" : "a "
      return finding(
        "VS Code and the CLI have \(article)different \(list) for \(slot.name)\(both)",
        at: own.flatMap(\.places), severity: own.allSatisfy(\.isMild) ? .warning : .error,
        fix: .advice(
          "make all clients agree:\(machine.step(settingUp: slot, catalog, newKey: own.contains { $0.part == .key }))"
        ))
    }
  }

  /// ` (A / B)` of the two values, as they may be shown.
  private static func values(
    _ disagreement: StoresDisagreement, _ machine: Machine, _ catalog: ProviderCatalog
  ) -> String {
    let shown = disagreement.places.compactMap { place in
      machine.main.readable(place.file)?[place.pointer]?.string.map {
        disagreement.part == .key ? catalog.masked(Secret($0)) : catalog.withoutSecrets($0)
      }
    }
    return shown.count == 2 ? " (\(shown[0]) / \(shown[1]))" : ""
  }

  /// What VS Code's files and `providers.json` both hold of a selected provider, and differently: all
  /// that is sent. Files without modes may follow either.
  static func disagreements(in snapshot: Snapshot) -> [StoresDisagreement] {
    guard let document = snapshot.readable(.providers),
      let entries = document["/providers"]?.object
    else { return [] }
    let state = snapshot.readable(.globalState)
    func text(_ key: JSONKey) -> String? {
      state?.nonEmptyString(at: JSONPointer(tokens: [key]))
    }
    let selected = Mode.allCases.filter { text($0.providerKey) != nil }
    var found: [StoresDisagreement] = []
    for slot in ProviderSlot.legacy {
      guard let settings = entries[JSONKey(slot.sdkID)]?["settings"] else { continue }
      let modes = selected.filter {
        text($0.providerKey).map(ProviderSlot.normalizedStateID) == slot.sdkID
      }
      // Of a provider that nobody chose, nothing is sent.
      guard !modes.isEmpty || document["/lastUsedProvider"]?.string == slot.sdkID else { continue }
      let place = JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings"])
      func compare(
        _ part: Judgement.Evidence.Part, _ file: SettingsFile, _ key: JSONKey?, _ field: JSONKey,
        as read: (String) -> String = { $0 }
      ) {
        guard let key else { return }
        let own = StorePlace(file, JSONPointer(tokens: [key]))
        guard let mine = snapshot.readable(file)?.nonEmptyString(at: own.pointer),
          let theirs = settings[field]?.string, !theirs.isEmpty, read(mine) != read(theirs)
        else { return }
        found.append(
          StoresDisagreement(
            slot: slot, part: part, name: part.name,
            places: [own, StorePlace(.providers, place.appending(field))]))
      }
      compare(.baseURL, .globalState, slot.baseURLKey.map { JSONKey($0) }, "baseUrl") {
        slot.address($0)
      }
      if !slot.sharesSecret {
        compare(.key, .secrets, slot.secretKey.map { JSONKey($0) }, "apiKey", as: JavaScript.trim)
      }
      if let key = slot.apiLineKey.map({ JSONKey($0) }), !modes.isEmpty {
        compareLines(of: slot, text(key), settings["apiLine"]?.string, at: place, &found)
      }
      // Cline's own sign-ins replace ids that they do not know.
      let models = modes.compactMap { text(slot.modelKey($0)) }
      if slot.authentication != .oauth, let theirs = settings["model"]?.string, !theirs.isEmpty,
        modes.contains(.act), !models.isEmpty, !models.contains(theirs)
      {
        found.append(
          StoresDisagreement(
            slot: slot, part: .model, name: Judgement.Evidence.Part.model.name,
            places: [
              StorePlace(.globalState, JSONPointer(tokens: [slot.modelKey(.act)])),
              StorePlace(.providers, place.appending("model")),
            ]))
      }
      if slot.isOpenAICompatible, !modes.isEmpty {
        compareCompanions(of: slot, in: snapshot, with: settings, at: place, &found)
      }
    }
    return found
  }

  /// A line of `globalState.json` alone does not reach the SDK's clients.
  private static func compareLines(
    of slot: ProviderSlot, _ mine: String?, _ theirs: String?, at place: JSONPointer,
    _ found: inout [StoresDisagreement]
  ) {
    func address(_ line: String?) -> String? {
      line.flatMap { slot.apiLines[$0] } ?? slot.defaultBaseURL
    }
    guard address(mine) != address(theirs), let key = slot.apiLineKey else { return }
    found.append(
      StoresDisagreement(
        slot: slot, part: .baseURL, name: "line",
        places: [
          StorePlace(.globalState, JSONPointer(tokens: [JSONKey(key)])),
          StorePlace(.providers, place.appending("apiLine")),
        ]))
  }

  /// Headers, Azure's version and the time to wait, which Cline's own settings page keeps twice.
  private static func compareCompanions(
    of slot: ProviderSlot, in snapshot: Snapshot, with settings: JSONValue, at place: JSONPointer,
    _ found: inout [StoresDisagreement]
  ) {
    let state = snapshot.readable(.globalState)
    func add(_ name: String, _ key: JSONPointer, _ other: JSONPointer, isMild: Bool = false) {
      found.append(
        StoresDisagreement(
          slot: slot, part: .setup, name: name, isMild: isMild,
          places: [StorePlace(.globalState, key), StorePlace(.providers, other)]))
    }
    func headers(_ value: JSONValue?) -> [String: String] {
      var found: [String: String] = [:]
      for (name, value) in value?.object ?? [:] { found[name.text.lowercased()] = value.string }
      return found
    }
    if headers(state?["/openAiHeaders"]) != headers(settings["headers"]) {
      add("headers", "/openAiHeaders", place.appending("headers"))
    }
    let version = state?.nonEmptyString(at: "/azureApiVersion").map(JavaScript.trim)
    let other = settings["azure"]?["apiVersion"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    if version != other {
      add(
        "Azure version", "/azureApiVersion",
        place.appending("azure").appending("apiVersion"))
    }
    if let mine = state?["/requestTimeoutMs"]?.number, let theirs = settings["timeout"]?.number,
      mine.double != theirs.double
    {
      add("timeout", "/requestTimeoutMs", place.appending("timeout"), isMild: true)
    }
  }
}

extension ProviderSlot {
  /// An address as every client reads it: white space and final slashes aside, and for Ollama what its
  /// clients drop.
  fileprivate func address(_ text: String) -> String {
    var address = JavaScript.trim(text)
    while address.hasSuffix("/") { address.removeLast() }
    return bareAddress(address)
  }
}

/// One value that two files hold differently.
package struct StoresDisagreement: Hashable, Sendable {
  /// The provider.
  package let slot: ProviderSlot
  /// What differs.
  package let part: Judgement.Evidence.Part
  /// Its name for people.
  package let name: String
  /// Whether requests work with either.
  var isMild = false
  /// Where the two values stand.
  package let places: [StorePlace]
}

extension Snapshot {
  /// What VS Code's files and `providers.json` both hold, and differently.
  package var disagreements: [StoresDisagreement] { StoresDisagree.disagreements(in: self) }
}
