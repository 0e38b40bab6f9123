// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

/// `secrets.json`: the keys and tokens of VS Code and JetBrains, as strings.
///
/// Property names are Cline's keys (4.1.13, apps/vscode/src/shared/storage/state-keys.ts). Some values
/// are JSON texts of their own, such as `cline:clineAccountId`.
public struct Secrets: Codable, Hashable, Sendable {
  public var apiKey: Secret?
  public var clineApiKey: Secret?
  public var clineAccountId: Secret?
  public var clineClineAccountId: Secret?
  public var openRouterApiKey: Secret?
  public var awsAccessKey: Secret?
  public var awsSecretKey: Secret?
  public var awsSessionToken: Secret?
  public var awsBedrockApiKey: Secret?
  public var openAiApiKey: Secret?
  public var geminiApiKey: Secret?
  public var openAiNativeApiKey: Secret?
  public var ollamaApiKey: Secret?
  public var deepSeekApiKey: Secret?
  public var requestyApiKey: Secret?
  public var togetherApiKey: Secret?
  public var fireworksApiKey: Secret?
  public var qwenApiKey: Secret?
  public var doubaoApiKey: Secret?
  public var mistralApiKey: Secret?
  public var liteLlmApiKey: Secret?
  public var authNonce: Secret?
  public var asksageApiKey: Secret?
  public var xaiApiKey: Secret?
  public var moonshotApiKey: Secret?
  public var zaiApiKey: Secret?
  public var huggingFaceApiKey: Secret?
  public var nebiusApiKey: Secret?
  public var sambanovaApiKey: Secret?
  public var cerebrasApiKey: Secret?
  public var sapAiCoreClientId: Secret?
  public var sapAiCoreClientSecret: Secret?
  public var groqApiKey: Secret?
  public var huaweiCloudMaasApiKey: Secret?
  public var basetenApiKey: Secret?
  public var vercelAiGatewayApiKey: Secret?
  public var difyApiKey: Secret?
  public var minimaxApiKey: Secret?
  public var hicapApiKey: Secret?
  public var aihubmixApiKey: Secret?
  public var nousResearchApiKey: Secret?
  public var remoteLiteLlmApiKey: Secret?
  public var ocaApiKey: Secret?
  public var ocaRefreshToken: Secret?
  public var mcpOAuthSecrets: Secret?
  public var openaiCodexOauthCredentials: Secret?
  public var wandbApiKey: Secret?

  /// No secret at all.
  public init() {}

  private enum CodingKeys: String, CodingKey {
    case apiKey
    case clineApiKey
    case clineAccountId
    case clineClineAccountId = "cline:clineAccountId"
    case openRouterApiKey
    case awsAccessKey
    case awsSecretKey
    case awsSessionToken
    case awsBedrockApiKey
    case openAiApiKey
    case geminiApiKey
    case openAiNativeApiKey
    case ollamaApiKey
    case deepSeekApiKey
    case requestyApiKey
    case togetherApiKey
    case fireworksApiKey
    case qwenApiKey
    case doubaoApiKey
    case mistralApiKey
    case liteLlmApiKey
    case authNonce
    case asksageApiKey
    case xaiApiKey
    case moonshotApiKey
    case zaiApiKey
    case huggingFaceApiKey
    case nebiusApiKey
    case sambanovaApiKey
    case cerebrasApiKey
    case sapAiCoreClientId
    case sapAiCoreClientSecret
    case groqApiKey
    case huaweiCloudMaasApiKey
    case basetenApiKey
    case vercelAiGatewayApiKey
    case difyApiKey
    case minimaxApiKey
    case hicapApiKey
    case aihubmixApiKey
    case nousResearchApiKey
    case remoteLiteLlmApiKey
    case ocaApiKey
    case ocaRefreshToken
    case mcpOAuthSecrets
    case openaiCodexOauthCredentials = "openai-codex-oauth-credentials"
    case wandbApiKey
  }
}
