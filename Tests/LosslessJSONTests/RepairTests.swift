import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("What an editor or a crash leaves is mended where one reading is plain")
struct RepairTests {
  static let state = """
    {
      "mode": "act",
      "actModeApiProvider": "openai",
      "openAiHeaders": {
        "X-Team": "a, b: {c}"
      },
      "autoApprovalSettings": {
        "version": 3,
        "actions": {
          "readFiles": true,
          "editFiles": false
        },
        "favorites": [
          "one",
          "two"
        ]
      },
      "requestTimeoutMs": 45000,
      "note": "says \\"hi\\" and C:\\\\dir",
      "favoritedModelIds": [],
      "last": null
    }
    """
  static let compact =
    #"{"mode":"act","a":{"b":{"c":1,"d":[1,2,{"e":true}]},"f":"x"},"g":[["h"],"i"],"j":-1.5e3,"k":"a,b","l":{}}"#
  static let flat = #"{"openAiApiKey": "invented-0001", "groqApiKey": "invented-0002"}"#

  static func value(_ text: String) -> JSONValue? {
    (try? JSONDocument(parsing: Array(text.utf8)))?.root
  }
  static func mended(_ text: String) -> JSONValue? {
    JSONRepair.mended(Array(text.utf8)).flatMap { (try? JSONDocument(parsing: $0))?.root }
  }

