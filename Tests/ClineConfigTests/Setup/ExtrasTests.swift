import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// What goes along with a triple: clouds' own settings, and facts of a model.
@Suite("Clouds and models are set up with what they need besides")
struct ExtrasTests {
  static let facts: [ModelFact: JSONValue] = [
    .contextWindow: 200_000, .maxTokens: 8000, .maxInputTokens: 100_000, .images: false,
    .temperature: .number(JSONNumber(literal: "0.6") ?? JSONNumber(1)), .reasoningEffort: "high",
    .inputPrice: .number(JSONNumber(literal: "0.5") ?? JSONNumber(1)), .outputPrice: 2,
    .cacheReadsPrice: 1, .cacheWritesPrice: 3,
  ]

  struct Case: Sendable, CustomStringConvertible {
    var choice: Profile.Choice
    /// What each client's request is signed by, or where it goes.
    var signedBy: String?
    var asks: String?
    var description: String { "\(choice.provider) \(choice.cloud) \(choice.facts.count)" }
  }

  static func choice(
    _ provider: String, _ model: String, url: String? = nil, key: KeyReference? = nil,
    cloud: [CloudSetting: JSONValue] = [:], facts: [ModelFact: JSONValue] = [:]
  ) -> Profile.Choice {
    var choice = Bench.choice(provider, model: model, key: key)
    (choice.baseURL, choice.cloud, choice.facts) = (url, cloud, facts)
    return choice
  }

  static let cases: [Case] = [
    Case(
      choice: choice(
        "bedrock", "eu.anthropic.claude-sonnet-5",
        cloud: [.awsProfile: "dev", .awsRegion: "eu-central-1"]),
      signedBy: "AWS profile dev, region eu-central-1"),
    Case(
      choice: choice(
        "bedrock", "anthropic.claude-sonnet-5",
        cloud: [
          .awsRegion: "us-east-1", .awsCrossRegion: true, .awsEndpoint: "https://vpce.example.com",
        ]),
      signedBy: "AWS credentials, region us-east-1, across regions, at https://vpce.example.com"),
    Case(
      choice: choice(
        "bedrock", "anthropic.claude-opus-5", key: .environment("K"),
        cloud: [.awsRegion: "us-east-1"]), signedBy: "region us-east-1"),
    Case(
      choice: choice(
        "vertex", "gemini-3-pro-preview",
        cloud: [.vertexProject: "p-1", .vertexRegion: "europe-west1"]),
      signedBy: "Google credentials, project p-1, region europe-west1"),
    Case(
      choice: choice(
        "azure-openai", "gpt-5", url: "https://res.openai.azure.com", key: .environment("K"),
        cloud: [.azureVersion: "2024-10-21"]),
      asks:
        "https://res.openai.azure.com/openai/deployments/gpt-5/chat/completions?api-version=2024-10-21"
    ),
    Case(
      choice: choice(
        "azure-openai", "d1", url: "https://res.openai.azure.com/openai/deployments/d1",
        cloud: [.azureVersion: "2024-10-21", .azureIdentity: true]),
      asks:
        "https://res.openai.azure.com/openai/deployments/d1/chat/completions?api-version=2024-10-21"
    ),
    Case(
      choice: choice(
        "custom", "m", url: "https://llm.example.com/v1", key: .environment("K"), facts: facts),
      asks: "https://llm.example.com/v1/chat/completions"),
    Case(
      choice: choice("openrouter", "a/m", key: .environment("K"), facts: facts),
      asks: "https://openrouter.ai/api/v1/chat/completions"),
    Case(
      choice: choice(
        "groq", "openai/gpt-oss-120b", key: .environment("K"),
        facts: [.reasoningEffort: "low", .images: false]),
      asks: "https://api.groq.com/openai/v1/chat/completions"),
  ]

