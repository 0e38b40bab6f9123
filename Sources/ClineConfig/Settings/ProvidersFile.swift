// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// `settings/providers.json`: provider settings of the SDK, for the CLI and the VS Code SDK bundle.
///
/// Property names are Cline's keys (SDK 0.0.78, sdk/packages/core/src/types/provider-settings.ts and
/// services/llms/provider-settings.ts).
public struct ProvidersFile: Codable, Hashable, Sendable {
  public var version: Int
  public var lastUsedProvider: String?
  public var modes: Modes?
  public var providers: [String: Entry]

  public struct Modes: Codable, Hashable, Sendable {
    public var voiceInput: VoiceInput?
  }

  public struct VoiceInput: Codable, Hashable, Sendable {
    public var providerId: String
    public var modelId: String
  }

  public struct Entry: Codable, Hashable, Sendable {
    public var settings: ProviderSettings
    /// UTC with `Z`: Cline rejects other offsets, and then the whole file.
    public var updatedAt: String
    /// `manual`, `oauth` or `migration`; absent means `manual`.
    public var tokenSource: String?
  }
}

/// The settings of one provider in `providers.json`.
public struct ProviderSettings: Codable, Hashable, Sendable {
  public var provider: String
  public var apiKey: Secret?
  public var auth: Authentication?
  public var model: String?
  public var `protocol`: String?
  public var client: String?
  public var routingProviderId: String?
  public var maxTokens: Int?
  public var contextWindow: Int?
  public var timeout: Int?
  public var baseUrl: String?
  public var headers: [String: Secret]?
  public var reasoning: Reasoning?
  public var aws: AWS?
  public var gcp: GCP?
  public var azure: Azure?
  public var sap: SAP?
  public var oca: OCA?
  public var region: String?
  public var apiLine: String?
  public var capabilities: [String]?
  public var modelCatalog: ModelCatalog?

  public struct Authentication: Codable, Hashable, Sendable {
    public var apiKey: Secret?
    /// Wins over ``ProviderSettings/apiKey``.
    public var accessToken: Secret?
    public var refreshToken: Secret?
    /// Milliseconds since 1970.
    public var expiresAt: Int?
    public var accountId: String?
    public var organizationId: String?
    public var organizationName: String?
    public var memberId: String?
    public var metadata: [String: JSONValue]?
  }

  public struct Reasoning: Codable, Hashable, Sendable {
    public var enabled: Bool?
    public var effort: String?
    public var budgetTokens: Int?
  }

  public struct AWS: Codable, Hashable, Sendable {
    public var accessKey: Secret?
    public var secretKey: Secret?
    public var sessionToken: Secret?
    public var region: String?
    public var profile: String?
    public var authentication: String?
    public var usePromptCache: Bool?
    public var useCrossRegionInference: Bool?
    public var useGlobalInference: Bool?
    public var endpoint: String?
    public var customModelBaseId: String?
  }

  public struct GCP: Codable, Hashable, Sendable {
    public var projectId: String?
    public var region: String?
  }

  public struct Azure: Codable, Hashable, Sendable {
    public var apiVersion: String?
    public var useIdentity: Bool?
  }

  public struct SAP: Codable, Hashable, Sendable {
    public var clientId: Secret?
    public var clientSecret: Secret?
    public var tokenUrl: String?
    public var resourceGroup: String?
    public var deploymentId: String?
    public var useOrchestrationMode: Bool?
    public var api: String?
    public var defaultSettings: [String: JSONValue]?
  }

  public struct OCA: Codable, Hashable, Sendable {
    public var mode: String?
    public var usePromptCache: Bool?
  }

  public struct ModelCatalog: Codable, Hashable, Sendable {
    public var loadLatestOnInit: Bool?
    public var loadPrivateOnAuth: Bool?
    public var url: String?
    public var cacheTtlMs: Int?
    public var failOnError: Bool?
  }
}
