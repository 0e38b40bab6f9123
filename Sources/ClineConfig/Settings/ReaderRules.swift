package import LosslessJSON

/// What Cline makes of a file that parses.
package struct ReaderVerdict: Hashable, Sendable {
  /// Places for which Cline discards the whole file and reads it as empty.
  package var rejected: [ReaderViolation] = []
  /// Places for which Cline drops one entry of `models.json`, by the entry's pointer.
  package var dropped: [JSONPointer: [ReaderViolation]] = [:]
}

extension SettingsFile {
  /// Reads a document as Cline does and tells what would be lost.
  ///
  /// Sources: ClineFileStorage.ts (4.1.13) for `globalState.json` and `secrets.json`; SDK 0.0.78
  /// types/provider-settings.ts, services/llms/provider-settings.ts,
  /// services/providers/local-provider-registry.ts, services/global-settings.ts for the others.
  package func verdict(on document: JSONDocument) -> ReaderVerdict {
    // These can be large, and nothing inside them is rejected.
    let isFree = self == .globalState || self == .secrets || self == .vscode
    guard document.isObject else {
      return ReaderVerdict(rejected: ReaderSchema.object([]).violations(in: .null, at: .root))
    }
    if isFree { return ReaderVerdict() }
    let root = document.root
    switch self {
    case .globalState, .secrets, .vscode: return ReaderVerdict()
    case .providers:
      return ReaderVerdict(rejected: ReaderRules.providers.violations(in: root, at: .root))
    case .models:
      var verdict = ReaderVerdict(
        rejected: ReaderRules.modelsEnvelope.violations(in: root, at: .root))
      guard verdict.rejected.isEmpty else { return verdict }
      for (key, entry) in root["providers"]?.object ?? [:] {
        let pointer = JSONPointer.root.appending("providers").appending(key)
        let found = ReaderRules.modelsEntry.violations(in: entry, at: pointer)
        verdict.dropped[pointer] = found.isEmpty ? nil : found
      }
      return verdict
    case .globalSettings:
      return ReaderVerdict(rejected: ReaderRules.globalSettings.violations(in: root, at: .root))
    }
  }
}

private enum ReaderRules {
  static func optional(_ fields: KeyValuePairs<JSONKey, ReaderSchema>) -> ReaderSchema {
    .object(fields.map { ReaderSchema.Field(key: $0, schema: $1, isRequired: false) })
  }

  static func object(
    required: KeyValuePairs<JSONKey, ReaderSchema>, optional: KeyValuePairs<JSONKey, ReaderSchema>
  ) -> ReaderSchema {
    .object(
      required.map { ReaderSchema.Field(key: $0, schema: $1, isRequired: true) }
        + optional.map { ReaderSchema.Field(key: $0, schema: $1, isRequired: false) })
  }

  static let providers = object(
    required: [
      "version": .exactly(1),
      "providers": .record(
        object(
          required: ["settings": providerSettings, "updatedAt": .dateTime],
          optional: ["tokenSource": .oneOf(["manual", "oauth", "migration"])])),
    ],
    optional: [
      "lastUsedProvider": .nonEmptyString,
      "modes": optional([
        "voiceInput": object(
          required: ["providerId": .nonEmptyString, "modelId": .nonEmptyString], optional: [:])
      ]),
    ])

  private static let protocols = ReaderSchema.oneOf([
    "anthropic", "gemini", "openai-chat", "openai-responses", "openai-r1", "ai-sdk",
  ])
  private static let clients = ReaderSchema.oneOf([
    "anthropic", "ai-sdk", "ai-sdk-community", "openai", "openai-compatible", "openai-r1",
    "gemini", "bedrock", "custom", "fetch", "vertex",
  ])
  private static let modalities = ReaderSchema.list(
    .oneOf(["text", "image", "audio", "video", "pdf"]))

