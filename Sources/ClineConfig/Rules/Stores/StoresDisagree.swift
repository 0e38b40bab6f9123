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
      return finding(
        "VS Code's files and providers.json hold a different \(list) for \(slot.name)",
        at: own.flatMap(\.places), severity: own.allSatisfy(\.isMild) ? .warning : .error,
        fix: .advice(
          "set what is right everywhere: \(machine.step(settingUp: slot, catalog, newKey: own.contains { $0.part == .key }))"
        ))
    }
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
    guard let ending = traits.addressEnding else { return address }
    for known in ["/v1", "/api"] where address.hasSuffix(known) && known != ending {
      address.removeLast(known.count)
      break
    }
    return address.hasSuffix(ending) ? String(address.dropLast(ending.count)) : address
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
      let own = catalog.providers(ofSlot: slot.sdkID)
      let here = url.flatMap { BaseURL(JavaScript.trim($0)) }
      let isOwn = here.map { url in
        url.isPrivate ? nil : own.first { catalog.isAPIHost(url.host, of: $0) }
      }
      // Never a cloud's for a server of one's own, and never a vendor's for a gateway's key.
      let local = own.first { $0.kind == .local } ?? own.first { $0.id == slot.sdkID }
      let line = slot.apiLineKey.flatMap { text(.globalState, JSONPointer(tokens: [JSONKey($0)])) }
      let provider =
        (isOwn ?? nil)
        ?? (here == nil
          ? own.first { line != nil && $0.line == line } ?? local ?? own.first
          : here?.isPrivate == true ? own.first(where: \.isAnywhere) : nil)
      guard let provider else {
        return .setUp("custom", baseURL: here.map(\.withoutQuery), model: model, newKey: newKey)
      }
      let isUsual = here.map { url in
        provider.roots.contains { $0.fit(of: url) == .exact } || url.isLoopback
      }
      return .setUp(
        provider.id, baseURL: isUsual == false ? here?.withoutQuery : nil, model: model,
        newKey: newKey)
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
