/// The bytes of a file, in pieces: a large one of which a place changes is written without a copy of all
/// of it being made.
package struct FileBytes: Hashable, Sendable, ExpressibleByArrayLiteral {
  let pieces: [ArraySlice<UInt8>]

  /// Bytes in one piece.
  package init(_ bytes: [UInt8]) { pieces = [bytes[...]] }

  /// Bytes as a literal.
  package init(arrayLiteral elements: UInt8...) { self.init(elements) }

  init(pieces: [ArraySlice<UInt8>]) { self.pieces = pieces.filter { !$0.isEmpty } }

  /// How many they are.
  package var count: Int { pieces.reduce(0) { $0 + $1.count } }

  /// All of them in one piece. A copy is made of several.
  package var joined: [UInt8] {
    // The array itself, where all of it is meant.
    if pieces.count == 1, let piece = pieces.first { return Array(piece) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for piece in pieces { bytes += piece }
    return bytes
  }
}

extension FileBytes: Unprinted {}
