/// How a provider's keys look, as data: prefix, runs of characters, markers between them.
public struct KeyShape: Hashable, Sendable {
  /// The characters of a run.
  public enum Alphabet: Hashable, Sendable {
    /// `0-9a-f`
    case hexadecimal
    /// `A-Za-z0-9`
    case alphanumeric
    /// `A-Za-z0-9_-`
    case urlSafe

    func contains(_ byte: UInt8) -> Bool {
      switch self {
      case .hexadecimal: byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      case .alphanumeric: byte.isLetterOrDigit
      case .urlSafe:
        byte.isLetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
    }
  }

  /// One part behind the prefix.
  public enum Part: Hashable, Sendable {
    /// A run of characters, of one of these lengths.
    case run(Alphabet, [ClosedRange<Int>])
    /// Fixed characters.
    case marker(String)
  }

  /// What a fit says.
  public enum Strength: Hashable, Sendable {
    /// Only this provider's keys look like that.
    case proof
    /// Probably this provider's.
    case strong
    /// Others' keys look the same.
    case weak
  }

  /// What a key of this shape begins with; one of them.
  public let prefixes: [String]
  /// What follows.
  public let parts: [Part]
  /// What a fit says.
  public let strength: Strength
  /// Ids of other entries that the same proof fits.
  public let sharedWith: [String]

  init(
    _ prefixes: String..., parts: [Part], strength: Strength = .proof, sharedWith: [String] = []
  ) {
    self.prefixes = prefixes
    self.parts = parts
    self.strength = strength
    self.sharedWith = sharedWith
  }

  /// Whether all of a key fits.
  func fits(_ key: String) -> Bool {
    prefixes.contains {
      key.hasPrefix($0) && Self.fits(key.utf8.dropFirst($0.utf8.count), parts[...])
    }
  }

  /// The longest prefix that proves this provider by itself, whatever follows: four or more
  /// characters that nobody else uses.
  func provingPrefix(of key: String) -> String? {
    guard strength == .proof else { return nil }
    return prefixes.filter { $0.count >= 4 && key.hasPrefix($0) }.max { $0.count < $1.count }
  }

  private static func fits(_ text: Substring.UTF8View, _ parts: ArraySlice<Part>) -> Bool {
    guard let part = parts.first else { return text.isEmpty }
    switch part {
    case .marker(let marker):
      return text.starts(with: marker.utf8)
        && fits(text.dropFirst(marker.utf8.count), parts.dropFirst())
    case .run(let alphabet, let lengths):
      let longest = text.prefix { alphabet.contains($0) }.count
      return lengths.contains { range in
        guard range.lowerBound <= longest else { return false }
        return (range.lowerBound...min(range.upperBound, longest)).contains {
          fits(text.dropFirst($0), parts.dropFirst())
        }
      }
    }
  }
}
