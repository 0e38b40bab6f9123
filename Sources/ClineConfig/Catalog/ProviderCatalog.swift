/// The providers that are known.
public struct ProviderCatalog: Sendable {
  /// In the order of the list that people see.
  public let providers: [Provider]
  private let own: (names: [String: Int], hosts: HostIndex)?

  /// A catalogue of these. Of two with one id the later counts.
  public init(_ providers: [Provider]) {
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
    self.init(unique: unique, own: (Self.names(of: unique), HostIndex(unique)))
  }

  private init(unique providers: [Provider], own: (names: [String: Int], hosts: HostIndex)?) {
    self.providers = providers
    self.own = own
    var prefixes: [String] = []
    var proofs: [(shape: KeyShape, provider: Int)] = []
    for (index, provider) in providers.enumerated() {
      for shape in provider.keyShapes {
        if !shape.prefix.isEmpty { prefixes.append(shape.prefix) }
        if shape.strength == .proof { proofs.append((shape, index)) }
      }
    }
    publicPrefixes = prefixes
    self.proofs = proofs
  }

  /// What comes with the library. Its indexes are made when they are first asked: most commands need
  /// one or none of them.
  public static let bundled = ProviderCatalog(
    unique: gateways + vendors + chineseVendors + clouds + localServers + [custom], own: nil)
  private static let bundledNames = names(of: bundled.providers)
  private static let bundledHosts = HostIndex(bundled.providers)

  private var byName: [String: Int] { own?.names ?? Self.bundledNames }
  private var hostIndex: HostIndex { own?.hosts ?? Self.bundledHosts }
  /// Every fixed host, and the place of its provider.
  var hosts: [(host: String, provider: Int)] { hostIndex.all }

  /// By folded id and alias; an id is never another's alias.
  private static func names(of providers: [Provider]) -> [String: Int] {
    var names: [String: Int] = [:]
    for (index, provider) in providers.enumerated() {
      for alias in provider.aliases {
        let name = folded(alias)
        names[name] = names[name] ?? index
      }
    }
    for (index, provider) in providers.enumerated() { names[folded(provider.id)] = index }
    return names
  }

  private struct HostIndex: Sendable {
    var api: [String: [Int]] = [:]
    var globs: [(glob: Glob, provider: Int)] = []
    var sites: [String: [Int]] = [:]
    var all: [(host: String, provider: Int)] = []

    init(_ providers: [Provider]) {
      for (index, provider) in providers.enumerated() {
        for host in provider.apiHosts {
          if host.contains("*") {
            globs.append((Glob(pattern: host), index))
          } else {
            api[host, default: []].append(index)
            all.append((host, index))
          }
        }
        for host in provider.websites + provider.dashboards {
          sites[host, default: []].append(index)
          all.append((host, index))
        }
      }
    }
  }

  /// The catalogue with further providers; one with a known id takes that one's place.
  public func adding(_ own: [Provider]) -> ProviderCatalog { ProviderCatalog(providers + own) }

  /// Any other OpenAI-compatible endpoint.
  static let custom = Provider(
    "custom", "another OpenAI-compatible endpoint", .custom, aliases: ["openai-compatible"])

  /// By id or alias; case, spaces, hyphens and underscores do not matter.
  public subscript(name: String) -> Provider? { byName[Self.folded(name)].map { providers[$0] } }

  /// The providers whose API has this host. An exact host counts before a pattern.
  func providers(withAPIHost host: String) -> [Provider] {
    if let exact = hostIndex.api[host] { return exact.map { providers[$0] } }
    var found: [Int] = []
    for (glob, provider) in hostIndex.globs where !found.contains(provider) && glob.fits(host) {
      found.append(provider)
    }
    return found.map { providers[$0] }
  }

  /// Whether a host is one of a provider's API.
  public func isAPIHost(_ host: String, of provider: Provider) -> Bool {
    providers(withAPIHost: host).contains { $0.id == provider.id }
      || provider.roots.contains { BaseURL($0.url)?.host == host }
  }

  /// The providers whose website or dashboard has this host, `www.` aside.
  func providers(withSite host: String) -> [Provider] {
    let bare = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    return (hostIndex.sites[host] ?? hostIndex.sites[bare] ?? []).map { providers[$0] }
  }

  /// The providers that a slot of Cline's belongs to; none for the OpenAI-compatible one.
  public func providers(ofSlot sdkID: String) -> [Provider] {
    sdkID == ProviderSlot.openAICompatible.sdkID ? [] : providers.filter { $0.slotID == sdkID }
  }

  /// Every prefix that a provider publishes: what may be shown of a masked key.
  public let publicPrefixes: [String]
  /// The shapes that prove, and the places of their providers.
  let proofs: [(shape: KeyShape, provider: Int)]

  static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
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
