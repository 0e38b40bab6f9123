extension JSONDocument {
  /// What an edit does to the text.
  enum Rewriting {
    case splice(Splice)
    /// Comments are in the way: another text as a whole.
    case whole([UInt8])
  }

  /// Bytes that take the place of others, and what the index needs to know of them.
  package struct Splice: Hashable, Sendable {
    /// What goes.
    package let range: Range<Int>
    /// What comes.
    package let text: [UInt8]
    /// The nodes that go with the range.
    let nodes: Range<Int>
    /// Where in the text the new value, or its key, begins; `nil` where none comes.
    let scanning: Int?
    /// The bytes of the key before it.
    var keyLength = 0
    /// The containers around it.
    let path: ArraySlice<Int>
    /// Where in the text the new value stands; `nil` where none comes.
    package internal(set) var value: Range<Int>?
  }

  /// What setting a value, or removing it, does to the text, where that is one replacement: so that a
  /// large text need not be copied to be written. `nil` where it is more, or nothing at all.
  package func splice(_ value: JSONValue?, at pointer: JSONPointer) throws(JSONDocument.EditError)
    -> Splice?
  {
    let rewriting: Rewriting?
    if let value {
      rewriting = try self.rewriting(value, at: pointer)
    } else if let path = path(to: pointer), let node = path.last, path.count > 1 {
      let container = path[path.count - 2]
      let isArray = nodes[container].kind == .array
      let name = pointer.tokens.last ?? ""
      guard isArray || members(of: container).count(where: { key(at: $0.key) == name }) == 1 else {
        return nil
      }
      rewriting = removing(
        isArray ? node : node - 1, value: node, from: container, within: path.dropLast())
    } else {
      return nil
    }
    guard case .splice(var splice) = rewriting else { return nil }
    let added = try added(by: splice)
    splice.value = added.dropFirst(splice.keyLength > 0 ? 1 : 0).first.map { node in
      let start = Int(node.start) - splice.range.lowerBound
      return start..<start + Int(node.length)
    }
    return splice
  }

  mutating func apply(_ rewriting: Rewriting) throws(JSONDocument.EditError) {
    switch rewriting {
    case .splice(let splice): try apply(splice)
    case .whole(let bytes):
      guard let document = try? JSONDocument(parsing: bytes, dialect: dialect, limits: limits)
      else { throw .overLimit }
      self = document
    }
  }

  /// The nodes of what a splice brings. Fails where the document would exceed its limits.
  func added(by splice: Splice) throws(JSONDocument.EditError) -> [JSONNode] {
    let (text, offset) = (splice.text, splice.range.lowerBound)
    guard bytes.count + text.count - splice.range.count <= limits.size else { throw .overLimit }
    guard let start = splice.scanning else { return [] }
    var added: [JSONNode] = []
    var scannedAt = start
    if splice.keyLength > 0 {
      let escaped = text[start..<start + splice.keyLength].contains(UInt8(ascii: "\\"))
      added.append(
        JSONNode(
          kind: escaped ? .escapedString : .string, start: offset + start,
          length: splice.keyLength))
      scannedAt += splice.keyLength
      while text[scannedAt] != UInt8(ascii: ":") { scannedAt += 1 }
      scannedAt += 1
    }
    // A comment cannot stand here: the text was written by us, or is one value of a document.
    let scanned = text[scannedAt...].withUnsafeBufferPointer { buffer in
      try? JSONScanner.index(
        of: buffer, dialect: dialect,
        limits: JSONDocument.Limits(depth: limits.depth - splice.path.count, size: limits.size))
    }
    guard let scanned else { throw .overLimit }
    return added
      + scanned.map { node in
        var node = node
        node.start += UInt32(truncatingIfNeeded: offset + scannedAt)
        return node
      }
  }

  /// Replaces bytes and the nodes they hold. The new nodes come from scanning the new value.
  mutating func apply(_ splice: Splice) throws(JSONDocument.EditError) {
    let added = try added(by: splice)
    let (range, text, replaced, path) = (splice.range, splice.text, splice.nodes, splice.path)
    let growth = text.count - range.count
    let offset = UInt32(truncatingIfNeeded: growth)
    for container in path {
      nodes[container].length &+= offset
      nodes[container].count += added.count - replaced.count
    }
    if growth != 0 {
      nodes.withUnsafeMutableBufferPointer { nodes in
        for index in replaced.upperBound..<nodes.count { nodes[index].start &+= offset }
      }
    }
    nodes.replaceSubrange(replaced, with: added)
    if growth <= 0 || bytes.capacity >= bytes.count + growth {
      bytes.replaceSubrange(range, with: text)
    } else {
      // Exactly as large as needed: growing in place would reserve twice the file.
      var edited: [UInt8] = []
      edited.reserveCapacity(bytes.count + growth)
      edited += bytes[..<range.lowerBound]
      edited += text
      edited += bytes[range.upperBound...]
      bytes = edited
    }
  }
}
