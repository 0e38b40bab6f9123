/// Which places of Cline's files hold keys, tokens and headers: the one table, from the slots and
/// from the fields that are typed as secrets.
public enum SecretPlaces {
  /// The fields of an entry's `settings` in `providers.json`; every header may hold a secret. A test
  /// compares them with the types of ``ProviderSettings``.
  static let providerFields: [JSONPointer] = [
    "/apiKey", "/auth/apiKey", "/auth/accessToken", "/auth/refreshToken", "/aws/accessKey",
    "/aws/secretKey", "/aws/sessionToken", "/sap/clientId", "/sap/clientSecret", "/headers",
  ]

  /// Whether what stands at a place is a secret, whatever it is: the place, or one around it, is one of
  /// the table.
  public static func hold(_ pointer: JSONPointer, in file: SettingsFile) -> Bool {
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
    case .globalState: return pointer.tokens.count == 1 && ProviderSlot.secretKeys.contains(last)
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

/// Names that say that their value is a secret.
enum SecretName {
  /// Of a field of JSON, such as `openAiApiKey`, `refresh_token` or `X-Auth-Token`.
  static func isField(_ name: String) -> Bool {
    endings.contains { hasEnding(name, $0) }
  }

  /// Of an environment variable, such as `GROQ_API_KEY`, `TOKEN_1` or `DB_PASS`.
  static func isVariable(_ name: String) -> Bool {
    let words = name.lowercased().split(separator: "_")
    guard let last = words.last,
      !["file", "path", "dir", "sock", "url", "id", "name"].contains(last)
    else { return false }
    let isPlace = words.last == "credentials" && words.first == "google"
    return !isPlace
      && (words.contains { secretWords.contains(String($0)) }
        || words.count > 1 && words.contains("pwd") || isField(name))
  }

  private static let secretWords: Set<String> = [
    "key", "keys", "apikey", "apikeys", "token", "tokens", "secret", "secrets", "password",
    "passwords",
    "passwd", "pass", "passphrase", "pat", "auth", "credential", "credentials", "bearer",
  ]

  /// Of a header, such as `X-Api-Key`.
  static func isHeader(_ name: String) -> Bool {
    let name = name.lowercased()
    let words = name.split { !$0.isLetter && !$0.isNumber }
    return ["auth", "pass", "pwd", "jwt", "sid"].contains { words.contains($0) }
      || [
        "authorization", "cookie", "key", "token", "secret", "passwor", "passwd", "passphrase",
        "credential", "session", "signature",
      ].contains { name.contains($0) }
  }

  /// Headers that say who asks or what for. The value of any other may be a secret.
  static func isHarmlessHeader(_ name: String) -> Bool {
    let name = name.lowercased()
    return [
      "accept", "accept-language", "anthropic-beta", "anthropic-version", "cache-control",
      "content-type", "http-referer", "openai-beta", "openai-organization", "openai-project",
      "origin", "referer", "user-agent", "x-title",
    ].contains(name)
  }

  private static let endings: [StaticString] = [
    "apikey", "accesskey", "accesskeyid", "secretkey", "privatekey", "token", "secret", "password",
    "passwd", "authorization", "credential", "credentials", "clientid",
  ]

  /// Whether the letters and digits of a name end so, whatever their case and what stands between.
  private static func hasEnding(_ name: String, _ ending: StaticString) -> Bool {
    ending.withUTF8Buffer { ending in
      var open = ending.count
      for byte in name.utf8.reversed() where byte.isLetterOrDigit {
        if open == 0 { return true }
        guard (byte.isLetter ? byte | 0x20 : byte) == ending[open - 1] else { return false }
        open -= 1
      }
      return open == 0
    }
  }
}

/// A secret and where it stands.
public struct StoredSecret: Hashable, Sendable {
  /// Where.
  public let place: StorePlace
  /// What.
  public let value: Secret
}

extension Secret {
  /// Whether an equal value elsewhere is this secret and not a common word.
  var isTelling: Bool { reveal().utf8.count >= 8 && !KeyPlaceholder.isPlaceholder(reveal()) }
}

extension Snapshot {
  /// The secrets of one provider.
  public func secrets(of slot: ProviderSlot) -> [StoredSecret] {
    secrets.filter { slot.isSecretPlace($0.place.pointer, in: $0.place.file) }
  }

  /// Every place where one of these values stands, whatever the place is for.
  public func places(of values: [Secret]) -> [StorePlace] {
    let values = Set(values.filter(\.isTelling).map { $0.reveal() })
    guard !values.isEmpty else { return [] }
    return locations.files.flatMap { self[$0].places(of: values, in: $0) }
  }

  /// Every secret of these files, by the table of places.
  public var secrets: [StoredSecret] { locations.files.flatMap { self[$0].secrets(of: $0) } }
}

extension StoreReading {
  func places(of values: Set<String>, in file: SettingsFile) -> [StorePlace] {
    guard let document else { return [] }
    var found: [StorePlace] = []
    var walk = JSONWalk(document)
    while walk.nextString() != nil {
      let text = walk.text
      if values.contains(where: { text.holds($0) }) { found.append(StorePlace(file, walk.pointer)) }
    }
    return found
  }

  /// Every secret of this file, by the table of places.
  func secrets(of file: SettingsFile) -> [StoredSecret] {
    guard let document else { return [] }
    guard file == .globalState else {
      return Self.secrets(document.root, at: .root, of: file, isInside: false)
    }
    // Years of use make it large: only what may hold one is made a value.
    guard document.isObject else { return [] }
    let keys = document.members(of: 0).map { document.key(at: $0.key) }.filter { key in
      key == "openAiHeaders" || SecretName.isField(key.text)
        || ProviderSlot.secretKeys.contains(key.text)
    }
    return Set(keys).flatMap { key -> [StoredSecret] in
      let place = JSONPointer(tokens: [key])
      return document[place].map {
        Self.secrets($0, at: place, of: file, isInside: SecretPlaces.hold(place, in: file))
      } ?? []
    }
  }

  /// The same of a part of it.
  static func secrets(
    _ value: JSONValue, at pointer: JSONPointer, of file: SettingsFile
  ) -> [StoredSecret] {
    secrets(value, at: pointer, of: file, isInside: SecretPlaces.hold(pointer, in: file))
  }

  /// - Parameter isInside: Whether all of the value is secret.
  private static func secrets(
    _ value: JSONValue, at pointer: JSONPointer, of file: SettingsFile, isInside: Bool
  ) -> [StoredSecret] {
    func inner(_ value: JSONValue, _ place: JSONPointer) -> [StoredSecret] {
      if case .bool = value { return [] }
      if case .number = value { return [] }
      return secrets(
        value, at: place, of: file, isInside: isInside || SecretPlaces.begin(at: place, in: file))
    }
    switch value {
    case .string(let text):
      guard isInside, !text.isEmpty else { return [] }
      let name = pointer.tokens.last?.text ?? ""
      if SecretPlaces.isHeader(pointer), !ProviderChoice.Header.mayBeSecret(named: name, text) {
        return []
      }
      return [StoredSecret(place: StorePlace(file, pointer), value: Secret(text))]
    case .object(let object):
      return object.flatMap { inner($0.value, pointer.appending($0.key)) }
    case .array(let items):
      return items.enumerated().flatMap { inner($1, pointer.appending($0)) }
    case .number, .bool, .null: return []
    }
  }
}

extension ProviderSlot {
  /// Every key of `secrets.json` that belongs to a slot.
  static let secretKeys: [String] = secretOwners.map(\.name)

  /// The slot that each key of `secrets.json` belongs to. Of several that read it, the one that a key
  /// signs in to, else the first: LM Studio reads Anthropic's, Vertex AI reads Gemini's.
  private static let secretOwners: [(name: String, slot: String)] = {
    var owners: [(name: String, slot: String, isKey: Bool)] = []
    for index in all.indices {
      let isKey = all[index].authentication == "apiKey"
      for name in [all[index].secretKey].compactMap(\.self) + all[index].otherSecretKeys {
        let place = owners.firstIndex { $0.name == name }
        if let place, !owners[place].isKey, isKey {
          owners[place] = (name, all[index].sdkID, true)
        } else if place == nil {
          owners.append((name, all[index].sdkID, isKey))
        }
      }
    }
    return owners.map { ($0.name, $0.slot) }
  }()

  private func owns(_ secret: String) -> Bool {
    Self.secretOwners.contains { $0.name == secret && $0.slot == sdkID }
  }

  /// Whether its field in `secrets.json` is another provider's.
  public var sharesSecret: Bool { secretKey.map { !owns($0) } ?? false }

  /// The keys of `secrets.json` that are this provider's and nobody else's.
  public var ownSecretKeys: [String] {
    ([secretKey].compactMap(\.self) + otherSecretKeys).filter(owns)
  }

  /// The ids under which the SDK finds its entry in `providers.json` and `models.json`
  /// (`normalizeProviderId`, sdk/packages/llms …/ids.ts, SDK 0.0.78).
  var entryIDs: [String] {
    switch sdkID {
    case "openai-compatible": [sdkID, "openai"]
    case "together": [sdkID, "togetherai"]
    case "sapaicore": [sdkID, "sap-ai-core"]
    case "nousResearch": [sdkID, "nousresearch"]
    default: [sdkID]
    }
  }

  /// Whether a place holds this provider's keys, tokens or headers.
  public func isSecretPlace(_ pointer: JSONPointer, in file: SettingsFile) -> Bool {
    let names = pointer.tokens.map(\.text)
    switch file {
    // A key of secrets.json that stands in the state is in the wrong file, and the same provider's.
    case .secrets: return names.count == 1 && ownSecretKeys.contains(names[0])
    case .globalState:
      return names.count == 1 && ownSecretKeys.contains(names[0])
        || sdkID == ProviderSlot.openAICompatible.sdkID && names.first == "openAiHeaders"
          && names.count == 2
    case .providers:
      guard let entry = SecretPlaces.entry(of: pointer), entryIDs.contains(entry.id) else {
        return false
      }
      return SecretPlaces.hold(pointer, in: file)
    case .models:
      return names.count >= 3 && names[0] == "providers" && entryIDs.contains(names[1])
        && SecretPlaces.hold(pointer, in: file)
    case .globalSettings, .vscode: return false
    }
  }
}
