import LosslessJSON

extension Redactor {
  typealias Marks = [Int: [Range<Int>]]

  /// What is looked at: a byte, and the bytes of its text that say it.
  struct Unit {
    var byte: UInt8
    var start: Int
    var end: Int
  }

  func marks(in texts: [String]) -> Marks {
    var marks: Marks = [:]
    var matcher = Matcher(self)
    var deeper = [matcher, matcher]
    for (index, text) in texts.enumerated() {
      var text = text
      text.withUTF8 { bytes in
        matcher.begin(index, marks: &marks)
        for place in bytes.indices {
          matcher.take(Unit(byte: bytes[place], start: place, end: place + 1), marks: &marks)
        }
        // What is behind escapes, and behind escapes of escapes.
        guard bytes.contains(where: Escapes.begins) else { return }
        var units = bytes.indices.map { Unit(byte: bytes[$0], start: $0, end: $0 + 1) }
        for level in deeper.indices {
          guard let decoded = Escapes.decoded(units) else { break }
          deeper[level].begin(index, marks: &marks)
          for unit in decoded { deeper[level].take(unit, marks: &marks) }
          units = decoded
        }
      }
    }
    matcher.finish(&marks)
    for level in deeper.indices { deeper[level].finish(&marks) }
    return marks
  }

  /// Windows that follow each other.
  private struct Run {
    var places: [(text: Int, range: Range<Int>)] = []
    /// The bytes, as far as they tell a whole short form.
    var bytes: [UInt8] = []
    var length = 0

    mutating func extend(_ byte: UInt8, text: Int, start: Int, end: Int) {
      length += 1
      if bytes.count < Redactor.wholeLength { bytes.append(byte) }
      if let last = places.last, last.text == text {
        // What stands between two parts of a secret goes too.
        places[places.count - 1].range = last.range.lowerBound..<end
      } else {
        places.append((text, start..<end))
      }
    }
  }

  /// Looks for every window in a stream of bytes. The letters and digits run on from text to text.
  private struct Matcher {
    let redactor: Redactor
    private let short: [Forms]
    private let mixed: [Forms]
    private var text = 0
    private var whole = Stream()
    private var bare = Stream()
    /// A short secret that ends at the last unit, if nothing of a word follows.
    private var pending: [(text: Int, range: Range<Int>)] = []
    private var lastWasWord = false
    private var isPublic: [UInt64: Bool] = [:]

    /// Forms of one length. In a list: each byte of a text asks for them.
    private typealias Forms = (length: Int, forms: Set<UInt64>)

    /// The last bytes, where they stand, and the run that they may be the end of.
    private struct Stream {
      var window: UInt64 = 0
      var count = 0
      var places = [(text: Int, unit: Unit)](
        repeating: (0, Unit(byte: 0, start: 0, end: 0)), count: 8)
      var run = Run()

      mutating func push(_ byte: UInt8, text: Int, unit: Unit) {
        window = window << 8 | UInt64(byte)
        places[count & 7] = (text, unit)
        count += 1
      }

      /// The last bytes, fewer than eight.
      func last(_ length: Int) -> UInt64 { window & (1 << UInt64(8 * length) - 1) }

      func place(_ back: Int) -> (text: Int, unit: Unit) { places[(count - back) & 7] }

      /// Goes on with a run, or begins one.
      mutating func follow() {
        for back in (1...(run.length == 0 ? 8 : 1)).reversed() {
          let (text, unit) = place(back)
          run.extend(unit.byte.lowercased, text: text, start: unit.start, end: unit.end)
        }
      }

      mutating func end() -> Run? {
        guard run.length > 0 else { return nil }
        let ended = run
        run = Run()
        return ended
      }
    }

    init(_ redactor: Redactor) {
      self.redactor = redactor
      short = redactor.short.map { ($0, $1) }
      mixed = redactor.mixed.map { ($0, $1) }
    }

    mutating func begin(_ index: Int, marks: inout Marks) {
      settle(&marks)
      end(whole.end(), marks: &marks)
      text = index
      whole.count = 0
      lastWasWord = false
    }

