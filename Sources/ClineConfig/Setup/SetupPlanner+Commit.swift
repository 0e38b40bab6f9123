extension SetupPlanner {
  /// Performs a plan, as one transaction with a backup. Durable when it returns.
  ///
  /// Where Cline runs it may write older settings back: the change is looked at again after a second,
  /// which is longer than Cline waits before it writes (500 ms, StateManager 4.1.13).
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - command: What to call this change in the list of backups. No values.
  @discardableResult
  public func commit(
    _ plan: SetupPlan, command: String
  ) throws(SetupError) -> Outcome {
    let running = store.programsAtRisk(of: plan.change)
    if options.stopsWhereClineRuns, !running.isEmpty {
      throw SetupError(.running(running.map(\.description)))
    }
    let backup: Backup?
    do throws(StoreError) {
      backup = try store.commit(plan.change, command: command)
    } catch {
      throw SetupError(.store(error))
    }
    return Outcome(
      plan: plan, backup: backup,
      findings: running.isEmpty || backup == nil
        ? [] : store.findingsAfterASecond(rules, catalog: catalog))
  }
}

extension SettingsStore {
  /// The programs that may write older settings back over a change.
  package func programsAtRisk(of plan: Plan) -> [RunningClient] {
    guard plan.files.contains(where: { $0.file == .globalState || $0.file == .secrets }) else {
      return []
    }
    return RunningClient.all(on: host, in: locations)
  }

  /// What running programs have changed back already.
  package func findingsAfterASecond(_ rules: RuleSet, catalog: ProviderCatalog) -> [Finding] {
    host.sleep(1_000)
    guard let machine = Machine.read(host, override: locations.override) else { return [] }
    return rules.findings(of: [.clineIsRunning, .overwritten], in: machine, catalog: catalog)
  }
}
