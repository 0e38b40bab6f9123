package import LosslessJSON

/// Which places of Cline's files hold keys, tokens and headers: the one table, from the slots and
/// from the fields that are typed as secrets.
package enum SecretPlaces {
  /// The fields of an entry's `settings` in `providers.json`; every header may hold a secret. A test holds
  /// them against the schema of Cline's reader.
  static let providerFields: [JSONPointer] = [
    "/apiKey", "/auth/apiKey", "/auth/accessToken", "/auth/refreshToken", "/aws/accessKey",
    "/aws/secretKey", "/aws/sessionToken", "/sap/clientId", "/sap/clientSecret", "/headers",
  ]

  /// The keys of `secrets.json` whose names do not say that they are secret. A test holds them against the
  /// slots: to ask those takes longer than most commands need for the rest.
  static let otherKeys = ["clineAccountId", "cline:clineAccountId"]

  /// Whether what stands at a place is a secret, whatever it is: the place, or one around it, is one of
  /// the table.
  package static func hold(_ pointer: JSONPointer, in file: SettingsFile) -> Bool {
    pointer.tokens.indices.contains {
      begin(at: JSONPointer(tokens: Array(pointer.tokens[...$0])), in: file)
    }
  }

  /// Whether a place is one of the table itself.
  static func begin(at pointer: JSONPointer, in file: SettingsFile) -> Bool {
    guard let last = pointer.tokens.last?.text else { return false }
    if file == .secrets || SecretName.isField(last) || isHeader(pointer) { return true }
    switch file {
    case .providers: return entry(of: pointer).map { isField($0.field) } == true
    // A key of secrets.json in the wrong file is no less one.
    case .globalState: return pointer.tokens.count == 1 && otherKeys.contains(last)
    case .secrets, .models, .globalSettings, .vscode: return false
    }
  }

  /// Whether a place is one of a set of headers: the value of any may be a secret.
  static func isHeader(_ pointer: JSONPointer) -> Bool {
    guard let parent = pointer.tokens.dropLast().last?.text.lowercased() else { return false }
    return parent == "headers" || parent == "openaiheaders"
  }

  /// The entry that a place of `providers.json` belongs to, and where in its settings.
  static func entry(of pointer: JSONPointer) -> (id: String, field: ArraySlice<JSONKey>)? {
    let tokens = pointer.tokens
    guard tokens.count >= 4, tokens[0].text == "providers", tokens[2].text == "settings" else {
      return nil
    }
    return (tokens[1].text, tokens[3...])
  }

  static func isField(_ field: ArraySlice<JSONKey>) -> Bool {
    providerFields.contains { field.starts(with: $0.tokens) }
  }
}

extension ProviderSlot {
  /// The slot that each key of `secrets.json` belongs to. Of several that read it, the one that a key
  /// signs in to, else the first: LM Studio reads Anthropic's, Vertex AI reads Gemini's.
  private static let secretOwners: [(name: String, slot: String)] = {
    var owners: [(name: String, slot: String, isKey: Bool)] = []
    for index in all.indices {
      let isKey = all[index].authentication == .apiKey
      func add(_ name: String) {
        let place = owners.firstIndex { $0.name == name }
        if let place, !owners[place].isKey, isKey {
          owners[place] = (name, all[index].sdkID, true)
        } else if place == nil {
          owners.append((name, all[index].sdkID, isKey))
        }
      }
      if let key = all[index].secretKey { add(key) }
      all[index].otherSecretKeys.forEach(add)
    }
    return owners.map { ($0.name, $0.slot) }
  }()

  private func owns(_ secret: String) -> Bool {
    Self.secretOwners.contains { $0.name == secret && $0.slot == sdkID }
  }

  /// Whether its field in `secrets.json` is another provider's.
  package var sharesSecret: Bool { secretKey.map { !owns($0) } ?? false }

  /// The keys of `secrets.json` that are this provider's and nobody else's.
  package var ownSecretKeys: [String] {
    ([secretKey].compactMap(\.self) + otherSecretKeys).filter(owns)
  }

  /// Whether a place holds this provider's keys, tokens or headers.
  package func isSecretPlace(_ pointer: JSONPointer, in file: SettingsFile) -> Bool {
    let names = pointer.tokens.map(\.text)
    switch file {
    // A key of secrets.json that stands in the state is in the wrong file, and the same provider's.
    case .secrets: return names.count == 1 && ownSecretKeys.contains(names[0])
    case .globalState:
      return names.count == 1 && ownSecretKeys.contains(names[0])
        || isOpenAICompatible && names.first == "openAiHeaders"
          && names.count == 2
    case .providers:
      guard let entry = SecretPlaces.entry(of: pointer), ids.contains(entry.id) else {
        return false
      }
      return SecretPlaces.hold(pointer, in: file)
    case .models:
      return names.count >= 3 && names[0] == "providers" && ids.contains(names[1])
        && SecretPlaces.hold(pointer, in: file)
    case .globalSettings, .vscode: return false
    }
  }
}
