import LosslessJSON

/// How a request leaves a client: what stands behind the address, and in which header the key.
struct Wire {
  /// What the client puts behind the address before the endpoint, such as `/v1`.
  var root = ""
  /// The endpoint of the protocol, such as `/chat/completions`.
  var endpoint: String
  /// What follows the `?`, without it.
  var query: String?
  /// The header of the key, in lower case.
  var keyHeader = "authorization"
  /// Whether a slash at the end of the address stays, beside the one of the endpoint.
  var keepsSlash = false
  /// Whether the client refuses to send without a key.
  var needsKey = false

  /// The endpoint of a protocol as the SDK's clients ask it.
  init(sdk wireProtocol: ProviderSlot.WireProtocol?, model: String) {
    switch wireProtocol {
    case .anthropic:
      (endpoint, keyHeader, needsKey) = ("/messages", "x-api-key", true)
    case .openAIResponses: (endpoint, needsKey) = ("/responses", true)
    case .gemini:
      endpoint = "/models/" + model + ":streamGenerateContent"
      (query, keyHeader, needsKey) = ("alt=sse", "x-goog-api-key", true)
    case .ollama: endpoint = "/api/chat"
    case .dify: endpoint = "/chat-messages"
    default: endpoint = "/chat/completions"
    }
  }

  init(endpoint: String, root: String = "", keyHeader: String = "authorization") {
    (self.endpoint, self.root, self.keyHeader) = (endpoint, root, keyHeader)
  }
}

extension EffectiveRequest {
  /// Sends to an address: works out URL, key and headers as they go over the wire.
  mutating func leave(to address: String, by wire: Wire) {
    // Each client's library takes one slash before the endpoint.
    var root = address
    if root.hasSuffix("/"), !wire.keepsSlash { root.removeLast() }
    root += wire.root
    baseURL = root
    let refuses = key == nil && wire.needsKey
    apply(headersOver: wire.keyHeader)
    let text = root + wire.endpoint + (wire.query.map { "?" + $0 } ?? "")
    if let problem = Self.problem(ofAddress: root) {
      self.problem = problem
    } else if refuses {
      problem = "the client sends nothing without a key"
    } else if let key, key.isUnsendable {
      problem =
        "Header '\(keyHeader == "authorization" ? "Authorization" : keyHeader ?? "")' has invalid value"
    } else {
      requestURL = WHATWGURL.href(text)
      // As it is asked, but for white space that somebody should see.
      if !root.contains(where: \.isWhitespace), let href = WHATWGURL.href(root) {
        baseURL =
          root.contains("://") && !root.dropFirst(8).contains("/") ? String(href.dropLast()) : href
      }
    }
  }

  /// A stored header of the key's own name takes its place.
  private mutating func apply(headersOver name: String) {
    keyHeader = key == nil ? nil : name
    for (header, value) in headers.sorted(by: { $0.key < $1.key }) {
      let lower = header.lowercased()
      guard lower == name || lower == "authorization" || Self.keyHeaders.contains(lower) else {
        continue
      }
      // Beside a key in a header of its own, the client shows Authorization.
      guard lower == name || lower == "authorization" || key == nil else { continue }
      headers[header] = nil
      let text = value.reveal()
      let scheme = "bearer "
      let own = text.lowercased().hasPrefix(scheme) ? String(text.dropFirst(scheme.count)) : text
      key = Key(
        value: Secret(own),
        source: headersVariable.map { .variable($0) }
          ?? headersPlace.map { .store($0.file, $0.pointer.appending(JSONKey(header))) } ?? .builtIn
      )
      keyHeader = lower
    }
  }

  private static let keyHeaders: Set<String> = ["x-api-key", "x-goog-api-key", "api-key"]

  private static func problem(ofAddress address: String) -> String? {
    guard let href = WHATWGURL.href(address), let url = BaseURL(href) else {
      return WHATWGURL.accepts(address)
        ? "the address is neither http nor https" : "the address is not a URL"
    }
    return url.userInfo == nil ? nil : "an address with a user or a password is refused"
  }
}

extension EffectiveRequest.Key {
  /// Whether it cannot be sent in a header: `fetch` takes white space off the end, and refuses what
  /// else is no visible character (Fetch Standard, 2.2.2).
  fileprivate var isUnsendable: Bool {
    var text = value.reveal()
    while let last = text.unicodeScalars.last, "\t\n\r ".unicodeScalars.contains(last) {
      text.unicodeScalars.removeLast()
    }
    return text.unicodeScalars.contains {
      $0 == "\r" || $0 == "\n" || $0.value == 0 || $0.value > 0xFF
    }
  }
}
