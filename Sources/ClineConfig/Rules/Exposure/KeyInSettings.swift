/// SEC603: a key where nobody guards it.
struct KeyInSettings: SetupRule {
  private static let key = "gsk_" + String(repeating: "0", count: 52)

  static let documentation = RuleDocumentation(
    "SEC603", "key-in-settings", .error,
    summary: "A key stands in globalState.json, models.json or global-settings.json.",
    rationale:
      "Those files are readable by others and are copied into dotfile repositories and bug "
      + "reports. Keys belong in secrets.json and providers.json.",
    exceptions:
      "Only what proves to be a key by its form, or stands where keys stand, is flagged. A header "
      + "with a key has no other place in Cline; it counts only where others can read the file.",
    examples: [
      .accepts(SetupExample([.globalState: #"{"openAiHeaders":{"X-Team":"a"}}"#])),
      .accepts(SetupExample([.secrets: "{\"groqApiKey\":\"\(key)\"}"])),
      .flags(SetupExample([.globalState: "{\"actModeOpenAiModelId\":\"\(key)\"}"])),
      .accepts(
        SetupExample([
          .globalState: #"{"openAiHeaders":{"Authorization":"Bearer invented-key-0001"}}"#
        ])),
      .flags(
        SetupExample([.globalState: #"{"openAiBaseUrl":"https://u:invented@llm.example.com/v1"}"#])),
    ])

  func findings(in setup: Setup, _ catalog: ProviderCatalog) -> [Finding] {
    [SettingsFile.globalState, .models, .globalSettings].compactMap { file in
      guard let root = setup.main[file].document?.root else { return nil }
      var places: [StorePlace] = []
      var headers: [StorePlace] = []
      Self.walk(root, .root) { pointer, text in
        if Self.isHeader(pointer) {
          if Self.isSecretHeader(pointer, text, catalog) {
            headers.append(StorePlace(file, pointer))
          }
        } else if Self.isKey(text, at: pointer, catalog) {
          places.append(StorePlace(file, pointer))
        }
      }
      let mode = setup.main[file].contents?.status.mode ?? .ownerOnly
      if places.isEmpty, !headers.isEmpty, mode.rawValue & 0o077 != 0 {
        return finding(
          "a header with a key stands in \(setup.main[file].path), which others can read",
          at: headers,
          fix: .init(
            description: "take permissions from group and others", isSafe: true,
            action: .restrict(setup.main[file].realPath, mode.withoutOthers)))
      }
      guard !places.isEmpty else { return nil }
      return finding(
        "\(places.count == 1 ? "a key stands" : "\(places.count) keys stand") in "
          + "\(setup.main[file].path), which is no place for keys",
        at: places,
        fix: .advice(
          "make a new key, and remove this: clinecfg unset \(places[0])"))
    }
  }

  private static func isKey(
    _ text: String, at pointer: JSONPointer, _ catalog: ProviderCatalog
  ) -> Bool {
    guard text.utf8.count >= 8 else { return false }
    if let url = BaseURL(text) {
      return url.userInfo?.contains(":") == true
        || (url.query ?? "").lowercased().contains("key=")
    }
    let bare = KeyNotTrimmed.stripped(text)
    return catalog.isProvedKey(bare)
  }

  private static func isHeader(_ pointer: JSONPointer) -> Bool {
    pointer.tokens.dropLast().last?.text.lowercased().hasSuffix("headers") == true
  }

  private static func isSecretHeader(
    _ pointer: JSONPointer, _ text: String, _ catalog: ProviderCatalog
  ) -> Bool {
    let name = pointer.tokens.last?.text ?? ""
    return text.utf8.count >= 8 && !KeyPlaceholder.isPlaceholder(text)
      && (ProviderChoice.Header.isSecret(named: name)
        || catalog.isProvedKey(KeyNotTrimmed.stripped(text)))
  }

  private static func walk(
    _ value: JSONValue, _ pointer: JSONPointer, _ visit: (JSONPointer, String) -> Void
  ) {
    var open = [(value, pointer)]
    while let (value, pointer) = open.popLast() {
      switch value {
      case .string(let text): visit(pointer, text)
      case .array(let items):
        for (index, item) in items.enumerated().reversed() {
          open.append((item, pointer.appending(index)))
        }
      case .object(let object):
        for (key, item) in object.reversed() { open.append((item, pointer.appending(key))) }
      case .number, .bool, .null: break
      }
    }
  }
}
