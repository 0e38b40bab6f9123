/// A company or program that serves models: how its addresses, keys and models look.
public struct Provider: Hashable, Sendable, Identifiable {
  /// What it is to a user.
  public enum Kind: String, Hashable, Sendable {
    /// Serves other vendors' models.
    case gateway
    /// Serves its own models.
    case vendor
    /// Runs on the user's machine.
    case local
    /// Stands for any other endpoint.
    case custom
  }

  /// One address of its API.
  public struct Root: Hashable, Sendable {
    /// What to paste.
    public let url: String
    /// What it speaks; only `openai-chat` fits Cline's OpenAI-compatible slot.
    public let wireProtocol: String
    /// Where, when it has several.
    public let region: String?

    /// Creates a root.
    public init(_ url: String, _ wireProtocol: String = "openai-chat", region: String? = nil) {
      self.url = url
      self.wireProtocol = wireProtocol
      self.region = region
    }
  }

  /// The name that commands take.
  public let id: String
  /// The name that people read.
  public let name: String
  /// Other names that commands take.
  public let aliases: [String]
  /// What it is.
  public let kind: Kind
  /// Its API's addresses; the first is the one to paste.
  public let roots: [Root]
  /// Hosts of its website, which serve no API.
  public let websites: [String]
  /// Hosts of its dashboard, which serve no API.
  public let dashboards: [String]
  /// Where keys are made.
  public let keysURL: String?
  /// Where keys are made, in words.
  public let keysPlace: String?
  /// How its keys look; empty where the form is not published.
  public let keyShapes: [KeyShape]
  /// Whether its API wants a key.
  public let needsKey: Bool
  /// Environment variables that conventionally hold its key. The first is the one to name.
  public let variables: [String]
  /// Whether it carries other providers' keys by design.
  public let passesKeysThrough: Bool
  /// The slot of Cline's that it is set up in.
  public let slotID: String

  init(
    _ id: String, _ name: String, _ kind: Kind, slot: String = "openai-compatible",
    aliases: [String] = [], roots: [Root] = [], websites: [String] = [],
    dashboards: [String] = [], keysURL: String? = nil, keysPlace: String? = nil,
    keys: [KeyShape] = [], needsKey: Bool = true, variables: [String] = [],
    passesKeysThrough: Bool = false
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.aliases = aliases
    self.roots = roots
    self.websites = websites
    self.dashboards = dashboards
    self.keysURL = keysURL
    self.keysPlace = keysPlace
    keyShapes = keys
    self.needsKey = needsKey
    self.variables = variables
    self.passesKeysThrough = passesKeysThrough
    slotID = slot
  }

  /// The slot of Cline's that it is set up in.
  public var slot: ProviderSlot { ProviderSlot.slot(sdkID: slotID) ?? .openAICompatible }
  /// Whether it shares the OpenAI-compatible slot with every other endpoint.
  public var usesCompatibleSlot: Bool { slotID == ProviderSlot.openAICompatible.sdkID }
  /// The roots that fit the OpenAI-compatible slot.
  public var compatibleRoots: [Root] { roots.filter { $0.wireProtocol == "openai-chat" } }

  /// The API's hosts, loopback left out: every local server has those.
  var apiHosts: [String] {
    var hosts: [String] = []
    for url in roots.compactMap({ BaseURL($0.url) }) where !url.isLoopback {
      if !hosts.contains(url.host) { hosts.append(url.host) }
    }
    return hosts
  }
}
