extension JSONDocument {
  /// Replaces or adds a value. Does nothing at all when an equivalent value is already there.
  ///
  /// Missing objects on the way are created. What is added copies the spacing, indentation and
  /// line endings of its neighbours. Of repeated keys the last, the one that counts, is edited.
  ///
  /// - Returns: Whether the document differs now.
  @discardableResult
  public mutating func set(
    _ value: JSONValue, at pointer: JSONPointer
  ) throws(JSONDocument.EditError) -> Bool {
    guard let rewriting = try rewriting(value, at: pointer) else { return false }
    try apply(rewriting)
    return true
  }

  func rewriting(
    _ value: JSONValue, at pointer: JSONPointer
  ) throws(JSONDocument.EditError) -> Rewriting? {
    guard let path = path(to: pointer), let node = path.last else {
      return try inserting(value, at: pointer)
    }
    guard !self.value(at: node).isEquivalent(to: value) else { return nil }
    let inner = indentation(ofLineAt: nodes[node].range.lowerBound)
    var layout = self.layout
    if isOnOneLine(path.dropLast().last) { layout.newline = nil }
    var text: [UInt8] = []
    layout.append(value, indentedBy: inner, to: &text)
    return .splice(
      Splice(
        range: nodes[node].range, text: text, nodes: node..<node + nodes[node].count, scanning: 0,
        path: path.dropLast()))
  }

  /// Replaces or adds a value with the very text that `other` has at `source` (at `pointer`
  /// itself, when not given): spelling and inner layout included.
  ///
  /// - Returns: Whether the document differs now.
  @discardableResult
  package mutating func set(
    textOf other: JSONDocument, at source: JSONPointer, to pointer: JSONPointer? = nil
  ) throws(JSONDocument.EditError) -> Bool {
    let pointer = pointer ?? source
    guard let text = other.text(at: source) else { return false }
    let isNew = !contains(pointer)
    // A place holder takes the neighbours' layout, then the text itself.
    if isNew { try apply(inserting(.null, at: pointer)) }
    guard let path = path(to: pointer), let node = path.last,
      !bytes[nodes[node].range].elementsEqual(text)
    else { return isNew }
    try apply(
      .splice(
        Splice(
          range: nodes[node].range, text: Array(text), nodes: node..<node + nodes[node].count,
          scanning: 0, path: path.dropLast())))
    return true
  }

  /// Removes a value, and every repetition of its key. `nil` when nothing was there.
  @discardableResult
  public mutating func removeValue(at pointer: JSONPointer) throws(JSONDocument.EditError)
    -> JSONValue?
  {
    let removed = self[pointer]
    try remove(at: pointer)
    return removed
  }

  /// Removes a value, and every repetition of its key.
  ///
  /// - Returns: Whether the document differs now.
  @discardableResult
  package mutating func remove(at pointer: JSONPointer) throws(JSONDocument.EditError) -> Bool {
    guard contains(pointer) else { return false }
    guard !pointer.tokens.isEmpty else { throw .notAContainer(.root) }
    while let path = path(to: pointer), let node = path.last {
      let container = path[path.count - 2]
      let isArray = nodes[container].kind == .array
      try apply(
        removing(isArray ? node : node - 1, value: node, from: container, within: path.dropLast()))
      if isArray { break }
    }
    return true
  }

  // MARK: Adding

  func inserting(
    _ value: JSONValue, at pointer: JSONPointer
  ) throws(JSONDocument.EditError) -> Rewriting {
    // The deepest container that exists takes the rest, wrapped in objects.
    var path = [0]
    var depth = 0
    while depth < pointer.tokens.count,
      let child = child(of: path[path.count - 1], at: pointer.tokens[depth])
    {
      path.append(child)
      depth += 1
    }
    let container = path[path.count - 1]
    let here = JSONPointer(tokens: Array(pointer.tokens[..<depth]))
    guard nodes[container].isContainer, depth < pointer.tokens.count else {
      throw .notAContainer(here)
    }
    let token = pointer.tokens[depth]
    var added = value
    for key in pointer.tokens[(depth + 1)...].reversed() {
      added = .object(JSONObject([(key, added)]))
    }
    if nodes[container].kind == .object {
      return appending(added, key: token, to: container, within: path)
    } else {
      let count = items(of: container).reduce(0) { count, _ in count + 1 }
      guard token == "-" || token.arrayIndex == count else {
        throw .indexOutOfRange(here.appending(token), count: count)
      }
      return appending(added, key: nil, to: container, within: path)
    }
  }

