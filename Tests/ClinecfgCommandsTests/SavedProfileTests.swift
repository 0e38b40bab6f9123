import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("Profiles by name")
struct SavedProfileTests {
  let machine: TestMachine
  static let folder = "/home/u/.config/clinecfg"

  init() {
    machine = TestMachine(variables: [
      "A": "invented-key-of-a-0001", "B": "gsk_" + String(repeating: "b", count: 52),
    ])
  }

  func set(_ provider: String, _ variable: String, _ model: String = "m") {
    let run = machine.run(
      "set-provider", provider, "--model", model, "--key-env", variable, "--no-verify")
    #expect(run.code == 0, "\(run.notes)")
  }

  func active() throws -> [String] {
    try machine.run("profiles", "--json").json["profiles"]?.array?
      .filter { $0["active"] == true }.compactMap { $0["name"]?.string } ?? []
  }

  @Test("save, use and back again")
  func switching() throws {
    set("rutaapi", "A")
    #expect(machine.run("save", "work", "--key-env", "A").code == 0)
    set("groq", "B")
    #expect(machine.run("save", "home", "--with-key").code == 0)
    #expect(try active() == ["home"])
    #expect(machine.run("use", "work", "--no-verify").code == 0)
    #expect(try active() == ["work"])
    #expect(
      machine.run("profiles").output
        == "  home\n    Groq  m  key from ../keys/home\n* work\n    RutaAPI  m  key from $A\n")
    #expect(machine.run("use", "-", "--no-verify").code == 0)
    #expect(try active() == ["home"])
    #expect(machine.run("use", "-", "--no-verify").code == 0)
    #expect(try active() == ["work"])
    // The same twice: the second writes nothing, and "-" still leads to the other.
    #expect(try machine.run("use", "work", "--no-verify", "--json").json["changed"] == false)
    #expect(machine.run("use", "-", "--no-verify").output.contains("Groq"))
    set("groq", "B", "another")
    #expect(try active() == [])
    #expect(machine.run("undo").code == 0)
    #expect(try active() == ["home"])
  }

  @Test("a kept key is in a file of its owner's, and goes with the profile")
  func keptKey() throws {
    set("groq", "B")
    #expect(machine.run("save", "home", "--with-key").code == 0)
    let key = Self.folder + "/keys/home"
    #expect(machine.files.text(at: key)?.hasPrefix("gsk_") == true)
    #expect(machine.files.mode(at: key) == 0o600)
    #expect(machine.files.text(at: Self.folder + "/keys/.gitignore") == "*\n")
    let profile = machine.files.text(at: Self.folder + "/profiles/home.json") ?? ""
    #expect(profile.contains("../keys/home") && !profile.contains("gsk_"))
    #expect(machine.run("profiles", "remove", "home").code == 0)
    #expect(machine.files.text(at: key) == nil)
    #expect(machine.run("profiles", "remove", "home").code == 66)
    #expect(machine.run("profiles").output.contains("no profiles are saved"))
  }

  @Test("another's key file is not overwritten")
  func collision() throws {
    set("groq", "B")
    machine.files.put("something of mine", at: Self.folder + "/keys/home")
    #expect(machine.run("save", "home", "--with-key").code == 73)
    #expect(machine.files.text(at: Self.folder + "/keys/home") == "something of mine")
  }

  @Test("modes of different providers keep a key each")
  func modes() throws {
    set("groq", "B")
    _ = machine.run(
      "set-provider", "rutaapi", "--mode", "plan", "--model", "p", "--key-env", "A", "--no-verify")
    #expect(machine.run("save", "both", "--with-key").code == 0)
    #expect(machine.files.text(at: Self.folder + "/keys/both.plan")?.contains("key-of-a") == true)
    #expect(machine.files.text(at: Self.folder + "/keys/both.act")?.hasPrefix("gsk_") == true)
    #expect(try active() == ["both"])
  }

  @Test("saving again changes what differs and keeps comments and key reference")
  func again() throws {
    set("rutaapi", "A")
    let path = Self.folder + "/profiles/work.json"
    machine.files.put(
      "// Mine.\n{\n  \"model\": \"old\", // before\n  \"provider\": \"rutaapi\",\n  \"key\": {\"env\": \"A\"},\n}\n",
      at: path)
    #expect(machine.run("save", "work").code == 0)
    let text = machine.files.text(at: path) ?? ""
    #expect(
      text
        == "// Mine.\n{\n  \"model\": \"m\", // before\n  \"provider\": \"rutaapi\",\n  \"key\": {\"env\": \"A\"},\n}\n"
    )
    #expect(try machine.run("save", "work", "--json").json["changed"] == false)
    machine.files.put("{ not json", at: path)
    let broken = machine.run("save", "work")
    #expect(broken.code == 65 && machine.files.text(at: path) == "{ not json")
    let list = machine.run("profiles")
    #expect(list.code == 0 && list.output == "  work\n" && list.notes.contains("work.json:1:3"))
    #expect(machine.run("use", "work").code == 65)
  }

  @Test("references are written so that the file can be carried to another machine")
  func references() throws {
    set("rutaapi", "A")
    machine.files.put("invented-key-of-a-0001\n", at: "/home/u/k/a")
    machine.files.put("invented-key-of-a-0001\n", at: "/srv/a")
    for (options, expected) in [
      (["--key-file", "/home/u/k/a"], #"{"file": "~/k/a"}"#),
      (["--key-file", "/srv/a"], #"{"file": "/srv/a"}"#),
      (["--key-env", "A"], #"{"env": "A"}"#),
      (["--key-command", "pass x"], #"{"command": ["/bin/sh", "-c", "pass x"]}"#),
      (["--no-key"], #"{"none": true}"#),
    ] {
      #expect(machine.run(["save", "x"] + options).code == 0)
      let path = Self.folder + "/profiles/x.json"
      let key = try JSONDocument(parsing: machine.files.bytes(at: path) ?? [])["/key"]
      let wanted = try JSONDocument(parsing: Array(expected.utf8)).root
      #expect(key?.isEquivalent(to: wanted) == true, "\(options)")
    }
    #expect(machine.run("save", "x", "--key-stdin").code == 64)
  }

  @Test(
    "a name is letters, digits, dots, underscores and hyphens",
    arguments: [
      "", ".", "..", ".hidden", "a/b", "a b", "ä", "../x", "a\nb",
    ])
  func names(name: String) {
    set("rutaapi", "A")
    for command in ["save", "use"] {
      #expect(machine.run(command, name).code == 64, "\(command)")
    }
    #expect(machine.run("profiles", "remove", name).code == 64)
    #expect(machine.files.files(below: Self.folder).isEmpty)
  }

  @Test("an unknown name gets the nearest, and - needs one before")
  func unknown() {
    set("rutaapi", "A")
    _ = machine.run("save", "work", "--key-env", "A")
    #expect(machine.run("use", "wrok").notes.contains("did you mean 'work'?"))
    #expect(machine.run("use", "-").code == 66)
    #expect(machine.run("apply", "work").notes.contains("clinecfg use work"))
  }

  @Test("a failed use is not remembered")
  func failed() throws {
    set("rutaapi", "A")
    _ = machine.run("save", "work", "--key-env", "A")
    machine.files.put(
      #"{"provider":"groq","model":"m","key":{"env":"NONE"}}"#,
      at: Self.folder + "/profiles/other.json")
    #expect(machine.run("use", "other").code == 66)
    #expect(machine.run("use", "-").code == 66)
    #expect(try active() == ["work"])
  }
}

@Suite("What daily use of profiles brought up")
struct ProfileMistakeTests {
  func machine(_ variables: [String: String] = ["A": "invented-key-of-a-0001"]) -> TestMachine {
    TestMachine(variables: variables)
  }
  static let key = "sk-or-v1-" + String(repeating: "0", count: 64)

  @Test("a file that gets a header with a secret is no longer others' to read, and doctor agrees")
  func headerMode() throws {
    let machine = machine(["A": "invented-key-of-a-0001", "H": "invented-header-0001"])
    machine.files.put("{\n}", at: testData + "/globalState.json", mode: 0o644)
    let set = ["set-provider", "rutaapi", "--model", "m", "--key-env", "A", "--no-verify"]
    #expect(machine.run(set + ["--header", "X-Team=blue"]).code == 0)
    #expect(machine.files.mode(at: testData + "/globalState.json") == 0o644)
    #expect(machine.run(set + ["--header-env", "X-Gateway-Token=H"]).code == 0)
    #expect(machine.files.mode(at: testData + "/globalState.json") == 0o600)
    #expect(machine.run("doctor", "--strict").code == 0)
    machine.files.put(
      machine.files.bytes(at: testData + "/globalState.json") ?? [],
      at: testData + "/globalState.json", mode: 0o644)
    #expect(machine.run("doctor").output.contains("SEC603"))
    #expect(machine.run("doctor", "--fix").code == 0)
    #expect(machine.files.mode(at: testData + "/globalState.json") == 0o600)
  }

  @Test(
    "doctor finds a secret header whatever its words, its beginning or its length",
    arguments: [
      (#"{"openAiHeaders":{"Cookie":"a=1; b=2; c=3; d=4; e=5"}}"#, true),
      (#"{"openAiHeaders":{"X-Api-Key":"/invented/0001=="}}"#, true),
      (
        #"{"openAiHeaders":{"Authorization":"Bearer \#(String(repeating: "inv3nted", count: 700))"}}"#,
        true
      ),
      (#"{"openAiHead\u0065rs":{"Authorization":"Bearer invented-0001"}}"#, true),
      (#"{"openAiHeaders":{"Authorization":"\u0061\u0062"}}"#, false),
      (#"{"openAiHeaders":{"X-Team":"a b c d e f"}}"#, false),
      (#"{"text":"Cookie a=1; b=2; c=3; d=4; e=5"}"#, false),
    ])
  func secretHeaders(_ text: String, isFound: Bool) {
    let machine = machine()
    machine.files.put(text, at: testData + "/globalState.json", mode: 0o644)
    #expect(machine.run("doctor").output.contains("SEC603") == isFound)
  }

  @Test("a key in the place of its source's name, or in a header, is not kept in a profile")
  func keysInProfiles() {
    let machine = machine()
    _ = machine.run("set-provider", "rutaapi", "--model", "m", "--key-env", "A", "--no-verify")
    for options in [["--key-env", Self.key], ["--key-file", Self.key], ["--key-env", "a-b"]] {
      let run = machine.run(["save", "x"] + options)
      #expect(run.code == 64 && !(run.notes + run.output).contains(Self.key), "\(options)")
    }
    #expect(machine.files.files(below: "/home/u/.config").isEmpty)
    for value in [Self.key, "Bearer \(Self.key)"] {
      machine.files.put(
        #"{"provider":"rutaapi","model":"m","key":{"env":"A"},"headers":{"X-Team":"\#(value)"}}"#,
        at: "/work/p.json")
      let run = machine.run("apply", "p.json")
      #expect(run.code == 65 && run.notes.contains("carries a secret"))
      #expect(!run.notes.contains(Self.key))
    }
    machine.files.put(
      #"{"provider":"rutaapi","model":"m","key":{"env":"\#(Self.key)"}}"#, at: "/work/p.json")
    #expect(machine.run("apply", "p.json").code == 65)
  }

  @Test("use - goes to the last profile that is not in force, after undo and by-hand changes too")
  func back() {
    let machine = machine(["A": "invented-key-of-a-0001", "B": "invented-key-of-b-0002"])
    for (name, provider, variable) in [
      ("a", "rutaapi", "A"), ("b", "groq", "B"), ("c", "mistral", "B"),
    ] {
      _ = machine.run(
        "set-provider", provider, "--model", "m", "--key-env", variable, "--no-verify", "--allow",
        "MODEL304")
      #expect(machine.run("save", name, "--key-env", variable).code == 0)
    }
    func use(_ name: String) -> String { machine.run("use", name, "--no-verify").output }
    _ = use("a")
    _ = use("b")
    #expect(machine.run("undo").code == 0)
    #expect(use("-").contains("Groq"))
    _ = machine.run("set-provider", "groq", "--model", "by-hand", "--no-verify")
    #expect(use("-").contains("Model ID  m"))
    #expect(machine.run("profiles", "remove", "a").code == 0)
    #expect(use("-").contains("Mistral"))
  }

  @Test("save tells when its source has no key now, or another than the stored one")
  func doubts() {
    let machine = machine(["A": "invented-key-of-a-0001", "B": "invented-key-of-b-0002"])
    _ = machine.run("set-provider", "rutaapi", "--model", "m", "--key-env", "A", "--no-verify")
    #expect(machine.run("save", "x", "--key-env", "A").notes == "")
    #expect(machine.run("save", "x", "--key-env", "B").notes.contains("another than the one"))
    #expect(machine.run("save", "x", "--key-env", "NONE").notes.contains("NONE is not set"))
    #expect(machine.run("save", "x", "--key-file", "/none").notes.contains("no key could be read"))
    #expect(machine.run("save", "-x").code == 64 && machine.run("save", "--", "-x").code == 64)
  }

  @Test("a fault of a key names the profile, and only what a profile can do")
  func messages() {
    let machine = machine()
    machine.files.put(
      #"{"provider":"rutaapi","model":"m","key":{"env":"NONE"}}"#, at: "/work/p.json")
    let run = machine.run("apply", "p.json")
    #expect(run.notes.contains("the key of p.json: the environment variable NONE is not set"))
    machine.files.put(#"{"provider":"rutaapi","model":"m"}"#, at: "/work/p.json")
    let none = machine.run("apply", "p.json")
    #expect(none.notes.contains("say in the profile") && !none.notes.contains("--key-stdin"))
    let filter = machine.run(
      "filter", "globalState", "--profile", "p.json", input: "{ broken")
    #expect(filter.notes.contains("standard input") && !filter.notes.contains("/home/u"))
    #expect(
      machine.run("apply", "gone.json").notes.contains("/work/gone.json: cannot be read: no such"))
  }

  @Test(
    "a person can type the model when the list does not come, and an address where one is needed")
  func typed() {
    var machine = machine()
    machine.transport = ScriptedTransport(status: 503)
    let console = RecordingConsole(
      isInteractive: true, secret: "invented-typed-0001", choice: "typed-model")
    let run = machine.run("set-provider", "rutaapi", console: console)
    #expect(run.code == 0 && run.output.contains("Model ID  typed-model"), "\(run.notes)")
    machine.transport = ScriptedTransport(models: ["https://a", "https://b"])
    let address = RecordingConsole(
      isInteractive: true, secret: "invented-typed-0002", choice: "https://llm.example.com/v1")
    let custom = machine.run(
      "set-provider", "custom", "--model", "m", "--no-verify", console: address)
    #expect(
      custom.code == 0 && custom.output.contains("https://llm.example.com/v1"), "\(custom.notes)")
  }

  @Test("without a word, a broken file is said to be broken")
  func overview() {
    let machine = machine()
    machine.files.put("{", at: testData + "/globalState.json")
    let run = machine.run([], console: RecordingConsole(isInteractive: true))
    #expect(
      run.output.contains("cannot read globalState.json")
        && run.output.contains("\n    clinecfg doctor\n"))
  }
}
