import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// States that people really have.
@Suite("Real machines are judged rightly")
struct RealMachineTests {
  func machine(
    _ state: JSONValue, secrets: JSONValue? = nil, providers: JSONValue? = nil,
    variables: [String: String] = [:]
  ) -> TestMachine {
    let machine = TestMachine(variables: variables)
    var state = state.object ?? [:]
    state["welcomeViewCompleted"] = true
    state["planActSeparateModelsSetting"] = false
    machine.files.put(
      JSONValue.object(state).bytes(), at: testData + "/globalState.json", mode: 0o600)
    if let secrets {
      machine.files.put(secrets.bytes(), at: testData + "/secrets.json", mode: 0o600)
    }
    if let providers {
      machine.files.put(
        providers.bytes(), at: testData + "/settings/providers.json", mode: 0o600)
    }
    return machine
  }

  func compatible(_ url: String, model: String = "model-1", key: String = "invented-key-0001")
    -> TestMachine
  {
    machine(
      [
        "planModeApiProvider": "openai", "actModeApiProvider": "openai",
        "openAiBaseUrl": .string(url),
        "planModeOpenAiModelId": .string(model), "actModeOpenAiModelId": .string(model),
      ], secrets: ["openAiApiKey": .string(key)])
  }

  func rules(_ run: CommandRun, severities: Set<String> = ["error", "warning"]) throws -> [String] {
    try run.json["findings"]?.array?.filter { severities.contains($0["severity"]?.string ?? "") }
      .compactMap { $0["rule"]?.string } ?? []
  }

  @Test(
    "a local Ollama needs no key and no cloud", arguments: [nil, "http://localhost:11434"])
  func ollama(url: String?) throws {
    var state: JSONObject = [
      "planModeApiProvider": "ollama", "actModeApiProvider": "ollama",
      "planModeOllamaModelId": "qwen3:30b", "actModeOllamaModelId": "qwen3:30b",
    ]
    if let url { state["ollamaBaseUrl"] = .string(url) }
    let run = machine(.object(state)).run("doctor", "--json")
    #expect(try run.code == 0 && rules(run) == [], "\(run.output)")
  }

  @Test("what set-provider leaves of a local server is healthy", arguments: ["ollama", "lmstudio"])
  func local(provider: String) throws {
    let machine = TestMachine()
    #expect(machine.run("set-provider", provider, "--model", "qwen3:30b", "--no-verify").code == 0)
    let run = machine.run("doctor", "--json")
    let told = try rules(run, severities: ["error", "warning", "info"])
    #expect(run.code == 0 && told == [], "\(run.output)")
  }

  @Test("a token of LM Studio's own is sent by VS Code and the CLI, and that is well")
  func token() throws {
    let machine = TestMachine(variables: ["K": "invented-token-0001"])
    let setUp = machine.run(
      "set-provider", "lmstudio", "--model", "m", "--key-env", "K", "--no-verify")
    #expect(setUp.code == 0, "\(setUp.notes)")
    for request in try machine.run("show", "--json").json["clients"]?.array ?? []
    where request["provider"] == "lmstudio" {
      let isLegacy = ["vscode-legacy", "jetbrains", "cli2"].contains(request["client"]?.string)
      #expect((request["key"]?["masked"]?.string != nil) == !isLegacy, "\(request)")
    }
    let told = try rules(machine.run("doctor", "--json"), severities: ["error", "warning", "info"])
    #expect(told == [])
  }

