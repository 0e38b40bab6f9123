package import LosslessJSON

/// What one of Cline's readers accepts at a place, in the terms of its schemas (zod 4.4.3).
indirect enum ReaderSchema: Sendable {
  case any
  case string
  case nonEmptyString
  case providerID
  case url
  case dateTime
  case boolean
  case number
  case positiveInteger
  case exactly(Int)
  case oneOf([String])
  case list(ReaderSchema)
  case record(ReaderSchema)
  /// Unknown members are accepted, and dropped at Cline's next write.
  case object([Field])

  struct Field: Sendable {
    let key: JSONKey
    let schema: ReaderSchema
    let isRequired: Bool
  }

  /// Every place that the reader would reject.
  func violations(in value: JSONValue, at pointer: JSONPointer) -> [ReaderViolation] {
    var found: [ReaderViolation] = []
    collect(in: value, at: pointer, into: &found)
    return found
  }

  private func collect(
    in value: JSONValue, at pointer: JSONPointer, into found: inout [ReaderViolation]
  ) {
    switch (self, value) {
    case (.any, _), (.string, .string), (.boolean, .bool), (.number, .number): return
    case (.nonEmptyString, .string(let text)) where !text.isEmpty: return
    case (.providerID, .string(let text)) where Self.isProviderID(text): return
    case (.url, .string(let text)) where WHATWGURL.accepts(text): return
    case (.dateTime, .string(let text)) where Self.isDateTime(text): return
    case (.positiveInteger, .number(let number))
    where (1...9_007_199_254_740_991).contains(number.exactly(as: Int.self) ?? 0):
      return
    case (.exactly(let expected), .number(let number))
    where number.exactly(as: Int.self) == expected:
      return
    case (.oneOf(let words), .string(let text)) where words.contains(text): return
    case (.list(let item), .array(let items)):
      for (index, value) in items.enumerated() {
        item.collect(in: value, at: pointer.appending(index), into: &found)
      }
    case (.record(let member), .object(let object)):
      for (key, value) in object.effective {
        member.collect(in: value, at: pointer.appending(key), into: &found)
      }
    case (.object(let fields), .object(let object)):
      for field in fields {
        if let value = object[field.key] {
          field.schema.collect(in: value, at: pointer.appending(field.key), into: &found)
        } else if field.isRequired {
          found.append(
            ReaderViolation(
              pointer: pointer.appending(field.key), expected: field.schema.expectation))
        }
      }
    default: found.append(ReaderViolation(pointer: pointer, expected: expectation))
    }
  }

  private var expectation: String {
    switch self {
    case .any: "a value"
    case .string: "a string"
    case .nonEmptyString: "a string that is not empty"
    case .providerID: "a provider id of letters, digits and hyphens"
    case .url: "a URL with its scheme"
    case .dateTime: "a UTC time such as 2026-08-22T20:03:00.000Z"
    case .boolean: "true or false"
    case .number: "a number"
    case .positiveInteger: "a whole number above 0"
    case .exactly(let number): "\(number)"
    case .oneOf(let words): "one of \(words.joined(separator: ", "))"
    case .list: "an array"
    case .record, .object: "an object"
    }
  }

  /// `/^[a-z0-9][a-z0-9-]*$/i`
  static func isProviderID(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, first.isLetterOrDigit else { return false }
    return bytes.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
  }

  /// `z.string().datetime()`: a date that exists, `T`, hours and minutes, seconds with any
  /// fraction or none at all, and `Z`.
  static func isDateTime(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func number(_ digits: Int) -> Int? {
      guard rest.count >= digits, rest.prefix(digits).allSatisfy(\.isDigit) else { return nil }
      defer { rest = rest.dropFirst(digits) }
      return rest.prefix(digits).reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    func skip(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
      skip("T"), let hour = number(2), skip(":"), let minute = number(2)
    else { return false }
    if skip(":") {
      guard let second = number(2), second < 60 else { return false }
      if skip(".") {
        let fraction = rest.prefix(while: \.isDigit)
        guard !fraction.isEmpty else { return false }
        rest = rest.dropFirst(fraction.count)
      }
    }
    let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return skip("Z") && rest.isEmpty && (1...12).contains(month)
      && (1...days[month - 1]).contains(day) && hour < 24 && minute < 60
  }
}

/// A place in a file that Cline's reader rejects. It names no value.
package struct ReaderViolation: Hashable, Sendable, CustomStringConvertible {
  /// Where.
  package let pointer: JSONPointer
  /// What the reader wants there.
  package let expected: String
  /// For example `/providers/groq/settings/baseUrl: expected a URL with its scheme`.
  package var description: String { "\(pointer.shown): expected \(expected)" }
}
