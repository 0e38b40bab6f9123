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
      guard let document = setup.main[file].document else { return nil }
      var places: [StorePlace] = []
      var headers: [StorePlace] = []
      var walk = JSONWalk(document)
      while let spelling = walk.nextString() {
        if Self.isHeader(walk.containerKey) {
          if Self.isSecretHeader(walk.pointer, walk.text, catalog) {
            headers.append(StorePlace(file, walk.pointer))
          }
        } else if Self.mayHoldKey(spelling), Self.isKey(walk.text, catalog) {
          places.append(StorePlace(file, walk.pointer))
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

  private static func isKey(_ text: String, _ catalog: ProviderCatalog) -> Bool {
    if let url = BaseURL(text) {
      return url.userInfo?.contains(":") == true
        || (url.query ?? "").lowercased().contains("key=")
    }
    let bare = KeyNotTrimmed.stripped(text)
    return catalog.isProvedKey(bare)
  }

  private static func isHeader(_ container: ArraySlice<UInt8>?) -> Bool {
    guard let container, (container.last ?? 0) | 0x20 == UInt8(ascii: "s") else { return false }
    return container.suffix(7).map { $0 | 0x20 }.elementsEqual("headers".utf8)
  }

  private static func isSecretHeader(
    _ pointer: JSONPointer, _ text: String, _ catalog: ProviderCatalog
  ) -> Bool {
    let name = pointer.tokens.last?.text ?? ""
    return text.utf8.count >= 8 && !KeyPlaceholder.isPlaceholder(text)
      && (ProviderChoice.Header.isSecret(named: name)
        || catalog.isProvedKey(KeyNotTrimmed.stripped(text)))
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
