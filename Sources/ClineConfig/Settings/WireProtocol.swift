/// What an API speaks. Files of users may name protocols that nothing here is known of.
public struct WireProtocol: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// Its name: `openai-chat`, `anthropic`, …
  public let rawValue: String

  /// A protocol by its name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Its name.
  public var description: String { rawValue }

  /// OpenAI's Chat Completions, which Cline's OpenAI-compatible slot speaks.
  public static let openAIChat = WireProtocol(rawValue: "openai-chat")
  /// OpenAI's Responses.
  public static let openAIResponses = WireProtocol(rawValue: "openai-responses")
  /// Anthropic's Messages.
  public static let anthropic = WireProtocol(rawValue: "anthropic")
  /// Google's Gemini API.
  public static let gemini = WireProtocol(rawValue: "gemini")
  /// Ollama's own.
  public static let ollama = WireProtocol(rawValue: "ollama")
}
