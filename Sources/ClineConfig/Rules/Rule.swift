/// One thing that can be wrong: documentation, check, fix and examples in one file.
///
/// A rule is a pure function: it reads no file, no clock and no network.
public protocol Rule: Sendable {
  /// What the documentation is printed from.
  static var documentation: RuleDocumentation { get }
}

/// A rule about Base URL, key and Model ID, wherever they come from.
public protocol TripleRule: Rule {
  /// What is wrong with `triple`.
  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding]
}

/// A rule about the files of a machine and what surrounds them.
public protocol MachineRule: Rule {
  /// What is wrong with `setup`.
  func findings(in setup: Machine, _ catalog: ProviderCatalog) -> [Finding]
}

/// What a rule says of itself.
public struct RuleDocumentation: Sendable {
  /// For example `URL105`.
  public let code: RuleID
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
  public var examples: [RuleExample] { makeExamples() }
  // A finding needs the words only, and the examples of a machine are whole files.
  private let makeExamples: @Sendable () -> [RuleExample]

  init(
    _ code: RuleID, _ name: String, _ severity: Severity, summary: String, rationale: String,
    exceptions: String? = nil,
    examples: @autoclosure @escaping @Sendable () -> [RuleExample]
  ) {
    self.code = code
    self.name = name
    self.severity = severity
    self.summary = summary
    self.rationale = rationale
    self.exceptions = exceptions
    makeExamples = examples
  }

  /// The letters before the number: `URL`, `KEY`, `STORE`, …
  public var family: String { code.family }
  /// Whether one of its findings can be mended by `doctor --fix`.
  public var isFixable: Bool {
    examples.contains { if case .fixed = $0.outcome { true } else { $0.outcome == .mended } }
  }
}

/// An example of a rule, and its test.
public struct RuleExample: Hashable, Sendable {
  /// What a rule looks at.
  public enum Subject: Hashable, Sendable {
    case triple(Triple)
    case machine(MachineExample)
    case exchange(LiveCheck.Exchange)
  }

  /// What the rule must do.
  public enum Outcome: Hashable, Sendable {
    /// Nothing.
    case accepted
    /// A finding of this severity.
    case flagged(Severity)
    /// A finding whose fix gives this value.
    case fixed(Finding.Replacement)
    /// A finding whose fix leaves files in which the rule finds nothing more.
    case mended
  }

  /// The example.
  public let subject: Subject
  /// What must happen.
  public let outcome: Outcome

  static func accepts(_ triple: Triple) -> RuleExample {
    .init(subject: .triple(triple), outcome: .accepted)
  }
  static func flags(_ triple: Triple, _ severity: Severity = .error) -> RuleExample {
    .init(subject: .triple(triple), outcome: .flagged(severity))
  }
  static func fixes(_ triple: Triple, to replacement: Finding.Replacement) -> RuleExample {
    .init(subject: .triple(triple), outcome: .fixed(replacement))
  }
  static func accepts(_ setup: MachineExample) -> RuleExample {
    .init(subject: .machine(setup), outcome: .accepted)
  }
  static func flags(_ setup: MachineExample, _ severity: Severity = .error) -> RuleExample {
    .init(subject: .machine(setup), outcome: .flagged(severity))
  }
  static func accepts(_ exchange: LiveCheck.Exchange) -> RuleExample {
    .init(subject: .exchange(exchange), outcome: .accepted)
  }
  static func flags(
    _ exchange: LiveCheck.Exchange, _ severity: Severity = .error
  ) -> RuleExample {
    .init(subject: .exchange(exchange), outcome: .flagged(severity))
  }
  static func mends(_ setup: MachineExample) -> RuleExample {
    .init(subject: .machine(setup), outcome: .mended)
  }
}

extension Triple {
  // For examples.
  static func url(_ url: String, slot: String = ProviderSlot.openAICompatibleID) -> Triple {
    Triple(slotID: slot, baseURL: url, key: Secret("invented-key-0001"), model: "m")
  }
  static func key(_ key: String, provider: String? = nil) -> Triple {
    Triple(
      provider: provider, baseURL: "https://api.rutaapi.com/v1", key: Secret(key), model: "m")
  }
  static func model(_ model: String, at url: String = "https://api.rutaapi.com/v1") -> Triple {
    Triple(baseURL: url, key: Secret("invented-key-0001"), model: model)
  }
  func with(_ change: (inout Triple) -> Void) -> Triple {
    var triple = self
    change(&triple)
    return triple
  }
}

extension Rule {
  /// What the server says, to put behind a sentence.
  func words(_ exchange: LiveCheck.Exchange) -> String {
    exchange.serverWords.map { ": \($0)" } ?? ""
  }

  func finding(
    _ message: String, about part: Evidence.Part, severity: Severity? = nil,
    fix: Finding.Fix? = nil
  ) -> Finding {
    let documentation = Self.documentation
    return Finding(
      rule: documentation.code, name: documentation.name,
      severity: severity ?? documentation.severity, part: part, message: message, fix: fix)
  }

  func finding(
    _ message: String, at places: [StorePlace], severity: Severity? = nil, fix: Finding.Fix? = nil
  ) -> Finding {
    var finding = finding(message, about: .setup, severity: severity, fix: fix)
    finding.places = places
    return finding
  }
}
