import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// Slots with an address of their own: any server that speaks their protocol.
@Suite("A server of one's own in one of Cline's slots")
struct SlotAddressTests {
  struct Case: Sendable, CustomStringConvertible {
    var provider: String
    var slot: String?
    var url: String?
    /// What the CLI and VS Code with the SDK ask.
    var asks: String
    /// What the extension from before the SDK asks, where that is something else.
    var legacy: String?
    var description: String { "\(provider) \(slot ?? "") \(url ?? "")" }
  }

  static let cases: [Case] = [
    Case(
      provider: "anthropic", url: "https://gw.example/anthropic",
      asks: "https://gw.example/anthropic/v1/messages",
      legacy: "https://gw.example/anthropic/v1/v1/messages"),
    Case(
      provider: "anthropic", url: "https://gw.example/anthropic/v1/",
      asks: "https://gw.example/anthropic/v1/messages",
      legacy: "https://gw.example/anthropic/v1/v1/messages"),
    Case(
      provider: "anthropic", url: "https://gw.example", asks: "https://gw.example/v1/messages"),
    Case(
      provider: "anthropic", url: "http://127.0.0.1:3456/v1",
      asks: "http://127.0.0.1:3456/v1/messages"),
    Case(
      provider: "custom", slot: "anthropic", url: "http://127.0.0.1:3456",
      asks: "http://127.0.0.1:3456/v1/messages"),
    Case(
      provider: "anthropic", url: "https://api.z.ai/api/anthropic",
      asks: "https://api.z.ai/api/anthropic/v1/messages",
      legacy: "https://api.z.ai/api/anthropic/v1/v1/messages"),
    Case(
      provider: "deepseek", slot: "anthropic",
      asks: "https://api.deepseek.com/anthropic/v1/messages",
      legacy: "https://api.deepseek.com/anthropic/v1/v1/messages"),
    Case(
      provider: "gemini", url: "https://gw.example",
      asks: "https://gw.example/v1beta/models/gemini-3.1-pro-preview:streamGenerateContent?alt=sse"),
    Case(
      provider: "gemini", url: "https://gw.example/google/v1beta/openai",
      asks:
        "https://gw.example/google/v1beta/models/gemini-3.1-pro-preview:streamGenerateContent?alt=sse"
    ),
    Case(
      provider: "ollama", url: "https://gw.example/o/v1", asks: "https://gw.example/o/api/chat"),
    Case(
      provider: "lmstudio", url: "http://10.0.0.9:1234/api/v0",
      asks: "http://10.0.0.9:1234/v1/chat/completions",
      legacy: "http://10.0.0.9:1234/api/v0/chat/completions"),
    Case(
      provider: "litellm", url: "https://llm.example",
      asks: "https://llm.example/v1/chat/completions"),
    Case(
      provider: "custom", slot: "litellm", url: "https://llm.example/openai",
      asks: "https://llm.example/openai/chat/completions"),
    Case(
      provider: "custom", slot: "litellm", url: "https://llm.example",
      asks: "https://llm.example/v1/chat/completions"),
    Case(
      provider: "custom", slot: "requesty", url: "https://llm.example/openai",
      asks: "https://llm.example/openai/chat/completions"),
    Case(
      provider: "rutaapi", slot: "litellm", asks: "https://api.rutaapi.com/v1/chat/completions"),
    Case(
      provider: "requesty", url: "https://gw.example/v1",
      asks: "https://gw.example/v1/chat/completions"),
    Case(
      provider: "aihubmix", url: "https://gw.example/v1",
      asks: "https://gw.example/v1/chat/completions"),
    Case(
      provider: "aihubmix", url: "https://gw.example/hub",
      asks: "https://gw.example/hub/v1/chat/completions",
      legacy: "https://gw.example/hub/v1/v1/chat/completions"),
    Case(
      provider: "dify", url: "https://gw.example/d/v1",
      asks: "https://gw.example/d/v1/chat-messages"),
  ]

  static func choice(_ one: Case) -> Profile.Choice {
    var choice = Bench.choice(one.provider)
    (choice.baseURL, choice.slot) = (one.url, one.slot)
    // The extension from before the SDK knows its models there.
    if one.provider == "gemini" {
      for mode in Mode.allCases { choice.models[mode] = "gemini-3.1-pro-preview" }
    }
    return choice
  }

  private func requests(
    _ snapshot: Snapshot, _ client: ClineClient
  ) -> Set<String> {
    Set(client.requests(from: snapshot, variables: [:]).map { $0.requestURL ?? $0.problem ?? "-" })
  }

