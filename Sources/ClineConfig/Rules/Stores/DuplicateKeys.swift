import LosslessJSON

/// STORE509: a key that stands twice.
struct DuplicateKeys: MachineRule {
  static let documentation = RuleDocumentation(
    .duplicateKeys, name: "duplicate-keys", severity: .warning,
    summary: "A key appears more than once in one object.",
    rationale:
      "The last one counts, for Cline and for clinecfg. Somebody who reads the file from the top "
      + "sees another value, and Cline drops the others at its next write.",
    examples: [
      .accepts(MachineExample([.globalState: #"{"a":1,"b":{"a":2}}"#])),
      .flags(MachineExample([.globalState: #"{"mode":"plan","mode":"act"}"#]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    SettingsFile.allCases.compactMap { file in
      guard let document = machine.main[file].document else { return nil }
      let repeated = document.repeatedKeys
      guard let first = repeated.first else { return nil }
      let line = document.position(of: first).map { " (the last in line \($0.line))" } ?? ""
      return finding(
        "\(machine.main[file].path) has \(first) more than once\(line); only the last one counts",
        at: repeated.map { StorePlace(file, $0) },
        fix: .advice("close Cline, and remove the others in an editor"))
    }
  }
}
