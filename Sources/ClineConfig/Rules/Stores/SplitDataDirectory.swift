import LosslessJSON

/// STORE510: not one place, but two.
struct SplitDataDirectory: MachineRule {
  static let documentation = RuleDocumentation(
    .splitDataDirectory, name: "split-data-dir", severity: .warning,
    summary: "Environment variables make Cline's clients read different files.",
    rationale:
      "JetBrains, CLI 2 and the extension from before the SDK know only CLINE_DIR; CLINE_DATA_DIR and "
      + "CLINE_PROVIDER_SETTINGS_PATH are for the others. CLINE_SANDBOX=1 moves every path of the CLI. A VS Code that was not started from a "
      + "shell may see none of them.",
    exceptions: "With --data-dir the named directory is looked at for every client.",
    examples: [
      .accepts(MachineExample([:])),
      .accepts(MachineExample([:], variables: ["CLINE_DIR": "/data/cline"])),
      .flags(MachineExample([:], variables: ["CLINE_DATA_DIR": "/data/cline"]), .warning),
      .flags(MachineExample([:], variables: ["CLINE_SANDBOX": "1"]), .warning),
      .flags(
        MachineExample([:], variables: ["CLINE_PROVIDER_SETTINGS_PATH": "/data/p.json"]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    var found: [(clients: [String], message: String, fix: Finding.Fix)] = []
    if let sandbox = machine.variables["CLINE_SANDBOX"], JavaScript.trim(sandbox) == "1" {
      let directory = machine.variables["CLINE_SANDBOX_DATA_DIR"].map(JavaScript.trim) ?? ""
      found.append(
        (
          [ClineClient.cli.name],
          directory.isEmpty
            ? "a temporary directory of its own, because CLINE_SANDBOX is 1"
            : "\(directory), because CLINE_SANDBOX is 1",
          .advice("if that is not intended, unset CLINE_SANDBOX")
        ))
    }
    for (client, snapshot) in machine.views {
      if client == .vscodeLegacy, !machine.surroundings.startsLegacy { continue }
      let own = snapshot.locations
      let differing = client.files.filter {
        own.path(of: $0) != machine.main.locations.path(of: $0)
      }
      guard let file = differing.first else { continue }
      let directory = own.dataDirectory
      let isElsewhere = directory != machine.main.locations.dataDirectory
      let message =
        isElsewhere
        ? "\(directory) (\(own.decidedBy)), and the CLI \(machine.main.locations.dataDirectory) "
          + "(\(machine.main.locations.decidedBy))"
        : "\(own.path(of: file)), and the CLI \(machine.main.locations.path(of: file))"
      if let index = found.firstIndex(where: { $0.message == message }) {
        found[index].clients.append(client.name)
      } else {
        found.append(
          (
            [client.name], message,
            .advice(
              isElsewhere
                ? "check that one too:\(.examine(directory))"
                : "unset the variable, or set it for every program that starts Cline")
          ))
      }
    }
    return found.map { clients, message, fix in
      finding(
        "\(clients.joined(separator: " and ")) \(clients.count == 1 ? "reads" : "read") \(message)",
        about: .setup, fix: fix)
    }
  }
}
