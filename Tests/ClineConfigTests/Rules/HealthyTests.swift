import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// Set-ups as Cline's own programs leave them: none of them is called broken.
@Suite("Nothing is wrong with a set-up that works")
struct HealthyTests {
  /// Who wrote the files.
  enum Writer: String, CaseIterable, Sendable {
    /// The extension from before the SDK, or the CLI 2.
    case legacyExtension = "the legacy extension"
    /// Today's extension: both kinds of files, no last used provider.
    case extensionOfToday = "VS Code"
    /// `cline auth`.
    case cli = "the CLI"
    /// All of them, one after the other.
    case everybody
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let provider: Provider
    let writer: Writer
    var testDescription: String { "\(provider.id) by \(writer.rawValue)" }
  }

  static let cases: [Case] = ProviderCatalog.bundled.providers
    .filter { $0.isSettable && $0.kind != .custom }
    .flatMap { provider in Writer.allCases.map { Case(provider: provider, writer: $0) } }

  static func files(_ test: Case) -> [SettingsFile: JSONValue] {
    let provider = test.provider
    let slot = provider.slot
    var generator = SeededGenerator(seed: 23)
    let key =
      provider.needsKey
      ? JudgementTests.key(of: provider, &generator).reveal()
      : slot.isOpenAICompatible ? "not-needed" : nil
    let model = provider.exampleModels.first ?? "some-model"
    let known = provider.compatibleRoots
    let root = (known.first { $0.url.contains("/deployments/") } ?? known.first)
      .map(JudgementTests.filled)
    let address =
      (try? SetupTarget(
        provider, baseURL: slot.isOpenAICompatible ? root : nil, in: .bundled))?.baseURL

    var state: JSONObject = ["mode": "act", "welcomeViewCompleted": true]
    for mode in Mode.allCases {
      state[mode.providerKey] = .string(slot.legacyID ?? slot.sdkID)
      state[slot.modelKey(mode)] = .string(model)
      if let suffix = slot.modelInfoSuffix {
        state[JSONKey(mode.prefix + suffix)] = .object(ModelInfo.safeDefaults)
      }
    }
    if let address, let name = slot.baseURLKey { state[JSONKey(name)] = .string(address) }
    let line = provider.line.flatMap { slot.apiLines[$0] == nil ? nil : $0 }
    if let line, let name = slot.apiLineKey { state[JSONKey(name)] = .string(line) }
    var secrets: JSONObject = [:]
    if let key, let name = slot.secretKey, !slot.traits.ignoresStoredSecret {
      secrets[JSONKey(name)] = .string(key)
    }
    var settings: JSONObject = ["provider": .string(slot.sdkID), "model": .string(model)]
    if let key { settings["apiKey"] = .string(key) }
    if let address { settings["baseUrl"] = .string(address) }
    if let line { settings["apiLine"] = .string(line) }
    if address.map(AzureAddress.needsVersion) == true {
      state["azureApiVersion"] = "2024-10-21"
      settings["azure"] = ["apiVersion": "2024-10-21"]
    }
    var providers: JSONObject = [
      "version": 1, "modes": .object([:]),
      "providers": [
        .init(slot.sdkID): [
          "settings": .object(settings), "updatedAt": "2026-09-22T20:03:00.000Z",
          "tokenSource": "manual",
        ]
      ],
    ]
    switch test.writer {
    case .legacyExtension: return [.globalState: .object(state), .secrets: .object(secrets)]
    case .extensionOfToday:
      return [
        .globalState: .object(state), .secrets: .object(secrets), .providers: .object(providers),
      ]
    case .cli:
      providers["lastUsedProvider"] = .string(slot.sdkID)
      return [.providers: .object(providers)]
    case .everybody:
      providers["lastUsedProvider"] = .string(slot.sdkID)
      return [
        .globalState: .object(state), .secrets: .object(secrets), .providers: .object(providers),
      ]
    }
  }

  @Test("of every provider, whoever wrote it", arguments: cases)
  func healthy(_ test: Case) throws {
    let machine = TestMachine()
    for (file, value) in Self.files(test) {
      machine.files.put(
        value.bytes(), at: testData + "/" + file.relativePath, mode: 0o600)
    }
    // Cline's migration takes no key of this one, and so the CLI has none.
    let isKnown = test.provider.id == "wandb" && test.writer == .legacyExtension
    expectHealthy(machine, but: isKnown ? "KEY201" : nil)
  }

