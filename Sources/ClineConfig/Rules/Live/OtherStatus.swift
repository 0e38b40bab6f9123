/// LIVE809: a status that says no, and none of the usual ones.
struct OtherStatus: LiveRule {
  static let documentation = RuleDocumentation(
    .otherStatus, name: "other-status", severity: .error,
    summary: "The provider answers with a status that is neither good nor one of the usual ones.",
    rationale: "Cline shows the server's words and stops. So do these lines.",
    examples: [
      .accepts(.answer(200)), .accepts(.answer(401)), .accepts(.answer(429)),
      .accepts(.answer(400, body: "{\"error\":\"unknown model m-1\"}")),
      .accepts(.answer(400, body: "{\"error\":{\"message\":\"API key not valid\"}}")),
      .flags(.answer(400, body: "{\"error\":{\"message\":\"something else\"}}")),
      .flags(.answer(422)), .flags(.answer(400, question: .models)), .flags(.answer(418)),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let response = exchange.response, !response.isPage,
      !(200..<400).contains(response.status),
      response.status < 500, !exchange.isAboutKey
    else { return [] }
    switch response.status {
    case 401, 402, 403, 429: return []
    case 404, 405: return []
    case 400 where exchange.question == .chat && exchange.isAboutModel: return []
    default: break
    }
    return [
      finding(
        "\(exchange.host) refuses the request (\(response.status))" + words(exchange),
        about: .setup, fix: exchange.advice(response.status) ?? exchange.advice(400))
    ]
  }
}
