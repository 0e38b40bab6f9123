import LosslessJSON

/// What a cloud needs beside or instead of Base URL and key: plain values, no secret.
///
/// Sources: apps/vscode/src/shared/storage/state-keys.ts and sdk/bedrock-config.ts of 4.1.13; SDK 0.0.78,
/// services/llms/provider-settings.ts.
package enum CloudSetting: String, Hashable, Sendable, CaseIterable {
  /// The version of Azure's API.
  case azureVersion = "azure.apiVersion"
  /// Whether the extension from before the SDK signs in at Azure by itself.
  case azureIdentity = "azure.identity"
  /// The profile of Amazon's own configuration that signs the requests.
  case awsProfile = "aws.profile"
  /// The region of Bedrock.
  case awsRegion = "aws.region"
  /// Whether requests may go to other regions of the same continent.
  case awsCrossRegion = "aws.crossRegion"
  /// Another address of Bedrock than the region's own.
  case awsEndpoint = "aws.endpoint"
  /// The project at Google.
  case vertexProject = "vertex.project"
  /// The region of Vertex AI.
  case vertexRegion = "vertex.region"

  /// What its value has to be.
  package var kind: SettingKind {
    switch self {
    case .azureIdentity, .awsCrossRegion: .flag
    case .awsEndpoint: .url
    default: .text
    }
  }

  /// Its place in a profile: the object, and the field in it.
  package var path: (object: String, field: String) {
    let parts = rawValue.split(separator: ".")
    return (String(parts[0]), String(parts[1]))
  }

  /// The objects of a profile that hold them.
  static let objects = allCases.map(\.path.object).reduce(into: [String]()) { found, next in
    if !found.contains(next) { found.append(next) }
  }

  /// What it is, in half a sentence.
  package var meaning: String {
    switch self {
    case .azureVersion: "Azure: the version of the API, such as 2024-10-21"
    case .azureIdentity: "Azure: sign in instead of a key, where the client can"
    case .awsProfile: "Bedrock: the profile of ~/.aws that signs requests"
    case .awsRegion: "Bedrock: the region, such as eu-central-1"
    case .awsCrossRegion: "Bedrock: let requests go to other regions of the continent"
    case .awsEndpoint: "Bedrock: another address than the region's own"
    case .vertexProject: "Vertex AI: the project's id"
    case .vertexRegion: "Vertex AI: the region, such as europe-west1 or global"
    }
  }

  /// The slot that it belongs to.
  package var slotID: String {
    switch self {
    case .azureVersion, .azureIdentity: ProviderSlot.openAICompatibleID
    case .awsProfile, .awsRegion, .awsCrossRegion, .awsEndpoint: ProviderSlot.bedrockID
    case .vertexProject, .vertexRegion: ProviderSlot.vertexID
    }
  }

  /// Its key in `globalState.json`.
  var stateKey: JSONKey {
    switch self {
    case .azureVersion: "azureApiVersion"
    case .azureIdentity: "azureIdentity"
    case .awsProfile: "awsProfile"
    case .awsRegion: "awsRegion"
    case .awsCrossRegion: "awsUseCrossRegionInference"
    case .awsEndpoint: "awsBedrockEndpoint"
    case .vertexProject: "vertexProjectId"
    case .vertexRegion: "vertexRegion"
    }
  }

  /// Its places in an entry's settings in `providers.json`.
  var entryPointers: [JSONPointer] {
    switch self {
    case .azureVersion: ["/azure/apiVersion"]
    case .azureIdentity: ["/azure/useIdentity"]
    case .awsProfile: ["/aws/profile"]
    case .awsRegion: ["/region", "/aws/region"]
    case .awsCrossRegion: ["/aws/useCrossRegionInference"]
    case .awsEndpoint: ["/aws/endpoint"]
    case .vertexProject: ["/gcp/projectId"]
    case .vertexRegion: ["/region", "/gcp/region"]
    }
  }

  /// Those of a slot.
  static func all(of slot: ProviderSlot) -> [CloudSetting] {
    allCases.filter { $0.slotID == slot.sdkID }
  }
}

extension ProviderSlot {
  static let bedrockID = "bedrock"
  static let vertexID = "vertex"

  /// Whether a cloud's own means sign its requests, so that no key is needed.
  package var isSignedByCloud: Bool { authentication == .aws || authentication == .gcp }

  /// How Bedrock's requests are signed: the word of `globalState.json`, and that of the SDK.
  enum CloudAuthentication {
    case key, profile, chain

    /// By the word that is stored; `nil` where none is.
    init?(word: String?) {
      switch word {
      case nil: return nil
      case "apikey", "api-key": self = .key
      case "profile": self = .profile
      default: self = .chain
      }
    }

    var stateWord: String { self == .key ? "apikey" : self == .profile ? "profile" : "credentials" }
    var entryWord: String { self == .key ? "apikey" : self == .profile ? "profile" : "iam" }
  }
}
