/// Words that stand where a key should.
enum Placeholder {
  static func isOne(_ text: String) -> Bool {
    let text = JavaScript.trim(text)
    let lower = text.lowercased()
    if text.hasPrefix("<") && text.hasSuffix(">") || text.hasPrefix("${") || text.hasPrefix("{{")
      || text.hasPrefix("%") && text.hasSuffix("%")
    {
      return true
    }
    if text.hasPrefix("$"), text.dropFirst().utf8.allSatisfy({ $0.isLetterOrDigit || $0 == 0x5F }) {
      return text.count > 1
    }
    let words = lower.split { !$0.isLetter && !$0.isNumber }
    if words.first == "your" || words.first == "insert" || words.first == "paste" { return true }
    if [
      "changeme", "placeholder", "todo", "key", "apikey", "secret", "token", "test", "none", "null",
      "undefined",
    ]
    .contains(lower.filter { $0.isLetter }) {
      return true
    }
    if lower.hasSuffix("..."), lower.count < 24 { return true }
    let body = words.last ?? ""
    return body.count >= 3 && Set(body) == ["x"]
  }
}
