/// Takes known secrets out of what others say, in every form in which a server can give them back:
/// in another case, reversed, as hexadecimal digits or base64, behind percent signs or escapes,
/// split by whatever stands between the parts, and cut to a part of eight characters or more.
///
/// Forms are compared by windows of eight characters, so the time is linear in the text, whatever
/// the number of secrets.
public struct Redactor: Sendable {
  /// What stands in the place of a secret.
  public static let mark = "…"

  /// Letters and digits of a form, in lower case: what stands between them does not matter.
  private var bare = Windows()
  /// Characters of a form, in lower case.
  private var whole = Windows()
  /// Secrets of fewer than eight letters and digits, whole, by their length.
  private var short: [Int: Set<UInt64>] = [:]
  private let catalog: ProviderCatalog?

  /// Whether there is nothing to look for.
  private var isIdle: Bool { bare.isEmpty && whole.isEmpty && short.isEmpty }

  /// Creates a redactor of these secrets.
  ///
  /// - Parameters:
  ///   - secrets: What must not come out. Words that everybody uses for "no key" are none.
  ///   - catalog: Its own words are no secrets, even where a key holds them; and it tells the keys of
  ///     providers that are not among `secrets`.
  public init(_ secrets: some Sequence<Secret>, catalog: ProviderCatalog? = nil) {
    self.catalog = catalog
    for secret in secrets { for part in Self.parts(of: secret) { add(Array(part.utf8)) } }
  }

  /// The same with further secrets.
  public func adding(_ secrets: some Sequence<Secret>) -> Redactor {
    var redactor = self
    for secret in secrets { for part in Self.parts(of: secret) { redactor.add(Array(part.utf8)) } }
    return redactor
  }

  // MARK: Forms

  /// The parts of a stored text that are secrets by themselves.
  private static func parts(of secret: Secret) -> [String] {
    var text = JavaScript.trim(secret.reveal())
    if text.utf8.first == UInt8(ascii: "{"),
      let value = (try? JSONDocument(parsing: Array(text.utf8)))?.root
    {
      return tokens(in: value)
    }
    for scheme in ["bearer ", "basic ", "token "] where text.lowercased().hasPrefix(scheme) {
      text = JavaScript.trim(String(text.dropFirst(scheme.count)))
    }
    if let url = BaseURL(text) {
      return [url.userInfo, url.query, url.fragment].compactMap(\.self)
    }
    return text.utf8.count < 4 || KeyPlaceholder.isPlaceholder(text) ? [] : [text]
  }

