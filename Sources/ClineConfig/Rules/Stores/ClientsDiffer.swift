import LosslessJSON

/// STORE517: VS Code and the CLI are set up for different providers.
struct ClientsDiffer: MachineRule {
  static let documentation = RuleDocumentation(
    .clientsDiffer, name: "clients-differ", severity: .info,
    summary: "VS Code and the CLI use different providers.",
    rationale:
      "VS Code goes by the choice in globalState.json, the CLI by `lastUsedProvider` in providers.json. "
      + "Each of them writes its own, so a change in one does not reach the other.",
    exceptions: "It may be intended, so it is only told.",
    examples: [
      .accepts(
        MachineExample([
          .globalState: #"{"actModeApiProvider":"groq","planModeApiProvider":"groq"}"#,
          .providers:
            #"{"version":1,"lastUsedProvider":"groq","providers":{"groq":{"settings":{"provider":"groq","apiKey":"invented-key-0001"},"updatedAt":"2026-08-22T20:03:00.000Z","tokenSource":"manual"}}}"#,
        ])),
      .flags(
        MachineExample([
          .globalState: #"{"actModeApiProvider":"mistral","planModeApiProvider":"mistral"}"#,
          .providers:
            #"{"version":1,"lastUsedProvider":"groq","providers":{"groq":{"settings":{"provider":"groq","apiKey":"invented-key-0001"},"updatedAt":"2026-08-22T20:03:00.000Z","tokenSource":"manual"}}}"#,
        ]), .info),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let choice = JSONPointer(tokens: [Mode.act.providerKey])
    guard let state = machine.main.readable(.globalState)?.nonEmptyString(at: choice),
      let document = machine.main.readable(.providers),
      let last = document.nonEmptyString(at: "/lastUsedProvider"),
      document[JSONPointer(tokens: ["providers", JSONKey(last)])] != nil,
      let one = ProviderSlot.slot(sdkID: ProviderSlot.normalizedStateID(state)),
      let other = ProviderSlot.slot(sdkID: last), one.sdkID != other.sdkID
    else { return [] }
    return [
      finding(
        "VS Code uses \(one.name) and the CLI \(other.name)",
        at: [StorePlace(.globalState, choice), StorePlace(.providers, "/lastUsedProvider")],
        fix: .advice(
          "if that is not intended, use one for both:\(machine.step(settingUp: one, catalog))"))
    ]
  }
}
