/// URL110: almost a provider's host, and so a stranger's.
struct LookAlikeHost: TripleRule {
  static let documentation = RuleDocumentation(
    .lookAlikeHost, name: "look-alike-host", severity: .error,
    summary: "The host differs from a provider's in one or two letters, or only in how it ends.",
    rationale:
      "The key would go to a stranger who registered the misspelt name. Letters of other alphabets "
      + "look the same on a screen and make another host.",
    exceptions:
      "Hosts of the catalogue, of your own provider files, private networks and addresses by "
      + "number are never flagged. A provider's name with another ending may be its own: accept it "
      + "with --allow URL110.",
    examples: [
      .accepts(.url("https://api.rutaapi.com/v1")), .accepts(.url("https://eu.rutaapi.com/v1")),
      .accepts(.url("https://llm.example.com/v1")), .accepts(.url("http://192.168.1.5:8000/v1")),
      .flags(.url("https://ap1.rutaapi.com/v1"), .warning),
      .flags(.url("https://api.rutapi.com/v1")), .flags(.url("https://api.rutaapi.net/v1")),
      .flags(.url("https://api.rutaapi.com.example.com/v1")),
      .flags(.url("https://api.openal.com/v1")), .flags(.url("https://api.opena1.com/v1")),
      .flags(.url("https://api.xn--rutapi-5nf.com/v1")),
      .flags(.url("https://api.rut\u{430}api.com/v1")),
      .flags(.url("https://openruoter.ai/api/v1")), .flags(.url("https://api.groqq.com/openai/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let url = triple.baseURL.flatMap({ BaseURL($0) }) else { return [] }
    if let (host, provider) = Self.misspelt(url.host, catalog) {
      return [
        finding(
          "\(url.host) is not a known host of \(provider.name); did you mean \(host)?",
          about: .baseURL,
          severity: .warning, fix: provider.compatibleRoot.map { .url($0, isSafe: false) })
      ]
    }
    guard let (host, provider) = Self.resembled(by: url.host, catalog) else { return [] }
    let root = provider.compatibleRoot ?? provider.roots.first.map(\.url)
    return [
      finding(
        "\(url.host) looks like \(host) but does not belong to \(provider.name): the key would go to a stranger",
        about: .baseURL, fix: root.map { .url($0, isSafe: false) })
    ]
  }

  /// The host of the same owner that differs in one letter.
  static func misspelt(
    _ host: String, _ catalog: ProviderCatalog
  ) -> (host: String, provider: Provider)? {
    guard catalog.providers(withAPIHost: host).isEmpty, catalog.providers(withSite: host).isEmpty
    else { return nil }
    let own = Domain(host)
    for known in catalog.hosts where known.glob == nil && known.name.utf8.count == host.utf8.count {
      let domain = Domain(known.name)
      guard domain.name == own.name, domain.suffix == own.suffix,
        zip(known.name.utf8, host.utf8).count(where: { $0 != $1 }) == 1
      else { continue }
      return (known.name, catalog.providers[known.provider])
    }
    return nil
  }

  /// The host of the catalogue that `host` could be taken for.
  static func resembled(
    by host: String, _ catalog: ProviderCatalog
  ) -> (host: String, provider: Provider)? {
    guard let url = BaseURL("https://" + host), !url.isPrivate, !url.isAddress,
      catalog.providers(withAPIHost: host).isEmpty, catalog.providers(withSite: host).isEmpty
    else { return nil }
    let own = Domain(host)
    let skeleton = own.skeleton
    var found: (String, Provider)?
    for host in catalog.hosts where host.glob == nil {
      let known = Domain(host.name)
      let length = known.name.utf8.count
      // Another host of a known domain belongs to its owner.
      if known.name == own.name && known.suffix == own.suffix { return nil }
      guard found == nil, length >= 4 else { continue }
      let endsAlike = known.suffix == own.suffix
      let allowed = !endsAlike ? 0 : length >= 8 ? 2 : length >= 4 ? 1 : 0
      if abs(skeleton.utf8.count - length) <= 2 && skeleton == known.skeleton
        || allowed > 0 && EditDistance.between(String(own.name), String(known.name)) <= allowed
        || own.contains(known)
      {
        found = (host.name, catalog.providers[host.provider])
      }
    }
    return found
  }

  /// A host's registrable part: what one buys, and what makes hosts one owner's.
  struct Domain {
    private let labels: [Substring]
    let name: Substring
    let suffix: Substring

    init(_ host: String) {
      labels = host.split(separator: ".")
      var start = labels.last?.startIndex ?? host.startIndex
      var depth = 1
      if labels.count > 2, labels[labels.count - 1].utf8.count == 2,
        Self.secondLevel.contains(String(labels[labels.count - 2]))
      {
        start = labels[labels.count - 2].startIndex
        depth = 2
      }
      suffix = host[start...]
      name = labels.dropLast(depth).last ?? ""
    }

    private static let secondLevel: Set<String> = ["com", "net", "org", "co", "gov", "edu"]

    /// What people read: look-alike letters folded.
    var skeleton: String {
      Confusables.skeleton(
        name.hasPrefix("xn--")
          ? Punycode.decoded(String(name.dropFirst(4))) ?? String(name)
          : String(name))
    }

    /// Whether another whole domain stands before this one's own: `rutaapi.com` in
    /// `api.rutaapi.com.example.com`.
    func contains(_ other: Domain) -> Bool {
      guard labels.count > 2 else { return false }
      let wanted = [other.name] + other.suffix.split(separator: ".")
      return labels.indices.dropLast(wanted.count).contains {
        labels[$0..<min($0 + wanted.count, labels.count)].elementsEqual(wanted)
      }
    }
  }
}
