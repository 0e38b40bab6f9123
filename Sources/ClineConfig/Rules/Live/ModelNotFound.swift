/// LIVE805: the provider answers that it has no such model, or no such route.
struct ModelNotFound: LiveRule {
  static let documentation = RuleDocumentation(
    .modelNotFound, name: "model-not-found", severity: .error,
    summary: "The provider answers that it has no such model, or no such route.",
    rationale:
      "A Model ID that is not active in the account answers 404 (some answer 400). A 404 that does not speak of the model is about the path: /v1 is missing or doubled.",
    examples: [
      .accepts(.answer(200)),
      .accepts(.answer(404, question: .models)),
      .flags(.answer(404, body: "{\"error\":{\"message\":\"The model m-1 does not exist\"}}")),
      .flags(.answer(400, body: "{\"error\":\"unknown model m-1\"}")),
      .flags(.answer(404, body: "{\"detail\":\"Not Found\"}")),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let response = exchange.response, !response.isPage, exchange.question == .chat,
      response.status == 404 || response.status == 400 && exchange.isAboutModel
        || response.status == 405
    else { return [] }
    if exchange.isAboutModel {
      return [
        finding(
          "\(exchange.host) does not know the model \(exchange.model) (\(response.status))",
          about: .model,
          fix: .advice("choose a model from the provider's list"))
      ]
    }
    return [
      finding(
        "\(exchange.host) has no such route (\(response.status)): \(exchange.url)", about: .baseURL,
        fix: exchange.provider?.compatibleRoot.map { .url($0, isSafe: false) }
          ?? .advice("check the path of the Base URL; most end in /v1"))
    ]
  }
}