  @Test("there are more than two hundred")
  func count() { #expect(Self.cases.count + Self.others.count > 200) }

  /// Sign-ins, clouds, other programs, gateways in slots of another's, local servers.
  static let others: [(name: String, files: [String: String])] = [
    (
      "Cline's own account",
      [
        "globalState.json":
          #"{"actModeApiProvider":"cline","planModeApiProvider":"cline","actModeClineModelId":"anthropic/claude-sonnet-4.6","planModeClineModelId":"anthropic/claude-sonnet-4.6","welcomeViewCompleted":true}"#,
        "settings/providers.json":
          #"{"version":1,"lastUsedProvider":"cline","providers":{"cline":{"settings":{"provider":"cline","auth":{"accessToken":"workos:invented","refreshToken":"invented","accountId":"usr-1"}},"updatedAt":"2026-09-22T20:03:00.000Z","tokenSource":"oauth"}}}"#,
      ]
    ),
    (
      "a flat plan through the account",
      [
        "settings/providers.json":
          #"{"version":1,"lastUsedProvider":"cline-pass","providers":{"cline":{"settings":{"provider":"cline","auth":{"accessToken":"workos:invented","refreshToken":"invented"}},"updatedAt":"2026-09-22T20:03:00.000Z","tokenSource":"oauth"}}}"#
      ]
    ),
    (
      "ChatGPT's plan",
      [
        "globalState.json":
          #"{"actModeApiProvider":"openai-codex","planModeApiProvider":"openai-codex","actModeApiModelId":"gpt-5.4","planModeApiModelId":"gpt-5.4","welcomeViewCompleted":true}"#,
        "settings/providers.json":
          #"{"version":1,"lastUsedProvider":"openai-codex","providers":{"openai-codex":{"settings":{"provider":"openai-codex","auth":{"accessToken":"invented","refreshToken":"invented"}},"updatedAt":"2026-09-22T20:03:00.000Z","tokenSource":"oauth"}}}"#,
      ]
    ),
    (
      "Bedrock with a profile",
      [
        "globalState.json":
          #"{"actModeApiProvider":"bedrock","planModeApiProvider":"bedrock","awsRegion":"eu-central-1","awsAuthentication":"profile","awsUseProfile":true,"awsProfile":"work","actModeApiModelId":"anthropic.claude-sonnet-4-6","planModeApiModelId":"anthropic.claude-sonnet-4-6","welcomeViewCompleted":true}"#
      ]
    ),
    (
      "Vertex",
      [
        "globalState.json":
          #"{"actModeApiProvider":"vertex","planModeApiProvider":"vertex","vertexProjectId":"p","vertexRegion":"europe-west1","actModeApiModelId":"claude-sonnet-4-6","planModeApiModelId":"claude-sonnet-4-6","welcomeViewCompleted":true}"#
      ]
    ),
    (
      "VS Code's own models",
      [
        "globalState.json":
          #"{"actModeApiProvider":"vscode-lm","planModeApiProvider":"vscode-lm","actModeVsCodeLmModelSelector":{"vendor":"copilot","family":"gpt-5"},"welcomeViewCompleted":true}"#
      ]
    ),
    (
      "Claude Code",
      [
        "globalState.json":
          #"{"actModeApiProvider":"claude-code","planModeApiProvider":"claude-code","claudeCodePath":"/usr/bin/claude","actModeApiModelId":"sonnet","planModeApiModelId":"sonnet","welcomeViewCompleted":true}"#
      ]
    ),
    (
      "a gateway in Anthropic's slot, at the version for the SDK",
      [
        "settings/providers.json":
          #"{"version":1,"lastUsedProvider":"anthropic","providers":{"anthropic":{"settings":{"provider":"anthropic","apiKey":"invented-gateway-key-1","baseUrl":"https://coder.example.com/api/anthropic/v1","model":"claude-sonnet-4-6"},"updatedAt":"2026-09-22T20:03:00.000Z","tokenSource":"manual"}}}"#
      ]
    ),
    (
      "Gemini at a bare host everywhere",
      [
        "globalState.json":
          #"{"actModeApiProvider":"gemini","planModeApiProvider":"gemini","geminiBaseUrl":"https://generativelanguage.googleapis.com","actModeApiModelId":"gemini-2.5-pro","planModeApiModelId":"gemini-2.5-pro","welcomeViewCompleted":true}"#,
        "secrets.json": #"{"geminiApiKey":"AIza00000000000000000000000000000000000"}"#,
      ]
    ),
    (
      "LiteLLM on the own network",
      [
        "globalState.json":
          #"{"actModeApiProvider":"litellm","planModeApiProvider":"litellm","liteLlmBaseUrl":"http://localhost:4000","actModeLiteLlmModelId":"m","planModeLiteLlmModelId":"m","welcomeViewCompleted":true}"#,
        "secrets.json": #"{"liteLlmApiKey":"sk-1234"}"#,
      ]
    ),
    (
      "llama.cpp with a word for a key",
      [
        "globalState.json":
          #"{"actModeApiProvider":"openai","planModeApiProvider":"openai","openAiBaseUrl":"http://127.0.0.1:8080/v1","actModeOpenAiModelId":"qwen","planModeOpenAiModelId":"qwen","welcomeViewCompleted":true}"#,
        "secrets.json": #"{"openAiApiKey":"unused"}"#,
      ]
    ),
    (
      "another gateway in plan than in act mode",
      [
        "globalState.json":
          #"{"actModeApiProvider":"openai","planModeApiProvider":"litellm","planActSeparateModelsSetting":true,"openAiBaseUrl":"https://api.rutaapi.com/v1","actModeOpenAiModelId":"m","liteLlmBaseUrl":"https://llm.example.com","planModeLiteLlmModelId":"p","welcomeViewCompleted":true}"#,
        "secrets.json":
          #"{"openAiApiKey":"invented-key-000001","liteLlmApiKey":"invented-key-000002"}"#,
      ]
    ),
    (
      "Ollama as its own installer leaves it, by the version",
      [
        "globalState.json":
          #"{"actModeApiProvider":"ollama","planModeApiProvider":"ollama","ollamaBaseUrl":"http://127.0.0.1:11434","actModeOllamaModelId":"q:1b","planModeOllamaModelId":"q:1b","welcomeViewCompleted":true}"#,
        "settings/providers.json":
          #"{"lastUsedProvider":"ollama","providers":{"ollama":{"settings":{"baseUrl":"http://127.0.0.1:11434/v1","model":"q:1b","provider":"ollama"},"tokenSource":"manual","updatedAt":"2026-09-22T20:03:00Z"}},"version":1}"#,
      ]
    ),
    (
      "Ollama on the own network",
      [
        "globalState.json":
          #"{"actModeApiProvider":"ollama","planModeApiProvider":"ollama","ollamaBaseUrl":"http://192.168.1.20:11434","actModeOllamaModelId":"q:1b","planModeOllamaModelId":"q:1b","welcomeViewCompleted":true}"#
      ]
    ),
    (
      "keys of other providers beside the one that is used",
      [
        "globalState.json":
          #"{"actModeApiProvider":"openrouter","planModeApiProvider":"openrouter","actModeOpenRouterModelId":"openai/gpt-5","planModeOpenRouterModelId":"openai/gpt-5","welcomeViewCompleted":true}"#,
        "secrets.json":
          #"{"openRouterApiKey":"sk-or-v1-0000000000000000000000000000000000000000000000000000000000000000","groqApiKey":"gsk_0000000000000000000000000000000000000000000000000000"}"#,
      ]
    ),
  ]

  @Test("of other kinds", arguments: others.map(\.name))
  func other(name: String) throws {
    let machine = TestMachine()
    for (path, text) in try #require(Self.others.first { $0.name == name }).files {
      machine.files.put(text, at: testData + "/" + path, mode: 0o600)
    }
    expectHealthy(machine)
  }

  private func expectHealthy(_ machine: TestMachine, but known: String? = nil) {
    let run = machine.run(["doctor", "--strict"] + (known.map { ["--skip", $0] } ?? []))
    #expect(run.code == 0, "\(run.output)\(machine.run("show").output)")
    // And nothing is taken away from it.
    let again = machine.run("doctor", "--fix", "--json")
    #expect(again.code == 0, "\(again.output)")
  }
}
