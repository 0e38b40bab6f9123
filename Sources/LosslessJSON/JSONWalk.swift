/// Goes through the values of a document in their order, and makes none of them: for questions to
/// the whole of a large file.
package struct JSONWalk {
  private let document: JSONDocument
  /// The containers around the last value. `step` is the node of its key, or its index.
  private var open: [(end: Int, isObject: Bool, step: Int)] = []
  private var position = 0
  private var last = 0

  package init(_ document: JSONDocument) { self.document = document }

  /// The node of the next value.
  package mutating func next() -> Int? {
    while let last = open.last, last.end <= position { open.removeLast() }
    guard position < document.nodes.count else { return nil }
    if let last = open.indices.last {
      open[last].step = open[last].isObject ? position : open[last].step + 1
      if open[last].isObject { position += 1 }
    }
    let node = position
    last = node
    position += 1
    if document.nodes[node].isContainer {
      open.append(
        (node + document.nodes[node].count, document.nodes[node].kind == .object, -1))
    }
    return node
  }

  /// Goes to the next string and tells how it is spelled, without its quotes.
  package mutating func nextString() -> ArraySlice<UInt8>? {
    while let node = next() {
      guard document.nodes[node].kind == .string || document.nodes[node].kind == .escapedString
      else { continue }
      return document.bytes[document.nodes[node].range].dropFirst().dropLast()
    }
    return nil
  }

  /// What the last value, a string, says.
  package var text: String { String(decoding: document.characters(at: last), as: UTF8.self) }

  /// Where the last value stands.
  package var pointer: JSONPointer {
    JSONPointer(
      tokens: open.filter { $0.step >= 0 }.map { level in
        level.isObject ? document.key(at: level.step) : JSONKey(String(level.step))
      })
  }

  /// The key, in UTF-8, of the last value, which is neither object nor array.
  package var key: ArraySlice<UInt8>? {
    guard let level = open.last, level.isObject else { return nil }
    return document.characters(at: level.step)
  }

  /// The key, in UTF-8, of the object or array that the last value, which is neither, stands in.
  package var containerKey: ArraySlice<UInt8>? {
    guard let level = open.dropLast().last, level.isObject else { return nil }
    return document.characters(at: level.step)
  }
}
