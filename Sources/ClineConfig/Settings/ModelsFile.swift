// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// `settings/models.json`: custom providers and model overrides.
///
/// Property names are Cline's keys (SDK 0.0.78,
/// sdk/packages/core/src/services/providers/local-provider-registry.ts).
public struct ModelsFile: Codable, Hashable, Sendable {
  public var version: Int
  /// By the SDK's ids.
  public var providers: [String: Entry]

  public struct Entry: Codable, Hashable, Sendable {
    public var provider: Provider?
    public var models: [String: Model]?
  }

  public struct Provider: Codable, Hashable, Sendable {
    public var name: String
    public var baseUrl: String
    public var defaultModelId: String?
    public var `protocol`: String?
    public var client: String?
    public var capabilities: [String]?
    public var modelsSourceUrl: String?
  }

  public struct Model: Codable, Hashable, Sendable {
    public var id: String?
    public var name: String?
    public var maxTokens: Double?
    public var contextWindow: Double?
    public var maxInputTokens: Double?
    /// A list without `tools` disabled tool calls before 4.1.13.
    public var capabilities: [String]?
    public var supportsVision: Bool?
    public var supportsAttachments: Bool?
    public var supportsReasoning: Bool?
    public var inputPrice: Double?
    public var outputPrice: Double?
    public var cacheReadsPrice: Double?
    public var cacheWritesPrice: Double?
    public var temperature: Double?
    public var apiFormat: String?
  }
}

/// `settings/global-settings.json`: settings of the CLI.
///
/// Property names are Cline's keys (SDK 0.0.78, sdk/packages/core/src/services/global-settings.ts).
public struct GlobalSettings: Codable, Hashable, Sendable {
  public var telemetryOptOut: Bool?
  public var autoUpdateEnabled: Bool?
  public var compactionStrategy: String?
  public var compactionEnabled: Bool?
  /// The CLI's mode.
  public var planActMode: String?
  public var toolAutoApprove: Bool?
  public var tuiTheme: String?
  public var disabledTools: [String]?
  public var tools: [String: Tool]?
  public var disabledPlugins: [String]?

  public struct Tool: Codable, Hashable, Sendable {
    public var enabled: Bool
  }

  /// Cline's defaults throughout.
  public init() {}
}
