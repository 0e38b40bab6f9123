public import LosslessJSON

extension ClineClient {
  /// What it would send in a mode, from the files it reads and the environment it starts in.
  /// Includes the migration that the client itself does at its start.
  public func request(
    in mode: Mode, from snapshot: Snapshot, variables: [String: String]
  ) -> EffectiveRequest {
    resolver(snapshot, variables: variables)(mode)
  }

  /// The same in plan and in act mode, at the cost of one.
  public func requests(
    from snapshot: Snapshot, variables: [String: String]
  ) -> [EffectiveRequest] {
    Mode.allCases.map(resolver(snapshot, variables: variables))
  }

  private func resolver(
    _ snapshot: Snapshot, variables: [String: String]
  ) -> (Mode) -> EffectiveRequest {
    let view = ClineView(snapshot: snapshot, variables: variables)
    switch self {
    case .vscodeLegacy, .cli2:
      let resolver = LegacyResolver(view: view)
      return { resolver.request(client: self, mode: $0) }
    case .vscodeSDK: return SDKResolver(view: view).request
    case .cli: return CLIResolver(view: view).request
    }
  }
}

extension EffectiveRequest {
  /// Where a key comes from.
  public enum KeySource: Hashable, Sendable, CustomStringConvertible {
    /// A place in a file.
    case store(SettingsFile, JSONPointer)
    /// An environment variable, because no file has one.
    case variable(String)
    /// A word that a client makes up where no key is needed.
    case builtIn

    /// For example `secrets:/openAiApiKey` or `env:OPENAI_API_KEY`.
    public var description: String {
      switch self {
      case .store(let file, let pointer): "\(file.rawValue):\(pointer)"
      case .variable(let name): "env:\(name)"
      case .builtIn: "built-in"
      }
    }
  }
}

extension EffectiveRequest {
  /// A key and where it comes from.
  public struct Key: Hashable, Sendable {
    /// The key that is sent.
    public let value: Secret
    /// Where it comes from.
    public let source: EffectiveRequest.KeySource

    /// Pairs a key with its source.
    package init(value: Secret, source: EffectiveRequest.KeySource) {
      self.value = value
      self.source = source
    }
  }
}

/// What a client would send.
public struct EffectiveRequest: Hashable, Sendable {
  /// Which client would send it.
  public let client: ClineClient
  /// In which mode it would.
  public let mode: Mode
  /// The provider in that client's spelling; `nil` where it has none.
  public var provider: String?
  /// The root of the API.
  public var baseURL: String?
  /// The URL of the chat request; `nil` where the client decides by itself.
  public var requestURL: String?
  /// Where the Base URL stands; `nil` where the client takes a default.
  package var baseURLPlace: StorePlace?
  /// Where the Model ID stands; `nil` where the client takes a default.
  package var modelPlace: StorePlace?
  /// The Model ID; `nil` where the client replaces ids it does not know.
  public var model: String?
  /// The key; `nil` where none is sent.
  public var key: EffectiveRequest.Key?
  /// Headers beside the key, by name.
  public var headers: [String: Secret] = [:]
  /// Why it would refuse before it sends, or send elsewhere.
  public var problem: String?

  init(client: ClineClient, mode: Mode, provider: String? = nil) {
    self.client = client
    self.mode = mode
    self.provider = provider
  }
}
