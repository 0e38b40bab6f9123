// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// `globalState.json`: all settings, provider ids, Model IDs and Base URLs of VS Code and JetBrains.
///
/// Property names are Cline's keys (4.1.13, apps/vscode/src/shared/storage/state-keys.ts, and those
/// that only the legacy bundle knows), so they are not explained one by one. A `null` reads as
/// `nil`, which is what Cline makes of it. Values whose shape Cline alone decides are ``JSONValue``.
public struct GlobalState: Codable, Hashable, Sendable {
  // MARK: Providers and modes

  public var clineVersion: String?
  public var userInfo: JSONValue?
  public var isNewUser: Bool?
  public var welcomeViewCompleted: Bool?
  public var liteLlmBaseUrl: String?
  public var liteLlmUsePromptCache: Bool?
  public var openAiHeaders: [String: Secret]?
  public var anthropicBaseUrl: String?
  public var openRouterProviderSorting: String?
  public var awsRegion: String?
  public var awsUseCrossRegionInference: Bool?
  public var awsUseGlobalInference: Bool?
  public var awsBedrockUsePromptCache: Bool?
  public var awsAuthentication: String?
  public var awsUseProfile: Bool?
  public var awsProfile: String?
  public var awsBedrockEndpoint: String?
  public var claudeCodePath: String?
  public var vertexProjectId: String?
  public var vertexRegion: String?
  public var openAiBaseUrl: String?
  public var ollamaBaseUrl: String?
  public var ollamaApiOptionsCtxNum: String?
  public var lmStudioBaseUrl: String?
  public var lmStudioMaxTokens: String?
  public var geminiBaseUrl: String?
  public var requestyBaseUrl: String?
  public var fireworksModelMaxCompletionTokens: Double?
  public var fireworksModelMaxTokens: Double?
  public var qwenCodeOauthPath: String?
  public var azureApiVersion: String?
  public var azureIdentity: Bool?
  public var qwenApiLine: String?
  public var moonshotApiLine: String?
  public var asksageApiUrl: String?
  public var requestTimeoutMs: Double?
  public var sapAiResourceGroup: String?
  public var sapAiCoreTokenUrl: String?
  public var sapAiCoreBaseUrl: String?
  public var sapAiCoreUseOrchestrationMode: Bool?
  public var difyBaseUrl: String?
  public var zaiApiLine: String?
  public var ocaBaseUrl: String?
  public var minimaxApiLine: String?
  public var ocaMode: String?
  public var aihubmixBaseUrl: String?
  public var aihubmixAppCode: String?
  public var hicapModelId: String?
  public var lmStudioModelId: String?
  public var planActSeparateModelsSetting: Bool?
  public var mode: String?
  public var __vscodeMigrationVersion: Double?

  // MARK: Plan mode

  public var planModeApiModelId: String?
  public var planModeThinkingBudgetTokens: Double?
  public var geminiPlanModeThinkingLevel: String?
  public var planModeReasoningEffort: String?
  public var planModeVerbosity: String?
  public var planModeVsCodeLmModelSelector: LanguageModelSelector?
  public var planModeAwsBedrockCustomSelected: Bool?
  public var planModeAwsBedrockCustomModelBaseId: String?
  public var planModeOpenRouterModelId: String?
  public var planModeOpenRouterModelInfo: ModelInfo?
  public var planModeClineModelId: String?
  public var planModeClineModelInfo: ModelInfo?
  public var planModeClinePassModelId: String?
  public var planModeClinePassModelInfo: ModelInfo?
  public var planModeOpenAiModelId: String?
  public var planModeOpenAiModelInfo: ModelInfo?
  public var planModeOllamaModelId: String?
  public var planModeLmStudioModelId: String?
  public var planModeLiteLlmModelId: String?
  public var planModeLiteLlmModelInfo: ModelInfo?
  public var planModeRequestyModelId: String?
  public var planModeRequestyModelInfo: ModelInfo?
  public var planModeTogetherModelId: String?
  public var planModeFireworksModelId: String?
  public var planModeSapAiCoreModelId: String?
  public var planModeSapAiCoreDeploymentId: String?
  public var planModeGroqModelId: String?
  public var planModeGroqModelInfo: ModelInfo?
  public var planModeBasetenModelId: String?
  public var planModeBasetenModelInfo: ModelInfo?
  public var planModeHuggingFaceModelId: String?
  public var planModeHuggingFaceModelInfo: ModelInfo?
  public var planModeHuaweiCloudMaasModelId: String?
  public var planModeHuaweiCloudMaasModelInfo: ModelInfo?
  public var planModeOcaModelId: String?
  public var planModeOcaModelInfo: ModelInfo?
  public var planModeOcaReasoningEffort: String?
  public var planModeAihubmixModelId: String?
  public var planModeAihubmixModelInfo: ModelInfo?
  public var planModeHicapModelId: String?
  public var planModeHicapModelInfo: ModelInfo?
  public var planModeNousResearchModelId: String?
  public var planModeVercelAiGatewayModelId: String?
  public var planModeVercelAiGatewayModelInfo: ModelInfo?
  public var planModeApiProvider: String?
  public var planModeVertexCustomModelInfo: ModelInfo?
  public var planModeVertexCustomModelSelected: JSONValue?