  func appending(
    _ value: JSONValue, key: JSONKey?, to container: Int, within path: [Int]
  ) -> Rewriting {
    var layout = self.layout
    let range = nodes[container].range
    let close = range.upperBound - 1
    let new = container + nodes[container].count
    var text: [UInt8] = []
    var keyLength = 0

    func appendEntry(indentedBy indentation: [UInt8], colon: [UInt8]) {
      if let key {
        let start = text.count
        JSONText.append(key, to: &text)
        keyLength = text.count - start
        text += colon
      }
      layout.append(value, indentedBy: indentation, to: &text)
    }

    guard let last = lastEntry(of: container) else {
      let interior = bytes[(range.lowerBound + 1)..<close]
      let outer = indentation(ofLineAt: range.lowerBound)
      // Comments in an empty container stay before the new entry.
      let kept = interior.prefix(
        interior.lastIndex { !$0.isSpace }.map { $0 + 1 - interior.startIndex } ?? 0)
      if let newline = layout.newline { text += newline + outer + layout.indent }
      let start = text.count
      appendEntry(indentedBy: outer + layout.indent, colon: layout.colon)
      if let newline = layout.newline { text += newline + outer }
      return .splice(
        Splice(
          range: (range.lowerBound + 1 + kept.count)..<close, text: text, nodes: new..<new,
          scanning: start, keyLength: keyLength, path: path[...]))
    }

    // After the last entry: its lead, its colon, its indentation.
    let lead = lead(before: last.start, in: container)
    var indentation: [UInt8] = []
    var gap = lead ?? layout.separatorSpace
    if let lead, let line = lead.lastIndex(of: 0x0A) {
      indentation = Array(lead[(line + 1)...])
      gap = lead
    } else {
      layout.newline = nil
    }
    var colon = layout.colon
    if key != nil {
      let own = bytes[nodes[last.start].range.upperBound..<nodes[last.value].range.lowerBound]
      if own.allSatisfy({ $0.isSpace || $0 == UInt8(ascii: ":") }) { colon = Array(own) }
    }
    let end = nodes[last.value].range.upperBound
    let tail = bytes[end..<close]
    let hasTrailingComma = dialect == .jsonc && firstSignificant(in: tail) == UInt8(ascii: ",")
    let comment = commentEnd(after: end, before: close)
    if hasTrailingComma || comment > end {
      var edited: [UInt8] = Array(bytes[..<end])
      if !hasTrailingComma { edited.append(UInt8(ascii: ",")) }
      edited += bytes[end..<comment]
      text = gap
      appendEntry(indentedBy: indentation, colon: colon)
      edited += text
      if hasTrailingComma { edited.append(UInt8(ascii: ",")) }
      edited += bytes[comment...]
      return .whole(edited)
    }
    text = [UInt8(ascii: ",")] + gap
    let start = text.count
    appendEntry(indentedBy: indentation, colon: colon)
    return .splice(
      Splice(
        range: end..<end, text: text, nodes: new..<new, scanning: start, keyLength: keyLength,
        path: path[...]))
  }

  /// The last key and value, or the last item twice.
  func lastEntry(of container: Int) -> (start: Int, value: Int)? {
    if nodes[container].kind == .object {
      var last: (Int, Int)?
      for member in members(of: container) { last = (member.key, member.value) }
      return last
    }
    var last: Int?
    for item in items(of: container) { last = item }
    return last.map { ($0, $0) }
  }

  /// The white space that a following entry copies from the one at `node`: from its line's
  /// break where it has one, else what follows its comma; `nil` for the only entry on a line.
  func lead(before node: Int, in container: Int) -> [UInt8]? {
    let start = nodes[node].range.lowerBound
    let before = bytes[nodes[container].range.lowerBound..<start]
    let gap = before.suffix(while: { $0.isSpace })
    if let line = gap.lastIndex(of: 0x0A) {
      let hasReturn = line > gap.startIndex && bytes[line - 1] == 0x0D
      return Array(bytes[(hasReturn ? line - 1 : line)..<start])
    }
    if let line = before.lastIndex(of: 0x0A),
      bytes[line..<start].firstIndex(of: UInt8(ascii: ",")) == nil
    {
      // A comment stands between the line's indentation and the entry.
      let hasReturn = bytes[line - 1] == 0x0D
      return Array(bytes[(hasReturn ? line - 1 : line)...].prefix { $0.isSpace })
    }
    return gap.startIndex > 0 && bytes[gap.startIndex - 1] == UInt8(ascii: ",") ? Array(gap) : nil
  }

