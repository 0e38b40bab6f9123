import LosslessJSON

/// STORE506: a token that hides the key.
struct StaleToken: MachineRule {
  static let documentation = RuleDocumentation(
    .staleToken, name: "stale-token", severity: .warning,
    summary: "There is an access token beside an API key, and Cline sends the token.",
    rationale:
      "Cline prefers `auth.accessToken` to `apiKey` (provider-auth-registry.ts, SDK 0.0.78). A new "
      + "key then has no effect. Which of the two is good cannot be told from the files, so neither "
      + "is taken out by itself.",
    exceptions: "Providers that sign in by themselves, such as Cline's own.",
    examples: [
      .accepts(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"cline","providers":{"cline":{"settings":{"provider":"cline","auth":{"accessToken":"invented-token-0001"}},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .flags(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"groq","providers":{"groq":{"settings":{"provider":"groq","apiKey":"invented-key-0001","auth":{"accessToken":"invented-token-0001"}},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard let providers = machine.main.readable(.providers) else { return [] }
    return (providers["/providers"]?.object?.effective ?? []).compactMap { id, _ in
      let settings = JSONPointer(tokens: ["providers", id, "settings"])
      let token = settings.appending("auth").appending("accessToken")
      let slot = ProviderSlot.slot(sdkID: id.text)
      guard slot?.takesStoredKey ?? true,
        providers[token]?.string?.isEmpty == false,
        providers[settings.appending("apiKey")]?.string?.isEmpty == false
      else { return nil }
      let place = StorePlace(.providers, token)
      return finding(
        "for \(slot?.name ?? id.text) Cline sends the sign-in token and not the API key",
        at: [place],
        fix: .advice("to use the key:\(.unset(place))"))
    }
  }
}
