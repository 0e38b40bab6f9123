package import LosslessJSON

/// Takes known secrets out of what others say, in every form in which a server can give them back:
/// in another case, reversed, as hexadecimal digits or base64, behind percent signs or escapes,
/// split by whatever stands between the parts, and cut to a part of eight characters or more.
///
/// Forms are compared by windows of eight characters, so the time is linear in the text, whatever
/// the number of secrets. What others say is cleaned strictly, of every such part; what stands in
/// Cline's own files less so, because a Model ID and a key can share a word.
package struct Redactor: Sendable {
  /// What stands in the place of a secret.
  package static let mark = "…"

  /// Letters and digits of a form, in lower case: what stands between them does not matter.
  var bare = Windows()
  /// Characters of a form, in lower case.
  var whole = Windows()
  /// Secrets of fewer than eight letters and digits, whole, by their length.
  var short: [Int: Set<UInt64>] = [:]
  /// Short secrets with something else than letters and digits in them, which stand in no word.
  var mixed: [Int: Set<UInt64>] = [:]
  /// Forms of fewer characters than a part must have that is no common word.
  private var wholeForms: Set<[UInt8]> = []
  /// Whether every part of eight characters goes, and not only what is hardly by chance.
  let isStrict: Bool
  private let catalog: ProviderCatalog?

  /// Whether there is nothing to look for.
  private var isIdle: Bool { bare.isEmpty && whole.isEmpty && short.isEmpty && mixed.isEmpty }

  /// The length of a part that is hardly anything else by chance.
  static let wholeLength = 12

  /// Whether so many characters of a form are enough to go.
  func suffices(_ length: Int, bytes: [UInt8]) -> Bool {
    isStrict || length >= Self.wholeLength || wholeForms.contains(bytes)
  }

  /// Creates a redactor of these secrets.
  ///
  /// - Parameters:
  ///   - secrets: What must not come out. Words that everybody uses for "no key" are none.
  ///   - catalog: Its own words are no secrets, even where a key holds them; and it tells the keys of
  ///     providers that are not among `secrets`.
  ///   - isStrict: Whether every part of eight characters goes. Else only a whole secret does, or a part
  ///     of twelve: for text that is nobody's answer.
  package init(
    _ secrets: some Sequence<Secret>, catalog: ProviderCatalog? = nil, isStrict: Bool = true
  ) {
    self.catalog = catalog
    self.isStrict = isStrict
    for secret in secrets { for part in Self.parts(of: secret) { add(Array(part.utf8)) } }
    guard !isIdle, let catalog else { return }
    for provider in catalog.usersOwn {
      // Its name and its words are anybody's, and can be a key in the wrong place.
      for word in [provider.id] + provider.roots.map(\.url) + provider.hosts { allow(word) }
    }
  }

  /// The same with further secrets.
  package func adding(_ secrets: some Sequence<Secret>) -> Redactor {
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
      if scheme == "basic ", let pair = Base64.decoded(text) {
        return [text, pair] + password(of: pair)
      }
    }
    if let url = BaseURL(text) {
      // An address in the place of a key: what of it can be secret.
      return [url.userInfo, url.query, url.fragment, url.path].compactMap(\.self)
        .filter { $0.utf8.count >= 8 } + (url.userInfo.map(password) ?? [])
    }
    let isWord =
      Placeholder.isOne(text) || text == Triple.keyForKeyless || words.contains(text)
    return text.utf8.count < 4 || isWord ? [] : [text]
  }

  /// Words of clinecfg's own documents: whoever has such a key has none.
  private static let words = Set(
    SettingsFile.allCases.map(\.rawValue) + Mode.allCases.map(\.rawValue) + [
      "apiKey", "backup", "baseUrl", "both", "custom", "error", "false", "info", "key", "message",
      "model", "null", "openai-compatible", "provider", "schema", "settings", "true", "warning",
    ])

  private static func password(of pair: String) -> [String] {
    pair.firstIndex(of: ":").map { [String(pair[pair.utf8.index(after: $0)...])] } ?? []
  }

  /// What signs in, among the members of a signed-in session.
  private static func tokens(in value: JSONValue) -> [String] {
    switch value {
    case .string(let text):
      text.utf8.count >= 16 && !text.contains(" ") && !text.contains("://") && !text.contains("@")
        || text.contains("PRIVATE KEY") ? [text] : []
    case .object(let object): object.flatMap { tokens(in: $0.value) }
    case .array(let items): items.flatMap { tokens(in: $0) }
    case .number, .bool, .null: []
    }
  }

  private mutating func add(_ bytes: [UInt8]) {
    let lower = bytes.map(\.lowercased)
    for form in [lower, lower.reversed()] {
      if form.count >= Windows.length {
        whole.add(form)
      } else if form.count >= 6, form.contains(where: { !$0.isLetterOrDigit }) {
        mixed[form.count, default: []].insert(Self.window(of: form))
      }
      addBare(form.filter(\.isLetterOrDigit))
      if form.count < Self.wholeLength { wholeForms.insert(form) }
    }
    var encoded = [bytes.hexadecimalDigits]
    let upper = bytes.map { $0.isLetter ? $0 & 0xDF : $0 }
    for variant in isStrict ? [bytes, lower, upper] : [bytes] {
      for shift in 0..<3 { encoded.append(Self.base64(variant, behind: shift)) }
    }
    for form in encoded {
      let letters = form.map(\.lowercased).filter(\.isLetterOrDigit)
      addBare(letters)
      if isStrict { addBare(letters.reversed()) }
    }
  }

  /// Without what the bytes before and behind it would do to it.
  private static func base64(_ bytes: [UInt8], behind shift: Int) -> [UInt8] {
    let text = Base64.encoded(Array(repeating: 0, count: shift) + bytes)
    let end = (shift + bytes.count) % 3 == 0 ? 0 : 1
    return Array(text.dropFirst(shift == 0 ? 0 : shift + 1).dropLast(end))
  }

  private mutating func addBare(_ form: [UInt8]) {
    if form.count >= Windows.length {
      bare.add(form)
      if form.count < Self.wholeLength { wholeForms.insert(form) }
    } else if form.count >= (isStrict ? 4 : 6) {
      short[form.count, default: []].insert(Self.window(of: form))
    }
  }

  private static func window(of form: [UInt8]) -> UInt64 {
    form.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Takes a word that is no secret out of what is looked for.
  private mutating func allow(_ word: String) {
    let lower = word.utf8.map(\.lowercased)
    whole.allow(lower)
    let letters = lower.filter(\.isLetterOrDigit)
    bare.allow(letters)
    if letters.count < Windows.length { short[letters.count]?.remove(Self.window(of: letters)) }
  }

  /// Whether a window stands in the catalogue's own words too.
  func isPublic(_ window: UInt64) -> Bool {
    catalog != nil && PublicWords.hold(window)
  }

  // MARK: Texts

  /// A text without any secret.
  package func cleaned(_ text: String) -> String { cleaned([text])[0] }

  /// Texts that follow each other without any secret, also where one goes on in the next.
  package func cleaned(_ texts: [String]) -> [String] {
    var texts = texts
    if !isIdle {
      let marked = marks(in: texts)
      for (index, ranges) in marked.sorted(by: { $0.key < $1.key }) {
        texts[index] = Self.replacing(ranges, in: texts[index])
      }
    }
    guard let catalog else { return texts }
    return texts.map(KeyDetector(catalog: catalog).cleaned)
  }

  /// A value without any secret in its texts and keys.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - own: Names of members whose text is the program's own.
  package func cleaned(_ value: JSONValue, except own: Set<JSONKey> = []) -> JSONValue {
    var texts: [String] = []
    Self.collect(value, own: own, texts: &texts)
    let clean = cleaned(texts)
    guard clean != texts else { return value }
    var rest = clean[...]
    return Self.rebuilt(value, own: own, texts: &rest)
  }

  /// An answer without any secret in its headers and its body.
  package func cleaned(_ response: HTTPResponse) -> HTTPResponse {
    var response = response
    let names = Array(response.headers.keys)
    let values = cleaned(names.map { response.headers[$0] ?? "" })
    response.headers = Dictionary(uniqueKeysWithValues: zip(names, values))
    if let document = try? JSONDocument(parsing: response.body) {
      let root = document.root
      let clean = cleaned(root)
      if clean != root { response.body = clean.bytes(layout: .compact) }
    } else {
      response.body = Array(cleaned(String(decoding: response.body, as: UTF8.self)).utf8)
    }
    return response
  }

  private static func isOwn(_ key: JSONKey, value: JSONValue, own: Set<JSONKey>) -> Bool {
    value.string != nil && own.contains(key)
  }

  private static func collect(
    _ value: JSONValue, own: Set<JSONKey>, texts: inout [String]
  ) {
    switch value {
    case .string(let text): texts.append(text)
    case .array(let items): for item in items { collect(item, own: own, texts: &texts) }
    case .object(let object):
      for (key, value) in object where !isOwn(key, value: value, own: own) {
        texts.append(key.text)
        collect(value, own: own, texts: &texts)
      }
    case .number(let number): texts.append(number.description)
    case .bool, .null: break
    }
  }

  private static func rebuilt(
    _ value: JSONValue, own: Set<JSONKey>, texts: inout ArraySlice<String>
  ) -> JSONValue {
    switch value {
    case .string: return .string(texts.popFirst() ?? "")
    case .array(let items): return .array(items.map { rebuilt($0, own: own, texts: &texts) })
    case .object(let object):
      return .object(
        JSONObject(
          object.map { key, value in
            if isOwn(key, value: value, own: own) { return (key, value) }
            let name = texts.popFirst() ?? ""
            return (name == key.text ? key : JSONKey(name), rebuilt(value, own: own, texts: &texts))
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
}
