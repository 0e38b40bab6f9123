import LosslessJSON

/// STORE505: an id of another client's vocabulary.
struct WrongID: MachineRule {
  static let documentation = RuleDocumentation(
    .wrongID, name: "wrong-id", severity: .error,
    summary: "A provider id is spelled as another client spells it, or is none.",
    rationale:
      "VS Code's files say `openai` for an OpenAI-compatible endpoint, providers.json says "
      + "`openai-compatible`. The legacy bundle sends an id that it does not know to its Anthropic "
      + "handler, with the Anthropic key.",
    exceptions:
      "An id that only the CLI has is right in providers.json.",
    examples: [
      .accepts(MachineExample([.globalState: #"{"actModeApiProvider":"openai"}"#])),
      .mends(
        MachineExample([
          .globalState:
            #"{"planModeApiProvider":"openai-compatible","actModeApiProvider":"openai-compatible"}"#
        ])),
      .mends(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"openai","providers":{"openai":{"settings":{"provider":"openai","apiKey":"invented-key-0001"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .flags(MachineExample([.globalState: #"{"actModeApiProvider":"rutaapi"}"#])),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    inState(machine, catalog: catalog) + inProviders(machine)
  }

  private func inState(_ machine: Machine, catalog: ProviderCatalog) -> [Finding] {
    guard let state = machine.main.readable(.globalState) else { return [] }
    var places: [String: [StorePlace]] = [:]
    for mode in Mode.allCases {
      let pointer = JSONPointer(tokens: [mode.providerKey])
      guard let id = state[pointer]?.string, !id.isEmpty,
        ProviderSlot.slot(legacyID: id)?.isInLegacyBundle != true
      else { continue }
      places[id, default: []].append(StorePlace(.globalState, pointer))
    }
    return places.sorted { $0.key < $1.key }.map { id, places in
      let slot = ProviderSlot.slot(sdkID: ProviderSlot.normalizedSDKID(id))
      if let right = slot?.legacyID, right != id, slot?.isInLegacyBundle == true {
        var edits = ChangeSet()
        for place in places { edits.set(.string(right), in: .globalState, at: place.pointer) }
        return finding(
          "VS Code's files spell this provider '\(right)': the legacy bundle sends '\(id)' to "
            + "Anthropic",
          at: places, fix: .edits("write '\(right)'", edits: edits))
      }
      let known =
        slot != nil
        || machine.main.readable(.providers)?[
          JSONPointer(tokens: ["providers", JSONKey(id)])] != nil
      return finding(
        "VS Code's legacy bundle does not know the provider '\(id)' and sends to Anthropic instead",
        at: places, severity: known ? .warning : .error,
        fix: .advice(
          catalog[id].map { "\(.setUp($0.id))" } ?? "\(.setUp("custom")) works in every client"))
    }
  }

  private func inProviders(_ machine: Machine) -> [Finding] {
    guard let providers = machine.main.readable(.providers),
      let wrong = providers["/providers"]?.object?.keys.first(where: {
        ProviderSlot.normalizedSDKID($0.text) != $0.text
      })
    else { return [] }
    let right = JSONKey(ProviderSlot.normalizedSDKID(wrong.text))
    let place = JSONPointer(tokens: ["providers", wrong])
    let target = JSONPointer(tokens: ["providers", right])
    let message =
      "providers.json spells this provider '\(right.text)': no client finds '\(wrong.text)'"
    guard providers[target] == nil, var entry = providers[place] else {
      return [
        finding(
          message, at: [StorePlace(.providers, place)],
          fix: .advice(
            "there is an entry of the right name; remove the other: \(.unset(StorePlace(.providers, place)))"
          ))
      ]
    }
    if var object = entry.object, var settings = object["settings"]?.object {
      settings["provider"] = .string(right.text)
      object["settings"] = .object(settings)
      entry = .object(object)
    }
    var edits = ChangeSet()
    edits.set(entry, in: .providers, at: target)
    edits.remove(from: .providers, at: place)
    if providers["/lastUsedProvider"]?.string == wrong.text {
      edits.set(.string(right.text), in: .providers, at: "/lastUsedProvider")
    }
    return [
      finding(
        message, at: [StorePlace(.providers, place)], fix: .edits("move it there", edits: edits))
    ]
  }
}
