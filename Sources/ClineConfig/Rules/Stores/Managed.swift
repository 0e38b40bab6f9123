/// STORE511: somebody else decides.
struct Managed: MachineRule {
  static let documentation = RuleDocumentation(
    .managed, name: "managed", severity: .info,
    summary: "An organisation's remote configuration may override what is stored here.",
    rationale:
      "Cline takes an organisation's provider settings before local ones, in memory "
      + "(core/storage/remote-config, 4.1.13): local changes then have no effect.",
    examples: [
      .accepts(MachineExample([:])),
      .flags(MachineExample([:], .with { $0.isManaged = true }), .info),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard machine.surroundings.isManaged else { return [] }
    return [
      finding(
        "an organisation manages this Cline, and its remote configuration may override these "
          + "settings",
        about: .setup)
    ]
  }
}
