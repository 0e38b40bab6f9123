import LosslessJSON

/// STORE516: a setting that changes nothing.
struct WithoutEffect: MachineRule {
  static let documentation = RuleDocumentation(
    .withoutEffect, name: "without-effect", severity: .info,
    summary: "An entry of providers.json names a protocol that its requests do not go by.",
    rationale:
      "`protocol`, `client` and `routingProviderId` are kept and shown, but an agent's requests go by "
      + "the protocol of the provider's own id (sdk/packages/llms, SDK 0.0.78).",
    exceptions: "What names the protocol that is spoken anyway.",
    examples: [
      .accepts(MachineExample([.providers: entry(#""protocol":"openai-chat""#)])),
      .accepts(MachineExample([.providers: entry(#""model":"m""#)])),
      .flags(MachineExample([.providers: entry(#""protocol":"openai-responses""#)]), .info),
      .flags(MachineExample([.providers: entry(#""routingProviderId":"groq""#)]), .info),
    ])

  private static func entry(_ setting: String) -> String {
    #"{"version":1,"lastUsedProvider":"openai-compatible","providers":{"openai-compatible":{"settings":{"provider":"openai-compatible","#
      + setting + #"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
  }

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard let entries = machine.main.readable(.providers)?["/providers"]?.object else { return [] }
    return entries.effective.flatMap { id, entry -> [Finding] in
      // An id of nobody's is one cause, and another rule's.
      guard let slot = ProviderSlot.slot(sdkID: id.text), let settings = entry["settings"]?.object
      else { return [] }
      let spoken = slot.spokenProtocol
      let others = [
        ("protocol", spoken?.rawValue), ("client", slot.sdkID), ("routingProviderId", slot.sdkID),
      ].filter { name, own in
        settings[JSONKey(name)]?.string.map { !$0.isEmpty && $0 != own } ?? false
      }
      return others.map { name, _ in
        let place = StorePlace(
          .providers, JSONPointer(tokens: ["providers", id, "settings", JSONKey(name)]))
        return finding(
          "'\(name)' of \(slot.name) has no effect; Cline uses \(spoken?.rawValue ?? "its own protocol")",
          at: [place], fix: .advice("if nothing else needs it:\(.unset(place))"))
      }
    }
  }
}
