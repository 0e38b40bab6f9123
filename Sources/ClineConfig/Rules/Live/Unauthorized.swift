/// LIVE803: the provider answers 401: it does not accept the key.
struct Unauthorized: LiveRule {
  static let documentation = RuleDocumentation(
    .unauthorized, name: "unauthorized", severity: .error,
    summary: "The provider answers 401, or 400 about the key: it does not accept the key.",
    rationale:
      "The key is missing, wrong, revoked, or of another platform. Which of them the offline rules leave open is said.",
    examples: [
      .accepts(.answer(200)),
      .flags(.answer(401)),
      .flags(.answer(400, body: "{\"error\":{\"message\":\"API key not valid\"}}")),
      .flags(.answer(400, body: "{\"error\":{\"message\":\"No connected db.\"}}")),
      .flags(.answer(401, body: "{\"error\":{\"message\":\"bad key\"}}")),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let status = exchange.response?.status, exchange.response?.isPage == false,
      status == 401 || status == 400 && exchange.isAboutKey
    else { return [] }
    return [
      finding(
        "\(exchange.host) does not accept the key (\(status))" + words(exchange), about: .key,
        fix: exchange.newKey)
    ]
  }
}
