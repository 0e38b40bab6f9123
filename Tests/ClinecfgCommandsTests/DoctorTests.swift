import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("doctor finds what is wrong, and mends what can be")
struct DoctorTests {
  /// A machine set up by clinecfg itself.
  func healthy(_ words: [String] = [], variables: [String: String] = [:]) -> TestMachine {
    var machine = TestMachine(variables: ["K": "invented-key-0001"])
    let run = machine.run(
      ["set-provider", "rutaapi", "--key-env", "K", "--model", "model-1"] + words)
    #expect(run.code == 0, "\(run.notes)")
    machine.variables = variables
    return machine
  }

  func edit(_ machine: TestMachine, file: String, pointer: JSONPointer, value: JSONValue)
    throws
  {
    let path = testData + "/" + file
    var document = try JSONDocument(parsing: machine.files.bytes(at: path) ?? Array("{}".utf8))
    try document.set(value, at: pointer)
    machine.files.put(document.bytes, at: path, mode: machine.files.mode(at: path) ?? 0o600)
  }

  func rules(_ run: CommandRun) throws -> [String] {
    try run.json["findings"]?.array?.compactMap { $0["rule"]?.string } ?? []
  }

  @Test("what set-provider leaves is healthy")
  func health() throws {
    let run = healthy().run("doctor", "--json", "--strict")
    #expect(run.code == 0, "\(run.output)")
    #expect(try rules(run).isEmpty)
    #expect(healthy().run("doctor").output.contains("nothing is wrong"))
  }

  @Test("a machine that was never set up is told what to run, and is no failure")
  func never() {
    let run = TestMachine().run("doctor")
    #expect(run.code == 0 && run.output.contains("not set up here yet"))
    #expect(run.output.contains("clinecfg set-provider"))
  }

  @Test(
    "the mistakes of the provider's guide",
    arguments: [
      ("https://rutaapi.com", "URL103"), ("https://app.rutaapi.com", "URL104"),
      ("https://api.rutaapi.com/v1/chat/completions", "URL105"),
      ("https://api.rutaapi.com", "URL106"), ("http://api.rutaapi.com/v1", "URL102"),
      ("https://api.rutapi.com/v1", "URL110"),
    ])
  func addresses(url: String, rule: String) throws {
    let machine = healthy()
    try edit(machine, file: "globalState.json", pointer: "/openAiBaseUrl", value: .string(url))
    try edit(
      machine, file: "settings/providers.json",
      pointer: "/providers/openai-compatible/settings/baseUrl",
      value: .string(url))
    let run = machine.run("doctor", "--json")
    #expect(run.code == 1)
    // One cause, one finding, with both places.
    let errors = try run.json["findings"]?.array?.filter { $0["severity"] == "error" } ?? []
    #expect(errors.map { $0["rule"]?.string } == [rule], "\(run.output)")
    let text = machine.run("doctor").output
    #expect(text.contains("globalState:/openAiBaseUrl") && text.contains("settings/baseUrl"))
    guard rule != "URL110" else { return }
    #expect(text.contains("clinecfg doctor --fix"))
    let before = machine.stores
    #expect(machine.run("doctor", "--fix", "--dry-run").code == 0)
    #expect(machine.stores == before)
    #expect(machine.run("doctor", "--fix", "--json").code == 0)
    let after = machine.run("get", "globalState:/openAiBaseUrl").output
    #expect(after == "https://api.rutaapi.com/v1\n")
    // Nothing but the two values.
    #expect(machine.run("undo").code == 0)
    #expect(machine.stores == before)
  }

  @Test("another provider's key is named with both providers, and needs a person")
  func otherKey() throws {
    let machine = healthy()
    let key =
      "sk-proj-" + String(repeating: "x", count: 58) + "T3BlbkFJ"
      + String(repeating: "y", count: 58)
    try edit(machine, file: "secrets.json", pointer: "/openAiApiKey", value: .string(key))
    try edit(
      machine, file: "settings/providers.json",
      pointer: "/providers/openai-compatible/settings/apiKey",
      value: .string(key))
    let run = machine.run("doctor")
    #expect(run.code == 1 && run.output.contains("TRIPLE401"))
    #expect(run.output.contains("OpenAI") && run.output.contains("RutaAPI"))
    #expect(!run.output.contains("xxxxxxxx"))
    let before = machine.stores
    #expect(machine.run("doctor", "--fix").code == 1)
    #expect(machine.stores == before)
  }

