import LosslessJSON

/// SEC605: a link that will not last.
struct LinkTarget: MachineRule {
  static let documentation = RuleDocumentation(
    .linkTarget, name: "link-target", severity: .info,
    summary: "A file of Cline's is a symbolic link.",
    rationale:
      "Cline renames its new file over the link and does not follow it (ClineFileStorage.ts, "
      + "4.1.13): after its next write the link is a file, and the dotfile repository is no longer "
      + "updated. clinecfg follows links and keeps them.",
    examples: [
      .accepts(MachineExample([:])),
      .flags(
        MachineExample(
          [:],
          .with {
            $0.links = [.globalState: AbsolutePath.root.appending("home/u/dotfiles/state.json")]
          }), .info),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    SettingsFile.allCases.compactMap { file in
      guard let target = machine.surroundings.links[file] else { return nil }
      if target.isManaged {
        return finding(
          "\(machine.main[file].path) is a link to \(target), which another program manages: clinecfg cannot "
            + "change it",
          at: [StorePlace(file, .root)], severity: file.holdsSecrets ? .warning : .info,
          fix: .advice(
            file.holdsSecrets
              ? "change it there, and keep keys out of it: everybody on this machine can read it"
              : "change it there"))
      }
      return finding(
        "\(machine.main[file].path) is a link to \(target): Cline will replace the link with a file when it "
          + "next writes",
        at: [StorePlace(file, .root)])
    }
  }
}
