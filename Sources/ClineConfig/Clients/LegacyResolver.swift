import LosslessJSON

/// VS Code's legacy extension, JetBrains and CLI 2: `globalState.json` and `secrets.json` only, values
/// untrimmed (code of v4.0.12, apps/vscode/src/core/api/index.ts and core/api/providers/*.ts). The
/// libraries of the vendors add a layer of environment variables.
struct LegacyResolver {
  let view: ClineView

  func request(client: ClineClient, mode: Mode) -> EffectiveRequest {
    let provider = view.provider(mode)
    var request = EffectiveRequest(client: client, mode: mode, provider: provider)
    let known = ProviderSlot.slot(legacyID: provider).flatMap { $0.isInLegacyBundle ? $0 : nil }
    // An id that it does not know goes to its Anthropic handler.
    guard let slot = known ?? ProviderSlot.slot(sdkID: ProviderSlot.legacyFallbackID) else {
      return request
    }
    let legacy = slot.traits.legacy
    chooseModel(&request, of: slot, in: mode)
    request.key = view.secret(slot.secretKey)
    request.baseURLPlace = view.place(slot.baseURLKey.map { JSONKey($0) })
    let stored = view.state(slot.baseURLKey.map { JSONKey($0) })
    switch legacy.library {
    case .openAI where slot.isOpenAICompatible: compatible(&request, stored: stored, in: slot)
    case .requesty:
      guard hasKey(&request, of: slot) else { return request }
      // What is no URL falls out, and the library takes its own address.
      var address: String? = WHATWGURL.href(stored ?? slot.defaultBaseURL ?? "")
      if address == nil {
        var other = "https://api.openai.com/v1"
        redirect(&request, from: &other, by: "OPENAI_BASE_URL")
        address = other
      }
      send(&request, to: address, in: slot)
    case .openAI, .cerebras, .mistral:
      guard hasKey(&request, of: slot) else { return request }
      send(
        &request, to: stored ?? legacy.address ?? line(slot) ?? slot.defaultBaseURL, in: slot)
    case .anthropic, .gemini, .dify, .askSage: native(&request, stored: stored, in: slot)
    case .ollama:
      request.leave(
        to: Self.ollamaHost(stored) ?? stored ?? "", by: Wire(endpoint: "/api/chat"))
    case .lmStudio(let path, let keyWord):
      request.key = EffectiveRequest.Key(value: Secret(keyWord), source: .builtIn)
      addOrganization(&request)
      request.leave(
        to: Self.resolved(path, against: stored ?? legacy.address ?? ""),
        by: Wire(endpoint: "/chat/completions"))
    case .aihubmix: aihubmix(&request, in: slot)
    case .clineAccount:
      request.key =
        request.key
        ?? ProviderSlot.account?.traits.signIn.flatMap { view.signIn($0.secret, $0.token) }
      guard request.key != nil else {
        request.problem = "Unauthorized: Please sign in to Cline before trying again."
        return request
      }
      send(&request, to: slot.defaultBaseURL, in: slot)
    case .signIn(let credentials):
      let signedIn = credentials.isEmpty || credentials.contains { view.secret($0) != nil }
      request.key = nil
      request.baseURL = stored ?? legacy.address ?? slot.defaultBaseURL
      if !signedIn { request.problem = "\(legacy.name ?? slot.name) is not signed in" }
    }
    if known == nil, request.problem == nil {
      request.problem = "this client does not know the provider and sends to Anthropic"
    }
    return request
  }

  // MARK: The model

  private func chooseModel(
    _ request: inout EffectiveRequest, of slot: ProviderSlot, in mode: Mode
  ) {
    let key = mode.modelKey(of: slot)
    let stored = view.state(key)
    request.modelPlace = view.place(key)
    func info() -> Bool {
      slot.modelInfoSuffix.flatMap {
        view.value(.globalState, pointer: JSONPointer(tokens: [JSONKey(mode.prefix + $0)]))
      } != nil
    }
    let catalogue = slot.legacyCatalogue(line: slot.apiLineKey.flatMap { view.state(JSONKey($0)) })
    switch slot.traits.legacy.models {
    case .asStored(let fallback): request.model = stored ?? fallback
    case .asStoredTrimmed(let fallback):
      request.model = stored.map(JavaScript.trim).flatMap { $0.isEmpty ? nil : $0 } ?? fallback
    case .required:
      request.model = stored
      if stored == nil { request.problem = "Model ID is required" }
    case .withInfo(let fallback): request.model = stored.flatMap { info() ? $0 : nil } ?? fallback
    case .known(let takesInfo, let takesGeneric):
      let generic = takesGeneric ? view.state(JSONKey(mode.prefix + "ApiModelId")) : nil
      request.model =
        stored.flatMap { catalogue?.contains($0) == true || takesInfo && info() ? $0 : nil }
        ?? generic.flatMap { catalogue?.contains($0) == true ? $0 : nil } ?? catalogue?.fallback
    case .knownOrMarked(let suffix):
      let isMarked =
        view.value(
          .globalState, pointer: JSONPointer(tokens: [JSONKey(mode.prefix + suffix)]))?.bool == true
      request.model =
        stored.flatMap { isMarked || catalogue?.contains($0) == true ? $0 : nil }
        ?? catalogue?.fallback
    case .ofCline:
      let place = stored == nil ? JSONKey(mode.prefix + "OpenRouterModelId") : key
      request.modelPlace = view.place(place)
      request.model = view.state(place) ?? "anthropic/claude-sonnet-5"
    case .none:
      request.modelPlace = nil
      request.model = nil
    }
    if let stored, let model = request.model, model != JavaScript.trim(stored) {
      request.replacedModel = stored
    }
    for suffix in slot.traits.legacy.variants where request.model?.hasSuffix(suffix) == true {
      request.model?.removeLast(suffix.count)
    }
  }

