/// URL101: what stands there is no address.
struct NotAURL: Rule {
  static let documentation = RuleDocumentation(
    "URL101", "not-a-url", .error,
    summary: "The Base URL has no scheme, no host, or white space inside.",
    rationale:
      "Cline hands the text to its HTTP client, which answers \"Invalid URL\" or takes "
      + "`localhost:11434` for a scheme. In providers.json a Base URL without a scheme makes Cline "
      + "read the whole file as empty.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")),
      .fixes(.url("api.rutaapi.com/v1"), to: .baseURL("https://api.rutaapi.com/v1")),
      .flags(.url("https://api.ruta api.com/v1")), .flags(.url("https:///v1")),
      .flags(.url("ftp://api.rutaapi.com/v1")), .flags(.url("localhost:11434/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let text = triple.baseURL, !text.isEmpty else { return [] }
    if let url = BaseURL(text) {
      guard !["http", "https"].contains(url.scheme) else { return [] }
      return [finding("the scheme '\(url.scheme)' is neither http nor https", about: .baseURL)]
    }
    let withScheme = "https://" + text
    let isKnown = BaseURL(withScheme) != nil && catalog.evidence(ofBaseURL: withScheme) != nil
    let problem =
      text.unicodeScalars.contains(where: JavaScript.isWhiteSpace)
      ? "has white space inside" : text.contains("://") ? "has no host" : "has no scheme"
    return [
      finding(
        "the Base URL \(problem)", about: .baseURL, fix: isKnown ? .url(withScheme) : nil)
    ]
  }
}
