/// A text that is no JSON as it may be shown: its structure, and of its words those that are known to be
/// no secrets.
struct DamagedText {
  /// The text, with `…` in the place of every other word.
  private(set) var shown = ""

  init(_ bytes: [UInt8], showing known: Set<String>, hiding secret: Set<String>) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let start = index
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        index += 1
        while index < bytes.count, bytes[index] != byte {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(index, bytes.count)
        let text = String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
        let quote = String(Unicode.Scalar(byte))
        let breaks = String(repeating: "\n", count: text.utf8.count { $0 == 0x0A })
        shown += quote + (known.contains(text) ? text : "…" + breaks)
        if index < bytes.count { shown += quote }
        index += 1
      } else if " \t\r\n{}[],:/*".utf8.contains(byte) {
        shown += String(Unicode.Scalar(byte))
        index += 1
      } else {
        while index < bytes.count, !" \t\r\n{}[],:\"'".utf8.contains(bytes[index]) { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        let isPlain =
          known.contains(word) || ["true", "false", "null"].contains(word)
          || !secret.contains(word) && word.count < 7
            && word.allSatisfy { $0.isNumber || "+-.".contains($0) }
        shown += isPlain ? word : "…"
      }
    }
  }
}
