/// LIVE803: the provider answers 401: it does not accept the key.
struct Unauthorized: LiveRule {
  static let documentation = RuleDocumentation(
    .unauthorized, name: "unauthorized", severity: .error,
    summary: "The provider answers 401: it does not accept the key.",
    rationale:
      "The key is missing, wrong, revoked, or of another platform. Which of them the offline rules leave open is said.",
    examples: [
      .accepts(.answer(200)),
      .flags(.answer(401)),
      .flags(.answer(401, body: "{\"error\":{\"message\":\"bad key\"}}")),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard exchange.response?.status == 401, exchange.response?.isPage == false else { return [] }
    return [
      finding(
        "\(exchange.host) does not accept the key (401)" + words(exchange), about: .key,
        fix: exchange.advice(401))
    ]
  }
}