  @Test("a placeholder for a key, a placeholder for a model")
  func placeholders() throws {
    let machine = healthy()
    for (file, pointer, value) in [
      ("secrets.json", "/openAiApiKey", "YOUR_RUTAAPI_KEY"),
      (
        "settings/providers.json", "/providers/openai-compatible/settings/apiKey",
        "YOUR_RUTAAPI_KEY"
      ),
      ("globalState.json", "/actModeOpenAiModelId", "YOUR_ENABLED_MODEL_ID"),
      ("globalState.json", "/planModeOpenAiModelId", "YOUR_ENABLED_MODEL_ID"),
      (
        "settings/providers.json", "/providers/openai-compatible/settings/model",
        "YOUR_ENABLED_MODEL_ID"
      ),
    ] as [(String, JSONPointer, String)] {
      try edit(machine, file: file, pointer: pointer, value: .string(value))
    }
    #expect(try rules(machine.run("doctor", "--json")) == ["KEY203", "MODEL305"])
  }

  @Test("cline auth changed only providers.json")
  func clineAuth() throws {
    let machine = healthy()
    for (field, value) in [
      ("baseUrl", "https://openrouter.ai/api/v1"), ("apiKey", "invented-key-0002"),
      ("model", "model-2"),
    ] {
      try edit(
        machine, file: "settings/providers.json",
        pointer: JSONPointer("/providers/openai-compatible/settings/\(field)") ?? .root,
        value: .string(value))
    }
    let run = machine.run("doctor", "--json")
    #expect(run.code == 1)
    #expect(try rules(run) == ["STORE503"])
    let text = machine.run("doctor").output
    #expect(text.contains("Base URL, API key and Model ID"))
    #expect(text.contains("clinecfg set-provider rutaapi --model model-1 --key-prompt"))
  }

  @Test("only the CLI is set up: VS Code has nothing")
  func cliOnly() throws {
    let machine = try TestMachine(fixture: "cli-only")
    let run = machine.run("doctor")
    #expect(run.output.contains("· only the CLI is set up") && run.output.contains("only the CLI"))
    // A VS Code that has Cline is one that nobody set up.
    machine.files.put(
      #"{"version":"4.1.13"}"#,
      at: "/home/u/.vscode/extensions/saoudrizwan.claude-dev-4.1.13/package.json")
    machine.files.put("{}", at: "/home/u/.config/Code/User/settings.json")
    #expect(machine.run("doctor").output.contains("! only the CLI is set up"))
  }

  @Test("plan and act mode on different providers")
  func modes() throws {
    let machine = healthy()
    try edit(machine, file: "globalState.json", pointer: "/planModeApiProvider", value: "groq")
    try edit(
      machine, file: "globalState.json", pointer: "/planModeApiModelId",
      value: "llama-3.3-70b-versatile")
    try edit(
      machine, file: "secrets.json", pointer: "/groqApiKey",
      value: .string("gsk_" + String(repeating: "0", count: 52)))
    let run = machine.run("doctor", "--json")
    #expect(try rules(run).contains("TRIPLE402"))
    #expect(run.code == 0)
    #expect(machine.run("doctor", "--strict").code == 1)
    try edit(machine, file: "globalState.json", pointer: "/planModeApiProvider", value: .null)
    #expect(machine.run("doctor", "--only", "TRIPLE402").code == 1)
  }

  @Test("OPENAI_API_KEY is exported and no key is stored")
  func exportedKey() throws {
    let machine = healthy(variables: ["OPENAI_API_KEY": "invented-key-0009"])
    for (file, pointer) in [
      ("secrets.json", "/openAiApiKey"),
      ("settings/providers.json", "/providers/openai-compatible/settings/apiKey"),
    ] as [(String, JSONPointer)] { try edit(machine, file: file, pointer: pointer, value: "") }
    let run = machine.run("doctor", "--json")
    #expect(run.code == 1)
    #expect(try rules(run) == ["TRIPLE404"], "\(run.output)")
    #expect(run.output.contains("OPENAI_API_KEY") && run.output.contains("api.rutaapi.com"))
  }

  @Test("the same key in another provider's place is a suggestion, not an error")
  func suggestion() throws {
    let machine = healthy(variables: ["GROQ_API_KEY": "invented-key-0001"])
    let run = machine.run("doctor", "--json")
    #expect(run.code == 0)
    #expect(try rules(run) == ["KEY209"])
    #expect(run.output.contains("env:GROQ_API_KEY"))
  }

