/// LIVE808: the provider has no model list at its address.
struct NoModelList: LiveRule {
  static let documentation = RuleDocumentation(
    .noModelList, name: "no-model-list", severity: .info,
    summary: "The provider has no model list at its address.",
    rationale:
      "Model IDs then cannot be looked up, and a chat request is the only proof.",
    examples: [
      .accepts(.answer(200)),
      .accepts(.answer(404)),
      .flags(.answer(404, question: .models), .info),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let status = exchange.response?.status, exchange.question == .models,
      status == 404 || status == 405 || status == 501, exchange.response?.isPage == false
    else { return [] }
    return [
      finding(
        "\(exchange.host) has no model list at \(exchange.url) (\(status))", about: .model,
        fix: .advice("look up the Model ID in the provider's documentation"))
    ]
  }
}
