/// LIVE804: the provider answers 403: the key is known, but may not do this.
struct Forbidden: LiveRule {
  static let documentation = RuleDocumentation(
    .forbidden, name: "forbidden", severity: .error,
    summary: "The provider answers 403: the key is known, but may not do this.",
    rationale:
      "The account has no credits, or no access to the model.",
    examples: [
      .accepts(.answer(200)),
      .flags(.answer(403)),
      .flags(.answer(402)),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let status = exchange.response?.status, status == 403 || status == 402,
      exchange.response?.isPage == false
    else { return [] }
    return [
      finding(
        "\(exchange.host) accepts the key but refuses the request (\(status))" + words(exchange),
        about: .key,
        fix: exchange.advice(status))
    ]
  }
}
