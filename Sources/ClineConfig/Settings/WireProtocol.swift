extension ProviderSlot {
  /// What an API speaks. Files of users may name protocols that nothing here is known of.
  public struct WireProtocol: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name of the protocol: `openai-chat`, `anthropic`, …
    public let rawValue: String

    /// A protocol by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The name of the protocol.
    public var description: String { rawValue }

    /// OpenAI's Chat Completions, which Cline's OpenAI-compatible slot speaks.
    public static let openAIChat = WireProtocol(rawValue: "openai-chat")
    /// OpenAI's Responses.
    package static let openAIResponses = WireProtocol(rawValue: "openai-responses")
    /// Anthropic's Messages.
    package static let anthropic = WireProtocol(rawValue: "anthropic")
    /// Google's Gemini API.
    package static let gemini = WireProtocol(rawValue: "gemini")
    /// Ollama's own.
    package static let ollama = WireProtocol(rawValue: "ollama")
    /// Dify's own.
    package static let dify = WireProtocol(rawValue: "dify")
  }
}
