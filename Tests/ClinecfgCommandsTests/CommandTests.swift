import ClineConfig
import ClinecfgCommands
import CommandLineTool
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("The other commands")
struct CommandTests {
  let key = "invented-new-key-0001"

  func configured() -> TestMachine {
    let machine = TestMachine(variables: ["K": key])
    _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m")
    return machine
  }

  @Test("get prints a value, and keys masked")
  func get() throws {
    let machine = configured()
    #expect(
      machine.run("get", "globalState:/openAiBaseUrl").output == "https://api.rutaapi.com/v1\n")
    #expect(machine.run("get", "globalState:/welcomeViewCompleted").output == "true\n")
    #expect(machine.run("get", "secrets:/openAiApiKey").output == "…0001\n")
    let all = machine.run("get", "providers:", "--json")
    #expect(!all.output.contains(key) && all.output.contains("…0001"))
    #expect(machine.run("get", "globalState:/none").code == 66)
    machine.files.put(#"{"x":{"a":1,"b":2,"a":3}}"#, at: testData + "/globalState.json")
    #expect(machine.run("get", "globalState:/x").output == "{\n  \"b\": 2,\n  \"a\": 3\n}\n")
    #expect(machine.run("get", "nowhere:/x").code == 64)
    #expect(machine.run("get", "globalState:x").code == 64)
    #expect(machine.run("get", "models:/providers").code == 66)
  }

