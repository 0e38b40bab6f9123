import ClineConfig
import CommandLineTool

/// Where a provider goes: which slot of Cline's, with which Base URL.
struct Target {
  var slot: ProviderSlot
  /// `nil`: Cline's own default in that slot.
  var baseURL: String?
  var apiLine: String?

  var isCompatible: Bool { slot.isOpenAICompatible }

  init(_ provider: Provider, _ named: String?, _ notes: inout [StyledText]) throws {
    guard provider.isSettable else {
      throw Failure(
        .usage, "Cline cannot be pointed at \(provider.name) from outside",
        help: "clinecfg providers \(provider.id) tells what is known of it")
    }
    slot = provider.slot
    guard let named else {
      if provider.usesCompatibleSlot, provider.compatibleRoot == nil {
        let template = provider.compatibleRoots.first?.url
        throw Failure(
          .usage, "\(provider.kind == .custom ? "custom" : provider.name) needs --base-url",
          help: template.map { "pass \($0), with your own part filled in" }
            ?? "pass the root of the API, usually ending in /v1")
      }
      baseURL = provider.usesCompatibleSlot ? provider.compatibleRoot : nil
      if !provider.usesCompatibleSlot, provider.line == nil, let root = provider.roots.first?.url,
        let known = slot.defaultBaseURL, !provider.roots.contains(where: { $0.url == known }),
        slot.baseURLKey != nil
      {
        // Somebody else's slot by nature, such as a cloud in the slot of its local server.
        baseURL = root
        var quiet: [StyledText] = []
        try fitOwnSlot(root, provider, &quiet)
      }
      apiLine = provider.line.flatMap {
        slot.apiLines[$0] == nil || slot.apiLines[$0] == slot.defaultBaseURL ? nil : $0
      }
      return
    }
    guard !named.trimmed.isEmpty else {
      throw Failure(.usage, "--base-url is empty", help: "pass an address, or leave it out")
    }
    let url = Self.trimmed(named, &notes)
    baseURL = url
    if provider.usesCompatibleSlot { return }
    try fitOwnSlot(url, provider, &notes)
  }

  /// White space and a final slash are dropped, with a note.
  private static func trimmed(_ text: String, _ notes: inout [StyledText]) -> String {
    let trimmed = text.trimmed
    if trimmed != text { notes.append("white space around the Base URL was dropped") }
    guard var parts = BaseURL(trimmed), parts.path.hasSuffix("/"), parts.query == nil,
      parts.fragment == nil
    else { return trimmed }
    while parts.path.hasSuffix("/") { parts.path.removeLast() }
    notes.append("the slash at the end of the Base URL was dropped")
    return parts.description
  }

  /// An address in a slot of the provider's own: as its line or default, in the form that all
  /// clients read there, or else in the OpenAI-compatible slot.
  private mutating func fitOwnSlot(
    _ url: String, _ provider: Provider, _ notes: inout [StyledText]
  ) throws {
    if let line = slot.apiLines.first(where: { $0.value == url })?.key {
      (apiLine, baseURL) = (line == provider.line || provider.line == nil ? line : nil, nil)
      if slot.apiLines[line] == slot.defaultBaseURL { apiLine = nil }
      return
    }
    if let form = slot.addressEnding, var parts = BaseURL(url) {
      let bare = Self.withoutVersion(parts.path)
      parts.path = bare + form
      if parts.description != url {
        notes.append("Cline's \(slot.name) slot wants the Base URL as \(parts.description)")
      }
      baseURL = parts.description
      let own = [slot.defaultBaseURL, provider.roots.first?.url].compactMap(\.self)
      if provider.kind == .local,
        own.contains(parts.description) || own.contains(parts.description + "/v1")
      {
        baseURL = nil
      }
      return
    }
    let isDefault =
      url == slot.defaultBaseURL
      || provider.roots.contains { $0.url == url && $0.wireProtocol == slot.wireProtocol }
        && BaseURL(url)?.host == slot.defaultBaseURL.flatMap { BaseURL($0) }?.host
        && url == provider.roots.first { $0.wireProtocol == slot.wireProtocol }?.url
    if isDefault {
      baseURL = nil
    } else if slot.baseURLKey == nil || slot.wireProtocol != .openAIChat {
      notes.append(
        "\(provider.name)'s own slot in Cline does not take that Base URL, so it goes to the "
          + "OpenAI-compatible one")
      slot = .openAICompatible
    }
  }