    mutating func finish(_ marks: inout Marks) {
      settle(&marks)
      end(whole.end(), marks: &marks)
      end(bare.end(), marks: &marks)
    }

    private mutating func settle(_ marks: inout Marks) {
      for (text, range) in pending { marks[text, default: []].append(range) }
      pending = []
    }

    private func end(_ run: Run?, marks: inout Marks) {
      guard let run, redactor.suffices(run.length, bytes: run.bytes) else { return }
      for (text, range) in run.places { marks[text, default: []].append(range) }
    }

    mutating func take(_ unit: Unit, marks: inout Marks) {
      let byte = unit.byte.lowercased
      let isWord = byte.isLetterOrDigit
      if !pending.isEmpty {
        if !isWord || !lastWasWord { settle(&marks) }
        pending = []
      }
      whole.push(byte, text: text, unit: unit)
      if whole.count >= 8, redactor.whole.contains(whole.window), !isKnown(whole.window) {
        whole.follow()
      } else if whole.run.length > 0 {
        end(whole.end(), marks: &marks)
      }
      for index in mixed.indices
      where whole.count >= mixed[index].length
        && mixed[index].forms.contains(whole.last(mixed[index].length))
      {
        marks[text, default: []].append(
          whole.place(mixed[index].length).unit.start..<unit.end)
      }
      lastWasWord = isWord
      // A key that is masked here is no part of what stands around it; a server's mark is nothing.
      if !redactor.isStrict, whole.window & 0xFF_FFFF == 0xE2_80A6 {
        end(bare.end(), marks: &marks)
        bare.count = 0
      }
      guard isWord else { return }
      bare.push(byte, text: text, unit: unit)
      if bare.count >= 8, redactor.bare.contains(bare.window), !isKnown(bare.window) {
        bare.follow()
      } else if bare.run.length > 0 {
        end(bare.end(), marks: &marks)
      }
      for index in short.indices
      where bare.count >= short[index].length
        && short[index].forms.contains(bare.last(short[index].length))
      {
        // Whole words only: four letters stand in many.
        let length = short[index].length
        let first = bare.place(length)
        guard first.text == text, isBroken(length), !isKnown(bare.last(length)) else { continue }
        pending.append((text, first.unit.start..<unit.end))
      }
    }

    /// Whether a window stands in the catalogue's own words.
    private mutating func isKnown(_ window: UInt64) -> Bool {
      if let known = isPublic[window] { return known }
      let known = redactor.isPublic(window)
      isPublic[window] = known
      return known
    }

    /// Whether something else stands before the first of the last letters and digits.
    private func isBroken(_ length: Int) -> Bool {
      guard bare.count > length else { return true }
      let (before, first) = (bare.place(length + 1), bare.place(length))
      return before.text != first.text || before.unit.end != first.unit.start
    }
  }
}

/// The windows of eight bytes of some forms. A sieve tells of nearly every window of a text that it is
/// none of them; only what is left is looked for in the forms.
struct Windows: Sendable {
  static let length = 8
  private var forms: [[UInt8]] = []
  private var sieve: [UInt64] = []
  /// The sieve has two to the power of so many bits: some 32 for each window, and no more, because every
  /// page of it costs a start.
  private var power: UInt64 = 0
  private var windowCount: UInt64 = 0
  private var allowed: Set<UInt64> = []

  var isEmpty: Bool { forms.isEmpty }

  mutating func add(_ form: [UInt8]) {
    guard form.count >= Self.length else { return }
    forms.append(form)
    windowCount += UInt64(form.count)
    if power < 12 || power < 22 && windowCount << 5 > 1 << power {
      power = max(12, min(22, power + 2))
      while power < 22, windowCount << 5 > 1 << power { power += 2 }
      sieve = [UInt64](repeating: 0, count: 1 << Int(power - 6))
      for form in forms { fill(form) }
    } else {
      fill(form)
    }
  }

