import LosslessJSON

/// STORE512: changed back.
struct Overwritten: MachineRule {
  static let documentation = RuleDocumentation(
    .overwritten, name: "overwritten", severity: .warning,
    summary: "Values that clinecfg wrote were changed back since by another program.",
    rationale:
      "A VS Code window that was open during the change still had the old settings in memory and "
      + "wrote them back, whole files at a time (ClineFileStorage.ts, 4.1.13).",
    exceptions:
      "A value that is now a third one was changed by somebody on purpose, and is left alone. Only "
      + "the newest change is looked at.",
    examples: [
      .accepts(MachineExample([:])),
      .mends(
        MachineExample(
          [.globalState: #"{"mode":"act"}"#],
          .with {
            $0.overwritten = [
              StoreEdit(file: .globalState, pointer: "/mode", action: .set("plan"))
            ]
          })),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let lost = machine.surroundings.overwritten.filter { edit in
      guard let document = machine.main.readable(edit.file) else { return false }
      var applied = document
      _ = try? edit.apply(to: &applied)
      return applied.bytes != document.bytes
    }
    guard !lost.isEmpty else { return [] }
    var edits = ChangeSet()
    edits.append(lost)
    return [
      finding(
        "another program, probably an open Cline, has changed back \(lost.count == 1 ? "a value" : "\(lost.count) values") "
          + "of the last change",
        at: lost.map { StorePlace($0.file, $0.pointer) },
        fix: .edits("close or reload Cline's windows, then make the change again", edits: edits))
    ]
  }
}
