import LosslessJSON

/// VS Code's legacy bundle and JetBrains: `globalState.json` and `secrets.json` only, values
/// untrimmed, no environment (code of v4.0.12, apps/vscode/src/core/api/index.ts and
/// core/api/providers/*.ts).
struct LegacyResolver {
  let view: ClineView

  func request(client: ClineClient, mode: Mode) -> EffectiveRequest {
    let provider = view.provider(mode)
    var request = EffectiveRequest(client: client, mode: mode, provider: provider)
    guard let slot = ProviderSlot.slot(legacyID: provider), slot.isInLegacyBundle else {
      return anthropicFallback(request)
    }
    request.key = view.secret(slot.secretKey)
    let stored = view.state(mode.modelKey(of: slot))
    request.baseURLPlace = view.place(slot.baseURLKey.map { JSONKey($0) })
    request.modelPlace = view.place(mode.modelKey(of: slot))
    if let fixed = slot.traits.legacy.fixed {
      let root = view.state(slot.baseURLKey.map { JSONKey($0) }) ?? fixed.defaultAddress
      request.key = EffectiveRequest.Key(value: Secret(fixed.keyWord), source: .builtIn)
      request.baseURL = Self.resolved(fixed.path, against: root)
    } else if slot.isOpenAICompatible {
      let usesAzureIdentity = view.value(.globalState, pointer: "/azureIdentity")?.bool == true
      guard request.key != nil || usesAzureIdentity else {
        request.problem = "OpenAI API key or Azure Identity Authentication is required"
        return request
      }
      request.baseURL = view.state("openAiBaseUrl") ?? slot.defaultBaseURL
      request.headers = view.headers(.globalState, pointer: "/openAiHeaders")
    } else {
      guard request.key != nil || !Self.needsKey(slot) else {
        request.problem = "\(slot.traits.legacy.name ?? slot.name) API key is required"
        return request
      }
      request.baseURL =
        view.state(slot.baseURLKey.map { JSONKey($0) }) ?? line(slot) ?? slot.defaultBaseURL
    }
    request.model = Self.sends(stored, slot: slot) ? stored ?? "" : nil
    if let base = request.baseURL, let model = request.model {
      request.requestURL = RequestURL.chat(slot.spokenProtocol, base: base, model: model)
    }
    return request
  }

  /// An id that the bundle does not know goes to its Anthropic handler.
  private func anthropicFallback(_ request: EffectiveRequest) -> EffectiveRequest {
    var request = request
    request.model = "claude-sonnet-5"
    request.key = view.secret("apiKey")
    guard request.key != nil else {
      request.problem = "Anthropic API key is required"
      return request
    }
    request.problem = "this bundle does not know the provider and sends to Anthropic"
    request.baseURL = view.state("anthropicBaseUrl") ?? "https://api.anthropic.com"
    request.requestURL = request.baseURL.map { $0 + "/v1/messages" }
    return request
  }

  private func line(_ slot: ProviderSlot) -> String? {
    slot.apiLineKey.flatMap { view.state(JSONKey($0)) }.flatMap { slot.apiLines[$0] }
  }

  private static func sends(_ model: String?, slot: ProviderSlot) -> Bool {
    let legacy = slot.traits.legacy
    return legacy.sendsAnyModel || model.map { legacy.models.contains($0) } == true
  }

  private static func needsKey(_ slot: ProviderSlot) -> Bool {
    slot.authentication == .apiKey || slot.authentication == .oauth
  }

  /// `new URL(path, root)` for a root with or without a path.
  private static func resolved(_ path: String, against root: String) -> String {
    guard var url = BaseURL(root) else { return root }
    let folder = url.path.lastIndex(of: "/").map { url.path[..<$0] } ?? ""
    (url.path, url.query, url.fragment) = (folder + "/" + path, nil, nil)
    return url.description
  }
}

extension Mode {
  func modelKey(of slot: ProviderSlot) -> JSONKey { slot.modelKey(self) }
}

extension ClineView {
  func headers(_ file: SettingsFile, pointer: JSONPointer) -> [String: Secret] {
    var headers: [String: Secret] = [:]
    for (name, value) in value(file, pointer: pointer)?.object ?? [:] {
      headers[name.text] = value.string.map { Secret($0) }
    }
    return headers
  }
}
