import LosslessJSON

/// A company or program that serves models: how its addresses, keys and models look.
public struct Provider: Hashable, Sendable, Identifiable {
  /// What it is to a user.
  public enum Kind: String, Hashable, Sendable {
    /// Serves other vendors' models.
    case gateway
    /// Serves its own models, or models it hosts under its own names.
    case vendor
    /// A cloud's service, often with a resource's name in the host.
    case cloud
    /// Runs on the user's machine.
    case local
    /// Runs wherever its user put it.
    case selfHosted
    /// Stands for any other endpoint.
    case custom
  }

  /// The name that commands take.
  public let id: String
  /// The name that people read.
  public let name: String
  /// Other names that commands take.
  public let aliases: [String]
  /// What it is to a user.
  public let kind: Kind
  /// The company, where it has several entries: regions and plans with keys of their own.
  package let family: String?
  /// Its API's addresses; the first is the one to paste.
  public let roots: [Provider.Root]
  /// Hosts of its API beside those of the roots; `*` stands for any run of characters.
  package internal(set) var hosts: [String]
  /// Hosts of its website, which serve no API.
  public let websites: [String]
  /// Hosts of its dashboard, which serve no API.
  package let dashboards: [String]
  /// Where keys are made.
  public let keysURL: String?
  /// Where keys are made, in words.
  package let keysPlace: String?
  /// How its keys look; empty where the form is not published.
  public let keyShapes: [Provider.KeyShape]
  /// Whether its API wants a key.
  public let needsKey: Bool
  /// Environment variables that conventionally hold its key. The first is the one to name.
  public let variables: [String]
  /// How its Model IDs look, with `*` for any run of characters; empty where anything goes.
  package let modelShapes: [String]
  /// Model IDs that it had when the entry was written.
  package let exampleModels: [String]
  /// The path of its model list behind a root; `nil` where it has none there.
  package let modelsPath: String?
  /// Whether the model list needs a key, so that an answer proves it.
  package let modelsProveKey: Bool
  /// Whether it carries other providers' keys by design.
  package let passesKeysThrough: Bool
  /// What to know of it, in half sentences.
  package let notes: [String]
  /// What the provider itself says of an HTTP status.
  package let guidance: [Int: String]
  /// The slot of Cline's that it has of its own, or the OpenAI-compatible one; `nil` where Cline
  /// cannot use it.
  package let slotID: String?
  /// The file of the user's that describes it; `nil` for a bundled one.
  package internal(set) var file: String?
  /// Which of the slot's ``ProviderSlot/apiLines`` is its own, where two entries share a slot.
  package let line: String?

  init(
    _ id: String, _ name: String, _ kind: Kind, slot: String? = ProviderSlot.openAICompatibleID,
    line: String? = nil, aliases: [String] = [], family: String? = nil, roots: [Provider.Root] = [],
    hosts: [String] = [], websites: [String] = [], dashboards: [String] = [],
    keysURL: String? = nil, keysPlace: String? = nil, keys: [Provider.KeyShape] = [],
    needsKey: Bool = true, variables: [String] = [], models: [String] = [],
    exampleModels: [String] = [], modelsPath: String? = "/models", modelsProveKey: Bool = true,
    passesKeysThrough: Bool = false, notes: [String] = [], guidance: [Int: String] = [:]
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.aliases = aliases
    self.family = family
    self.roots = roots
    self.hosts = hosts
    self.websites = websites
    self.dashboards = dashboards
    self.keysURL = keysURL
    self.keysPlace = keysPlace
    keyShapes = keys
    self.needsKey = needsKey
    self.variables = variables
    modelShapes = models
    self.exampleModels = exampleModels
    self.modelsPath = modelsPath
    self.modelsProveKey = modelsProveKey
    self.passesKeysThrough = passesKeysThrough
    self.notes = notes
    self.guidance = guidance
    slotID = slot
    self.line = line
  }

  /// Describes a provider of your own: an OpenAI-compatible API.
  ///
  /// - Parameters:
  ///   - id: The name that programs take.
  ///   - name: The name that people read.
  ///   - kind: What it is to a user.
  ///   - roots: Its API's addresses; the first is the one to paste.
  ///   - websites: Hosts of its website and dashboard, which serve no API.
  ///   - keysURL: Where keys are made.
  ///   - keyShapes: How its keys look; empty where the form is not published.
  ///   - needsKey: Whether its API wants a key.
  ///   - variables: Environment variables that conventionally hold its key.
  public init(
    id: String, name: String, kind: Kind, roots: [Root], websites: [String] = [],
    keysURL: String? = nil, keyShapes: [KeyShape] = [], needsKey: Bool = true,
    variables: [String] = []
  ) {
    self.init(
      id, name, kind, roots: roots, websites: websites, keysURL: keysURL, keys: keyShapes,
      needsKey: needsKey, variables: variables)
  }

