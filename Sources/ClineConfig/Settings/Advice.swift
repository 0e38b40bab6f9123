/// What somebody can do about a finding or an error: words, and steps among them.
///
/// A program offers the steps in its own way; clinecfg's command prints each as a command line.
///
/// ```swift
/// let advice: Advice = "if it should be gone: \(.remove("groq"))"
/// ```
public struct Advice: Hashable, Sendable, CustomStringConvertible {
  /// A piece of an advice.
  package enum Part: Hashable, Sendable {
    /// Words of this library.
    case own(String)
    /// Words from elsewhere: a path, a name in a file, what a provider says.
    case outside(String)
    /// Something to do.
    case step(Advice.Step)
  }

  /// The pieces, in the order of the sentence.
  package private(set) var parts: [Part]

  /// Puts pieces together.
  package init(_ parts: [Part]) { self.parts = parts }

  /// The steps in it.
  public var steps: [Advice.Step] {
    parts.compactMap { part in
      if case .step(let step) = part { step } else { nil }
    }
  }

  /// The sentence, with each step in words.
  public var description: String {
    parts.reduce(into: "") { text, part in
      switch part {
      case .own(let words), .outside(let words): text += words
      case .step(let step):
        if let last = text.last, last != " " { text += " " }
        text += step.description
      }
    }
  }

  /// One advice behind the other.
  public static func + (one: Advice, other: Advice) -> Advice { Advice(one.parts + other.parts) }
}

extension Advice: ExpressibleByStringInterpolation {
  /// An advice without values.
  public init(stringLiteral text: String) { self.init([.own(text)]) }
  /// An advice with values and steps.
  public init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.parts) }

  /// Collects the pieces: what is interpolated comes from outside.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    /// Begins without any piece.
    public init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(2 * interpolationCount + 1)
    }
    /// Adds words of the sentence itself.
    public mutating func appendLiteral(_ text: String) {
      if !text.isEmpty { parts.append(.own(text)) }
    }
    /// Adds a step to take.
    public mutating func appendInterpolation(_ step: Advice.Step) { parts.append(.step(step)) }
    /// Adds all of another advice.
    public mutating func appendInterpolation(_ advice: Advice) { parts += advice.parts }
    /// Adds a value from outside.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      parts.append(.outside(value.description))
    }
  }
}

extension Advice {
  /// Something that can be done about Cline's settings, with the values that it needs.
  public enum Step: Hashable, Sendable {
    /// Set up a provider.
    case setUp(Advice.SetUp)
    /// Take a provider out of every file.
    case remove(_ provider: String)
    /// Give one place another value.
    case set(_ place: StorePlace, to: String)
    /// Remove what stands at one place.
    case unset(_ place: StorePlace)
    /// Look for what is wrong, in another data directory where one is named.
    case examine(_ directory: AbsolutePath? = nil)
    /// Make every safe fix.
    case mend
    /// See what each client would send.
    case show
    /// Ask the provider for its Model IDs.
    case listModels
    /// See what can be taken back.
    case listBackups
    /// Finish an interrupted change, or take it back.
    case recover(isBack: Bool = false)
    /// Let one VS Code start a bundle of Cline's: `auto`, `next` or `legacy`.
    case startBundle(_ name: String, editor: String)
    /// Take over what old versions of Cline kept in VS Code's own storage.
    case importOldStorage
    /// Set up what dead settings of VS Code's mean.
    case importSettings
    /// Run another program, such as `chmod`, with these words.
    case run(_ words: [String])
  }
}

extension Advice {
  /// A provider to set up: what is `nil` is asked for, or taken from what is stored.
  public struct SetUp: Hashable, Sendable {
    /// The id of the catalogue.
    public var provider: String?
    /// Another Base URL than the provider's usual one.
    public var baseURL: String?
    /// Another of Cline's slots than the provider's usual one.
    public var slot: String?
    /// The mode, where it is not for both.
    public var mode: Mode?
    /// The Model ID of each mode.
    public var model: String?
    /// Whether the key is another one than the stored.
    public var newKey = false
  }
}

extension Advice.Step {
  /// Set up a provider: what is `nil` is asked for, or taken from what is stored.
  package static func setUp(
    _ provider: String?, baseURL: String? = nil, slot: String? = nil, mode: Mode? = nil,
    model: String? = nil, newKey: Bool = false
  ) -> Advice.Step {
    .setUp(
      Advice.SetUp(
        provider: provider, baseURL: baseURL, slot: slot, mode: mode, model: model, newKey: newKey))
  }
}

extension Advice.Step: CustomStringConvertible {
  /// The step in words, without a command.
  public var description: String {
    switch self {
    case .setUp(let values): "set up " + (values.provider ?? "a provider")
    case .remove(let provider): "remove the provider \(provider)"
    case .set(let place, let value): "set \(place) to \(value)"
    case .unset(let place): "remove the value at \(place)"
    case .examine(let directory): "look for what is wrong" + (directory.map { " in \($0)" } ?? "")
    case .mend: "make the safe fixes"
    case .show: "see what each client would send"
    case .listModels: "list the provider's models"
    case .listBackups: "list the backups"
    case .recover(let isBack):
      isBack ? "take the interrupted change back" : "finish the interrupted change"
    case .startBundle(let name, let editor): "let \(editor) start the bundle \(name)"
    case .importOldStorage: "take the old settings over"
    case .importSettings: "set up what the settings of VS Code mean"
    case .run(let words): words.map(ShellWord.quoted).joined(separator: " ")
    }
  }
}
