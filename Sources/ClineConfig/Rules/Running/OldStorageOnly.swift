import LosslessJSON

/// RUN704: Cline's settings are where only a Cline of long ago reads them.
struct OldStorageOnly: MachineRule {
  private static let database = AbsolutePath.root.appending(
    "home/u/.config/Code/User/globalStorage/state.vscdb")

  static let documentation = RuleDocumentation(
    .oldStorageOnly, name: "old-storage", severity: .warning,
    summary: "Only VS Code's own storage (state.vscdb) holds Cline's settings.",
    rationale:
      "Cline before 3.66 kept its settings there. The CLI, JetBrains and this command see nothing of "
      + "them; a newer Cline takes them over when it starts for the first time.",
    exceptions: "Once Cline's files choose a provider, what is in the old storage does not matter.",
    examples: [
      .accepts(MachineExample([:])),
      .accepts(
        MachineExample(
          [.globalState: #"{"actModeApiProvider":"openai"}"#],
          .with { $0.oldStorages = [database] })),
      .flags(MachineExample([:], .with { $0.oldStorages = [database] }), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard !machine.isConfigured else { return [] }
    return machine.surroundings.oldStorages.map { path in
      finding(
        "Cline's settings are only in \(path), where Cline before 3.66 kept them", about: .setup,
        fix: .advice("bring them over (you are asked for the key):\(.importOldStorage)"))
    }
  }
}
