/// The providers that are known.
public struct ProviderCatalog: Sendable {
  /// `nil` for what comes with the library, which is made when it is first asked: many commands name no
  /// provider.
  private let own: Content?
  private var content: Content { own ?? Self.bundledContent }

  /// In the order of the list that people see.
  public var providers: [Provider] { content.providers }
  /// Every prefix that a provider publishes: what may be shown of a masked key.
  public var publicPrefixes: [String] { content.publicPrefixes }
  /// The shapes that prove.
  var proofs: [Proof] { content.proofs }
  /// The shapes that suggest, and the places of their providers.
  var hints: [(shape: Provider.KeyShape, provider: Int)] { content.hints }
  /// How the models of vendors are called that nobody else names so, and the places of the vendors.
  var families: [(models: Glob, provider: Int)] { content.families }
  /// Names of bundled providers that a user's own entry has taken, by the entry's id.
  private var taken: [String: Provider] { own?.taken ?? [:] }
  /// Every host of the catalogue. A few hundred: looking through them is faster than to index them,
  /// for a program that asks ten times.
  var hosts: [Host] { own?.hosts ?? Self.bundledHosts }
  /// Those that the user's files describe.
  var usersOwn: [Provider] { own?.providers.filter { $0.file != nil } ?? [] }

  /// A catalogue of these. Of two with one id the later counts.
  public init(_ providers: [Provider]) { self.init(providers, taken: [:]) }

  private init(_ providers: [Provider], taken: [String: Provider]) {
    var unique: [Provider] = []
    var places: [String: Int] = [:]
    for provider in providers {
      if let place = places[provider.id] {
        unique[place] = provider
      } else {
        places[provider.id] = unique.count
        unique.append(provider)
      }
    }
    own = Content(unique, hosts: Self.hosts(of: unique), taken: taken)
  }

  private init(own: Content?) { self.own = own }

  /// What comes with the library.
  public static let bundled = ProviderCatalog(own: nil)
  private static let bundledContent: Content = {
    // One copy of each entry, which a chain of additions would not do.
    var all: [Provider] = []
    for part in [gateways, vendors, chineseVendors, clouds, localServers, [custom]] { all += part }
    return Content(all, hosts: nil, taken: [:])
  }()
  private static let bundledHosts = hosts(of: bundledContent.providers)

  /// The entries, and what is made of them once.
  private final class Content: Sendable {
    let providers: [Provider]
    /// `nil` for the bundled ones, whose hosts are made apart: most commands need none.
    let hosts: [Host]?
    let taken: [String: Provider]
    let publicPrefixes: [String]
    let proofs: [Proof]
    let hints: [(shape: Provider.KeyShape, provider: Int)]
    let families: [(models: Glob, provider: Int)]

    init(_ providers: [Provider], hosts: [Host]?, taken: [String: Provider]) {
      (self.providers, self.hosts, self.taken) = (providers, hosts, taken)
      var prefixes: [String] = []
      var proofs: [Proof] = []
      var hints: [(shape: Provider.KeyShape, provider: Int)] = []
      var families: [(models: Glob, provider: Int)] = []
      for index in providers.indices {
        for shape in providers[index].keyShapes {
          if !shape.prefix.isEmpty { prefixes.append(shape.prefix) }
          if shape.strength == .proof { proofs.append(Proof(shape, of: index)) }
          if shape.strength == .strong { hints.append((shape, index)) }
        }
        // Not a shape that many use.
        for shape in providers[index].modelShapes
        where providers[index].kind == .vendor && !shape.hasPrefix("*") && !shape.contains("/") {
          families.append((Glob(pattern: shape), index))
        }
      }
      (publicPrefixes, self.proofs, self.hints) = (prefixes, proofs, hints)
      self.families = families
    }
  }

  /// A shape that proves, and what a text has that may fit it: most that are asked about do not.
  struct Proof: Sendable {
    let shape: Provider.KeyShape
    /// The place of its provider.
    let provider: Int
    /// The first byte, where a prefix fixes it.
    private let start: UInt8?
    private let shortest: Int

    init(_ shape: Provider.KeyShape, of provider: Int) {
      (self.shape, self.provider) = (shape, provider)
      start = shape.prefix.utf8.first
      // Patterns are read only where nothing else tells: at each start there are many.
      shortest = start == nil ? shape.shortest : shape.prefix.utf8.count
    }

    func mayFit(_ text: String.UTF8View) -> Bool {
      text.count >= shortest && (start == nil || start == text.first)
    }
  }

  /// A host of a provider's.
  struct Host: Sendable {
    let name: String
    /// The place of the provider.
    let provider: Int
    let isSite: Bool
    /// For a name with `*`.
    let glob: Glob?
  }

  private static func hosts(of providers: [Provider]) -> [Host] {
    var hosts: [Host] = []
    for index in providers.indices {
      for name in providers[index].apiHosts {
        hosts.append(
          Host(
            name: name, provider: index, isSite: false,
            glob: name.utf8.contains(UInt8(ascii: "*")) ? Glob(pattern: name) : nil))
      }
      for sites in [providers[index].websites, providers[index].dashboards] {
        for name in sites {
          hosts.append(Host(name: name, provider: index, isSite: true, glob: nil))
        }
      }
    }
    return hosts
  }