  static let providerSettings = object(
    required: ["provider": .providerID],
    optional: [
      "apiKey": .string,
      "auth": optional([
        "apiKey": .string, "accessToken": .string, "refreshToken": .string,
        "expiresAt": .positiveInteger, "accountId": .string, "organizationId": .string,
        "organizationName": .string, "memberId": .string, "metadata": .record(.any),
      ]),
      "model": .string,
      "protocol": protocols, "client": clients,
      "routingProviderId": .providerID,
      "maxTokens": .positiveInteger, "contextWindow": .positiveInteger,
      "timeout": .positiveInteger,
      "baseUrl": .url,
      "headers": .record(.string),
      "reasoning": optional([
        "enabled": .boolean,
        "effort": .oneOf(["none", "minimal", "low", "medium", "high", "xhigh", "max"]),
        "budgetTokens": .positiveInteger,
      ]),
      "aws": optional([
        "accessKey": .string, "secretKey": .string, "sessionToken": .string, "region": .string,
        "profile": .string, "authentication": .oneOf(["iam", "api-key", "apikey", "profile"]),
        "usePromptCache": .boolean, "useCrossRegionInference": .boolean,
        "useGlobalInference": .boolean, "endpoint": .url, "customModelBaseId": .string,
      ]),
      "gcp": optional(["projectId": .string, "region": .string]),
      "azure": optional(["apiVersion": .string, "useIdentity": .boolean]),
      "sap": optional([
        "clientId": .string, "clientSecret": .string, "tokenUrl": .url, "resourceGroup": .string,
        "deploymentId": .string, "useOrchestrationMode": .boolean,
        "api": .oneOf(["orchestration", "foundation-models"]), "defaultSettings": .record(.any),
      ]),
      "oca": optional(["mode": .oneOf(["internal", "external"]), "usePromptCache": .boolean]),
      "region": .string,
      "apiLine": .oneOf(["china", "international"]),
      "capabilities": .list(
        .oneOf([
          "reasoning", "prompt-cache", "streaming", "tools", "vision", "computer-use", "oauth",
          "popular",
        ])),
      "modelCatalog": optional([
        "loadLatestOnInit": .boolean, "loadPrivateOnAuth": .boolean, "url": .url,
        "cacheTtlMs": .positiveInteger, "failOnError": .boolean,
      ]),
    ])

  static let modelsEnvelope = object(
    required: ["version": .exactly(1), "providers": .record(.any)], optional: [:])

  /// Numbers are not checked: a bad one reads as absent.
  static let modelsEntry = optional([
    "provider": object(
      required: ["name": .string, "baseUrl": .string],
      optional: [
        "defaultModelId": .string, "protocol": protocols, "client": clients,
        "modelsSourceUrl": .string,
        "capabilities": .list(
          .oneOf([
            "reasoning", "prompt-cache", "tools", "provider-tools", "oauth", "temperature",
            "files", "streaming", "vision", "computer-use", "local-auth", "popular",
          ])),
      ]),
    "models": .record(
      optional([
        "id": .string, "name": .string,
        "capabilities": .list(
          .oneOf([
            "images", "video", "tools", "streaming", "prompt-cache", "reasoning",
            "reasoning-effort", "computer-use", "global-endpoint", "structured_output",
            "temperature", "files",
          ])),
        "supportsVision": .boolean, "supportsAttachments": .boolean,
        "supportsReasoning": .boolean,
        "operation": .oneOf([
          "language", "image-generation", "speech-generation", "transcription", "video-generation",
        ]),
        "operationModes": .list(.oneOf(["batch", "streaming"])),
        "modalities": object(
          required: ["input": modalities, "output": modalities], optional: [:]),
        "apiFormat": .oneOf(["default", "openai-responses", "r1"]),
      ])),
  ])

  /// Only `tools` can fail: every other member falls back to its default.
  static let globalSettings = optional([
    "tools": .record(object(required: ["enabled": .boolean], optional: [:]))
  ])
}
