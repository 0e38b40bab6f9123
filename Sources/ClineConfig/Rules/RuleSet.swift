/// The rules, and the order in which their findings are told.
public struct RuleSet: Sendable {
  /// The rules.
  public let rules: [any Rule]

  /// A set of these rules.
  public init(_ rules: [any Rule]) { self.rules = rules }

  /// Every rule for a triple. A test holds this list against the files in the folders beside it.
  public static let standard = RuleSet([
    NotAURL(), KeyInClear(), WebsiteAsBaseURL(), DashboardAsBaseURL(), EndpointAsBaseURL(),
    VersionMissing(), VersionDoubled(), TrailingSlash(), CredentialsOrQuery(), NativeProtocol(),
    BaseURLMissing(),
    KeyMissing(), KeyNotTrimmed(), KeyPlaceholder(), KeyMasked(), NotAKey(), StrangeCharacters(),
    WrongLength(), SharedSecret(),
    ModelMissing(), ModelNotTrimmed(), ModelPlaceholder(), KeyAsModel(),
    Incoherent(),
  ])

  /// What is wrong with a triple.
  public func findings(
    in triple: Triple, catalog: ProviderCatalog = .bundled
  ) -> [Finding] {
    rules.flatMap { $0.findings(in: triple, catalog) }
  }

  /// Makes every safe fix, until none is left to make.
  ///
  /// - Returns: The mended triple, and the findings that led to it.
  public func mended(
    _ triple: Triple, catalog: ProviderCatalog = .bundled
  ) -> (triple: Triple, mended: [Finding]) {
    var triple = triple
    var done: [Finding] = []
    for _ in 0..<10 {
      let next = findings(in: triple, catalog: catalog).first {
        $0.fix?.isSafe == true && $0.fix?.replacement != nil
      }
      guard let next, let replacement = next.fix?.replacement else { break }
      triple = triple.replacing(replacement)
      done.append(next)
    }
    return (triple, done)
  }
}
