package import LosslessJSON

/// What a value has to be.
package enum SettingKind: Hashable, Sendable {
  /// Either `true` or `false`.
  case flag
  /// A text that is not empty.
  case text
  /// An address with its scheme.
  case url
  /// A whole number above 0.
  case count
  /// A number that is not below 0.
  case amount
  /// One of these words.
  case word([String])
  /// A text that may be empty.
  case anyText
  /// Strings in a list.
  case list
  /// A list of anything.
  case array
  /// An object whose members are its owner's.
  case object

  /// Whether a value is one of this kind.
  package func accepts(_ value: JSONValue) -> Bool {
    switch self {
    case .flag: value.bool != nil
    case .text: value.string?.isEmpty == false
    case .url: value.string.flatMap { BaseURL($0) } != nil
    case .count:
      value.number?.exactly(as: Int.self).map { $0 > 0 && $0 < 1 << 53 } == true
    case .amount: value.number.map { $0.double >= 0 && $0.double.isFinite } == true
    case .word(let words): value.string.map(words.contains) == true
    case .anyText: value.string != nil
    case .list: value.array?.allSatisfy { $0.string != nil } == true
    case .array: value.array != nil
    case .object: value.object != nil
    }
  }

  /// Whether a value is one of this kind in all but its words.
  package func hasType(of value: JSONValue) -> Bool {
    switch self {
    case .word, .text, .url: value.string != nil
    case .count, .amount: value.number != nil
    default: accepts(value)
    }
  }

  /// A value of this kind by the word that a user types; `nil` where it is none.
  package func value(_ word: String) -> JSONValue? {
    let value: JSONValue? =
      switch self {
      case .flag: Self.flags[word.lowercased()].map { .bool($0) }
      case .text, .url, .anyText: .string(word)
      case .word(let words):
        .string(words.first { $0.lowercased() == word.lowercased() } ?? word)
      case .list, .array, .object: (try? JSONDocument(parsing: Array(word.utf8)))?.root
      case .count, .amount: JSONNumber(literal: word).map { .number($0) }
      }
    return value.flatMap { accepts($0) ? $0 : nil }
  }

  private static let flags = [
    "true": true, "on": true, "yes": true, "false": false, "off": false, "no": false,
  ]

  /// What is expected, in words: `true or false`.
  package var expected: String {
    switch self {
    case .flag: "true or false"
    case .text: "a string that is not empty"
    case .url: "an address, such as https://host/path"
    case .count: "a whole number above 0"
    case .amount: "a number that is not below 0"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    case .anyText: "a string"
    case .list: #"a list of strings, such as ["a", "b"]"#
    case .array: "a list"
    case .object: "an object"
    }
  }
}