  /// The catalogue with further providers; one with a known id takes that one's place.
  ///
  /// The hosts of a known provider stay its own: an entry can add to them.
  public func adding(_ own: [Provider]) -> ProviderCatalog {
    var taken = self.taken
    let merged = own.map { provider in
      guard let known = self[provider.id] else { return provider }
      taken[provider.id] = known
      guard known.id == provider.id else { return provider }
      var provider = provider
      provider.hosts += known.apiHosts.filter { !provider.apiHosts.contains($0) }
      return provider
    }
    return ProviderCatalog(providers + merged, taken: taken)
  }

  /// Where a key of a bundled provider would go only because a user's own entry says so: the entry, and
  /// the provider whose name it has.
  func ownEntry(sendingTo url: BaseURL) -> (entry: Provider, bundled: Provider)? {
    guard !taken.isEmpty else { return nil }
    // By roots too: this machine is nobody's host.
    func has(_ provider: Provider) -> Bool {
      provider.apiHosts.contains { Glob(pattern: $0).fits(url.host) }
        || provider.roots.contains { $0.fit(of: url) == .exact }
    }
    for (id, bundled) in taken.sorted(by: { $0.key < $1.key }) {
      guard let entry = self[id], has(entry), !has(bundled) else { continue }
      return (entry, bundled)
    }
    return nil
  }

  /// The hosts that an own entry adds to the bundled provider whose name it has.
  package func addedHosts(of entry: Provider) -> [String] {
    guard let bundled = taken[entry.id] else { return [] }
    return entry.apiHosts.filter { !bundled.apiHosts.contains($0) }
  }

  /// The bundled catalogue with an own entry, for examples of rules.
  static let examples = bundled.adding([
    Provider(
      "deepinfra", "DeepInfra", .gateway, roots: ["https://deepinfra.mirror.example/v1/openai"])
  ])

  /// Any other OpenAI-compatible endpoint.
  package static let custom = Provider(
    "custom", "another OpenAI-compatible endpoint", .custom, aliases: ["openai-compatible"])

  /// By id or alias; case, spaces, hyphens and underscores do not matter. An id counts before
  /// another's alias.
  public subscript(name: String) -> Provider? {
    let providers = providers
    let place =
      providers.indices.first { providers[$0].id == name }
      ?? {
        let folded = Self.folded(name)
        return providers.indices.last { Self.folded(providers[$0].id) == folded }
          ?? providers.indices.first {
            providers[$0].aliases.contains { Self.folded($0) == folded }
          }
      }()
    return place.map { providers[$0] }
  }

  /// The providers whose API has this host. An exact host counts before a pattern.
  func providers(withAPIHost host: String) -> [Provider] {
    let exact = places(host) { !$0.isSite && $0.glob == nil }
    if !exact.isEmpty { return exact.map { providers[$0] } }
    var found: [Int] = []
    for known in hosts where known.glob?.fits(host) == true && !found.contains(known.provider) {
      found.append(known.provider)
    }
    return found.map { providers[$0] }
  }

  /// Whether a host is one of a provider's API.
  package func isAPIHost(_ host: String, of provider: Provider) -> Bool {
    providers(withAPIHost: host).contains { $0.id == provider.id }
      || provider.roots.contains { BaseURL($0.url)?.host == host }
  }

  /// The providers whose website or dashboard has this host, `www.` aside.
  func providers(withSite host: String) -> [Provider] {
    let exact = places(host, where: \.isSite)
    let bare = exact.isEmpty && host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    return (exact.isEmpty ? places(bare, where: \.isSite) : exact).map { providers[$0] }
  }

  private func places(_ host: String, where fits: (Host) -> Bool) -> [Int] {
    hosts.compactMap { known in
      known.name.utf8.count == host.utf8.count && known.name == host && fits(known)
        ? known.provider : nil
    }
  }

  /// The providers that a slot of Cline's belongs to; none for the OpenAI-compatible one.
  package func providers(ofSlot sdkID: String) -> [Provider] {
    sdkID == ProviderSlot.openAICompatibleID
      ? [] : providers(where: { $0.slotID == sdkID })
  }

  /// The providers that fit.
  func providers(where fits: (Provider) -> Bool) -> [Provider] {
    let providers = providers
    return providers.indices.filter { fits(providers[$0]) }.map { providers[$0] }
  }

  static func folded(_ name: String) -> String {
    let ignored = " -_".utf8
    let lowercase = name.lowercased().utf8.lazy.filter { !ignored.contains($0) }
    return String(decoding: Array(lowercase), as: UTF8.self)
  }
}

extension Provider {
  /// The API's hosts, loopback left out: every local server has those.
  var apiHosts: [String] {
    var found: [String] = []
    for root in roots {
      guard let host = root.hostGlob, host != "localhost", host != "127.0.0.1", host != "0.0.0.0"
      else { continue }
      if !found.contains(host) { found.append(host) }
    }
    return found + hosts.filter { !found.contains($0) }
  }
}
