import LosslessJSON

/// SEC601: too many readers.
struct ReadableByOthers: MachineRule {
  static let documentation = RuleDocumentation(
    .readableByOthers, name: "readable-by-others", severity: .error,
    summary: "A file with keys can be read by others, or its directory can be written by others.",
    rationale:
      "Every account of the machine reads the key, or puts another file in its place. Cline itself "
      + "writes both files of keys with 0600.",
    examples: [
      .accepts(MachineExample([:])),
      .mends(
        MachineExample(
          [:],
          .with {
            $0.exposed = [
              .init(
                path: AbsolutePath.root.appending("home/u/.cline/data/secrets.json"),
                mode: FileMode(rawValue: 0o644), isDirectory: false)
            ]
          })),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    // What another program manages is its to protect; the link is told by another rule.
    machine.surroundings.exposed.filter { !$0.path.isManaged }.map { exposed in
      let mode = String(exposed.mode.rawValue, radix: 8)
      return finding(
        exposed.isDirectory
          ? "others can write to \(exposed.path) (mode \(mode)), and so replace the files in it"
          : "others can read \(exposed.path) (mode \(mode)), which holds keys",
        at: SettingsFile.allCases.filter { machine.main[$0].realPath == exposed.path }.map {
          StorePlace($0, .root)
        },
        fix: .init(
          description:
            "\(.run(["chmod", String(exposed.restricted.rawValue, radix: 8), exposed.path.description]))",
          isSafe: true, action: .restrict(exposed.path, exposed.restricted)))
    }
  }
}
