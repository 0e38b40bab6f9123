extension JSONSyntaxError {
  /// A place in a text.
  public struct Position: Hashable, Sendable, CustomStringConvertible {
    /// How many bytes stand before it.
    public let offset: Int
    /// From 1. A line ends with `\n`, alone or after `\r`.
    public let line: Int
    /// From 1, in bytes.
    public let column: Int

    package init(offset: Int, in bytes: UnsafeBufferPointer<UInt8>) {
      self.offset = offset
      let before = bytes.prefix(offset)
      line = 1 + before.count { $0 == UInt8(ascii: "\n") }
      let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      column = offset - lineStart + 1
    }

    /// `line 4, column 17`
    public var description: String { "line \(line), column \(column)" }
  }
}

/// Why a text is not JSON, and where.
///
/// It never holds the text that it complains about: that text may be a key.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What can be wrong with it.
  package enum Reason: Hashable, Sendable {
    /// Something else stands where `expected` should.
    case unexpectedByte(expected: String)
    /// The text ends where `expected` should stand.
    case unexpectedEnd(expected: String)
    /// More text after a complete value.
    case textAfterValue
    /// A UTF-8 byte order mark, which Cline's readers do not take.
    case byteOrderMark
    /// A comment, which strict JSON does not have.
    case comment
    /// A number that JSON does not allow.
    case invalidNumber
    /// An unknown escape in a string.
    case invalidEscape
    /// A line break, tab or other control character inside a string.
    case controlCharacterInString
    /// Bytes that are not UTF-8.
    case invalidUTF8
    /// More nesting than ``JSONDocument/Limits/depth``.
    case tooDeep(limit: Int)
    /// More bytes than ``JSONDocument/Limits/size``.
    case tooLarge(limit: Int)
  }

  /// What is wrong with it.
  package let reason: Reason
  /// Where in the text.
  public let position: JSONSyntaxError.Position

  /// For example `expected ',' or '}' at line 4, column 17`.
  public var description: String {
    switch reason {
    case .tooLarge(let limit): "larger than \(limit >> 20) MiB"
    case .unexpectedEnd: "\(reason.words), at \(position)"
    default: "\(reason.words) at \(position)"
    }
  }
}

extension JSONSyntaxError.Reason {
  /// What is wrong, in words, without the place.
  package var words: String {
    switch self {
    case .unexpectedByte(let expected): "expected \(expected)"
    case .unexpectedEnd(let expected): "the text ends where \(expected) is expected"
    case .textAfterValue: "unexpected text after the value"
    case .byteOrderMark: "unexpected byte order mark"
    case .comment: "unexpected comment"
    case .invalidNumber: "malformed number"
    case .invalidEscape: "unknown escape in a string"
    case .controlCharacterInString: "line break or control character in a string"
    case .invalidUTF8: "bytes that are not UTF-8"
    case .tooDeep(let limit): "more than \(limit) levels of nesting"
    case .tooLarge: "too large"
    }
  }
}

extension JSONDocument {
  /// Why an edit cannot be made. The document is unchanged.
  public enum EditError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value at this pointer is neither an object nor an array, so it holds nothing.
    case notAContainer(JSONPointer)
    /// The array at this pointer has `count` items and no place for that index.
    case indexOutOfRange(JSONPointer, count: Int)
    /// The edit would nest deeper, or grow larger, than the document's limits.
    case overLimit

    /// One line, without document text.
    public var description: String {
      switch self {
      case .notAContainer(let pointer): "\(pointer.shown) is neither an object nor an array"
      case .indexOutOfRange(let pointer, let count):
        "\(pointer.shown) is no place in an array of \(count)"
      case .overLimit: "the document would become too deep or too large"
      }
    }
  }
}

extension JSONDocument {
  /// Why a part of a document does not fit a model. Never holds the offending value.
  public struct ModelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the document.
    public let pointer: JSONPointer
    /// What should stand there, for example `a string`.
    public let expected: String

    /// Creates an error about one place.
    public init(pointer: JSONPointer, expected: String) {
      self.pointer = pointer
      self.expected = expected
    }

    /// For example `/mode: expected a string`.
    public var description: String { "\(pointer.shown): expected \(expected)" }
  }
}
