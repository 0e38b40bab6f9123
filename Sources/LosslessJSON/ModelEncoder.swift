/// Encodes models to JSON values, in the order in which a model encodes its fields.
///
/// A class, because `Encoder` hands out containers that write into a value already begun: each
/// encoder is one place of the result, and its children are the places inside it.
///
/// This is the one encoder that a ``JSONTextConvertible`` passes: its result goes into a document, not
/// to a reader.
package final class ModelEncoder: Encoder {
  package let codingPath: [any CodingKey]
  private let pointer: JSONPointer
  private var content = Content.empty
  package var userInfo: [CodingUserInfoKey: Any] { [:] }

  private enum Content {
    case empty
    case value(JSONValue)
    case object([(key: JSONKey, encoder: ModelEncoder)])
    case array([ModelEncoder])
  }

  /// What becomes of a value, where the caller decides; `nil` leaves it to the value.
  package typealias Transform = (any Encodable) -> JSONValue?
  private let transform: Transform?
  /// Whether an optional field without a value is `null`, and not left out.
  fileprivate let keepsNil: Bool

  private init(
    pointer: JSONPointer, codingPath: [any CodingKey], keepsNil: Bool, transform: Transform?
  ) {
    self.pointer = pointer
    self.codingPath = codingPath
    self.keepsNil = keepsNil
    self.transform = transform
  }

  package static func encode(
    _ model: some Encodable, at pointer: JSONPointer, keepsNil: Bool = false,
    transform: Transform? = nil
  ) throws -> JSONValue {
    let encoder = ModelEncoder(
      pointer: pointer, codingPath: [], keepsNil: keepsNil, transform: transform)
    try encoder.write(model)
    return encoder.value
  }

  private var value: JSONValue {
    switch content {
    case .empty: .object(JSONObject())
    case .value(let value): value
    case .array(let items): .array(items.map(\.value))
    case .object(let members): .object(JSONObject(members.map { ($0.key, $0.encoder.value) }))
    }
  }

  fileprivate var count: Int { if case .array(let items) = content { items.count } else { 0 } }

  fileprivate func write(_ value: JSONValue) { content = .value(value) }

  fileprivate func write(_ model: some Encodable) throws {
    if let value = transform?(model) { return write(value) }
    switch model {
    case let value as JSONValue: write(value)
    case let value as any JSONTextConvertible: write(.string(value.jsonText))
    default: try model.encode(to: self)
    }
  }

  /// The place of a member; one written before is written anew.
  fileprivate func member(_ key: any CodingKey) -> ModelEncoder {
    let name = JSONKey(key.stringValue)
    let encoder = ModelEncoder(
      pointer: pointer.appending(name), codingPath: codingPath + [key], keepsNil: keepsNil,
      transform: transform)
    var members: [(key: JSONKey, encoder: ModelEncoder)] = []
    if case .object(let existing) = content { members = existing }
    members.removeAll { $0.key == name }
    content = .object(members + [(name, encoder)])
    return encoder
  }

  fileprivate func item() -> ModelEncoder {
    var items: [ModelEncoder] = []
    if case .array(let existing) = content { items = existing }
    let key = IndexKey(intValue: items.count)
    let encoder = ModelEncoder(
      pointer: pointer.appending(items.count), codingPath: codingPath + [key], keepsNil: keepsNil,
      transform: transform)
    content = .array(items + [encoder])
    return encoder
  }

  package func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .empty = content { content = .object([]) }
    return KeyedEncodingContainer(Keyed(encoder: self))
  }
  package func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .empty = content { content = .array([]) }
    return Unkeyed(encoder: self)
  }
  package func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

  /// JSON has no spelling for a number that is not finite.
  fileprivate func write(_ value: Double) throws {
    guard value.isFinite else {
      throw JSONDocument.ModelError(pointer: pointer, expected: "a finite number")
    }
    write(.number(Int(exactly: value).map { JSONNumber($0) } ?? JSONNumber(validated: "\(value)")))
  }
}

private struct Single: SingleValueEncodingContainer {
  let encoder: ModelEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil() throws { encoder.write(.null) }
  func encode(_ value: Bool) throws { encoder.write(.bool(value)) }
  func encode(_ value: String) throws { encoder.write(.string(value)) }
  func encode(_ value: Double) throws { try encoder.write(value) }
  func encode(_ value: Float) throws { try encoder.write(Double(value)) }
  func encode(_ value: Int) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: Int8) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: Int16) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: Int32) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: Int64) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: UInt) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: UInt8) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: UInt16) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: UInt32) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: UInt64) throws { encoder.write(.number(JSONNumber(value))) }
  func encode(_ value: some Encodable) throws { try encoder.write(value) }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: ModelEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil(forKey key: Key) throws { encoder.member(key).write(.null) }
  func encode(_ value: some Encodable, forKey key: Key) throws {
    try encoder.member(key).write(value)
  }
  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
    try present(value, key: key)
  }
  // The compiler's own conformances ask by these.
  func encodeIfPresent(_ value: String?, forKey key: Key) throws { try present(value, key: key) }
  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try present(value, key: key) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try present(value, key: key) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try present(value, key: key) }

  private func present<T: Encodable>(_ value: T?, key: Key) throws {
    if let value {
      try encode(value, forKey: key)
    } else if encoder.keepsNil {
      try encodeNil(forKey: key)
    }
  }
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    encoder.member(key).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.member(key).unkeyedContainer()
  }
  func superEncoder() -> any Encoder { encoder }
  func superEncoder(forKey key: Key) -> any Encoder { encoder.member(key) }
}

private struct Unkeyed: UnkeyedEncodingContainer {
  let encoder: ModelEncoder
  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.count }

  func encodeNil() throws { encoder.item().write(.null) }
  func encode(_ value: some Encodable) throws { try encoder.item().write(value) }
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    encoder.item().container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    encoder.item().unkeyedContainer()
  }
  func superEncoder() -> any Encoder { encoder }
}
