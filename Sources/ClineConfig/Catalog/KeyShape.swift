/// How a provider's keys look, as data: fixed characters and runs.
///
/// A pattern is written as people read it: `sk-or-v1-<hex:64>` is that prefix and 64 hexadecimal
/// digits, `<word:20|58>` 20 or 58 characters, `<alnum:50-54>` 50 to 54, `<word:20+>` 20 or more,
/// `<uuid>` a UUID.
public struct KeyShape: Hashable, Sendable {
  /// What a fit says.
  public enum Strength: String, Hashable, Sendable {
    /// Only this provider's keys look like that.
    case proof
    /// Probably this provider's.
    case strong
    /// Others' keys look the same: it says nothing.
    case weak
  }

  /// The pattern.
  public let pattern: String
  /// What a fit says.
  public let strength: Strength
  /// Ids of other entries that the same proof fits: other regions and plans of one company.
  public let sharedWith: [String]
  /// The fixed characters that it begins with.
  public let prefix: String

  init(_ pattern: String, _ strength: Strength, sharedWith: [String] = []) {
    self.pattern = pattern
    self.strength = strength
    self.sharedWith = sharedWith
    prefix = String(
      pattern[..<(pattern.utf8.firstIndex(of: UInt8(ascii: "<")) ?? pattern.endIndex)])
  }

  static func proof(_ pattern: String, sharedWith: [String] = []) -> KeyShape {
    KeyShape(pattern, .proof, sharedWith: sharedWith)
  }
  static func strong(_ pattern: String, sharedWith: [String] = []) -> KeyShape {
    KeyShape(pattern, .strong, sharedWith: sharedWith)
  }
  static func weak(_ pattern: String) -> KeyShape { KeyShape(pattern, .weak) }

  /// Whether all of a key fits.
  func fits(_ key: String) -> Bool {
    // An address is no key, and most texts that are asked about are addresses.
    guard key.utf8.starts(with: prefix.utf8), !Self.isAddress(key.utf8),
      let parts = Self.parts(of: pattern)
    else {
      return false
    }
    return Self.fits(Array(key.utf8)[...], parts[...])
  }

  private static func isAddress(_ text: String.UTF8View) -> Bool {
    text.firstIndex(of: UInt8(ascii: ":")).map { text[$0...].starts(with: "://".utf8) } ?? false
  }

  /// Whether the prefix proves by itself, whatever follows: four or more characters, and not the
  /// `sk-` that everybody uses.
  var hasProvingPrefix: Bool { strength == .proof && prefix.utf8.count >= 4 }

  // MARK: Patterns

  enum Part: Hashable, Sendable {
    case fixed([UInt8])
    case run(Alphabet, [ClosedRange<Int>])
  }

  /// The characters of a run.
  enum Alphabet: String, Hashable, Sendable {
    case digit, hex, lower, alnum, base32, base64, word, token, uuidchars

    func contains(_ byte: UInt8) -> Bool {
      switch self {
      case .digit: byte.isDigit
      case .hex: byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      case .lower: byte.isDigit || byte.isLetter && byte >= UInt8(ascii: "a")
      case .alnum: byte.isLetterOrDigit
      case .base32: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8.contains(byte)
      case .base64: byte.isLetterOrDigit || "+/=".utf8.contains(byte)
      case .word: byte.isLetterOrDigit || "_-".utf8.contains(byte)
      case .token: byte.isLetterOrDigit || "_-.+/=".utf8.contains(byte)
      case .uuidchars: Self.hex.contains(byte) || byte == UInt8(ascii: "-")
      }
    }
  }

  /// `nil` for a pattern that is not well formed.
  static func parts(of pattern: String) -> [Part]? {
    var parts: [Part] = []
    var rest = pattern[...]
    while let open = rest.firstIndex(of: "<") {
      if open > rest.startIndex { parts.append(.fixed(Array(rest[..<open].utf8))) }
      guard let close = rest[open...].firstIndex(of: ">") else { return nil }
      let inside = rest[rest.index(after: open)..<close]
      rest = rest[rest.index(after: close)...]
      if inside == "uuid" {
        for (index, length) in [8, 4, 4, 4, 12].enumerated() {
          if index > 0 { parts.append(.fixed([UInt8(ascii: "-")])) }
          parts.append(.run(.hex, [length...length]))
        }
        continue
      }
      let words = inside.split(separator: ":")
      guard words.count == 2, let alphabet = Alphabet(rawValue: String(words[0])) else {
        return nil
      }
      let lengths = words[1].split(separator: "|").compactMap(Self.lengths)
      guard !lengths.isEmpty, lengths.count == words[1].split(separator: "|").count else {
        return nil
      }
      parts.append(.run(alphabet, lengths))
    }
    if !rest.isEmpty { parts.append(.fixed(Array(rest.utf8))) }
    return parts.isEmpty ? nil : parts
  }

  private static func lengths(_ text: Substring) -> ClosedRange<Int>? {
    if text.hasSuffix("+") { return Int(text.dropLast()).map { $0...1024 } }
    let ends = text.split(separator: "-").compactMap { Int($0) }
    guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last else {
      return nil
    }
    return first...last
  }

  private static func fits(_ text: ArraySlice<UInt8>, _ parts: ArraySlice<Part>) -> Bool {
    guard let part = parts.first else { return text.isEmpty }
    switch part {
    case .fixed(let fixed):
      return text.starts(with: fixed) && fits(text.dropFirst(fixed.count), parts.dropFirst())
    case .run(let alphabet, let lengths):
      let longest = text.prefix { alphabet.contains($0) }.count
      return lengths.contains { range in
        guard range.lowerBound <= longest else { return false }
        // The longest first: what follows a run is mostly the end.
        return (range.lowerBound...min(range.upperBound, longest)).reversed().contains {
          fits(text.dropFirst($0), parts.dropFirst())
        }
      }
    }
  }
}

/// Text with `*` for any run of characters: how Model IDs and hosts are described.
struct Glob: Hashable, Sendable {
  let pattern: String

  /// `crossing`: characters that a `*` does not run over.
  func fits(_ text: some StringProtocol, notCrossing: UInt8? = nil) -> Bool {
    Self.fits(Array(text.utf8)[...], Array(pattern.utf8)[...], notCrossing)
  }

  private static func fits(
    _ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>, _ bound: UInt8?
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    guard first == UInt8(ascii: "*") else {
      return text.first == first && fits(text.dropFirst(), pattern.dropFirst(), bound)
    }
    var rest = text
    while true {
      if fits(rest, pattern.dropFirst(), bound) { return true }
      guard let byte = rest.popFirst(), byte != bound else { return false }
    }
  }
}
