import ClineConfig
import CommandLineTool

/// Where a provider goes: which slot of Cline's, with which Base URL.
struct Target {
  var slot: ProviderSlot
  /// `nil`: Cline's own default in that slot.
  var baseURL: String?
  var apiLine: String?

  var isCompatible: Bool { slot.sdkID == ProviderSlot.openAICompatible.sdkID }

  init(_ provider: Provider, _ named: String?, _ notes: inout [String]) throws {
    slot = provider.slot
    var url = named
    if let text = named {
      let trimmed = text.trimmed
      if trimmed != text { notes.append("white space around the Base URL was dropped") }
      url = trimmed
      if var parts = BaseURL(trimmed), parts.path.hasSuffix("/"), parts.query == nil,
        parts.fragment == nil
      {
        while parts.path.hasSuffix("/") { parts.path.removeLast() }
        url = parts.description
        notes.append("the slash at the end of the Base URL was dropped")
      }
    }
    guard let url else {
      if provider.kind == .custom {
        throw Failure(
          .usage, "custom needs --base-url", help: "pass the root of the API, usually ending in /v1"
        )
      }
      baseURL = provider.usesCompatibleSlot ? provider.compatibleRoots.first?.url : nil
      return
    }
    baseURL = url
    if provider.usesCompatibleSlot { return }
    if url == slot.defaultBaseURL || provider.kind == .local && url == provider.roots.first?.url {
      baseURL = nil
    } else if let line = slot.apiLines.first(where: { $0.value == url })?.key {
      (apiLine, baseURL) = (line, nil)
    } else if slot.baseURLKey == nil {
      notes.append(
        "\(provider.name)'s own slot in Cline has no Base URL, so it goes to the OpenAI-compatible one"
      )
      slot = .openAICompatible
    }
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
    guard slot.sdkID == ProviderSlot.openAICompatible.sdkID else { return true }
    let stored =
      text(.globalState, "/openAiBaseUrl") ?? text(.providers, settings.appending("baseUrl"))
    guard let host = stored.flatMap({ BaseURL($0.trimmed) })?.host else { return false }
    if provider.kind == .custom { return host == baseURL.flatMap { BaseURL($0) }?.host }
    return provider.roots.contains { BaseURL($0.url)?.host == host }
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
    where !(slot.sdkID == "lmstudio" && file == .secrets) {
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
