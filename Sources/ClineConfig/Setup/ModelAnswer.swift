/// What a provider said to the question for its models.
package struct ModelAnswer: Sendable {
  package let check: LiveCheck
  package let offered: OfferedModels?
  package let exchange: LiveCheck.Exchange
  /// What that shows.
  package let findings: [Finding]

  /// Whether a keyed answer proved the key; `nil` when nothing was proved.
  package var isKeyProved: Bool? {
    if offered != nil { return check.listProvesKey ? true : nil }
    return exchange.response?.status == 401 ? false : nil
  }

  /// Whether it says nothing about key and address: no network, a limit, a server that is down, no
  /// list at all.
  package var saysNothing: Bool {
    if let error = exchange.error { return error.kind != .untrusted && error.kind != .notHTTP }
    // Some protocols have no list to ask for.
    guard let response = exchange.response else { return true }
    guard !response.isPage else { return false }
    let status = response.status
    return status == 429 || (500...599).contains(status)
      || findings.contains { $0.rule == .noModelList }
  }
}

extension HostEnvironment {
  /// What asks a provider about a triple, and lets no secret of this run come back.
  package func liveCheck(
    _ triple: Triple, catalog: ProviderCatalog, as request: EffectiveRequest? = nil
  ) -> LiveCheck {
    LiveCheck(
      triple, catalog: catalog, through: transport, as: request,
      without: redactor(catalog, isStrict: true))
  }

  /// Asks for the model list. Only ever called when the rules have nothing against the address and
  /// the key; a good answer is remembered.
  package func askForModels(
    _ triple: Triple, catalog: ProviderCatalog, as request: EffectiveRequest? = nil
  ) -> ModelAnswer {
    let check = liveCheck(triple, catalog: catalog, as: request)
    let (offered, exchange) = check.models()
    if offered != nil, check.listProvesKey, let key = triple.key, let provider = check.provider {
      AcceptedKeys.remember(key, of: provider.id, on: self)
    }
    return ModelAnswer(
      check: check, offered: offered, exchange: exchange,
      findings: offered == nil ? RuleSet.standard.findings(in: exchange) : [])
  }
}

/// What came of asking a provider with all that a client would send: the rules, the list, the model in
/// it, one chat request.
package struct LiveVerdict: Sendable {
  /// Where the last question went.
  package var url: String
  /// The last answer.
  package var response: HTTPResponse?
  /// What it shows.
  package var findings: [Finding] = []
  /// Why it stopped; `nil` where everything answered.
  package var stop: Stop?

  /// Why asking stopped.
  package enum Stop: Hashable, Sendable {
    /// The rules do not grant the key to that host, or the model is not offered.
    case refused
    /// Somebody answered, and not well.
    case answered
    /// Nobody answered.
    case unreachable
  }
}

extension HostEnvironment {
  /// Asks in the order that shows most for least. A key that is accepted is remembered.
  package func verify(
    _ triple: Triple, catalog: ProviderCatalog, as request: EffectiveRequest? = nil,
    asked: ModelAnswer? = nil
  ) -> LiveVerdict {
    let check = liveCheck(triple, catalog: catalog, as: request)
    var verdict = LiveVerdict(url: check.chatURL)
    let refusal = check.refusal
    guard refusal.isEmpty else {
      (verdict.findings, verdict.stop) = (refusal, .refused)
      return verdict
    }
    let answer = asked ?? askForModels(triple, catalog: catalog, as: request)
    if let offered = answer.offered {
      var listed = triple
      listed.offered = offered
      let missing = RuleSet.standard.findings(in: listed, catalog: catalog).filter {
        $0.part == .model && $0.severity == .error
      }
      if !missing.isEmpty {
        (verdict.findings, verdict.stop) = (missing, .refused)
        (verdict.response, verdict.url) = (answer.exchange.response, answer.exchange.url)
        return verdict
      }
    } else if !answer.saysNothing || answer.exchange.error != nil {
      (verdict.findings, verdict.stop) = (
        answer.findings, answer.exchange.error == nil ? .answered : .unreachable
      )
      (verdict.response, verdict.url) = (answer.exchange.response, answer.exchange.url)
      return verdict
    }
    let chat = check.chat()
    verdict.response = chat.response
    verdict.findings = RuleSet.standard.findings(in: chat)
    if chat.response?.status == 200, verdict.findings.isEmpty {
      if let key = triple.key, let provider = check.provider, provider.needsKey {
        AcceptedKeys.remember(key, of: provider.id, on: self)
      }
      // Where chat works, a missing list is all that there is to tell.
      verdict.findings = answer.findings.filter { $0.rule == .noModelList }
    } else {
      verdict.stop = chat.error == nil ? .answered : .unreachable
    }
    return verdict
  }
}
