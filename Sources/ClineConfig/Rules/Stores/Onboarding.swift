import LosslessJSON

/// STORE508: set up, and greeted like a stranger.
struct Onboarding: MachineRule {
  static let documentation = RuleDocumentation(
    .onboarding, name: "onboarding", severity: .warning,
    summary: "Cline is set up, but VS Code shows its welcome view.",
    rationale:
      "The welcome view stays until `welcomeViewCompleted` is true in globalState.json, whatever "
      + "else is stored (ExtensionStateContext.tsx, 4.1.13). After `cline auth` alone VS Code has "
      + "no provider at all.",
    exceptions:
      "Where only the CLI is set up, and no VS Code has Cline, it is only told.",
    examples: [
      .accepts(MachineExample([:])),
      .accepts(
        MachineExample([
          .globalState: #"{"actModeApiProvider":"groq","welcomeViewCompleted":true}"#
        ])),
      .mends(
        MachineExample([
          .globalState: #"{"actModeApiProvider":"groq","welcomeViewCompleted":false}"#
        ])),
      .flags(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"xai","providers":{"xai":{"settings":{"provider":"xai"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ]), .info),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard machine.main[.globalState].problem == nil else { return [] }
    let state = machine.main[.globalState].document
    let pointer: JSONPointer = "/welcomeViewCompleted"
    let isSelected = Mode.allCases.contains {
      state?[JSONPointer(tokens: [$0.providerKey])]?.string?.isEmpty == false
    }
    if isSelected {
      guard state?[pointer]?.bool != true else { return [] }
      var edits = ChangeSet()
      edits.set(true, in: .globalState, at: pointer)
      return [
        finding(
          "Cline is set up, but VS Code shows its welcome view",
          at: [StorePlace(.globalState, pointer)], fix: .edits("mark it as seen", edits: edits))
      ]
    }
    guard let last = machine.main.readable(.providers)?["/lastUsedProvider"]?.string,
      let slot = ProviderSlot.slot(sdkID: last), slot.authentication == .apiKey
    else { return [] }
    return [
      finding(
        "only the CLI is set up; VS Code has no provider and shows its welcome view",
        at: [StorePlace(.globalState, pointer)],
        severity: machine.surroundings.editors.contains { $0.cline != nil } ? .warning : .info,
        fix: .advice("set up VS Code too:\(machine.step(settingUp: slot, catalog))"))
    ]
  }
}
