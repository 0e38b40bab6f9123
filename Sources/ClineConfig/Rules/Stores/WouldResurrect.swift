import LosslessJSON

/// STORE507: removed, but not gone.
struct WouldResurrect: MachineRule {
  static let documentation = RuleDocumentation(
    .wouldResurrect, name: "would-resurrect", severity: .warning,
    summary: "A provider has no entry in providers.json, but its key still stands in secrets.json.",
    rationale:
      "Each start of Cline adds an entry for every provider whose key it finds "
      + "(provider-settings-legacy-migration.ts, SDK 0.0.78): a removed provider comes back.",
    exceptions:
      "A provider that is selected, and a machine whose providers.json has no entry at all: there "
      + "the migration has simply not run yet.",
    examples: [
      .accepts(MachineExample([.secrets: #"{"groqApiKey":"invented-key-0001"}"#])),
      .flags(
        MachineExample([
          .secrets: #"{"groqApiKey":"invented-key-0001"}"#,
          .providers:
            #"{"version":1,"lastUsedProvider":"xai","providers":{"xai":{"settings":{"provider":"xai"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#,
        ]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard let secrets = machine.main.readable(.secrets),
      let entries = machine.main.readable(.providers)?["/providers"]?.object, !entries.isEmpty
    else { return [] }
    let selected = Mode.allCases.compactMap {
      machine.main.readable(.globalState)?[JSONPointer(tokens: [$0.providerKey])]?.string
    }
    let present = ProviderSlot.legacy.filter {
      entries[JSONKey($0.sdkID)] != nil || selected.contains($0.legacyID ?? "")
    }
    return ProviderSlot.legacy.compactMap { slot in
      guard let key = slot.secretKey, !slot.sharesSecret, slot.authentication == .apiKey,
        !present.contains(where: { $0.secretKey == key }),
        secrets[JSONPointer(tokens: [JSONKey(key)])]?.string?.isEmpty == false
      else { return nil }
      return finding(
        "\(slot.name) is not set up for the CLI, but its key is stored: Cline will add it at its "
          + "next start",
        at: [StorePlace(.secrets, JSONPointer(tokens: [JSONKey(key)]))],
        fix: .advice("if it should be gone: \(.remove(slot.legacyID ?? slot.sdkID))"))
    }
  }
}
