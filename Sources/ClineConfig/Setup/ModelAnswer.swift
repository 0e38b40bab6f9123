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
    guard let status = exchange.response?.status, exchange.response?.isPage == false else {
      return false
    }
    return status == 429 || (500...599).contains(status)
      || findings.contains { $0.rule == .noModelList }
  }
}

extension HostEnvironment {
  /// What asks a provider about a triple, and lets no secret of this run come back.
  package func liveCheck(_ triple: Triple, catalog: ProviderCatalog) -> LiveCheck {
    LiveCheck(
      triple, catalog: catalog, through: transport, without: redactor(catalog, isStrict: true))
  }

  /// Asks for the model list. Only ever called when the rules have nothing against the address and
  /// the key; a good answer is remembered.
  package func askForModels(_ triple: Triple, catalog: ProviderCatalog) -> ModelAnswer {
    let check = liveCheck(triple, catalog: catalog)
    let (offered, exchange) = check.models()
    if offered != nil, check.listProvesKey, let key = triple.key, let provider = check.provider {
      AcceptedKeys.remember(key, of: provider.id, on: self)
    }
    return ModelAnswer(
      check: check, offered: offered, exchange: exchange,
      findings: offered == nil ? RuleSet.standard.findings(in: exchange) : [])
  }
}