  @Test("a plan that signs in with an account is taken out, and the account is named")
  func plan() throws {
    let machine = TestMachine()
    machine.files.put(
      #"{"version":1,"lastUsedProvider":"cline-pass","providers":{"cline":{"settings":{"provider":"cline","auth":{"accessToken":"workos:invented-0001"}},"updatedAt":"2026-09-22T20:03:00.000Z","tokenSource":"oauth"}}}"#,
      at: testData + "/settings/providers.json", mode: 0o600)
    let run = machine.run("remove", "cline-pass")
    #expect(run.code == 0 && run.notes.contains("\n    clinecfg remove cline\n"), "\(run.notes)")
    #expect(machine.run("remove", "cline").code == 0)
    #expect(
      machine.files.text(at: testData + "/settings/providers.json")?.contains("workos") == false)
  }

  @Test(
    "an address with a slash and another flaw is mended at once, and told once",
    arguments: [
      ("https://rutaapi.com/", "https://api.rutaapi.com/v1"),
      ("https://app.rutaapi.com/", "https://api.rutaapi.com/v1"),
      ("https://api.rutaapi.com/", "https://api.rutaapi.com/v1"),
      ("https://api.openai.com/", "https://api.openai.com/v1"),
      ("https://api.rutaapi.com/v1/chat/completions/", "https://api.rutaapi.com/v1"),
      ("https://api.rutaapi.com/v1/models/", "https://api.rutaapi.com/v1"),
      ("https://api.rutaapi.com/v1/v1/", "https://api.rutaapi.com/v1"),
      (" https://api.rutaapi.com/v1", "https://api.rutaapi.com/v1"),
      ("https://api.rutaapi.com/v1 ", "https://api.rutaapi.com/v1"),
    ])
  func slash(url: String, mended: String) throws {
    let machine = compatible(url)
    #expect(try rules(machine.run("doctor", "--json")).filter { $0.hasPrefix("URL") }.count == 1)
    let run = machine.run("doctor", "--fix", "--json")
    #expect(run.code == 0, "\(run.output)")
    #expect(machine.run("get", "globalState:/openAiBaseUrl").output == mended + "\n")
    #expect(try machine.run("doctor", "--fix", "--json").json["changed"] == false)
  }

  static let proved =
    "sk-proj-" + String(repeating: "x", count: 58) + "T3BlbkFJ"
    + String(
      repeating: "y", count: 58)

  @Test(
    "a key in the wrong field stays hidden in every answer",
    arguments: ["unproved-Key-9Z8Y7X6W5V4U", proved],
    ["actModeOpenAiModelId", "actModeApiProvider"])
  func misplaced(key: String, field: String) throws {
    guard !(field == "actModeApiProvider" && key.hasPrefix("unproved")) else { return }
    var machine = machine(
      [
        "planModeApiProvider": "openai", "actModeApiProvider": "openai",
        "openAiBaseUrl": "https://llm.example.com/v1", "planModeOpenAiModelId": .string(key),
        "actModeOpenAiModelId": "m", .init(field): .string(key),
      ], secrets: ["openAiApiKey": .string(key)])
    machine.transport = ScriptedTransport(models: ["m"])
    for words in [
      ["show"], ["doctor"], ["doctor", "--live"], ["report"], ["report", "--live"], ["verify"],
      ["models"], ["get", "globalState:/\(field)"], ["get", "globalState:"],
    ] {
      for words in [words, words + ["--json"], words + ["-v"]] {
        let run = machine.run(words)
        #expect(!run.output.contains(key) && !run.notes.contains(key), "\(words)")
      }
    }
  }

  @Test("a provider that repeats the key names no model by it, and sends nothing to the terminal")
  func echo() {
    let key = "unproved-Key-9Z8Y7X6W5V4U"
    var machine = compatible("https://llm.example.com/v1", model: "nope", key: key)
    machine.transport = ScriptedTransport(models: ["Bearer \(key)", "m-\u{1B}[31m\u{7}", "nopes"])
    machine.variables["K"] = key
    let setUp = [
      "set-provider", "custom", "--base-url", "https://llm.example.com/v1", "--key-env", "K",
    ]
    for words in [
      ["models"], ["verify"], ["doctor", "--live"], setUp, setUp + ["--model", "m-31"],
    ] {
      let run = machine.run(words)
      #expect(!(run.output + run.notes).contains(key), "\(words)")
      #expect(!(run.output + run.notes).contains("\u{1B}"), "\(words)")
    }
    #expect(machine.run("models").output.contains("nopes"))
  }

  @Test("to ask always and never at once is refused")
  func contradiction() {
    let machine = TestMachine(variables: ["K": "invented-key-0001"])
    let run = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--verify", "--no-verify")
    #expect(run.code == 64 && machine.stores.isEmpty)
  }

  @Test(
    "without --model, what the provider says is the one cause that is told",
    arguments: [401, 403])
  func noModel(status: Int) throws {
    var machine = TestMachine(variables: ["K": "invented-key-0001"])
    machine.transport = ScriptedTransport(status: status)
    let setUp = ["set-provider", "rutaapi", "--key-env", "K"]
    let run = machine.run(setUp)
    #expect(run.code == 76 && run.notes.contains("could not load the model list"), "\(run.notes)")
    machine.transport = ScriptedTransport { _ in
      .failure(HTTPTransportError(.unresolved, host: "api.rutaapi.com"))
    }
    #expect(machine.run(setUp + ["--verify"]).code == 69)
    let cut = machine.run(setUp)
    #expect(cut.code == 64 && cut.notes.contains("pass --model"), "\(cut.notes)")
    #expect(cut.notes.contains("LIVE801") && !cut.notes.contains("clinecfg models"))
  }

  @Test("a Cline that signs in by itself is set up, though there is nobody to ask")
  func signsIn() {
    let machine = machine(["planModeApiProvider": "cline", "actModeApiProvider": "cline"])
    for words in [["verify"], ["models"]] {
      let run = machine.run(words)
      #expect(run.code == 66 && run.notes.contains("by itself"), "\(run.notes)")
    }
    #expect(machine.run("doctor", "--live").notes.contains("nobody was asked"))
  }

  @Test("Azure Identity needs no key")
  func azureIdentity() throws {
    let machine = machine([
      "planModeApiProvider": "openai", "actModeApiProvider": "openai",
      "openAiBaseUrl": "https://myres.openai.azure.com/openai/v1", "azureIdentity": true,
      "planModeOpenAiModelId": "gpt-5", "actModeOpenAiModelId": "gpt-5",
    ])
    let run = machine.run("doctor", "--json")
    let clients = try run.json["findings"]?.array?.filter { $0["rule"] == "KEY201" }.flatMap {
      $0["clients"]?.array?.compactMap(\.string) ?? []
    }
    #expect(clients?.contains { $0.contains("legacy") } == false, "\(run.output)")
  }

  @Test("that the CLI was never given a provider is no error")
  func noLastUsed() throws {
    var machine = TestMachine(variables: ["K": "invented-key-0001"])
    let run = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--mode", "plan", "--no-verify")
    #expect(run.code == 0)
    machine.variables = [:]
    #expect(try !rules(machine.run("doctor", "--json"), severities: ["error"]).contains("STORE504"))
    let page = try TestMachine(fixture: "settings-page").run("doctor", "--json")
    #expect(try !rules(page).contains("STORE504"), "\(page.output)")
  }

  @Test("a broken file is never taken for a machine that was not set up")
  func broken() throws {
    let machine = try TestMachine(fixture: "broken-json")
    let part = machine.run("doctor", "--only", "URL")
    #expect(part.code == 1 && part.output.contains("STORE501"), "\(part.output)")
    let without = machine.run("doctor", "--skip", "STORE501", "--skip", "STORE502")
    #expect(
      !without.output.contains("not set up") && without.output.contains("could not be checked"))
  }

  @Test("a part of the rules answers for that part only")
  func part() {
    let machine = compatible("https://api.rutaapi.com/v1")
    #expect(machine.run("doctor", "--only", "URL").output.contains("nothing of that is wrong"))
  }

  @Test("an id that nothing stands behind is one error")
  func unknownID() throws {
    let machine = machine(["planModeApiProvider": "rutaapi", "actModeApiProvider": "rutaapi"])
    #expect(try rules(machine.run("doctor", "--json"), severities: ["error"]) == ["STORE505"])
  }

  @Test(
    "one letter too many in a short name is seen", arguments: ["api.groqq.com", "api.gropq.com"])
  func lookAlike(host: String) throws {
    #expect(
      try rules(compatible("https://\(host)/openai/v1").run("doctor", "--json")).contains("URL110"))
  }

  @Test("a fix of permissions says that undo does not take it back")
  func permissions() throws {
    let machine = compatible("https://api.rutaapi.com/v1")
    machine.files.put(
      machine.files.bytes(at: testData + "/secrets.json") ?? [], at: testData + "/secrets.json",
      mode: 0o644)
    let run = machine.run("doctor", "--fix")
    #expect(run.output.contains("undo takes back values only"), "\(run.output)")
  }

  @Test("verify names the address that it asked")
  func asked() throws {
    var machine = compatible("https://api.rutaapi.com/v1")
    let transport = ScriptedTransport(models: ["other"])
    machine.transport = transport
    let run = machine.run("verify", "--json")
    #expect(run.code == 78)
    #expect(transport.requests.map(\.url) == ["https://api.rutaapi.com/v1/models"])
    #expect(
      try run.json["results"]?.array?.first?["requestURL"]?.string
        == "https://api.rutaapi.com/v1/models")
  }

  @Test(
    "check takes the address of a slot of the provider's own",
    arguments: [
      ("anthropic", "https://api.anthropic.com", 0), ("ollama", "http://localhost:11434", 0),
      ("groq", "https://api.groq.com/openai/v1", 0), ("groq", "https://groq.com", 1),
      ("openrouter", "https://openrouter.ai", 1),
    ] as [(String, String, Int32)])
  func check(provider: String, url: String, code: Int32) {
    let run = TestMachine().run("check", "--provider", provider, "--base-url", url)
    #expect(run.code == code && run.output.contains("URL") == (code == 1), "\(run.output)")
  }
}
