import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("A profile says what Cline should be, and apply makes it so")
struct ProfileTests {
  static let key = "invented-profile-key-0001"
  static let file = "/home/u/cline.json"

  func machine(_ profile: String = #"{"provider":"rutaapi","model":"m","key":{"env":"K"}}"#)
    -> TestMachine
  {
    let machine = TestMachine(variables: ["K": Self.key, "K2": "invented-profile-key-0002"])
    machine.files.put(profile, at: Self.file)
    return machine
  }

  func apply(_ machine: TestMachine, _ more: String...) -> CommandRun {
    machine.run(["apply", Self.file, "--no-verify"] + more)
  }

  @Test("it does what set-provider does, and nothing the second time")
  func likeSetProvider() throws {
    let machine = machine()
    #expect(apply(machine).code == 0)
    let other = TestMachine(variables: ["K": Self.key])
    _ = other.run("set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--no-verify")
    let times = /"updatedAt": "[^"]*"/
    func settings(_ machine: TestMachine) -> [String: String] {
      machine.stores.mapValues {
        String(decoding: $0, as: UTF8.self).replacing(times, with: "")
      }
    }
    #expect(settings(machine) == settings(other))
    let before = machine.stores
    let again = try apply(machine, "--json").json
    #expect(again["changed"] == false && again["backup"] == .null && machine.stores == before)
    #expect(try machine.run("backups", "--json").json["backups"]?.array?.count == 1)
    #expect(apply(machine).output.hasPrefix("Cline already uses RutaAPI"))
  }

  @Test("--check and diff tell of a drift with exit 2, and write nothing")
  func drift() throws {
    let machine = machine()
    #expect(apply(machine, "--check").code == 2)
    #expect(machine.run("apply", Self.file, "--check", "--verify").code == 64)
    #expect(machine.stores.isEmpty)
    _ = apply(machine)
    #expect(apply(machine, "--check").code == 0)
    #expect(machine.run("diff", Self.file, "--exit-code").output == "")
    _ = machine.run("set", "globalState:/actModeOpenAiModelId", "other")
    let before = machine.stores
    let check = apply(machine, "--check", "--json")
    #expect(check.code == 2)
    let document = try check.json
    #expect(document["ok"] == false && document["error"] == nil && document["changed"] == true)
    #expect(document["dryRun"] == true && document["backup"] == .null)
    let diff = machine.run("diff", Self.file)
    #expect(diff.code == 0)
    #expect(diff.output.contains("-  \"actModeOpenAiModelId\": \"other\""))
    #expect(diff.output.contains("+  \"actModeOpenAiModelId\": \"m\""))
    #expect(machine.run("diff", Self.file, "--exit-code").code == 2)
    #expect(machine.stores == before)
  }

  @Test("diff masks keys, also where one takes the place of another")
  func masked() {
    let machine = machine()
    _ = machine.run("set-provider", "rutaapi", "--model", "m", "--key-env", "K2", "--no-verify")
    let diff = machine.run("diff", Self.file)
    #expect(diff.output.contains("…0001") && diff.output.contains("…0002"))
    #expect(!diff.output.contains("invented"))
  }

