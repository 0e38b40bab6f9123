/// A JSON value, apart from any document.
public enum JSONValue: Hashable, Sendable {
  /// JSON's `null`, which is a value of its own.
  case null
  /// JSON's `true` or `false`.
  case bool(Bool)
  /// The number, where it is one.
  case number(JSONNumber)
  /// A string. An unpaired surrogate, which only an escape can spell, becomes U+FFFD.
  case string(String)
  /// A list of values.
  case array([JSONValue])
  /// Members in their order.
  case object(JSONObject)
}

extension JSONValue {
  /// Whether it is the same, in the same order; texts by their code points, as JavaScript compares
  /// them, where Swift takes an accent and the letter with it for the same.
  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string of a literal.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A `true` or `false` of a literal.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number of a literal.
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  /// A list of a literal.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Members of a literal, in its order.
  public init(dictionaryLiteral elements: (JSONKey, JSONValue)...) {
    self = .object(JSONObject(elements))
  }
}

extension JSONValue {
  /// The text of a string.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The value of a boolean.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The members of an object.
  public var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
  /// The items of a list.
  public var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
  /// The number, where it is one.
  public var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }
  /// The member of an object; `nil` where there is none, or no object.
  public subscript(key: JSONKey) -> JSONValue? { object?[key] }

  /// Whether JavaScript would see the same data: order of members and superseded repeated
  /// keys do not count, the spelling of a number does.
  public func isEquivalent(to other: JSONValue) -> Bool {
    switch (self, other) {
    case (.array(let a), .array(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.isEquivalent(to: $1) }
    case (.object(let a), .object(let b)):
      let keys = Set(a.keys)
      return keys == Set(b.keys)
        && keys.allSatisfy { key in
          guard let left = a[key], let right = b[key] else { return false }
          return left.isEquivalent(to: right)
        }
    default: return self == other
    }
  }
}

/// A number as its literal: `1.10` stays `1.10`, and no digit is lost.
public struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
  /// The digits, as in the document.
  public let literal: String

  /// Reads a JSON number; `nil` for any other text.
  public init?(literal: String) {
    var literal = literal
    let isNumber = literal.withUTF8 { bytes in
      var scanner = JSONScanner(bytes, dialect: .strict, limits: .standard)
      return (try? scanner.number()) != nil && scanner.position == bytes.count
    }
    guard isNumber else { return nil }
    self.literal = literal
  }

  package init(validated literal: String) { self.literal = literal }

  /// A number of a whole value.
  public init(_ value: some BinaryInteger) { literal = String(value) }

  /// The value as an integer, when it is exactly one and fits.
  public func exactly<T: FixedWidthInteger>(as type: T.Type) -> T? {
    T(literal) ?? Double(literal).flatMap { T(exactly: $0) }
  }

  /// The value as JavaScript holds it.
  public var double: Double { Double(literal) ?? .nan }

  /// The literal as it stands.
  public var description: String { literal }
}

/// An object's key, compared by its bytes: keys that look alike but are spelled with other
/// code points are different keys, as they are in JavaScript.
public struct JSONKey: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// UTF-8, with unpaired surrogates in their generalized form.
  package let wtf8: [UInt8]

  /// A key from its text.
  public init(_ text: String) { wtf8 = Array(text.utf8) }
  /// A key from its text.
  public init(stringLiteral text: String) { self.init(text) }
  package init(wtf8: [UInt8]) { self.wtf8 = wtf8 }

  /// The text; an unpaired surrogate becomes U+FFFD.
  public var text: String { String(decoding: wtf8, as: UTF8.self) }
  /// The text of the key.
  public var description: String { text }

  /// Hashes the bytes at once, where an array's own way is one by one.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(wtf8.count)
    wtf8.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

/// The members of an object in their order, repeated keys included.
public struct JSONObject: Hashable, Sendable, Sequence, ExpressibleByDictionaryLiteral {
  private var members: [(key: JSONKey, value: JSONValue)] = []

  /// An object without any members.
  public init() {}
  /// Members in order, repeated keys included.
  package init(_ members: some Sequence<(JSONKey, JSONValue)>) {
    self.members = members.map { (key: $0, value: $1) }
  }
  /// Members of a literal, in its order.
  public init(dictionaryLiteral elements: (JSONKey, JSONValue)...) { self.init(elements) }

  /// Reading takes the last of repeated keys, as JavaScript does. Writing replaces that one, or
  /// adds a member at the end; `nil` removes every one of that name.
  public subscript(key: JSONKey) -> JSONValue? {
    get { members.last { $0.key == key }?.value }
    set {
      guard let newValue else { return members.removeAll { $0.key == key } }
      if let index = members.lastIndex(where: { $0.key == key }) {
        members[index].value = newValue
      } else {
        members.append((key, newValue))
      }
    }
  }

  /// The keys in their order.
  public var keys: [JSONKey] { members.map(\.key) }
  /// The members that are data: of repeated keys the last.
  package var effective: [(key: JSONKey, value: JSONValue)] {
    guard members.count > 1 else { return members }
    var seen: Set<JSONKey> = []
    var last: [(key: JSONKey, value: JSONValue)] = []
    for member in members.reversed() where seen.insert(member.key).inserted { last.append(member) }
    last.reverse()
    return last
  }
  /// The number of members.
  public var count: Int { members.count }
  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The members in their order.
  public func makeIterator() -> IndexingIterator<[(key: JSONKey, value: JSONValue)]> {
    members.makeIterator()
  }

  /// Whether both have the same members in the same order.
  public static func == (a: JSONObject, b: JSONObject) -> Bool {
    a.members.elementsEqual(b.members) { $0.key == $1.key && $0.value == $1.value }
  }

  /// Hashes the members in their order.
  public func hash(into hasher: inout Hasher) {
    for (key, value) in members {
      hasher.combine(key)
      hasher.combine(value)
    }
  }
}
