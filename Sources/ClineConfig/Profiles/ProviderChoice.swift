public import LosslessJSON

extension Profile {
  /// A provider chosen for one mode or both: what a profile says, and what `set-provider` is told.
  public struct Choice: Hashable, Sendable {
    /// An id of the catalogue.
    public var provider: String
    /// The modes that it is for.
    public var modes: Set<Mode>
    /// The Model ID of each mode; a mode without one keeps its own, or takes one of the provider's
    /// list.
    public var models: [Mode: String]
    /// `nil`: the stored key if it is this provider's, else the provider's conventional variable.
    public var key: KeyReference?
    /// Another of the provider's addresses than the usual one.
    public var baseURL: String?
    /// Another of Cline's slots than the provider's usual one, by its id: `litellm`, `anthropic`, …
    public var slot: String?
    /// Headers that replace the stored ones; `nil` leaves them.
    public var headers: [Header]?
    /// What is said of the models.
    package var facts: [ModelFact: JSONValue] = [:]
    /// What a cloud needs beside or instead of Base URL and key.
    package var cloud: [CloudSetting: JSONValue] = [:]

    /// A choice with everything else left to the provider.
    public init(
      provider: String, modes: Set<Mode> = Set(Mode.allCases), models: [Mode: String] = [:]
    ) {
      self.provider = provider
      self.modes = modes
      self.models = models
    }

    /// Sets a further value by its name in a profile: `temperature`, `images`, `aws.region`, …
    ///
    /// - Returns: Whether there is such a value, and it is of the right type.
    @discardableResult
    public mutating func set(_ value: JSONValue, for name: String) -> Bool {
      if let fact = ModelFact(rawValue: name), fact.kind.accepts(value) {
        facts[fact] = value
      } else if let setting = CloudSetting(rawValue: name), setting.kind.accepts(value) {
        cloud[setting] = value
      } else {
        return false
      }
      return true
    }

    /// A header of every request.
    public struct Header: Hashable, Sendable {
      /// Where its value comes from.
      public enum Value: Hashable, Sendable {
        /// The value itself stands there.
        case text(String)
        /// An environment variable of this name.
        case environment(String)
      }
      /// The name of the header.
      public var name: String
      /// Where its value comes from.
      public var value: Value

      /// Names a header and where its value comes from.
      public init(name: String, value: Value) {
        self.name = name
        self.value = value
      }
    }
  }
}

/// Where a key comes from. Never the key itself.
public enum KeyReference: Hashable, Sendable {
  /// An environment variable of this name.
  case environment(String)
  /// A file: absolute, below `~` or `$HOME`, or beside the file that names it.
  case file(String)
  /// A program and its arguments, run without a shell; its output is the key.
  case command([String])
  /// The key that is stored now.
  case keep
  /// The server needs none.
  case notNeeded
  /// Whatever standard input holds.
  case standardInput

  /// Whether an environment variable can have this name: letters, digits and `_`.
  package static func isVariable(_ name: String) -> Bool {
    name.utf8.first?.isDigit == false
      && name.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") }
  }
}
