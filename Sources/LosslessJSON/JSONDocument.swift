/// A JSON text that keeps every byte it was read from.
///
/// An edit replaces only the bytes it is about. Everything else, from key order and number
/// spelling to indentation, line endings and repeated keys, stays as it was, because the bytes
/// are the document and the index only points into them.
///
/// ```swift
/// var document = try JSONDocument(parsing: bytes)
/// try document.set("https://api.rutaapi.com/v1", at: "/openAiBaseUrl")
/// ```
///
/// Two documents are equal when their bytes are.
public struct JSONDocument: Hashable, Sendable {
  /// The text, in UTF-8.
  public package(set) var bytes: [UInt8]
  /// The grammar it was read with.
  public let dialect: JSONDocument.Dialect
  package let limits: JSONDocument.Limits
  package var nodes: [JSONNode]

  /// Reads a text. Strict documents accept what `JSON.parse` accepts, except bytes that are not
  /// UTF-8 and texts over the limits.
  ///
  /// Takes time linear in the bytes, and an index of 12 bytes for each value and key.
  public init(
    parsing bytes: some Collection<UInt8>, dialect: JSONDocument.Dialect = .strict,
    limits: JSONDocument.Limits = .standard
  ) throws(JSONSyntaxError) {
    self.bytes = Array(bytes)
    self.dialect = dialect
    self.limits = limits
    nodes = try self.bytes.withUnsafeBufferPointer { (buffer) throws(JSONSyntaxError) in
      try JSONScanner.index(of: buffer, dialect: dialect, limits: limits)
    }
  }

  /// Writes a new text.
  ///
  /// - Throws: ``JSONDocument/EditError/overLimit`` for a value that could not be read back: nested deeper
  ///   than the standard limit, or longer.
  public init(
    _ value: JSONValue, layout: JSONDocument.Layout = .twoSpaces
  ) throws(JSONDocument.EditError) {
    try self.init(whole: value, layout: layout, limits: .standard)
  }

  /// The document `{}`.
  package static let emptyObject = JSONDocument()

  private init() {
    bytes = Array("{}".utf8)
    nodes = [JSONNode(kind: .object, start: 0, length: 2)]
    dialect = .strict
    limits = .standard
  }

  /// Writes a new text of all of a value, or fails with ``JSONDocument/EditError/overLimit``.
  package init(
    whole value: JSONValue, layout: JSONDocument.Layout = .compact,
    limits: JSONDocument.Limits = JSONDocument.Limits(
      depth: JSONDocument.Limits.standard.depth, size: .max)
  ) throws(JSONDocument.EditError) {
    var text: [UInt8] = []
    layout.append(value, indentedBy: [], to: &text)
    do {
      self = try JSONDocument(parsing: text, limits: limits)
    } catch { throw .overLimit }
  }

  /// The whole value. Materializes every part: prefer a pointer for one.
  public var root: JSONValue { value(at: 0) }

  /// Whether the whole value is an object. Costs nothing, where ``root`` makes all of it.
  package var isObject: Bool { nodes.first?.kind == .object }

  /// The value at a place; of repeated keys the last, as in JavaScript.
  public subscript(pointer: JSONPointer) -> JSONValue? {
    node(at: pointer).map(value(at:))
  }

  /// Where a value stands in the text.
  public func position(of pointer: JSONPointer) -> JSONSyntaxError.Position? {
    guard let node = node(at: pointer) else { return nil }
    return bytes.withUnsafeBufferPointer {
      JSONSyntaxError.Position(offset: nodes[node].range.lowerBound, in: $0)
    }
  }

  /// The bytes of the value at a place.
  package func text(at pointer: JSONPointer) -> ArraySlice<UInt8>? {
    node(at: pointer).map { bytes[nodes[$0].range] }
  }

  /// Every key that stands more than once in its object, in document order.
  package var repeatedKeys: [JSONPointer] {
    var result: [JSONPointer] = []
    var walk = JSONWalk(self)
    while let node = walk.next() {
      guard nodes[node].kind == .object else { continue }
      for key in repeatedKeys(of: node) { result.append(walk.pointer.appending(key)) }
    }
    return result
  }

  private func repeatedKeys(of object: Int) -> [JSONKey] {
    // Few members are compared with each other, which makes no key.
    let keys = members(of: object).prefix(9).map(\.key)
    if keys.count < 9 {
      let isUnique = keys.indices.allSatisfy { index in
        keys[..<index].allSatisfy { !isSameKey(keys[index], $0) }
      }
      if isUnique { return [] }
    }
    var seen: [JSONKey: Int] = [:]
    var result: [JSONKey] = []
    for (key, _) in members(of: object) {
      let name = self.key(at: key)
      seen[name, default: 0] += 1
      if seen[name] == 2 { result.append(name) }
    }
    return result
  }

  private func isSameKey(_ a: Int, _ b: Int) -> Bool {
    guard nodes[a].kind == .string, nodes[b].kind == .string else {
      return key(at: a) == key(at: b)
    }
    return nodes[a].length == nodes[b].length && bytes[nodes[a].range] == bytes[nodes[b].range]
  }
}

// MARK: - Reading the index

extension JSONDocument {
  /// The node at a place; `nil` where nothing stands.
  package func node(at pointer: JSONPointer) -> Int? {
    var node = 0
    for token in pointer.tokens {
      guard let child = child(of: node, at: token) else { return nil }
      node = child
    }
    return node
  }

  /// The nodes from the root to `pointer`, both included; `nil` where nothing stands.
  package func path(to pointer: JSONPointer) -> [Int]? {
    var path = [0]
    for token in pointer.tokens {
      guard let child = child(of: path[path.count - 1], at: token) else { return nil }
      path.append(child)
    }
    return path
  }

