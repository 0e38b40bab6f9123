import LosslessJSON

/// A snapshot as Cline's code sees it: broken files are empty, `null` is unset.
struct ClineView {
  let snapshot: Snapshot
  let variables: [String: String]
  private let documents: [SettingsFile: JSONDocument]

  init(snapshot: Snapshot, variables: [String: String]) {
    self.snapshot = snapshot
    self.variables = variables
    var documents: [SettingsFile: JSONDocument] = [:]
    for file in SettingsFile.allCases { documents[file] = snapshot.readable(file) }
    self.documents = documents
  }

  func value(_ file: SettingsFile, pointer: JSONPointer) -> JSONValue? {
    documents[file]?[pointer].flatMap { $0 == .null ? nil : $0 }
  }

  /// A string that is not empty.
  func text(_ file: SettingsFile, _ pointer: JSONPointer) -> String? {
    documents[file]?.nonEmptyString(at: pointer)
  }

  func state(_ key: JSONKey?) -> String? {
    key.flatMap { text(.globalState, JSONPointer(tokens: [$0])) }
  }

  /// A place in `globalState.json`, where something stands there.
  func place(_ key: JSONKey?) -> StorePlace? {
    guard let key, state(key) != nil else { return nil }
    return StorePlace(.globalState, JSONPointer(tokens: [key]))
  }

  func secret(_ key: String?) -> EffectiveRequest.Key? {
    guard let key else { return nil }
    let pointer = JSONPointer(tokens: [JSONKey(key)])
    return text(.secrets, pointer).map {
      EffectiveRequest.Key(value: Secret($0), source: .store(.secrets, pointer))
    }
  }

  /// The first of a provider's variables that is set.
  func variable(of slot: ProviderSlot) -> EffectiveRequest.Key? {
    for name in slot.variables {
      if let value = variables[name], !value.isEmpty {
        return EffectiveRequest.Key(value: Secret(value), source: .variable(name))
      }
    }
    return nil
  }

  /// The provider of a mode, as the file spells it. Cline's default is OpenRouter, never the
  /// other mode's provider.
  func provider(_ mode: Mode) -> String { state(mode.providerKey) ?? "openrouter" }
}

/// Where the request of a provider goes, from its protocol.
enum RequestURL {
  static func chat(_ wireProtocol: ProviderSlot.WireProtocol?, base: String, model: String)
    -> String
  {
    let base = base.hasSuffix("/") ? String(base.dropLast()) : base
    return switch wireProtocol {
    case .anthropic: base + "/messages"
    case .openAIResponses: base + "/responses"
    case .gemini: base + "/models/" + model + ":streamGenerateContent"
    case .ollama: base + "/api/chat"
    default: base + "/chat/completions"
    }
  }
}