  @Test("two modes, two providers, two models")
  func modes() throws {
    let machine = machine(
      #"""
      // For planning something cheap.
      {
        "plan": { "provider": "groq", "model": "p", "key": { "env": "K2" } },
        "act": { "provider": "rutaapi", "model": "a", "key": { "env": "K" }, }
      }
      """#)
    let run = apply(machine)
    #expect(run.code == 0, "\(run.notes)")
    #expect(run.output.contains("uses Groq") && run.output.contains("uses RutaAPI"))
    let rows = try machine.run("show", "--json").json["clients"]?.array ?? []
    func model(_ client: String, mode: String) -> String? {
      rows.first { $0["client"]?.string == client && $0["mode"]?.string == mode }?["model"]?.string
    }
    #expect(model("vscode-sdk", mode: "plan") == "p" && model("vscode-sdk", mode: "act") == "a")
    #expect(model("vscode-legacy", mode: "act") == "a" && model("cli", mode: "act") == "a")
    #expect(try apply(machine, "--json").json["changed"] == false)
    // What is stored leads to the same profile.
    machine.files.put(machine.run("export").output, at: Self.file)
    #expect(try apply(machine, "--json").json["changed"] == false)
    machine.files.put(
      #"{"provider":"rutaapi","model":{"plan":"x","act":"y"},"key":{"keep":true}}"#, at: Self.file)
    #expect(apply(machine).code == 0)
    #expect(machine.run("get", "globalState:/planModeOpenAiModelId").output == "x\n")
    #expect(machine.run("get", "globalState:/actModeOpenAiModelId").output == "y\n")
    #expect(try apply(machine, "--json").json["changed"] == false)
  }

  @Test("two providers that need one slot are refused, and one that leaves it is not")
  func sharing() {
    let machine = machine(
      #"""
      {"plan": {"provider": "custom", "baseURL": "https://llm.example.com/v1", "model": "p",
                "key": {"env": "K2"}},
       "act": {"provider": "rutaapi", "model": "a", "key": {"env": "K"}}}
      """#)
    let run = apply(machine)
    #expect(run.code == 65 && run.notes.contains("one Base URL"))
    #expect(machine.stores.isEmpty)
    _ = machine.run("set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--no-verify")
    machine.files.put(
      #"""
      {"plan": {"provider": "custom", "baseURL": "https://llm.example.com/v1", "model": "p",
                "key": {"env": "K2"}},
       "act": {"provider": "groq", "model": "a", "key": {"env": "K"}}}
      """#, at: Self.file)
    #expect(apply(machine).code == 0)
  }

  @Test("a rule refuses a profile, and the help says what to write in it")
  func refused() {
    let machine = machine(
      #"{"provider":"rutaapi","model":"m","baseURL":"https://app.rutaapi.com","key":{"env":"K"}}"#)
    let run = apply(machine)
    #expect(run.code == 78 && run.notes.contains("URL104"))
    #expect(run.notes.contains(#"write "baseURL": "https://api.rutaapi.com/v1""#))
    #expect(machine.stores.isEmpty)
  }

  @Test(
    "a fault is named with line and column, and nothing is written",
    arguments: [
      ("{\n  \"provider\": \"rutaapi\",\n  \"model\": 3\n}", "3:12: expected a string"),
      ("{\n  \"provider\": \"rutaapi\"\n}", "1:1: 'model' is missing"),
      ("{\n  \"model\": \"m\"\n}", "1:1: 'provider' is missing"),
      (
        "{\"provider\": \"rutaapi\", \"model\": \"m\",\n \"modell\": \"m\"}",
        "2:12: there is no field 'modell'; did you mean 'model'?"
      ),
      ("{\"provider\": \"x\", \"model\": \"m\", \"key\": \"k\"}", "a key itself must not stand"),
      ("{\"provider\": \"x\", \"model\": \"m\", \"key\": {}}", "expected exactly one of"),
      (
        "{\"provider\": \"x\", \"model\": \"m\", \"key\": {\"env\": \"A\", \"keep\": true}}",
        "expected exactly one of"
      ),
      (
        "{\"provider\": \"x\", \"model\": \"m\", \"key\": {\"keep\": false}}", "expected true"
      ),
      (
        "{\"provider\": \"x\", \"model\": \"m\", \"key\": {\"command\": \"pass x\"}}",
        "expected an array"
      ),
      (
        "{\"provider\": \"x\", \"model\": \"m\", \"key\": {\"command\": []}}", "expected a program"
      ),
      (
        "{\"provider\": \"x\", \"model\": \"m\", \"contextWindow\": 0}", "expected a whole number"
      ),
      (
        "{\"provider\": \"x\", \"model\": \"m\", \"headers\": {\"Authorization\": \"b\"}}",
        "carries a secret"
      ),
      ("{\"plan\": {\"provider\": \"x\", \"model\": {\"act\": \"m\"}}}", "expected one Model ID"),
      ("{\"plan\": {\"provider\": \"x\", \"model\": \"m\"}, \"provider\": \"y\"}", "no field"),
      ("{\"provider\": \"rutaapi\", \"model\": {\"plan\": \"m\"}}", "'act' is missing"),
      ("{\"provider\": \"rutaapi\",,}", "1:24: expected"),
      ("", "1:1:"), ("[]", "expected an object"),
    ])
  func faults(text: String, words: String) {
    let machine = machine(text)
    for command in [["apply", Self.file], ["diff", Self.file]] {
      let run = machine.run(command)
      #expect(run.code == 65 && run.notes.contains(words), "\(run.notes)")
      #expect(run.notes.contains(Self.file.replacing("/home/u/", with: "~/")))
    }
    #expect(machine.stores.isEmpty)
  }

  @Test("a profile that is not there, or names no provider, is exit 66")
  func missing() {
    let machine = machine(#"{"provider":"rutapi","model":"m","key":{"env":"K"}}"#)
    #expect(machine.run("apply", "nowhere.json").code == 66)
    let run = apply(machine)
    #expect(run.code == 66 && run.notes.contains("did you mean 'rutaapi'?"))
    #expect(machine.run("apply").code == 64)
    #expect(machine.run("apply", "").code == 64)
  }

  @Test("keys come from a variable, a file, a program's output, or stay")
  func keys() throws {
    func stored(_ reference: String, _ prepare: (TestMachine) -> Void = { _ in }) -> (
      CommandRun, String?
    ) {
      let machine = self.machine(#"{"provider":"rutaapi","model":"m","key":\#(reference)}"#)
      prepare(machine)
      return (apply(machine), machine.files.text(at: testData + "/secrets.json"))
    }
    let files = ["~/keys/k", "$HOME/keys/k", "${HOME}/keys/k", "keys/k", "/home/u/keys/k"]
    for path in files {
      let (run, secrets) = stored(#"{"file":"\#(path)"}"#) {
        $0.files.put("invented-file-key-0003\n", at: "/home/u/keys/k", mode: 0o600)
      }
      #expect(run.code == 0 && secrets?.contains("invented-file-key-0003") == true, "\(path)")
    }
    let (run, secrets) = stored(#"{"command":["/bin/echo","invented-said-key-$HOME"]}"#)
    #expect(run.code == 0, "\(run.notes)")
    // No shell has seen it.
    #expect(secrets?.contains("invented-said-key-$HOME") == true)
    for reference in [
      #"{"file":"~/none"}"#, #"{"env":"NONE"}"#, #"{"command":["/bin/false"]}"#,
      #"{"command":["no-such-program"]}"#, #"{"keep":true}"#,
    ] {
      let (run, secrets) = stored(reference)
      #expect(run.code == 66 && secrets == nil, "\(reference): \(run.notes)")
    }
    let (kept, after) = stored(#"{"keep":true}"#) {
      _ = $0.run("set-provider", "rutaapi", "--key-env", "K2", "--model", "old", "--no-verify")
    }
    #expect(kept.code == 0 && after?.contains("key-0002") == true)
    let (none, unused) = stored(#"{"none":true}"#)
    #expect(none.code == 0 && unused?.contains("unused") == true)
    // Without a word the provider's own variable counts.
    var machine = self.machine(#"{"provider":"rutaapi","model":"m"}"#)
    #expect(apply(machine).code == 64)
    machine.variables["RUTAAPI_API_KEY"] = Self.key
    #expect(apply(machine).code == 0)
  }

  @Test("headers and limits are part of it")
  func details() throws {
    let machine = machine(
      #"""
      {"provider":"rutaapi","model":"m","key":{"env":"K"},"contextWindow":32000,"maxTokens":4096,
       "headers":{"X-Team":"blue","Authorization-2":{"env":"K2"}}}
      """#)
    #expect(apply(machine).code == 0)
    #expect(
      machine.run("get", "providers:/providers/openai-compatible/settings/contextWindow").output
        == "32000\n")
    let run = machine.run("export")
    let profile = try JSONDocument(parsing: Array(run.output.utf8))
    #expect(profile["/headers/X-Team"] == "blue")
    #expect(profile["/headers/Authorization-2"] == ["env": "HEADER_AUTHORIZATION_2"])
    #expect(run.notes.contains("HEADER_AUTHORIZATION_2"))
    #expect(profile["/maxTokens"]?.number?.literal == "4096")
    #expect(!run.output.contains("invented"))
  }

  @Test(
    "what set-provider leaves of any provider is exported to a profile that changes nothing",
    arguments: ProviderCatalog.bundled.providers.filter(\.isSettable).map(\.id))
  func roundTrip(id: String) throws {
    let provider = try #require(ProviderCatalog.bundled[id])
    var machine = machine()
    machine.variables["K"] = "invented-round-trip-0001"
    let needsURL = provider.usesCompatibleSlot && provider.compatibleRoot == nil
    for (model, more) in [("m", [String]()), ("x/y", ["--mode", "act"])] {
      let url = needsURL ? ["--base-url", "https://llm.example.com/v1"] : []
      let set = machine.run(
        [
          "set-provider", id, "--model", model, "--key-env", "K", "--no-verify", "--allow",
          "URL109",
          "--allow", "MODEL302", "--allow", "URL108", "--allow", "TRIPLE401", "--allow", "URL110",
          "--allow", "URL102", "--allow", "KEY204", "--allow", "MODEL304",
        ] + url + more)
      guard set.code == 0 else {
        // A template whose host nobody can guess.
        #expect(set.code == 78 || set.code == 64, "\(set.notes)")
        return
      }
      let export = machine.run("export")
      #expect(export.code == 0, "\(export.notes)")
      machine.files.put(export.output, at: Self.file)
      let run = machine.run("diff", Self.file, "--exit-code")
      #expect(run.code == 0, "\(export.output)\n\(run.notes)\(run.output)")
    }
  }

  @Test("export says so where there is nothing, or nothing that can be said")
  func nothing() {
    let machine = machine()
    #expect(machine.run("export").code == 66)
    machine.files.put(
      #"{"actModeApiProvider":"claude-code","planModeApiProvider":"claude-code"}"#,
      at: testData + "/globalState.json")
    let run = machine.run("export")
    #expect(run.code == 66 && run.notes.contains("cannot be set up from outside"), "\(run.notes)")
    machine.files.put("{", at: testData + "/globalState.json")
    #expect(machine.run("export").code == 65)
  }

  @Test("a profile can come from standard input")
  func standardInput() {
    let machine = machine()
    let run = machine.run(
      "apply", "-", "--no-verify",
      input: #"{"provider":"rutaapi","model":"m","key":{"env":"K"}}"#)
    #expect(run.code == 0, "\(run.notes)")
  }

  @Test("apply asks the provider as set-provider does, and writes nothing that it refuses")
  func verified() throws {
    var machine = machine()
    machine.transport = ScriptedTransport(models: ["m"])
    #expect(try machine.run("apply", Self.file, "--json").json["verified"] == true)
    machine.transport = ScriptedTransport(status: 401)
    machine.files.put(#"{"provider":"groq","model":"m","key":{"env":"K2"}}"#, at: Self.file)
    let before = machine.stores
    #expect(machine.run("apply", Self.file).code == 76)
    #expect(machine.stores == before)
    // A check and a diff ask nobody.
    #expect(machine.run("apply", Self.file, "--check").code == 2)
    #expect(machine.run("diff", Self.file).code == 0)
  }
}

@Suite("filter edits one file on its way through")
struct FilterTests {
  let machine: TestMachine

  init() {
    machine = TestMachine(variables: ["K": "invented-filter-key-0001"])
    machine.files.put(
      #"{"provider":"rutaapi","model":"m","key":{"env":"K"}}"#, at: "/work/cline.json")
  }

  func filter(_ store: String, input: String) -> CommandRun {
    machine.run("filter", store, "--profile", "cline.json", input: input)
  }

  @Test("only what the profile names differs, and the second pass changes nothing")
  func edits() throws {
    let input =
      "{\r\n\t\"zeta\": 1.10,\r\n\t\"openAiBaseUrl\": \"https://llm.example.com/v1\",\r\n\t\"zeta\": 2\r\n}\r\n"
    let run = filter("globalState", input: input)
    #expect(run.code == 0 && run.notes == "", "\(run.notes)")
    #expect(
      run.output.hasPrefix("{\r\n\t\"zeta\": 1.10,\r\n\t\"openAiBaseUrl\": \"https://api.rut"))
    #expect(run.output.contains("\t\"zeta\": 2,\r\n") && run.output.hasSuffix("\r\n}\r\n"))
    #expect(filter("globalState", input: run.output).output == run.output)
    #expect(machine.stores.isEmpty)
  }

  @Test(
    "empty input is a file that does not exist", arguments: ["globalState", "secrets", "providers"])
  func empty(store: String) throws {
    let run = filter(store, input: "")
    #expect(run.code == 0 && (try? JSONDocument(parsing: Array(run.output.utf8))) != nil)
    #expect(filter(store, input: run.output).output == run.output)
    #expect(run.output.contains("invented-filter-key-0001") == (store != "globalState"))
    #expect(filter("models", input: "").output == "")
  }

  @Test("together they make what apply makes")
  func likeApply() throws {
    let outputs = ["globalState", "secrets", "providers"].map { filter($0, input: "").output }
    _ = machine.run("apply", "cline.json", "--no-verify")
    let times = /"updatedAt": "[^"]*"/
    let applied = ["globalState.json", "secrets.json", "settings/providers.json"].map {
      machine.files.text(at: testData + "/" + $0)?.replacing(times, with: "")
    }
    #expect(outputs.map { $0.replacing(times, with: "") } == applied)
  }

  @Test("a kept key stays as it is, and no key is needed where none is stored")
  func kept() throws {
    machine.files.put(
      #"{"provider":"rutaapi","model":"m","key":{"keep":true}}"#, at: "/work/cline.json")
    let input = #"{"openAiApiKey":"invented-kept-key-0002"}"#
    #expect(filter("secrets", input: input).output == input)
    #expect(filter("secrets", input: "").output == "")
    #expect(filter("globalState", input: "").output.contains("api.rutaapi.com"))
    machine.files.put(
      #"{"provider":"rutaapi","model":"m","key":{"command":["/bin/false"]}}"#,
      at: "/work/cline.json")
    #expect(filter("globalState", input: "").code == 0)
    #expect(filter("secrets", input: "").code == 66)
  }

  @Test(
    "a broken file, an unknown store, a terminal and --json are refused, and nothing is printed")
  func refused() {
    for run in [
      filter("globalState", input: "{"), filter("nothing", input: ""),
      filter("vscode", input: ""),
      machine.run("filter", "globalState"),
      machine.run(
        "filter", "globalState", "--profile", "cline.json",
        console: RecordingConsole(isInteractive: true)),
    ] { #expect(run.code >= 64 && run.output == "", "\(run.notes)") }
    let run = machine.run("filter", "secrets", "--profile", "cline.json", "--json")
    #expect(run.code == 64 && !run.output.contains("invented"))
  }
}
