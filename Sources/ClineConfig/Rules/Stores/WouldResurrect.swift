import LosslessJSON

/// STORE507: removed, but not gone.
struct WouldResurrect: MachineRule {
  static let documentation = RuleDocumentation(
    .wouldResurrect, name: "would-resurrect", severity: .warning,
    summary: "A provider has no entry in providers.json, but its key is still in secrets.json.",
    rationale:
      "Each start of Cline adds an entry for every provider whose key it finds "
      + "(provider-settings-legacy-migration.ts, SDK 0.0.78): a removed provider comes back.",
    exceptions:
      "A provider that is selected, and files in which Cline's migration has not run yet, or will not "
      + "run again: then nothing was removed, and Cline adds the entry by itself.",
    examples: [
      .accepts(MachineExample([.secrets: #"{"groqApiKey":"invented-key-0001"}"#])),
      .accepts(
        MachineExample([
          .secrets: #"{"groqApiKey":"invented-key-0001"}"#,
          .providers:
            #"{"version":1,"lastUsedProvider":"xai","providers":{"xai":{"settings":{"provider":"xai"},"updatedAt":"2026-08-22T20:03:00.000Z","tokenSource":"manual"}}}"#,
        ])),
      .flags(
        MachineExample([
          .secrets: #"{"groqApiKey":"invented-key-0001"}"#,
          .providers:
            #"{"version":1,"lastUsedProvider":"xai","providers":{"xai":{"settings":{"provider":"xai"},"updatedAt":"2026-08-22T20:03:00.000Z","tokenSource":"migration"}}}"#,
        ]), .warning),
      .flags(
        MachineExample([
          .secrets: #"{"openai-codex-oauth-credentials":"{}"}"#,
          .providers:
            #"{"version":1,"lastUsedProvider":"xai","providers":{"xai":{"settings":{"provider":"xai"},"updatedAt":"2026-08-22T20:03:00.000Z","tokenSource":"migration"}}}"#,
        ]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard let secrets = machine.main.readable(.secrets),
      let entries = machine.main.readable(.providers)?["/providers"]?.object, !entries.isEmpty
    else { return [] }
    let settings = entries.map { $0.value }
    // Cline adds an entry for every key at each of its starts: one that is missing was removed only
    // if the migration has run, and will run again.
    guard settings.contains(where: { $0["tokenSource"]?.string == "migration" }),
      machine.main.readable(.providers)?["/legacyImportCompleted"]?.bool != true,
      machine.main.readable(.providers)?["/migratedLegacyProviders"] == nil
    else { return [] }
    let selected = Mode.allCases.compactMap {
      machine.main.readable(.globalState)?[JSONPointer(tokens: [$0.providerKey])]?.string
    }
    let present = ProviderSlot.legacy.filter {
      entries[JSONKey($0.sdkID)] != nil || selected.contains($0.legacyID ?? "")
    }
    return keys(in: secrets, present, catalog) + signIns(in: secrets, present)
  }

  private func keys(
    in secrets: JSONDocument, _ present: [ProviderSlot], _ catalog: ProviderCatalog
  ) -> [Finding] {
    ProviderSlot.legacy.compactMap { slot in
      guard let key = slot.secretKey, !slot.sharesSecret, slot.authentication == .apiKey,
        !present.contains(where: { $0.secretKey == key }),
        let value = secrets.nonEmptyString(at: JSONPointer(tokens: [JSONKey(key)])),
        // A key in another provider's place may be the only copy of it.
        catalog.owner(ofKey: KeyText.stripped(value)).map({ $0.slotID == slot.sdkID }) ?? true
      else { return nil }
      return finding(
        "the CLI has no \(slot.name) entry any more, but its key is stored, so Cline adds it again at its "
          + "next start",
        at: [StorePlace(.secrets, JSONPointer(tokens: [JSONKey(key)]))],
        fix: .advice("if it should be gone:\(.remove(slot.legacyID ?? slot.sdkID))"))
    }
  }

  /// What a sign-in leaves there.
  private func signIns(in secrets: JSONDocument, _ present: [ProviderSlot]) -> [Finding] {
    ProviderSlot.legacy.compactMap { slot in
      guard slot.authentication == .oauth, !present.contains(where: { $0.sdkID == slot.sdkID })
      else { return nil }
      let places = slot.ownSecretKeys.map { JSONPointer(tokens: [JSONKey($0)]) }
        .filter { secrets.nonEmptyString(at: $0) != nil }.map { StorePlace(.secrets, $0) }
      guard !places.isEmpty else { return nil }
      return finding(
        "the CLI has no \(slot.name) entry any more, but a sign-in is stored", at: places,
        fix: .advice("if it should be gone:\(.remove(slot.legacyID ?? slot.sdkID))"))
    }
  }
}
