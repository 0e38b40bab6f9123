extension JSONDocument {
  /// Whether anything stands at a place.
  package func contains(_ pointer: JSONPointer) -> Bool { path(to: pointer) != nil }

  /// Whether both hold the same data at a place, or both nothing: order of members and superseded
  /// repeated keys do not count, the spelling of a number does. No values are made.
  package func isEquivalent(to other: JSONDocument, at pointer: JSONPointer = .root) -> Bool {
    switch (node(at: pointer), other.node(at: pointer)) {
    case (nil, nil): true
    case (let own?, let others?): isSame(own, others, of: other, depth: 0)
    default: false
    }
  }

  /// Whether the value at a place is the same data as all of another document.
  package func isEquivalent(at pointer: JSONPointer, to other: JSONDocument) -> Bool {
    node(at: pointer).map { isSame($0, 0, of: other, depth: 0) } ?? false
  }

  /// The places that lead from this document to another: objects member by member, everything else
  /// as a whole. Takes time linear in the bytes.
  package func differences(to other: JSONDocument) -> [JSONPointer] {
    var found: [JSONPointer] = []
    func compare(_ node: Int, _ next: Int, _ place: JSONPointer) {
      let depth = place.tokens.count
      guard !hasSameText(node, next, of: other, depth: depth) else { return }
      guard nodes[node].kind == .object, other.nodes[next].kind == .object else {
        if !isSame(node, next, of: other, depth: depth + 1) { found.append(place) }
        return
      }
      let (old, new) = (lastMembers(of: node), other.lastMembers(of: next))
      for key in new.keys {
        guard let value = new.values[key] else { continue }
        if let former = old.values[key] {
          compare(former, value, place.appending(key))
        } else {
          found.append(place.appending(key))
        }
      }
      for key in old.keys where new.values[key] == nil { found.append(place.appending(key)) }
    }
    compare(0, 0, .root)
    return found
  }

  /// Whether two values are spelled alike, which settles most questions at once. Of containers only
  /// those near the root are asked: at every depth it would take time by depth and bytes.
  private func hasSameText(
    _ node: Int, _ next: Int, of other: JSONDocument, depth: Int
  ) -> Bool {
    (depth < 8 || !nodes[node].isContainer) && nodes[node].length == other.nodes[next].length
      && bytes[nodes[node].range] == other.bytes[other.nodes[next].range]
  }

  private func isSame(_ node: Int, _ next: Int, of other: JSONDocument, depth: Int) -> Bool {
    if hasSameText(node, next, of: other, depth: depth) { return true }
    switch (nodes[node].kind, other.nodes[next].kind) {
    case (.object, .object):
      let (own, others) = (lastMembers(of: node).values, other.lastMembers(of: next).values)
      return own.count == others.count
        && own.allSatisfy { key, value in
          others[key].map { isSame(value, $0, of: other, depth: depth + 1) } ?? false
        }
    case (.array, .array):
      var items = items(of: node).makeIterator()
      for next in other.items(of: next) {
        guard let item = items.next(), isSame(item, next, of: other, depth: depth + 1) else {
          return false
        }
      }
      return items.next() == nil
    case (.string, .escapedString), (.escapedString, .string), (.escapedString, .escapedString):
      return characters(at: node) == other.characters(at: next)
    default: return false
    }
  }

  /// The keys of an object in the order of their first member, and the value nodes that count.
  private func lastMembers(of object: Int) -> (keys: [JSONKey], values: [JSONKey: Int]) {
    var keys: [JSONKey] = []
    var values: [JSONKey: Int] = [:]
    for (key, value) in members(of: object) {
      let name = self.key(at: key)
      if values.updateValue(value, forKey: name) == nil { keys.append(name) }
    }
    return (keys, values)
  }
}
