public import LosslessJSON

/// What a person sets in `globalState.json`, the file of VS Code, JetBrains and CLI 2: the settings that
/// belong to no single provider. Those of a provider stand under the keys of its ``ProviderSlot``.
///
/// Property names are Cline's keys (4.1.13, apps/vscode/src/shared/storage/state-keys.ts). A field that
/// is not set, is `null`, or has another type than Cline's reads as `nil`, and stays as it is when the
/// model is written back.
public struct GlobalState: Codable, Hashable, Sendable {
  /// The mode that a window starts in: `plan` or `act`.
  public var mode: String?
  /// The provider of plan mode, as VS Code spells it.
  public var planModeApiProvider: String?
  /// The provider of act mode, as VS Code spells it.
  public var actModeApiProvider: String?
  /// Whether the welcome view was left behind.
  public var welcomeViewCompleted: Bool?
  /// Whether the modes have providers and models of their own.
  public var planActSeparateModelsSetting: Bool?
  /// What Cline may do unasked, as Cline alone shapes it.
  public var autoApprovalSettings: JSONValue?
  /// How Cline uses a browser, as Cline alone shapes it.
  public var browserSettings: JSONValue?
  /// How Cline keeps its list of steps, as Cline alone shapes it.
  public var focusChainSettings: JSONValue?
  /// Whether it reports its use: `unset`, `enabled` or `disabled`.
  public var telemetrySetting: String?
  /// Whether it keeps checkpoints of the workspace.
  public var enableCheckpointsSetting: Bool?
  /// How long it waits for a shell, in milliseconds.
  public var shellIntegrationTimeout: Double?
  /// How long it waits for a provider, in milliseconds.
  public var requestTimeoutMs: Double?
  /// The terminal profile that it opens.
  public var defaultTerminalProfile: String?
  /// Whether it uses an open terminal again.
  public var terminalReuseEnabled: Bool?
  /// Where commands run: `vscodeTerminal` or `backgroundExec`.
  public var vscodeTerminalExecutionMode: String?
  /// Whether it runs the hooks of a workspace.
  public var hooksEnabled: Bool?
  /// Whether it shortens long conversations by itself.
  public var useAutoCondense: Bool?
  /// Whether it may start subagents.
  public var subagentsEnabled: Bool?
  /// Whether it works in git worktrees.
  public var worktreesEnabled: Bool?
  /// The language that it answers in, by its English name.
  public var preferredLanguage: String?
  /// Whether it edits files without opening them.
  public var backgroundEditEnabled: Bool?
  /// Whether an organisation's configuration is left aside.
  public var optOutOfRemoteConfig: Bool?
  /// Whether it shows tips about its features.
  public var showFeatureTips: Bool?
  /// Whether it offers the marketplace of MCP servers.
  public var mcpMarketplaceEnabled: Bool?
  /// How answers of MCP servers are shown: `plain`, `rich` or `markdown`.
  public var mcpDisplayMode: String?
  /// The models that stand on top of its lists.
  public var favoritedModelIds: [String]?

  /// Settings of which none is set.
  public init() {}

  /// Reads what is there and of the right type.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func read<Value: Decodable>(_ key: CodingKeys) -> Value? {
      try? container.decodeIfPresent(Value.self, forKey: key)
    }
    mode = read(.mode)
    planModeApiProvider = read(.planModeApiProvider)
    actModeApiProvider = read(.actModeApiProvider)
    planActSeparateModelsSetting = read(.planActSeparateModelsSetting)
    welcomeViewCompleted = read(.welcomeViewCompleted)
    autoApprovalSettings = read(.autoApprovalSettings)
    browserSettings = read(.browserSettings)
    focusChainSettings = read(.focusChainSettings)
    telemetrySetting = read(.telemetrySetting)
    enableCheckpointsSetting = read(.enableCheckpointsSetting)
    shellIntegrationTimeout = read(.shellIntegrationTimeout)
    requestTimeoutMs = read(.requestTimeoutMs)
    defaultTerminalProfile = read(.defaultTerminalProfile)
    terminalReuseEnabled = read(.terminalReuseEnabled)
    vscodeTerminalExecutionMode = read(.vscodeTerminalExecutionMode)
    hooksEnabled = read(.hooksEnabled)
    useAutoCondense = read(.useAutoCondense)
    subagentsEnabled = read(.subagentsEnabled)
    worktreesEnabled = read(.worktreesEnabled)
    preferredLanguage = read(.preferredLanguage)
    backgroundEditEnabled = read(.backgroundEditEnabled)
    optOutOfRemoteConfig = read(.optOutOfRemoteConfig)
    showFeatureTips = read(.showFeatureTips)
    mcpMarketplaceEnabled = read(.mcpMarketplaceEnabled)
    mcpDisplayMode = read(.mcpDisplayMode)
    favoritedModelIds = read(.favoritedModelIds)
  }

  /// The provider of a mode, as VS Code spells it.
  public subscript(provider mode: Mode) -> String? {
    get { mode == .plan ? planModeApiProvider : actModeApiProvider }
    set {
      if mode == .plan { planModeApiProvider = newValue } else { actModeApiProvider = newValue }
    }
  }
}
