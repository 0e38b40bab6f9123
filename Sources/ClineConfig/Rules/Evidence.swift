/// What one part of a triple says about the provider it belongs to.
public struct Evidence: Hashable, Sendable {
  /// The part.
  public let part: Part
  /// Ids of the providers that it proves: it belongs to one of them. Empty: it says nothing.
  public let proves: [String]
  /// What in it says so, in words, without the value of a key.
  public let because: String

  /// A part of what Cline asks for.
  public enum Part: String, Hashable, Sendable {
    case provider
    case baseURL
    case key
    case model
  }
}

extension ProviderCatalog {
  /// What a Base URL proves: its host is one of a provider's, API or site.
  func evidence(ofBaseURL text: String?) -> Evidence? {
    guard let text, let url = BaseURL(text) ?? BaseURL("https://" + text) else { return nil }
    let api = providers(withAPIHost: url.host)
    let owners = api.isEmpty ? providers(withSite: url.host) : api
    guard !owners.isEmpty else { return nil }
    return Evidence(
      part: .baseURL, proves: owners.map(\.id),
      because: "its host \(url.host) is \(names(of: owners))'s")
  }

  /// What a key proves: a shape or prefix that only one provider uses. The longest prefix
  /// decides.
  func evidence(ofKey key: String?) -> Evidence? {
    guard let key, let (provider, shape, prefix) = proof(ofKey: key) else { return nil }
    return Evidence(
      part: .key, proves: [provider.id] + shape.sharedWith,
      because: "it begins with \(prefix), which only \(provider.name)'s keys do")
  }

  func proof(ofKey key: String) -> (provider: Provider, shape: KeyShape, prefix: String)? {
    var best: (provider: Provider, shape: KeyShape, prefix: String)?
    for provider in providers {
      for shape in provider.keyShapes where shape.strength == .proof {
        let fitting = shape.fits(key) ? shape.prefixes.first { key.hasPrefix($0) } : nil
        guard let prefix = fitting ?? shape.provingPrefix(of: key),
          prefix.count > best?.prefix.count ?? -1
        else { continue }
        best = (provider, shape, prefix)
      }
    }
    return best
  }

  func names(of providers: [Provider]) -> String { providers.map(\.name).joined(separator: " or ") }
}

extension ProviderCatalog {
  /// The provider that a key proves to be of, by its shape or prefix.
  public func owner(ofKey key: String) -> Provider? { proof(ofKey: key)?.provider }

  /// Whether a text looks like an API key of anybody's.
  public func looksLikeKey(_ text: String) -> Bool { KeyAsModel.looksLikeKey(text, self) }
}
