/// How bad a finding is.
public enum Severity: String, Hashable, Sendable, CaseIterable {
  /// Refuses a change; `doctor` fails.
  case error
  /// Worth a look.
  case warning
  /// Good to know.
  case info
}

/// What a rule found.
public struct Finding: Hashable, Sendable {
  /// The rule, for example `URL105`. Never reused.
  public let rule: String
  /// The rule's name: the flaw, for example `endpoint-as-base-url`.
  public let name: String
  /// How bad it is here.
  public let severity: Severity
  /// The part that it is about.
  public let part: Evidence.Part
  /// What is wrong: lower case, no final stop, no key.
  public let message: String
  /// How to mend it.
  public let fix: Fix?
  /// Where it stands, when it stands in a file.
  public var place: Place?

  /// A way to mend a triple.
  public struct Fix: Hashable, Sendable {
    /// What it does, in words, without a key.
    public let description: String
    /// Whether it can be made without asking.
    public let isSafe: Bool
    /// The new value of one part.
    public let replacement: Replacement?
  }

  /// A new value for one part of a triple.
  public enum Replacement: Hashable, Sendable {
    case baseURL(String)
    case key(Secret)
    case model(String)
  }

  /// A file and a place in it.
  public struct Place: Hashable, Sendable {
    /// The file.
    public let file: SettingsFile
    /// The place.
    public let pointer: JSONPointer
  }

  init(
    rule: String, name: String, severity: Severity, part: Evidence.Part, message: String,
    fix: Fix? = nil
  ) {
    self.rule = rule
    self.name = name
    self.severity = severity
    self.part = part
    self.message = message
    self.fix = fix
  }

  /// A finding about the machine, made outside the rules of a triple.
  public static func note(
    rule: String, name: String, severity: Severity, message: String
  ) -> Finding {
    Finding(rule: rule, name: name, severity: severity, part: .provider, message: message)
  }
}
