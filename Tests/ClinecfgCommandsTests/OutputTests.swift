import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// Every command on every data directory of the fixtures, text and JSON, as files: a change of what
/// clinecfg says shows in the difference.
@Suite("What every command says on every fixture is on record")
struct OutputTests {
  static let fixtures = ["(none)"] + Fixtures.names(in: "cline").filter { !$0.hasSuffix(".md") }
  static let key = "invented-new-key-0001"
  static let profile = #"""
    {
      // a comment
      "provider": "rutaapi",
      "model": {"plan": "m-plan", "act": "m-act"},
      "key": {"env": "K"}
    }
    """#

  /// Command lines on a fresh copy each. Those of one row run one after the other.
  static let rows: [[[String]]] = [
    [["show"]], [["show", "-v"]], [["doctor"]], [["doctor", "--strict", "-v"]],
    [["doctor", "--only", "STORE", "--skip", "STORE505"]],
    [["doctor", "--fix", "--dry-run"]], [["doctor", "--fix"], ["doctor"], ["undo"]],
    [["doctor", "--live"]], [["verify"]], [["models"]], [["report"]], [["report", "--live"]],
    [["export"]], [["env", "acp"]], [["backups"]], [["undo"]], [["recover"]],
    [["get", "globalState:"], ["get", "providers:"], ["get", "secrets:"]],
    [["set", "globalState:/mode", "plan"], ["unset", "globalState:/mode"]],
    [
      ["settings"], ["settings", "set", "auto-approve.use-mcp", "off"],
      ["settings", "set", "mode", "plan", "--dry-run"], ["settings", "diff"],
      ["settings", "list"], ["settings", "get", "mode"],
      ["settings", "explain", "telemetry"], ["settings", "unset", "auto-approve.use-mcp"],
    ],
    [["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--dry-run"]],
    [
      ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"], ["backups"], ["show"],
      ["doctor"], ["verify"], ["set-provider", "rutaapi", "--model", "m2", "--no-verify"],
      ["export"], ["undo"], ["undo"], ["undo"],
    ],
    [["set-provider", "rutaapi", "--key-env", "K"]],
    [["set-provider", "rutaapi", "--model", "m", "--no-verify"]],
    [["model", "m2", "--no-verify"], ["model"], []],
    [["set-provider", "ollama", "--model", "q:1b", "--mode", "plan", "--no-verify"], ["doctor"]],
    [
      ["set-provider", "anthropic", "--key-env", "A", "--model", "claude-sonnet-4-6"],
      ["remove", "anthropic"],
    ],
    [
      [
        "set-provider", "custom", "--base-url", "https://rutaapi.com/", "--key-env", "K",
        "--model", "m",
      ]
    ],
    [
      ["apply", "p.json", "--check"], ["diff", "p.json"], ["apply", "p.json"], ["apply", "p.json"],
    ],
    [
      ["save", "now"], ["profiles"], ["save", "kept", "--with-key"], ["use", "now"], ["use", "-"],
    ],
    [["remove", "openrouter", "--dry-run"], ["remove", "custom", "--purge-backups"], ["undo"]],
    [["filter", "globalState", "--profile", "p.json"]],
  ]

  /// Without names and times of the moment.
  static func steady(_ text: String) -> String {
    text.replacing(/[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}/, with: "BACKUP")
      .replacing(/2026-08-22T[0-9:]{8}(?:\.[0-9]{3})?Z/, with: "TIME")
  }

  func machine(_ fixture: String) throws -> TestMachine {
    let variables = ["K": Self.key, "A": "sk-ant-api03-invented0001"]
    var machine =
      fixture == "(none)"
      ? TestMachine(variables: variables) : try TestMachine(fixture: fixture, variables: variables)
    machine.transport = ScriptedTransport(models: ["m", "m2", "m-plan", "m-act"])
    machine.files.put(Self.profile, at: "/work/p.json")
    return machine
  }

  @Test("on a data directory, every command", arguments: fixtures)
  func record(fixture: String) throws {
    var text = ""
    for row in Self.rows {
      let machines = try [machine(fixture), machine(fixture)]
      for words in row {
        // A document of other names would only repeat the text.
        let forms = words.first == "filter" ? [[]] : [[], ["--json"]]
        for (machine, form) in zip(machines, forms) {
          let words = words + form
          let run = machine.run(words, input: #"{"mode":"act"}"#)
          text += "$ clinecfg \(words.joined(separator: " "))\n"
          text += Self.steady(run.output)
          if !run.notes.isEmpty { text += Self.steady("! " + run.notes) }
          if run.code != 0 { text += "= \(run.code)\n" }
          #expect(!text.contains(Self.key) && !text.contains("sk-ant-api03-i"))
        }
      }
      text += "\n"
    }
    let name = fixture == "(none)" ? "nothing" : fixture
    expectGolden(text, path: "Fixtures/outputs/\(name).txt")
  }

  /// What does not depend on any file, and what is refused.
  static let steadyCommands: [[String]] = [
    [], ["providers"], ["providers", "rutaapi"],
    ["providers", "azure", "--json"], ["doctor", "--list"], ["doctor", "--list", "--json"],
    ["explain", "KEY"], ["explain", "401"], ["explain", "URL105", "--json"],
    ["explain", "Unknown or disabled provider \"x\""],
    ["explain", "Missing API key for provider \"x\""], ["explain", "Error: 401 Unauthorized"],
    ["explain", "302"],
    ["schema"], ["schema", "profile"], ["schema", "no"], ["status"], ["login"], ["shwo"],
    ["set-provider", "rutaapi", "MODEL"], ["set-provider", "https://rutaapi.com"],
    ["set-provider", "rutaapi", "--modle", "m"],
    ["set-provider", "rutaapi", "--key-prompt"], ["explain", "providers"], ["explain", "files"],
    ["explain", "exit-codes"], ["explain", "no"],
    ["check"], ["check", "--base-url", "https://openrouter.ai/api/v1", "--key-env", "K", "-v"],
    ["check", "--provider", "groq", "--model", "m", "--json"],
    [
      "check", "--provider", "groq", "--base-url",
      "https://api.groq.com/openai/v1/chat/completions",
    ],
    ["vscode"], ["vscode", "bundle", "legacy"], ["vscode", "bundle", "no"], ["import", "vscode"],
    ["import", "settings"], ["env"],
    ["set-provider"], ["set-provider", "nobody"], ["set-provider", "rutapi"],
    ["set-provider", "custom", "--model", "m"], ["set-provider", "azure", "--model", "m"],
    ["set-provider", "rutaapi", "--model", "m", "--key", "x"],
    ["set-provider", "rutaapi", "--model", "m", "--key-env", "NOT_SET"],
    ["set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--key-stdin"],
    ["set-provider", "rutaapi", "--model", "m", "--key-file", "/none"],
    ["set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--header", "Authorization=x"],
    ["set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--header-env", "X-A=NOT_SET"],
    ["set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--base-url", " "],
    ["set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--verify", "--no-verify"],
    ["set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--allow", "NONE1"],
    ["set-provider", "rutaapi", "--model", "YOUR_MODEL", "--key-env", "K"],
    [
      "set-provider", "rutaapi", "--model", "m", "--key-env", "K", "--base-url",
      "https://rutaapi.com",
    ],
    [
      "set-provider", "openai", "--model", "m", "--key-env", "K", "--base-url",
      "http://127.0.0.1:1/v1",
    ],
    ["set-provider", "github-copilot", "--model", "m"],
    ["apply", "none.json"], ["apply", ""], ["apply", "bad.json"], ["apply", "secret.json"],
    ["use", "none"], ["use", "-"], ["save", "-x"], ["save", "x"], ["profiles", "remove", "none"],
    ["get", "nowhere:/x"], ["get", "globalState:x"], ["get", "globalState:/x"],
    ["set", "secrets:/openAiApiKey", "value-0001"], ["set", "globalState:", "1"],
    ["unset", "globalState:"],
    ["backups", "show", "none"], ["backups", "restore", "none"], ["backups", "verify"],
    ["backups", "purge"], ["backups", "prune"], ["backups", "list"], ["profiles", "list"],
    ["remove", "none"], ["remove", "rutaapi"],
    ["recover", "--forward", "--back"], ["doctor", "--only", "NONE"], ["doctor", "--dry-run"],
    ["models"], ["verify"], ["verify", "--json"], ["models", "rutaapi"], ["forget"],
    ["completions", "csh"], ["filter", "nowhere"], ["filter", "globalState"], ["nonsense"],
    ["show", "--data-dir", ""], ["show", "--data-dir", "/elsewhere"],
  ]

  @Test("what depends on no file, and what is refused")
  func refusals() throws {
    var text = ""
    for words in Self.steadyCommands {
      let machine = try machine("(none)")
      machine.files.put(#"{"provider": "rutaapi", "#, at: "/work/bad.json")
      machine.files.put(
        #"{"provider": "rutaapi", "model": "m", "headers": {"Authorization": "Bearer x"}}"#,
        at: "/work/secret.json")
      let run = machine.run(words)
      text += "$ clinecfg \(words.joined(separator: " "))\n" + Self.steady(run.output)
      if !run.notes.isEmpty { text += Self.steady("! " + run.notes) }
      if run.code != 0 { text += "= \(run.code)\n" }
      text += "\n"
    }
    expectGolden(text, path: "Fixtures/outputs/refusals.txt")
  }

  /// What a provider may answer to a set-up that stands.
  static let answers: [(name: String, transport: ScriptedTransport)] = [
    ("401", ScriptedTransport(status: 401, #"{"error":{"message":"bad key"}}"#)),
    ("404", ScriptedTransport(status: 404)), ("429", ScriptedTransport(status: 429)),
    ("500", ScriptedTransport(status: 500)), ("page", ScriptedTransport(status: 200, "<html>")),
    ("other models", ScriptedTransport(models: ["other-1", "other-2"])),
    (
      "nobody",
      ScriptedTransport { _ in .failure(HTTPTransportError(.refused, host: "api.rutaapi.com")) }
    ),
  ]

  @Test("what a provider answers")
  func live() throws {
    var text = ""
    for (name, transport) in Self.answers {
      for words in [
        ["verify"], ["models"], ["doctor", "--live"], ["report", "--live"],
        ["set-provider", "rutaapi", "--model", "m3"],
        ["set-provider", "rutaapi", "--model", "m3", "--verify"],
        ["set-provider", "groq", "--key-env", "K"],
      ] {
        for form in [[], ["--json"]] {
          var machine = try machine("(none)")
          _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m")
          machine.transport = transport
          let words = words + form
          let run = machine.run(words)
          text += "$ clinecfg \(words.joined(separator: " "))  # \(name)\n"
          text += Self.steady(run.output)
          if !run.notes.isEmpty { text += Self.steady("! " + run.notes) }
          if run.code != 0 { text += "= \(run.code)\n" }
        }
      }
      text += "\n"
    }
    expectGolden(text, path: "Fixtures/outputs/answers.txt")
  }

  /// What is tried elsewhere: printed by the shell's scripts, or with a document of its own.
  static let triedElsewhere: Set<String> = [
    "run", "import link", "providers add", "man", "backups diff", "providers validate",
  ]

  @Test("no command is forgotten: on record here, in a schema, and where keys are looked for")
  func complete() {
    let recorded = Self.rows.flatMap(\.self) + Self.steadyCommands
    for (path, _) in CommandTests.commands() {
      let name = path.joined(separator: " ")
      #expect(
        recorded.contains { $0.starts(with: path) } || Self.triedElsewhere.contains(name),
        "\(name): add a row to OutputTests.rows")
      #expect(
        CanaryTests.commands.contains { $0.starts(with: path.prefix(1)) },
        "\(name): add a line to CanaryTests.commands")
      let schema = Fixtures.root.appending(path: "docs/schemas/\(path[0]).json")
      #expect(
        FileManager.default.fileExists(atPath: schema.path),
        "\(name): add docs/schemas/\(path[0]).json, and words to SchemaTests")
    }
  }
}
