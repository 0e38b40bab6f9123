import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("set-provider")
struct SetProviderTests {
  static let key = "invented-new-key-0001"
  let machine = TestMachine(variables: ["K": Self.key])

  func document(_ path: String) throws -> JSONDocument {
    try JSONDocument(parsing: try #require(machine.files.bytes(at: testData + "/" + path)))
  }

  @Test("on an empty machine every client starts configured, without the welcome view")
  func emptyMachine() throws {
    let run = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify", "--json")
    #expect(run.code == 0)
    let answer = try run.json
    #expect(answer["schema"] == "clinecfg.set-provider/2" && answer["ok"] == true)
    #expect(answer["verified"] == .null && answer["dryRun"] == false && answer["changed"] == true)
    #expect(answer["key"] == ["source": "env:K", "masked": "…0001"])
    #expect(answer["files"]?.array?.count == 3)
    #expect(machine.files.mode(at: testData + "/secrets.json") == 0o600)
    #expect(machine.files.mode(at: testData + "/settings/providers.json") == 0o600)
    let state = try document("globalState.json")
    #expect(
      state["/welcomeViewCompleted"] == true && state["/planActSeparateModelsSetting"] == false)
    #expect(state["/planModeApiProvider"] == "openai" && state["/actModeApiProvider"] == "openai")
    let providers = try document("settings/providers.json")
    #expect(providers["/lastUsedProvider"] == "openai-compatible")
    #expect(providers["/providers/openai-compatible/settings/apiKey"]?.string == Self.key)
    #expect(providers.bytes.last == UInt8(ascii: "\n") && state.bytes.last == UInt8(ascii: "}"))
  }