  // MARK: Addresses

  /// Whether a key is stored; what the client says where none is.
  private func hasKey(_ request: inout EffectiveRequest, of slot: ProviderSlot) -> Bool {
    let legacy = slot.traits.legacy
    if case .cerebras = legacy.library {
      request.key = request.key.flatMap { key in
        let text = JavaScript.trim(key.value.reveal())
        return text.isEmpty ? nil : .init(value: Secret(text), source: key.source)
      }
    }
    guard request.key == nil else { return request.problem == nil }
    request.problem = legacy.noKey ?? "\(legacy.name ?? slot.name) API key is required"
    return false
  }

  private func send(
    _ request: inout EffectiveRequest, to address: String?, in slot: ProviderSlot
  ) {
    guard var address else { return }
    var endpoint = "/chat/completions"
    switch slot.traits.legacy.library {
    case .cerebras:
      let name = "CEREBRAS_BASE_URL"
      if let other = view.library(variable: name) {
        (address, request.addressVariable) = (other + "/v1", name)
      }
    case .openAI:
      if let name = slot.traits.legacy.addressVariable {
        redirect(&request, from: &address, by: name)
      }
      if let model = request.model, slot.traits.legacy.responsesModels.contains(model) {
        endpoint = "/responses"
      }
      addOrganization(&request)
    default: if slot.traits.legacy.library.isOpenAINode { addOrganization(&request) }
    }
    request.leave(to: address, by: Wire(endpoint: endpoint))
  }

  /// Another address that the environment names, where the client hands none to its library.
  private func redirect(
    _ request: inout EffectiveRequest, from address: inout String, by variable: String
  ) {
    guard let other = view.library(variable: variable) else { return }
    (address, request.addressVariable) = (other, variable)
  }

  /// `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID` go as headers to every address (openai-node 6.49).
  private func addOrganization(_ request: inout EffectiveRequest) {
    for (variable, header) in [
      ("OPENAI_ORG_ID", "openai-organization"), ("OPENAI_PROJECT_ID", "openai-project"),
    ] where !request.headers.keys.contains(where: { $0.lowercased() == header }) {
      request.headers[header] = view.library(variable: variable).map { Secret($0) }
    }
  }

  /// The OpenAI-compatible provider, which goes to Azure's client by version or host
  /// (core/api/providers/openai.ts).
  private func compatible(
    _ request: inout EffectiveRequest, stored: String?, in slot: ProviderSlot
  ) {
    let usesIdentity = view.value(.globalState, pointer: "/azureIdentity")?.bool == true
    guard request.key != nil || usesIdentity else {
      request.problem = "OpenAI API key or Azure Identity Authentication is required"
      return
    }
    request.headers = view.headers(.globalState, pointer: "/openAiHeaders")
    request.headersPlace = StorePlace(.globalState, "/openAiHeaders")
    addOrganization(&request)
    let version = view.state("azureApiVersion")
    let isAzure = AzureAddress.isAzure(host: stored?.lowercased() ?? "")
    let model = request.model ?? ""
    guard version != nil || isAzure && !model.lowercased().contains("deepseek") else {
      var address = slot.defaultBaseURL ?? ""
      let isSet = view.value(.globalState, pointer: "/openAiBaseUrl")?.string != nil
      if let stored {
        address = stored
      } else if !isSet {
        redirect(&request, from: &address, by: "OPENAI_BASE_URL")
      }
      if request.key == nil, let key = view.library(variable: "OPENAI_API_KEY") {
        request.key = .init(value: Secret(key), source: .variable("OPENAI_API_KEY"))
      }
      guard request.key != nil else {
        request.problem = "Error creating OpenAI client: Missing credentials"
        return
      }
      request.leave(to: address, by: Wire(endpoint: "/chat/completions"))
      return
    }
    var address = stored
    if address == nil {
      var other = ""
      redirect(&request, from: &other, by: "OPENAI_BASE_URL")
      if other.isEmpty, let endpoint = view.library(variable: "AZURE_OPENAI_ENDPOINT") {
        (other, request.addressVariable) = (endpoint + "/openai", "AZURE_OPENAI_ENDPOINT")
      }
      address = other.isEmpty ? nil : other
    }
    guard let address else {
      request.problem =
        "Error creating OpenAI client: Must provide one of the `baseURL` or `endpoint` arguments, or "
        + "the `AZURE_OPENAI_ENDPOINT` environment variable"
      request.key = nil
      return
    }
    var wire = Wire(
      endpoint: "/chat/completions",
      root: address.contains("/deployments") ? "" : "/deployments/" + model, keyHeader: "api-key")
    wire.query =
      "api-version=" + (version ?? AzureAddress.standardVersion).percentEncoded(keeping: "-._*")
    request.leave(to: address, by: wire)
  }

