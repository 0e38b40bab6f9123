import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("A strict document accepts what JSON.parse accepts")
struct ScannerTests {
  static let accepted: [String] = [
    "null", "true", "false", "0", "-0", "1.5e+10", "1E5", "\"\"", "[]", "{}", " \t\r\n{ } ",
    #""\ud800""#, #""\ud83d\ude00""#, "1e400", "12345678901234567890", #"{"a":1,"a":2}"#,
    "\"\u{7F}\"", "\"é\u{2028}\"", #"["\"\\\/\b\f\n\r\t"]"#, "-1.0e-0", "[[[[[]]]]]",
  ]
  @Test("accepted", arguments: accepted)
  func accepts(text: String) throws {
    let document = try JSONDocument(parsing: Array(text.utf8))
    #expect(document.bytes == Array(text.utf8))
  }

  static let rejected: [(String, String)] = [
    ("", "the text ends where a value is expected, at line 1, column 1"),
    ("\u{FEFF}{}", "unexpected byte order mark at line 1, column 1"),
    ("{\"a\":1,}", "expected a key at line 1, column 8"),
    ("[1,]", "expected a value at line 1, column 4"),
    ("// x\n{}", "unexpected comment at line 1, column 1"),
    ("{\n  \"a\" 1\n}", "expected ':' at line 2, column 7"),
    ("{\"a\":1 \"b\":2}", "expected ',' or '}' at line 1, column 8"),
    ("01", "unexpected text after the value at line 1, column 2"),
    ("-", "malformed number at line 1, column 1"),
    ("1.", "malformed number at line 1, column 1"),
    ("1e", "malformed number at line 1, column 1"),
    (".5", "expected a value at line 1, column 1"),
    ("+1", "expected a value at line 1, column 1"),
    ("NaN", "expected a value at line 1, column 1"),
    ("tru", "the text ends where a value is expected, at line 1, column 4"),
    ("\"\t\"", "line break or control character in a string at line 1, column 2"),
    ("\"a\nb\"", "line break or control character in a string at line 1, column 3"),
    ("\"\\x\"", "unknown escape in a string at line 1, column 2"),
    ("\"\\u12g4\"", "unknown escape in a string at line 1, column 2"),
    ("\"abc", "the text ends where '\"' is expected, at line 1, column 5"),
    ("{", "the text ends where a key or '}' is expected, at line 1, column 2"),
    ("[", "the text ends where a value is expected, at line 1, column 2"),
    ("[1", "the text ends where ',' or ']' is expected, at line 1, column 3"),
    ("{,}", "expected a key or '}' at line 1, column 2"),
    ("[,1]", "expected a value at line 1, column 2"),
    ("{} {}", "unexpected text after the value at line 1, column 4"),
    ("\u{A0}{}", "expected a value at line 1, column 1"),
    ("{'a':1}", "expected a key or '}' at line 1, column 2"),
    ("[1}", "expected ',' or ']' at line 1, column 3"),
    ("\r\n\r\n  x", "expected a value at line 3, column 3"),
  ]
  @Test("rejected, with a place and without the text", arguments: rejected)
  func rejects(text: String, message: String) {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONDocument(parsing: Array(text.utf8))
    }
    #expect(error?.description == message)
  }

  @Test(
    "bytes that are not UTF-8 are rejected, in strings and in comments",
    arguments: [
      [0xFF], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0x80],
    ] as [[UInt8]])
  func rejectsInvalidUTF8(bytes: [UInt8]) {
    for padding in 0..<9 {
      let text =
        Array("\"".utf8) + Array(repeating: 0x61, count: padding) + bytes + Array("\"".utf8)
      let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: text) }
      #expect(error?.reason == .invalidUTF8)
    }
    #expect(throws: JSONSyntaxError.self) {
      try JSONDocument(parsing: Array("/*".utf8) + bytes + Array("*/1".utf8), dialect: .jsonc)
    }
  }

  @Test("strings of every length find their end in the eight-byte steps")
  func stringLengths() throws {
    for length in 0..<40 {
      for special in ["\"", "\\n", "é", "😀"] {
        let body = String(repeating: "x", count: length) + (special == "\"" ? "" : special)
        let text = "[\"" + body + "\",\"" + body + "\"]"
        let value = try JSONDocument(parsing: Array(text.utf8)).root
        let plain = body.replacingOccurrences(of: "\\n", with: "\n")
        #expect(value == .array([.string(plain), .string(plain)]))
      }
    }
  }

  @Test("JSONC adds comments, trailing commas and a byte order mark")
  func jsonc() throws {
    let text =
      "\u{FEFF}// c\n{ /* a */ \"a\": [1, 2, /* x */ ], // b\n \"b\": {\"c\": 1,},}\n// end"
    let document = try JSONDocument(parsing: Array(text.utf8), dialect: .jsonc)
    #expect(document.root == ["a": [1, 2], "b": ["c": 1]])
    #expect(document.bytes == Array(text.utf8))
    for bad in ["[,]", "{,}", "[1,,]", "/* open", "/x", "{\"a\":1,,}"] {
      #expect(throws: JSONSyntaxError.self) {
        try JSONDocument(parsing: Array(bad.utf8), dialect: .jsonc)
      }
    }
  }

  @Test("1,000 levels are read on a small stack, one more is a clear error")
  func depth() throws {
    let deep =
      Array(repeating: UInt8(ascii: "["), count: 1000)
      + Array(repeating: UInt8(ascii: "]"), count: 1000)
    let thread = Thread {
      let document = try? JSONDocument(parsing: deep)
      #expect(document?.root != nil)
      var edited = document
      let place = JSONPointer(String(repeating: "/0", count: 998)) ?? .root
      #expect(throws: Never.self) { try edited?.set(1, at: place.appending(0)) }
      #expect(throws: JSONDocument.EditError.overLimit) {
        try edited?.set([[1]], at: place.appending(0))
      }
    }
    thread.stackSize = 512 << 10
    thread.start()
    while !thread.isFinished { usleep(1000) }

    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONDocument(parsing: Array(repeating: UInt8(ascii: "["), count: 100_000))
    }
    #expect(error?.description == "more than 1000 levels of nesting at line 1, column 1001")
  }

  @Test("a text over the size limit is a clear error")
  func size() {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONDocument(parsing: Array(repeating: 0x20, count: 65 << 20))
    }
    #expect(error?.description == "larger than 64 MiB")
  }

  @Test("the accept set is that of JSON.parse, on mutated documents")
  func agreesWithNode() throws {
    guard let node = Tool.find("node") else {
      return Tool.skip("node", consequence: "the accept set was not compared with JSON.parse")
    }
    let seed = UInt64.random(in: 0..<UInt64.max)
    var random = RandomJSON(seed: seed)
    var texts = (Self.accepted + Self.rejected.map(\.0)).map { Array($0.utf8) }
    let noise = Array("{}[]\",:0123456789.eE+-truefalsn\\u/ \n\t\u{0}".utf8)
    for _ in 0..<20_000 {
      var bytes = Array(random.text(of: random.value(depth: 3)).utf8)
      for _ in 0..<Int.random(in: 0..<3, using: &random.generator) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &random.generator)
        switch Int.random(in: 0..<3, using: &random.generator) {
        case 0: bytes.remove(at: at)
        case 1: bytes.insert(random.pick(noise), at: at)
        default: bytes[at] = random.pick(noise)
        }
      }
      // A mutation may split a character; JSON.parse gets repaired text, so it cannot judge.
      if String(validating: bytes, as: UTF8.self) != nil { texts.append(bytes) }
    }
    let lines = texts.map { Data($0).base64EncodedString() }.joined(separator: "\n")
    let script = """
      const lines = require('fs').readFileSync(0, 'utf8').split('\\n');
      console.log(lines.map(l => {
        try { JSON.parse(Buffer.from(l, 'base64').toString()); return 1 } catch { return 0 }
      }).join(''));
      """
    let answer = try Tool.run(node, arguments: ["-e", script], input: lines)
    let verdicts = Array(answer.output.utf8.filter { $0 != 10 })
    try #require(verdicts.count == texts.count)
    for (text, verdict) in zip(texts, verdicts) {
      let isAccepted = (try? JSONDocument(parsing: text)) != nil
      #expect(
        isAccepted == (verdict == UInt8(ascii: "1")),
        "seed \(seed): \(String(decoding: text, as: UTF8.self))")
    }
  }
}
