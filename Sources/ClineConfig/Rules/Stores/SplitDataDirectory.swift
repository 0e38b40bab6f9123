import LosslessJSON

/// STORE510: not one place, but two.
struct SplitDataDirectory: MachineRule {
  static let documentation = RuleDocumentation(
    .splitDataDirectory, name: "split-data-dir", severity: .warning,
    summary: "Environment variables make Cline's clients read different files.",
    rationale:
      "VS Code's legacy bundle and JetBrains know only CLINE_DIR; CLINE_DATA_DIR and "
      + "CLINE_PROVIDER_SETTINGS_PATH are for the others. A VS Code that was not started from a "
      + "shell may see none of them.",
    exceptions: "With --data-dir the named directory is looked at for every client.",
    examples: [
      .accepts(MachineExample([:])),
      .accepts(MachineExample([:], variables: ["CLINE_DIR": "/data/cline"])),
      .flags(MachineExample([:], variables: ["CLINE_DATA_DIR": "/data/cline"]), .warning),
      .flags(
        MachineExample([:], variables: ["CLINE_PROVIDER_SETTINGS_PATH": "/data/p.json"]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    var found: [(clients: [String], message: String, fix: Finding.Fix)] = []
    for (client, snapshot) in machine.views {
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
                ? "look there too: \(.examine(directory))"
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
