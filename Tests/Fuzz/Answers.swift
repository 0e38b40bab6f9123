import ClineConfig
import LosslessJSON

/// What our readers make of bytes, a line each, for Tests/Fuzz/oracle.mjs.
enum Answers {
  /// `-` where it is no JSON for us, else its value, written anew.
  static func scanner(_ bytes: [UInt8]) -> String {
    guard let document = try? JSONDocument(parsing: bytes) else { return "-" }
    return String(decoding: document.root.bytes(layout: .compact), as: UTF8.self)
  }

  /// Whether it is a URL, and how it is written.
  static func url(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    let answer: JSONValue = [
      "accepts": .bool(WHATWGURL.accepts(text)),
      "href": WHATWGURL.href(text).map { .string($0) } ?? .null,
    ]
    return String(decoding: answer.bytes(layout: .compact), as: UTF8.self)
  }
}
