import LosslessJSON

/// Asking a provider about a triple, in the order that shows most for least: the rules first, then
/// the model list, then one small chat request.
package struct LiveCheck: Sendable {
  /// The triple.
  package let triple: Triple
  /// What is known of the providers.
  package let catalog: ProviderCatalog
  let transport: any HTTPTransport
  /// Seconds that a question may take.
  package var timeout = 5
  private let redactor: Redactor

  /// Prepares the questions.
  ///
  /// - Parameters:
  ///   - triple: What to ask with.
  ///   - catalog: What is known of the providers.
  ///   - transport: What asks.
  ///   - redactor: Takes secrets out of everything that a server says; the key of the triple always
  ///     goes too.
  package init(
    _ triple: Triple, catalog: ProviderCatalog, through transport: any HTTPTransport,
    without redactor: Redactor? = nil
  ) {
    self.triple = triple
    self.catalog = catalog
    self.transport = transport
    let known = redactor ?? Redactor([], catalog: catalog)
    self.redactor = known.adding([triple.key].compactMap(\.self))
  }

  /// What was asked, and what came of it.
  package struct Exchange: Hashable, Sendable {
    /// What was asked.
    package enum Question: Hashable, Sendable {
      /// For the model list.
      case models
      /// For one small answer.
      case chat
    }
    /// What was asked.
    package let question: Question
    /// Where.
    package let url: String
    /// The answer.
    package let response: HTTPResponse?
    /// Why there is none.
    package let error: HTTPTransportError?
    /// The key's owner, as far as the address tells.
    package let provider: Provider?
    /// The Model ID that was asked for.
    package let model: String
  }

  /// The provider at the address.
  package var provider: Provider? { catalog.provider(of: triple) }

  /// The root of OpenAI's protocol that the questions go to; `nil` where there is none.
  package var root: String? {
    guard let text = triple.baseURL else { return provider?.compatibleRoot }
    // Other programs read some addresses otherwise than Node: all are asked in its reading.
    var url = BaseURL(JavaScript.trim(text))?.description ?? JavaScript.trim(text)
    while url.hasSuffix("/") { url.removeLast() }
    // A slot of its own can have the address without the path that the questions need.
    guard let path = triple.slotTraits.compatiblePath, !url.hasSuffix(path) else { return url }
    return url + path
  }

  /// The ids that the provider gives to this key. All pages, at most twenty.
  package func models() -> (offered: OfferedModels?, exchange: Exchange) {
    guard let root else { return (nil, exchange(.models, "", nil, nil)) }
    let path = provider?.modelsPath ?? "/models"
    var ids: [String] = []
    var url = root + path
    for _ in 0..<20 {
      do throws(HTTPTransportError) {
        let response = try send(request(url))
        guard response.status == 200, !response.isPage, let list = ModelList(response.body) else {
          return (nil, exchange(.models, url, response, nil))
        }
        // A server that repeats the key names no model by that, and no page.
        ids += list.ids.filter { !$0.contains(Redactor.mark) }
        guard let next = list.next, !next.contains(Redactor.mark), !list.ids.isEmpty else {
          return (
            OfferedModels(ids: ids, isLive: true), exchange(.models, url, response, nil)
          )
        }
        let parameter = asksAnthropic ? "after_id" : "after"
        url = root + path + "?\(parameter)=" + next.percentEncoded(keeping: "~")
      } catch {
        return (nil, exchange(.models, url, nil, error))
      }
    }
    return (OfferedModels(ids: ids, isLive: true), exchange(.models, url, nil, nil))
  }

  /// Asks. What comes back holds no key, whatever the server repeats.
  private func send(_ request: HTTPRequest) throws(HTTPTransportError) -> HTTPResponse {
    redactor.cleaned(try transport.send(request))
  }

  /// One chat request of a few tokens.
  package func chat() -> Exchange {
    guard let root else { return exchange(.chat, "", nil, nil) }
    let url = root + "/chat/completions"
    let model = triple.model ?? ""
    // Reasoning models of OpenAI's refuse max_tokens (SDK 0.0.78 does the same by the id).
    let lower = model.lowercased()
    let isNew = ["o1", "o3", "o4", "gpt-5"].contains {
      lower.hasPrefix($0) || lower.contains("/" + $0)
    }
    let body: JSONValue = [
      "model": .string(model),
      "messages": [["role": "user", "content": "Reply with the word ok."]],
      .init(isNew ? "max_completion_tokens" : "max_tokens"): .number(JSONNumber(isNew ? 64 : 8)),
      "stream": false,
    ]
    do throws(HTTPTransportError) {
      var request = request(url)
      request.body = body.bytes(layout: .compact)
      request.timeout = max(timeout, 30)
      return exchange(.chat, url, try send(request), nil)
    } catch {
      return exchange(.chat, url, nil, error)
    }
  }

  private var asksAnthropic: Bool { provider?.slot.traits.listsAsAnthropic == true }

  private func request(_ url: String) -> HTTPRequest {
    var request = HTTPRequest(url: url, timeout: timeout)
    let key = triple.key.flatMap { $0.isEmpty || $0.reveal() == Triple.keyForKeyless ? nil : $0 }
    request.bearer = key
    if let key, asksAnthropic {
      // Its model list wants its own headers, also at the OpenAI-compatible root.
      request.headers = ["x-api-key": key, "anthropic-version": Secret("2023-06-01")]
    }
    return request
  }

  private func exchange(
    _ question: Exchange.Question, _ url: String, _ response: HTTPResponse?,
    _ error: HTTPTransportError?
  ) -> Exchange {
    Exchange(
      question: question, url: url, response: response, error: error, provider: provider,
      model: triple.model ?? "")
  }

  /// Whether a good answer to the model list proves the key.
  package var listProvesKey: Bool {
    guard let provider else { return false }
    return provider.needsKey && provider.modelsProveKey && triple.key?.isEmpty == false
  }
}
