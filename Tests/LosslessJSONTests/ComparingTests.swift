import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("Documents are compared and gone through without making their values")
struct ComparingTests {
  @Test(
    "the differences lead from any document to any other, and there are none where data is equal")
  func differences() throws {
    let seed = UInt64.random(in: 0..<UInt64.max)
    var random = RandomJSON(seed: seed)
    for round in 0..<3_000 {
      let comment: Comment = "seed \(seed) round \(round)"
      let before = JSONValue.object(random.object(depth: 3))
      var after = JSONValue.object(random.object(depth: 3))
      if round.isMultiple(of: 3) {
        var object = before.object ?? [:]
        object[random.key()] = random.value(depth: 2)
        after = .object(object)
      }
      // Each spelled in its own way.
      let (old, new) = (
        try JSONDocument(parsing: Array(random.text(of: before).utf8)),
        try JSONDocument(parsing: Array(random.text(of: after).utf8))
      )
      #expect(old.isEquivalent(to: new) == before.isEquivalent(to: after), comment)
      #expect(old.differences(to: new).isEmpty == before.isEquivalent(to: after), comment)
      for place in old.differences(to: new) {
        #expect(!old.isEquivalent(to: new, at: place), comment)
        #expect(old.contains(place) == (old[place] != nil), comment)
      }
      var edited = old
      try edited.edit(from: old, to: new)
      #expect(edited.isEquivalent(to: new), comment)
      #expect(edited.root.isEquivalent(to: after), comment)
      let respelled = try JSONDocument(parsing: Array(random.text(of: before).utf8))
      #expect(old.isEquivalent(to: respelled) && old.differences(to: respelled).isEmpty, comment)
    }
  }

  @Test(
    "order, spacing, escapes and superseded members are no difference; spelling of numbers is",
    arguments: [
      (#"{"a":1,"b":[true]}"#, #"{ "b": [ true ], "a": 1 }"#, []),
      (#"{"a":1,"a":2}"#, #"{"a":2}"#, []),
      (#"{"a":"\u0041"}"#, #"{"a":"A"}"#, []),
      (#"{"a":1.0}"#, #"{"a":1}"#, ["/a"]),
      (#"{"a":[1,2]}"#, #"{"a":[1,2,3]}"#, ["/a"]),
      (#"{"a":[1,2,3]}"#, #"{"a":[1,2]}"#, ["/a"]),
      (#"{"a":{"b":1,"c":2}}"#, #"{"a":{"b":1,"d":2}}"#, ["/a/d", "/a/c"]),
      (#"{"a":{}}"#, #"{"a":[]}"#, ["/a"]),
      (#"[1]"#, #"{}"#, [""]),
    ] as [(String, String, [JSONPointer])])
  func sameData(_ before: String, after: String, places: [JSONPointer]) throws {
    let old = try JSONDocument(parsing: Array(before.utf8))
    #expect(old.differences(to: try JSONDocument(parsing: Array(after.utf8))) == places)
  }

  @Test("documents that are nested deep are compared to their end", arguments: [1, 7, 8, 9, 900])
  func deep(_ depth: Int) throws {
    func document(_ value: String, space: String = "") throws -> JSONDocument {
      let open = String(repeating: #"{"a":["# + space, count: depth / 2 + 1)
      let close = String(repeating: space + "]}", count: depth / 2 + 1)
      return try JSONDocument(parsing: Array((open + value + close).utf8))
    }
    let (one, two) = try (document("1"), document("2"))
    #expect(one.differences(to: two) == ["/a"] && !one.isEquivalent(to: two))
    #expect(try one.isEquivalent(to: document("1", space: " ")))
    #expect(try one.differences(to: document("1", space: " ")).isEmpty)
  }

  @Test("an edit through a model that would be nested too deep fails, and changes nothing")
  func tooDeep() throws {
    struct Model: Codable {
      var value: JSONValue
    }
    var deep = JSONValue.array([])
    for _ in 0..<1_100 { deep = .array([deep]) }
    var document = try JSONDocument(parsing: Array(#"{"value":1,"other":2}"#.utf8))
    let before = document
    #expect(throws: JSONDocument.EditError.overLimit) {
      try document.update(Model.self) { $0.value = deep }
    }
    #expect(document == before)
  }

  @Test("a walk meets every value once, in order, and knows where it is")
  func walk() throws {
    let seed = UInt64.random(in: 0..<UInt64.max)
    var random = RandomJSON(seed: seed)
    for round in 0..<500 {
      let value = random.value(depth: 4)
      let document = try JSONDocument(parsing: Array(random.text(of: value).utf8))
      var expected: [(JSONPointer, JSONValue)] = []
      func add(_ value: JSONValue, place: JSONPointer) {
        expected.append((place, value))
        for (index, item) in (value.array ?? []).enumerated() {
          add(item, place: place.appending(index))
        }
        for (key, item) in value.object ?? [:] { add(item, place: place.appending(key)) }
      }
      add(value, place: .root)
      var walk = JSONWalk(document)
      for (place, value) in expected {
        let next = walk.next()
        let node = try #require(next, "seed \(seed) round \(round)")
        #expect(walk.pointer == place, "seed \(seed) round \(round)")
        #expect(document.value(at: node) == value, "seed \(seed) round \(round)")
        if value.array == nil, value.object == nil, let parent = place.parent?.tokens.last,
          place.parent?.parent.flatMap({ document[$0]?.object }) != nil
        {
          #expect(walk.containerKey.map(Array.init) == Array(parent.text.utf8))
        }
      }
      let end = walk.next()
      #expect(end == nil)
    }
  }

  @Test("repeated keys are found among many and few, escaped or not", arguments: [2, 8, 9, 300])
  func repeated(_ count: Int) throws {
    let members = (1..<count).map { #""key\#($0)":0"# }.joined(separator: ",")
    let text = #"{"x":{"a":1,\#(members)},"y":{"\u0061":1,\#(members),"a":2}}"#
    let document = try JSONDocument(parsing: Array(text.utf8))
    #expect(document.repeatedKeys == ["/y/a"])
  }

  @Test(
    "the names that members have, escaped or not, are found among others",
    arguments: [
      (#"{"a":1,"\u0062b":2,"c":{"d":1},"":0,"a":[{"e":2}]}"#, ["a", "bb", "c", ""]),
      (#"{}"#, []), (#"[{"a":1}]"#, []), (#"{"ab":{"a":1},"aa":2,"\ud800":3}"#, []),
      (#" { "bb" : "a" , "é" : null } "#, ["bb", "é"]),
    ] as [(String, [String])])
  func names(text: String, expected: [String]) throws {
    let document = try JSONDocument(parsing: Array(text.utf8))
    let names: Set<JSONKey> = ["a", "bb", "c", "d", "e", "", "é"]
    #expect(document.memberNames(among: names) == Set(expected.map { JSONKey($0) }))
    #expect(document.memberNames(among: []) == [])
  }
}
