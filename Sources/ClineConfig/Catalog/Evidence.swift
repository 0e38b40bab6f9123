extension Judgement {
  /// What one part of a triple says about the provider it belongs to.
  public struct Evidence: Hashable, Sendable {
    /// A part of what Cline asks for.
    public enum Part: String, Hashable, Sendable {
      /// Whose API it is said to be.
      case provider
      /// The root of the API.
      case baseURL
      /// The key for the API.
      case key
      /// The name of the model.
      case model
      /// The files themselves, and what surrounds them.
      case setup

      /// Its name for people.
      public var name: String {
        switch self {
        case .provider: "provider"
        case .baseURL: "Base URL"
        case .key: "API key"
        case .model: "Model ID"
        case .setup: "setup"
        }
      }
    }

    /// How much it says.
    public enum Strength: String, Hashable, Sendable {
      /// It belongs to one of the providers and to nobody else.
      case proves
      /// It is probably so.
      case suggests
    }

    /// The part that it is about.
    public let part: Part
    /// How much it says.
    public let strength: Strength
    /// Ids of the providers that it may belong to.
    public let providers: [String]
    /// What in it says so, in words, without the value of a key.
    public let because: String
  }
}

/// What all the evidence of a triple comes to.
public struct Judgement: Hashable, Sendable {
  /// What the evidence comes to.
  public enum Verdict: Hashable, Sendable {
    /// One of these providers explains all that is proved.
    case coherent([String])
    /// Two proofs exclude each other.
    case incoherent(Judgement.Evidence, Judgement.Evidence)
    /// Nothing is proved: never an error.
    case cannotTell
  }

  /// Everything that says something, proofs first.
  public let evidence: [Judgement.Evidence]
  /// What the evidence comes to.
  public let verdict: Verdict
}

extension ProviderCatalog {
  /// Weighs a triple: the proofs of its parts must have a provider in common.
  public func judge(_ triple: Triple) -> Judgement {
    let named = triple.provider.flatMap { self[$0] }.flatMap { $0.kind == .custom ? nil : $0 }
    let evidence =
      [
        named.map {
          Judgement.Evidence(
            part: .provider, strength: .proves, providers: [$0.id],
            because: "\($0.name) is the provider that was named")
        },
        evidence(ofBaseURL: triple.baseURL),
        evidence(ofKey: triple.key.map { KeyText.stripped($0.reveal()) }),
        evidence(ofModel: triple.model),
      ].compactMap(\.self)
      + triple.sightings.map {
        Judgement.Evidence(
          part: .key, strength: .suggests, providers: $0.providers,
          because: $0.because)
      }
    let proofs = evidence.filter { $0.strength == .proves }
    for (index, one) in proofs.enumerated() {
      for other in proofs[(index + 1)...]
      where Set(one.providers).isDisjoint(with: other.providers) {
        // A server of one's own takes whatever keys it was given.
        if one.part == .provider, other.part == .key, named?.isAnywhere == true { continue }
        return Judgement(evidence: evidence, verdict: .incoherent(one, other))
      }
    }
    guard let first = proofs.first else {
      return Judgement(evidence: evidence, verdict: .cannotTell)
    }
    if let text = triple.baseURL, !text.isEmpty {
      // What cannot be read as an address is nobody's.
      guard let url = BaseURL(JavaScript.trim(text)) ?? BaseURL("https://" + text) else {
        return Judgement(evidence: evidence, verdict: .cannotTell)
      }
      if let named, isElsewhere(url, provider: named), first.part == .provider {
        let stranger = Judgement.Evidence(
          part: .baseURL, strength: .proves, providers: [],
          because: "\(url.host) does not belong to \(named.name)")
        return Judgement(evidence: evidence, verdict: .incoherent(first, stranger))
      }
    }
    let common = proofs.dropFirst().reduce(first.providers) { left, proof in
      left.filter(proof.providers.contains)
    }
    return Judgement(
      evidence: evidence, verdict: .coherent(common.isEmpty ? first.providers : common))
  }

  /// Whether an address is none of a provider whose API is nowhere else than at its own hosts.
  func isElsewhere(_ url: BaseURL, provider: Provider) -> Bool {
    !provider.isAnywhere && evidence(ofBaseURL: url.description) == nil
      && !provider.roots.contains { $0.fit(of: url) == .exact }
  }

