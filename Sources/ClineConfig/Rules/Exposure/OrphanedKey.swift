import LosslessJSON

/// SEC606: a key without an owner.
struct OrphanedKey: MachineRule {
  static let documentation = RuleDocumentation(
    .orphanedKey, name: "orphaned-key", severity: .warning,
    summary: "A key file of clinecfg's belongs to no saved profile.",
    rationale:
      "A profile that was removed or rewritten by hand leaves the key that it kept, and nobody misses "
      + "it when the key leaks.",
    examples: [
      .accepts(MachineExample([:])),
      .flags(
        MachineExample(
          [:],
          .with {
            $0.orphanedKeys = [AbsolutePath.root.appending("home/u/.config/clinecfg/keys/old")]
          }), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.surroundings.orphanedKeys.map { path in
      finding(
        "\(path) holds a key that no saved profile uses", at: [],
        fix: .advice("remove it:\(.run(["rm", "--", path.description]))"))
    }
  }
}