  @Test(
    "--fix on each broken fixture leaves what only the user can mend",
    arguments: [
      ("broken-bom", ["URL115", "MODEL301"]), ("broken-empty", []), ("broken-json", ["STORE501"]),
      ("broken-schema", ["STORE504"]), ("broken-type", ["STORE501"]),
      ("broken-half-written", ["STORE501"]),
    ] as [(String, [String])])
  func broken(fixture: String, allowed: [String]) throws {
    let machine = try TestMachine(fixture: fixture)
    let before = machine.stores
    let first = machine.run("doctor", "--json")
    #expect(first.code == 1)
    #expect(try rules(first).contains { $0 == "STORE501" || $0 == "STORE502" })
    #expect(machine.stores == before)
    let fixed = machine.run("doctor", "--fix", "--json")
    let errors =
      try fixed.json["findings"]?.array?.filter { $0["severity"] == "error" }
      .compactMap { $0["rule"]?.string } ?? []
    for rule in errors {
      #expect(
        allowed.contains(rule) || rule.hasPrefix("KEY") || rule.hasPrefix("TRIPLE"), "\(rule)")
    }
    // Whatever stood in a broken file is kept: in the backup, or in quarantine.
    let own = machine.files.files(below: testData + "/.clinecfg")
    for (path, bytes) in before where machine.stores[path] != bytes {
      #expect(own.values.contains(bytes), "\(path)")
    }
    for store in try first.json["findings"]?.array ?? []
    where store["rule"] == "STORE501" || store["rule"] == "STORE502" {
      let name = store["store"]?.string ?? ""
      let file = try #require(SettingsFile(rawValue: name))
      let bytes = try #require(before[testData + "/" + file.relativePath])
      #expect(bytes.isEmpty || own.values.contains(bytes), "\(name)")
    }
    // And once more changes nothing.
    let calls = machine.files.calls.count
    let again = machine.run("doctor", "--fix", "--json")
    #expect(try again.json["files"] == [])
    #expect(try rules(again) == rules(fixed))
    _ = calls
  }

  @Test("a repaired file keeps every value, and undo brings the broken bytes back")
  func repaired() throws {
    let machine = try TestMachine(fixture: "broken-bom")
    let path = testData + "/secrets.json"
    let before = try #require(machine.files.bytes(at: path))
    #expect(machine.run("doctor", "--fix", "--only", "STORE").code == 0)
    #expect(machine.files.bytes(at: path) == Array(before.dropFirst(3)))
    #expect(machine.run("undo").code == 0)
    #expect(machine.files.bytes(at: path) == before)
  }

  @Test("permissions are taken away, old left-over files removed, young ones named")
  func surroundings() throws {
    let machine = healthy()
    let secrets = testData + "/secrets.json"
    machine.files.put(machine.files.bytes(at: secrets) ?? [], at: secrets, mode: 0o644)
    machine.files.put("{}", at: testData + "/settings/providers.json.4711.tmp")
    let run = machine.run("doctor", "--json")
    #expect(run.code == 1)
    #expect(try rules(run) == ["SEC601", "SEC604"])
    let fixed = machine.run("doctor", "--fix")
    #expect(fixed.code == 0 && machine.files.mode(at: secrets) == 0o600)
    #expect(fixed.output.contains("mode 600"))
  }

  @Test(
    "only what Cline or clinecfg named so is a left-over file",
    arguments: [
      ("globalState.json.tmp.1787428980000.abc123.json", true), ("providers.json.4711.tmp", false),
      ("globalState.json.tmp.user-notes.txt", false), ("globalState.json.4711.tmp", true),
      ("globalState.json.backup.tmp", false), ("secrets.json.tmp.1.a.json", true),
      ("secrets.json.tmp.x.a.json", false), ("secrets.json.tmp..a.json", false),
      (".clinecfg-0123456789abcdef0123456789abcdef-0.tmp", false), (".clinecfg-notes.tmp", false),
      (".clinecfg-20260822T200300Z-01234567-1.tmp", false),
    ])
  func leftovers(name: String, isRemoved: Bool) throws {
    let machine = TestMachine()
    machine.files.put("{}", at: testData + "/globalState.json")
    machine.files.put("mine", at: testData + "/" + name, mode: 0o600)
    machine.clock.advance(milliseconds: 86_400_000)
    #expect(machine.run("doctor", "--fix").code == 0)
    #expect((machine.files.text(at: testData + "/" + name) == nil) == isRemoved)
  }

  @Test("a dry run of --fix ends as the real one does, permissions included")
  func dryRun() throws {
    for isDry in [true, false] {
      let machine = TestMachine(variables: ["K": "invented-key-0001"])
      _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify")
      try machine.files.setMode(
        FileMode(rawValue: 0o644), of: try #require(AbsolutePath(testData + "/secrets.json")))
      machine.files.put("{}", at: testData + "/globalState.json.tmp.1.a.json", mode: 0o600)
      machine.clock.advance(milliseconds: 86_400_000)
      let run = machine.run(
        ["doctor", "--fix", "--strict", "--json"] + (isDry ? ["--dry-run"] : []))
      #expect(run.code == 0, "\(run.output)")
      #expect(machine.files.mode(at: testData + "/secrets.json") == (isDry ? 0o644 : 0o600))
      #expect(try run.json["changed"] == true)
    }
  }

  @Test("a file that nobody can mend is copied once, and then nothing changes any more")
  func unmendable() throws {
    let machine = TestMachine()
    machine.files.put(
      #"{"version":2,"providers":{}}"#, at: testData + "/settings/providers.json", mode: 0o600)
    let first = machine.run("doctor", "--fix", "--json")
    #expect(first.code == 1)
    #expect(try first.json["changed"] == true)
    let copies = machine.files.files(below: testData + "/.clinecfg/quarantine")
    #expect(copies.count == 1)
    let second = machine.run("doctor", "--fix", "--json")
    #expect(second.code == 1)
    #expect(try second.json["changed"] == false)
    #expect(machine.files.files(below: testData + "/.clinecfg/quarantine") == copies)
  }

  @Test("what a repair of a file that could be read changes is told place by place")
  func toldByPlace() throws {
    let machine = TestMachine()
    machine.files.put(
      #"{"version":1,"providers":{"groq":{"settings":{"provider":"groq","timeout":-1},"updatedAt":"yesterday"}}}"#,
      at: testData + "/settings/providers.json", mode: 0o600)
    let run = machine.run("doctor", "--fix", "--only", "STORE502", "--json")
    let changes = try run.json["files"]?.array?.first?["changes"]?.array ?? []
    #expect(
      changes.compactMap { $0["pointer"]?.string } == [
        "/providers/groq/settings/timeout", "/providers/groq/updatedAt",
      ], "\(run.output)")
  }

  @Test("a large file that is an array is refused")
  func largeArray() {
    let machine = TestMachine()
    let items = String(repeating: "{\"a\":[1,2,\"x\"]},", count: 40_000)
    machine.files.put("[\(items)0]", at: testData + "/globalState.json")
    #expect(machine.run("set", "globalState:/a", "1").code == 65)
  }

  @Test("programs that hold old settings are named")
  func running() throws {
    var machine = healthy()
    machine.processes = {
      [
        RunningProcess(id: 41, user: 1000, words: ["/usr/share/code/code", "--x"]),
        RunningProcess(id: 42, user: 1000, words: ["/usr/bin/cline"]),
        RunningProcess(id: 43, user: 7, words: ["/usr/bin/cline"]),
      ]
    }
    #expect(machine.run("doctor").output.contains("Cline CLI (process 42)"))
    #expect(!machine.run("doctor").output.contains("VS Code (process"))
    machine.files.putDirectory("/home/u/.vscode/extensions/saoudrizwan.claude-dev-4.1.13")
    #expect(machine.run("doctor").output.contains("VS Code (process 41)"))
    #expect(!machine.run("doctor").output.contains("43"))
    machine.files.put(#"{"pid":77}"#, at: testData + "/locks/hub/production.json")
    #expect(!machine.run("doctor").output.contains("hub"))
  }

  @Test("git is asked inside a work tree, and only there")
  func repository() throws {
    var machine = healthy()
    machine.variables["PATH"] = "/bin"
    machine.files.put("", at: "/bin/git", mode: 0o755)
    machine.runner = { child in
      #expect(
        child.arguments.first == "/bin/git" && child.arguments.contains("core.fsmonitor=false"))
      let isTracked = child.arguments.contains("ls-files") && child.arguments.last == "secrets.json"
      let isIgnored = child.arguments.contains("check-ignore")
      return .init(output: [], status: isTracked ? 0 : isIgnored ? 0 : 1)
    }
    #expect(try rules(machine.run("doctor", "--json")) == [])
    machine.files.putDirectory("/home/u/.git")
    let run = machine.run("doctor", "--json")
    #expect(try rules(run) == ["SEC602"])
    #expect(run.output.contains("tracked by git"))
  }

  @Test("--only, --skip and --list choose rules, and unknown ones are refused")
  func selection() throws {
    let machine = healthy()
    try edit(
      machine, file: "globalState.json", pointer: "/openAiBaseUrl", value: "https://rutaapi.com")
    #expect(try rules(machine.run("doctor", "--only", "KEY", "--json")) == [])
    #expect(try rules(machine.run("doctor", "--only", "url103", "--json")) == ["URL103"])
    #expect(try rules(machine.run("doctor", "--skip", "URL", "--skip", "STORE", "--json")) == [])
    #expect(machine.run("doctor", "--only", "NOPE").code == 64)
    #expect(machine.run("doctor", "--dry-run").code == 64)
    let list = machine.run("doctor", "--list", "--json")
    #expect(try list.json["rules"]?.array?.count == RuleSet.standard.documentation.count)
    #expect(machine.run("doctor", "--list", "-q").output.contains("URL105"))
  }
}
