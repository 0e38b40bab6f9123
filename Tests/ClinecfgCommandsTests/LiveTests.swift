import ClineConfig
import ClinecfgCommands
import CommandLineTool
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("The provider is asked, in the right order, and only with its own key")
struct LiveTests {
  func machine(_ transport: any HTTPTransport) -> TestMachine {
    var machine = TestMachine(variables: ["K": "invented-key-0001-abcd"])
    machine.transport = transport
    return machine
  }
  let words = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m-1", "--json"]

  @Test("set-provider asks for the list before it writes, and tells that the key is proved")
  func verified() throws {
    let transport = ScriptedTransport(models: ["m-1", "m-2"])
    let machine = machine(transport)
    let run = machine.run(words)
    #expect(run.code == 0)
    #expect(try run.json["verified"] == true)
    #expect(transport.requests.map(\.url) == ["https://api.rutaapi.com/v1/models"])
    #expect(transport.requests.first?.bearer == Secret("invented-key-0001-abcd"))
    // Nothing would change: nobody is asked, unless it is wanted.
    #expect(try machine.run(words).json["verified"] == .null)
    #expect(transport.requests.count == 1)
    #expect(try machine.run(words + ["--verify"]).json["verified"] == true)
    let chat = "https://api.rutaapi.com/v1/chat/completions"
    #expect(
      transport.requests.dropFirst().map(\.url) == ["https://api.rutaapi.com/v1/models", chat])
  }

  @Test("--no-verify asks nobody")
  func noVerify() throws {
    let transport = ScriptedTransport(status: 401)
    let run = machine(transport).run(words + ["--no-verify"])
    #expect(run.code == 0 && transport.requests.isEmpty)
    #expect(try run.json["verified"] == .null)
  }

  @Test(
    "a provider that refuses stops the change",
    arguments: [
      (401, "{}", 76, "LIVE803"), (403, "{}", 76, "LIVE804"),
      (200, "<!doctype html><html></html>", 76, "LIVE802"), (302, "", 76, "LIVE802"),
    ] as [(Int, String, Int32, String)])
  func refused(status: Int, body: String, code: Int32, rule: String) throws {
    let machine = machine(ScriptedTransport(status: status, body))
    let run = machine.run(words)
    #expect(run.code == code, "\(run.output)")
    #expect(try run.json["findings"]?.array?.contains { $0["rule"]?.string == rule } == true)
    #expect(machine.stores.isEmpty)
    let allowed = machine.run(words + ["--allow", rule])
    #expect(allowed.code == 0)
    #expect(try allowed.json["verified"] == (status == 401 ? false : .null))
  }

  @Test("a model that is not offered is refused with the nearest names")
  func notOffered() throws {
    let machine = machine(ScriptedTransport(models: ["claude-sonnet-5", "gpt-5", "m-10"]))
    let run = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "claude-sonet-5")
    #expect(run.code == 78 && run.notes.contains("claude-sonnet-5"), "\(run.notes)")
    #expect(machine.stores.isEmpty)
  }

  @Test(
    "without an answer that tells the change is made with a warning; --verify writes nothing",
    arguments: [429, 500, 503, 404])
  func noAnswer(status: Int) throws {
    let machine = machine(ScriptedTransport(status: status))
    let strict = machine.run(words + ["--verify"])
    #expect(strict.code == 76)
    #expect(machine.stores.isEmpty)
    let run = machine.run(words)
    #expect(run.code == 0)
    #expect(try run.json["verified"] == .null)
    #expect(try run.json["findings"]?.array?.allSatisfy { $0["severity"] != "error" } == true)
    #expect(try run.json["findings"]?.array?.isEmpty == false)
  }

  @Test("the network is cut: written with a warning, and with --verify not at all")
  func cut() throws {
    let transport = ScriptedTransport { _ in
      .failure(HTTPTransportError(.unresolved, host: "api.rutaapi.com"))
    }
    let machine = machine(transport)
    #expect(machine.run(words + ["--verify"]).code == 69)
    #expect(machine.stores.isEmpty)
    let run = machine.run(words)
    #expect(run.code == 0)
    #expect(try run.json["findings"]?.array?.first?["rule"] == "LIVE801")
  }

  @Test("without --model the list decides: the only one, a choice, or the first of them named")
  func choice() throws {
    let only = machine(ScriptedTransport(models: ["only-1"]))
    #expect(
      try only.run("set-provider", "rutaapi", "--key-env", "K", "--json").json["model"] == "only-1")
    let many = machine(ScriptedTransport(models: (1...20).map { "m-\($0)" }))
    let run = many.run("set-provider", "rutaapi", "--key-env", "K")
    #expect(run.code == 64 && run.notes.contains("m-1, m-2") && run.notes.contains("all of them"))
    let console = RecordingConsole(isInteractive: true, choice: "m-7")
    let picked = many.run(["set-provider", "rutaapi", "--key-env", "K"], console: console)
    #expect(picked.code == 0, "\(picked.notes)")
    #expect(many.run("get", "globalState:/actModeOpenAiModelId").output == "m-7\n")
    let away = RecordingConsole(isInteractive: true)
    #expect(many.run(["set-provider", "groq", "--key-env", "K"], console: away).code == 130)
  }

  @Test("a key is never sent where the rules do not grant it")
  func granted() throws {
    let transport = ScriptedTransport(models: ["m"])
    var generator = SystemRandomNumberGenerator()
    let providers = ProviderCatalog.bundled.providers.filter {
      $0.keyShapes.contains { $0.strength == .proof } && $0.compatibleRoot != nil
    }.shuffled(using: &generator).prefix(20)
    var machine = machine(transport)
    let keys = [
      "openai": "sk-proj-" + String(repeating: "x", count: 58) + "T3BlbkFJ"
        + String(repeating: "y", count: 58),
      "groq": "gsk_" + String(repeating: "0", count: 52),
      "openrouter": "sk-or-v1-" + String(repeating: "0", count: 64),
      "anthropic": "sk-ant-api03-" + String(repeating: "z", count: 93),
      "xai": "xai-" + String(repeating: "0", count: 80),
    ]
    var asked = 0
    for (owner, key) in keys {
      machine.variables["K"] = key
      for provider in providers where provider.id != owner {
        let url = try #require(provider.compatibleRoot)
        for words in [
          ["set-provider", "custom", "--base-url", url, "--key-env", "K", "--model", "m"],
          ["models", "custom", "--base-url", url, "--key-env", "K"],
          ["models", provider.id, "--key-env", "K"],
        ] {
          asked += 1
          let run = machine.run(words)
          #expect(run.code == 78 || run.code == 64, "\(words): \(run.notes)")
        }
      }
    }
    #expect(asked > 100)
    #expect(transport.requests.isEmpty, "\(transport.requests.map(\.url))")
  }

  @Test("models lists, filters, and reads what the world answers")
  func models() throws {
    let machine = machine(ScriptedTransport(models: ["a/one", "b/two", "b/three"]))
    let run = machine.run("models", "rutaapi", "--key-env", "K", "--filter", "B t")
    #expect(run.output == "b/two\nb/three\n")
    #expect(
      try machine.run("models", "rutaapi", "--key-env", "K", "--json").json["models"]?.array?.count
        == 3)
    for (body, ids) in [
      (#"[{"id":"x"},"y"]"#, "x\ny\n"),
      (#"{"models":[{"name":"models/g-1"},{"model":"h"}]}"#, "g-1\nh\n"),
      (#"{"data":[]}"#, ""),
    ] {
      let other = self.machine(ScriptedTransport(status: 200, body))
      #expect(other.run("models", "rutaapi", "--key-env", "K").output == ids)
    }
    #expect(
      self.machine(ScriptedTransport(status: 200, "{}")).run("models", "rutaapi", "--key-env", "K")
        .code == 76)
    #expect(TestMachine().run("models").code == 66)
  }

  @Test("pages are followed to the end")
  func pages() {
    let transport = ScriptedTransport { request in
      let body =
        request.url.hasSuffix("/models")
        ? #"{"data":[{"id":"a"},{"id":"b"}],"has_more":true,"last_id":"b"}"#
        : #"{"data":[{"id":"c"}],"has_more":false}"#
      return .success(HTTPResponse(status: 200, body: Array(body.utf8)))
    }
    let run = machine(transport).run("models", "rutaapi", "--key-env", "K")
    #expect(run.output == "a\nb\nc\n")
    #expect(transport.requests.last?.url.hasSuffix("?after=b") == true)
  }

  @Test("verify asks list and chat once for each different triple")
  func verify() throws {
    let transport = ScriptedTransport(models: ["m-1"])
    let machine = machine(transport)
    #expect(machine.run("verify").code == 66)
    _ = machine.run(words)
    let run = machine.run("verify", "--json")
    #expect(run.code == 0, "\(run.output)")
    let results = try run.json["results"]?.array ?? []
    #expect(
      results.count == 8 && results.allSatisfy { $0["status"] == 200 && $0["finding"] == .null })
    #expect(
      transport.requests.map(\.url).suffix(2) == [
        "https://api.rutaapi.com/v1/models", "https://api.rutaapi.com/v1/chat/completions",
      ])
    let body = try JSONDocument(parsing: transport.requests.last?.body ?? [])
    #expect(body["/model"] == "m-1" && body["/max_tokens"] == 8)
  }

  @Test(
    "verify names what a chat request was answered with",
    arguments: [
      (401, "{}", 76, "LIVE803"),
      (404, #"{"error":{"message":"model m-1 not found"}}"#, 76, "LIVE805"),
      (404, #"{"detail":"Not Found"}"#, 76, "LIVE805"), (429, "{}", 76, "LIVE806"),
      (503, "{}", 76, "LIVE807"),
    ] as [(Int, String, Int32, String)])
  func chat(status: Int, body: String, code: Int32, rule: String) throws {
    let list = (["data": [["id": "m-1"]]] as JSONValue).bytes()
    let transport = ScriptedTransport { request in
      .success(
        request.body == nil
          ? HTTPResponse(status: 200, body: list)
          : HTTPResponse(
            status: status, headers: ["x-request-id": "req-1", "retry-after": "7"],
            body: Array(body.utf8)))
    }
    let machine = machine(transport)
    _ = machine.run(words)
    let run = machine.run("verify", "--json")
    #expect(run.code == code)
    let result = try run.json["results"]?.array?.first
    #expect(try run.json["ok"] == false && run.json["error"]?["code"]?.number?.literal == "\(code)")
    #expect(result?["finding"]?["rule"]?.string == rule && result?["requestId"] == "req-1")
    let text = machine.run("verify").output
    #expect(text.contains(rule) && text.contains("fix"))
    if status == 429 { #expect(text.contains("Retry-After: 7")) }
  }

  @Test("doctor --live adds what the provider says")
  func doctor() throws {
    var machine = machine(ScriptedTransport(models: ["m-1"]))
    _ = machine.run(words)
    #expect(machine.run("doctor", "--live").code == 0)
    machine.transport = ScriptedTransport(models: ["m-2"])
    let run = machine.run("doctor", "--live", "--json")
    #expect(run.code == 1 && run.output.contains("MODEL303"))
    machine.transport = ScriptedTransport(status: 401)
    #expect(machine.run("doctor", "--live").output.contains("does not accept the key"))
    #expect(machine.run("doctor").code == 0)
  }

  @Test("an accepted key is known again by its salted digest, until it is forgotten")
  func memory() throws {
    let machine = machine(ScriptedTransport(models: ["m-1"]))
    #expect(machine.run(words).code == 0)
    let path = "/home/u/.local/state/clinecfg/accepted-keys.json"
    let text = try #require(machine.files.text(at: path))
    #expect(machine.files.mode(at: path) == 0o600)
    #expect(!text.contains("invented") && text.contains("rutaapi"))
    // The same key at another provider: a warning, with the reason.
    let check = machine.run(
      "check", "--base-url", "https://api.groq.com/openai/v1", "--model", "m", "--key-env", "K")
    #expect(check.output.contains("KEY209") && check.output.contains("rutaapi accepted it on"))
    #expect(machine.run("forget", "--provider", "groq").output == "nothing is remembered\n")
    #expect(machine.run("forget", "--provider", "rutaapi").output == "1 forgotten\n")
    #expect(machine.files.text(at: path) == nil)
  }

  @Test("report has what support needs and no key")
  func report() throws {
    let machine = machine(
      ScriptedTransport { request in
        .success(
          HTTPResponse(
            status: request.body == nil ? 200 : 503, headers: ["x-request-id": "req-9"],
            body: (["data": [["id": "m-1"]]] as JSONValue).bytes()))
      })
    _ = machine.run(words)
    let run = machine.run("report", "--live")
    for text in ["https://api.rutaapi.com/v1", "m-1", "503", "req-9", "2026-08-22"] {
      #expect(run.output.contains(text), "\(text)")
    }
    #expect(!run.output.contains("invented") && !run.output.contains("abcd"))
    #expect(try machine.run("report", "--json").json["targets"]?.array?.isEmpty == false)
  }
}

@Suite("A line is picked by keys")
struct PickerTests {
  func outcome(_ keys: String, items: [String]) -> Picker.Outcome {
    var picker = Picker(items, height: 3)
    var last = Picker.Outcome.goesOn
    for key in Picker.Key.keys(in: Array(keys.utf8)) { last = picker.press(key) }
    return last
  }
  let items = ["alpha", "beta", "gamma one", "gamma two", "delta"]

  @Test(
    "arrows, typing, erasing, cancelling",
    arguments: [
      ("\r", Picker.Outcome.chosen(0)), ("\u{1B}[B\u{1B}[B\r", .chosen(2)),
      ("\u{1B}[B\u{1B}[A\r", .chosen(0)), ("two\r", .chosen(3)), ("gam two\r", .chosen(3)),
      ("gamma\u{1B}[B\r", .chosen(3)), ("x\u{7F}\r", .chosen(0)), ("nothing\r", .goesOn),
      ("\u{3}", .cancelled), ("\u{1B}", .cancelled), ("\u{1B}[6~\r", .chosen(3)),
      ("\u{1B}[6~\u{1B}[6~\r", .chosen(4)), ("\u{1B}[1;5C\r", .chosen(0)),
    ])
  func keys(keys: String, wanted: Picker.Outcome) { #expect(outcome(keys, items: items) == wanted) }

  @Test("the very word comes first, then what begins with it")
  func closest() {
    let items = [
      "cherryin  CherryIN", "olla  Olla", "ollama-cloud  Ollama Cloud", "ollama  Ollama",
    ]
    #expect(outcome("ollama\r", items: items) == .chosen(3))
    #expect(outcome("ollama-\r", items: items) == .chosen(2))
    #expect(outcome("in\r", items: items) == .chosen(0))
  }

  @Test("a window of the lines is shown, never wider than the terminal")
  func lines() {
    var picker = Picker(items, height: 2)
    _ = picker.press(.down)
    let lines = picker.lines(title: "model", width: 12)
    #expect(lines.count == 4 && lines.allSatisfy { $0.count < 12 })
    #expect(lines.contains { $0.hasPrefix("> beta") })
    _ = picker.press(.character("z"))
    #expect(picker.lines(title: "model", width: 80).contains("  no matches") == true)
  }
}