  // MARK: Act mode

  public var actModeApiModelId: String?
  public var actModeThinkingBudgetTokens: Double?
  public var geminiActModeThinkingLevel: String?
  public var actModeReasoningEffort: String?
  public var actModeVerbosity: String?
  public var actModeVsCodeLmModelSelector: LanguageModelSelector?
  public var actModeAwsBedrockCustomSelected: Bool?
  public var actModeAwsBedrockCustomModelBaseId: String?
  public var actModeOpenRouterModelId: String?
  public var actModeOpenRouterModelInfo: ModelInfo?
  public var actModeClineModelId: String?
  public var actModeClineModelInfo: ModelInfo?
  public var actModeClinePassModelId: String?
  public var actModeClinePassModelInfo: ModelInfo?
  public var actModeOpenAiModelId: String?
  public var actModeOpenAiModelInfo: ModelInfo?
  public var actModeOllamaModelId: String?
  public var actModeLmStudioModelId: String?
  public var actModeLiteLlmModelId: String?
  public var actModeLiteLlmModelInfo: ModelInfo?
  public var actModeRequestyModelId: String?
  public var actModeRequestyModelInfo: ModelInfo?
  public var actModeTogetherModelId: String?
  public var actModeFireworksModelId: String?
  public var actModeSapAiCoreModelId: String?
  public var actModeSapAiCoreDeploymentId: String?
  public var actModeGroqModelId: String?
  public var actModeGroqModelInfo: ModelInfo?
  public var actModeBasetenModelId: String?
  public var actModeBasetenModelInfo: ModelInfo?
  public var actModeHuggingFaceModelId: String?
  public var actModeHuggingFaceModelInfo: ModelInfo?
  public var actModeHuaweiCloudMaasModelId: String?
  public var actModeHuaweiCloudMaasModelInfo: ModelInfo?
  public var actModeOcaModelId: String?
  public var actModeOcaModelInfo: ModelInfo?
  public var actModeOcaReasoningEffort: String?
  public var actModeAihubmixModelId: String?
  public var actModeAihubmixModelInfo: ModelInfo?
  public var actModeHicapModelId: String?
  public var actModeHicapModelInfo: ModelInfo?
  public var actModeNousResearchModelId: String?
  public var actModeVercelAiGatewayModelId: String?
  public var actModeVercelAiGatewayModelInfo: ModelInfo?
  public var actModeApiProvider: String?
  public var actModeVertexCustomModelInfo: ModelInfo?
  public var actModeVertexCustomModelSelected: JSONValue?

  // MARK: Everything else

