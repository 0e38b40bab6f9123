/// Decodes models from JSON values. Unlike Foundation's decoder it takes the last of repeated
/// keys, keeps every digit, and its errors hold a pointer and no value.
package struct ModelDecoder: Decoder {
  package let value: JSONValue
  package let pointer: JSONPointer
  package let codingPath: [any CodingKey]
  package var userInfo: [CodingUserInfoKey: Any] { [:] }

  package static func decode<Model: Decodable>(
    _ type: Model.Type, from value: JSONValue, at pointer: JSONPointer
  ) throws(JSONDocument.ModelError) -> Model {
    do {
      return try ModelDecoder(value: value, pointer: pointer, codingPath: []).unbox(type)
    } catch let error as JSONDocument.ModelError {
      throw error
    } catch {
      // A model's own check failed; its words may quote the value.
      throw JSONDocument.ModelError(pointer: pointer, expected: "\(type)")
    }
  }

  package func unbox<T: Decodable>(_ type: T.Type) throws -> T {
    switch type {
    case is JSONValue.Type: if let value = value as? T { return value }
    case let scalar as any JSONTextConvertible.Type:
      guard let text = value.string else { throw expected("a string") }
      if let scalar = scalar.init(jsonText: text) as? T { return scalar }
    default: break
    }
    return try T(from: self)
  }

  package func expected(_ what: String) -> JSONDocument.ModelError {
    JSONDocument.ModelError(pointer: pointer, expected: what)
  }

  package func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<
    Key
  > {
    guard let object = value.object else { throw expected("an object") }
    var members: [JSONKey: JSONValue] = [:]
    for (key, value) in object { members[key] = value }
    return KeyedDecodingContainer(
      Keyed(decoder: self, members: members, order: object.keys))
  }

  package func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let items = value.array else { throw expected("an array") }
    return Unkeyed(decoder: self, items: items)
  }

  package func singleValueContainer() throws -> any SingleValueDecodingContainer {
    Single(decoder: self)
  }

  fileprivate func nested(_ value: JSONValue, key: any CodingKey) -> ModelDecoder {
    let token = key.intValue.map { JSONKey(String($0)) } ?? JSONKey(key.stringValue)
    return ModelDecoder(
      value: value, pointer: pointer.appending(token), codingPath: codingPath + [key])
  }

  fileprivate func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
    guard let number = value.number?.exactly(as: type) else { throw expected("a whole number") }
    return number
  }
}

private struct Single: SingleValueDecodingContainer {
  let decoder: ModelDecoder
  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.value == .null }
  func decode(_ type: Bool.Type) throws -> Bool {
    guard let value = decoder.value.bool else { throw decoder.expected("true or false") }
    return value
  }
  func decode(_ type: String.Type) throws -> String {
    guard let text = decoder.value.string else { throw decoder.expected("a string") }
    return text
  }
  func decode(_ type: Double.Type) throws -> Double {
    guard let number = decoder.value.number else { throw decoder.expected("a number") }
    return number.double
  }
  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try decoder.integer(type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try decoder.integer(type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try decoder.integer(type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try decoder.integer(type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try decoder.integer(type) }
  func decode(_ type: UInt.Type) throws -> UInt { try decoder.integer(type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.integer(type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.integer(type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.integer(type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.integer(type) }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.unbox(type) }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: ModelDecoder
  let members: [JSONKey: JSONValue]
  let order: [JSONKey]
  var codingPath: [any CodingKey] { decoder.codingPath }

  var allKeys: [Key] {
    var seen: Set<JSONKey> = []
    return order.filter { seen.insert($0).inserted }.compactMap { Key(stringValue: $0.text) }
  }
  func contains(_ key: Key) -> Bool { members[JSONKey(key.stringValue)] != nil }

  private func nested(_ key: some CodingKey) throws -> ModelDecoder {
    guard let value = members[JSONKey(key.stringValue)] else {
      throw JSONDocument.ModelError(
        pointer: decoder.pointer.appending(JSONKey(key.stringValue)), expected: "a value")
    }
    return decoder.nested(value, key: key)
  }

  func decodeNil(forKey key: Key) throws -> Bool { try nested(key).value == .null }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try nested(key).unbox(type)
  }
  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try nested(key).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try nested(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder { decoder }
  func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }
}

private struct Unkeyed: UnkeyedDecodingContainer {
  let decoder: ModelDecoder
  let items: [JSONValue]
  var currentIndex = 0
  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  private mutating func next() throws -> ModelDecoder {
    let key = IndexKey(intValue: currentIndex)
    guard !isAtEnd else { throw decoder.nested(.null, key: key).expected("a value") }
    defer { currentIndex += 1 }
    return decoder.nested(items[currentIndex], key: key)
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, items[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().unbox(type) }
  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try next().container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next().unkeyedContainer()
  }
  mutating func superDecoder() throws -> any Decoder { try next() }
}

package struct IndexKey: CodingKey {
  package let intValue: Int?
  package var stringValue: String { intValue.map(String.init) ?? "" }
  package init(intValue: Int) { self.intValue = intValue }
  package init?(stringValue: String) { intValue = Int(stringValue) }
}
