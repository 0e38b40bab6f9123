extension Provider {
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
      /// They are probably this provider's.
      case strong
      /// Others' keys look the same: it says nothing.
      case weak
    }

    /// The pattern, as provider files write it.
    public let pattern: String
    /// What a fit says.
    public let strength: Strength
    /// Ids of other entries that the same proof fits: other regions and plans of one company.
    package let sharedWith: [String]
    /// The fixed characters that it begins with.
    package let prefix: String

    init(_ pattern: String, _ strength: Strength, sharedWith: [String] = []) {
      self.pattern = pattern
      self.strength = strength
      self.sharedWith = sharedWith
      prefix = String(
        pattern[..<(pattern.utf8.firstIndex(of: UInt8(ascii: "<")) ?? pattern.endIndex)])
    }

    /// A form that proves whose a key is.
    public static func proof(_ pattern: String, sharedWith: [String] = []) -> KeyShape {
      KeyShape(pattern, .proof, sharedWith: sharedWith)
    }
    /// A form that makes it likely whose a key is.
    public static func strong(_ pattern: String, sharedWith: [String] = []) -> KeyShape {
      KeyShape(pattern, .strong, sharedWith: sharedWith)
    }
    /// A form that others have too.
    public static func weak(_ pattern: String) -> KeyShape { KeyShape(pattern, .weak) }

    /// Whether all of a key fits.
    func fits(_ key: String) -> Bool {
      // An address is no key, and most texts that are asked about are addresses.
      key.utf8.starts(with: prefix.utf8) && !Self.isAddress(key.utf8)
        && Self.fits(Array(key.utf8), pattern: Array(pattern.utf8)[...])
    }

    /// How many bytes the shortest key has.
    var shortest: Int {
      (Self.parts(of: pattern) ?? []).reduce(0) { length, part in
        switch part {
        case .fixed(let bytes): length + bytes.count
        case .run(_, arguments: let lengths): length + (lengths.map(\.lowerBound).min() ?? 0)
        }
      }
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
      case run(Alphabet, arguments: [ClosedRange<Int>])
    }

    /// The characters of a run.
    enum Alphabet: String, Hashable, Sendable, CaseIterable {
      case digit, hex, lower, alnum, base32, base64, word, token, uuidchars

      private var hyphen: UInt8 { UInt8(ascii: "-") }
      private var underscore: UInt8 { UInt8(ascii: "_") }
      private var plus: UInt8 { UInt8(ascii: "+") }
      private var slash: UInt8 { UInt8(ascii: "/") }
      private var equals: UInt8 { UInt8(ascii: "=") }

      func contains(_ byte: UInt8) -> Bool {
        switch self {
        case .digit: byte.isDigit
        case .hex: byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        case .lower: byte.isDigit || byte.isLetter && byte >= UInt8(ascii: "a")
        case .alnum: byte.isLetterOrDigit
        case .base32: byte.isLetter && byte < 0x60 || (0x32...0x37).contains(byte)
        case .base64: byte.isLetterOrDigit || byte == plus || byte == slash || byte == equals
        case .word: byte.isLetterOrDigit || byte == hyphen || byte == underscore
        case .token:
          Self.word.contains(byte) || Self.base64.contains(byte) || byte == UInt8(ascii: ".")
        case .uuidchars: Self.hex.contains(byte) || byte == hyphen
        }
      }
    }

    /// `nil` for a pattern that is not well formed.
    static func parts(of pattern: String) -> [Part]? {
      var parts: [Part] = []
      var rest = Array(pattern.utf8)[...]
      while !rest.isEmpty {
        guard let part = nextPart(&rest) else { return nil }
        parts.append(part)
      }
      return parts.isEmpty ? nil : parts
    }

    /// Takes the next part off a pattern.
    private static func nextPart(_ rest: inout ArraySlice<UInt8>) -> Part? {
      guard rest.first == UInt8(ascii: "<") else {
        let fixed = rest.prefix { $0 != UInt8(ascii: "<") }
        rest = rest[fixed.endIndex...]
        return .fixed(Array(fixed))
      }
      guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      let inside = rest[(rest.startIndex + 1)..<close]
      rest = rest[(close + 1)...]
      if inside.elementsEqual("uuid".utf8) {
        rest = Array("-<hex:4>-<hex:4>-<hex:4>-<hex:12>".utf8) + rest
        return .run(.hex, arguments: [8...8])
      }
      guard let colon = inside.firstIndex(of: UInt8(ascii: ":")),
        let alphabet = Alphabet.allCases.first(where: {
          inside[..<colon].elementsEqual($0.rawValue.utf8)
        })
      else { return nil }
      var lengths: [ClosedRange<Int>] = []
      for text in inside[(colon + 1)...].split(
        separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      {
        guard let length = Self.lengths(text) else { return nil }
        lengths.append(length)
      }
      return .run(alphabet, arguments: lengths)
    }

    /// `20`, `50-54` or `20+`.
    private static func lengths(_ text: ArraySlice<UInt8>) -> ClosedRange<Int>? {
      func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
      }
      if text.last == UInt8(ascii: "+") {
        return number(text.dropLast()).map { $0...max($0, 1024) }
      }
      guard let hyphen = text.firstIndex(of: UInt8(ascii: "-")) else {
        return number(text).map { $0...$0 }
      }
      guard let first = number(text[..<hyphen]), let last = number(text[(hyphen + 1)...]),
        first <= last
      else { return nil }
      return first...last
    }

    /// The longest text that is compared: no key is longer.
    private static let limit = 4096

    /// Reads no more of the pattern than the text fits. Every place that a part can end at is followed at
    /// once, so that no pattern takes longer than the text is long, for each of its parts.
    private static func fits(_ text: [UInt8], pattern: ArraySlice<UInt8>) -> Bool {
      guard text.count <= limit else { return false }
      var places = [0]
      var rest = pattern
      while !rest.isEmpty {
        guard let part = nextPart(&rest) else { return false }
        var next: [Int] = []
        switch part {
        case .fixed(let fixed):
          next = places.filter { text[$0...].starts(with: fixed) }.map { $0 + fixed.count }
        case .run(let alphabet, arguments: let lengths):
          var reached = [Bool](repeating: false, count: places.count > 1 ? text.count + 1 : 0)
          for place in places {
            let longest = text[place...].prefix { alphabet.contains($0) }.count
            for range in lengths where range.lowerBound <= longest {
              for length in range.lowerBound...min(range.upperBound, longest) {
                // What follows the last run is the end.
                guard !rest.isEmpty || place + length == text.count else { continue }
                if reached.isEmpty {
                  next.append(place + length)
                } else if !reached[place + length] {
                  reached[place + length] = true
                  next.append(place + length)
                }
              }
            }
          }
        }
        guard !next.isEmpty else { return false }
        places = next
      }
      return places.contains(text.count)
    }
  }
}