  private func native(_ request: inout EffectiveRequest, stored: String?, in slot: ProviderSlot) {
    guard hasKey(&request, of: slot) else { return }
    var address = stored ?? line(slot) ?? slot.traits.legacy.address ?? slot.defaultBaseURL ?? ""
    switch slot.traits.legacy.library {
    case .anthropic:
      if stored == nil, let name = slot.traits.legacy.addressVariable {
        redirect(&request, from: &address, by: name)
      }
      useAuthToken(&request)
      request.leave(
        to: address, by: Wire(endpoint: "/messages", root: "/v1", keyHeader: "x-api-key"))
    case .gemini:
      if stored == nil, let name = slot.traits.legacy.addressVariable {
        redirect(&request, from: &address, by: name)
      }
      var wire = Wire(sdk: .gemini, model: request.model ?? "")
      wire.root = "/v1beta"
      request.leave(to: address, by: wire)
    case .askSage:
      var wire = Wire(endpoint: "/query", keyHeader: "x-access-tokens")
      wire.keepsSlash = true
      request.leave(to: address, by: wire)
    default:
      guard stored != nil || !slot.wantsStoredAddress else {
        request.problem = "Dify base URL is required"
        request.key = nil
        return
      }
      var wire = Wire(endpoint: "/chat-messages")
      wire.keepsSlash = true
      request.leave(to: address, by: wire)
    }
  }

  /// The token of the environment goes beside the stored key (anthropic-sdk 0.50.4), and a server
  /// looks at it first.
  private func useAuthToken(_ request: inout EffectiveRequest) {
    guard let token = view.library(variable: "ANTHROPIC_AUTH_TOKEN") else { return }
    request.headers["Authorization"] = Secret("Bearer " + token)
    request.headersVariable = "ANTHROPIC_AUTH_TOKEN"
  }

  /// AIHubMix goes three ways by the Model ID (core/api/providers/aihubmix.ts, routeModel).
  private func aihubmix(_ request: inout EffectiveRequest, in slot: ProviderSlot) {
    guard hasKey(&request, of: slot) else { return }
    let stored = view.value(.globalState, pointer: "/aihubmixBaseUrl")?.string
    let address = stored ?? slot.traits.legacy.address ?? ""
    let typed = view.state(request.mode.modelKey(of: slot)) ?? ""
    if typed.hasPrefix("claude") {
      useAuthToken(&request)
      request.leave(
        to: address, by: Wire(endpoint: "/messages", root: "/v1", keyHeader: "x-api-key"))
    } else if typed.hasPrefix("gemini"), !typed.hasSuffix("-nothink"), !typed.hasSuffix("-search") {
      var wire = Wire(sdk: .gemini, model: typed)
      wire.root = "/gemini/v1beta"
      (wire.keyHeader, wire.keepsSlash) = ("authorization", true)
      request.leave(to: address, by: wire)
    } else {
      let isNew = typed == "gpt-5-pro" || typed == "gpt-5-codex"
      addOrganization(&request)
      var wire = Wire(endpoint: isNew ? "/responses" : "/chat/completions", root: "/v1")
      wire.keepsSlash = true
      request.leave(to: address, by: wire)
    }
  }

  private func line(_ slot: ProviderSlot) -> String? {
    guard let line = slot.apiLineKey.flatMap({ view.state(JSONKey($0)) }) else { return nil }
    return slot.traits.legacy.lines[line] ?? slot.apiLines[line]
  }

  /// `new URL(path, root)` for a root with or without a path.
  private static func resolved(_ path: String, against root: String) -> String {
    guard let href = WHATWGURL.href(root), var url = BaseURL(href) else { return root }
    let folder = url.path.lastIndex(of: "/").map { url.path[..<$0] } ?? ""
    (url.path, url.query, url.fragment) = (folder + "/" + path, nil, nil)
    return url.description
  }

  /// `formatHost` of ollama 0.5.18: `http` and the port of Ollama where none is named.
  private static func ollamaHost(_ stored: String?) -> String? {
    guard var host = stored else { return "http://localhost:11434" }
    if host.hasPrefix(":") { host = "http://127.0.0.1" + host }
    let isWhole = host.contains("://")
    guard let href = WHATWGURL.href(isWhole ? host : "http://" + host), var url = BaseURL(href)
    else {
      return nil
    }
    if !isWhole, url.port == nil { url.port = "11434" }
    (url.query, url.fragment) = (nil, nil)
    return url.description
  }
}
