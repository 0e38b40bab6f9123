public import LosslessJSON

extension ClineClient {
  /// What it would send in a mode, from the files it reads and the environment it starts in.
  /// Includes the migration that the client itself does at its start.
  public func request(
    in mode: Mode, from snapshot: Snapshot, variables: [String: String]
  ) -> EffectiveRequest {
    resolver(ClientFiles(snapshot, variables: variables))(mode)
  }

  /// The same in plan and in act mode, at the cost of one.
  package func requests(
    from snapshot: Snapshot, variables: [String: String]
  ) -> [EffectiveRequest] {
    Mode.allCases.map(resolver(ClientFiles(snapshot, variables: variables)))
  }

  /// The same for several clients, in their order. Those that read the same files share what is made of
  /// them, which is most of the cost.
  package static func requests(
    of views: [(client: ClineClient, snapshot: Snapshot)], variables: [String: String]
  ) -> [[EffectiveRequest]] {
    var known: [ClientFiles] = []
    return views.map { client, snapshot in
      let same = known.first { $0.view.snapshot.locations.isSame(as: snapshot.locations) }
      let files = same ?? ClientFiles(snapshot, variables: variables)
      if same == nil { known.append(files) }
      return Mode.allCases.map(client.resolver(files))
    }
  }

  private func resolver(_ files: ClientFiles) -> (Mode) -> EffectiveRequest {
    let view = files.view
    switch self {
    case .vscodeLegacy, .jetbrains, .cli2:
      let resolver = LegacyResolver(view: view)
      return { resolver.request(client: self, mode: $0).signed(view) }
    case .vscodeSDK:
      let resolver = SDKResolver(view: view, providers: files.providers)
      return { resolver.request(mode: $0).signed(view) }
    case .cli, .desktop, .acp:
      let resolver = CLIResolver(view: view, providers: files.providers)
      return { mode in
        switch self {
        case .desktop: resolver.desktopRequest(mode: mode).signed(view)
        case .acp: resolver.acpRequest(mode: mode).signed(view)
        default: resolver.request(mode: mode).signed(view)
        }
      }
    }
  }
}

/// Files as clients have them when they have started.
private struct ClientFiles {
  let view: ClineView
  let providers: MigratedProviders

  init(_ snapshot: Snapshot, variables: [String: String]) {
    view = ClineView(snapshot: snapshot, variables: variables)
    providers = MigratedProviders(view: view)
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
  /// The key, where it is one: a word that a client makes up is none.
  package var ownKey: Key? { key?.source == .builtIn ? nil : key }

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
  /// The root of the API: the URL of the chat request without its endpoint.
  public var baseURL: String?
  /// The URL of the chat request; `nil` where none is sent, or where another program sends it.
  public var requestURL: String?
  /// Where the Base URL stands; `nil` where the client takes a default.
  package var baseURLPlace: StorePlace?
  /// Where the Model ID stands; `nil` where the client takes a default.
  package var modelPlace: StorePlace?
  /// The Model ID that is sent; `nil` where the request names none.
  public var model: String?
  /// The Model ID that is stored, where the client sends another in its place.
  package var replacedModel: String?
  /// The key; `nil` where none is sent.
  public var key: EffectiveRequest.Key?
  /// The header that holds the key, in lower case; `nil` where no key is sent.
  public var keyHeader: String?
  /// What signs the request, where that is a cloud's own means: `AWS profile dev, region eu-west-1`.
  package internal(set) var signedBy: String?
  /// The environment variable that names the address, where none is stored.
  package var addressVariable: String?
  /// Where the headers stand.
  package var headersPlace: StorePlace?
  /// The environment variable that a header of the key comes from.
  var headersVariable: String?
  /// Headers beside the key, by name.
  public var headers: [String: Secret] = [:]
  /// Whether the provider is picked in the client itself, once, and not in Cline's files.
  package var isChosenElsewhere = false
  /// Why it would refuse before it sends, or send elsewhere.
  public var problem: String?

  init(client: ClineClient, mode: Mode, provider: String? = nil) {
    self.client = client
    self.mode = mode
    self.provider = provider
  }
}
