/// URL101: what stands there is no address.
struct NotAURL: TripleRule {
  static let documentation = RuleDocumentation(
    .notAURL, name: "not-a-url", severity: .error,
    summary:
      "The Base URL has no scheme, no host, white space inside, letters beyond ASCII, or a host that is "
      + "read as another than it is written.",
    rationale:
      "Cline hands the text to its HTTP client, which answers \"Invalid URL\" or takes "
      + "`localhost:11434` for a scheme. In providers.json a Base URL without a scheme makes Cline "
      + "read the whole file as empty.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")),
      .fixes(.url("api.rutaapi.com/v1"), to: .baseURL("https://api.rutaapi.com/v1")),
      .fixes(.url(" https://api.rutaapi.com/v1\n"), to: .baseURL("https://api.rutaapi.com/v1")),
      .flags(.url("https://api.ruta api.com/v1")), .flags(.url("https:///v1")),
      .flags(.url("ftp://api.rutaapi.com/v1")), .flags(.url("localhost:11434/v1")),
      .flags(.url("https://llm.example.com:99999/v1")), .flags(.url("https://256.1.1.1/v1")),
      .flags(.url("https://m\u{FC}nchen.example/v1")), .flags(.url("https://134744072/v1")),
      .flags(.url("https://llm.example.com\\@api.rutaapi.com/v1")),
      .fixes(.url("http://https://llm.example.com/v1"), to: .baseURL("https://llm.example.com/v1")),
      .fixes(
        .url("\u{201C}https://llm.example.com/v1\u{201D}"),
        to: .baseURL("https://llm.example.com/v1")),
      .flags(.url("https://llm;api.example.com/v1")), .flags(.url("https://llm%2eexample.com/v1")),
    ])

  /// What stands behind `http://` in `http://https://host/v1`.
  private static func behindTwoSchemes(_ text: String) -> String? {
    let lower = text.lowercased()
    for scheme in ["http://", "https://"] where lower.hasPrefix(scheme) {
      let rest = String(text.dropFirst(scheme.count))
      for other in ["http://", "https://"]
      where rest.lowercased().hasPrefix(other) && BaseURL(rest) != nil {
        return scheme == other ? rest : "https://" + rest.dropFirst(other.count)
      }
    }
    return nil
  }

  /// Where nothing tells what it should be.
  private static let another = Finding.Fix.advice(
    "use an address such as https://api.example.com/v1")

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let text = triple.baseURL, !text.isEmpty else { return [] }
    if let rest = Self.behindTwoSchemes(text) {
      return [
        finding("it has two schemes", about: .baseURL, fix: .url(rest))
      ]
    }
    if let url = BaseURL(text) {
      guard ["http", "https"].contains(url.scheme) else {
        return [
          finding(
            "the scheme is '\(url.scheme)', not http or https", about: .baseURL, fix: Self.another)
        ]
      }
      if let port = url.port, Int(port).map({ $0 > 65_535 }) ?? false {
        return [
          finding(
            "there is no port \(port); the highest is 65535", about: .baseURL, fix: Self.another)
        ]
      }
      guard WHATWGURL.accepts(text) else {
        return [
          finding("\(url.host) is not a valid host name", about: .baseURL, fix: Self.another)
        ]
      }
      let isName = text.utf8.allSatisfy { $0 < 0x80 }
      guard url.hasPlainHost || !isName else {
        return [
          finding("\(url.host) is not a valid host name", about: .baseURL, fix: Self.another)
        ]
      }
      // Where a key goes must be plain to see.
      if isName, text.utf8.contains(UInt8(ascii: "\\")) {
        return [
          finding(
            "it has a backslash, which counts as a slash: requests go to \(url.host)",
            about: .baseURL, fix: .url(url.description, isSafe: false))
        ]
      }
      if isName, !url.host.hasPrefix("["), !text.lowercased().contains(url.host) {
        return [
          finding(
            "programs read the host as \(url.host), which is not how it is written",
            about: .baseURL,
            fix: .url(url.description, isSafe: false))
        ]
      }
      guard
        isName
          || LookAlikeHost.resembled(by: url.host, catalog) != nil
      else {
        return [
          finding(
            "it has letters beyond ASCII", about: .baseURL,
            fix: .advice("write the host in its xn-- form, and the path with %xx"))
        ]
      }
      return []
    }
    let trimmed = JavaScript.trim(text)
    let quotes = CharacterQuotes.stripped(trimmed)
    if quotes != trimmed, BaseURL(quotes) != nil {
      return [
        finding("there are quotes around it", about: .baseURL, fix: .url(quotes))
      ]
    }
    if trimmed != text, BaseURL(trimmed) != nil {
      return [
        finding("there is white space around it", about: .baseURL, fix: .url(trimmed))
      ]
    }
    let withScheme = "https://" + text
    let isKnown = BaseURL(withScheme) != nil && catalog.evidence(ofBaseURL: withScheme) != nil
    let problem =
      text.unicodeScalars.contains(where: JavaScript.isWhiteSpace)
      ? "has white space inside" : text.contains("://") ? "has no host" : "has no scheme"
    return [
      finding(
        "it \(problem)", about: .baseURL, fix: isKnown ? .url(withScheme) : Self.another)
    ]
  }
}