  public var generatedMachineId: String?
  public var lastShownAnnouncementId: String?
  public var favoritedModelIds: [String]?
  public var mcpMarketplaceEnabled: Bool?
  public var mcpResponsesCollapsed: Bool?
  public var terminalReuseEnabled: Bool?
  public var vscodeTerminalExecutionMode: String?
  public var mcpDisplayMode: String?
  public var workspaceRoots: JSONValue?
  public var primaryRootIndex: Double?
  public var multiRootEnabled: Bool?
  public var lastDismissedInfoBannerVersion: Double?
  public var lastDismissedModelBannerVersion: Double?
  public var lastDismissedCliBannerVersion: Double?
  public var lastManagedOrganizationId: String?
  public var remoteRulesToggles: [String: Bool]?
  public var remoteWorkflowToggles: [String: Bool]?
  public var remoteSkillsToggles: [String: Bool]?
  public var dismissedBanners: JSONValue?
  public var worktreeAutoOpenPath: String?
  public var autoApprovalSettings: JSONValue?
  public var globalClineRulesToggles: [String: Bool]?
  public var globalWorkflowToggles: [String: Bool]?
  public var globalSkillsToggles: [String: Bool]?
  public var browserSettings: JSONValue?
  public var telemetrySetting: String?
  public var enableCheckpointsSetting: Bool?
  public var shellIntegrationTimeout: Double?
  public var defaultTerminalProfile: String?
  public var hooksEnabled: Bool?
  public var useAutoCondense: Bool?
  public var subagentsEnabled: Bool?
  public var worktreesEnabled: Bool?
  public var preferredLanguage: String?
  public var focusChainSettings: JSONValue?
  public var backgroundEditEnabled: Bool?
  public var optOutOfRemoteConfig: Bool?
  public var showFeatureTips: Bool?
  public var openTelemetryEnabled: Bool?
  public var openTelemetryMetricsExporter: String?
  public var openTelemetryLogsExporter: String?
  public var openTelemetryOtlpProtocol: String?
  public var openTelemetryOtlpEndpoint: String?
  public var openTelemetryOtlpMetricsProtocol: String?
  public var openTelemetryOtlpMetricsEndpoint: String?
  public var openTelemetryOtlpLogsProtocol: String?
  public var openTelemetryOtlpLogsEndpoint: String?
  public var openTelemetryMetricExportInterval: Double?
  public var openTelemetryOtlpInsecure: Bool?
  public var openTelemetryLogBatchSize: Double?
  public var openTelemetryLogBatchTimeout: Double?
  public var openTelemetryLogMaxQueueSize: Double?
  public var __vscodeLegacyMcpSettingsMigration: JSONValue?
  public var nativeToolCallEnabled: JSONValue?
  public var enableParallelToolCalling: JSONValue?
  public var autoApproveAllToggled: JSONValue?
  public var clineWebToolsEnabled: JSONValue?
  public var customPrompt: JSONValue?
  public var doubleCheckCompletionEnabled: JSONValue?
  public var lazyTeammateModeEnabled: JSONValue?
  public var maxConsecutiveMistakes: JSONValue?
  public var strictPlanModeEnabled: JSONValue?
  public var terminalOutputLineLimit: JSONValue?
  public var yoloModeToggled: JSONValue?

