import ClineConfig
import CommandLineTool

extension SetupRun {
  /// Plans, asks the provider, writes, and tells.
  ///
  /// - Parameter command: What to call the change in the list of backups.
  func perform(as command: String) throws -> (report: Report, planned: Planned) {
    guard !arguments[Options.verify] || !arguments[Options.noVerify] else {
      throw Failure(.usage, "--verify and --no-verify exclude each other", help: "pass one of them")
    }
    let store = try context.store(arguments)
    let isTrial = arguments[Options.dryRun]
    var planned = try planned(
      on: store.load(), in: store, keys: isTrial ? .withoutCommands : .all)
    for open in Surroundings.writableDirectories(of: store.locations, on: context.host) {
      planned.notes.append(
        "others can write in \(open.path), and so replace what Cline reads: clinecfg doctor --fix")
    }
    let verified = try verify(planned)
    planned.findings += verified.flatMap(\.findings)
    let committed = try context.commit(planned.plan, in: store, as: command, arguments)
    if let after = try context.setup(arguments, after: planned.plan) {
      let rules: Set<RuleID> =
        modes.count == 1 ? [.splitDataDirectory, .planActDiffer] : [.splitDataDirectory]
      planned.findings += RuleSet.standard.findings(of: rules, in: after, catalog: context.catalog)
        .map(\.asWarning)
    }
    if planned.parts.count > 1 {
      planned.notes.append("Cline's CLI uses act mode's provider in both modes: it has one only")
    }
    var report = report(planned, isDryRun: arguments[Options.dryRun], backup: committed.backup)
    let proofs = verified.map(\.isProved)
    report.members["verified"] =
      proofs.contains(false)
      ? false : !proofs.isEmpty && proofs.allSatisfy { $0 == true } ? true : .null
    report.text += verified.map(\.sentence).joined()
    report.details =
      "data directory \(store.locations.dataDirectory.description): decided by "
      + "\(store.locations.decidedBy)\n"
    for part in planned.parts {
      let model = part.setup.models[.act] ?? part.setup.models[.plan]
      report.details += Evidence.lines(
        of: context.catalog.judge(triple(of: part, part.setup.baseURL, model)), context.catalog)
    }
    report.add(committed)
    return (report, planned)
  }

  /// A change, done or not, with every choice and what it comes to.
  func report(_ planned: Planned, isDryRun: Bool, backup: Backup?) -> Report {
    let change = ChangeReport(
      plan: planned.plan, isDryRun: isDryRun, backup: backup, findings: planned.findings)
    var report = Report()
    report.notes = planned.notes
    report.members = change.members
    let what =
      planned.plan.isEmpty ? "already points" : isDryRun ? "would point" : "now points"
    for part in planned.parts { report.text += text(of: part, what) }
    if !planned.plan.isEmpty { report.text += "\(isDryRun ? "would change" : "changed"):\n" }
    report.text += change.text
    for finding in planned.findings { report.text += finding.line }
    return report
  }

  private func text(of part: Part, _ what: String) -> StyledText {
    let setup = part.setup
    let modes = setup.models.keys.sorted { $0.rawValue < $1.rawValue }
    var text: StyledText =
      "\(Style.bold)Cline \(what) at \(part.provider.name)\(Style.plain) "
      + "(\(modes.map(\.rawValue).joined(separator: " and ")) mode)\n"
    text += "  Base URL  \(setup.baseURL ?? setup.slot.defaultBaseURL ?? "")\n"
    for mode in modes where mode == .act || setup.models[.act] != setup.models[mode] {
      let label = Set(setup.models.values).count > 1 ? " (\(mode.rawValue))" : ""
      text += "  Model ID  \(setup.models[mode] ?? "")\(label)\n"
    }
    return text
      + "  key       \(setup.key.map { context.masked($0) + " " } ?? "")(\(part.key.source))\n"
  }

  /// For programs: what `set-provider` says of its one choice, and a profile of each mode.
  func members(of part: Part, model: String) -> JSONObject {
    [
      "provider": .string(part.provider.id),
      "baseURL": (part.setup.baseURL ?? part.setup.slot.defaultBaseURL).map { .string($0) }
        ?? .null,
      "model": .string(model),
      "key": [
        "source": .string(part.key.source),
        "masked": .string(part.setup.key.map(context.masked) ?? ""),
      ],
    ]
  }
}
