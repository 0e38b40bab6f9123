import ClineConfig
import LosslessJSON

/// Which values of a file are keys or tokens, by their place or their look.
struct Redaction {
  let catalog: ProviderCatalog
  let file: SettingsFile

  /// Whether what stands at a place is a secret, whatever it is.
  func isSecret(_ pointer: JSONPointer) -> Bool { SecretPlaces.hold(pointer, in: file) }

  /// Whether anything in a value is a secret.
  func hides(anyOf value: JSONValue, at pointer: JSONPointer) -> Bool {
    switch value {
    case .string(let text): isSecret(pointer) || isSecret(text)
    case .array(let items):
      items.enumerated().contains { hides(anyOf: $1, at: pointer.appending($0)) }
    case .object(let object):
      object.contains { hides(anyOf: $0.value, at: pointer.appending($0.key)) }
    case .number, .bool: isSecret(pointer)
    case .null: false
    }
  }

  private func isSecret(_ text: String) -> Bool {
    if catalog.looksLikeKey(text) { return true }
    // A key may stand within a sentence, as in a task that somebody gave Cline.
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" && $0 != "." }
    if words.contains(where: { $0.count >= 20 && catalog.looksLikeKey(String($0)) }) { return true }
    let url = BaseURL(text)
    return url?.userInfo != nil || url?.query?.lowercased().contains("key=") == true
  }

  /// A value with every key masked.
  func redacted(_ value: JSONValue, at pointer: JSONPointer) -> JSONValue {
    switch value {
    case .string(let text):
      return isSecret(pointer) || isSecret(text)
        ? .string(Secret(text).masked(publicPrefixes: catalog.publicPrefixes)) : value
    case .array(let items):
      return .array(items.enumerated().map { redacted($1, at: pointer.appending($0)) })
    case .object(let object):
      return .object(
        JSONObject(
          object.effective.map { ($0.key, redacted($0.value, at: pointer.appending($0.key))) }))
    case .number, .bool, .null: return isSecret(pointer) && value != .null ? .string("…") : value
    }
  }

  /// The difference of two versions of the file, keys masked.
  func difference(from old: [UInt8]?, to new: [UInt8]?, name: String) -> StyledText {
    UnifiedDiff.text(
      from: old.map { text($0) }, to: new.map { text($0, beside: old) }, name: name) ?? ""
  }

  /// The difference of a damaged text and the mended one. Of both only structure, names and values that
  /// are no secrets are shown, wherever they stand: a name may stand twice.
  ///
  /// - Parameter isPlain: Whether a text holds no secret that is known.
  func difference(
    fromDamaged old: [UInt8], to new: [UInt8], name: String, isPlain: (String) -> Bool
  ) -> StyledText {
    guard let document = try? JSONDocument(parsing: new) else { return "" }
    var known: Set<String> = []
    var secret: Set<String> = []
    func note(_ value: JSONValue, at pointer: JSONPointer) {
      switch value {
      case .string(let text):
        if isSecret(pointer) || isSecret(text) || !isPlain(text) {
          secret.insert(text)
        } else {
          known.insert(text)
        }
      case .array(let items):
        for (index, item) in items.enumerated() { note(item, at: pointer.appending(index)) }
      case .object(let object):
        for (key, value) in object {
          if isPlain(key.text), !isSecret(key.text) { known.insert(key.text) }
          note(value, at: pointer.appending(key))
        }
      case .number(let number): if isSecret(pointer) { secret.insert(number.description) }
      case .bool, .null: break
      }
    }
    note(document.root, at: .root)
    known.subtract(secret)
    func shown(_ bytes: [UInt8]) -> String {
      DamagedText(bytes, showing: known, hiding: secret).shown
    }
    return UnifiedDiff.text(from: shown(old), to: shown(new), name: name) ?? ""
  }

  /// A file's text with every key masked in its place, and all else as it is. A key that masks
  /// like the one in `former` but is another says so.
  private func text(_ bytes: [UInt8], beside former: [UInt8]? = nil) -> String {
    guard var document = try? JSONDocument(parsing: bytes, dialect: file.dialect) else {
      return "(\(bytes.count) bytes that are not JSON, not shown)\n"
    }
    let other = former.flatMap { try? JSONDocument(parsing: $0, dialect: file.dialect) }
    mask(document.root, at: .root, in: &document, beside: other)
    return String(decoding: document.bytes, as: UTF8.self)
  }

  private func mask(
    _ value: JSONValue, at pointer: JSONPointer, in document: inout JSONDocument,
    beside other: JSONDocument?
  ) {
    switch value {
    case .object(let object):
      for (key, value) in object {
        mask(value, at: pointer.appending(key), in: &document, beside: other)
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        mask(item, at: pointer.appending(index), in: &document, beside: other)
      }
    case .string, .number, .bool:
      var shown = redacted(value, at: pointer)
      guard shown != value else { return }
      if let former = other?[pointer], former != value,
        redacted(former, at: pointer) == shown, let text = shown.string
      {
        shown = .string(text + " (another)")
      }
      _ = try? document.set(shown, at: pointer)
    case .null: break
    }
  }
}

/// The difference of files, in the form that `diff -u` and git print.
struct DiffAnswer: Answer {
  let text: StyledText
  /// The profile that would make it; `nil` for a change that was made.
  var profile: String?
  var isChange = false

  private enum Key: String, CodingKey { case profile, changed, diff }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    if let profile {
      try container.encode(profile, forKey: .profile)
      try container.encode(isChange, forKey: .changed)
    }
    try container.encode(text, forKey: .diff)
  }
}
