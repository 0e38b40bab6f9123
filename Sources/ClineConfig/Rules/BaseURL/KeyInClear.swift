/// URL102: the key would travel unencrypted.
struct KeyInClear: TripleRule {
  static let documentation = RuleDocumentation(
    .keyInClear, name: "key-in-clear", severity: .error,
    summary: "The Base URL begins with http:// and leaves this machine.",
    rationale:
      "The key is in a header of every request: without TLS everybody on the way reads it. A "
      + "public API also answers with a redirect that turns POST into GET.",
    exceptions:
      "Loopback addresses are accepted; private networks get a warning, and without a key a hint.",
    examples: [
      .accepts(.url("http://localhost:11434/v1")), .accepts(.url("http://127.0.0.1:1234/v1")),
      .fixes(.url("http://api.rutaapi.com/v1"), to: .baseURL("https://api.rutaapi.com/v1")),
      .flags(.url("http://llm.example.com/v1")),
      .flags(.url("http://192.168.1.5:8000/v1"), .warning),
      .flags(.url("http://gpu-box.lan/v1"), .warning),
      .flags(
        Triple(
          provider: "ollama", slotID: "ollama", baseURL: "http://192.168.1.5:11434", model: "m"),
        .info),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let url = triple.baseURL.flatMap({ BaseURL($0) }), url.scheme == "http", !url.isLoopback
    else { return [] }
    var secure = url
    secure.scheme = "https"
    let isKnown = catalog.evidence(ofBaseURL: url.description) != nil
    let isKeyless = triple.key.map { $0.isEmpty || $0.reveal() == Triple.keyForKeyless } ?? true
    return [
      finding(
        "\(isKeyless ? "prompts and answers" : "the key") would be sent unencrypted (http) to \(url.host)",
        about: .baseURL,
        severity: !url.isPrivate ? .error : isKeyless ? .info : .warning,
        fix: isKnown && !url.isPrivate ? .url(secure.description) : nil)
    ]
  }
}
