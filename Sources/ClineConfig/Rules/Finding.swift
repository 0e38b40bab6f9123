package import LosslessJSON

extension Finding {
  /// How bad a finding is.
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// Refuses a change; `doctor` fails.
    case error
    /// It is worth a look.
    case warning
    /// It is good to know.
    case info
  }
}

/// What a rule found.
public struct Finding: Hashable, Sendable {
  /// The rule, for example `URL105`. Never reused.
  public let rule: RuleID
  /// The rule's name: the flaw, for example `endpoint-as-base-url`.
  public let name: String
  /// How bad it is here.
  public let severity: Finding.Severity
  /// The part that it is about.
  public let part: Judgement.Evidence.Part
  /// What is wrong: lower case, no final stop, no key.
  public let message: String
  /// How to mend it.
  public let fix: Fix?
  /// Where it stands, when it stands in files.
  public var places: [StorePlace] = []
  /// Which clients it concerns, and in which modes; empty where that is no matter of clients.
  package var users: [ClientMode] = []
  /// The data directory that it is in, where that is another one.
  package var directory: AbsolutePath?
  /// The value that it is about, as it may be shown; `nil` where it is about none.
  package var value: String?

  /// A way to mend a finding.
  public struct Fix: Hashable, Sendable {
    /// What it does, or what to do, without a key.
    public let description: Advice
    /// Whether it can be made without asking.
    public let isSafe: Bool
    /// How, when clinecfg can do it.
    package let action: Action?
    /// What else could be meant.
    package var alternative: Advice?

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

    /// Another Base URL, which can be put in place without asking where `isSafe` says so.
    public static func url(_ url: String, isSafe: Bool = true) -> Fix {
      .init(description: "use \(url)", isSafe: isSafe, replacement: .baseURL(url))
    }
    /// Something that only the user can do.
    public static func advice(_ description: Advice) -> Fix {
      .init(description: description, isSafe: false, action: nil)
    }
    static func advice(_ description: Advice, or alternative: Advice?) -> Fix {
      var fix = advice(description)
      fix.alternative = alternative
      return fix
    }
    /// What to do, and what else could be meant.
    package var advice: Advice {
      guard let alternative else { return description }
      guard case .step = description.parts.last else { return "\(description); \(alternative)" }
      return "\(description), \(alternative)"
    }
    static func edits(_ description: Advice, isSafe: Bool = true, edits: ChangeSet) -> Fix {
      .init(description: description, isSafe: isSafe, action: .edit(edits))
    }
  }

  /// What a fix does.
  package enum Action: Hashable, Sendable {
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
    /// A new value for the Base URL.
    case baseURL(String)
    /// A new value for the key.
    case key(Secret)
    /// A new value for the Model ID.
    case model(String)
  }

  init(
    rule: RuleID, name: String, severity: Finding.Severity, part: Judgement.Evidence.Part,
    message: String,
    fix: Fix? = nil
  ) {
    self.rule = rule
    self.name = name
    self.severity = severity
    self.part = part
    self.message = message
    self.fix = fix
  }

  /// The same, with another fix.
  func with(_ fix: Fix) -> Finding {
    told(severity, fix)
  }

  private func told(_ severity: Severity, _ fix: Fix?) -> Finding {
    var finding = Finding(
      rule: rule, name: name, severity: severity, part: part, message: message, fix: fix)
    (finding.places, finding.value) = (places, value)
    (finding.users, finding.directory) = (users, directory)
    return finding
  }

  /// The same, where only programs are concerned that may not be on the machine.
  var aside: Finding {
    told(severity == .error ? .warning : .info, fix)
  }

  /// The same, where it must not stop anything.
  package var asWarning: Finding {
    told(severity == .error ? .warning : severity, fix)
  }

  /// Whether `doctor --fix` can mend it.
  package var isMendable: Bool { fix?.isSafe == true && fix?.action != nil }
}

extension Sequence<Finding> {
  /// The same, the gravest first.
  package var gravestFirst: [Finding] {
    Finding.Severity.allCases.flatMap { severity in filter { $0.severity == severity } }
  }
}

extension Triple {
  /// The triple with one part replaced.
  public func replacing(_ replacement: Finding.Replacement) -> Triple {
    var triple = self
    switch replacement {
    case .baseURL(let url):
      triple.baseURL = url
      // Where a client would send to then is not known.
      triple.requestURL = nil
    case .key(let key): triple.key = key
    case .model(let model):
      triple.model = model
      triple.replacedModel = nil
    }
    return triple
  }
}
