/// LIVE806: the provider answers 429: too many requests, or a quota is used up.
struct RateLimited: LiveRule {
  static let documentation = RuleDocumentation(
    .rateLimited, name: "rate-limited", severity: .warning,
    summary: "The provider answers 429: too many requests, or a quota is used up.",
    rationale:
      "The key is known. Cline tries again by itself a few times.",
    examples: [
      .accepts(.answer(200)),
      .flags(.answer(429), .warning),
      .flags(.answer(429, headers: ["retry-after": "7"]), .warning),
    ])

  func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    guard let response = exchange.response, response.status == 429 else { return [] }
    let wait = response.headers["retry-after"].map { ", Retry-After: \($0.prefix(40))" }
    return [
      // About no part: no other value mends it.
      finding(
        "\(exchange.host) says too many requests (429)\(wait ?? "")" + words(exchange),
        about: .setup,
        fix: wait == nil && exchange.provider?.guidance[429] == nil
          ? .advice("wait a minute, or see whether a quota is used up") : exchange.advice(429))
    ]
  }
}