  /// A state without any value.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case clineVersion
    case generatedMachineId = "cline.generatedMachineId"
    case lastShownAnnouncementId
    case userInfo
    case favoritedModelIds
    case mcpMarketplaceEnabled
    case mcpResponsesCollapsed
    case terminalReuseEnabled
    case vscodeTerminalExecutionMode
    case isNewUser
    case welcomeViewCompleted
    case mcpDisplayMode
    case workspaceRoots
    case primaryRootIndex
    case multiRootEnabled
    case lastDismissedInfoBannerVersion
    case lastDismissedModelBannerVersion
    case lastDismissedCliBannerVersion
    case lastManagedOrganizationId
    case remoteRulesToggles
    case remoteWorkflowToggles
    case remoteSkillsToggles
    case dismissedBanners
    case worktreeAutoOpenPath
    case liteLlmBaseUrl
    case liteLlmUsePromptCache
    case openAiHeaders
    case anthropicBaseUrl
    case openRouterProviderSorting
    case awsRegion
    case awsUseCrossRegionInference
    case awsUseGlobalInference
    case awsBedrockUsePromptCache
    case awsAuthentication
    case awsUseProfile
    case awsProfile
    case awsBedrockEndpoint
    case claudeCodePath
    case vertexProjectId
    case vertexRegion
    case openAiBaseUrl
    case ollamaBaseUrl
    case ollamaApiOptionsCtxNum
    case lmStudioBaseUrl
    case lmStudioMaxTokens
    case geminiBaseUrl
    case requestyBaseUrl
    case fireworksModelMaxCompletionTokens
    case fireworksModelMaxTokens
    case qwenCodeOauthPath
    case azureApiVersion
    case azureIdentity
    case qwenApiLine
    case moonshotApiLine
    case asksageApiUrl
    case requestTimeoutMs
    case sapAiResourceGroup
    case sapAiCoreTokenUrl
    case sapAiCoreBaseUrl
    case sapAiCoreUseOrchestrationMode
    case difyBaseUrl
    case zaiApiLine
    case ocaBaseUrl
    case minimaxApiLine
    case ocaMode
    case aihubmixBaseUrl
    case aihubmixAppCode
    case planModeApiModelId
    case planModeThinkingBudgetTokens
    case geminiPlanModeThinkingLevel
    case planModeReasoningEffort
    case planModeVerbosity
    case planModeVsCodeLmModelSelector
    case planModeAwsBedrockCustomSelected
    case planModeAwsBedrockCustomModelBaseId
    case planModeOpenRouterModelId
    case planModeOpenRouterModelInfo
    case planModeClineModelId
    case planModeClineModelInfo
    case planModeClinePassModelId
    case planModeClinePassModelInfo
    case planModeOpenAiModelId
    case planModeOpenAiModelInfo
    case planModeOllamaModelId
    case planModeLmStudioModelId
    case planModeLiteLlmModelId
    case planModeLiteLlmModelInfo
    case planModeRequestyModelId
    case planModeRequestyModelInfo
    case planModeTogetherModelId
    case planModeFireworksModelId
    case planModeSapAiCoreModelId
    case planModeSapAiCoreDeploymentId
    case planModeGroqModelId
    case planModeGroqModelInfo
    case planModeBasetenModelId
    case planModeBasetenModelInfo
    case planModeHuggingFaceModelId
    case planModeHuggingFaceModelInfo
    case planModeHuaweiCloudMaasModelId
    case planModeHuaweiCloudMaasModelInfo
    case planModeOcaModelId
    case planModeOcaModelInfo
    case planModeOcaReasoningEffort
    case planModeAihubmixModelId
    case planModeAihubmixModelInfo
    case planModeHicapModelId
    case planModeHicapModelInfo
    case planModeNousResearchModelId
    case planModeVercelAiGatewayModelId
    case planModeVercelAiGatewayModelInfo
    case actModeApiModelId
    case actModeThinkingBudgetTokens
    case geminiActModeThinkingLevel
    case actModeReasoningEffort
    case actModeVerbosity
    case actModeVsCodeLmModelSelector
    case actModeAwsBedrockCustomSelected
    case actModeAwsBedrockCustomModelBaseId
    case actModeOpenRouterModelId
    case actModeOpenRouterModelInfo
    case actModeClineModelId
    case actModeClineModelInfo
    case actModeClinePassModelId
    case actModeClinePassModelInfo
    case actModeOpenAiModelId
    case actModeOpenAiModelInfo
    case actModeOllamaModelId
    case actModeLmStudioModelId
    case actModeLiteLlmModelId
    case actModeLiteLlmModelInfo
    case actModeRequestyModelId
    case actModeRequestyModelInfo
    case actModeTogetherModelId
    case actModeFireworksModelId
    case actModeSapAiCoreModelId
    case actModeSapAiCoreDeploymentId
    case actModeGroqModelId
    case actModeGroqModelInfo
    case actModeBasetenModelId
    case actModeBasetenModelInfo
    case actModeHuggingFaceModelId
    case actModeHuggingFaceModelInfo
    case actModeHuaweiCloudMaasModelId
    case actModeHuaweiCloudMaasModelInfo
    case actModeOcaModelId
    case actModeOcaModelInfo
    case actModeOcaReasoningEffort
    case actModeAihubmixModelId
    case actModeAihubmixModelInfo
    case actModeHicapModelId
    case actModeHicapModelInfo
    case actModeNousResearchModelId
    case actModeVercelAiGatewayModelId
    case actModeVercelAiGatewayModelInfo
    case planModeApiProvider
    case actModeApiProvider
    case hicapModelId
    case lmStudioModelId
    case autoApprovalSettings
    case globalClineRulesToggles
    case globalWorkflowToggles
    case globalSkillsToggles
    case browserSettings
    case telemetrySetting
    case planActSeparateModelsSetting
    case enableCheckpointsSetting
    case shellIntegrationTimeout
    case defaultTerminalProfile
    case hooksEnabled
    case useAutoCondense
    case subagentsEnabled
    case worktreesEnabled
    case preferredLanguage
    case mode
    case focusChainSettings
    case backgroundEditEnabled
    case optOutOfRemoteConfig
    case showFeatureTips
    case openTelemetryEnabled
    case openTelemetryMetricsExporter
    case openTelemetryLogsExporter
    case openTelemetryOtlpProtocol
    case openTelemetryOtlpEndpoint
    case openTelemetryOtlpMetricsProtocol
    case openTelemetryOtlpMetricsEndpoint
    case openTelemetryOtlpLogsProtocol
    case openTelemetryOtlpLogsEndpoint
    case openTelemetryMetricExportInterval
    case openTelemetryOtlpInsecure
    case openTelemetryLogBatchSize
    case openTelemetryLogBatchTimeout
    case openTelemetryLogMaxQueueSize
    case __vscodeMigrationVersion
    case __vscodeLegacyMcpSettingsMigration
    case nativeToolCallEnabled
    case actModeVertexCustomModelInfo
    case actModeVertexCustomModelSelected
    case enableParallelToolCalling
    case planModeVertexCustomModelInfo
    case planModeVertexCustomModelSelected
    case autoApproveAllToggled
    case clineWebToolsEnabled
    case customPrompt
    case doubleCheckCompletionEnabled
    case lazyTeammateModeEnabled
    case maxConsecutiveMistakes
    case strictPlanModeEnabled
    case terminalOutputLineLimit
    case yoloModeToggled
  }
}