  /// The slot of Cline's that it is set up in.
  public var slot: ProviderSlot {
    slotID.flatMap { ProviderSlot.slot(sdkID: $0) } ?? .openAICompatible
  }
  /// Whether it shares the OpenAI-compatible slot with every other endpoint.
  package var usesCompatibleSlot: Bool { slotID == ProviderSlot.openAICompatibleID }
  /// The roots that fit the OpenAI-compatible slot.
  package var compatibleRoots: [Provider.Root] {
    roots.filter { $0.wireProtocol == .openAIChat }
  }
  /// The root to paste into the OpenAI-compatible slot; `nil` where every one has a part to fill
  /// in, or another protocol.
  package var compatibleRoot: String? { compatibleRoots.first { !$0.isTemplate }?.url }
  /// Whether ``SettingsStore`` can set it up: a slot of its own that takes a key, or an address
  /// for the OpenAI-compatible slot.
  public var isSettable: Bool {
    if kind == .custom { return true }
    if usesCompatibleSlot { return !compatibleRoots.isEmpty }
    return slotID != nil && (slot.takesStoredKey || slot.isSignedByCloud)
  }
  /// Where keys are made, in words or as an address.
  package var keyOrigin: String? { keysPlace ?? keysURL }
  /// Whether its API may stand at any address.
  var isAnywhere: Bool { kind == .local || kind == .selfHosted || kind == .custom }
}

extension Provider {
  /// One address of a provider's API.
  public struct Root: Hashable, Sendable, ExpressibleByStringLiteral {
    /// What to paste. `{name}` stands for a part to fill in.
    public let url: String
    /// What is spoken at the address.
    public let wireProtocol: ProviderSlot.WireProtocol
    /// Where, when there are several.
    package let region: String?
    /// For which plan, when there are several.
    package let plan: String?

    /// Creates an address of an API.
    public init(
      _ url: String, speaking wireProtocol: ProviderSlot.WireProtocol = .openAIChat,
      region: String? = nil,
      plan: String? = nil
    ) {
      self.url = url
      self.wireProtocol = wireProtocol
      self.region = region
      self.plan = plan
    }

    /// A root of OpenAI's protocol.
    public init(stringLiteral url: String) { self.init(url) }

    /// Whether a part has to be filled in.
    package var isTemplate: Bool { url.utf8.contains(UInt8(ascii: "{")) }

    /// How an address relates to this root, when its host is the root's.
    enum Fit: Hashable { case exact, short, beyond, elsewhere }

    func fit(of url: BaseURL) -> Fit? {
      guard let root = BaseURL(Self.globbed(self.url)), Glob(pattern: root.host).fits(url.host)
      else { return nil }
      if root.port != url.port, url.isLoopback { return nil }
      let own = root.trimmedPath.split(separator: "/")
      let typed = url.trimmedPath.split(separator: "/")
      let agrees = zip(own, typed).allSatisfy { Glob(pattern: String($0)).fits($1) }
      guard agrees else { return .elsewhere }
      return own.count == typed.count ? .exact : own.count > typed.count ? .short : .beyond
    }

    /// Whether an address has this root's port; the scheme's own counts as none.
    func hasPort(of url: BaseURL) -> Bool {
      func port(_ url: BaseURL?) -> String {
        url?.port.flatMap { $0.isEmpty ? nil : $0 } ?? (url?.scheme == "http" ? "80" : "443")
      }
      return port(BaseURL(Self.globbed(self.url))) == port(url) || url.scheme == "http"
    }

    /// The glob of its host; `nil` where nothing of it is fixed. By bytes and without the rest of
    /// the address: the catalogue asks each root at each start.
    var hostGlob: String? {
      var url = isTemplate ? Self.globbed(url) : url
      let host = url.withUTF8 { bytes -> String? in
        guard let mark = bytes.firstIndex(of: UInt8(ascii: ":")), mark + 3 < bytes.count else {
          return nil
        }
        let rest = bytes[(mark + 3)...]
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
        return String(decoding: rest[..<(end ?? rest.endIndex)], as: UTF8.self)
      }
      return host == "*" ? nil : host?.lowercased()
    }

    private static func globbed(_ url: String) -> String {
      var result: [UInt8] = []
      var isInside = false
      for byte in url.utf8 {
        if byte == UInt8(ascii: "{") {
          isInside = true
          result.append(UInt8(ascii: "*"))
        } else if byte == UInt8(ascii: "}") {
          isInside = false
        } else if !isInside {
          result.append(byte)
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }
}