  /// What signs in, among the members of a signed-in session.
  private static func tokens(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text):
      text.utf8.count >= 16 && !text.contains(" ") && !text.contains("://") && !text.contains("@")
        ? [text] : []
    case .object(let object): object.flatMap { tokens(in: $0.value) }
    case .array(let items): items.flatMap { tokens(in: $0) }
    case .number, .bool, .null: []
    }
  }

  private mutating func add(_ bytes: [UInt8]) {
    let reversed = Array(bytes.reversed())
    for form in [bytes, reversed] {
      let lower = form.map(Self.lower)
      whole.add(lower)
      addBare(lower.filter(\.isLetterOrDigit))
    }
    addBare(bytes.flatMap { [Self.digits[Int($0 >> 4)], Self.digits[Int($0 & 0xF)]] })
    for shift in 0..<3 {
      // What the bytes before it would do to base64, left out.
      let text = Base64.encoded(Array(repeating: 0, count: shift) + bytes)
      let start = shift == 0 ? 0 : shift + 1
      addBare(text.dropFirst(start).dropLast(2).map(Self.lower).filter(\.isLetterOrDigit))
    }
  }

  private static let digits = Array("0123456789abcdef".utf8)

  private mutating func addBare(_ form: [UInt8]) {
    if form.count >= Windows.length {
      bare.add(form)
    } else if form.count >= 4 {
      short[form.count, default: []].insert(Self.window(of: form))
    }
  }

  private static func window(of form: [UInt8]) -> UInt64 {
    form.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Takes a word that is no secret out of what is looked for.
  private mutating func allow(_ word: String) {
    let lower = word.utf8.map(Self.lower)
    whole.remove(lower)
    let letters = lower.filter(\.isLetterOrDigit)
    bare.remove(letters)
    if letters.count < Windows.length { short[letters.count]?.remove(Self.window(of: letters)) }
  }

  /// The same, without the words that stand in every answer. Worked out only where something is
  /// found: most texts hold nothing of a key.
  private func allowingPublicWords() -> Redactor {
    var redactor = self
    for word in catalog?.publicWords ?? [] { redactor.allow(word) }
    return redactor
  }

  @inline(__always)
  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  // MARK: Texts

  /// A text without any secret.
  public func cleaned(_ text: String) -> String { cleaned([text])[0] }

  /// Texts that follow each other without any secret, also where one goes on in the next.
  public func cleaned(_ texts: [String]) -> [String] {
    var texts = texts
    if !isIdle, !marks(in: texts).isEmpty {
      let marked = allowingPublicWords().marks(in: texts)
      for (index, ranges) in marked.sorted(by: { $0.key < $1.key }) {
        texts[index] = Self.replacing(ranges, in: texts[index])
      }
    }
    guard let catalog else { return texts }
    return texts.map(KeyDetector(catalog: catalog).cleaned)
  }

  /// A value without any secret in its texts and keys.
  public func cleaned(_ value: JSONValue) -> JSONValue {
    var texts: [String] = []
    Self.collect(value, &texts)
    let clean = cleaned(texts)
    guard clean != texts else { return value }
    var rest = clean[...]
    return Self.rebuilt(value, &rest)
  }

  /// An answer without any secret in its headers and its body.
  public func cleaned(_ response: HTTPResponse) -> HTTPResponse {
    guard !isIdle || catalog != nil else { return response }
    var response = response
    response.headers = response.headers.mapValues { cleaned($0) }
    if let document = try? JSONDocument(parsing: response.body) {
      let root = document.root
      let clean = cleaned(root)
      if clean != root { response.body = JSONDocument(clean, layout: .compact).bytes }
    } else {
      response.body = Array(cleaned(String(decoding: response.body, as: UTF8.self)).utf8)
    }
    return response
  }

  private static func collect(_ value: JSONValue, _ texts: inout [String]) {
    switch value {
    case .string(let text): texts.append(text)
    case .array(let items): for item in items { collect(item, &texts) }
    case .object(let object):
      for (key, value) in object {
        texts.append(key.text)
        collect(value, &texts)
      }
    case .number(let number): texts.append(number.description)
    case .bool, .null: break
    }
  }

  private static func rebuilt(_ value: JSONValue, _ texts: inout ArraySlice<String>) -> JSONValue {
    switch value {
    case .string: return .string(texts.popFirst() ?? "")
    case .array(let items): return .array(items.map { rebuilt($0, &texts) })
    case .object(let object):
      return .object(
        JSONObject(
          object.map { key, value in
            let name = texts.popFirst() ?? ""
            return (name == key.text ? key : JSONKey(name), rebuilt(value, &texts))
          }))
    case .number(let number):
      let text = texts.popFirst() ?? ""
      return text == number.description ? value : .string(text)
    case .bool, .null: return value
    }
  }

  private static func replacing(_ ranges: [Range<Int>], in text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var position = 0
    for range in merged(ranges) {
      result += bytes[position..<range.lowerBound]
      result += mark.utf8
      position = range.upperBound
    }
    return String(decoding: result + bytes[position...], as: UTF8.self)
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] =
          last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  // MARK: Matching

  private typealias Marks = [Int: [Range<Int>]]

  /// What is looked at: a byte, and the bytes of its text that say it.
  fileprivate struct Unit {
    var byte: UInt8
    var start: Int
    var end: Int
  }

  private func marks(in texts: [String]) -> Marks {
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
      if wholeCount >= 8, redactor.whole.contains(wholeWindow) {
        marks[text, default: []].append(wholeStarts[wholeCount & 7]..<unit.end)
      }
      lastWasWord = isWord
      // A masked key is no part of what stands around it.
      if wholeWindow & 0xFF_FFFF == 0xE2_80A6 { bareCount = 0 }
      guard isWord else { return }
      bareWindow = bareWindow << 8 | UInt64(byte)
      barePlaces[bareCount & 7] = (text, unit)
      bareCount += 1
      if bareCount >= 8, redactor.bare.contains(bareWindow) { mark(8, &marks) }
      for (length, forms) in redactor.short
      where bareCount >= length && forms.contains(bareWindow & (1 << UInt64(8 * length) - 1)) {
        // Whole words only: four letters stand in many.
        let first = barePlaces[(bareCount - length) & 7]
        guard first.text == text, isBroken(length) else { continue }
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

/// Windows of eight bytes, with a sieve before the set: nearly every window of a text is none of them.
private struct Windows: Sendable {
  static let length = 8
  private var all: Set<UInt64> = []
  private var sieve: [UInt64] = []

  var isEmpty: Bool { all.isEmpty }

  mutating func add(_ form: [UInt8]) {
    if sieve.isEmpty { sieve = [UInt64](repeating: 0, count: 1024) }
    Self.each(form) { window in
      all.insert(window)
      let place = Self.place(window)
      sieve[place >> 6] |= 1 << UInt64(place & 63)
    }
  }

  mutating func remove(_ form: [UInt8]) {
    guard !all.isEmpty else { return }
    Self.each(form) { if contains($0) { all.remove($0) } }
  }

  @inline(__always)
  func contains(_ window: UInt64) -> Bool {
    guard !sieve.isEmpty else { return false }
    let place = Self.place(window)
    return sieve[place >> 6] & 1 << UInt64(place & 63) != 0 && all.contains(window)
  }

  @inline(__always)
  private static func place(_ window: UInt64) -> Int {
    Int(truncatingIfNeeded: (window &* 0x9E37_79B9_7F4A_7C15) >> 48)
  }

  /// Each window of three different characters or more: eight zeros tell nothing.
  private static func each(_ form: [UInt8], _ body: (UInt64) -> Void) {
    var window: UInt64 = 0
    for (index, byte) in form.enumerated() {
      window = window << 8 | UInt64(byte)
      guard index >= length - 1 else { continue }
      let characters = form[(index - length + 1)...index]
      let second = characters.first { $0 != characters.first }
      if characters.contains(where: { $0 != characters.first && $0 != second }) { body(window) }
    }
  }
}

/// Characters that are written by other characters: `%41`, `\u0041`, `\x41`, `&#65;`, `&#x41;`.
private enum Escapes {
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
private enum Base64 {
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

extension ProviderCatalog {
  /// Words that stand in every answer, and in keys by chance: ids, names, hosts, public prefixes.
  fileprivate var publicWords: [String] {
    var words = publicPrefixes
    for provider in providers {
      words += [provider.id, provider.name, provider.slotID].compactMap(\.self)
      words += provider.roots.map(\.url)
      words += provider.hosts
      words += provider.variables
      words += provider.exampleModels
    }
    words += ["globalState.json", "secrets.json", "providers.json", "models.json", "settings.json"]
    return words + ["clinecfg set-provider", "apiKey", "Authorization: Bearer"]
  }
}
