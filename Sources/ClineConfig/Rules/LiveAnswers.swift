import LosslessJSON

extension LiveCheck {
  /// Why the key must not be sent there: what the rules find about URL, key and whose they are.
  package var refusal: [Finding] {
    RuleSet.standard.findings(in: triple, catalog: catalog).filter {
      $0.severity == .error && $0.part != .model
    }
  }
}

extension RuleSet {
  /// What an exchange with a provider shows; nothing when it went well.
  package func findings(in exchange: LiveCheck.Exchange) -> [Finding] {
    liveRules.flatMap { $0.findings(in: exchange) }
  }
}

/// A rule about what a provider answered.
package protocol LiveRule: Rule {
  /// What is wrong with the answer.
  func findings(in exchange: LiveCheck.Exchange) -> [Finding]
}

extension LiveCheck.Exchange {
  /// For examples: a question to RutaAPI and its answer.
  static func answer(
    _ status: Int, body: String = "{}", question: Question = .chat,
    headers: [String: String] = [:]
  ) -> LiveCheck.Exchange {
    .init(
      question: question, url: "https://api.rutaapi.com/v1/chat/completions",
      response: HTTPResponse(status: status, headers: headers, body: Array(body.utf8)), error: nil,
      provider: ProviderCatalog.bundled["rutaapi"], model: "m-1")
  }
  static func failure(_ kind: HTTPTransportError.Kind) -> LiveCheck.Exchange {
    .init(
      question: .models, url: "https://api.rutaapi.com/v1/models", response: nil,
      error: HTTPTransportError(kind, host: "api.rutaapi.com"),
      provider: ProviderCatalog.bundled["rutaapi"], model: "m-1")
  }

  /// What the server itself says went wrong, in a line, without what looks like a key.
  var serverWords: String? {
    guard let body = response?.body, let root = (try? JSONDocument(parsing: body))?.root else {
      return nil
    }
    let text =
      root["error"]?["message"]?.string ?? root["error"]?.string ?? root["message"]?.string
      ?? root["detail"]?.string
    return text.map { text in
      let line = text.prefix(2_000).map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
      let words = KeyDetector(catalog: .bundled).strictlyCleaned(line).prefix(160)
      return String(words.hasSuffix(".") ? words.dropLast() : words)
    }
  }

  var host: String { BaseURL(url)?.host ?? "the server" }

  /// The provider's own words on a status, else the usual first step.
  func advice(_ status: Int) -> Finding.Fix? {
    (provider?.guidance[status].map { "\($0)" } ?? StatusGuidance.of(status)?.steps.first).map {
      .advice($0)
    }
  }

  /// Where another key comes from. The command is added where the set-up is known.
  var newKey: Finding.Fix {
    if let own = provider?.guidance[401] { return .advice("\(own)") }
    guard let provider, provider.kind != .custom else {
      return .advice("the key is wrong, revoked or another provider's; use another one")
    }
    return .advice(
      provider.keyOrigin.map { "create a \(provider.name) key at \($0)" }
        ?? "create a new \(provider.name) key")
  }

  /// Whether a 400 is about the key: Gemini and others answer so to a wrong one, and a LiteLLM proxy
  /// without a database to one that it would have to look up.
  var isAboutKey: Bool {
    guard let response, response.status == 400 else { return false }
    let text = String(decoding: response.body, as: UTF8.self).lowercased()
    return ["api key", "api_key", "apikey", "no connected db", "authentication", "unauthorized"]
      .contains { text.contains($0) }
  }

  /// Whether a 404 is about the model and not about the route.
  var isAboutModel: Bool {
    guard let text = response.map({ String(decoding: $0.body, as: UTF8.self).lowercased() }) else {
      return false
    }
    if text.contains("model_not_found") || text.contains("no such model") { return true }
    return text.contains("model")
      && [
        "not found", "does not exist", "not exist", "unknown", "invalid", "not available",
        "not active", "no endpoints",
      ]
      .contains { text.contains($0) }
  }
}
