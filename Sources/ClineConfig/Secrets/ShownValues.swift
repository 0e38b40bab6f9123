extension ProviderCatalog {
  /// A stored value that should hold no key, should it hold one.
  package func withoutSecrets(_ text: String) -> String {
    guard var url = BaseURL(text) else {
      return looksLikeKey(text) ? masked(Secret(text)) : text
    }
    guard url.userInfo != nil || url.query != nil || url.fragment != nil else { return text }
    if url.userInfo != nil { url.userInfo = Redactor.mark }
    if let query = url.query, !isCline(query) { url.query = Redactor.mark }
    if url.fragment != nil { url.fragment = Redactor.mark }
    return url.description
  }

  /// Whether a query is what Cline itself adds to an address: of a stream, and Azure's version.
  private func isCline(_ query: String) -> Bool {
    query == "alt=sse"
      || query.wholeMatch(of: /api-version=20[0-9]{2}-[0-9]{2}-[0-9]{2}(-preview)?/) != nil
  }

  /// A key as it may be shown.
  package func masked(_ key: Secret) -> String { key.masked(publicPrefixes: publicPrefixes) }

  /// Whom a triple is sent to: the provider, or the host and port of an unknown one.
  package func receiver(of triple: Triple) -> String {
    if let provider = provider(of: triple) { return provider.name }
    guard let url = triple.baseURL.flatMap({ BaseURL($0) }) else { return "no known provider" }
    return url.host + (url.port.map { ":" + $0 } ?? "")
  }

  /// One part of a triple as it may be shown; `nil` where there is none, or it is no part.
  package func shown(_ part: Judgement.Evidence.Part, of triple: Triple) -> String? {
    switch part {
    case .baseURL:
      // What is no address may be a key in the wrong field.
      triple.baseURL.map {
        BaseURL($0) == nil && !$0.contains(".") ? Redactor.mark : withoutSecrets($0)
      }
    case .key:
      triple.key.flatMap { key in
        key.isEmpty || key.reveal() == Triple.keyForKeyless ? nil : masked(key)
      }
    case .model: triple.model.map(withoutSecrets)
    case .provider, .setup: nil
    }
  }
}
