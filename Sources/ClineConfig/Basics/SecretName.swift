/// Names that say that their value is a secret.
package enum SecretName {
  /// Of a field of JSON, such as `openAiApiKey`, `refresh_token` or `X-Auth-Token`.
  static func isField(_ name: String) -> Bool { isField(name.utf8) }

  /// The same of its bytes.
  static func isField(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    // By the last letter first: most names have none of these.
    guard let last = name.last(where: { $0.isLetterOrDigit })?.lowercased else { return false }
    return endings.contains { ending in
      ending.withUTF8Buffer { $0.last == last } && hasEnding(name, ending: ending)
    }
  }

  /// Of an environment variable, such as `GROQ_API_KEY`, `TOKEN_1` or `DB_PASS`.
  static func isVariable(_ name: String) -> Bool {
    // In place: at each start the whole environment is asked.
    var name = name
    return name.withUTF8 { letters in
      let words = letters.split(separator: UInt8(ascii: "_"))
      guard let last = words.last, let first = words.first, !isOne(last, of: placeWords) else {
        return false
      }
      if isOne(last, of: ["credentials"]), isOne(first, of: ["google"]) { return false }
      return words.contains { isOne($0, of: secretWords) }
        || words.count > 1 && words.contains { isOne($0, of: ["pwd"]) } || isField(letters)
    }
  }

  private static func isOne(
    _ word: Slice<UnsafeBufferPointer<UInt8>>, of words: [StaticString]
  ) -> Bool {
    words.contains { known in
      known.utf8CodeUnitCount == word.count
        && known.withUTF8Buffer { word.lazy.map(\.lowercased).elementsEqual($0) }
    }
  }

  /// What a variable ends in that says where a secret is, and does not hold it.
  private static let placeWords: [StaticString] = [
    "file", "path", "dir", "sock", "url", "id", "name",
  ]

  private static let secretWords: [StaticString] = [
    "key", "keys", "apikey", "apikeys", "token", "tokens", "secret", "secrets", "password",
    "passwords", "passwd", "pass", "passphrase", "pat", "auth", "credential", "credentials",
    "bearer",
  ]

  /// Of a header, such as `X-Api-Key`.
  package static func isHeader(_ name: String) -> Bool {
    let name = name.lowercased()
    let words = name.split { !$0.isLetter && !$0.isNumber }
    return ["auth", "pass", "pwd", "jwt", "sid"].contains { words.contains($0) }
      || [
        "authorization", "cookie", "key", "token", "secret", "passwor", "passwd", "passphrase",
        "credential", "session", "signature",
      ].contains { name.contains($0) }
  }

  /// Whether a stored header may carry a secret: any may whose name does not say otherwise, unless its
  /// value is too short for one.
  package static func mayBeHeader(_ name: String, value: String) -> Bool {
    value.utf8.count >= 6
      && (!isHarmlessHeader(name) || value.contains { "?#@".contains($0) }) || isHeader(name)
  }

  /// Headers that say who asks or what for. The value of any other may be a secret.
  static func isHarmlessHeader(_ name: String) -> Bool {
    let name = name.lowercased()
    return [
      "accept", "accept-language", "anthropic-beta", "anthropic-version", "cache-control",
      "content-type", "http-referer", "openai-beta", "openai-organization", "openai-project",
      "origin", "referer", "user-agent", "x-title",
    ].contains(name)
  }

  private static let endings: [StaticString] = [
    "apikey", "accesskey", "accesskeyid", "secretkey", "privatekey", "token", "secret", "password",
    "passwd", "authorization", "credential", "credentials", "clientid",
  ]

  /// Whether the letters and digits of a name end so, whatever their case and what stands between.
  private static func hasEnding(
    _ name: some BidirectionalCollection<UInt8>, ending: StaticString
  ) -> Bool {
    ending.withUTF8Buffer { ending in
      var open = ending.count
      for byte in name.reversed() where byte.isLetterOrDigit {
        if open == 0 { return true }
        guard byte.lowercased == ending[open - 1] else { return false }
        open -= 1
      }
      return open == 0
    }
  }
}
