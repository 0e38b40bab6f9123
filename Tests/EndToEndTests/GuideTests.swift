import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// The mistakes that the first provider's own guide names, as a stranger meets them.
@Suite("The built doctor names the mistakes of the guide")
struct GuideTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: String
    /// What must stand in the answer.
    let words: [String]
    var url = "https://api.rutaapi.com/v1"
    var key = "invented-rutaapi-key-0001"
    var model = "model-1"
    var provider: JSONObject = [:]
    var plan = "openai"
    var variables: [String: String] = [:]
    var testDescription: String { name }
  }

  static let openAIKey =
    "sk-proj-" + String(repeating: "x", count: 58) + "T3BlbkFJ" + String(repeating: "y", count: 58)

  static let mistakes: [Mistake] = [
    Mistake(
      name: "the website", rule: "URL103", words: ["RutaAPI's website", "clinecfg doctor --fix"],
      url: "https://rutaapi.com"),
    Mistake(
      name: "the dashboard", rule: "URL104", words: ["RutaAPI's dashboard"],
      url: "https://app.rutaapi.com"),
    Mistake(
      name: "the full endpoint", rule: "URL105", words: ["/chat/completions, which Cline adds"],
      url: "https://api.rutaapi.com/v1/chat/completions"),
    Mistake(
      name: "without /v1", rule: "URL106", words: ["https://api.rutaapi.com/v1"],
      url: "https://api.rutaapi.com"),
    Mistake(
      name: "an OpenAI key with the RutaAPI URL", rule: "TRIPLE401",
      words: ["OpenAI", "RutaAPI", "> Tokens"], key: openAIKey),
    Mistake(
      name: "a RutaAPI set-up with another provider's URL", rule: "KEY209",
      words: ["env:RUTAAPI_API_KEY", "Groq"], url: "https://api.groq.com/openai/v1",
      variables: ["RUTAAPI_API_KEY": "invented-rutaapi-key-0001"]),
    Mistake(
      name: "a placeholder model", rule: "MODEL305", words: ["placeholder"],
      model: "YOUR_ENABLED_MODEL_ID"),
    Mistake(
      name: "a placeholder key", rule: "KEY203", words: ["placeholder"], key: "YOUR_RUTAAPI_KEY"),
    Mistake(
      name: "plan and act on different providers", rule: "TRIPLE402",
      words: ["plan mode uses openrouter"], plan: "openrouter"),
    Mistake(
      name: "cline auth changed only providers.json", rule: "STORE503",
      words: ["Base URL, API key and Model ID", "clinecfg set-provider rutaapi"],
      provider: [
        "provider": "openai-compatible", "apiKey": "invented-other-key-0002",
        "baseUrl": "https://llm.example.com/v1", "model": "model-2",
      ]),
    Mistake(
      name: "OPENAI_API_KEY exported while no key is stored", rule: "TRIPLE404",
      words: ["OPENAI_API_KEY", "api.rutaapi.com"], key: "",
      variables: ["OPENAI_API_KEY": "invented-openai-key-0009"]),
  ]

  @Test("in words, with the place and what mends it", arguments: mistakes)
  func named(_ mistake: Mistake) throws {
    let home = try TemporaryDirectory()
    let data = home.url.appending(path: ".cline/data")
    try FileManager.default.createDirectory(
      at: data.appending(path: "settings"), withIntermediateDirectories: true)
    func write(_ value: JSONValue, path: String) throws {
      let file = data.appending(path: path)
      try Data(value.bytes()).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }
    try write(
      [
        "mode": "act", "welcomeViewCompleted": true,
        "planModeApiProvider": .string(mistake.plan), "actModeApiProvider": "openai",
        "openAiBaseUrl": .string(mistake.url), "actModeOpenAiModelId": .string(mistake.model),
        "planModeOpenAiModelId": .string(mistake.model), "planModeOpenRouterModelId": "a/b",
      ], path: "globalState.json")
    try write(
      ["openAiApiKey": .string(mistake.key), "openRouterApiKey": "invented-key-0003"],
      path: "secrets.json")
    let settings: JSONObject =
      mistake.provider.isEmpty
      ? [
        "provider": "openai-compatible", "apiKey": .string(mistake.key),
        "baseUrl": .string(mistake.url), "model": .string(mistake.model),
      ] : mistake.provider
    try write(
      [
        "version": 1, "lastUsedProvider": "openai-compatible",
        "providers": [
          "openai-compatible": [
            "settings": .object(settings), "updatedAt": "2026-08-22T20:03:00.000Z",
          ],
          "openrouter": [
            "settings": ["provider": "openrouter", "apiKey": "invented-key-0003"],
            "updatedAt": "2026-08-22T20:03:00.000Z",
          ],
        ],
      ], path: "settings/providers.json")
    let run = try Binary.run(["doctor"], home: home.url, variables: mistake.variables)
    #expect(run.output.contains("  \(mistake.rule)\n"), "\(run.output)\(run.error)")
    for words in mistake.words { #expect(run.output.contains(words), "\(run.output)") }
    let isError = run.output.contains("✗ ")
    #expect(run.status == (isError ? 1 : 0))
    // One error for one cause.
    #expect(run.output.components(separatedBy: "✗ ").count <= 2, "\(run.output)")
    for key in [mistake.key, mistake.variables.values.first ?? ""] where key.count > 20 {
      #expect(!run.output.contains(key))
    }
    let explained = try Binary.run(["explain", mistake.rule], home: home.url)
    #expect(explained.status == 0 && explained.output.hasPrefix("\(mistake.rule) "))
  }

  @Test("a machine without Cline is no failure, and hears what to run")
  func never() throws {
    let home = try TemporaryDirectory()
    let run = try Binary.run(["doctor"], home: home.url)
    #expect(run.status == 0 && run.output.contains("clinecfg set-provider"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.url.path).isEmpty)
  }

  @Test("standard output that cannot be written is not taken for success")
  func fullOutput() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else {
      return Tool.skip("/dev/full", consequence: "a full standard output was not tried")
    }
    let home = try TemporaryDirectory()
    let script = "\"$0\" show --json >/dev/full"
    let run = try Tool.run(
      URL(filePath: "/bin/sh"), arguments: ["-c", script, Binary.url.path],
      environment: ["HOME": home.url.path])
    #expect(run.status == 74 && run.error.contains("standard output"))
  }
}
