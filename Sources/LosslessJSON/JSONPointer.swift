/// A place in a JSON document (RFC 6901).
public struct JSONPointer: Hashable, Sendable, LosslessStringConvertible,
  ExpressibleByStringLiteral
{
  /// The reference tokens, unescaped.
  public private(set) var tokens: [JSONKey]

  /// The place of the whole document.
  public static let root = JSONPointer(tokens: [])

  package init(tokens: [JSONKey]) {
    self.tokens = tokens
  }

  /// Reads a pointer: empty, or `/` before each token, with `~1` for `/` and `~0` for `~`.
  /// `nil` for anything else.
  public init?(_ description: String) {
    var tokens: [JSONKey] = []
    var token: [UInt8]?
    var bytes = description.utf8.makeIterator()
    while let byte = bytes.next() {
      if byte == UInt8(ascii: "/") {
        if let token { tokens.append(JSONKey(wtf8: token)) }
        token = []
      } else if byte == UInt8(ascii: "~") {
        switch bytes.next() {
        case UInt8(ascii: "0"): token?.append(UInt8(ascii: "~"))
        case UInt8(ascii: "1"): token?.append(UInt8(ascii: "/"))
        default: return nil
        }
      } else {
        guard token != nil else { return nil }
        token?.append(byte)
      }
    }
    if let token { tokens.append(JSONKey(wtf8: token)) }
    self.tokens = tokens
  }

  /// A pointer known to be well formed; a malformed literal is the root's member of that name.
  public init(stringLiteral text: String) {
    self = JSONPointer(text) ?? JSONPointer(tokens: [JSONKey(text)])
  }

  /// The pointer to a member of the object here.
  public func appending(_ key: JSONKey) -> JSONPointer {
    JSONPointer(tokens: tokens + [key])
  }

  /// The pointer to an item of the array here.
  public func appending(_ index: Int) -> JSONPointer {
    appending(JSONKey(String(index)))
  }

  /// The container of this place; `nil` for the root.
  public var parent: JSONPointer? {
    tokens.isEmpty ? nil : JSONPointer(tokens: tokens.dropLast())
  }

  /// Whether this place is `other` or stands inside it.
  public func isWithin(_ other: JSONPointer) -> Bool { tokens.starts(with: other.tokens) }

  /// The escaped form, which ``init(_:)`` reads back.
  public var description: String {
    var text: [UInt8] = []
    for token in tokens {
      text.append(UInt8(ascii: "/"))
      for byte in token.wtf8 {
        switch byte {
        case UInt8(ascii: "~"): text += "~0".utf8
        case UInt8(ascii: "/"): text += "~1".utf8
        default: text.append(byte)
        }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// For messages: the root has an empty description.
  package var shown: String { tokens.isEmpty ? "the whole document" : description }
}

extension JSONKey {
  /// The array index that this token spells: digits without a leading zero.
  package var arrayIndex: Int? {
    guard let first = wtf8.first, wtf8.count <= 9,
      wtf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      first != UInt8(ascii: "0") || wtf8.count == 1
    else { return nil }
    return wtf8.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
