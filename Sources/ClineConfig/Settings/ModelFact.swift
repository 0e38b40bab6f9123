import LosslessJSON

/// What can be said of a model beside its id, where Cline does not know it.
///
/// Where each client reads them (4.1.13, apps/vscode/src/shared/api.ts `ModelInfo`; SDK 0.0.78,
/// local-provider-registry.ts `StoredModelEntry`, provider-settings.ts; code of v4.0.12,
/// core/api/providers/openai.ts): VS Code and JetBrains read the model's info in `globalState.json`, the
/// SDK's clients `models.json` besides. The CLI has no temperature.
package enum ModelFact: String, Hashable, Sendable, CaseIterable {
  /// Tokens of the context.
  case contextWindow
  /// Tokens of an answer.
  case maxTokens
  /// Tokens of a request.
  case maxInputTokens
  /// Whether it takes images.
  case images
  /// How far it varies its answers, usually from 0 to 2; the provider's own value where it is 0.
  case temperature
  /// How long it thinks.
  case reasoningEffort
  /// US dollars for a million tokens of a request.
  case inputPrice
  /// US dollars for a million tokens of an answer.
  case outputPrice
  /// US dollars for a million tokens that are read from a cache.
  case cacheReadsPrice
  /// US dollars for a million tokens that are written to a cache.
  case cacheWritesPrice

  /// What its value has to be.
  package var kind: SettingKind {
    switch self {
    case .contextWindow, .maxTokens, .maxInputTokens: .count
    case .images: .flag
    case .temperature, .inputPrice, .outputPrice, .cacheReadsPrice, .cacheWritesPrice: .amount
    case .reasoningEffort: .word(Self.efforts)
    }
  }

  /// `ReasoningLevelSchema` of the SDK.
  static let efforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]

  /// Its member of a model's info in `globalState.json`; `nil` where it has none there.
  var infoKey: JSONKey? {
    switch self {
    case .images: "supportsImages"
    case .reasoningEffort: nil
    default: JSONKey(rawValue)
    }
  }

  /// Its member of a model in `models.json`; `nil` where it has none there.
  var modelKey: JSONKey? {
    switch self {
    case .images: "supportsVision"
    case .reasoningEffort: nil
    default: JSONKey(rawValue)
    }
  }

  /// Its member of an entry of `providers.json`, which counts for every model; `nil` where it has none.
  var entryKey: JSONKey? {
    self == .contextWindow || self == .maxTokens ? JSONKey(rawValue) : nil
  }
}
