/// RUN701: somebody holds old settings in memory.
struct ClineIsRunning: MachineRule {
  static let documentation = RuleDocumentation(
    .clineIsRunning, name: "cline-is-running", severity: .warning,
    summary: "Cline, or an editor that has it, is running with settings of its own in memory.",
    rationale:
      "VS Code reads globalState.json and secrets.json once and later writes them whole: a change "
      + "made meanwhile is lost at its next write. A hub keeps the model registry of its start.",
    exceptions: "Where the system does not list processes, nothing is said.",
    examples: [
      .accepts(MachineExample([:])),
      .flags(
        MachineExample(
          [:], .with { $0.running = [RunningClient(name: "VS Code", process: 4711)] }), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard !machine.surroundings.running.isEmpty else { return [] }
    let names = machine.surroundings.running.map(\.description)
    return [
      finding(
        "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") running and may still "
          + "use, and write back, older settings",
        about: .setup,
        fix: .advice(
          "after a change reload each VS Code window (Developer: Reload Window) and start Cline's "
            + "command anew"))
    ]
  }
}