  /// Whose a triple is said to be: the provider that was named, else the one at its address.
  public func provider(of triple: Triple) -> Provider? {
    triple.provider.flatMap { self[$0] }.flatMap { $0.kind == .custom ? nil : $0 }
      ?? evidence(ofBaseURL: triple.baseURL)?.providers.first.flatMap { self[$0] }
  }

  /// What a Base URL proves: its host is one of a provider's, API or site.
  func evidence(ofBaseURL text: String?) -> Judgement.Evidence? {
    guard let text, let url = BaseURL(text) ?? BaseURL("https://" + text) else { return nil }
    let api = providers(withAPIHost: url.host)
    let owners = api.isEmpty ? providers(withSite: url.host) : api
    guard !owners.isEmpty else { return nil }
    return Judgement.Evidence(
      part: .baseURL, strength: .proves, providers: owners.map(\.id),
      because: "\(url.host)")
  }

  /// What a key says: a shape or prefix that only one provider uses proves, the longest first;
  /// a shape that others could have suggests.
  func evidence(ofKey key: String?) -> Judgement.Evidence? {
    guard let key else { return nil }
    if let (provider, shape) = proof(ofKey: key) {
      let owners = [provider.id] + shape.sharedWith.filter { $0 != provider.id }
      return Judgement.Evidence(
        part: .key, strength: .proves, providers: owners,
        because: shape.hasProvingPrefix
          ? "\(shape.prefix)…" : "its form")
    }
    let hints = hints
    return hints.indices.first { hints[$0].shape.fits(key) }.map { index in
      let (shape, provider) = (hints[index].shape, providers[hints[index].provider])
      return Judgement.Evidence(
        part: .key, strength: .suggests,
        providers: [provider.id] + shape.sharedWith.filter { $0 != provider.id },
        because: "its form")
    }
  }

  func proof(ofKey key: String) -> (provider: Provider, shape: Provider.KeyShape)? {
    // Most texts that are asked about are addresses, and need no catalogue to be told from keys.
    guard !key.hasPrefix("https://"), !key.hasPrefix("http://") else { return nil }
    let proofs = proofs
    var best: Int?
    var length = -1
    for index in proofs.indices where proofs[index].mayFit(key.utf8) {
      let prefix = proofs[index].shape.prefix
      guard prefix.utf8.count > length,
        key.utf8.starts(with: prefix.utf8),
        proofs[index].shape.hasProvingPrefix || proofs[index].shape.fits(key)
      else { continue }
      (best, length) = (index, prefix.utf8.count)
    }
    return best.map { (providers[proofs[$0].provider], proofs[$0].shape) }
  }

  /// What a Model ID suggests: the vendors whose own family names it has.
  func evidence(ofModel model: String?) -> Judgement.Evidence? {
    guard let model, !model.isEmpty else { return nil }
    let (families, providers) = (families, providers)
    var owners: [String] = []
    for family in families where family.models.fits(model, ignoringCase: true) {
      let id = providers[family.provider].id
      if owners.last != id { owners.append(id) }
    }
    guard !owners.isEmpty else { return nil }
    return Judgement.Evidence(
      part: .model, strength: .suggests, providers: owners, because: "the name of the model")
  }

  func names(of ids: [String]) -> String { names(of: ids.compactMap { self[$0] }) }

  func names(of providers: [Provider]) -> String {
    let names = providers.map(\.name)
    return names.count > 4
      ? names.prefix(4).joined(separator: " or ") + " or another's"
      : names.joined(separator: " or ")
  }

  /// The provider that a key proves to be of, by its shape or prefix.
  package func owner(ofKey key: String) -> Provider? { proof(ofKey: key)?.provider }

  /// Whether a word is a provider's key by its whole form.
  package func isProvedKey(_ text: String) -> Bool {
    proof(ofKey: text).map { $0.shape.fits(text) } ?? false
  }

  /// Whether a text looks like an API key of anybody's.
  public func looksLikeKey(_ text: String) -> Bool {
    proof(ofKey: text) != nil
      || text.hasPrefix("sk-") && text.count >= 24 && text.contains(where: \.isNumber)
  }
}

extension Provider {
  /// Whether a Model ID has one of its shapes.
  func fits(model: String) -> Bool {
    modelShapes.contains { Glob(pattern: $0).fits(model, ignoringCase: true) }
  }
}