  @Test("every client asks where the server is, or is told that it does not", arguments: cases)
  func asks(one: Case) throws {
    let bench = Bench()
    let planner = try bench.planner()
    let plan = try planner.plan([Self.choice(one)])
    try planner.commit(plan, command: "test")
    let snapshot = try bench.store().load()
    for client in [ClineClient.cli, .vscodeSDK] where one.provider != "lmstudio" || client == .cli {
      #expect(requests(snapshot, client) == [one.asks], "\(client) \(bench.texts)")
    }
    #expect(requests(snapshot, .vscodeLegacy) == [one.legacy ?? one.asks], "\(bench.texts)")
    let isTold = plan.notes.contains { "\($0)".contains("no single address") }
    #expect(isTold == (one.legacy?.contains("/v1/v1/") == true), "\(plan.notes)")

    // What was set up is so already, and a profile of it leads to the same.
    #expect(try planner.plan([Self.choice(one)]).change.isEmpty)
    let profile = try PresentSetup(of: snapshot, catalog: .bundled, on: bench.host).profile()
    #expect(try planner.plan(profile.choices).change.isEmpty, "\(profile.json)")
    let empty = Bench()
    var choices = profile.choices
    for index in choices.indices { choices[index].key = .environment("K") }
    let other = try empty.planner()
    try other.commit(try other.plan(choices), command: "test")
    #expect(empty.texts == bench.texts, "\(profile.json)")
  }

  @Test("the key is the server's: no vendor's own is taken, and the stored one stays where it is")
  func keys() throws {
    var bench = Bench()
    bench.variables["ANTHROPIC_API_KEY"] = "sk-ant-invented-0001-0002-0003-0004"
    var planner = try bench.planner()
    try planner.commit(try planner.plan([Bench.choice("anthropic")]), command: "test")
    var choice = Bench.choice("anthropic", key: nil)
    choice.baseURL = "https://gw.example/anthropic"
    let error = #expect(throws: SetupError.self) { try planner.plan([choice]) }
    #expect(
      error.map { "\($0.reason)" }?.hasPrefix("keyMissing") == true, "\(String(describing: error))")
    planner.questions = Answers(key: "invented-key-0002")
    let plan = try planner.plan([choice])
    #expect(plan.parts.first?.key.value?.reveal() == "invented-key-0002")
  }

  @Test(
    "an address that is somebody's and speaks something else, or is misspelt, is refused",
    arguments: [
      ("anthropic", "https://api.openai.com/v1"), ("gemini", "https://api.anthropic.com"),
      ("anthropic", "https://api.anthropc.com"), ("requesty", "https://openrouter.ai/api/v1"),
      ("openrouter", "https://gw.example/v1"),
    ])
  func refused(provider: String, url: String) throws {
    var choice = Bench.choice(provider)
    choice.baseURL = url
    let planner = try Bench().planner()
    let error = #expect(throws: SetupError.self) { try planner.plan([choice]) }
    #expect(error?.findings.isEmpty == false, "\(String(describing: error))")
  }

  @Test("a slot without an address of its own, or of no protocol of the provider's, is refused")
  func closed() throws {
    let planner = try Bench().planner()
    for (provider, slot, reason) in [
      ("custom", "openrouter", "slotNotOpen"), ("custom", "nothing", "slotNotOpen"),
      ("custom", "bedrock", "slotNotOpen"), ("custom", "litellm", "baseURLMissing"),
      ("openrouter", "gemini", "protocolMissing"),
    ] {
      var choice = Bench.choice(provider)
      choice.slot = slot
      let error = #expect(throws: SetupError.self) { try planner.plan([choice]) }
      #expect(
        error.map { "\($0.reason)" }?.hasPrefix(reason) == true, "\(String(describing: error))")
    }
  }

  @Test("two gateways, one for each mode")
  func two() throws {
    let bench = Bench()
    let planner = try bench.planner()
    var plan = Bench.choice("custom", modes: [.plan])
    (plan.baseURL, plan.slot) = ("https://llm.example/v1", "litellm")
    let act = Bench.choice("rutaapi", modes: [.act])
    try planner.commit(try planner.plan([plan, act]), command: "test")
    let snapshot = try bench.store().load()
    for client in [ClineClient.vscodeSDK, .vscodeLegacy] {
      let urls = client.requests(from: snapshot, variables: [:]).map(\.requestURL)
      #expect(
        urls == [
          "https://llm.example/v1/chat/completions", "https://api.rutaapi.com/v1/chat/completions",
        ], "\(client)")
    }
    let profile = try PresentSetup(of: snapshot, catalog: .bundled, on: bench.host).profile()
    #expect(try profile.choices.count == 2 && planner.plan(profile.choices).change.isEmpty)
  }
}
