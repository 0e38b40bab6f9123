import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("An edit changes only the bytes it is about")
struct EditingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let what: String
    let before: String
    let pointer: JSONPointer
    let value: JSONValue?
    let after: String
    var dialect = JSONDocument.Dialect.strict
    var testDescription: String { what }

    init(
      _ what: String, _ before: String, _ pointer: JSONPointer, _ value: JSONValue?,
      _ after: String, _ dialect: JSONDocument.Dialect = .strict
    ) {
      (self.what, self.before, self.pointer) = (what, before, pointer)
      (self.value, self.after, self.dialect) = (value, after, dialect)
    }
  }

  @Test("as one splice it is the same edit, and the value stands where it says", arguments: 0..<40)
  func splices(round: Int) throws {
    let seed = UInt64.random(in: 0..<UInt64.max)
    var random = RandomJSON(seed: seed)
    for _ in 0..<50 {
      let text = random.text(of: .object(random.object(depth: 4)))
      let document = try JSONDocument(parsing: Array(text.utf8))
      var pointer = JSONPointer.root.appending(random.key())
      for _ in 0..<Int.random(in: 0..<3, using: &random.generator) {
        pointer = pointer.appending(random.key())
      }
      let value = Bool.random(using: &random.generator) ? random.value(depth: 2) : nil
      let note = Comment(
        rawValue: "seed \(seed): \(pointer) = \(value.map { "\($0)" } ?? "gone") in \(text)")
      var edited = document
      let splice: JSONDocument.Splice?
      do {
        if let value { try edited.set(value, at: pointer) } else { try edited.remove(at: pointer) }
        splice = try document.splice(value, at: pointer)
      } catch {
        #expect(throws: JSONDocument.EditError.self, note) {
          try document.splice(value, at: pointer)
        }
        continue
      }
      guard let splice else {
        // Nothing differs, or a key is repeated.
        #expect(edited == document || value == nil, note)
        continue
      }
      let bytes =
        document.bytes[..<splice.range.lowerBound] + splice.text
        + document.bytes[splice.range.upperBound...]
      #expect(Array(bytes) == edited.bytes, note)
      guard let change = ValueChange(splice, at: pointer, of: document) else {
        continue
      }
      #expect(ValueChange.at([pointer], from: document, to: edited) == [change], note)
    }
  }

  static let cases: [Case] = [
    Case("replaces a string", #"{ "a" : "x" }"#, "/a", "y", #"{ "a" : "y" }"#),
    Case("replaces the last of repeated keys", #"{"a":1,"a":2}"#, "/a", 3, #"{"a":1,"a":3}"#),
    Case("adds to a compact object", #"{"a":1}"#, "/b", 2, #"{"a":1,"b":2}"#),
    Case("adds with spaces where the colon has one", #"{"a": 1}"#, "/b", 2, #"{"a": 1, "b": 2}"#),
    Case(
      "adds with the neighbour's separator", #"{ "a":1,  "b":2 }"#, "/c", 3,
      #"{ "a":1,  "b":2,  "c":3 }"#),
    Case("adds with tabs", "{\n\t\"a\": 1\n}", "/b", 2, "{\n\t\"a\": 1,\n\t\"b\": 2\n}"),
    Case(
      "adds with CRLF", "{\r\n  \"a\": 1\r\n}\r\n", "/b", 2,
      "{\r\n  \"a\": 1,\r\n  \"b\": 2\r\n}\r\n"),
    Case(
      "adds a nested object", "{\n    \"a\": 1\n}", "/b", ["c": [1, 2]],
      "{\n    \"a\": 1,\n    \"b\": {\n        \"c\": [\n            1,\n            2\n        ]\n    }\n}"
    ),
    Case(
      "creates the objects on the way", "{\n  \"a\": 1\n}", "/b/c/d", true,
      "{\n  \"a\": 1,\n  \"b\": {\n    \"c\": {\n      \"d\": true\n    }\n  }\n}"),
    Case("adds to an empty document", "{}", "/a", 1, "{\n  \"a\": 1\n}"),
    Case(
      "adds to an empty nested object", "{\n  \"a\": {}\n}", "/a/b", 1,
      "{\n  \"a\": {\n    \"b\": 1\n  }\n}"),
    Case(
      "adds to an empty object on one line", #"{"x":1,"a":{}}"#, "/a/b", 1, #"{"x":1,"a":{"b":1}}"#),
    Case(
      "adds to a one-line object in a document of many lines",
      "{\n  \"a\": { \"b\": 1 },\n  \"z\": 0\n}", "/a/c", ["d": 2],
      "{\n  \"a\": { \"b\": 1, \"c\": {\"d\": 2} },\n  \"z\": 0\n}"),
    Case("keeps a space before the colon", "{\"a\" :1}", "/b", 2, "{\"a\" :1,\"b\" :2}"),
    Case("removes the first", "{\n  \"a\": 1,\n  \"b\": 2\n}", "/a", nil, "{\n  \"b\": 2\n}"),
    Case("removes the middle one", "[1, 2, 3]", "/1", nil, "[1, 3]"),
    Case("removes the last", "[1, 2]", "/1", nil, "[1]"),
    Case("removes the only one", "{\n  \"a\": 1\n}", "/a", nil, "{}"),
    Case("removes every repetition", #"{"a":1,"b":2,"a":3}"#, "/a", nil, #"{"b":2}"#),
    Case("appends to an array", "[\n  1\n]", "/1", 2, "[\n  1,\n  2\n]"),
    Case("appends with the dash", "[1]", "/-", 2, "[1,2]"),
    Case(
      "keeps an equal number's spelling of another value", #"{"t":1.50,"a":1}"#, "/a", 2,
      #"{"t":1.50,"a":2}"#),
    Case("escapes a key", #"{}"#, "/a~1b\"", 1, "{\n  \"a/b\\\"\": 1\n}"),
    Case("finds an escaped key", #"{"\u0061":1}"#, "/a", 2, #"{"\u0061":2}"#),
    Case("edits the root", "1", "", 2, "2"),
    Case(
      "adds after a comment on the line", "{\n  \"a\": 1 // one\n}", "/b", 2,
      "{\n  \"a\": 1, // one\n  \"b\": 2\n}", .jsonc),
    Case(
      "keeps the trailing comma's habit", "{\n  \"a\": 1,\n}", "/b", 2,
      "{\n  \"a\": 1,\n  \"b\": 2,\n}", .jsonc),
    Case(
      "keeps a comma and a comment", "{\n  \"a\": 1, // one\n}", "/b", 2,
      "{\n  \"a\": 1, // one\n  \"b\": 2,\n}", .jsonc),
    Case(
      "adds beside a comment in an empty object", "{\n  // none\n}", "/a", 1,
      "{\n  // none\n  \"a\": 1\n}", .jsonc),
    Case(
      "removes and keeps the comment above the next", "{\n  \"a\": 1, // about a\n  \"b\": 2\n}",
      "/a", nil, "{\n  // about a\n  \"b\": 2\n}", .jsonc),
    Case(
      "removes the last and keeps the other's comment", "{\n  \"a\": 1, // about a\n  \"b\": 2\n}",
      "/b", nil, "{\n  \"a\": 1 // about a\n}", .jsonc),
  ]

  @Test("edit", arguments: cases)
  func edits(_ test: Case) throws {
    var document = try JSONDocument(parsing: Array(test.before.utf8), dialect: test.dialect)
    if let value = test.value {
      try document.set(value, at: test.pointer)
    } else {
      try document.removeValue(at: test.pointer)
    }
    #expect(String(decoding: document.bytes, as: UTF8.self) == test.after)
    try expectFreshIndex(document)
  }

  private func expectFreshIndex(_ document: JSONDocument, comment: Comment? = nil) throws {
    let fresh = try JSONDocument(parsing: document.bytes, dialect: document.dialect)
    #expect(document.nodes == fresh.nodes, comment)
  }

  @Test("setting what is there already changes nothing")
  func noChange() throws {
    for text in [#"{"a" : "\u0078"}"#, #"{"a":{"b":1,"c":2}}"#, "[1.0]"] {
      var document = try JSONDocument(parsing: Array(text.utf8))
      let value = document.root
      try document.set(value, at: "")
      #expect(document.bytes == Array(text.utf8))
    }
    var document = try JSONDocument(parsing: Array(#"{"a":{"b":1,"c":2}}"#.utf8))
    try document.set(["c": 2, "b": 1], at: "/a")
    #expect(document.bytes == Array(#"{"a":{"b":1,"c":2}}"#.utf8))
  }

  @Test("an edit that has no place is an error and changes nothing")
  func errors() throws {
    var document = try JSONDocument(parsing: Array(#"{"a":1,"l":[1]}"#.utf8))
    let before = document
    #expect(throws: JSONDocument.EditError.notAContainer("/a")) { try document.set(1, at: "/a/b") }
    #expect(throws: JSONDocument.EditError.indexOutOfRange("/l/5", count: 1)) {
      try document.set(1, at: "/l/5")
    }
    #expect(throws: JSONDocument.EditError.indexOutOfRange("/l/01", count: 1)) {
      try document.set(1, at: "/l/01")
    }
    #expect(try document.removeValue(at: "/nothing") == nil)
    #expect(document == before)
  }

  @Test("keys are compared by bytes, and unpaired surrogates stay apart")
  func keysByBytes() throws {
    let text = "{\"\u{E9}\":1,\"e\u{301}\":2,\"\\ud800\":3,\"\\ud801\":4}"
    var document = try JSONDocument(parsing: Array(text.utf8))
    #expect(document.repeatedKeys.isEmpty)
    try document.set(9, at: "/\u{E9}")
    let keys = document.root.object?.keys ?? []
    #expect(Set(keys).count == 4)
    #expect(String(decoding: document.bytes, as: UTF8.self).contains(#""\ud800":3,"\ud801":4"#))
    #expect(document.root.bytes().count > 0)
    #expect(try JSONDocument(document.root).root.object?.keys == keys)
  }

  @Test("repeated keys are found at every depth")
  func repeated() throws {
    let document = try JSONDocument(
      parsing: Array(#"{"a":[{"b":1,"b":2}],"a":[{"b":1,"b":1}],"c":{}}"#.utf8))
    #expect(document.repeatedKeys == ["/a", "/a/0/b", "/a/0/b"])
  }

  @Test("random edits equal edits of a plain tree, and the index stays exact")
  func randomEdits() throws {
    let seed = UInt64.random(in: 0..<UInt64.max)
    var random = RandomJSON(seed: seed)
    for round in 0..<3_000 {
      let value = JSONValue.object(random.object(depth: 3))
      let text = random.text(of: value)
      var document = try JSONDocument(parsing: Array(text.utf8))
      #expect(document.root == value, "seed \(seed) round \(round)")
      var plain = value
      for _ in 0..<3 {
        let pointer = JSONPointer.root.appending(random.key()).appending(random.key())
        let before = document
        if Bool.random(using: &random.generator) {
          let new = random.value(depth: 2)
          let parentIsObject = plain[pointer.tokens[0]].map { $0.object != nil } ?? true
          do throws(JSONDocument.EditError) {
            try document.set(new, at: pointer)
            #expect(parentIsObject)
            var parent = plain[pointer.tokens[0]]?.object ?? JSONObject()
            if parent[pointer.tokens[1]].map({ !$0.isEquivalent(to: new) }) ?? true {
              parent[pointer.tokens[1]] = new
            }
            var whole = plain.object ?? JSONObject()
            whole[pointer.tokens[0]] = .object(parent)
            plain = .object(whole)
          } catch {
            #expect(!parentIsObject && document == before)
          }
        } else if plain[pointer.tokens[0]]?.object != nil {
          try document.removeValue(at: pointer)
          var parent = plain[pointer.tokens[0]]?.object ?? JSONObject()
          parent[pointer.tokens[1]] = nil
          var whole = plain.object ?? JSONObject()
          whole[pointer.tokens[0]] = .object(parent)
          plain = .object(whole)
        }
        #expect(document.root == plain, "seed \(seed) round \(round): \(text)")
        try expectFreshIndex(document, comment: "seed \(seed) round \(round): \(text)")
        expectLocal(
          before.bytes, after: document.bytes, comment: "seed \(seed) round \(round): \(text)")
      }
    }
  }

  /// Everything outside one changed span is identical: what both texts begin and end with
  /// covers all but the edit and its punctuation.
  private func expectLocal(_ before: [UInt8], after: [UInt8], comment: Comment) {
    let head = zip(before, after).prefix { $0 == $1 }.count
    let limit = min(before.count, after.count) - head
    let tail = zip(before.reversed(), after.reversed()).prefix { $0 == $1 }.prefix(limit).count
    let removed = before[head..<before.count - tail]
    let added = after[head..<after.count - tail]
    // The changed span never covers the whole of a document that has other members.
    #expect(removed.isEmpty || added.isEmpty || removed.count < before.count, comment)
  }

  @Test("adding and removing again restores every byte")
  func addThenRemove() throws {
    let seed = UInt64.random(in: 0..<UInt64.max)
    var random = RandomJSON(seed: seed)
    for round in 0..<2_000 {
      var object = random.object(depth: 3)
      object["there"] = 1
      let text = random.text(of: .object(object))
      var document = try JSONDocument(parsing: Array(text.utf8))
      try document.set(random.value(depth: 2), at: "/new")
      try document.removeValue(at: "/new")
      #expect(document.bytes == Array(text.utf8), "seed \(seed) round \(round): \(text)")
    }
  }

  @Test("another document's text is taken over as it is spelled")
  func takesText() throws {
    let source = try JSONDocument(parsing: Array(#"{"a":{ "x":1.50, "s":"\ud800" }}"#.utf8))
    var target = try JSONDocument(parsing: Array("{\n  \"b\": 2\n}".utf8))
    try target.set(textOf: source, at: "/a")
    #expect(
      String(decoding: target.bytes, as: UTF8.self)
        == "{\n  \"b\": 2,\n  \"a\": { \"x\":1.50, \"s\":\"\\ud800\" }\n}")
    try expectFreshIndex(target)
  }
}

@Suite("A value becomes a document, or says why not")
struct DepthTests {
  /// `[[…]]` of so many arrays.
  static func nested(_ depth: Int) -> JSONValue {
    (0..<depth).reduce(1) { value, _ in .array([value]) }
  }

  @Test("a value that is too deep to be read back is refused, and never becomes null")
  func deep() throws {
    #expect(try JSONDocument(Self.nested(999)).root == Self.nested(999))
    for depth in [1_001, 1_200] {
      #expect(throws: JSONDocument.EditError.overLimit) { try JSONDocument(Self.nested(depth)) }
    }
    // Its text is its text all the same.
    #expect(Self.nested(1_200).bytes(layout: .compact).count == 2_401)
  }
}
