import ClineConfig
import CommandLineTool
import LosslessJSON

/// The options of `set-provider` beside the triple: what is said of the model, and what a cloud needs. They
/// follow from the tables of the library.
enum ProviderOptions {
  static let images = Argument<Bool>.flag("--images", help: "the model takes images")
  static let noImages = Argument<Bool>.flag("--no-images", help: "the model takes no images")
  static let facts: [(fact: ModelFact, argument: Argument<JSONValue>)] = ModelFact.allCases
    .compactMap { fact in fact.option.map { (fact, .value($0, of: fact.kind, help: fact.help)) } }
  static let azureIdentity = Argument<Bool>.flag(
    CloudSetting.azureIdentity.option, help: CloudSetting.azureIdentity.meaning)
  static let awsCrossRegion = Argument<Bool>.flag(
    CloudSetting.awsCrossRegion.option, help: CloudSetting.awsCrossRegion.meaning)
  static let noAzureIdentity = Argument<Bool>.flag(
    "--no-azure-identity", help: "Azure: a key again")
  static let noAWSCrossRegion = Argument<Bool>.flag(
    "--no-aws-cross-region", help: "Bedrock: the region alone")
  static let cloud: [(setting: CloudSetting, argument: Argument<JSONValue>)] = CloudSetting
    .allCases.filter { $0.kind != .flag }
    .map { ($0, .value($0.option, of: $0.kind, help: $0.meaning)) }

  static let all: [any ArgumentProtocol] =
    [images, noImages] + facts.map(\.argument) + cloud.map(\.argument) + [
      awsCrossRegion, noAWSCrossRegion, azureIdentity, noAzureIdentity,
    ]

  /// What the options say.
  static func read(into choice: inout Profile.Choice, _ run: Invocation) throws {
    for (fact, argument) in facts { choice.facts[fact] = run[argument] }
    guard !run[images] || !run[noImages] else {
      throw Failure(.usage, "--images and --no-images exclude each other", help: "pass one of them")
    }
    if run[images] || run[noImages] { choice.facts[.images] = .bool(run[images]) }
    for (setting, argument) in cloud { choice.cloud[setting] = run[argument] }
    for (setting, on, off) in [
      (CloudSetting.azureIdentity, azureIdentity, noAzureIdentity),
      (.awsCrossRegion, awsCrossRegion, noAWSCrossRegion),
    ] where run[on] || run[off] {
      guard !run[on] || !run[off] else {
        throw Failure(
          .usage, "\(on.outline.names[0]) and \(off.outline.names[0]) exclude each other",
          help: "pass one of them")
      }
      choice.cloud[setting] = .bool(run[on])
    }
  }
}

extension Argument<JSONValue> {
  /// An option whose value is of a kind.
  static func value(_ name: String, of kind: SettingKind, help: String) -> Argument {
    let completion: ArgumentOutline.Completion =
      if case .word(let words) = kind {
        .values(words)
      } else {
        .none
      }
    return checked(
      name, value: kind.valueName, help: help, completion: completion
    ) { text throws(InvalidValue) in
      guard let value = kind.value(text) else { throw InvalidValue(expected: kind.expected) }
      return value
    }
  }
}

extension SettingKind {
  /// What stands behind an option in the help.
  fileprivate var valueName: String {
    switch self {
    case .flag, .count, .amount: "N"
    case .text, .anyText: "NAME"
    case .url: "URL"
    case .word: "WORD"
    case .list, .array, .object: "JSON"
    }
  }
}

extension ModelFact {
  /// The option; `nil` where it is a pair of flags.
  fileprivate var option: String? {
    switch self {
    case .contextWindow: "--context-window"
    case .maxTokens: "--max-tokens"
    case .maxInputTokens: "--max-input-tokens"
    case .images: nil
    case .temperature: "--temperature"
    case .reasoningEffort: "--reasoning-effort"
    case .inputPrice: "--input-price"
    case .outputPrice: "--output-price"
    case .cacheReadsPrice: "--cache-reads-price"
    case .cacheWritesPrice: "--cache-writes-price"
    }
  }

  fileprivate var help: String {
    switch self {
    case .contextWindow: "tokens of the model's context"
    case .maxTokens: "tokens of an answer"
    case .maxInputTokens: "tokens of a request"
    case .images: ""
    case .temperature: "how far answers vary, usually 0 to 2; VS Code and JetBrains send it"
    case .reasoningEffort: "how long the model thinks: \(kind.expected)"
    case .inputPrice: "US dollars for a million tokens of requests"
    case .outputPrice: "US dollars for a million tokens of answers"
    case .cacheReadsPrice: "US dollars for a million tokens read from a cache"
    case .cacheWritesPrice: "US dollars for a million tokens written to a cache"
    }
  }
}

extension CloudSetting {
  /// The option.
  var option: String {
    switch self {
    case .azureVersion: "--azure-api-version"
    case .azureIdentity: "--azure-identity"
    case .awsProfile: "--aws-profile"
    case .awsRegion: "--aws-region"
    case .awsCrossRegion: "--aws-cross-region"
    case .awsEndpoint: "--aws-endpoint"
    case .vertexProject: "--vertex-project"
    case .vertexRegion: "--vertex-region"
    }
  }

  /// The provider of the catalogue that it belongs to.
  var provider: String {
    switch self {
    case .azureVersion, .azureIdentity: "azure-openai"
    case .awsProfile, .awsRegion, .awsCrossRegion, .awsEndpoint: "bedrock"
    case .vertexProject, .vertexRegion: "vertex"
    }
  }
}