  private mutating func fill(_ form: [UInt8]) {
    Self.each(form) { window in
      let (one, other) = places(window)
      sieve[one >> 6] |= 1 << UInt64(one & 63)
      sieve[other >> 6] |= 1 << UInt64(other & 63)
    }
  }

  /// Takes the windows of a word out.
  mutating func allow(_ word: [UInt8]) {
    guard !isEmpty else { return }
    Self.each(word) { allowed.insert($0) }
  }

  @inline(__always)
  func contains(_ window: UInt64) -> Bool {
    guard !sieve.isEmpty else { return false }
    let (one, other) = places(window)
    return sieve[one >> 6] & 1 << UInt64(one & 63) != 0
      && sieve[other >> 6] & 1 << UInt64(other & 63) != 0 && isInForms(window)
  }

  private func isInForms(_ window: UInt64) -> Bool {
    guard !allowed.contains(window) else { return false }
    for form in forms {
      var isFound = false
      Self.each(form) { isFound = isFound || $0 == window }
      if isFound { return true }
    }
    return false
  }

  @inline(__always)
  private func places(_ window: UInt64) -> (Int, Int) {
    let product = window &* 0x9E37_79B9_7F4A_7C15
    return (
      Int(truncatingIfNeeded: product >> (64 - power)),
      Int(truncatingIfNeeded: (product >> 20) & (1 << power - 1))
    )
  }

  /// Each window of three different characters or more: eight zeros tell nothing.
  @inline(__always)
  private static func each(_ form: [UInt8], _ body: (UInt64) -> Void) {
    var window: UInt64 = 0
    for index in form.indices {
      window = window << 8 | UInt64(form[index])
      if index >= length - 1, isVaried(window) { body(window) }
    }
  }

  private static func isVaried(_ window: UInt64) -> Bool {
    let first = window & 0xFF
    var second = first
    for shift in stride(from: 8, to: 64, by: 8) {
      let byte = window >> UInt64(shift) & 0xFF
      if byte == first || byte == second { continue }
      if second != first { return true }
      second = byte
    }
    return false
  }
}

/// Characters that are written by other characters: `%41`, `\u0041`, `\x41`, `&#65;`, `&#x41;`.
enum Escapes {
  /// Whether an escape can begin with it.
  @inline(__always)
  static func begins(_ byte: UInt8) -> Bool {
    byte == percent || byte == backslash || byte == ampersand
  }

  /// `nil` where there is none.
  static func decoded(_ units: [Redactor.Unit]) -> [Redactor.Unit]? {
    var result: [Redactor.Unit] = []
    result.reserveCapacity(units.count)
    var place = 0
    var differs = false
    while place < units.count {
      if begins(units[place].byte), let (byte, count) = escape(units[place...]) {
        result.append(
          .init(byte: byte, start: units[place].start, end: units[place + count - 1].end))
        place += count
        differs = true
      } else {
        result.append(units[place])
        place += 1
      }
    }
    return differs ? result : nil
  }

  private static let percent = UInt8(ascii: "%")
  private static let backslash = UInt8(ascii: "\\")
  private static let ampersand = UInt8(ascii: "&")

