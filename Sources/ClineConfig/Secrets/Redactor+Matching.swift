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
    var matchers = [Matcher(self), Matcher(self), Matcher(self)]
    for (index, text) in texts.enumerated() {
      var text = text
      text.withUTF8 { bytes in
        matchers[0].begin(index)
        for place in bytes.indices {
          matchers[0].take(Unit(byte: bytes[place], start: place, end: place + 1), &marks)
        }
        matchers[0].end(&marks)
        // What is behind escapes, and behind escapes of escapes.
        guard bytes.contains(where: Escapes.begins) else { return }
        var units = bytes.indices.map { Unit(byte: bytes[$0], start: $0, end: $0 + 1) }
        for level in 1...2 {
          matchers[level].begin(index)
          guard let decoded = Escapes.decoded(units) else { break }
          for unit in decoded { matchers[level].take(unit, &marks) }
          matchers[level].end(&marks)
          units = decoded
        }
      }
    }
    return marks
  }

  /// Looks for every window in a stream of bytes. The letters and digits run on from text to text.
  private struct Matcher {
    let redactor: Redactor
    private var text = 0
    private var wholeWindow: UInt64 = 0
    private var wholeCount = 0
    private var wholeStarts = [Int](repeating: 0, count: 8)
    private var bareWindow: UInt64 = 0
    private var bareCount = 0
    private var barePlaces = [(text: Int, unit: Unit)](
      repeating: (0, Unit(byte: 0, start: 0, end: 0)), count: 8)
    /// A short secret that ends at the last unit, if nothing of a word follows.
    private var pending: [(text: Int, range: Range<Int>)] = []
    private var lastWasWord = false

    init(_ redactor: Redactor) { self.redactor = redactor }

    mutating func begin(_ index: Int) {
      text = index
      wholeCount = 0
      lastWasWord = false
    }

    mutating func end(_ marks: inout Marks) {
      for (text, range) in pending { marks[text, default: []].append(range) }
      pending = []
      lastWasWord = false
    }

    mutating func take(_ unit: Unit, _ marks: inout Marks) {
      let byte = Redactor.lower(unit.byte)
      let isWord = byte.isLetterOrDigit
      if !isWord || !lastWasWord {
        for (text, range) in pending { marks[text, default: []].append(range) }
      }
      pending = []
      wholeWindow = wholeWindow << 8 | UInt64(byte)
      wholeStarts[wholeCount & 7] = unit.start
      wholeCount += 1
      if wholeCount >= 8, redactor.whole.contains(wholeWindow), !redactor.isPublic(wholeWindow) {
        marks[text, default: []].append(wholeStarts[wholeCount & 7]..<unit.end)
      }
      lastWasWord = isWord
      // A masked key is no part of what stands around it.
      if wholeWindow & 0xFF_FFFF == 0xE2_80A6 { bareCount = 0 }
      guard isWord else { return }
      bareWindow = bareWindow << 8 | UInt64(byte)
      barePlaces[bareCount & 7] = (text, unit)
      bareCount += 1
      if bareCount >= 8, redactor.bare.contains(bareWindow), !redactor.isPublic(bareWindow) {
        mark(8, &marks)
      }
      for (length, forms) in redactor.short
      where bareCount >= length && forms.contains(bareWindow & (1 << UInt64(8 * length) - 1)) {
        let form = bareWindow & (1 << UInt64(8 * length) - 1)
        // Whole words only: four letters stand in many.
        let first = barePlaces[(bareCount - length) & 7]
        guard first.text == text, isBroken(length), !redactor.isPublic(form) else { continue }
        pending.append((text, first.unit.start..<unit.end))
      }
    }

    /// Whether something else stands before the first of the last letters and digits.
    private func isBroken(_ length: Int) -> Bool {
      guard bareCount > length else { return true }
      let before = barePlaces[(bareCount - length - 1) & 7]
      let first = barePlaces[(bareCount - length) & 7]
      return before.text != first.text || before.unit.end != first.unit.start
    }

    private mutating func mark(_ count: Int, _ marks: inout Marks) {
      var index = bareCount - count
      while index < bareCount {
        let (text, unit) = barePlaces[index & 7]
        // What stands between two parts of a secret in one text goes too.
        let next = index + 1 < bareCount ? barePlaces[(index + 1) & 7] : nil
        let end = next.map { $0.text == text ? $0.unit.start : unit.end } ?? unit.end
        marks[text, default: []].append(unit.start..<Swift.max(end, unit.end))
        index += 1
      }
    }
  }
}

