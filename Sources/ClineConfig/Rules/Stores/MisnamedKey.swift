import LosslessJSON

/// STORE515: almost a key of Cline's.
struct MisnamedKey: MachineRule {
  static let documentation = RuleDocumentation(
    .misnamedKey, name: "misnamed-key", severity: .error,
    summary: "A value is under a name that Cline does not read, beside one that it does.",
    rationale:
      "Names are read letter by letter: openaiBaseUrl and baseURL are not read at all, and Cline takes "
      + "a default of its own in their place.",
    exceptions: "A name that is nothing like Cline's may be of another program and is left alone.",
    examples: [
      .accepts(MachineExample([.globalState: #"{"openAiBaseUrl":"https://llm.example.com/v1"}"#])),
      .accepts(MachineExample([.globalState: #"{"somethingElse":"x"}"#])),
      .mends(MachineExample([.globalState: #"{"openaiBaseUrl":"https://llm.example.com/v1"}"#])),
      .mends(MachineExample([.globalState: #"{"planModeOpenaiModelId":"m"}"#])),
      .mends(MachineExample([.secrets: #"{"openaiApiKey":"invented-key-0001"}"#])),
      .mends(
        MachineExample([
          .providers:
            #"{"version":1,"providers":{"groq":{"settings":{"provider":"groq","apikey":"invented-key-0001"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .flags(
        MachineExample([
          .globalState:
            #"{"openaiBaseUrl":"https://a.example.com/v1","openAiBaseUrl":"https://b.example.com/v1"}"#
        ]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    names(in: .globalState, machine, known: Self.stateKeys)
      + names(in: .secrets, machine, known: Self.secretKeys) + entries(machine)
  }

  private func names(
    in file: SettingsFile, _ machine: Machine, known: [String: JSONKey]
  ) -> [Finding] {
    guard let document = machine.main.readable(file) else { return [] }
    guard document.isObject else { return [] }
    // By bytes: a file of years has many keys, and few are as long as one that is known.
    let longest = known.keys.map(\.utf8.count).max() ?? 0
    var seen: Set<JSONKey> = []
    return document.members(of: 0).compactMap { member in
      let name = document.characters(at: member.key)
      let letters = Self.folded(name)
      guard letters.utf8.count <= longest, let right = known[letters] else { return nil }
      let key = document.key(at: member.key)
      guard right != key, seen.insert(key).inserted else { return nil }
      return misnamed(
        StorePlace(file, JSONPointer(tokens: [key])), as: JSONPointer(tokens: [right]), in: document
      )
    }
  }

  private func entries(_ machine: Machine) -> [Finding] {
    guard let document = machine.main.readable(.providers) else { return [] }
    var found: [Finding] = []
    for (id, entry) in document["/providers"]?.object ?? [:] {
      let place = JSONPointer(tokens: ["providers", id])
      let settings = place.appending("settings")
      for key in (entry["settings"]?.object ?? [:]).keys {
        guard let right = Self.fields[Self.folded(key.text.utf8)], right != key else { continue }
        found.append(
          misnamed(
            StorePlace(.providers, settings.appending(key)), as: settings.appending(right),
            in: document))
      }
      guard entry["settings"]?.object != nil else { continue }
      for key in (entry.object ?? [:]).keys where Self.fields[Self.folded(key.text.utf8)] != nil {
        let right = Self.fields[Self.folded(key.text.utf8)] ?? key
        found.append(
          misnamed(
            StorePlace(.providers, place.appending(key)), as: settings.appending(right),
            in: document))
      }
    }
    return found
  }

  private func misnamed(
    _ place: StorePlace, as right: JSONPointer, in document: JSONDocument
  ) -> Finding {
    let meant = right.tokens.suffix(place.file == .providers ? 2 : 1).map(\.text)
      .joined(separator: "/")
    let name = place.pointer.tokens.last?.text ?? ""
    let stored = document[right]
    let value = document[place.pointer] ?? .null
    let isFree = stored == nil || stored == .null || stored == .string("") || stored == value
    var edits = ChangeSet()
    if stored != value { edits.set(value, in: place.file, at: right) }
    edits.remove(from: place.file, at: place.pointer)
    return finding(
      "Cline does not read '\(name)'; the name is '\(meant)'", at: [place],
      severity: isFree ? .error : .warning,
      fix: isFree
        ? .edits("rename it to '\(meant)'", edits: edits)
        : .advice("'\(meant)' is there too and counts; if this one is not needed:\(.unset(place))")
    )
  }

  /// Letters and digits alone, in lower case.
  private static func folded(_ name: some Sequence<UInt8>) -> String {
    var letters: [UInt8] = []
    letters.reserveCapacity(name.underestimatedCount)
    for byte in name where byte.isLetterOrDigit { letters.append(byte.lowercased) }
    return String(decoding: letters, as: UTF8.self)
  }

  private static func table(_ keys: [String]) -> [String: JSONKey] {
    Dictionary(keys.map { (folded(Array($0.utf8)), JSONKey($0)) }) { first, _ in first }
  }

  private static let stateKeys = table(
    ProviderSlot.legacy.flatMap { slot in
      [slot.baseURLKey, slot.apiLineKey].compactMap(\.self)
        + Mode.allCases.flatMap { mode in
          ([slot.modelSuffix, slot.modelInfoSuffix].compactMap(\.self)).map { mode.prefix + $0 }
        } + slot.otherStateKeys
    } + Mode.allCases.map { $0.providerKey.text })
  private static let secretKeys = table(
    ProviderSlot.legacy.flatMap { [$0.secretKey].compactMap(\.self) + $0.otherSecretKeys })
  /// The fields of an entry, and what other programs call them.
  private static let fields: [String: JSONKey] = [
    "apikey": "apiKey", "baseurl": "baseUrl", "apibaseurl": "baseUrl", "apibase": "baseUrl",
    "model": "model", "modelid": "model", "headers": "headers",
  ]
}
