import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("Every provider that can be set is sent to, judged and asked alike")
struct EveryProviderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let provider: Provider
    let isFresh: Bool
    var testDescription: String { provider.id + (isFresh ? "" : " over an older set-up") }
  }

  static let cases: [Case] = ProviderCatalog.bundled.providers.filter {
    // Requests that a cloud's own means sign are looked at in ``ExtrasTests``.
    $0.isSettable && !$0.slot.isSignedByCloud
  }.flatMap {
    provider in [true, false].map { Case(provider: provider, isFresh: $0) }
  }

  /// What an older set-up with another gateway leaves, headers and all.
  static func older(in machine: TestMachine) {
    machine.files.put(
      #"{"__vscodeMigrationVersion":1,"mode":"act","planModeApiProvider":"openai","actModeApiProvider":"openai","openAiBaseUrl":"https://old.example.com/v1","openAiHeaders":{"X-Old":"team"},"planModeOpenAiModelId":"old","actModeOpenAiModelId":"old","welcomeViewCompleted":true}"#,
      at: testData + "/globalState.json")
    machine.files.put(
      #"{"openAiApiKey":"invented-older-key-0001"}"#, at: testData + "/secrets.json", mode: 0o600)
  }

  @Test("fresh, and over an older set-up with headers", arguments: cases)
  func everyProvider(_ test: Case) throws {
    let provider = test.provider
    var generator = SeededGenerator(seed: 11)
    let key = JudgementTests.key(of: provider, &generator).reveal()
    let model = provider.exampleModels.first ?? "some-model"
    var machine = TestMachine(variables: ["K": key])
    if !test.isFresh { Self.older(in: machine) }
    var words = ["set-provider", provider.id, "--model", model, "--no-verify"]
    if provider.needsKey {
      words += ["--key-env", "K"]
    } else if provider.usesCompatibleSlot {
      words.append("--no-key")
    }
    // At Azure one form is right everywhere.
    let known = provider.compatibleRoots
    let root = (known.first { $0.url.contains("/deployments/") } ?? known.first)
      .map(JudgementTests.filled)
    if provider.usesCompatibleSlot, provider.compatibleRoot == nil {
      words += ["--base-url", root ?? "https://llm.example.com/v1"]
    }
    let set = machine.run(words)
    try #require(set.code == 0, "\(words): \(set.notes)")

    // Every client sends what was asked for.
    let show = machine.run("show")
    let rows = try machine.run("show", "--json").json["clients"]?.array ?? []
    #expect(rows.count == (ClineClient.allCases.count - 1) * Mode.allCases.count)
    for row in rows {
      #expect(row["problem"] == .null, "\(show.output)")
      // Where the address itself says which, no model is named.
      let sent = row["replacedModel"]?.string ?? row["model"]?.string
      #expect(sent == (provider.slot.spokenProtocol == .dify ? nil : model), "\(show.output)")
      if provider.needsKey { #expect(row["key"] != .null, "\(show.output)") }
      #expect(row["headers"]?.array?.contains("X-Old") == false, "\(show.output)")
      #expect(row["requestURL"]?.string?.contains("old.example.com") != true, "\(show.output)")
    }

    // Nothing is wrong with it.
    let doctor = try machine.run("doctor", "--json").json["findings"]?.array ?? []
    let told = doctor.filter { $0["severity"] != "info" }
    #expect(told.isEmpty, "\(machine.run("doctor").output)\(show.output)")

    // And it is asked where and how its clients would ask.
    let transport = ScriptedTransport(models: [model])
    machine.transport = transport
    let verify = machine.run("verify")
    #expect(verify.code == 0, "\(verify.output)\(verify.notes)")
    let chats = transport.requests.filter { $0.body != nil }
    #expect(!chats.isEmpty)
    // A stream is of no use to a question.
    let headers = Dictionary(
      rows.compactMap { row in
        row["requestURL"]?.string.map {
          (
            $0.replacing(":streamGenerateContent?alt=sse", with: ":generateContent"),
            row["keyHeader"]?.string ?? "authorization"
          )
        }
      }, uniquingKeysWith: { first, _ in first })
    for chat in chats {
      let header = try #require(headers[chat.url], "\(chat.url) is no client's: \(headers.keys)")
      guard provider.needsKey else { continue }
      let sent = header == "authorization" ? chat.bearer : chat.headers[header]
      #expect(sent?.reveal() == key, "\(header): \(chat.headers.keys)")
    }
    let replaced = rows.filter { $0["replacedModel"] != .null }.compactMap {
      $0["requestURL"]?.string
    }
    for url in headers.keys where !replaced.contains(where: { $0.hasPrefix(url.prefix(60)) }) {
      #expect(chats.contains { $0.url == url }, "\(url) was not asked")
    }
  }
}
