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
    // Behind the provider's own, the AI SDK looks for one by the protocol.
    let library: String? =
      switch slot.spokenProtocol {
      case .anthropic: "ANTHROPIC_API_KEY"
      case .openAIResponses: "OPENAI_API_KEY"
      case .gemini: "GOOGLE_GENERATIVE_AI_API_KEY"
      default: nil
      }
    for name in slot.variables + [library].compactMap(\.self) {
      if let value = self.library(variable: name) {
        return EffectiveRequest.Key(value: Secret(value), source: .variable(name))
      }
    }
    return nil
  }

  /// The provider of a mode, as the file spells it. Cline's default is OpenRouter, never the
  /// other mode's provider.
  func provider(_ mode: Mode) -> String { state(mode.providerKey) ?? "openrouter" }
}

extension Mode {
  func modelKey(of slot: ProviderSlot) -> JSONKey { slot.modelKey(self) }
}

extension ClineView {
  func headers(_ file: SettingsFile, pointer: JSONPointer) -> [String: Secret] {
    var headers: [String: Secret] = [:]
    for (name, value) in value(file, pointer: pointer)?.object ?? [:] {
      headers[name.text] = value.string.map { Secret($0) }
    }
    return headers
  }

  /// A variable that libraries read: trimmed, and set only where something is left.
  func library(variable name: String) -> String? {
    variables[name].map(JavaScript.trim).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A string inside a secret that is a document of its own, such as tokens of a sign-in.
  func signIn(_ secret: JSONKey, _ member: JSONKey) -> EffectiveRequest.Key? {
    let pointer = JSONPointer(tokens: [secret])
    guard let text = text(.secrets, pointer),
      let document = try? JSONDocument(parsing: text.utf8),
      let token = document.nonEmptyString(at: JSONPointer(tokens: [member]))
    else { return nil }
    return EffectiveRequest.Key(value: Secret(token), source: .store(.secrets, pointer))
  }
}
