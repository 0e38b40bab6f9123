import LosslessJSON

/// SEC604: a copy that nobody knows of.
struct LeftOverTemporary: MachineRule {
  static let documentation = RuleDocumentation(
    .leftOverTemporary, name: "left-over-temp", severity: .warning,
    summary: "A temporary file of Cline's or clinecfg's was left beside the settings.",
    rationale:
      "It holds what was about to be written, keys included, and stays when a program is killed at "
      + "the wrong moment.",
    exceptions:
      "A file of the last hour may be in use: it is named, and not removed. What clinecfg left, the "
      + "next change cleans up by itself.",
    examples: [
      .accepts(MachineExample([:])),
      .mends(MachineExample([:], leftover(age: 7_200))),
      .flags(MachineExample([:], leftover(age: 60)), .warning),
    ])

  private static func leftover(age: Int) -> Surroundings {
    .with {
      $0.leftovers = [
        .init(
          path: AbsolutePath.root.appending(
            "home/u/.cline/data/settings/providers.json.4711.tmp"), age: age, origin: .cline)
      ]
    }
  }

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.surroundings.leftovers.map { leftover in
      let isOld = leftover.age >= 3_600 && leftover.origin != .change
      let who = leftover.origin == .cline ? "Cline" : "an interrupted clinecfg"
      return finding(
        "\(who) left \(leftover.path) behind; it may hold keys",
        at: [],
        fix: isOld
          ? .init(description: "remove it", isSafe: true, action: .delete(leftover.path))
          : .advice(
            leftover.origin == .change
              ? "\(.recover())" : "it may still be in use; look again in an hour"))
    }
  }
}
