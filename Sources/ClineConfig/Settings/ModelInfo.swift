import LosslessJSON

/// What Cline stores of a model beside its id in `globalState.json`.
enum ModelInfo {
  /// Cline's defaults for a model it does not know (`openAiModelInfoSafeDefaults`, 4.1.13
  /// apps/vscode/src/shared/api.ts).
  static let safeDefaults: JSONObject = [
    "maxTokens": -1, "contextWindow": 128_000, "supportsImages": true,
    "supportsPromptCache": false, "inputPrice": 0, "outputPrice": 0, "temperature": 0,
  ]
}
