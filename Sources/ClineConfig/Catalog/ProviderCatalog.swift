/// The providers that are known.
public struct ProviderCatalog: Sendable {
  /// In the order of the list that people see.
  public let providers: [Provider]
  private let byName: [String: Int]
  private let byAPIHost: [String: [Int]]
  private let bySiteHost: [String: [Int]]

  /// A catalogue of these.
  public init(_ providers: [Provider]) {
    self.providers = providers
    var names: [String: Int] = [:]
    var api: [String: [Int]] = [:]
    var sites: [String: [Int]] = [:]
    for (index, provider) in providers.enumerated() {
      for name in [provider.id] + provider.aliases { names[Self.folded(name)] = index }
      for host in provider.apiHosts { api[host, default: []].append(index) }
      for host in provider.websites + provider.dashboards { sites[host, default: []].append(index) }
    }
    byName = names
    byAPIHost = api
    bySiteHost = sites
  }

  /// What comes with the library.
  public static let bundled = ProviderCatalog(gateways + vendors + localServers + [custom])

  /// By id or alias; case, spaces, hyphens and underscores do not matter.
  public subscript(name: String) -> Provider? { byName[Self.folded(name)].map { providers[$0] } }

  /// The providers whose API has this host.
  func providers(withAPIHost host: String) -> [Provider] {
    (byAPIHost[host] ?? []).map { providers[$0] }
  }

  /// The providers whose website or dashboard has this host, `www.` aside.
  func providers(withSite host: String) -> [Provider] {
    let bare = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    return (bySiteHost[host] ?? bySiteHost[bare] ?? []).map { providers[$0] }
  }

  /// Every prefix that a provider publishes: what may be shown of a masked key.
  public var publicPrefixes: [String] {
    providers.flatMap { $0.keyShapes.flatMap(\.prefixes) }.filter { !$0.isEmpty }
  }

  static func folded(_ name: String) -> String {
    name.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
  }
}