  @Test("set and unset change one value, losslessly, and refuse keys")
  func setAndUnset() throws {
    let machine = configured()
    let before = machine.stores
    #expect(machine.run("set", "globalState:/mode", "plan").code == 0)
    #expect(machine.run("get", "globalState:/mode").output == "plan\n")
    #expect(try machine.run("set", "globalState:/mode", "plan", "--json").json["changed"] == false)
    #expect(machine.run("set", "globalState:/requestTimeoutMs", "60000").code == 0)
    #expect(
      machine.run("get", "globalState:/requestTimeoutMs", "--json").output.contains(
        "\"value\": 60000"))
    #expect(machine.run("unset", "globalState:/requestTimeoutMs").code == 0)
    #expect(machine.run("unset", "globalState:/mode").code == 0)
    #expect(machine.stores == before)
    for place in [
      "secrets:/openAiApiKey", "providers:/providers/x/settings/apiKey",
      "providers:/providers/x/settings/auth/accessToken", "globalState:/openAiHeaders/X",
    ] {
      let run = machine.run("set", place, "some-value-1234")
      #expect(run.code == 64 && !run.notes.contains("some-value"), "\(place)")
    }
    // What Cline would reject is refused before anything is written.
    let bad = machine.run(
      "set", "providers:/providers/openai-compatible/settings/baseUrl", "no-scheme")
    #expect(bad.code == 65 && bad.notes.contains("/providers/openai-compatible/settings/baseUrl"))
    #expect(machine.run("unset", "globalState:").code == 64)
    #expect(machine.stores == before)
  }

  @Test("remove takes a provider out of every store, so that it does not come back")
  func remove() throws {
    let machine = try TestMachine(fixture: "many-providers")
    let run = machine.run("remove", "openrouter", "--json")
    #expect(run.code == 0, "\(run.output)")
    for (path, bytes) in machine.stores {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("penrouter"), "\(path)")
    }
    let providers = try #require(machine.files.text(at: testData + "/settings/providers.json"))
    #expect(
      !providers.contains("lastUsedProvider") && providers.contains("invented-anthropic-0001")
        && providers.contains("voiceInput"))
    let cli = try machine.run("show", "--json").json["clients"]?.array?.first {
      $0["client"] == "cli"
    }
    #expect(cli?["provider"] == "anthropic")  // Cline's own migration takes the first that is left.
    #expect(try machine.run("remove", "openrouter", "--json").json["changed"] == false)
    #expect(machine.run("undo").code == 0)
    #expect(try machine.stores == TestMachine(fixture: "many-providers").stores)
    #expect(machine.run("remove", "no-such").code == 66)
    // Another endpoint in the shared slot is not removed by RutaAPI's name.
    let gateway = try TestMachine(fixture: "migrated-gateway")
    #expect(gateway.run("remove", "rutaapi").code == 66)
    #expect(gateway.run("remove", "custom").code == 0)
    #expect(gateway.files.text(at: testData + "/secrets.json") == "{}")
  }

  @Test("undo, backups and restore go back and forth")
  func history() throws {
    let machine = configured()
    let after = machine.stores
    let listed = try #require(try machine.run("backups", "--json").json["backups"]?.array)
    #expect(listed.count == 1 && listed[0]["command"] == "set-provider rutaapi")
    let undo = machine.run("undo")
    #expect(undo.code == 0 && machine.stores.isEmpty)
    #expect(try machine.run("undo", "--json").json["changed"] == false)
    let newest = try #require(
      try machine.run("backups", "--json").json["backups"]?.array?.first?["id"]?.string)
    #expect(machine.run("backups", "restore", newest).code == 0)
    #expect(machine.stores == after)
    #expect(machine.run("backups", "restore", "none").code == 66)
    #expect(try machine.run("recover", "--json").json["changed"] == false)
  }

  @Test("where there is nothing to take back or finish, nothing is created")
  func nothingToTakeBack() {
    let machine = TestMachine()
    for words in [["undo"], ["recover"], ["backups"], ["backups", "prune"], ["backups", "purge"]] {
      #expect(machine.run(words).code == 0)
    }
    #expect(machine.files.files(below: "/home/u").isEmpty && machine.files.calls.isEmpty)
  }

  @Test("an interrupted change is finished by the next one, and told by recover")
  func recovers() throws {
    let words = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"]
    let probe = TestMachine(variables: ["K": key])
    #expect(probe.run(words).code == 0)
    let published = try #require(probe.files.calls.lastIndex { $0.hasPrefix("rename-new") })
    let machine = TestMachine(variables: ["K": key])
    machine.files.plan.stopsBefore = published
    #expect(machine.run(words).code != 0)
    machine.files.restart()
    #expect(machine.run("recover").output.hasPrefix("finished "))
    #expect(
      try machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--json").json[
        "ok"] == true)
    #expect(machine.run("recover", "--forward", "--back").code == 64)
  }

  @Test(
    "errors of the file system have their own exit codes",
    arguments: [
      (FileSystemError.Code.noSpace, "create", 73), (.readOnly, "create", 73),
      (.accessDenied, "create", 77), (.inputOutput, "sync", 74),
    ] as [(FileSystemError.Code, String, Int32)])
  func exitCodes(code: FileSystemError.Code, call name: String, exit: Int32) {
    let words = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--json"]
    let probe = TestMachine(variables: ["K": key])
    #expect(probe.run(words).code == 0)
    let calls = probe.files.calls
    // Where the new files are staged: nothing is in place yet, and each of these calls may fail.
    let staged = calls.indices.filter { calls[$0].hasPrefix(name) }
    let published = calls.firstIndex { $0.hasPrefix("rename-new") } ?? calls.count
    #expect(staged.contains { $0 < published }, "\(calls)")
    for call in staged where call < published {
      let machine = TestMachine(variables: ["K": key])
      machine.files.plan.failures = [call: code]
      let run = machine.run(words)
      #expect(run.code == exit, "\(calls[call]): \(run.output)")
      #expect(machine.stores.isEmpty, "\(calls[call])")
    }
  }

  @Test("no home, a directory for a file, a file too large: clear, and nothing lost")
  func badMachines() throws {
    let files = InMemoryFileSystem()
    var host = HostEnvironment.test(files, variables: ["K": key])
    host.homeDirectory = nil
    let console = RecordingConsole()
    let code = Clinecfg.run(["show"], in: Context(host: host, console: console))
    #expect(code.rawValue == 66 && console.notes.contains("set HOME, or pass --data-dir DIR"))

    let machine = TestMachine(variables: ["K": key])
    machine.files.putDirectory(testData + "/globalState.json")
    let words = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"]
    let run = machine.run(words)
    #expect(
      run.code == 65 && run.notes.contains("globalState.json: is a directory"), "\(run.notes)")

    let large = TestMachine(variables: ["K": key])
    large.files.put([UInt8](repeating: 0x20, count: 65 << 20), at: testData + "/globalState.json")
    let refused = large.run(words)
    #expect(
      refused.code == 65 && refused.notes.contains("larger than the limit"), "\(refused.notes)")
    #expect(machine.files.calls.isEmpty && large.files.calls.isEmpty)
  }

  /// Every command that can be run, with the words that lead to it.
  static func commands(
    _ command: Command<Context> = Clinecfg.root, path: [String] = []
  ) -> [(path: [String], command: Command<Context>)] {
    let own = path.isEmpty || command.action == nil || command.isHidden ? [] : [(path, command)]
    return own + command.subcommands.flatMap { commands($1(), path: path + [$0]) }
  }

  @Test(
    "every command has examples, and each does what it says",
    arguments: commands().map { $0.path.joined(separator: " ") })
  func examples(path: String) throws {
    let command = try #require(
      Self.commands().first { $0.path == path.split(separator: " ").map(String.init) }
    )
    .command
    #expect(!command.examples.isEmpty)
    for example in command.examples {
      // A machine on which everything that examples name is there.
      var machine = TestMachine(variables: [
        "K": key, "RUTAAPI_API_KEY": key,
        "OPENROUTER_API_KEY": "sk-or-v1-" + String(repeating: "0", count: 64),
      ])
      machine.transport = ScriptedTransport(models: [
        "demo-model", "qwen3:30b", "openai/demo", "llama-3.3-70b-versatile",
      ])
      machine.files.put(
        #"{"provider":"rutaapi","model":"demo-model","key":{"env":"K"}}"#, at: "/work/cline.json")
      let database = "/home/u/.config/Code/User/globalStorage/state.vscdb"
      machine.files.put("SQLite", at: database)
      if path == "import settings" {
        machine.files.put(
          #"{"cline.apiProvider":"rutaapi","cline.apiModelId":"demo-model"}"#,
          at: "/home/u/.config/Code/User/settings.json")
      }
      machine.databases[database] = [
        ("saoudrizwan.claude-dev", Array(#"{"apiProvider":"groq","groqModelId":"m"}"#.utf8))
      ]
      machine.files.put(
        #"{"id":"acme","roots":["https://api.acme.example/v1"]}"#, at: "/work/acme.json")
      for words in [
        ["set-provider", "openrouter", "--model", "openai/demo"], ["save", "home", "--with-key"],
        [
          "set-provider", "rutaapi", "--model", "demo-model", "--key-env", "K", "--header",
          "X-Team=a",
        ],
        ["save", "work", "--key-env", "K"], ["set", "globalState:/mode", "act"],
      ] where !(path == "save" && words[0] == "save") {
        #expect(machine.run(words).code == 0, "\(machine.run(words).notes)")
      }
      let id = try machine.run("backups", "--json").json["backups"]?.array?.first?["id"]?.string
      let line = example.commandLine.replacing("20260822T200300Z-01234567", with: id ?? "")
      var words = Array(ShellLine.words(line).dropFirst())
      // What asks is asked at a terminal.
      let person =
        words == ["model"] ? RecordingConsole(isInteractive: true, choice: "demo-model") : nil
      // What is a file in a shell is standard input here; what runs is played.
      let inputs = [
        "import link":
          "ccswitch://v1/import?resource=provider&endpoint=https://llm.example.com/v1&apiKey=\(key)&model=demo-model",
        "providers add": #"{"id":"acme","roots":["https://api.acme.example/v1"]}"#, "filter": "",
      ]
      if let end = words.firstIndex(of: "<") { words.removeSubrange(end...) }
      if path == "run" {
        machine.files.put("", at: "/bin/cline", mode: 0o755)
        machine.variables["PATH"] = "/bin"
        machine.files.putDirectory("/tmp")
        machine.front = { _, _ in 0 }
      }
      let run = machine.run(words, input: inputs[path] ?? key, console: person)
      #expect(line.hasPrefix("clinecfg " + path))
      #expect(run.code == 0, "\(line): \(run.code) \(run.notes)\(run.output)")
    }
  }

  @Test("commands in the text of documents are commands")
  func inlineCommands() throws {
    let manager = FileManager.default
    let docs = manager.enumerator(atPath: Fixtures.root.appending(path: "docs").path)
    let pages =
      ["README.md"]
      + (docs?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".md") }.map {
        "docs/" + $0
      }
    var count = 0
    for page in pages {
      let text = try String(contentsOf: Fixtures.root.appending(path: page), encoding: .utf8)
      for match in text.matches(of: /`clinecfg ([^`\n]+)`/) {
        let line = String(match.1).replacing("…", with: "x")
        let words = line.split(separator: " ").map(String.init).filter { !$0.contains("|") }
        do {
          _ = try CommandParser(Clinecfg.root).parse(words)
        } catch {
          // A command may be named without what it takes.
          if case .missingArgument = error.problem { continue }
          Issue.record("\(page): \(line): \(error.message)")
        }
        count += 1
      }
    }
    #expect(count > 20)
  }

  @Test("help, version and completions")
  func help() {
    let machine = TestMachine()
    #expect(machine.run("--version").output == "clinecfg \(Clinecfg.version)\n")
    let text = machine.run("help", "set-provider").output
    #expect(
      text == machine.run("set-provider", "--help").output
        && text == machine.run("set-provider", "-h").output)
    #expect(machine.run("complete", "--", "set-provider", "ruta").output == "rutaapi\n")
    #expect(machine.run("complete", "--", "sh").output == "show\n")
    #expect(
      machine.run("complete", "--", "set-provider", "groq", "--mode", "").output
        == "both\nplan\nact\n")
    #expect(
      machine.run("complete", "--", "set-provider", "groq", "--key-f").output == "--key-file\n")
    #expect(
      machine.run("complete", "--", "set-provider", "groq", "--key-file", "").output == "@files\n")
    #expect(machine.run("completions", "tcsh").code == 64)
    for shell in ["bash", "zsh", "fish"] {
      #expect(machine.run("completions", shell).output.contains("clinecfg complete --"))
    }
    #expect(machine.run().code == 0 && machine.run().output.contains("clinecfg set-provider"))
  }

  @Test(
    "the documents name this version",
    arguments: [
      "README.md", "docs/recipes/install.md", "docs/recipes/nix.md", "docs/changelog.md",
    ])
  func documentedVersion(path: String) throws {
    let text = try String(contentsOf: Fixtures.root.appending(path: path), encoding: .utf8)
    let named = text.matches(
      of: /(?:clinecfg[-_]|version (?:= )?"|^## )(\d+\.\d+\.\d+)/.anchorsMatchLineEndings()
    )
    .map { String($0.1) }
    // A changelog names those before it too.
    #expect(named.first == Clinecfg.version, "\(named)")
    #expect(path.hasSuffix("changelog.md") || Set(named).count == 1, "\(named)")
  }

  @Test("the help's groups have every command once")
  func groups() {
    let grouped = Clinecfg.outline.groups.flatMap(\.names)
    let commands = Clinecfg.outline.subcommands.filter { !$0.isHidden }.map(\.name)
    #expect(grouped.sorted() == commands.sorted())
  }

  @Test("with --json a failure is one document too")
  func jsonFailures() throws {
    for words in [
      ["nope", "--json"], ["show", "--jsn", "--json"], ["get", "x", "--json"],
    ] {
      let run = TestMachine().run(words)
      #expect(run.notes.isEmpty && run.code == 64)
      let answer = try run.json
      #expect(answer["ok"] == false && answer["error"]?["code"] == 64)
      #expect(answer["schema"]?.string?.hasPrefix("clinecfg.") == true)
    }
  }

  @Test("a whole file is neither set nor unset")
  func wholeFiles() throws {
    let machine = try TestMachine(fixture: "many-providers")
    let before = machine.stores
    for words in [
      ["set", "secrets:", "{}"], ["set", "globalState:", "{}"], ["unset", "secrets:"],
    ] {
      #expect(machine.run(words).code == 64)
    }
    #expect(machine.stores == before)
  }

  @Test("show names broken files in JSON too, and --quiet leaves what was asked for")
  func brokenInJSON() throws {
    let machine = try TestMachine(fixture: "broken-schema")
    let broken = try machine.run("show", "--json").json["broken"]?.array
    #expect(broken?.first?["store"] == "providers")
    #expect(!machine.run("show", "-q").output.isEmpty)
    #expect(
      !machine.run("get", "globalState:", "-q").output.isEmpty
        || machine.run("get", "globalState:").code == 66)
  }

  @Test("a key in the place of something else is not shown")
  func misplacedKeys() {
    let key = "gsk_" + String(repeating: "0", count: 52)
    let machine = TestMachine()
    machine.files.put(
      #"{"actModeApiProvider":"openai","actModeOpenAiModelId":"\#(key)","openAiBaseUrl":"https://u:pw-invented@h.example/v1?key=invented","awsSecretKey":"invented-secret"}"#,
      at: testData + "/globalState.json")
    for words in [
      ["show"], ["show", "--json"], ["get", "globalState:"], ["doctor"], ["doctor", "--json"],
    ] {
      let run = machine.run(words)
      for text in ["00000000", "pw-invented", "key=invented", "invented-secret"] {
        #expect(!(run.output + run.notes).contains(text), "\(words) \(text)")
      }
    }
  }

  @Test("backups put a file back that Cline cannot read any more")
  func restoresOverBroken() throws {
    let machine = TestMachine(variables: ["K": "invented-key-0001"])
    _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m")
    let good = machine.stores
    let run = machine.run("set-provider", "rutaapi", "--model", "m2", "--json")
    let id = try #require(try run.json["backup"]?.string)
    machine.files.put("{ broken", at: testData + "/globalState.json")
    let restored = machine.run("backups", "restore", id)
    #expect(restored.code == 0, "\(restored.notes)")
    #expect(machine.stores[testData + "/globalState.json"] == good[testData + "/globalState.json"])
  }

  @Test("a planted link in place of our own directory is refused")
  func plantedLink() {
    for name in ["", "/backups", "/pending"] {
      let machine = TestMachine(variables: ["K": "invented-key-0001"])
      machine.files.putDirectory("/tmp/elsewhere")
      machine.files.putLink("/tmp/elsewhere", at: testData + "/.clinecfg" + name)
      let run = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m")
      #expect(run.code == 65, "\(name): \(run.notes)")
      #expect(machine.files.files(below: "/tmp/elsewhere").isEmpty)
    }
  }

  @Test("an entry of the user's own is removed by its id")
  func removesCustom() throws {
    let machine = try TestMachine(fixture: "custom-and-unknown")
    let providers = try JSONDocument(
      parsing: machine.files.bytes(at: testData + "/settings/providers.json") ?? [])
    let id = try #require(
      providers["/providers"]?.object?.keys.first { ProviderSlot.slot(sdkID: $0.text) == nil }?.text
    )
    #expect(machine.run("remove", id).code == 0)
    #expect(machine.run("get", "providers:/providers/\(id)").code == 66)
  }

  @Test("the pages of docs/cli are fresh")
  func pages() {
    func page(_ outline: CommandOutline, path: [String]) -> String {
      var text = "## clinecfg \(path.joined(separator: " "))\n\n```\n"
      text += helpText(for: Clinecfg.outline, path: path, width: 90) + "```\n\n"
      for sub in outline.subcommands where !sub.isHidden {
        text += page(sub, path: path + [sub.name])
      }
      return text
    }
    let root = Clinecfg.outline
    var text =
      "# The command line\n\nGenerated from the command table. What is promised of every command: stdout is the answer and stderr is talk; with `--json` stdout is exactly one document; a key is never taken from a command line and never comes out; the same command twice changes nothing the second time.\n\n```\n"
    text += helpText(for: root, path: [], width: 90) + "```\n\n"
    for sub in root.subcommands where !sub.isHidden { text += page(sub, path: [sub.name]) }
    text += "## Exit codes\n\n| code | meaning |\n|---|---|\n"
    for (code, meaning) in exitCodeMeanings { text += "| \(code.rawValue) | \(meaning) |\n" }
    expectGolden(text, path: "docs/cli.md")
  }
}
