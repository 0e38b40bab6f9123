import LosslessJSON

/// SEC602: on its way to a server.
struct InARepository: MachineRule {
  static let documentation = RuleDocumentation(
    .inARepository, name: "in-a-repository", severity: .error,
    summary: "A file with keys is tracked by git, or stands in a work tree and is not ignored.",
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
      let folder = ShellWord.quoted(path.parent.description)
      let name = ShellWord.quoted(path.name)
      return finding(
        tracking == .tracked
          ? "\(path) holds keys and is tracked by git"
          : "\(path) holds keys, stands in a git work tree and is not ignored",
        at: SettingsFile.allCases.filter { machine.main[$0].realPath == path }.map {
          StorePlace($0, .root)
        },
        fix: .advice(
          tracking == .tracked
            ? "git -C \(folder) rm --cached \(name), ignore it, and make new keys: the old ones are "
              + "in the history"
            : "echo \(name) >> \(folder)/.gitignore"))
    }
  }
}
