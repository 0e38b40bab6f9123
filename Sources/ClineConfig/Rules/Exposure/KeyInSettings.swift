import LosslessJSON

/// SEC603: a key where nobody guards it.
struct KeyInSettings: MachineRule {
  private static let key = "gsk_" + String(repeating: "0", count: 52)

  static let documentation = RuleDocumentation(
    .keyInSettings, name: "key-in-settings", severity: .error,
    summary:
      "A key is in globalState.json, models.json, global-settings.json or VS Code's settings.json.",
    rationale:
      "Those files are readable by others, are synchronised, and are copied into dotfile repositories "
      + "and bug reports. Keys belong in secrets.json and providers.json.",
    exceptions:
      "Flagged is what proves to be a key by its form, what is called a key, and what equals a stored "
      + "key; in VS Code's settings, where other extensions have theirs, what is called a key of "
      + "Cline's or equals a stored one. A header with a key has no other place in Cline; it counts "
      + "only where others can read the file.",
    examples: [
      .accepts(MachineExample([.globalState: #"{"openAiHeaders":{"X-Team":"a"}}"#])),
      .accepts(MachineExample([.secrets: "{\"groqApiKey\":\"\(key)\"}"])),
      .accepts(MachineExample([.globalState: #"{"openAiApiKey":"${env:RUTAAPI_API_KEY}"}"#])),
      .flags(MachineExample([.globalState: "{\"actModeOpenAiModelId\":\"\(key)\"}"])),
      .flags(MachineExample([.globalState: #"{"openAiApiKey":"invented-key-0001"}"#])),
      .flags(
        MachineExample([
          .secrets: #"{"openAiApiKey":"invented-key-0001"}"#,
          .globalState: #"{"planModeOpenAiModelId":"invented-key-0001"}"#,
        ])),
      .flags(
        MachineExample(
          [:],
          .editor(ClineVersion("4.1.13"), settings: #"{"cline.openAiApiKey": "invented-key-0001"}"#)
        )),
      .accepts(
        MachineExample(
          [:], .editor(ClineVersion("4.1.13"), settings: #"{"other.apiKey": "invented-key-0001"}"#))
      ),
      .accepts(
        MachineExample([
          .globalState: #"{"openAiHeaders":{"Authorization":"Bearer invented-key-0001"}}"#
        ])),
      .flags(
        MachineExample([.globalState: #"{"openAiBaseUrl":"https://u:invented@llm.example.com/v1"}"#]
        )),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let stored = Self.storedKeys(machine)
    return [SettingsFile.globalState, .models, .globalSettings].compactMap {
      finding(in: machine.main[$0], $0, stored: stored, catalog: catalog)
    } + machine.surroundings.editors.flatMap(\.allSettings).compactMap { finding(in: $0, stored) }
  }

  private func finding(
    in reading: StoreReading, _ file: SettingsFile, stored: Set<String>,
    catalog: ProviderCatalog
  ) -> Finding? {
    guard let document = reading.document else { return nil }
    var places: [StorePlace] = []
    var headers: [StorePlace] = []
    var walk = JSONWalk(document)
    while let spelling = walk.nextString() {
      if Self.isHeader(walk.containerKey) {
        if Self.isSecretHeader(walk.pointer, text: walk.text, catalog: catalog) {
          headers.append(StorePlace(file, walk.pointer))
        }
      } else if Self.mayHoldKey(spelling) {
        let text = walk.text
        if Self.isKey(text, catalog: catalog) || stored.contains(text)
          || Self.isCalledKey(walk.key, text: text)
        {
          places.append(StorePlace(file, walk.pointer))
        }
      }
    }
    let mode = reading.contents?.status.mode ?? .ownerOnly
    if places.isEmpty, !headers.isEmpty, mode.rawValue & 0o077 != 0 {
      return finding(
        "\(reading.path) has a key in a header, and others can read that file",
        at: headers,
        fix: .init(
          description: "let only you read it", isSafe: true,
          action: .restrict(reading.realPath, mode.withoutOthers)))
    }
    guard !places.isEmpty else { return nil }
    return finding(
      "\(reading.path) has \(Self.count(places)); it is not meant for keys", at: places,
      fix: .advice(
        "remove it, and create a new key if others could read the file:\(.unset(places[0]))"))
  }

  /// The same of VS Code's settings.
  private func finding(in reading: StoreReading, _ stored: Set<String>) -> Finding? {
    guard let document = reading.document else { return nil }
    var places: [StorePlace] = []
    var walk = JSONWalk(document)
    while let spelling = walk.nextString() {
      guard Self.mayHoldKey(spelling) else { continue }
      let text = walk.text
      let isClines = walk.pointer.tokens.first?.text.hasPrefix("cline.") == true
      if stored.contains(text) || isClines && Self.isCalledKey(walk.key, text: text) {
        places.append(StorePlace(.vscode, walk.pointer))
      }
    }
    guard !places.isEmpty else { return nil }
    return finding(
      "\(reading.path) has \(Self.count(places)); Cline does not read it there, and VS Code synchronises that file",
      at: places, fix: .advice("remove it from the file, and create a new key"))
  }

  private static func count(_ places: [StorePlace]) -> String {
    places.count == 1 ? "a key in it" : "\(places.count) keys in it"
  }

  /// Every key that is stored where keys belong, long enough to be told from words.
  private static func storedKeys(_ machine: Machine) -> Set<String> {
    let secrets = machine.snapshots.flatMap { snapshot in
      [SettingsFile.secrets, .providers].flatMap { snapshot[$0].secrets(of: $0) }
    }
    return Set(
      // An address in the place of a key is none.
      secrets.filter {
        $0.value.isTelling && !SecretPlaces.isHeader($0.place.pointer)
          && BaseURL($0.value.reveal()) == nil
      }
      .map { $0.value.reveal() })
  }

  /// Whether a value is called a key, and is none of the words that stand for one.
  private static func isCalledKey(_ name: ArraySlice<UInt8>?, text: String) -> Bool {
    guard let name, SecretName.isField(name) else { return false }
    return !text.contains(" ") && !text.contains("${") && !Placeholder.isOne(text)
  }

  private static func isKey(_ text: String, catalog: ProviderCatalog) -> Bool {
    if let url = BaseURL(text) {
      return url.userInfo?.contains(":") == true
        || (url.query ?? "").lowercased().contains("key=")
    }
    let bare = KeyText.stripped(text)
    return catalog.isProvedKey(bare)
  }

  private static func isHeader(_ container: ArraySlice<UInt8>?) -> Bool {
    guard let container, (container.last ?? 0) | 0x20 == UInt8(ascii: "s") else { return false }
    return container.suffix(7).map { $0 | 0x20 }.elementsEqual("headers".utf8)
  }

  private static func isSecretHeader(
    _ pointer: JSONPointer, text: String, catalog: ProviderCatalog
  ) -> Bool {
    let name = pointer.tokens.last?.text ?? ""
    return text.utf8.count >= 8 && !Placeholder.isOne(text)
      && (SecretName.isHeader(name)
        || catalog.isProvedKey(KeyText.stripped(text)))
  }

  /// Whether a string may be a key or hold one, alone or behind a word or two: not too short or
  /// long, and no prose. A file of years of use has a few of them among its megabytes.
  private static func mayHoldKey(_ spelling: ArraySlice<UInt8>) -> Bool {
    guard (8...4094).contains(spelling.count), spelling.first != UInt8(ascii: "/") else {
      return false
    }
    var words = 0
    var isInside = false
    for byte in spelling {
      let isSpace = byte == UInt8(ascii: " ")
      if !isSpace && !isInside { words += 1 }
      if words > 4 { return false }
      isInside = !isSpace
    }
    return true
  }
}
