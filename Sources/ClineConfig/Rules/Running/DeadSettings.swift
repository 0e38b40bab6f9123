import LosslessJSON

/// RUN703: settings that nobody reads any more.
struct DeadSettings: MachineRule {
  static let documentation = RuleDocumentation(
    .deadSettings, name: "dead-settings", severity: .warning,
    summary: "VS Code's settings.json has `cline.*` keys that no Cline since 3.16 reads.",
    rationale:
      "Whoever sets them expects an effect. Cline keeps its settings in files of its own; the only "
      + "key in VS Code's is `cline.rollout.bundleOverride`.",
    exceptions: "A VS Code whose Cline is older than 3.16 still reads them.",
    examples: [
      .accepts(
        MachineExample(
          [:],
          .editor(ClineVersion("4.1.13"), settings: #"{"cline.rollout.bundleOverride": "auto"}"#))),
      .accepts(
        MachineExample(
          [:], .editor(ClineVersion("3.15.2"), settings: #"{"cline.enableCheckpoints": true}"#))),
      .mends(
        MachineExample(
          [:], .editor(ClineVersion("4.1.13"), settings: #"{"cline.enableCheckpoints": true}"#))),
      .mends(MachineExample([:], .editor(nil, settings: #"{"cline.mcp.mode": "full"}"#))),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.surroundings.editors.flatMap { editor -> [Finding] in
      guard editor.cline.map({ $0.isAtLeast("3.16.0") }) ?? true else { return [] }
      return editor.allSettings.compactMap { settings in
        let dead = VSCodeSettings.deadKeys.filter {
          settings.document?[JSONPointer(tokens: [$0])] != nil
        }
        guard !dead.isEmpty else { return nil }
        let names = dead.map(\.text).joined(separator: ", ")
        return finding(
          "\(settings.path) has \(names), which no Cline since 3.16 reads", about: .setup,
          fix: .init(
            description: "remove \(dead.count == 1 ? "it" : "them")", isSafe: true,
            action: .clean(settings.path, dead.map { JSONPointer(tokens: [$0]) })))
      }
    }
  }
}
