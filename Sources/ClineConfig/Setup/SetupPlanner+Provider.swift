extension SetupPlanner {
  /// What the provider said to a change, before anything is written.
  public struct Verdict: Sendable {
    /// What came of the question.
    public enum Outcome: Sendable {
      /// No network was wanted.
      case notWanted
      /// A command of the profile was not run, so there is no key to ask with.
      case keyUnknown
      /// A cloud's own means sign its requests, and nothing here can.
      case signedByCloud
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
      /// The provider answered a small request to the model.
      case answered
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
    guard options.verification != .never, !part.target.slot.isSignedByCloud else { return nil }
    let triple = triple(of: part, baseURL: askedURL(part), model: "-")
    guard host.liveCheck(triple, catalog: catalog).refusal.isEmpty else { return nil }
    return host.askForModels(triple, catalog: catalog)
  }

  /// Asks each provider of a plan. Throws where the answer must stop the change.
  ///
  /// One request of a few hundred bytes for each provider, five seconds at most.
  public func verify(_ plan: SetupPlan) throws(SetupError) -> [Verdict] {
    guard options.verification == .required || !plan.change.isEmpty || options.knownKey != .taken
    else { return [] }
    var results: [Verdict] = []
    for part in plan.parts { results.append(try verify(part)) }
    return results
  }

  /// One small chat request for each model: what was asked for is done only when it answers.
  private func askEach(
    _ part: SetupPlan.Part, after answer: ModelAnswer, _ found: [Finding]
  ) throws(SetupError) -> Verdict {
    var findings = found
    for model in Set(part.setup.models.values).sorted() {
      let triple = triple(of: part, baseURL: askedURL(part), model: model)
      let verdict = host.verify(triple, catalog: catalog, asked: answer)
      let stopping = verdict.findings.filter { !options.allowed.contains($0.rule) }
      if let stop = verdict.stop, !stopping.isEmpty {
        throw SetupError(
          stop == .unreachable ? .unreachable : .providerRefused, findings: stopping)
      }
      findings += verdict.findings.filter { !findings.contains($0) }
    }
    return Verdict(
      provider: part.provider, outcome: .answered, isKeyProved: true, findings: findings)
  }

  private func askedURL(_ part: SetupPlan.Part) -> String? {
    part.target.askedURL ?? (part.target.isCompatible ? part.provider.compatibleRoot : nil)
  }

  private func verify(_ part: SetupPlan.Part) throws(SetupError) -> Verdict {
    func result(
      _ outcome: Verdict.Outcome, isKeyProved: Bool? = nil, findings: [Finding] = []
    ) -> Verdict {
      Verdict(
        provider: part.provider, outcome: outcome, isKeyProved: isKeyProved, findings: findings)
    }
    let isWanted = options.verification == .required
    guard options.verification != .never else { return result(.notWanted) }
    guard part.key.isKnown else { return result(.keyUnknown) }
    if part.target.slot.isSignedByCloud { return result(.signedByCloud) }
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
      guard isWanted else {
        return result(.offered, isKeyProved: answer.isKeyProved, findings: missing)
      }
      return try askEach(part, after: answer, missing)
    }
    if isWanted, answer.saysNothing, answer.exchange.error == nil {
      return try askEach(part, after: answer, [])
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
}