  @Test(
    "a wrong address is refused with the mended command",
    arguments: [
      ("https://rutaapi.com", "URL103"), ("https://app.rutaapi.com", "URL104"),
      ("https://api.rutaapi.com", "URL106"),
      ("https://api.rutaapi.com/v1/chat/completions", "URL105"),
      ("http://api.rutaapi.com/v1", "URL102"), ("api.rutaapi.com/v1", "URL101"),
      ("https://api.rutaapi.com/v1/v1", "URL107"),
    ])
  func refusedAddress(url: String, rule: String) throws {
    let run = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--base-url", url, "--json")
    #expect(run.code == 78)
    let answer = try run.json
    #expect(answer["findings"]?.array?.contains { $0["rule"]?.string == rule } == true)
    #expect(
      answer["error"]?["help"]?.string
        == "clinecfg set-provider rutaapi --key-env K --model m --base-url https://api.rutaapi.com/v1 --json"
    )
    #expect(machine.files.calls.isEmpty)
  }

  @Test("a slash at the end and white space are mended with a note")
  func mended() throws {
    let run = machine.run(
      "set-provider", "rutaapi", "--key-stdin", "--model", " m ", "--base-url",
      " https://api.rutaapi.com/v1/ ", input: "  \(Self.key)  \n")
    #expect(run.code == 0)
    #expect(
      run.notes.contains("slash at the end") && run.notes.contains("white space around the key")
        && run.notes.contains("white space around the Model ID"))
    #expect(try document("globalState.json")["/openAiBaseUrl"] == "https://api.rutaapi.com/v1")
    #expect(try document("secrets.json")["/openAiApiKey"]?.string == Self.key)
  }

  @Test(
    "another provider's key is refused",
    arguments: [
      "sk-or-v1-" + String(repeating: "0", count: 64), "gsk_" + String(repeating: "0", count: 52),
      "sk-proj-" + String(repeating: "0", count: 20) + "T3BlbkFJ"
        + String(repeating: "0", count: 20),
    ])
  func foreignKey(key: String) throws {
    var machine = machine
    machine.variables["K"] = key
    let run = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m")
    #expect(run.code == 78)
    #expect(run.notes.contains("TRIPLE401") && run.notes.contains("help: create a RutaAPI key"))
    #expect(!run.notes.contains(key.suffix(12)))
    #expect(machine.files.calls.isEmpty)
    #expect(
      machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--allow", "KEY204")
        .code == 0)
  }

  @Test(
    "other errors in key and model are refused",
    arguments: [
      ("YOUR_RUTAAPI_KEY", "m", "KEY203"), ("Bearer invented-key", "m", "KEY202"),
      ("sk-ab…cd", "m", "KEY205"),
      ("https://api.rutaapi.com/v1", "m", "KEY206"), ("invented key", "m", "KEY207"),
      ("invented-key-0001", "YOUR_ENABLED_MODEL_ID", "MODEL305"),
      ("invented-key-0001", "", "MODEL301"),
      ("invented-key-0001", "invented-key-0001", "MODEL306"),
      ("invented-key-0001", "\"m\"", "MODEL302"),
    ])
  func refusedValues(key: String, model: String, rule: String) {
    var machine = machine
    machine.variables["K"] = key
    let run = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model=\(model)")
    #expect(run.code == 78 && run.notes.contains(rule), "\(run.notes)")
    #expect(machine.files.calls.isEmpty)
  }

  @Test("keys come from standard input, a file, a variable, a command, or are not needed")
  func keySources() throws {
    machine.files.put("file-key-0001\n", at: "/home/u/key")
    var source: [String?] = []
    for (words, input) in [
      (["--key-stdin"], "stdin-key-0001\n"), (["--key-file", "-"], "dash-key-0001"),
      (["--key-file", "/home/u/key"], ""),
      (["--key-command", "printf 'command-%s\\n' key-0001"], ""),
      (["--no-key"], ""),
    ] {
      let run = machine.run(
        [
          "set-provider", "custom", "--base-url", "https://llm.example.com/v1", "--model", "m",
          "--json",
        ] + words, input: input)
      #expect(run.code == 0, "\(run.output)")
      source.append(try run.json["key"]?["source"]?.string)
      let stored = try document("secrets.json")["/openAiApiKey"]?.string
      #expect(
        stored
          == (words == ["--no-key"]
            ? "unused"
            : input.isEmpty
              ? (words[0] == "--key-file" ? "file-key-0001" : "command-key-0001")
              : input.trimmingCharacters(in: .newlines)))
      #expect(
        try document("settings/providers.json")["/providers/openai-compatible/settings/apiKey"]?
          .string == stored)
    }
    #expect(source == ["stdin", "stdin", "file", "command", "none"])
  }

  @Test(
    "a source without a key is exit 66 and changes nothing",
    arguments: [
      ["--key-stdin"], ["--key-file", "/none"], ["--key-file", "/home/u"],
      ["--key-env", "MISSING"],
      ["--key-command", "exit 3"], ["--key-command", "true"], ["--key-command", "printf 'a\\0b'"],
      ["--key-command", "head -c 100000 /dev/zero | tr '\\0' x"], ["--key-command", "kill -9 $$"],
    ])
  func badSources(words: [String]) {
    let run = machine.run(["set-provider", "rutaapi", "--model", "m"] + words)
    #expect(run.code == 66, "\(run.notes)")
    #expect(run.notes.contains("help:"))
    #expect(machine.files.calls.isEmpty)
  }

  @Test("wrong usage is exit 64 and names what is missing")
  func usage() {
    for (words, text) in [
      (["set-provider"], "which provider?"),
      (["set-provider", "rutaapi", "--key-env", "K"], "which RutaAPI model"),
      (["set-provider", "rutaapi", "--model", "m"], "no key for RutaAPI"),
      (["set-provider", "custom", "--key-env", "K", "--model", "m"], "custom needs --base-url"),
      (
        ["set-provider", "rutaapi", "--key-env", "K", "--key-stdin", "--model", "m"],
        "one place only"
      ),
      (
        ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--allow", "NOPE"], "no rule"
      ),
      (
        [
          "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--header",
          "Authorization=x",
        ], "--header-env"
      ),
      (
        ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--header", "X-Api-Key=x"],
        "--header-env"
      ),
      (
        ["set-provider", "rutaapi", "--mode", "both", "--context-window", "0"],
        "whole number above 0"
      ),
      (["set-provider", "rutaapi", "--key", "invented-secret-value"], "--key-stdin"),
      (["set-provider", "rutaapi", "--key=invented-secret-value"], "--key-stdin"),
    ] {
      let run = machine.run(words)
      #expect(run.code == 64 && run.notes.contains(text), "\(words): \(run.notes)")
      #expect(!run.notes.contains("invented-secret-value"))
    }
    let unknown = machine.run("set-provider", "rutapi", "--key-env", "K", "--model", "m")
    #expect(unknown.code == 66 && unknown.notes.contains("did you mean 'rutaapi'?"))
  }

  @Test("without key options: the stored key, then the conventional variable, then a question")
  func defaultKeys() throws {
    var machine = machine
    machine.variables = ["RUTAAPI_API_KEY": "exported-key-0001"]
    let first = machine.run("set-provider", "rutaapi", "--model", "m", "--json")
    #expect(try first.json["key"]?["source"] == "env:RUTAAPI_API_KEY")
    machine.variables = ["RUTAAPI_API_KEY": "another-key-0002"]
    let second = machine.run("set-provider", "rutaapi", "--model", "m2")
    #expect(second.code == 0 && second.notes.contains("another key than the stored one"))
    #expect(try document("secrets.json")["/openAiApiKey"] == "exported-key-0001")
    // The model too is the stored one, when the slot already points there.
    let third = machine.run("set-provider", "rutaapi", "--json")
    #expect(try third.json["model"] == "m2" && third.json["changed"] == false)
    // Another endpoint's key is not taken over.
    machine.variables = [:]
    let other = machine.run(
      "set-provider", "custom", "--base-url", "https://llm.example.com/v1", "--model", "m")
    #expect(other.code == 64)
    let console = RecordingConsole(isInteractive: true, secret: "typed-key-0003")
    let asked = machine.run(
      ["set-provider", "custom", "--base-url", "https://llm.example.com/v1", "--model", "m"],
      console: console)
    #expect(asked.code == 0 && asked.notes.contains("API key (not shown)"))
    #expect(try document("secrets.json")["/openAiApiKey"] == "typed-key-0003")
  }

  @Test("one mode leaves the other alone")
  func oneMode() throws {
    _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m-both")
    let plan = machine.run(
      "set-provider", "rutaapi", "--model", "m-plan", "--mode", "plan", "--json")
    #expect(plan.code == 0)
    let state = try document("globalState.json")
    #expect(
      state["/planModeOpenAiModelId"] == "m-plan" && state["/actModeOpenAiModelId"] == "m-both")
    #expect(state["/planActSeparateModelsSetting"] == true)
    #expect(
      try document("settings/providers.json")["/providers/openai-compatible/settings/model"]
        == "m-both")
    // And the stored models of both modes are kept when none is named.
    let again = machine.run("set-provider", "rutaapi", "--json")
    #expect(try again.json["changed"] == false)

    let fresh = TestMachine(variables: ["GROQ_API_KEY": Self.key])
    _ = fresh.run("set-provider", "groq", "--model", "m", "--mode", "plan")
    let show = try fresh.run("show", "--json").json["clients"]?.array ?? []
    #expect(show.first { $0["client"] == "cli" }?["provider"] == .null)
    #expect(
      show.first { $0["client"] == "vscode-sdk" && $0["mode"] == "plan" }?["provider"] == "groq")
    #expect(
      show.first { $0["client"] == "vscode-sdk" && $0["mode"] == "act" }?["provider"]
        == "openrouter")
  }

  @Test(
    "every provider of the catalogue can be set, in its own slot",
    arguments: [
      ("openai", "openai-native", "openAiNativeApiKey"),
      ("openrouter", "openrouter", "openRouterApiKey"),
      ("anthropic", "anthropic", "apiKey"), ("deepseek", "deepseek", "deepSeekApiKey"),
      ("groq", "groq", "groqApiKey"), ("mistral", "mistral", "mistralApiKey"),
      ("xai", "xai", "xaiApiKey"),
      ("gemini", "gemini", "geminiApiKey"), ("together", "together", "togetherApiKey"),
      ("fireworks", "fireworks", "fireworksApiKey"),
      ("rutaapi", "openai-compatible", "openAiApiKey"),
      ("ollama", "ollama", nil), ("lmstudio", "lmstudio", nil),
    ] as [(String, String, String?)])
  func slots(provider: String, slot: String, secret: String?) throws {
    let key = secret == nil ? ["--json"] : ["--key-env", "K", "--json"]
    let run = machine.run(["set-provider", provider, "--model", "m-1"] + key)
    #expect(run.code == 0, "\(run.output)")
    let providers = try document("settings/providers.json")
    #expect(providers["/lastUsedProvider"]?.string == slot)
    let baseURL = try #require(JSONPointer("/providers/\(slot)/settings/baseUrl"))
    #expect((providers[baseURL] != nil) == (provider == "rutaapi"))
    if let secret {
      #expect(
        try document("secrets.json")[JSONPointer.root.appending(JSONKey(secret))]?.string
          == Self.key)
    } else {
      #expect(machine.files.bytes(at: testData + "/secrets.json") == nil)
    }
    for client in try machine.run("show", "--json").json["clients"]?.array ?? [] {
      #expect(
        client["problem"] == .null && client["provider"] != "openrouter"
          || provider == "openrouter", "\(client)")
    }
  }

  @Test("limits and headers stand where each client reads them")
  func limits() throws {
    let machine = TestMachine(variables: ["K": Self.key, "H": "invented-header-secret"])
    let run = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--context-window", "64000",
      "--max-tokens", "4096", "--header", "X-Org=a", "--header-env", "X-Auth=H")
    #expect(run.code == 0, "\(run.notes)")
    let state = try JSONDocument(
      parsing: try #require(machine.files.bytes(at: testData + "/globalState.json")))
    #expect(
      state["/actModeOpenAiModelInfo/contextWindow"] == 64000
        && state["/planModeOpenAiModelInfo/maxTokens"] == 4096)
    #expect(state["/actModeOpenAiModelInfo/supportsPromptCache"] == false)
    #expect(state["/openAiHeaders"] == ["X-Org": "a", "X-Auth": "invented-header-secret"])
    let providers = try JSONDocument(
      parsing: try #require(machine.files.bytes(at: testData + "/settings/providers.json")))
    #expect(providers["/providers/openai-compatible/settings/contextWindow"] == 64000)
    #expect(
      providers["/providers/openai-compatible/settings/headers/X-Auth"] == "invented-header-secret")
    // Another model's limits are not this one's.
    _ = machine.run("set-provider", "rutaapi", "--model", "m2")
    let now = try #require(machine.files.text(at: testData + "/settings/providers.json"))
    #expect(!now.contains("64000") && now.contains("X-Auth"))
    #expect(machine.files.text(at: testData + "/globalState.json")?.contains("ModelInfo") == false)
  }

  @Test("a dry run writes nothing and shows the same")
  func dryRun() throws {
    let words = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--json"]
    let dry = try machine.run(words + ["--dry-run"]).json
    #expect(machine.files.calls.isEmpty)
    let real = try machine.run(words).json
    #expect(
      dry["files"] == real["files"] && dry["changed"] == true && dry["dryRun"] == true
        && dry["backup"] == .null)
  }

  @Test("a client that reads elsewhere is named")
  func splitDirectories() throws {
    var machine = machine
    machine.variables["CLINE_DATA_DIR"] = "/d"
    let run = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--json")
    #expect(try run.json["findings"]?.array?.count { $0["rule"] == "STORE510" } == 1)
    #expect(run.output.contains("JetBrains and CLI 2 read /home/u"))
    #expect(machine.files.bytes(at: "/d/globalState.json") != nil)
    let named = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--data-dir", "/e", "--json")
    #expect(try named.json["findings"] == [])
  }

  @Test("the mended command keeps every option and mends every value")
  func mendedCommand() throws {
    let run = machine.run(
      "set-provider", "rutaapi", "--model", "\"m\"", "--base-url", "https://app.rutaapi.com",
      "--key-env", "K", "--mode", "plan", "--max-tokens", "5", "--header", "X-A=b", "--dry-run",
      "--data-dir", "/scratch")
    #expect(run.code == 78)
    #expect(
      run.notes.contains(
        "\n    clinecfg set-provider rutaapi --model m --base-url https://api.rutaapi.com/v1 "
          + "--key-env K --mode plan --max-tokens 5 --header … --dry-run --data-dir /scratch\n"),
      "\(run.notes)")
  }

  @Test(
    "an address that is none of the provider's is refused",
    arguments: [
      ("rutaapi", "https://api.rutaapi.com/foo"), ("rutaapi", "https://api.rutaapi.com/v2"),
      ("rutaapi", "https://api.rutaapi.com:8443/v1"), ("groq", "https://api.groq.com/v1"),
      ("gemini", "https://generativelanguage.googleapis.com"),
      ("custom", "https://llm.example.com:99999/v1"), ("custom", "https://256.1.1.1/v1"),
      ("custom", "https://m\u{FC}nchen.example/v1"), ("custom", "https://x<y.com/v1"),
    ])
  func noAddress(provider: String, url: String) {
    let run = machine.run(
      "set-provider", provider, "--key-env", "K", "--model", "m", "--base-url", url)
    #expect(run.code == 78, "\(run.notes)")
    #expect(machine.files.calls.isEmpty)
  }

  @Test(
    "a slot of a provider's own gets the address in the form that all clients read",
    arguments: [
      ("ollama", "http://localhost:11434/v1", nil),
      ("ollama", "http://192.168.1.5:11434/api", "http://192.168.1.5:11434"),
      ("lmstudio", "http://192.168.1.5:1234", "http://192.168.1.5:1234/v1"),
      ("lmstudio", "http://192.168.1.5:1234/api/v0", "http://192.168.1.5:1234/v1"),
      ("anthropic", "https://api.anthropic.com", nil),
      ("ollama-cloud", "https://ollama.com", "https://ollama.com"),
    ] as [(String, String, String?)])
  func forms(provider: String, url: String, stored: String?) throws {
    let run = machine.run(
      "set-provider", provider, "--key-env", "K", "--model", "m", "--base-url", url, "--json")
    #expect(run.code == 0, "\(run.output)")
    let slot = provider == "ollama-cloud" ? "ollama" : provider
    let written = machine.run(
      "get", "providers:/providers/\(slot)/settings/baseUrl"
    ).output
    #expect(written == stored.map { $0 + "\n" } ?? "")
    for client in try machine.run("show", "--json").json["clients"]?.array ?? [] {
      let address = client["requestURL"]?.string ?? ""
      #expect(!address.contains("/v1/api") && !address.contains("/api/api"), "\(address)")
    }
  }
}