  @Test("in every client, once and for all, and in a profile and back", arguments: cases)
  func everywhere(one: Case) throws {
    let bench = Bench()
    let planner = try bench.planner()
    try planner.commit(try planner.plan([one.choice]), command: "test")
    let snapshot = try bench.store().load()
    #expect(snapshot.broken.isEmpty)
    for client in [ClineClient.cli, .vscodeSDK, .vscodeLegacy] {
      for request in client.requests(from: snapshot, variables: [:]) {
        #expect(request.signedBy == one.signedBy, "\(client)")
        #expect(request.requestURL == one.asks, "\(client) \(request.problem ?? "")")
        #expect(request.model == one.choice.models[.act], "\(client)")
      }
    }
    #expect(try planner.plan([one.choice]).change.isEmpty)
    let profile = try PresentSetup(of: snapshot, catalog: .bundled, on: bench.host).profile()
    #expect(profile.choices.first?.facts == one.choice.facts)
    #expect(profile.choices.first?.cloud == one.choice.cloud)
    let text = try JSONDocument(profile.json)
    #expect(try Profile(parsing: text.bytes, name: "p") == profile)
    var choices = profile.choices
    for index in choices.indices where choices[index].key == .keep {
      choices[index].key = .environment("K")
    }
    let empty = Bench()
    let other = try empty.planner()
    try other.commit(try other.plan(choices), command: "test")
    #expect(empty.texts == bench.texts, "\(profile.json)")

    // Gone is gone: nothing that makes Cline bring it back stays.
    let slot = try #require(ProviderCatalog.bundled[one.choice.provider]?.slot)
    let removal = ProviderRemoval(slot: slot).changes(on: snapshot)
    let after = try bench.store().plan(removal, on: snapshot).applied(to: snapshot)
    #expect(ClineClient.cli.request(in: .act, from: after, variables: [:]).provider != slot.sdkID)
  }

  @Test("where the facts stand")
  func places() throws {
    let bench = Bench()
    let planner = try bench.planner()
    try planner.commit(
      try planner.plan([
        Self.choice(
          "custom", "m", url: "https://llm.example.com/v1", key: .environment("K"),
          facts: Self.facts)
      ]), command: "test")
    let snapshot = try bench.store().load()
    let info = snapshot[.globalState].document?["/actModeOpenAiModelInfo"]
    #expect(info?["supportsImages"] == false && info?["supportsPromptCache"] == false)
    #expect(info?["temperature"]?.number?.double == 0.6 && info?["maxInputTokens"] == 100_000)
    #expect(snapshot[.globalState].document?["/planModeReasoningEffort"] == "high")
    let listed = snapshot[.models].document?["/providers/openai-compatible/models/m"]
    #expect(listed?["supportsVision"] == false && listed?["inputPrice"]?.number?.double == 0.5)
    #expect(listed?["maxInputTokens"] == 100_000 && listed?["temperature"]?.number?.double == 0.6)
    let entry = snapshot[.providers].document?["/providers/openai-compatible/settings"]
    #expect(entry?["reasoning"] == ["effort": "high"] && entry?["maxTokens"] == 8000)
    // What no entry of providers.json can say stands in models.json; limits alone need no line there.
    let other = Bench()
    let second = try other.planner()
    try second.commit(
      try second.plan([
        Self.choice(
          "custom", "m", url: "https://llm.example.com/v1", key: .environment("K"),
          facts: [.maxTokens: 8000])
      ]), command: "test")
    #expect(try other.store().load()[.models].document == nil)
  }

  @Test("what a cloud does not have, and what it lacks, is refused")
  func refused() throws {
    let planner = try Bench().planner()
    let cases: [(Profile.Choice, String)] = [
      (
        Self.choice("rutaapi", "m", key: .environment("K"), cloud: [.awsRegion: "r"]),
        "cloudSettingElsewhere"
      ),
      (Self.choice("bedrock", "m", cloud: [.azureVersion: "v"]), "cloudSettingElsewhere"),
      (Self.choice("vertex", "m", cloud: [.vertexProject: "p"]), "cloudSettingMissing"),
      (
        Self.choice(
          "vertex", "m", key: .environment("K"), cloud: [.vertexProject: "p", .vertexRegion: "r"]),
        "keyNotTaken"
      ),
    ]
    for (choice, reason) in cases {
      let error = #expect(throws: SetupError.self) { try planner.plan([choice]) }
      #expect(error.map { "\($0.reason)" }?.hasPrefix(reason) == true, "\(reason)")
    }
  }

  @Test("a profile's values of the wrong type are named")
  func wrongTypes() {
    for (field, text) in [
      ("images", #""yes""#), ("temperature", "-1"), ("reasoningEffort", #""hard""#),
      ("maxInputTokens", "0"), ("inputPrice", #""1""#), ("aws", "[]"), ("aws", #"{"regoin":"r"}"#),
      ("azure", #"{"identity":1}"#), ("vertex", #"{"project":""}"#), ("slot", "1"),
    ] {
      let profile = #"{"provider":"custom","model":"m","\#(field)":\#(text)}"#
      #expect(throws: UserFile.Problem.self, "\(field)") {
        try Profile(parsing: Array(profile.utf8), name: "p")
      }
    }
  }
}
