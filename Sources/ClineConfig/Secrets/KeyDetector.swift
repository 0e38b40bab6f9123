/// Finds keys that nobody has named, by how they look.
struct KeyDetector: Sendable {
  let catalog: ProviderCatalog

  /// A text in which whatever proves to be a provider's key by its form is masked.
  func cleaned(_ text: String) -> String {
    guard text.utf8.count >= 20 else { return text }
    var result = text
    let bytes = Array(text.utf8)
    var start = 0
    for end in 0...bytes.count where end == bytes.count || !Self.isOfKey(bytes[end]) {
      defer { start = end + 1 }
      guard end - start >= 20 else { continue }
      let word = String(decoding: bytes[start..<end], as: UTF8.self)
      if catalog.isProvedKey(word) {
        result = result.replacing(
          word, with: Secret(word).masked(publicPrefixes: catalog.publicPrefixes))
      }
    }
    return result
  }

  private static func isOfKey(_ byte: UInt8) -> Bool {
    byte.isLetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  /// The words of a server, in which a key that nobody knows must not stand either: what follows
  /// `key`, `token` and the like, and words that are as long and mixed as keys are.
  func strictlyCleaned(_ text: String) -> String {
    var named = false
    return cleaned(text).split(separator: " ", omittingEmptySubsequences: false).map { word in
      let core = word.drop { !Self.isMixed($0) }
      let isLong =
        core.count >= 16 && core.contains(where: \.isNumber) && core.contains(where: \.isLetter)
      let isNamed = named && core.count >= 8 && core.contains(where: \.isNumber)
      let lower = word.lowercased()
      named =
        ["key", "token", "secret", "bearer"].contains { lower.hasPrefix($0) }
        || lower.hasSuffix("key:") || lower.hasSuffix("token:")
      return isLong || isNamed ? Redactor.mark : String(word)
    }.joined(separator: " ")
  }

  private static func isMixed(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }
}
