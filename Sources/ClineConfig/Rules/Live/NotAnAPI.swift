import LosslessJSON

/// LIVE802: a web page or a redirect answers, not an API.
struct NotAnAPI: LiveRule {
  static let documentation = RuleDocumentation(
    .notAnAPI, name: "not-an-api", severity: .error,
    summary: "A web page or a redirect answers, not an API.",
    rationale:
      "The Base URL is a website or a dashboard, or there is a login before it. A redirect is never followed: the key would go along.",
    examples: [
      .accepts(.answer(200)),
      .flags(.answer(200, body: "<!doctype html><html></html>")),
      .flags(.answer(302, body: "", headers: ["location": "https://login.example.com/"])),
      .flags(.answer(404, body: "<html></html>", headers: ["content-type": "text/html"])),
      .flags(.answer(200, body: "not json", question: .models)),
    ])

  /// The provider's own address, unless that is what was asked.
  private static func fix(_ exchange: LiveCheck.Exchange) -> Finding.Fix {
    guard let root = exchange.provider?.compatibleRoot else {
      return .advice("use the address of the API, not of a website")
    }
    return exchange.url.hasPrefix(root)
      ? .advice("the address is right; a login, a proxy or another server answers there")
      : .url(root, isSafe: false)
  }

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let response = exchange.response else { return [] }
    let what: String
    if (300..<400).contains(response.status) {
      let target = response.headers["location"].flatMap { BaseURL($0) }?.host
      what = "a redirect answers" + (target.map { " (to \($0))" } ?? "") + ", which is not followed"
    } else if response.isPage {
      what = "a web page answers, not an API"
    } else if response.status == 200, exchange.question == .models,
      ModelList(response.body) == nil
    {
      what = "the answer is not a model list"
    } else if response.status == 200, exchange.question == .chat,
      (try? JSONDocument(parsing: response.body)) == nil
    {
      what = "the answer is not JSON"
    } else {
      return []
    }
    return [
      finding(
        "\(exchange.host): \(what)", about: .baseURL,
        fix: Self.fix(exchange))
    ]
  }
}
