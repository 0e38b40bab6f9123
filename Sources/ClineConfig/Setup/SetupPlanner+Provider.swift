extension SetupPlanner {
  /// What the provider said to a change, before anything is written.
  public struct Verdict: Sendable {
    /// What came of the question.
    public enum Outcome: Sendable {
      /// No network was wanted.
      case notWanted
      /// A command of the profile was not run, so there is no key to ask with.
      case keyUnknown
      /// The rules do not grant the key to that host.
      case notGranted
      /// There is nothing on this machine to ask with.
      case noTransport
      /// The answer tells nothing about key and model.
      case noUsefulAnswer
      /// What speaks against it was allowed.
      case allowed
      /// The provider offers the model.
      case offered
    }

    /// The provider that was asked.
    public let provider: Provider
    /// What came of it.
    public let outcome: Outcome
    /// Whether a keyed answer proved the key; `nil` when nothing was proved.
    public let isKeyProved: Bool?
    /// What the answer shows and does not stop the change.
    public let findings: [Finding]
  }
}

extension SetupPlanner {
  /// Asks for the model list, unless the rules do not grant the key to that host or no network is
  /// wanted.
  func ask(_ part: SetupPlan.Part) -> ModelAnswer? {
    guard options.verification != .never else { return nil }
    let url =
      part.target.askedURL ?? (part.target.isCompatible ? nil : part.provider.compatibleRoot)
    let triple = triple(of: part, baseURL: url, model: "-")
    guard host.liveCheck(triple, catalog: catalog).refusal.isEmpty else { return nil }
    return host.askForModels(triple, catalog: catalog)
  }

  /// Asks each provider of a plan. Throws where the answer must stop the change.
  ///
  /// One request of a few hundred bytes for each provider, five seconds at most.
  public func verify(_ plan: SetupPlan) throws(SetupError) -> [SetupPlanner.Verdict] {
    guard options.verification == .required || !plan.change.isEmpty else { return [] }
    var results: [SetupPlanner.Verdict] = []
    for part in plan.parts { results.append(try verify(part)) }
    return results
  }

  private func verify(_ part: SetupPlan.Part) throws(SetupError) -> SetupPlanner.Verdict {
    func result(
      _ outcome: SetupPlanner.Verdict.Outcome, isKeyProved: Bool? = nil, findings: [Finding] = []
    ) -> SetupPlanner.Verdict {
      SetupPlanner.Verdict(
        provider: part.provider, outcome: outcome, isKeyProved: isKeyProved, findings: findings)
    }
    let isWanted = options.verification == .required
    guard options.verification != .never else { return result(.notWanted) }
    guard part.key.isKnown else { return result(.keyUnknown) }
    guard let answer = part.asked ?? ask(part) else { return result(.notGranted) }
    func stopping(_ found: [Finding]) -> [Finding] {
      found.filter { !options.allowed.contains($0.rule) }
    }
    if let offered = answer.offered {
      var missing: [Finding] = []
      for model in Set(part.setup.models.values).sorted() {
        var triple = triple(of: part, model: model)
        triple.offered = offered
        missing += rules.findings(in: triple, catalog: catalog).filter {
          $0.rule == .modelNotOffered
        }
      }
      guard stopping(missing).isEmpty else {
        throw SetupError(.modelNotOffered, findings: stopping(missing))
      }
      return result(.offered, isKeyProved: answer.isKeyProved, findings: missing)
    }
    if answer.exchange.error?.kind == .noTransport, !isWanted { return result(.noTransport) }
    if answer.saysNothing, !isWanted {
      return result(.noUsefulAnswer, findings: answer.findings.map(\.asWarning))
    }
    guard stopping(answer.findings).isEmpty, !answer.findings.isEmpty, !isWanted else {
      throw SetupError(
        answer.exchange.error == nil ? .providerRefused : .unreachable, findings: answer.findings)
    }
    return result(.allowed, isKeyProved: answer.isKeyProved, findings: answer.findings)
  }

  // MARK: The change

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
  ) throws(SetupError) -> SetupPlanner.Outcome {
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
    return SetupPlanner.Outcome(
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
