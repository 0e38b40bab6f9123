import LosslessJSON

/// A value that must not be shown: an API key or a token.
///
/// Its description, debug description and mirror are all redacted, and encoders other than this
/// library's own refuse it. ``reveal()`` is the one way out.
public struct Secret: Hashable, Sendable {
  private let value: String

  /// Wraps a value that must not be printed.
  public init(_ value: String) { self.value = value }

  /// The value itself. Every use of this name deserves a look in review.
  public func reveal() -> String { value }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { value.isEmpty }

  /// What may be shown of it: a provider's public prefix, `…`, and the last four characters of a
  /// value of 20 or more.
  ///
  /// - Parameter publicPrefixes: Prefixes that providers publish, such as `sk-or-v1-`. The
  ///   longest that fits is shown.
  public func masked(publicPrefixes: some Sequence<String> = []) -> String {
    guard !value.isEmpty else { return "" }
    guard value.count >= 20 else { return "…" }
    var prefix = ""
    for next in publicPrefixes
    where next.utf8.count > prefix.utf8.count && value.utf8.starts(with: next.utf8) {
      prefix = next
    }
    guard value.count >= prefix.count + 12 else { return "…" }
    return prefix + "…" + value.suffix(4).filter { $0.isASCII && !$0.isWhitespace }
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Always `<redacted>`, whatever the value.
  public var description: String { "<redacted>" }
  /// Always `<redacted>`, whatever the value.
  public var debugDescription: String { "<redacted>" }
  /// A mirror without any children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Codable {
  /// Reads a string as a secret.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Throws: only `JSONDocument.update(_:at:_:)` writes secrets, into the file that holds them.
  public func encode(to encoder: any Encoder) throws {
    throw EncodingError.invalidValue(
      "<redacted>", .init(codingPath: encoder.codingPath, debugDescription: "a secret"))
  }
}

extension Secret: JSONTextConvertible {
  package init(jsonText: String) { self.init(jsonText) }
  package var jsonText: String { reveal() }
}
