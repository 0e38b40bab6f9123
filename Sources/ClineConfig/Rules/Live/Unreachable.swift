/// LIVE801: the provider cannot be reached: DNS, connection, TLS or time.
struct Unreachable: LiveRule {
  static let documentation = RuleDocumentation(
    .unreachable, name: "unreachable", severity: .error,
    summary: "The provider cannot be reached: DNS, connection, TLS or time.",
    rationale:
      "Nothing was sent, or nothing came back. Cline reports such failures as \"Connection error\".",
    examples: [
      .accepts(.answer(200)),
      .flags(.failure(.unresolved)),
      .flags(.failure(.refused)),
      .flags(.failure(.untrusted)),
      .flags(.failure(.timedOut)),
      .flags(.failure(.broken)),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let error = exchange.error else { return [] }
    let help: Advice =
      switch error.kind {
      case .noTransport: "install curl"
      case .unresolved: "look for a typing mistake in the host, and at the network"
      case .refused:
        exchange.provider?.kind == .local
          ? "start the server" : "look at the network, a proxy or a firewall"
      case .untrusted:
        "a private certificate is trusted through SSL_CERT_FILE here, and through NODE_EXTRA_CA_CERTS by Cline"
      case .timedOut: "try again, or look at the network"
      case .tooLarge, .notHTTP: "look at the Base URL: that is no API"
      case .broken: "try again"
      case .proxy: "look at HTTPS_PROXY and NO_PROXY"
      case .noAddress: "look at the Base URL"
      }
    // Only what another address may mend is about the Base URL.
    let part: Judgement.Evidence.Part =
      switch error.kind {
      case .unresolved, .tooLarge, .notHTTP, .noAddress: .baseURL
      case .noTransport, .refused, .untrusted, .timedOut, .broken, .proxy: .setup
      }
    return [finding(error.description, about: part, fix: .advice(help))]
  }
}
