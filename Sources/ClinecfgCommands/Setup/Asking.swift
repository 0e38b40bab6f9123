import ClineConfig
import CommandLineTool

/// What a provider said to the question for its models.
struct ModelAnswer {
  let check: LiveCheck
  let offered: OfferedModels?
  let exchange: LiveCheck.Exchange
  /// What that shows.
  let findings: [Finding]

  /// Whether a keyed answer proved the key; `nil` when nothing was proved.
  var isKeyProved: Bool? {
    if offered != nil { return check.listProvesKey ? true : nil }
    return exchange.response?.status == 401 ? false : nil
  }

  /// The exit code of a failure: nobody answered, or somebody refused.
  var code: ExitCode { exchange.error == nil ? .protocolError : .unavailable }

  /// Whether it says nothing about key and address: no network, a limit, a server that is down, no
  /// list at all.
  var saysNothing: Bool {
    if let error = exchange.error { return error.kind != .untrusted && error.kind != .notHTTP }
    guard let status = exchange.response?.status, exchange.response?.isPage == false else {
      return false
    }
    return status == 429 || (500...599).contains(status)
      || findings.contains { $0.rule == .noModelList }
  }
}

extension Context {
  /// What asks a provider about a triple, and lets no secret of this run come back.
  func liveCheck(_ triple: Triple) -> LiveCheck {
    LiveCheck(triple, catalog: catalog, through: host.transport, without: redactor(isStrict: true))
  }

  /// Asks for the model list. Only ever called when the rules have nothing against the address and
  /// the key; a good answer is remembered.
  func askForModels(_ triple: Triple) -> ModelAnswer {
    let check = liveCheck(triple)
    let (offered, exchange) = check.models()
    if offered != nil, check.listProvesKey, let key = triple.key, let provider = check.provider {
      AcceptedKeys.remember(key, of: provider.id, on: host)
    }
    return ModelAnswer(
      check: check, offered: offered, exchange: exchange,
      findings: offered == nil ? RuleSet.standard.findings(in: exchange) : [])
  }

  /// A failure that names what a provider answered.
  ///
  /// - Parameter others: What is to be told too, and is not the cause.
  func failure(
    _ code: ExitCode, _ findings: [Finding], _ end: StyledText, besides others: [Finding] = []
  ) -> Failure {
    var failure = Failure(
      code, "\(findings.first?.message ?? "there was no useful answer")" + end,
      help: findings.first?.fix.map { "\($0.description)" })
    failure.members = ["findings": .array((others + findings).map(\.json))]
    failure.text = (others + findings).map(\.line).joined()
    return failure
  }

  /// Where a key goes only because of a provider file of the user's.
  func warnings(about triple: Triple) -> [Finding] {
    RuleSet.standard.findings(in: triple, catalog: catalog).filter { $0.rule == .ownEntry }
  }

  /// Refuses a question that would send the key where the rules do not grant it.
  func refuseUngranted(_ triple: Triple) throws {
    let refusal = liveCheck(triple).refusal
    guard !refusal.isEmpty else { return }
    throw failure(.refused, refusal, ": nothing was sent")
  }
}
