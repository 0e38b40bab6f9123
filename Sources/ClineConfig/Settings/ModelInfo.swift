/// What Cline knows of a model, as `globalState.json` stores it beside a Model ID. The fields
/// that a user can set; others stay where they are.
public struct ModelInfo: Codable, Hashable, Sendable {
  /// Its name.
  public var name: String?
  /// Tokens of an answer; -1 for the default.
  public var maxTokens: Double?
  /// Tokens of the context.
  public var contextWindow: Double?
  /// Whether it takes images.
  public var supportsImages: Bool?
  /// Whether it caches prompts. Cline ignores an info without this field.
  public var supportsPromptCache: Bool?
  /// Whether it reasons.
  public var supportsReasoning: Bool?
  /// Price of a million tokens in.
  public var inputPrice: Double?
  /// Price of a million tokens out.
  public var outputPrice: Double?
  /// Price of a million tokens written to a cache.
  public var cacheWritesPrice: Double?
  /// Price of a million tokens read from a cache.
  public var cacheReadsPrice: Double?
  /// Sampling temperature.
  public var temperature: Double?
  /// What it is.
  public var description: String?

  /// Nothing known.
  public init() {}

  /// Cline's defaults for a model it does not know (`openAiModelInfoSafeDefaults`, 4.1.13
  /// apps/vscode/src/shared/api.ts).
  static let safeDefaults: JSONObject = [
    "maxTokens": -1, "contextWindow": 128_000, "supportsImages": true,
    "supportsPromptCache": false, "inputPrice": 0, "outputPrice": 0, "temperature": 0,
  ]
}

/// A model of VS Code's own language model interface.
public struct LanguageModelSelector: Codable, Hashable, Sendable {
  /// Who offers it.
  public var vendor: String?
  /// Its family.
  public var family: String?
  /// Its version.
  public var version: String?
  /// Its id.
  public var id: String?
}
