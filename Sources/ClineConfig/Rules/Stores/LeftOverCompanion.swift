import LosslessJSON

/// STORE514: luggage of a former provider.
struct LeftOverCompanion: MachineRule {
  static let documentation = RuleDocumentation(
    .leftOverCompanion, name: "left-over-companion", severity: .warning,
    summary: "Headers or Azure settings of a former provider stand beside another host.",
    rationale:
      "Every request carries the headers: the former gateway's token goes to the new host. Azure "
      + "settings make Cline build other URLs and sign in at Microsoft.",
    exceptions:
      "A header that could belong to any gateway is left alone: whose it is cannot be told.",
    examples: [
      .accepts(
        MachineExample([
          .globalState:
            #"{"openAiBaseUrl":"https://my.openai.azure.com/openai/v1","azureApiVersion":"2025-01-01"}"#
        ])),
      .accepts(
        MachineExample([
          .globalState:
            #"{"openAiBaseUrl":"https://api.rutaapi.com/v1","openAiHeaders":{"X-Team":"a"}}"#
        ])),
      .mends(
        MachineExample([
          .globalState:
            #"{"openAiBaseUrl":"https://api.rutaapi.com/v1","azureApiVersion":"2025-01-01","azureIdentity":true}"#
        ])),
      .flags(
        MachineExample([
          .globalState:
            #"{"openAiBaseUrl":"https://api.rutaapi.com/v1","openAiHeaders":{"x-portkey-config":"pc-invented"}}"#
        ]), .warning),
    ])

  /// What the headers of some providers begin with, and whose they are.
  private static let marks: [(prefix: String, provider: String)] = [
    ("x-portkey-", "portkey"), ("helicone-", "helicone"), ("cf-aig-", "cloudflare-ai-gateway"),
    ("x-title", "openrouter"), ("anthropic-", "anthropic"), ("x-goog-", "gemini"),
    ("api-key", "azure-openai"),
  ]

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let settings: JSONPointer = "/providers/openai-compatible/settings"
    let sides:
      [(file: SettingsFile, url: JSONPointer, headers: JSONPointer, azure: [JSONPointer])] =
        [
          (
            .globalState, "/openAiBaseUrl", "/openAiHeaders",
            ["/azureApiVersion", "/azureIdentity"]
          ),
          (
            .providers, settings.appending("baseUrl"), settings.appending("headers"),
            [settings.appending("azure")]
          ),
        ]
    var azure: [StorePlace] = []
    var headers: [StorePlace] = []
    for side in sides {
      guard let document = machine.main.readable(side.file),
        let url = document[side.url]?.string.flatMap({ BaseURL(JavaScript.trim($0)) })
      else { continue }
      let owners = catalog.evidence(ofBaseURL: url.description)?.providers ?? []
      let isUnknown = owners.isEmpty
      if !url.host.contains("azure"), !isUnknown, !owners.contains("azure-openai") {
        azure += side.azure.filter { pointer in
          document[pointer].map { $0 != .null && $0.bool != false && $0.string != "" } ?? false
        }.map { StorePlace(side.file, $0) }
      }
      for (name, value) in document[side.headers]?.object ?? [:] {
        let lower = name.text.lowercased()
        let mark = Self.marks.first { lower.hasPrefix($0.prefix) }
        let strange = mark.map { !owners.contains($0.provider) && !isUnknown } ?? false
        let foreign =
          value.string.flatMap { catalog.evidence(ofKey: KeyText.stripped($0)) }
          .map { $0.strength == .proves && Set($0.providers).isDisjoint(with: owners) } ?? false
        if strange || foreign {
          headers.append(StorePlace(side.file, side.headers.appending(name)))
        }
      }
    }
    var found: [Finding] = []
    if !azure.isEmpty {
      found.append(
        finding(
          "Azure settings are stored for a host that is not Azure's", at: azure,
          fix: .edits("remove them", edits: removing(azure))))
    }
    if !headers.isEmpty {
      found.append(
        finding(
          "every request carries a header of another provider", at: headers,
          fix: .edits("remove it", isSafe: false, edits: removing(headers))))
    }
    return found
  }

  private func removing(_ places: [StorePlace]) -> ChangeSet {
    var edits = ChangeSet()
    for place in places { edits.remove(from: place.file, at: place.pointer) }
    return edits
  }
}
