extension SetupPlanner {
  /// Whoever answers what a set-up leaves open: a person at a terminal, a form, a script.
  ///
  /// An answer that is `nil` ends the set-up with ``SetupError/Reason/unanswered``. Without anybody to ask
  /// the set-up ends with an error that says what is missing.
  public protocol Questions: Sendable {
    /// The API key of a provider. An empty answer takes the known one, where there is one.
    func key(_ question: KeyQuestion) -> String?
    /// A Model ID of a provider.
    func model(_ question: ModelQuestion) -> String?
  }

  /// What to know when a key is asked for.
  public struct KeyQuestion: Sendable {
    /// Whose key it is.
    public let provider: Provider
    /// A known key as it may be shown, which an empty answer takes; `nil` where none is known.
    public let known: String?
    /// Where the known key comes from: a place in a file, or a variable.
    public let source: String?
    /// What the provider's API is asked at.
    package let target: SetupTarget
  }

  /// What to know when a model is asked for.
  public struct ModelQuestion: Sendable {
    /// Whose model it is.
    public let provider: Provider
    /// The Model IDs of the provider's list; empty where it did not come.
    public let offered: [String]
    /// Why the list did not come; `nil` where it came, or was not asked for.
    public let problem: String?
    /// The Model ID that is stored now.
    public let present: String?
  }
}
