import LosslessJSON

/// STORE505: an id of another client's vocabulary.
struct WrongID: MachineRule {
  static let documentation = RuleDocumentation(
    .wrongID, name: "wrong-id", severity: .error,
    summary: "A provider id is spelled as another client spells it, or Cline has no code for it.",
    rationale:
      "VS Code's files say `openai` for an OpenAI-compatible endpoint, providers.json says "
      + "`openai-compatible`. An id that is not built in is listed, and never asked: VS Code and the "
      + "CLI end with \"Unknown or disabled provider\" (SDK 0.0.78, handler-factory.ts), and the "
      + "extension from before the SDK sends to Anthropic.",
    exceptions:
      "An id that only the CLI has is right in providers.json. An id of somebody's own that is not "
      + "selected is a warning.",
    examples: [
      .accepts(MachineExample([.globalState: #"{"actModeApiProvider":"openai"}"#])),
      .accepts(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"zai-coding-plan","providers":{"zai-coding-plan":{"settings":{"provider":"zai-coding-plan","apiKey":"invented-key-0001"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
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
      .mends(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"openai","providers":{"openai":{"settings":{"provider":"openai","apiKey":"invented-key-0001"},"updatedAt":"2026-08-22T20:03:00.000Z"},"openai-compatible":{"settings":{"provider":"openai-compatible","apiKey":"invented-key-0002"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .flags(MachineExample([.globalState: #"{"actModeApiProvider":"rutaapi"}"#])),
      .flags(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"rutaapi","providers":{"rutaapi":{"settings":{"provider":"rutaapi","apiKey":"invented-key-0001"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .flags(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"groq","providers":{"groq":{"settings":{"provider":"groq"},"updatedAt":"2026-08-22T20:03:00.000Z"},"my-gateway":{"settings":{"provider":"my-gateway","apiKey":"invented-key-0001"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ]), .warning),
      .flags(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"groq","providers":{"groq":{"settings":{"provider":"xai"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    inState(machine, catalog: catalog) + spelling(machine) + own(machine, catalog: catalog)
      + misfiled(machine)
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
          "VS Code calls this provider '\(right)'; older programs send '\(id)' to Anthropic",
          at: places, fix: .edits("write '\(right)'", edits: edits))
      }
      guard slot == nil else {
        return finding(
          "the legacy extension, JetBrains and CLI 2 do not know the provider '\(id)' "
            + "and send to Anthropic instead",
          at: places, severity: machine.surroundings.startsLegacy ? .warning : .info,
          fix: .advice("to use an endpoint that works in every client:\(.setUp("custom"))"))
      }
      return finding(
        "Cline has no provider '\(id)': it says \"Unknown or disabled provider\"", at: places,
        fix: .advice(step(instead: id, machine, catalog: catalog)))
    }
  }

  /// The endpoint that an id of somebody's own stands for, in the slot that every client asks.
  private func step(instead id: String, _ machine: Machine, catalog: ProviderCatalog) -> Advice {
    if let known = catalog[id], known.isSettable, known.kind != .custom {
      return "\(.setUp(known.id))"
    }
    let settings = JSONPointer(tokens: ["providers", JSONKey(id), "settings"])
    let document = machine.main.readable(.providers)
    let url = document?.nonEmptyString(at: settings.appending("baseUrl")).flatMap { BaseURL($0) }
    let model = document?.nonEmptyString(at: settings.appending("model"))
    return
      "set it up so that it works in every client:\(.setUp("custom", baseURL: url.map(\.withoutQuery), model: model.flatMap { catalog.looksLikeKey($0) ? nil : $0 }))"
  }

  /// Entries whose id is another client's word for one that is built in.
  private func spelling(_ machine: Machine) -> [Finding] {
    guard let providers = machine.main.readable(.providers),
      let wrong = providers["/providers"]?.object?.keys.first(where: {
        ProviderSlot.normalizedSDKID($0.text) != $0.text
      })
    else { return [] }
    let right = JSONKey(ProviderSlot.normalizedSDKID(wrong.text))
    let place = JSONPointer(tokens: ["providers", wrong])
    let target = JSONPointer(tokens: ["providers", right])
    var edits = ChangeSet()
    if providers[target] == nil, var entry = providers[place] {
      if var object = entry.object, var settings = object["settings"]?.object {
        settings["provider"] = .string(right.text)
        object["settings"] = .object(settings)
        entry = .object(object)
      }
      edits.set(entry, in: .providers, at: target)
    }
    edits.remove(from: .providers, at: place)
    if providers["/lastUsedProvider"]?.string == wrong.text {
      edits.set(.string(right.text), in: .providers, at: "/lastUsedProvider")
    }
    let isThere = providers[target] != nil
    return [
      finding(
        "the CLI calls this provider '\(right.text)'; no client finds '\(wrong.text)'",
        at: [StorePlace(.providers, place)],
        fix: .edits(
          isThere ? "remove it; the entry of the right name stays" : "move it there", edits: edits))
    ]
  }

  /// Entries under an id that Cline lists and never asks.
  private func own(_ machine: Machine, catalog: ProviderCatalog) -> [Finding] {
    guard let providers = machine.main.readable(.providers) else { return [] }
    let state = machine.main.readable(.globalState)
    let selected = Set(
      Mode.allCases.compactMap { state?[JSONPointer(tokens: [$0.providerKey])]?.string })
    return (providers["/providers"]?.object ?? [:]).keys.compactMap { key in
      let id = key.text
      guard ProviderSlot.slot(sdkID: ProviderSlot.normalizedSDKID(id)) == nil,
        // Said of VS Code's files already.
        !selected.contains(id)
      else { return nil }
      let isLast = providers["/lastUsedProvider"]?.string == id
      return finding(
        isLast
          ? "Cline has no provider '\(id)': the CLI says \"Unknown or disabled provider\""
          : "Cline lists the provider '\(id)' but never uses it",
        at: [StorePlace(.providers, JSONPointer(tokens: ["providers", key]))],
        severity: isLast ? .error : .warning,
        fix: .advice(
          isLast
            ? step(instead: id, machine, catalog: catalog)
            : "if you do not need it:\(.unset(StorePlace(.providers, JSONPointer(tokens: ["providers", key]))))"
        ))
    }
  }

  /// Entries that say another provider inside: the CLI goes by that one's entry.
  private func misfiled(_ machine: Machine) -> [Finding] {
    guard let providers = machine.main.readable(.providers) else { return [] }
    return (providers["/providers"]?.object ?? [:]).compactMap { key, entry in
      let id = ProviderSlot.normalizedSDKID(key.text)
      guard id == key.text, let inside = entry["settings"]?["provider"]?.string,
        ProviderSlot.normalizedSDKID(inside) != id
      else { return nil }
      let place = StorePlace(
        .providers, JSONPointer(tokens: ["providers", key, "settings", "provider"]))
      return finding(
        "the entry '\(id)' says '\(inside)' inside, so the CLI uses that one's entry",
        at: [place], severity: .warning,
        fix: .advice("if '\(id)' is meant:\(.set(place, to: id))"))
    }
  }
}
