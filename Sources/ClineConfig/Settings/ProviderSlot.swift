package import LosslessJSON

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
  package let isInLegacyBundle: Bool
  /// The key of its API key in `secrets.json`.
  public let secretKey: String?
  /// Its other keys in `secrets.json`.
  package let otherSecretKeys: [String]
  /// The key of its Base URL in `globalState.json`.
  public let baseURLKey: String?
  /// The Base URL when none is stored.
  public let defaultBaseURL: String?
  /// The key in `globalState.json` that chooses between the lines.
  package let apiLineKey: String?
  /// Base URLs by line: `china`, `international`.
  package let apiLines: [String: String]
  /// The key of its Model ID in `globalState.json`, after `planMode` or `actMode`.
  package let modelSuffix: String
  /// The key of its model info in `globalState.json`, after `planMode` or `actMode`.
  package let modelInfoSuffix: String?
  /// The Model ID when none is stored.
  public let defaultModelID: String?
  /// Environment variables that hold a key when none is stored. The first is the one to name.
  public let variables: [String]
  /// How it signs in.
  package let authentication: Authentication
  /// What it speaks; `nil` where that is nobody's protocol but its own.
  public let wireProtocol: ProviderSlot.WireProtocol?
  /// Its further keys in `globalState.json`.
  package let otherStateKeys: [String]

  /// How Cline signs in to a provider.
  package enum Authentication: String, Hashable, Sendable {
    /// With a stored key.
    case apiKey
    /// With tokens that it fetches by itself.
    case oauth
    /// Not at all: the server is the user's own.
    case local
    /// Through another program on the machine.
    case localCLI = "local-cli"
    /// Through VS Code.
    case vscodeLM = "vscode-lm"
    /// With Amazon's keys, profiles or roles.
    case aws
    /// With Google's application credentials.
    case gcp
    /// With a client's id and secret at SAP.
    case sapOAuthClient = "sap-oauth-client"
  }

  init(
    _ sdkID: String, _ name: String, legacy: String? = nil, inLegacyBundle: Bool? = nil,
    key: String? = nil, otherSecrets: [String] = [], url: String? = nil,
    defaultURL: String? = nil, line: String? = nil, lines: [String: String] = [:],
    model: String = "ApiModelId", info: String? = nil, defaultModel: String? = nil,
    variables: [String] = [], auth: Authentication = .apiKey,
    wire: ProviderSlot.WireProtocol? = .openAIChat,
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
  package init(custom id: String) { self.init(id, id) }

  /// Every provider of Cline 4.1.13.
  public static let all = legacy + sdkOnly

  /// The slot that takes any OpenAI-compatible endpoint: `openai` in VS Code,
  /// `openai-compatible` elsewhere.
  public static let openAICompatible =
    slot(sdkID: openAICompatibleID) ?? ProviderSlot(custom: openAICompatibleID)

  /// The slot of an id as `providers.json` spells it.
  public static func slot(sdkID: String) -> ProviderSlot? {
    all.indices.first { all[$0].sdkID == sdkID }.map { all[$0] }
  }
  /// The slot of an id as `globalState.json` spells it.
  public static func slot(legacyID: String) -> ProviderSlot? {
    legacy.indices.first { legacy[$0].legacyID == legacyID }.map { legacy[$0] }
  }

  /// The key of the Model ID in `globalState.json`.
  package func modelKey(_ mode: Mode) -> JSONKey { JSONKey(mode.prefix + modelSuffix) }

  /// Whether it takes a key that is stored, or needs none: what can be set up from outside.
  package var takesStoredKey: Bool { authentication == .apiKey || authentication == .local }

  /// Whether it is the slot of every OpenAI-compatible endpoint.
  package var isOpenAICompatible: Bool { sdkID == Self.openAICompatibleID }

  /// The provider that Cline itself is, and what its clients take where nothing is chosen.
  static let accountID = "cline"
  static var account: ProviderSlot? { slot(sdkID: accountID) }
  /// Where the legacy extension sends an id that it does not know.
  static let legacyFallbackID = "anthropic"

  /// The id of ``openAICompatible``.
  package static let openAICompatibleID = "openai-compatible"

  /// Ids of the SDK, with the aliases it maps (`normalizeProviderId`, sdk/packages/llms
  /// .../ids.ts).
  package static func normalizedSDKID(_ id: String) -> String {
    let id = JavaScript.trim(id)
    return aliases[id] ?? id
  }

  private static let aliases = [
    "openai": openAICompatibleID, "togetherai": "together", "sap-ai-core": "sapaicore",
  ]

  /// The same where VS Code takes it out of the state (toLegacyApiProvider, toSdkProviderId): two in
  /// any case of letters, and no other alias.
  static func normalizedStateID(_ id: String) -> String {
    switch id.lowercased() {
    case "nousresearch": "nousResearch"
    case openAICompatibleID: openAICompatibleID
    default: id == "openai" ? openAICompatibleID : id
    }
  }

  private static let stateAliases = ["nousresearch": "nousResearch"]

  /// The ids under which it may stand in Cline's files, its own first.
  var ids: [String] {
    [sdkID]
      + [Self.aliases, Self.stateAliases].flatMap { $0 }
      .filter { $0.value == sdkID }.map(\.key)
  }
}

/// Cline's two modes, each with a provider and a model of its own.
public enum Mode: String, Hashable, Sendable, CaseIterable {
  /// Talks, reads and plans.
  case plan
  /// Changes files and runs commands. Stores without modes follow this one.
  case act

  /// What the keys of this mode begin with in `globalState.json`.
  package var prefix: String { self == .plan ? "planMode" : "actMode" }
  /// The key of the provider in `globalState.json`.
  package var providerKey: JSONKey { JSONKey(prefix + "ApiProvider") }
}

extension ProviderSlot {
  /// Whether any endpoint can stand in a slot: the OpenAI-compatible one, and ids that a user
  /// made.
  package static func isCompatible(_ sdkID: String) -> Bool {
    sdkID == openAICompatibleID || slot(sdkID: sdkID) == nil
  }
}