/// Text with `*` for any run of characters: how Model IDs and hosts are described.
struct Glob: Hashable, Sendable {
  let pattern: String

  /// Case of ASCII letters is what can be ignored: Model IDs and hosts have no others.
  func fits(_ text: some StringProtocol, ignoringCase: Bool = false) -> Bool {
    let mask: UInt8 = ignoringCase ? 0x20 : 0
    func isSame(_ a: UInt8?, _ b: UInt8?) -> Bool {
      a == b || a.map { $0.isLetter && $0 | mask == b.map { $0 | mask } } == true
    }
    let star = UInt8(ascii: "*")
    // Most differ in the first character.
    if let first = pattern.utf8.first, first != star, !isSame(first, text.utf8.first) {
      return false
    }
    let (text, pattern) = (Array(text.utf8), Array(pattern.utf8))
    var (at, place) = (0, 0)
    // Where to go on when what follows the last `*` does not fit.
    var retry: (at: Int, place: Int)?
    while at < text.count {
      if place < pattern.count, pattern[place] == star {
        place += 1
        retry = (at, place)
      } else if place < pattern.count, isSame(pattern[place], text[at]) {
        (at, place) = (at + 1, place + 1)
      } else if let last = retry {
        retry = (last.at + 1, last.place)
        (at, place) = (last.at + 1, last.place)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == star }
  }
}
