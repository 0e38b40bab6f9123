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

  /// The difference of a damaged text and the mended one. Of the damaged one only what the mended one
  /// shows too is shown.
  func difference(fromDamaged old: [UInt8], to new: [UInt8], name: String) -> StyledText {
    guard let document = try? JSONDocument(parsing: new) else { return "" }
    var known: Set<String> = []
    func note(_ value: JSONValue) {
      switch value {
      case .string(let text): known.insert(text)
      case .array(let items): for item in items { note(item) }
      case .object(let object):
        for (key, value) in object {
          known.insert(key.text)
          note(value)
        }
      case .number, .bool, .null: break
      }
    }
    note(redacted(document.root, at: .root))
    return UnifiedDiff.text(
      from: DamagedText(old, showing: known).shown, to: text(new), name: name) ?? ""
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
