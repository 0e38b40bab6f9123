import ClineConfig
import CommandLineTool

/// What came of a change.
struct Committed {
  var plan: Plan
  var backup: Backup?
  /// Programs that run with older settings, and what they have changed back already.
  var findings: [Finding] = []
}

extension Context {
  /// Performs a plan, unless it is a dry run.
  ///
  /// Where Cline runs it may write older settings back: `--if-running fail` refuses before anything
  /// is written; else the change is made and looked at again after a second, which is longer than
  /// Cline waits before it writes (500 ms, StateManager 4.1.13).
  func commit(
    _ plan: Plan, in store: SettingsStore, as command: String, _ arguments: ParsedArguments
  ) throws -> Committed {
    var committed = Committed(plan: plan)
    guard !arguments[Options.dryRun] else { return committed }
    let isAtRisk = try checkRunning(plan, store, arguments)
    committed.backup = try store.commit(plan, command: command)
    if isAtRisk, committed.backup != nil { committed.findings = try lookAgain(arguments) }
    return committed
  }

  /// The same with a plan that is made when no other clinecfg can come in between.
  private func commit(
    in store: SettingsStore, as command: String, _ arguments: ParsedArguments,
    making plan: (Snapshot) throws(StoreError) -> Plan
  ) throws -> Committed {
    guard !arguments[Options.dryRun] else { return Committed(plan: try plan(store.load())) }
    var committed = Committed(plan: .nothing)
    var isAtRisk = false
    var refusal: (any Error)?
    committed.backup = try store.commit(command: command) { snapshot throws(StoreError) in
      committed.plan = try plan(snapshot)
      do {
        isAtRisk = try checkRunning(committed.plan, store, arguments)
        return committed.plan
      } catch {
        refusal = error
        return .nothing
      }
    }
    if let refusal { throw refusal }
    if isAtRisk, committed.backup != nil { committed.findings = try lookAgain(arguments) }
    return committed
  }

  /// Performs a plan, unless it is a dry run, and tells.
  ///
  /// - Parameter title: The first line, without its end.
  func perform(
    _ plan: Plan, in store: SettingsStore, as command: String, _ arguments: ParsedArguments,
    title: StyledText
  ) throws -> Report {
    report(try commit(plan, in: store, as: command, arguments), arguments, title: title)
  }

  /// The same with a plan that is made when no other clinecfg can come in between.
  ///
  /// - Parameters:
  ///   - plan: Makes it.
  ///   - title: The first line, without its end, once it is made.
  ///   - wayBack: The command that takes the change back.
  func perform(
    in store: SettingsStore, as command: String, _ arguments: ParsedArguments,
    making plan: (Snapshot) throws(StoreError) -> Plan, title: () -> StyledText,
    wayBack: (Backup) -> StyledText = { _ in "clinecfg undo" }
  ) throws -> Report {
    let committed = try commit(in: store, as: command, arguments, making: plan)
    return report(committed, arguments, title: title(), wayBack: wayBack)
  }

  private func report(
    _ committed: Committed, _ arguments: ParsedArguments, title: StyledText,
    wayBack: (Backup) -> StyledText = { _ in "clinecfg undo" }
  ) -> Report {
    var change = ChangeReport(
      plan: committed.plan, isDryRun: arguments[Options.dryRun], backup: committed.backup)
    change.wayBack = committed.backup.map(wayBack) ?? change.wayBack
    var report = Report()
    report.members = change.members
    report.text = title + "\n" + change.text
    report.add(committed)
    return report
  }

  /// Whether a running Cline may undo a plan; throws where that is not wanted.
  func checkRunning(
    _ plan: Plan, _ store: SettingsStore, _ arguments: ParsedArguments
  ) throws -> Bool {
    guard plan.files.contains(where: { $0.file == .globalState || $0.file == .secrets }) else {
      return false
    }
    let running = RunningClient.all(on: host, in: store.locations)
    guard !running.isEmpty else { return false }
    if arguments[Options.ifRunning] == .fail {
      throw Failure(
        .tryAgain,
        "\(running.map(\.description).joined(separator: ", ")) "
          + "\(running.count == 1 ? "is" : "are") running and could write older settings back",
        help: "close it and run this again, or pass --if-running warn")
    }
    return true
  }

  func lookAgain(_ arguments: ParsedArguments) throws -> [Finding] {
    host.sleep(1_000)
    guard let setup = try setup(arguments) else { return [] }
    return RuleSet.standard.findings(
      of: [.clineIsRunning, .overwritten], in: setup, catalog: catalog)
  }
}

extension Report {
  /// Tells which programs run with older settings.
  mutating func add(_ committed: Committed) {
    guard !committed.findings.isEmpty else { return }
    members["findings"] = .array(
      (members["findings"]?.array ?? []) + committed.findings.map(\.json))
    for finding in committed.findings {
      text += finding.line
      if let fix = finding.fix {
        let help =
          finding.isMendable
          ? "close or reload Cline's windows, then: clinecfg doctor --fix" : fix.description
        text += "help: \(help)\n"
      }
    }
    if !committed.findings.contains(where: { $0.rule == .overwritten }) {
      text += "a second later every value still stands\n"
    }
  }
}