  /// Damages, each with what it was before; `nil` where more than one reading is left.
  static let table: [(damaged: String, before: String?)] = [
    // Commas.
    (#"{"a": 1 "b": 2}"#, #"{"a":1,"b":2}"#), ("{\"a\": 1\n\"b\": 2}", #"{"a":1,"b":2}"#),
    (#"{"a": "x" "b": "y"}"#, #"{"a":"x","b":"y"}"#), (#"{"a": 1"b": 2}"#, #"{"a":1,"b":2}"#),
    (#"{"a": true"b": null}"#, #"{"a":true,"b":null}"#),
    (#"{"a": {} "b": []}"#, #"{"a":{},"b":[]}"#),
    (#"{"a": {"x": 1} "b": 2}"#, #"{"a":{"x":1},"b":2}"#),
    (#"{"a": [1] "b": 2}"#, #"{"a":[1],"b":2}"#),
    (#"{"a": ["x" "y"]}"#, #"{"a":["x","y"]}"#), ("{\"a\": [1\n2]}", #"{"a":[1,2]}"#),
    (#"{"a": [1 2]}"#, nil), (#"{"a": [{} {}]}"#, #"{"a":[{},{}]}"#),
    (#"{"a": [true false]}"#, #"{"a":[true,false]}"#), (#"{"a": [[] []]}"#, #"{"a":[[],[]]}"#),
    (#"{"a": 1,, "b": 2}"#, #"{"a":1,"b":2}"#), (#"{"a": 1, , ,"b": 2}"#, #"{"a":1,"b":2}"#),
    (#"{"a": [1,,2]}"#, #"{"a":[1,2]}"#), (#"{,"a": 1}"#, #"{"a":1}"#),
    (#"{"a": [,1]}"#, #"{"a":[1]}"#),
    (#"{"a": 1,}"#, #"{"a":1}"#), (#"{"a": [1, 2,],}"#, #"{"a":[1,2]}"#),
    (#"{"a": 1,,}"#, #"{"a":1}"#),
    (#"{,}"#, "{}"), (#"{"a": [,]}"#, #"{"a":[]}"#), (#"{"a": , "b": 1}"#, nil),
    (#"{"a", "b": 1}"#, nil),
    (#"{"a":: 1}"#, nil), (#"{"a" 1}"#, nil), (#"{"a" = 1}"#, nil), (#"{"a": 1; "b": 2}"#, nil),
    // Brackets.
    (#"{"a": 1"#, "{}"), ("{\"a\": 1\n", #"{"a":1}"#), (#"{"a": "x""#, #"{"a":"x"}"#),
    (#"{"a": ["x", "y""#, #"{"a":["x","y"]}"#), (#"{"a": ["x", "y"}"#, #"{"a":["x","y"]}"#),
    (#"{"a": {"b": ["x"]"#, #"{"a":{"b":["x"]}}"#),
    (#"{"a": [{"b": 1}, {"c": 2]}"#, #"{"a":[{"b":1},{"c":2}]}"#),
    (#"{"a": [[1, 2}"#, nil), (#"{"a": [[1], 2}"#, nil),
    (#"{"a": {"b": 1, "c": 2}"#, nil),
    (#"{"a": [1, 2}"#, #"{"a":[1,2]}"#), (#"{"a": 1}}"#, #"{"a":1}"#), (#"{"a": 1}]"#, #"{"a":1}"#),
    (#"{"a": 1}}}"#, #"{"a":1}"#), (#"{"a": [1]}]"#, #"{"a":[1]}"#), (#"{"a": {"b": 1}}}"#, nil),
    (#"{"a": 1}, "b": 2}"#, nil), (#"{"a": [1]], "b": 2}"#, nil), (#"{{"a": 1}"#, nil),
    (#""a": 1}"#, nil), (#"{"a": "b": 1}}"#, nil), (#"{"a": [{"b": 1}, "c": 2}]}"#, nil),
    (#"{"a": "x", "y"]}"#, nil), ("[1, 2", nil), ("", nil), ("3", nil), ("null", nil),
    ("{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": 2\n}\n}", #"{"a":{"b":1},"c":2}"#),
    ("{\n  \"a\": {\n    \"b\": 1,\n  \"c\": 2\n}", #"{"a":{"b":1},"c":2}"#),
    ("{\n  \"a\": {\n    \"b\": 1\n  \"c\": 2\n}", #"{"a":{"b":1},"c":2}"#),
    ("{\n  \"a\": [\n    \"x\",\n    \"y\"\n  \"c\": 2\n}", #"{"a":["x","y"],"c":2}"#),
    (
      "{\n  \"a\": {\n    \"b\": {\n      \"d\": 1\n  },\n  \"c\": 2\n}",
      #"{"a":{"b":{"d":1}},"c":2}"#
    ),
    ("{\n  \"a\": {\n    \"b\": 1\n  },\n  \"c\": 2\n", #"{"a":{"b":1},"c":2}"#),
    ("{\n  \"a\": {\n    \"b\": 1\n  }\n", #"{"a":{"b":1}}"#),
    ("{\n  \"a\": {\n    \"b\": 1\n  }\n  },\n  \"c\": 2\n}", nil),
    ("{\n\"a\": {\n\"b\": 1,\n\"c\": 2\n}", nil),
    // Quotes.
    (#"{'a': 'x'}"#, #"{"a":"x"}"#), (#"{'a': 'it"s'}"#, #"{"a":"it\"s"}"#),
    (#"{'a': 'it\'s'}"#, #"{"a":"it's"}"#), (#"{'a': 'it's'}"#, nil),
    (#"{'a': "x"}"#, #"{"a":"x"}"#),
    (#"{"a": 'x', "b": ['y', 'z']}"#, #"{"a":"x","b":["y","z"]}"#),
    (#"{'a': True, 'b': None}"#, #"{"a":true,"b":null}"#),
    (#"{a: 1}"#, #"{"a":1}"#), (#"{a: 1, b_c: 'x', $d: false}"#, #"{"a":1,"b_c":"x","$d":false}"#),
    (#"{a-b: 1}"#, #"{"a-b":1}"#), (#"{1a: 1}"#, nil), (#"{a: act}"#, nil), (#"{"a": act}"#, nil),
    (#"{"a": x"}"#, nil), (#"{"a": "x}"#, nil), (#"{"a: 1, "b": 2}"#, nil), (#"{a": 1}"#, nil),
    (#"{""a": 1}"#, nil), (#"{"a": ""x"}"#, nil), (#"{"a": "x", "b": "y}"#, nil),
    (#"{"a": "say "hi" now"}"#, nil), (#"{“a”: 1}"#, nil), (#"{"a": `x`}"#, nil),
    ("{\"a\": \"x,\n \"b\": \"y\"\n}", nil), ("{\"a\": \"x\n}", nil),
    // Raw breaks.
    ("{\"a\": \"x\ny\"}", #"{"a":"x\ny"}"#),
    ("{\"a\": \"x\r\ny\", \"b\": 1}", #"{"a":"x\r\ny","b":1}"#),
    ("{\"a\": \"x\ty\"}", #"{"a":"x\ty"}"#), ("{\"a\": \"x\u{1}\"}", #"{"a":"x\u0001"}"#),
    ("{\"a\nb\": 1}", #"{"a\nb":1}"#), ("{\"a\": [\"x\ny\"]}", #"{"a":["x\ny"]}"#),
    // Ends.
    ("{\"a\": 1}\0\0\0", #"{"a":1}"#), ("{\"a\": \"x\"\0\0", #"{"a":"x"}"#), ("\0\0", nil),
    ("{\"a\": \"x\0\"}", #"{"a":"x\u0000"}"#), ("{\"a\":\0 1}", nil),
    (#"{"a": 1}{"a": 2}"#, #"{"a":1}"#), ("{\"a\": 1}\n{\"a\": 1}\n", #"{"a":1}"#),
    (#"{"a": 1} x"#, nil),
    (#"{"a": 1}{"b": 2}"#, nil), (#"{"a": 1}{"a": "#, nil), (#"{"a": 1} 2"#, nil),
    (#"{"a": 1}[1]"#, nil),
    (#"{"a": 1}"b": 2}"#, nil),
    // Cut short.
    ("{", "{}"), (#"{""#, "{}"), (#"{"a"#, "{}"), (#"{"a""#, "{}"), (#"{"a":"#, "{}"),
    (#"{"a": "x"#, "{}"),
    (#"{"a": "x\"#, "{}"), (#"{"a": "x", "#, #"{"a":"x"}"#),
    (#"{"a": "x", "b": tru"#, #"{"a":"x"}"#),
    (#"{"a": "x", "b": true"#, #"{"a":"x","b":true}"#), (#"{"a": "x", "b": 12"#, #"{"a":"x"}"#),
    (#"{"a": "x", "b": -"#, #"{"a":"x"}"#), (#"{"a": "x", "b": {"#, #"{"a":"x"}"#),
    (#"{"a": "x", "b": {"c": [1, "#, #"{"a":"x","b":{"c":[1]}}"#),
    (#"{"a": "x", "b": {"c": [{"#, #"{"a":"x"}"#),
    (#"{"a": "x", 'b': 'y"#, #"{"a":"x"}"#), (#"{"a": "x", b"#, #"{"a":"x"}"#),
    (#"{"a": "x", "b": "y, z"#, #"{"a":"x"}"#), (#"{"a": "x", "b": "${y}"#, nil),
    // Beside comments and a mark of the byte order.
    ("\u{FEFF}{'a': 1}", #"{"a":1}"#), ("{\"a\": 1 // one\n \"b\": 2}", #"{"a":1,"b":2}"#),
    ("{\"a\": 1, /* x */ b: 2,}", #"{"a":1,"b":2}"#), ("{\"a\": 1} // end", #"{"a":1}"#),
    ("{\"a\": 1, /* x", nil), (#"{"a": "http://x" "b": 1}"#, #"{"a":"http://x","b":1}"#),
    // What is no JSON of any kind.
    (#"{"a": 01}"#, nil), (#"{"a": .5}"#, nil), (#"{"a": +1}"#, nil), (#"{"a": NaN}"#, nil),
    (#"{"a": "\d"}"#, nil), (#"{"a": undefined}"#, nil), ("mode = act", nil),
    ("<html></html>", nil),
    (#"{"a": 1, "a" "b": 2}"#, nil),
  ]

  @Test("every damage of the table is mended to what it was, or refused")
  func damages() {
    #expect(Self.table.count >= 120)
    for (damaged, before) in Self.table {
      #expect(Self.mended(damaged) == before.flatMap(Self.value), "\(damaged.debugDescription)")
    }
  }

  @Test("what is JSON comes back as it is, byte for byte")
  func untouched() {
    for text in [Self.state, Self.compact, Self.flat, "{}", "{ }\n", "{\r\n\"a\":[ ]\r\n}\r\n"] {
      #expect(JSONRepair.mended(Array(text.utf8)) == Array(text.utf8))
    }
  }

  /// Whether one value holds nothing that the other does not.
  static func isPart(_ part: JSONValue, of whole: JSONValue) -> Bool {
    switch (part, whole) {
    case (.object(let part), .object(let whole)):
      part.allSatisfy { key, value in whole[key].map { isPart(value, of: $0) } == true }
    case (.array(let part), .array(let whole)):
      part.count <= whole.count && zip(part, whole).allSatisfy { isPart($0, of: $1) }
    default: part == whole
    }
  }

  @Test(
    "cut at every byte: nothing that was whole is lost, nothing invented", arguments: [state, flat])
  func cuts(text: String) throws {
    let bytes = Array(text.utf8)
    let whole = try #require(Self.value(text))
    for length in 1..<bytes.count {
      let cut = Array(bytes[..<length])
      let mended = try #require(JSONRepair.mended(cut), "\(length)")
      let value = try JSONDocument(parsing: mended).root
      #expect(Self.isPart(value, of: whole), "\(length)")
      // Every line that was whole, with its comma, is there.
      for key in ["mode", "requestTimeoutMs", "openAiApiKey", "note"] {
        guard let full = whole[JSONKey(key)], let at = text.range(of: "\"\(key)\":") else {
          continue
        }
        let rest = text[at.upperBound...]
        guard let end = rest.firstIndex(where: { $0 == "\n" }) ?? rest.firstIndex(of: ","),
          text.utf8.distance(from: text.startIndex, to: end) < length
        else { continue }
        #expect(value[JSONKey(key)] == full, "\(length): \(key)")
      }
    }
  }

  @Test(
    "one character lost, doubled or put in: what is mended equals what was there",
    arguments: [state, compact, flat])
  func single(text: String) throws {
    let bytes = Array(text.utf8)
    let whole = try #require(Self.value(text))
    var mendedCount = 0
    func look(_ damaged: [UInt8], _ what: String) {
      guard (try? JSONDocument(parsing: damaged)) == nil else { return }
      guard let mended = JSONRepair.mended(damaged),
        let value = (try? JSONDocument(parsing: mended))?.root
      else { return }
      mendedCount += 1
      #expect(value == whole, "\(what): \(String(decoding: damaged, as: UTF8.self))")
    }
    for index in bytes.indices {
      let byte = bytes[index]
      guard "{}[],:\"".utf8.contains(byte) else { continue }
      var damaged = bytes
      damaged.remove(at: index)
      look(damaged, "lost \(index)")
      damaged = bytes
      damaged.insert(byte, at: index)
      look(damaged, "doubled \(index)")
    }
    for index in 0...bytes.count {
      for byte in "}],".utf8 {
        var damaged = bytes
        damaged.insert(byte, at: index)
        look(damaged, "put in \(index)")
      }
    }
    #expect(mendedCount > 5, "\(mendedCount)")
  }

  @Test("no fixture loses or gains a value by a lost or doubled character of its structure")
  func fixtures() throws {
    var mendedCount = 0
    for folder in Fixtures.names(in: "cline") {
      let name = "cline/\(folder)/globalState.json"
      guard let bytes = try? Fixtures.bytes(name) else { continue }
      guard bytes.count < 6000, let whole = (try? JSONDocument(parsing: bytes))?.root,
        whole.object != nil
      else { continue }
      for index in bytes.indices where "{}[],:\"".utf8.contains(bytes[index]) {
        var lost = bytes
        lost.remove(at: index)
        var doubled = bytes
        doubled.insert(bytes[index], at: index)
        for damaged in [lost, doubled] where (try? JSONDocument(parsing: damaged)) == nil {
          guard let mended = JSONRepair.mended(damaged) else { continue }
          mendedCount += 1
          #expect(try JSONDocument(parsing: mended).root == whole, "\(name) at \(index)")
        }
      }
    }
    #expect(mendedCount > 100, "\(mendedCount)")
  }
}