/// The windows of eight bytes of some forms. A sieve tells of nearly every window of a text that it is
/// none of them; only what is left is looked for in the forms.
struct Windows: Sendable {
  static let length = 8
  private static let bits: UInt64 = 1 << 19
  private var forms: [[UInt8]] = []
  private var sieve: [UInt64] = []
  private var allowed: Set<UInt64> = []

  var isEmpty: Bool { forms.isEmpty }

  mutating func add(_ form: [UInt8]) {
    guard form.count >= Self.length else { return }
    if sieve.isEmpty { sieve = [UInt64](repeating: 0, count: Int(Self.bits / 64)) }
    forms.append(form)
    Self.each(form) { window in
      let (one, other) = Self.places(window)
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
    let (one, other) = Self.places(window)
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
  private static func places(_ window: UInt64) -> (Int, Int) {
    let product = window &* 0x9E37_79B9_7F4A_7C15
    return (
      Int(truncatingIfNeeded: product >> 45), Int(truncatingIfNeeded: (product >> 20) & (bits - 1))
    )
  }

  /// Each window of three different characters or more: eight zeros tell nothing.
  @inline(__always)
  private static func each(_ form: [UInt8], _ body: (UInt64) -> Void) {
    var window: UInt64 = 0
    for index in form.indices {
      window = window << 8 | UInt64(form[index])
      if index >= length - 1, isTelling(window) { body(window) }
    }
  }

  private static func isTelling(_ window: UInt64) -> Bool {
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
      guard range.lowerBound >= 0, units.count >= range.upperBound else { return nil }
      let text = units[
        (units.startIndex + range.lowerBound)..<(units.startIndex + range.upperBound)]
      return Int(String(decoding: text.map(\.byte), as: UTF8.self), radix: radix)
        .map { $0 < 0x80 ? UInt8($0) : 0 }
    }
    guard let first = units.first?.byte, units.count > 1 else { return nil }
    let second = units[units.startIndex + 1].byte
    switch (first, second) {
    case (percent, _): return digits(1..<3).map { ($0, 3) }
    case (backslash, UInt8(ascii: "u")): return digits(2..<6).map { ($0, 6) }
    case (backslash, UInt8(ascii: "x")): return digits(2..<4).map { ($0, 4) }
    case (backslash, UInt8(ascii: "/")), (backslash, UInt8(ascii: "\"")), (backslash, backslash):
      return (second, 2)
    case (backslash, _): return second.isLetterOrDigit ? (0x20, 2) : nil
    case (ampersand, UInt8(ascii: "#")):
      guard
        let end = units.prefix(9).firstIndex(where: { $0.byte == UInt8(ascii: ";") })
      else { return nil }
      let count = end - units.startIndex
      let isHexadecimal = units[units.startIndex + 2].byte | 0x20 == UInt8(ascii: "x")
      let from = isHexadecimal ? 3 : 2
      guard from < count else { return nil }
      return digits(from..<count, radix: isHexadecimal ? 16 : 10).map { ($0, count + 1) }
    default: return nil
    }
  }
}

/// RFC 4648, section 4, for comparing.
enum Base64 {
  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
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
        for byte in word.utf8 { text.append(Redactor.lower(byte)) }
      }
    }
    add(catalog.publicPrefixes)
    for index in catalog.providers.indices { add(catalog.providers[index].publicWords) }
    add(["globalState.json", "secrets.json", "providers.json", "models.json", "settings.json"])
    add(["clinecfg set-provider", "apiKey", "Authorization: Bearer", ""])
    return text
  }()
  /// The same without what is neither letter nor digit.
  private static let letters = text.filter { $0 == 0 || $0.isLetterOrDigit }

  /// Whether a window, or a whole word of fewer characters, stands in them.
  static func hold(_ window: UInt64) -> Bool { hold(window, text) || hold(window, letters) }

  private static func hold(_ window: UInt64, _ text: [UInt8]) -> Bool {
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
