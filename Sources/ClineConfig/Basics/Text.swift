// Text as files, paths, URLs and shells have it: bytes. The standard library's methods of these names
// go by characters: there a slash, a quote or an equals sign with an accent behind it is another
// character, as is a line feed behind a carriage return, so that a path was not taken apart and a
// word not quoted. These stand in their place in the whole package (a module's declarations come
// before the standard library's of the same form), and where all processes or all backups are asked
// they are a hundred times faster.

extension String {
  package func hasPrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  package func hasSuffix(_ suffix: String) -> Bool {
    utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}

// Foundation has a generic one, and would be as near.
extension String {
  /// Whether the bytes of another text stand somewhere in this one's.
  package func contains(_ other: String) -> Bool { self[...].contains(other) }
}

extension Substring {
  package func contains(_ other: String) -> Bool {
    utf8.count >= other.utf8.count && Array(utf8).holds(Array(other.utf8))
  }
}

extension StringProtocol {
  package func hasPrefix(_ prefix: some StringProtocol) -> Bool { utf8.starts(with: prefix.utf8) }

  package func hasSuffix(_ suffix: some StringProtocol) -> Bool {
    utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  package func contains(_ mark: Character) -> Bool {
    mark.asciiValue.map { utf8.contains($0) } ?? String(self).contains(String(mark))
  }

  package func firstIndex(of mark: Character) -> Index? {
    mark.asciiValue.flatMap { utf8.firstIndex(of: $0) }
  }

  package func lastIndex(of mark: Character) -> Index? {
    mark.unicodeScalars.first.flatMap { unicodeScalars.lastIndex(of: $0) }
  }

  package func dropFirst(_ count: Int = 1) -> SubSequence {
    self[(unicodeScalars.index(startIndex, offsetBy: count, limitedBy: endIndex) ?? endIndex)...]
  }

  package func dropLast(_ count: Int = 1) -> SubSequence {
    self[..<(unicodeScalars.index(endIndex, offsetBy: -count, limitedBy: startIndex) ?? startIndex)]
  }

  /// The parts between the marks, which are ASCII.
  package func split(
    separator mark: Character, maxSplits: Int = .max, omittingEmptySubsequences omits: Bool = true
  ) -> [SubSequence] {
    guard let mark = mark.asciiValue else { return [self[...]] }
    var parts: [SubSequence] = []
    var start = startIndex
    func end(_ end: Index) {
      if !omits || start < end { parts.append(self[start..<end]) }
    }
    for index in utf8.indices where utf8[index] == mark && parts.count < maxSplits {
      end(index)
      start = utf8.index(after: index)
    }
    end(endIndex)
    return parts
  }

  /// With another text wherever the bytes of `part` stand.
  package func replacing(_ part: String, with new: String) -> String {
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

extension Substring {
  /// What stands behind the last slash that has something behind it.
  var lastComponent: Substring {
    let slash = UInt8(ascii: "/")
    var path = self
    while path.utf8.last == slash { path = Substring(path.utf8.dropLast()) }
    return path.utf8.lastIndex(of: slash).map { path[path.utf8.index(after: $0)...] } ?? path
  }
}
