import LosslessJSON

/// TRIPLE402: two modes, two providers, by accident.
struct PlanActDiffer: MachineRule {
  static let documentation = RuleDocumentation(
    .planActDiffer, name: "plan-act-differ", severity: .warning,
    summary: "Plan and act mode send to different providers although separate models are off.",
    rationale:
      "Cline reads provider and model of each mode by themselves; the switch for separate models "
      + "only decides what the settings page writes. A mode without a provider falls back to "
      + "OpenRouter, never to the other mode's.",
    exceptions: "With planActSeparateModelsSetting on, different providers are meant.",
    examples: [
      .accepts(MachineExample([:])),
      .accepts(
        MachineExample([
          .globalState: #"{"planModeApiProvider":"groq","actModeApiProvider":"groq"}"#
        ])),
      .accepts(
        MachineExample([
          .globalState:
            #"{"planModeApiProvider":"groq","actModeApiProvider":"xai","planActSeparateModelsSetting":true}"#
        ])),
      .flags(
        MachineExample([
          .globalState: #"{"planModeApiProvider":"groq","actModeApiProvider":"xai"}"#
        ]), .warning),
      .flags(MachineExample([.globalState: #"{"actModeApiProvider":"groq"}"#])),
    ])

  private static let separate = StorePlace(.globalState, "/planActSeparateModelsSetting")

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let settings = machine.main.settings
    func id(_ mode: Mode) -> String? {
      settings[provider: mode].flatMap { $0.isEmpty ? nil : $0 }
    }
    func place(_ mode: Mode) -> StorePlace {
      StorePlace(.globalState, JSONPointer(tokens: [mode.providerKey]))
    }
    func step(_ id: String) -> Advice.Step {
      ProviderSlot.slot(legacyID: id).map { machine.step(settingUp: $0, catalog) } ?? .setUp(nil)
    }
    switch (id(.plan), id(.act)) {
    case (nil, nil): return []
    case (let plan?, let act?):
      guard plan != act, settings.planActSeparateModelsSetting != true else { return [] }
      return [
        finding(
          "plan mode uses \(plan) and act mode \(act), but \"different models for Plan and Act\" is off",
          at: [place(.plan), place(.act)],
          fix: .advice(
            "use one for both modes:\(step(act)); or, if the difference is intended:\(.set(Self.separate, to: "true"))"
          ))
      ]
    case (let plan, let act):
      let unset: Mode = plan == nil ? .plan : .act
      let other = plan ?? act ?? ""
      guard other != "openrouter" else { return [] }
      return [
        finding(
          "\(unset.rawValue) mode has no provider, so Cline uses OpenRouter there; the other mode uses "
            + other,
          at: [place(unset)], severity: .error,
          fix: .advice("use one for both modes:\(step(other))"))
      ]
    }
  }
}
