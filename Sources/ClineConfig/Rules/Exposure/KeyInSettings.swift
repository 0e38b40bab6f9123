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
      "Only what proves to be a key by its form, or stands where keys stand, is flagged.",
    examples: [
      .accepts(SetupExample([.globalState: #"{"openAiHeaders":{"X-Team":"a"}}"#])),
      .accepts(SetupExample([.secrets: "{\"groqApiKey\":\"\(key)\"}"])),
      .flags(SetupExample([.globalState: "{\"actModeOpenAiModelId\":\"\(key)\"}"])),
      .flags(
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
      Self.walk(root, .root) { pointer, text in
        if Self.isKey(text, at: pointer, catalog) { places.append(StorePlace(file, pointer)) }
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
    if let (_, shape) = catalog.proof(ofKey: bare), shape.fits(bare) { return true }
    let names = pointer.tokens.map { $0.text.lowercased() }
    let name = names.last ?? ""
    return names.dropLast().last?.hasSuffix("headers") == true
      && (name == "authorization" || name.contains("api-key") || name.hasSuffix("token"))
      && !KeyPlaceholder.isPlaceholder(text)
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
