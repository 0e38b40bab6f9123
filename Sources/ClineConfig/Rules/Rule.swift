/// One thing that can be wrong with a triple: documentation, check, fix and examples in one file.
///
/// A rule is a pure function: it reads no file, no clock and no network.
public protocol Rule: Sendable {
  /// What the documentation is printed from.
  static var documentation: RuleDocumentation { get }
  /// What is wrong with `triple`.
  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding]
}

/// What a rule says of itself.
public struct RuleDocumentation: Hashable, Sendable {
  /// For example `URL105`.
  public let code: String
  /// The flaw, in kebab case.
  public let name: String
  /// The severity of most of its findings.
  public let severity: Severity
  /// What it flags, in a sentence.
  public let summary: String
  /// Why that matters.
  public let rationale: String
  /// When it is silent although one might expect it.
  public let exceptions: String?
  /// What it accepts, flags and mends. They are its tests.
  public let examples: [RuleExample]

  init(
    _ code: String, _ name: String, _ severity: Severity, summary: String, rationale: String,
    exceptions: String? = nil, examples: [RuleExample]
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.summary = summary
    self.rationale = rationale
    self.exceptions = exceptions
    self.examples = examples
  }
}

/// An example of a rule, and its test.
public struct RuleExample: Hashable, Sendable {
  /// What the rule must do.
  public enum Outcome: Hashable, Sendable {
    /// Nothing.
    case accepted
    /// A finding of this severity.
    case flagged(Severity)
    /// A finding whose fix gives this value.
    case fixed(Finding.Replacement)
  }

  /// The example.
  public let triple: Triple
  /// What must happen.
  public let outcome: Outcome

  static func accepts(_ triple: Triple) -> RuleExample { .init(triple: triple, outcome: .accepted) }
  static func flags(_ triple: Triple, _ severity: Severity = .error) -> RuleExample {
    .init(triple: triple, outcome: .flagged(severity))
  }
  static func fixes(_ triple: Triple, to replacement: Finding.Replacement) -> RuleExample {
    .init(triple: triple, outcome: .fixed(replacement))
  }
}

/// What Cline asks for: Base URL, key and Model ID, and whose they are said to be.
public struct Triple: Hashable, Sendable {
  /// The catalogue's id of the provider that the user means; `nil` or `custom` when none.
  public var provider: String?
  /// The slot of Cline's that it goes into.
  public var slotID: String
  /// `nil` in a slot that has its own default.
  public var baseURL: String?
  /// The key.
  public var key: Secret?
  /// The Model ID.
  public var model: String?
  /// Whether Cline's Anthropic key is stored: LM Studio would be sent it.
  public var hasStoredAnthropicKey: Bool
  /// The variable that Cline takes a key from when none is stored, when it is set.
  public var fallbackVariable: String?

  /// Creates a triple.
  public init(
    provider: String? = nil, slotID: String = "openai-compatible", baseURL: String? = nil,
    key: Secret? = nil, model: String? = nil, hasStoredAnthropicKey: Bool = false,
    fallbackVariable: String? = nil
  ) {
    self.provider = provider
    self.slotID = slotID
    self.baseURL = baseURL
    self.key = key
    self.model = model
    self.hasStoredAnthropicKey = hasStoredAnthropicKey
    self.fallbackVariable = fallbackVariable
  }

  var isInCompatibleSlot: Bool { slotID == ProviderSlot.openAICompatible.sdkID }

  /// What Cline stores where a server needs no key: the legacy bundle refuses an empty one, and
  /// the others would send `OPENAI_API_KEY`.
  public static let keyForKeyless = "unused"

  /// For examples.
  static func url(_ url: String, slot: String = "openai-compatible") -> Triple {
    Triple(slotID: slot, baseURL: url, key: Secret("invented-key-0001"), model: "m")
  }
  static func key(_ key: String, provider: String? = nil) -> Triple {
    Triple(
      provider: provider, baseURL: "https://api.rutaapi.com/v1", key: Secret(key), model: "m")
  }
  static func model(_ model: String) -> Triple {
    Triple(baseURL: "https://api.rutaapi.com/v1", key: Secret("invented-key-0001"), model: model)
  }

  /// The triple with one part replaced.
  public func replacing(_ replacement: Finding.Replacement) -> Triple {
    var triple = self
    switch replacement {
    case .baseURL(let url): triple.baseURL = url
    case .key(let key): triple.key = key
    case .model(let model): triple.model = model
    }
    return triple
  }
}

extension Rule {
  func finding(
    _ message: String, about part: Evidence.Part, severity: Severity? = nil,
    fix: Finding.Fix? = nil
  ) -> Finding {
    let documentation = Self.documentation
    return Finding(
      rule: documentation.code, name: documentation.name,
      severity: severity ?? documentation.severity, part: part, message: message, fix: fix)
  }
}

extension Finding.Fix {
  static func url(_ url: String, isSafe: Bool = true) -> Finding.Fix {
    .init(description: "use \(url)", isSafe: isSafe, replacement: .baseURL(url))
  }
}
