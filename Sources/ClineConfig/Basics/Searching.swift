// The standard library's `contains(_:)` for a text in a text goes by characters, or byte by byte
// through generic code: some hundred times slower, which shows where all processes or all backups
// are asked.

extension [UInt8] {
  /// Whether other bytes stand somewhere in these.
  func holds(_ other: [UInt8]) -> Bool {
    guard let first = other.first, count >= other.count else { return other.isEmpty }
    return withUnsafeBufferPointer { bytes in
      (0...bytes.count - other.count).contains { start in
        bytes[start] == first && bytes[start..<start + other.count].elementsEqual(other)
      }
    }
  }
}

extension StringProtocol {
  /// Whether the bytes of another text stand somewhere in this one's.
  package func holds(_ other: some StringProtocol) -> Bool {
    utf8.count >= other.utf8.count && Array(utf8).holds(Array(other.utf8))
  }

  /// With another text wherever the bytes of `part` stand.
  package func replacingBytes(of part: String, with new: String) -> String {
    let (bytes, part) = (Array(utf8), Array(part.utf8))
    guard !part.isEmpty else { return String(self) }
    var result: [UInt8] = []
    var rest = bytes[...]
    while let first = rest.first {
      if first == part[0], rest.starts(with: part) {
        result += new.utf8
        rest = rest.dropFirst(part.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension Substring {
  /// What stands behind the last slash that has something behind it.
  var lastComponent: Substring {
    let slash = UInt8(ascii: "/")
    var path = self
    while path.utf8.last == slash { path = Substring(path.utf8.dropLast()) }
    return path.utf8.lastIndex(of: slash).map { path[path.utf8.index(after: $0)...] } ?? path
  }
}
