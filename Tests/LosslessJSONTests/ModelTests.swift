import ClineConfig
import Foundation
import LosslessJSON
import Testing

@Suite("A Codable model is a view of a document")
struct ModelTests {
  struct Settings: Codable, Equatable {
    struct Inner: Codable, Equatable { var flag: Bool?, list: [Int]? }
    var mode: String?
    var count: Int?
    var ratio: Double?
    var inner: Inner?
    var map: [String: String]?
    var key: Secret?
  }

  private func document(_ text: String) throws -> JSONDocument {
    try JSONDocument(parsing: Array(text.utf8))
  }

  @Test("it reads the last of repeated keys, and numbers exactly")
  func reads() throws {
    let settings = try document(
      #"{"mode":"plan","mode":"act","count":9007199254740993,"ratio":1.5,"inner":{"list":[1,2]},"map":{"a":"b"},"key":"k"}"#
    ).decode(Settings.self)
    #expect(
      settings
        == Settings(
          mode: "act", count: 9_007_199_254_740_993, ratio: 1.5,
          inner: .init(flag: nil, list: [1, 2]),
          map: ["a": "b"], key: Secret("k")))
  }

  @Test("it writes only what differs")
  func writes() throws {
    let text =
      "{\n  \"count\": 1.0,\n  \"unknown\": [ 1 ],\n  \"mode\":\"plan\",\n  \"inner\": {\"flag\": true, \"other\": 1}\n}"
    var document = try document(text)
    try document.update(Settings.self) { _ in }
    #expect(String(decoding: document.bytes, as: UTF8.self) == text)
    try document.update(Settings.self) {
      $0.mode = "act"
      $0.inner?.flag = nil
      $0.inner?.list = [1]
      $0.key = Secret("new")
    }
    #expect(
      String(decoding: document.bytes, as: UTF8.self)
        == "{\n  \"count\": 1.0,\n  \"unknown\": [ 1 ],\n  \"mode\":\"act\",\n  \"inner\": {\"other\": 1, \"list\": [1]},\n  \"key\": \"new\"\n}"
    )
  }

  @Test("an error names the place and not the value")
  func errors() throws {
    let document = try document(#"{"inner":{"list":[1,"sk-not-a-real-key"]}}"#)
    let error = #expect(throws: JSONDocument.ModelError.self) { try document.decode(Settings.self) }
    #expect(error?.description == "/inner/list/1: expected a whole number")
  }

  @Test("no other encoder gets a secret, and nothing prints one")
  func secrets() {
    let secret = Secret("sk-not-a-real-key-1234")
    #expect(throws: EncodingError.self) { try JSONEncoder().encode([secret]) }
    var dumped = ""
    dump([secret], to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), dumped, "\(Settings(key: secret))"] {
      #expect(!text.contains("not-a-real"))
    }
  }

  @Test(
    "a masked secret shows a public prefix and four characters of a long one",
    arguments: [
      ("", ""), ("short", "…"), ("sk-or-v1-0123456789abcdef0123", "sk-or-v1-…0123"),
      ("0123456789abcdefghij", "…ghij"), ("sk-or-v1-012345", "…"),
    ])
  func masks(value: String, shown: String) {
    #expect(Secret(value).masked(publicPrefixes: ["sk-", "sk-or-v1-"]) == shown)
  }
}
