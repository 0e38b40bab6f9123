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
  public let rule: RuleID
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
  /// Where it stands, when it stands in files.
  public var places: [StorePlace] = []
  /// Which clients it concerns, in words; empty when all.
  public var clients: [String] = []

  /// A way to mend a finding.
  public struct Fix: Hashable, Sendable {
    /// What it does, or what to do, without a key.
    public let description: Advice
    /// Whether it can be made without asking.
    public let isSafe: Bool
    /// How, when clinecfg can do it.
    public let action: Action?

    init(description: Advice, isSafe: Bool, action: Action?) {
      self.description = description
      self.isSafe = isSafe
      self.action = action
    }
    init(description: Advice, isSafe: Bool, replacement: Replacement?) {
      self.init(
        description: description, isSafe: isSafe, action: replacement.map { .replace($0) })
    }

    /// The new value of one part of the triple.
    public var replacement: Replacement? {
      if case .replace(let replacement) = action { replacement } else { nil }
    }

    static func url(_ url: String, isSafe: Bool = true) -> Fix {
      .init(description: "use \(url)", isSafe: isSafe, replacement: .baseURL(url))
    }
    /// Something that only the user can do.
    static func advice(_ description: Advice) -> Fix {
      .init(description: description, isSafe: false, action: nil)
    }
    static func edits(_ description: Advice, isSafe: Bool = true, _ edits: ChangeSet) -> Fix {
      .init(description: description, isSafe: isSafe, action: .edit(edits))
    }
  }

  /// What a fix does.
  public enum Action: Hashable, Sendable {
    /// Gives one part of the triple another value, wherever the finding is.
    case replace(Replacement)
    /// Edits files.
    case edit(ChangeSet)
    /// Gives a file that Cline cannot read these bytes.
    case repair(SettingsFile, [UInt8])
    /// Takes permissions away.
    case restrict(AbsolutePath, FileMode)
    /// Removes a left-over file.
    case delete(AbsolutePath)
    /// Removes values from one of VS Code's settings files.
    case clean(AbsolutePath, [JSONPointer])
  }

  /// A new value for one part of a triple.
  public enum Replacement: Hashable, Sendable {
    case baseURL(String)
    case key(Secret)
    case model(String)
  }

  init(
    rule: RuleID, name: String, severity: Severity, part: Evidence.Part, message: String,
    fix: Fix? = nil
  ) {
    self.rule = rule
    self.name = name
    self.severity = severity
    self.part = part
    self.message = message
    self.fix = fix
  }

  /// The same, where it must not stop anything.
  public var asWarning: Finding {
    var finding = Finding(
      rule: rule, name: name, severity: severity == .error ? .warning : severity, part: part,
      message: message, fix: fix)
    (finding.places, finding.clients) = (places, clients)
    return finding
  }

  /// Whether `doctor --fix` can mend it.
  public var isMendable: Bool { fix?.isSafe == true && fix?.action != nil }
}

extension Triple {
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
