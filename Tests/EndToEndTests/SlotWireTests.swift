import Foundation
import TestSupport
import Testing

/// What leaves this machine for a server in each slot with an address of its own.
@Suite("A server is asked in its slot's own protocol, where and how Cline would ask")
struct SlotWireTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String]
    /// Below the server's `/native`, as it is passed.
    var path = ""
    /// What the server sees, with K for the key: the questions of each client that asks otherwise than
    /// those before it.
    let sees: [String]

    var testDescription: String { words.joined(separator: " ") }
  }

  /// A list and a small request in OpenAI's way.
  static func openAI(_ root: String, key: String = "K") -> [String] {
    [
      "GET \(root)/models authorization=Bearer \(key)",
      "POST \(root)/chat/completions authorization=Bearer \(key) max_tokens,messages,model,stream",
    ]
  }

  /// The extension from before the SDK adds `/v1` where the SDK wants it in the address.
  static func anthropic(_ root: String) -> [String] {
    [
      "GET \(root)/v1/models x-api-key=K",
      "POST \(root)/v1/messages x-api-key=K max_tokens,messages,model",
    ]
  }

  /// That extension knows its models of Gemini's, and takes its first for others.
  static func gemini(_ model: String) -> [String] {
    [
      "GET /native/v1beta/models x-goog-api-key=K",
      "POST /native/v1beta/models/\(model):generateContent x-goog-api-key=K contents,generationConfig",
    ]
  }

  static let dify =
    "POST /native/v1/chat-messages authorization=Bearer K inputs,query,response_mode,user"

  static let cases = [
    Case(words: ["anthropic"], sees: anthropic("/native") + anthropic("/native/v1")),
    Case(words: ["gemini"], sees: gemini("m-1") + gemini("gemini-3.1-pro-preview")),
    Case(
      words: ["ollama"],
      sees: [
        "GET /native/v1/models authorization=Bearer K",
        "POST /native/api/chat authorization=Bearer K messages,model,stream",
      ]),
    Case(
      words: ["lmstudio"], path: "/v1",
      sees: openAI("/native/v1") + openAI("/native/api/v0", key: "noop")),
    Case(words: ["litellm"], sees: openAI("/native/v1")),
    Case(words: ["requesty"], path: "/v1", sees: openAI("/native/v1")),
    Case(
      words: ["aihubmix"], path: "/v1", sees: openAI("/native/v1") + openAI("/native/v1/v1")),
    Case(
      words: ["custom", "--slot", "litellm"], path: "/v1", sees: openAI("/native/v1")),
    Case(words: ["dify"], path: "/v1", sees: [dify, dify]),
    Case(
      words: ["custom", "--no-images", "--temperature", "0.3", "--max-input-tokens", "9000"],
      path: "/v1", sees: openAI("/native/v1")),
  ]

  @Test("set up, listed and verified", arguments: cases)
  func asks(one: Case) throws {
    guard Tool.find("curl") != nil, let server = try ProviderServer(tls: false) else {
      return Tool.skip("curl or python3", consequence: "no protocol was seen on the wire")
    }
    let home = try TemporaryDirectory()
    let key = "invented-key-0001-abcdef"
    func run(_ words: [String]) throws -> Tool.Result {
      try Binary.run(words, home: home.url, variables: ["K": key])
    }
    let address = "http://127.0.0.1:\(server.port)/native\(one.path)"
    let set = try run(
      ["set-provider"] + one.words + [
        "--base-url", address, "--key-env", "K", "--model", "m-1", "--no-verify", "--no-input",
      ])
    #expect(set.status == 0, "\(set.output)\(set.error)")
    #expect(server.received.isEmpty)
    let verified = try run(["verify"])
    #expect(verified.status == 0, "\(verified.output)\(verified.error)")
    let seen = server.received.map { $0.replacing(key, with: "K") }
    #expect(seen == one.sees)
    #expect(!(set.output + set.error + verified.output + verified.error).contains(key))
  }
}
