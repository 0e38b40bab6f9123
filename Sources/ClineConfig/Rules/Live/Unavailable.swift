/// LIVE807: the provider answers 5xx: it is not able to answer for the moment.
struct Unavailable: LiveRule {
  static let documentation = RuleDocumentation(
    .unavailable, name: "unavailable", severity: .warning,
    summary: "The provider answers 5xx: it is not able to answer for the moment.",
    rationale:
      "It says nothing about key, Base URL or Model ID.",
    examples: [
      .accepts(.answer(200)),
      .flags(.answer(500), .warning),
      .flags(.answer(503), .warning),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let status = exchange.response?.status, (500...599).contains(status),
      exchange.response?.isPage == false
    else { return [] }
    return [
      finding(
        "\(exchange.host) cannot answer for the moment (\(status))" + words(exchange),
        about: .setup, severity: .warning, fix: exchange.advice(status))
    ]
  }
}
