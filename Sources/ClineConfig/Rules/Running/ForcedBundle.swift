import LosslessJSON

/// RUN702: which of Cline's two programs a window starts is no longer Cline's choice.
struct ForcedBundle: MachineRule {
  private static let cline = ClineVersion("4.1.13")

  static let documentation = RuleDocumentation(
    .forcedBundle, name: "bundle", severity: .info,
    summary: "A setting or a variable forces one of Cline's two bundles.",
    rationale:
      "Since 4.1 the extension holds two programs that read different files, and Cline chooses by a "
      + "rollout. `cline.rollout.bundleOverride` in VS Code's settings, or `CLINE_BUNDLE_OVERRIDE` in "
      + "the environment that VS Code starts in, decides instead.",
    exceptions: "The value `auto` forces nothing.",
    examples: [
      .accepts(MachineExample([:], .editor(cline, settings: #"{}"#))),
      .accepts(
        MachineExample([:], .editor(cline, settings: #"{"cline.rollout.bundleOverride": "auto"}"#))),
      .accepts(
        MachineExample(
          [:],
          .editor(ClineVersion("4.0.12"), settings: #"{"cline.rollout.bundleOverride": "next"}"#))),
      .flags(
        MachineExample([:], .editor(cline, settings: #"{"cline.rollout.bundleOverride": "next"}"#)),
        .info),
      .flags(
        MachineExample(
          [:], variables: ["CLINE_BUNDLE_OVERRIDE": "legacy"], .editor(cline, settings: #"{}"#)),
        .info),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.surroundings.editors.compactMap { editor in
      guard let bundle = editor.bundle(variables: machine.variables, memento: nil), bundle.isForced,
        let client = bundle.client
      else { return nil }
      return finding(
        "\(editor.name) starts Cline's \(client.bundleName) program, because of "
          + "\(bundle.decidedBy)",
        about: .setup,
        fix: .advice(
          bundle.decidedBy.hasPrefix("CLINE_")
            ? "if that is not intended, unset CLINE_BUNDLE_OVERRIDE where VS Code is started"
            : "if that is not intended:\(.startBundle("auto", editor: editor.flavour.id))"))
    }
  }
}

extension ClineClient {
  /// What Cline calls the program inside its extension.
  package var bundleName: String { self == .vscodeSDK ? "next" : "legacy" }
}

extension Surroundings {
  /// A VS Code with a Cline and these settings, for examples.
  static func editor(_ cline: ClineVersion?, settings: String) -> Surroundings {
    let userData = AbsolutePath.root.appending("home/u/.config/Code")
    var reading = StoreReading(path: userData.appending("User/settings.json"))
    reading.parse(Array(settings.utf8), as: .vscode)
    return .with {
      $0.editors = [
        VSCodeInstallation(
          flavour: VSCodeFlavour.all[0], userData: userData,
          extensions: AbsolutePath.root.appending("home/u/.vscode/extensions"), isElsewhere: false,
          cline: cline, settings: reading)
      ]
    }
  }
}
