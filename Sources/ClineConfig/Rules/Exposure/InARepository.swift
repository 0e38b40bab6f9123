import LosslessJSON

/// SEC602: on its way to a server.
struct InARepository: MachineRule {
  static let documentation = RuleDocumentation(
    .inARepository, name: "in-a-repository", severity: .error,
    summary: "A file with keys is tracked by git, or is in a work tree and is not ignored.",
    rationale:
      "The next `git add` or push publishes the key. A key that was ever committed stays in the "
      + "history.",
    exceptions: "Without git on this machine nothing is said.",
    examples: [
      .accepts(MachineExample([:])),
      .flags(
        MachineExample(
          [:],
          .with {
            $0.repositories = [
              AbsolutePath.root.appending("home/u/.cline/data/secrets.json"): .tracked
            ]
          })),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.surroundings.repositories.sorted { $0.key.description < $1.key.description }.map {
      path, tracking in
      let folder = path.parent.description
      let line =
        "echo \(ShellWord.quoted(path.name)) >> \(ShellWord.quoted(folder + "/.gitignore"))"
      return finding(
        tracking == .tracked
          ? "\(path) holds keys and is tracked by git"
          : "\(path) holds keys, is in a git work tree and is not ignored",
        at: SettingsFile.allCases.filter { machine.main[$0].realPath == path }.map {
          StorePlace($0, .root)
        },
        fix: .advice(
          tracking == .tracked
            ? "take it out of git, and create new keys, because the old ones are in its history:"
              + "\(.run(["git", "-C", folder, "rm", "--cached", "--", path.name]))"
            : "tell git to ignore it:\(.run(["sh", "-c", line]))"))
    }
  }
}
