// Text as files, paths, URLs and shells have it: bytes. The standard library's methods of these names
// go by characters: there a slash, a quote or an equals sign with an accent behind it is another
// character, as is a line feed behind a carriage return, so that a path was not taken apart and a
// word not quoted. These stand in their place in the whole package (a module's declarations come
// before the standard library's of the same form), and where all processes or all backups are asked
// they are a hundred times faster.

extension String {
  package func hasPrefix(_ prefix: String) -> Bool { self[...].hasPrefix(prefix) }
  package func hasSuffix(_ suffix: String) -> Bool { self[...].hasSuffix(suffix) }
  package func contains(_ other: String) -> Bool { self[...].contains(other) }
  package func contains(_ mark: Character) -> Bool { self[...].contains(mark) }
  package func firstIndex(of mark: Character) -> Index? { self[...].firstIndex(of: mark) }
  package func lastIndex(of mark: Character) -> Index? { self[...].lastIndex(of: mark) }
  package func dropFirst(_ count: Int = 1) -> Substring { self[...].dropFirst(count) }
  package func dropLast(_ count: Int = 1) -> Substring { self[...].dropLast(count) }
  package func split(
    separator mark: Character, maxSplits: Int = .max, omittingEmptySubsequences omits: Bool = true
  ) -> [Substring] {
    self[...].split(separator: mark, maxSplits: maxSplits, omittingEmptySubsequences: omits)
  }
  package func replacing(_ part: String, with new: String) -> String {
    self[...].replacing(part, with: new)
  }

  /// Whether every byte is the same, where Swift's `==` takes an accent and the letter with it for one.
  func isSame(as other: String) -> Bool {
    var (text, other) = (self, other)
    return text.withUTF8 { bytes in
      other.withUTF8 { bytes.count == $0.count && bytes.elementsEqual($0) }
    }
  }
}

extension [String] {
  /// Says the same as the standard library's, which asks the runtime for types first: longer than most
  /// of ours take to join.
  package func joined(separator: String = "") -> String {
    var text = ""
    for (index, part) in enumerated() {
      if index > 0 { text += separator }
      text += part
    }
    return text
  }
}

extension Substring {
  package func hasPrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

  package func hasSuffix(_ suffix: String) -> Bool {
    utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// Whether the bytes of another text stand somewhere in this one's.
  package func contains(_ other: String) -> Bool {
    var (text, other) = (self, other)
    return text.withUTF8 { bytes in other.withUTF8 { bytes.holds($0) } }
  }

  package func contains(_ mark: Character) -> Bool {
    mark.asciiValue.map { utf8.contains($0) } ?? contains(String(mark))
  }

  package func firstIndex(of mark: Character) -> Index? {
    mark.asciiValue.flatMap { utf8.firstIndex(of: $0) }
  }

  package func lastIndex(of mark: Character) -> Index? {
    mark.asciiValue.flatMap { utf8.lastIndex(of: $0) }
  }

  package func dropFirst(_ count: Int = 1) -> Substring {
    self[(unicodeScalars.index(startIndex, offsetBy: count, limitedBy: endIndex) ?? endIndex)...]
  }

  package func dropLast(_ count: Int = 1) -> Substring {
    self[..<(unicodeScalars.index(endIndex, offsetBy: -count, limitedBy: startIndex) ?? startIndex)]
  }

  /// The parts between the marks, which are ASCII.
  package func split(
    separator mark: Character, maxSplits: Int = .max, omittingEmptySubsequences omits: Bool = true
  ) -> [Substring] {
    guard let mark = mark.asciiValue else { return [self] }
    return utf8.split(separator: mark, maxSplits: maxSplits, omittingEmptySubsequences: omits)
      .map { Substring($0) }
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

extension StringProtocol {
  package func hasPrefix(_ prefix: some StringProtocol) -> Bool { utf8.starts(with: prefix.utf8) }

  package func hasSuffix(_ suffix: some StringProtocol) -> Bool {
    utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }
}

extension [UInt8] {
  /// Whether other bytes stand somewhere in these.
  func holds(_ other: [UInt8]) -> Bool {
    withUnsafeBufferPointer { bytes in other.withUnsafeBufferPointer { bytes.holds($0) } }
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func holds(_ other: Self) -> Bool {
    guard let first = other.first, count >= other.count else { return other.isEmpty }
    return (0...count - other.count).contains { start in
      self[start] == first && self[start..<start + other.count].elementsEqual(other)
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
