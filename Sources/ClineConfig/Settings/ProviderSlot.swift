/// One provider of Cline's own table: under which ids and keys its settings stand, and what Cline
/// takes when they are missing.
public struct ProviderSlot: Hashable, Sendable {
  /// The id in `providers.json` and in the CLI, for example `openai-compatible`.
  public let sdkID: String
  /// Cline's name for it.
  public let name: String
  /// The id in `globalState.json`, for example `openai`; `nil` where VS Code has none.
  public let legacyID: String?
  /// Whether the legacy bundle (the code of 4.0.12) knows the id.
  public let isInLegacyBundle: Bool
  /// The key of its API key in `secrets.json`.
  public let secretKey: String?
  /// Its other keys in `secrets.json`.
  public let otherSecretKeys: [String]
  /// The key of its Base URL in `globalState.json`.
  public let baseURLKey: String?
  /// The Base URL when none is stored.
  public let defaultBaseURL: String?
  /// The key in `globalState.json` that chooses between the lines.
  public let apiLineKey: String?
  /// Base URLs by line: `china`, `international`.
  public let apiLines: [String: String]
  /// The key of its Model ID in `globalState.json`, after `planMode` or `actMode`.
  public let modelSuffix: String
  /// The key of its model info in `globalState.json`, after `planMode` or `actMode`.
  public let modelInfoSuffix: String?
  /// The Model ID when none is stored.
  public let defaultModelID: String?
  /// Environment variables that hold a key when none is stored. The first is the one to name.
  public let variables: [String]
  /// How it signs in: `apiKey`, `oauth`, `local`, …
  public let authentication: String
  /// What it speaks: `openai-chat`, `openai-responses`, `anthropic`, `gemini`.
  public let wireProtocol: String?
  /// Its further keys in `globalState.json`.
  public let otherStateKeys: [String]

  init(
    _ sdkID: String, _ name: String, legacy: String? = nil, inLegacyBundle: Bool? = nil,
    key: String? = nil, otherSecrets: [String] = [], url: String? = nil,
    defaultURL: String? = nil, line: String? = nil, lines: [String: String] = [:],
    model: String = "ApiModelId", info: String? = nil, defaultModel: String? = nil,
    variables: [String] = [], auth: String = "apiKey", wire: String? = "openai-chat",
    otherState: [String] = []
  ) {
    self.sdkID = sdkID
    self.name = name
    legacyID = legacy
    isInLegacyBundle = inLegacyBundle ?? (legacy != nil)
    secretKey = key
    otherSecretKeys = otherSecrets
    baseURLKey = url
    defaultBaseURL = defaultURL
    apiLineKey = line
    apiLines = lines
    modelSuffix = model
    modelInfoSuffix = info
    defaultModelID = defaultModel
    self.variables = variables
    authentication = auth
    wireProtocol = wire
    otherStateKeys = otherState
  }

  /// A provider that a user registered under an id of their own.
  public init(custom id: String) { self.init(id, id) }

  /// Every provider of Cline 4.1.13.
  public static let all = legacy + sdkOnly

  /// The slot that takes any OpenAI-compatible endpoint: `openai` in VS Code,
  /// `openai-compatible` elsewhere.
  public static let openAICompatible = slot(sdkID: "openai-compatible") ?? all[0]

  /// The slot of an id as `providers.json` spells it.
  public static func slot(sdkID: String) -> ProviderSlot? {
    all.indices.first { all[$0].sdkID == sdkID }.map { all[$0] }
  }
  /// The slot of an id as `globalState.json` spells it.
  public static func slot(legacyID: String) -> ProviderSlot? {
    legacy.indices.first { legacy[$0].legacyID == legacyID }.map { legacy[$0] }
  }

  /// The key of the Model ID in `globalState.json`.
  public func modelKey(_ mode: Mode) -> JSONKey { JSONKey(mode.prefix + modelSuffix) }

  /// Ids of the SDK, with the aliases it maps (`normalizeProviderId`, sdk/packages/llms
  /// .../ids.ts).
  static func normalizedSDKID(_ id: String) -> String {
    let id = JavaScript.trim(id)
    return aliases[id] ?? id
  }

  private static let aliases = [
    "openai": "openai-compatible", "togetherai": "together", "sap-ai-core": "sapaicore",
  ]

  /// The same where VS Code's SDK bundle takes it out of the state, which knows one spelling more.
  static func normalizedStateID(_ id: String) -> String {
    stateAliases[id] ?? normalizedSDKID(id)
  }

  private static let stateAliases = ["nousresearch": "nousResearch"]

  /// The ids under which it may stand in Cline's files, its own first.
  var ids: [String] {
    [sdkID]
      + [Self.aliases, Self.stateAliases].flatMap { $0 }.filter { $0.value == sdkID }.map(\.key)
  }
}

/// Cline's two modes, each with a provider and a model of its own.
public enum Mode: String, Hashable, Sendable, CaseIterable {
  /// Talks, reads and plans.
  case plan
  /// Changes files and runs commands. Stores without modes follow this one.
  case act

  /// What the keys of this mode begin with in `globalState.json`.
  public var prefix: String { self == .plan ? "planMode" : "actMode" }
  /// The key of the provider in `globalState.json`.
  public var providerKey: JSONKey { JSONKey(prefix + "ApiProvider") }
}

extension ProviderSlot {
  /// Whether any endpoint can stand in a slot: the OpenAI-compatible one, and ids that a user
  /// made.
  static func isCompatible(_ sdkID: String) -> Bool {
    sdkID == openAICompatible.sdkID || slot(sdkID: sdkID) == nil
  }
}
