import LosslessJSON

/// RUN703: settings that nobody reads any more.
struct DeadSettings: MachineRule {
  static let documentation = RuleDocumentation(
    .deadSettings, name: "dead-settings", severity: .warning,
    summary: "VS Code's settings.json has `cline.*` keys that no Cline reads.",
    rationale:
      "Many guides and installers write them, and expect an effect: none ever held a provider, an "
      + "address, a key or a model. Cline keeps its settings in files of its own; the only key in VS "
      + "Code's is `cline.rollout.bundleOverride`. A key in that file is readable by others and "
      + "synchronised.",
    exceptions:
      "A VS Code whose Cline is older than 3.16 still reads the few that there once were.",
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
      .mends(
        MachineExample(
          [:],
          .editor(
            ClineVersion("4.1.13"),
            settings:
              #"{"cline.apiProvider": "openai", "cline.openAiBaseUrl": "https://llm.example.com/v1", "cline.openAiApiKey": "invented-key-0001", "cline.openAiModelId": "m"}"#
          ))),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.surroundings.editors.flatMap { editor -> [Finding] in
      let isOld = editor.cline.map { !$0.isAtLeast("3.16.0") } ?? false
      return editor.allSettings.compactMap { settings in
        guard let meant = MeantSetup(settings) else { return nil }
        // An old Cline still reads the few that there once were.
        let dead = meant.keys.filter { !isOld || !VSCodeSettings.deadKeys.contains($0) }
        guard !dead.isEmpty else { return nil }
        let names = dead.map(\.text).joined(separator: ", ")
        let it = dead.count == 1 ? "it" : "them"
        let servers = dead.contains("cline.mcpServers")
        return finding(
          "\(settings.path) has \(names), which Cline does not read"
            + (servers
              ? machine.surroundings.mcp.first.map { "; MCP servers belong in \($0.path)" } ?? ""
              : "")
            + (meant.key == nil
              ? "" : "; the key in it is open to whoever reads or synchronises that file"),
          about: .setup,
          fix: .init(
            description: meant.isSetup && meant.choice(catalog) != nil
              ? "remove \(it); to set up what \(it == "it" ? "it says" : "they say") first:\(.importSettings)"
              : "remove \(it)", isSafe: true,
            action: .clean(settings.path, dead.map { JSONPointer(tokens: [$0]) })))
      }
    }
  }
}
