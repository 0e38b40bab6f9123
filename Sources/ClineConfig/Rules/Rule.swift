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
package protocol MachineRule: Rule {
  /// What is wrong with `setup`.
  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding]
}

/// What a rule says of itself.
public struct RuleDocumentation: Sendable {
  /// The code, for example `URL105`.
  public let code: RuleID
  /// The flaw, in kebab case.
  public let name: String
  /// The severity of most of its findings.
  public let severity: Finding.Severity
  /// What it flags, in a sentence.
  public let summary: String
  /// Why that is worth a rule.
  public let rationale: String
  /// When it is silent although one might expect it.
  public let exceptions: String?
  /// What it accepts, flags and mends. They are its tests.
  public var examples: [RuleDocumentation.Example] { makeExamples() }
  // A finding needs the words only, and the examples of a machine are whole files.
  private let makeExamples: @Sendable () -> [RuleDocumentation.Example]

  /// Describes a rule.
  ///
  /// - Parameters:
  ///   - code: Its code, which never changes.
  ///   - name: The flaw, in kebab case.
  ///   - severity: The severity of most of its findings.
  ///   - summary: What it flags, in a sentence.
  ///   - rationale: Why that matters.
  ///   - exceptions: When it is silent although one might expect it.
  ///   - examples: What it accepts, flags and mends; made when somebody asks for them.
  public init(
    _ code: RuleID, name: String, severity: Finding.Severity, summary: String, rationale: String,
    exceptions: String? = nil,
    examples: @autoclosure @escaping @Sendable () -> [RuleDocumentation.Example]
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

extension RuleDocumentation {
  /// An example of a rule, and its test.
  public struct Example: Hashable, Sendable {
    /// What a rule looks at.
    package enum Subject: Hashable, Sendable {
      case triple(Triple)
      case machine(MachineExample)
      case exchange(LiveCheck.Exchange)
    }

    /// What the rule must do.
    package enum Outcome: Hashable, Sendable {
      /// Nothing.
      case accepted
      /// A finding of this severity.
      case flagged(Finding.Severity)
      /// A finding whose fix gives this value.
      case fixed(Finding.Replacement)
      /// A finding whose fix leaves files in which the rule finds nothing more.
      case mended
    }

    /// The example.
    package let subject: Subject
    /// What must happen.
    package let outcome: Outcome

    /// An example in which the rule finds nothing.
    public static func accepts(_ triple: Triple) -> Example {
      .init(subject: .triple(triple), outcome: .accepted)
    }
    /// An example in which the rule finds something of a severity.
    public static func flags(_ triple: Triple, _ severity: Finding.Severity = .error) -> Example {
      .init(subject: .triple(triple), outcome: .flagged(severity))
    }
    /// An example in which the rule finds something, and its fix gives this value.
    public static func fixes(_ triple: Triple, to replacement: Finding.Replacement) -> Example {
      .init(subject: .triple(triple), outcome: .fixed(replacement))
    }
    static func accepts(_ machine: MachineExample) -> Example {
      .init(subject: .machine(machine), outcome: .accepted)
    }
    static func flags(_ machine: MachineExample, _ severity: Finding.Severity = .error) -> Example {
      .init(subject: .machine(machine), outcome: .flagged(severity))
    }
    static func accepts(_ exchange: LiveCheck.Exchange) -> Example {
      .init(subject: .exchange(exchange), outcome: .accepted)
    }
    static func flags(
      _ exchange: LiveCheck.Exchange, _ severity: Finding.Severity = .error
    ) -> Example {
      .init(subject: .exchange(exchange), outcome: .flagged(severity))
    }
    static func mends(_ machine: MachineExample) -> Example {
      .init(subject: .machine(machine), outcome: .mended)
    }
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

  /// A finding of this rule.
  ///
  /// - Parameters:
  ///   - message: What is wrong: lower case, no final stop, no key.
  ///   - part: The part that it is about.
  ///   - severity: How bad it is here; `nil` for the rule's own.
  ///   - fix: How to mend it.
  public func finding(
    _ message: String, about part: Judgement.Evidence.Part, severity: Finding.Severity? = nil,
    fix: Finding.Fix? = nil
  ) -> Finding {
    let documentation = Self.documentation
    return Finding(
      rule: documentation.code, name: documentation.name,
      severity: severity ?? documentation.severity, part: part, message: message, fix: fix)
  }

  func finding(
    _ message: String, at places: [StorePlace], severity: Finding.Severity? = nil,
    fix: Finding.Fix? = nil
  ) -> Finding {
    var finding = finding(message, about: .setup, severity: severity, fix: fix)
    finding.places = places
    return finding
  }
}

extension TripleRule {
  /// The examples of the rule that do not hold, each in a line; the examples of a rule are its tests.
  public func failedExamples(catalog: ProviderCatalog = .bundled) -> [String] {
    Self.documentation.examples.compactMap { example in
      guard case .triple(let triple) = example.subject else { return nil }
      let found = findings(in: triple, catalog)
      let holds =
        switch example.outcome {
        case .accepted: found.isEmpty
        case .flagged(let severity): found.contains { $0.severity == severity }
        case .fixed(let replacement): found.contains { $0.fix?.replacement == replacement }
        case .mended: false
        }
      return holds ? nil : "\(triple.baseURL ?? "no Base URL"): \(found.map(\.message))"
    }
  }
}