  func isOnOneLine(_ container: Int?) -> Bool {
    guard let container, nodes[container].count > 1 else { return false }
    let range = nodes[container].range
    return !bytes[range.lowerBound..<nodes[container + 1].range.lowerBound].contains(0x0A)
  }

  // MARK: Removing

  func removing(
    _ start: Int, value: Int, from container: Int, within path: ArraySlice<Int>
  ) -> Rewriting {
    let entry = nodes[start].range.lowerBound..<nodes[value].range.upperBound
    let removedNodes = start..<value + nodes[value].count
    let end = container + nodes[container].count
    let close = nodes[container].range.upperBound - 1
    let isFirst = start == container + 1
    let isLast = removedNodes.upperBound == end
    let before =
      isFirst
      ? nodes[container].range.lowerBound + 1 : endOfValue(before: start, in: container)
    let after = isLast ? close : nodes[removedNodes.upperBound].range.lowerBound

    let range: Range<Int>
    if isFirst && isLast {
      range = before..<close
    } else if isLast {
      range = before..<entry.upperBound
    } else {
      range = entry.lowerBound..<after
    }
    guard dialect == .jsonc,
      bytes[before..<entry.lowerBound].contains(UInt8(ascii: "/"))
        || bytes[entry.upperBound..<after].contains(UInt8(ascii: "/"))
    else {
      return .splice(
        Splice(range: range, text: [], nodes: removedNodes, scanning: nil, path: path))
    }

    // Comments around the entry stay; its own comma goes, or the one before a last entry.
    var edited = Array(bytes[..<entry.lowerBound])
    var rest = bytes[entry.upperBound...]
    if let comma = comma(in: entry.upperBound..<after) {
      edited += bytes[entry.upperBound..<comma]
      rest = bytes[(comma + 1)...].drop { $0.isSpace }
    } else if !isFirst, let comma = comma(in: before..<entry.lowerBound) {
      edited.remove(at: comma)
      while edited.last?.isSpace == true { edited.removeLast() }
    }
    return .whole(edited + rest)
  }

  func endOfValue(before start: Int, in container: Int) -> Int {
    var end = nodes[container].range.lowerBound + 1
    if nodes[container].kind == .object {
      for member in members(of: container) where member.key < start {
        end = nodes[member.value].range.upperBound
      }
    } else {
      for item in items(of: container) where item < start { end = nodes[item].range.upperBound }
    }
    return end
  }

  // MARK: Comments

  /// The first byte of `gap` that is neither white space nor part of a comment.
  func firstSignificant(in gap: ArraySlice<UInt8>) -> UInt8? {
    significant(in: gap.indices) { _ in true }.map { bytes[$0] }
  }

  func comma(in gap: Range<Int>) -> Int? {
    significant(in: gap) { $0 == UInt8(ascii: ",") }
  }

  func significant(in gap: Range<Int>, where matches: (UInt8) -> Bool) -> Int? {
    var index = gap.lowerBound
    while index < gap.upperBound {
      if bytes[index] == UInt8(ascii: "/") {
        index = endOfComment(at: index, before: gap.upperBound)
      } else if !bytes[index].isSpace, matches(bytes[index]) {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  func endOfComment(at start: Int, before limit: Int) -> Int {
    if start + 1 < limit, bytes[start + 1] == UInt8(ascii: "/") {
      return bytes[start..<limit].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? limit
    }
    var index = start + 2
    while index + 1 < limit {
      if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
        return index + 2
      }
      index += 1
    }
    return limit
  }

  /// The end of a trailing comma and of the comments on the same line.
  func commentEnd(after start: Int, before limit: Int) -> Int {
    guard dialect == .jsonc else { return start }
    var end = start
    var index = start
    while index < limit, bytes[index] != 0x0A, bytes[index] != 0x0D {
      if bytes[index] == UInt8(ascii: "/") {
        index = endOfComment(at: index, before: limit)
        end = index
      } else {
        index += 1
        if bytes[index - 1] == UInt8(ascii: ",") { end = index }
      }
    }
    return end
  }
}

extension UInt8 {
  /// JSON's white space.
  var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

extension BidirectionalCollection {
  func suffix(while matches: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, matches(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
