import LosslessJSON

/// Asking a provider about a triple, in the order that shows most for least: the rules first, then
/// the model list, then one small chat request. Each slot is asked in its own protocol, where and how
/// a client of Cline's would ask.
package struct LiveCheck: Sendable {
  /// The triple.
  package let triple: Triple
  /// What is known of the providers.
  package let catalog: ProviderCatalog
  let transport: any HTTPTransport
  /// What a client would send: its URL, its headers, the header of the key.
  let request: EffectiveRequest
  /// Seconds that a question may take.
  package var timeout = 5
  private let redactor: Redactor

  /// Prepares the questions.
  ///
  /// - Parameters:
  ///   - triple: What to ask with.
  ///   - catalog: What is known of the providers.
  ///   - transport: What asks.
  ///   - request: What a client would send; `nil` for what the SDK's clients make of the triple.
  ///   - redactor: Takes secrets out of everything that a server says; the keys of the request always
  ///     go too.
  package init(
    _ triple: Triple, catalog: ProviderCatalog, through transport: any HTTPTransport,
    as request: EffectiveRequest? = nil, without redactor: Redactor? = nil
  ) {
    self.triple = triple
    self.catalog = catalog
    self.transport = transport
    self.request = request ?? Self.request(of: triple, catalog: catalog)
    let known = redactor ?? Redactor([], catalog: catalog)
    let headers = self.request.headers.filter {
      SecretName.mayBeHeader($0.key, value: $0.value.reveal())
    }
    self.redactor = known.adding([triple.key].compactMap(\.self) + headers.values)
  }

  /// What the SDK's clients send for a triple.
  private static func request(of triple: Triple, catalog: ProviderCatalog) -> EffectiveRequest {
    let slot = ProviderSlot.slot(sdkID: triple.slotID) ?? .openAICompatible
    var request = EffectiveRequest(client: .cli, mode: .act, provider: slot.sdkID)
    request.model = triple.model
    request.key = triple.key.flatMap {
      $0.isEmpty ? nil : EffectiveRequest.Key(value: $0, source: .builtIn)
    }
    request.headers = triple.headers
    let provider = catalog.provider(of: triple)
    let address =
      triple.baseURL.map { JavaScript.trim($0) }
      ?? (slot.isOpenAICompatible ? provider?.compatibleRoot : slot.defaultBaseURL)
      ?? provider?.roots.first?.url
    request.leave(to: address, in: slot, entry: nil)
    return request
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

  private var slot: ProviderSlot {
    ProviderSlot.slot(sdkID: triple.slotID) ?? .openAICompatible
  }
  private var spoken: ProviderSlot.WireProtocol? { slot.spokenProtocol }

  /// The root of the API that the questions go to; `nil` where there is none.
  package var root: String? {
    request.baseURL.map { text in
      // Other programs read some addresses otherwise than Node: all are asked in its reading.
      var url = WHATWGURL.href(text) ?? text
      while url.hasSuffix("/") { url.removeLast() }
      return url
    }
  }

  /// Where the small request goes: where the client's would.
  package var chatURL: String {
    guard let url = request.requestURL else { return (root ?? "") + "/chat/completions" }
    // A stream is of no use here.
    return url.replacing(":streamGenerateContent?alt=sse", with: ":generateContent")
  }

  /// The root and path of the model list; Ollama and LM Studio list their models in OpenAI's way too.
  private var listURL: String? {
    guard var root else { return nil }
    switch spoken {
    case .ollama: return root + "/v1/models"
    case .dify: return nil
    default: break
    }
    // Azure's deployments are no root of a list.
    if let range = root.firstRange(of: "/deployments/") { root = String(root[..<range.lowerBound]) }
    return root + (slot.isOpenAICompatible ? provider?.modelsPath ?? "/models" : "/models")
  }

  /// The ids that the provider gives to this key. All pages, at most twenty.
  package func models() -> (offered: OfferedModels?, exchange: Exchange) {
    guard let start = listURL else { return (nil, exchange(.models, "", nil, nil)) }
    var ids: [String] = []
    var url = start
    for _ in 0..<20 {
      do throws(HTTPTransportError) {
        let response = try send(question(url))
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
        let parameter =
          spoken == .gemini
          ? "pageToken" : asksAnthropic || spoken == .anthropic ? "after_id" : "after"
        url = start + "?\(parameter)=" + next.percentEncoded(keeping: "~")
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

  /// One chat request of a few tokens, in the slot's own protocol.
  package func chat() -> Exchange {
    guard root != nil else { return exchange(.chat, "", nil, nil) }
    let url = chatURL
    do throws(HTTPTransportError) {
      var request = question(url)
      request.body = body.bytes(layout: .compact)
      request.timeout = max(timeout, 30)
      return exchange(.chat, url, try send(request), nil)
    } catch {
      return exchange(.chat, url, nil, error)
    }
  }

  private var body: JSONValue {
    let words: JSONValue = "Reply with the word ok."
    let model = JSONValue.string(request.model ?? triple.model ?? "")
    let messages: JSONValue = [["role": "user", "content": words]]
    if chatURL.contains(":generateContent") {
      return [
        "contents": [["role": "user", "parts": [["text": words]]]],
        "generationConfig": ["maxOutputTokens": 64],
      ]
    }
    let path = BaseURL(chatURL)?.path ?? ""
    if path.hasSuffix("/messages") {
      return ["model": model, "max_tokens": 8, "messages": messages]
    }
    if path.hasSuffix("/responses") {
      return ["model": model, "input": words, "max_output_tokens": 64]
    }
    if path.hasSuffix("/api/chat") {
      return ["model": model, "messages": messages, "stream": false]
    }
    if path.hasSuffix("/chat-messages") {
      return [
        "inputs": .object([:]), "query": words, "response_mode": "blocking", "user": "clinecfg",
      ]
    }
    // Reasoning models of OpenAI's refuse max_tokens (SDK 0.0.78 does the same by the id).
    let lower = (model.string ?? "").lowercased()
    let isNew = ["o1", "o3", "o4", "gpt-5"].contains {
      lower.hasPrefix($0) || lower.contains("/" + $0)
    }
    return [
      "model": model, "messages": messages,
      .init(isNew ? "max_completion_tokens" : "max_tokens"): .number(JSONNumber(isNew ? 64 : 8)),
      "stream": false,
    ]
  }

  private var asksAnthropic: Bool { provider?.slot.traits.listsAsAnthropic == true }

  private func question(_ url: String) -> HTTPRequest {
    var question = HTTPRequest(url: url, timeout: timeout)
    question.headers = request.headers
    let key = request.key?.value
    let isKeyless = key.map { $0.isEmpty || $0.reveal() == Triple.keyForKeyless } ?? true
    if let key, !isKeyless {
      if request.keyHeader == nil || request.keyHeader == "authorization" {
        question.bearer = key
      } else if let header = request.keyHeader {
        question.headers[header] = key
      }
      if spoken == .anthropic {
        question.headers["anthropic-version"] = Secret("2023-06-01")
      } else if asksAnthropic {
        // Its model list wants its own headers, also at the OpenAI-compatible root.
        question.headers["x-api-key"] = key
        question.headers["anthropic-version"] = Secret("2023-06-01")
      }
    }
    return question
  }

  private func exchange(
    _ question: Exchange.Question, _ url: String, _ response: HTTPResponse?,
    _ error: HTTPTransportError?
  ) -> Exchange {
    Exchange(
      question: question, url: url, response: response, error: error, provider: provider,
      model: request.model ?? triple.model ?? "")
  }

  /// Whether a good answer to the model list proves the key.
  package var listProvesKey: Bool {
    guard let provider else { return false }
    return provider.needsKey && provider.modelsProveKey && triple.key?.isEmpty == false
  }
}
