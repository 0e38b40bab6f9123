/// RUN701: somebody holds old settings in memory.
struct ClineIsRunning: MachineRule {
  static let documentation = RuleDocumentation(
    .clineIsRunning, name: "cline-is-running", severity: .info,
    summary: "Cline, or an editor that has it, is running with settings of its own in memory.",
    rationale:
      "VS Code reads globalState.json and secrets.json once and later writes them whole: a change "
      + "made meanwhile is lost at its next write. A hub keeps the model registry of its start.",
    exceptions: "Where the system does not list processes, nothing is said.",
    examples: [
      .accepts(MachineExample([:])),
      .flags(
        MachineExample(
          [:], .with { $0.running = [RunningClient(name: "VS Code", process: 4711)] }), .info),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard !machine.surroundings.running.isEmpty else { return [] }
    let names = machine.surroundings.running.map(\.description)
    return [
      finding(
        "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") open and may still "
          + "use older settings, or write them back",
        about: .setup, severity: machine.surroundings.overwritten.isEmpty ? .info : .warning,
        fix: .advice(
          "after a change, reload each VS Code window (Developer: Reload Window) and restart the "
            + "Cline CLI"))
    ]
  }
}
