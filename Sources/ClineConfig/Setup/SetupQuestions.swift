extension SetupPlanner {
  /// Whoever answers what a set-up leaves open: a person at a terminal, a form, a script.
  ///
  /// An answer that is `nil` ends the set-up with ``SetupError/Reason/unanswered``. Without anybody to ask
  /// the set-up ends with an error that says what is missing.
  public protocol Questions: Sendable {
    /// The API key of a provider.
    func key(of provider: Provider) -> String?
    /// A Model ID of a provider; `offered` is empty where its list did not come.
    func model(of provider: Provider, offered: [String]) -> String?
  }
}