  /// The character that an escape at the start stands for, and how long it is.
  private static func escape(_ units: ArraySlice<Redactor.Unit>) -> (byte: UInt8, count: Int)? {
    func digits(_ range: Range<Int>, radix: Int = 16) -> UInt8? {
      guard units.count >= range.upperBound else { return nil }
      var value = 0
      for unit in units.dropFirst(range.lowerBound).prefix(range.count) {
        // No sign, and nothing else that a number may have elsewhere.
        guard let digit = unit.byte.hexadecimalDigit, digit < radix else { return nil }
        value = min(value * radix + Int(digit), 0x80)
      }
      return value < 0x80 ? UInt8(value) : 0
    }
    guard let first = units.first?.byte, units.count > 1 else { return nil }
    let second = units[units.startIndex + 1].byte
    switch (first, second) {
    case (percent, UInt8(ascii: "u")): return digits(2..<6).map { ($0, 6) }
    case (percent, _): return digits(1..<3).map { ($0, 3) }
    case (backslash, UInt8(ascii: "u")): return digits(2..<6).map { ($0, 6) }
    case (backslash, UInt8(ascii: "x")): return digits(2..<4).map { ($0, 4) }
    case (backslash, UInt8(ascii: "/")), (backslash, UInt8(ascii: "\"")), (backslash, backslash):
      return (second, 2)
    case (backslash, _): return second.isLetterOrDigit ? (0x20, 2) : nil
    case (ampersand, UInt8(ascii: "#")):
      guard units.count > 2 else { return nil }
      let isHexadecimal = units[units.startIndex + 2].byte | 0x20 == UInt8(ascii: "x")
      let (from, radix) = isHexadecimal ? (3, 16) : (2, 10)
      let count = units.dropFirst(from).prefix(7).prefix { unit in
        unit.byte.hexadecimalDigit.map { $0 < radix } ?? false
      }.count
      guard count > 0, let byte = digits(from..<(from + count), radix: radix) else { return nil }
      let end = units.startIndex + from + count
      let isClosed = end < units.endIndex && units[end].byte == UInt8(ascii: ";")
      return (byte, from + count + (isClosed ? 1 : 0))
    default: return nil
    }
  }
}

/// RFC 4648, section 4, for comparing.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// `nil` for what is not base64 of a text.
  static func decoded(_ text: String) -> String? {
    var result: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      guard let digit = alphabet.firstIndex(of: byte) else { return nil }
      (bits, count) = ((bits << 6 | digit) & 0xFFF, count + 6)
      if count >= 8 {
        count -= 8
        result.append(UInt8(bits >> count & 0xFF))
      }
    }
    return String(validating: result, as: UTF8.self)
  }

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var (bits, count) = (0, 0)
    for byte in bytes {
      (bits, count) = (bits << 8 | Int(byte), count + 8)
      while count >= 6 {
        count -= 6
        result.append(alphabet[bits >> count & 63])
      }
      bits &= (1 << count) - 1
    }
    if count > 0 { result.append(alphabet[bits << (6 - count) & 63]) }
    return result
  }
}

/// Words that stand in every answer, and in keys by chance: ids, names, hosts, public prefixes.
enum PublicWords {
  /// In lower case, one after the other. Made when something is first found: most texts hold nothing
  /// of a key.
  private static let text: [UInt8] = {
    let catalog = ProviderCatalog.bundled
    var text: [UInt8] = []
    func add(_ words: [String]) {
      for word in words {
        text.append(0)
        for byte in word.utf8 { text.append(byte.lowercased) }
      }
    }
    add(catalog.publicPrefixes)
    for index in catalog.providers.indices { add(catalog.providers[index].publicWords) }
    add(["globalState.json", "secrets.json", "providers.json", "models.json", "settings.json"])
    add(["clinecfg", "set-provider", "apiKey", "Authorization: Bearer", ""])
    return text
  }()
  /// The same without what is neither letter nor digit.
  private static let letters = text.filter { $0 == 0 || $0.isLetterOrDigit }

  /// Whether a window, or a whole word of fewer characters, stands in them.
  static func hold(_ window: UInt64) -> Bool {
    hold(window, text: text) || hold(window, text: letters)
  }

  private static func hold(_ window: UInt64, text: [UInt8]) -> Bool {
    let count = (64 - window.leadingZeroBitCount + 7) / 8
    guard count < Windows.length else {
      var current: UInt64 = 0
      for byte in text {
        current = current << 8 | UInt64(byte)
        if current == window { return true }
      }
      return false
    }
    // Zeros stand around each word.
    let mask: UInt64 = count >= 6 ? .max : 1 << UInt64(8 * (count + 2)) - 1
    var current: UInt64 = 0
    for byte in text {
      current = current << 8 | UInt64(byte)
      if current & mask == window << 8 & mask { return true }
    }
    return false
  }
}

extension Provider {
  fileprivate var publicWords: [String] {
    [id, name] + [slotID].compactMap(\.self) + roots.map(\.url) + hosts + variables + exampleModels
  }
}
