import LosslessJSON

/// STATE901: a setting of another type.
struct WrongType: MachineRule {
  static let documentation = RuleDocumentation(
    .wrongType, name: "wrong-type", severity: .warning,
    summary: "A setting has another type than Cline's.",
    rationale:
      "VS Code takes what stands in globalState.json as it is: a text in the place of a switch is on "
      + "whatever it says, and a text in the place of a number breaks what counts with it. The CLI takes "
      + "its own value in place of what it cannot use (state-keys.ts, 4.1.13; global-settings.ts, SDK 0.0.78).",
    exceptions: "null is not set. Of keys that no table of Cline's has, nothing is said.",
    examples: [
      .accepts(MachineExample([:])),
      .accepts(
        MachineExample([.globalState: #"{"hooksEnabled":true,"shellIntegrationTimeout":null}"#])),
      .mends(MachineExample([.globalState: #"{"hooksEnabled":"false"}"#])),
      .mends(MachineExample([.globalState: #"{"shellIntegrationTimeout":"8000"}"#])),
      .flags(MachineExample([.globalState: #"{"hooksEnabled":[]}"#]), .warning),
      .mends(MachineExample([.globalSettings: #"{"autoUpdateEnabled":"no"}"#])),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.stored { setting, value in
      guard !setting.kind.hasType(of: value) else { return nil }
      return finding(
        "\(setting.name) is no \(setting.kind.typeName)", at: [setting.place],
        fix: setting.mending(value, into: "what it says"))
    }
  }
}

extension SettingKind {
  /// What it is, in a word or two.
  var typeName: String {
    switch self {
    case .flag: "true or false"
    case .text, .url, .word, .anyText: "text"
    case .count, .amount: "number"
    case .list, .array: "list"
    case .object: "object"
    }
  }
}