  package func child(of node: Int, at token: JSONKey) -> Int? {
    switch nodes[node].kind {
    case .object: member(of: node, named: token)?.value
    case .array:
      token.arrayIndex.flatMap { index in items(of: node).dropFirst(index).first { _ in true } }
    default: nil
    }
  }

  /// The last member of that name.
  package func member(of object: Int, named name: JSONKey) -> (key: Int, value: Int)? {
    nodes.withUnsafeBufferPointer { nodes in
      var found: (Int, Int)?
      var key = object + 1
      let end = object + nodes[object].count
      // Most keys differ in length already, and few have escapes.
      let length = UInt32(truncatingIfNeeded: name.wtf8.count + 2)
      while key < end {
        let node = nodes[key]
        if node.length == length || node.kind == .escapedString, isKey(node, name: name) {
          found = (key, key + 1)
        }
        key += 1 + nodes[key + 1].count
      }
      return found
    }
  }

  /// The key and value nodes of an object, in order.
  package func members(of object: Int) -> some Sequence<(key: Int, value: Int)> {
    let end = object + nodes[object].count
    return sequence(state: object + 1) { next -> (key: Int, value: Int)? in
      guard next < end else { return nil }
      defer { next += 1 + nodes[next + 1].count }
      return (next, next + 1)
    }
  }

  /// The item nodes of an array, in order.
  package func items(of array: Int) -> some Sequence<Int> {
    let end = array + nodes[array].count
    return sequence(state: array + 1) { next -> Int? in
      guard next < end else { return nil }
      defer { next += nodes[next].count }
      return next
    }
  }

  package func key(at node: Int) -> JSONKey { JSONKey(wtf8: Array(characters(at: node))) }

  /// The members of the root that have one of these names, at the cost of one pass over their keys: the
  /// rest of a large document is not made into values.
  package func members(named names: [JSONKey]) -> JSONObject {
    let found = places(ofMembers: Set(names))
    return JSONObject(names.compactMap { name in found[name].map { (name, value(at: $0)) } })
  }

  /// Which of some names the members of the root have, at the same cost.
  package func memberNames(among names: Set<JSONKey>) -> Set<JSONKey> {
    Set(places(ofMembers: names).keys)
  }

  /// The values of the root's members of these names; of repeated ones the last.
  private func places(ofMembers names: Set<JSONKey>) -> [JSONKey: Int] {
    guard isObject else { return [:] }
    // For each first byte, the lengths of names that begin so: a large document has a million keys.
    var lengths = [UInt64](repeating: 0, count: 256)
    for name in names {
      // The empty name begins with its second quotation mark.
      let first = name.wtf8.first ?? UInt8(ascii: "\"")
      lengths[Int(first)] |= 1 << UInt64((name.wtf8.count + 2) & 63)
    }
    var found: [JSONKey: Int] = [:]
    nodes.withUnsafeBufferPointer { nodes in
      var index = 1
      while index < nodes.count {
        let node = nodes[index]
        let first = Int(bytes[node.range.lowerBound + 1])
        if node.kind == .escapedString || lengths[first] >> UInt64(node.length & 63) & 1 == 1 {
          let name = key(at: index)
          if names.contains(name) { found[name] = index + 1 }
        }
        index += 1 + nodes[index + 1].count
      }
    }
    return found
  }

  private func isKey(_ node: JSONNode, name: JSONKey) -> Bool {
    characters(of: node).elementsEqual(name.wtf8)
  }

  /// The text of a string or key, in UTF-8.
  package func characters(at node: Int) -> ArraySlice<UInt8> { characters(of: nodes[node]) }

  private func characters(of node: JSONNode) -> ArraySlice<UInt8> {
    let text = bytes[node.range].dropFirst().dropLast()
    return node.kind == .escapedString ? JSONText.unescape(text)[...] : text
  }

  /// Builds the value of a node from its last part to its first, so that depth costs no stack.
  package func value(at node: Int) -> JSONValue {
    var built: [(value: JSONValue, count: Int)] = []
    for index in stride(from: node + nodes[node].count - 1, through: node, by: -1) {
      let value: JSONValue
      switch nodes[index].kind {
      case .null: value = .null
      case .true: value = .bool(true)
      case .false: value = .bool(false)
      case .number:
        value = .number(
          JSONNumber(validated: String(decoding: bytes[nodes[index].range], as: UTF8.self)))
      case .string, .escapedString:
        value = .string(String(decoding: characters(at: index), as: UTF8.self))
      case .array:
        var items: [JSONValue] = []
        var rest = nodes[index].count - 1
        while rest > 0, let (item, count) = built.popLast() {
          items.append(item)
          rest -= count
        }
        value = .array(items)
      case .object:
        var members: [(JSONKey, JSONValue)] = []
        var rest = nodes[index].count - 1
        var next = index + 1
        while rest > 0, let (_, keyCount) = built.popLast(), let (item, count) = built.popLast() {
          members.append((key(at: next), item))
          next += keyCount + count
          rest -= keyCount + count
        }
        value = .object(JSONObject(members))
      }
      built.append((value, nodes[index].count))
    }
    return built.last?.value ?? .null
  }
}

/// It may hold keys: however it is printed, only the name of its type comes out.
extension JSONDocument: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The name of the type.
  public var description: String { "JSONDocument" }
  /// The name of the type.
  public var debugDescription: String { description }
  /// A mirror without any children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension JSONValue {
  /// The value as a text of its own, however deep it is.
  public func bytes(layout: JSONDocument.Layout = .twoSpaces) -> [UInt8] {
    var text: [UInt8] = []
    layout.append(self, indentedBy: [], to: &text)
    return text
  }
}
