extension JSONValue: Codable {
  /// Reads any value. Digits beyond a `Double` survive only this library's own decoder.
  public init(from decoder: any Decoder) throws {
    if let decoder = decoder as? ModelDecoder {
      self = decoder.value
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .number(JSONNumber(value))
    } else if let value = try? container.decode(Double.self), value.isFinite {
      self = .number(JSONNumber(validated: "\(value)"))
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      let members = try container.decode([String: JSONValue].self)
      self = .object(
        JSONObject(members.sorted { $0.key < $1.key }.map { (JSONKey($0.key), $0.value) }))
    }
  }

  /// Writes any value, its members in order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .number(let number):
      if let whole = number.exactly(as: Int.self) {
        try container.encode(whole)
      } else {
        try container.encode(number.double)
      }
    case .array(let items): try container.encode(items)
    case .object(let object):
      try container.encode(
        Dictionary(object.map { ($0.key.text, $0.value) }) { _, last in last })
    }
  }
}

extension JSONValue {
  /// Any value as JSON, its fields in the order in which it encodes them.
  ///
  /// - Parameters:
  ///   - value: What is encoded.
  ///   - keepsNil: Whether an optional field without a value is `null`, and not left out.
  ///   - transform: What becomes of a value within it; `nil` leaves it to the value.
  package init(
    encoding value: some Encodable, keepsNil: Bool = false,
    transform: ((any Encodable) -> JSONValue?)? = nil
  ) throws {
    self = try ModelEncoder.encode(
      value, at: .root, keepsNil: keepsNil, transform: transform)
  }
}

/// A value that is a string in a document, and that no other encoder may read: a key.
package protocol JSONTextConvertible {
  init(jsonText: String)
  var jsonText: String { get }
}