  private static func withoutVersion(_ path: String) -> String {
    var path = path
    for ending in ["/api/v0", "/v1", "/api"] where path.hasSuffix(ending) {
      path.removeLast(ending.count)
      break
    }
    return path
  }
}

/// What stands in a slot now.
struct StoredSetup {
  let snapshot: Snapshot
  let slot: ProviderSlot
  let catalog: ProviderCatalog

  private func text(_ file: SettingsFile, _ pointer: JSONPointer) -> String? {
    snapshot[file].document?[pointer]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
  private var settings: JSONPointer {
    JSONPointer.root.appending("providers").appending(JSONKey(slot.sdkID)).appending("settings")
  }

  /// Whether the slot points at this provider: a native slot always does, the compatible one by
  /// the host of its Base URL.
  func belongs(to provider: Provider, baseURL: String?) -> Bool {
    guard slot.isOpenAICompatible else {
      // Two regions share a slot: its line tells them apart.
      let line = slot.apiLineKey.flatMap {
        text(.globalState, JSONPointer.root.appending(JSONKey($0)))
      }
      let defaultLine = slot.apiLines.first { $0.value == slot.defaultBaseURL }?.key
      return provider.line == nil || (line ?? defaultLine ?? provider.line) == provider.line
    }
    let stored =
      text(.globalState, "/openAiBaseUrl") ?? text(.providers, settings.appending("baseUrl"))
    guard let host = stored.flatMap({ BaseURL($0.trimmed) })?.host else { return false }
    if provider.kind == .custom { return host == baseURL.flatMap { BaseURL($0) }?.host }
    if provider.kind == .selfHosted { return host == baseURL.flatMap { BaseURL($0) }?.host }
    return catalog.isAPIHost(host, of: provider)
  }

  var baseURL: String? {
    slot.baseURLKey.flatMap { text(.globalState, JSONPointer.root.appending(JSONKey($0))) }
      ?? text(.providers, settings.appending("baseUrl"))
  }

  var apiLine: String? {
    slot.apiLineKey.flatMap { text(.globalState, JSONPointer.root.appending(JSONKey($0))) }
      ?? text(.providers, settings.appending("apiLine"))
  }

  /// Whatever stands in the place of the key.
  var anyKey: Secret? {
    let secret = slot.sharesSecret ? nil : slot.secretKey
    return
      (secret.flatMap { text(.secrets, JSONPointer.root.appending(JSONKey($0))) }
      ?? text(.providers, settings.appending("apiKey"))).map { Secret($0) }
  }

  var headers: JSONObject? {
    (slot.isOpenAICompatible
      ? snapshot[.globalState].document?["/openAiHeaders"]?.object : nil)
      ?? snapshot[.providers].document?[settings.appending("headers")]?.object
  }

  /// Tokens, of `contextWindow` or `maxTokens`.
  func limit(_ name: JSONKey) -> Int? {
    snapshot[.providers].document?[settings.appending(name)]?.number?.exactly(as: Int.self)
  }

  func model(_ mode: Mode) -> String? {
    let selected = text(.globalState, JSONPointer.root.appending(mode.providerKey))
    let isSelected = selected == slot.legacyID || selected == slot.sdkID
    if isSelected, let model = text(.globalState, JSONPointer.root.appending(slot.modelKey(mode))) {
      return model
    }
    return text(.providers, settings.appending("model"))
  }

  /// The stored key, unless it proves to be another provider's.
  func key(_ provider: Provider) -> SourcedKey? {
    let secret = slot.secretKey.map { JSONPointer.root.appending(JSONKey($0)) }
    let places = [
      secret.map { (SettingsFile.secrets, $0) }, (.providers, settings.appending("apiKey")),
    ]
    for (file, pointer) in places.compactMap(\.self)
    where !(slot.ignoresStoredSecret && file == .secrets) {
      guard let key = text(file, pointer), key != Triple.keyForKeyless || provider.kind == .custom
      else { continue }
      if let owner = catalog.owner(ofKey: key), provider.kind != .custom, owner.id != provider.id {
        continue
      }
      return SourcedKey(value: Secret(key), source: .store(file, pointer))
    }
    return nil
  }
}
