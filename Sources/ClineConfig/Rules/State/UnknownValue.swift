import LosslessJSON

/// STATE902: a value that Cline does not know.
struct UnknownValue: MachineRule {
  static let documentation = RuleDocumentation(
    .unknownValue, name: "unknown-value", severity: .warning,
    summary: "A setting has a value that is none of Cline's.",
    rationale:
      "Cline compares the words of its settings exactly, and takes any other for something that it is "
      + "not: `Plan` is not plan mode. A number below 1 where something is counted stops what waits for it.",
    exceptions: "Words that providers choose themselves, such as Model IDs, are not looked at.",
    examples: [
      .accepts(MachineExample([.globalState: #"{"mode":"plan","telemetrySetting":"disabled"}"#])),
      .mends(MachineExample([.globalState: #"{"mode":"Plan"}"#])),
      .flags(MachineExample([.globalState: #"{"telemetrySetting":"off"}"#]), .warning),
      .flags(MachineExample([.globalState: #"{"shellIntegrationTimeout":0}"#]), .warning),
      .flags(MachineExample([.globalSettings: #"{"planActMode":"ask"}"#]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.stored { setting, value in
      guard setting.owner == .person, setting.kind.hasType(of: value), !setting.kind.accepts(value),
        value.string?.isEmpty != true || setting.standard != nil
      else { return nil }
      return finding(
        "\(setting.name) must be \(setting.kind.expected)", at: [setting.place],
        fix: setting.mending(value, into: "the word that Cline knows"))
    }
  }
}
