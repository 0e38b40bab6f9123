import ClineConfig
import ClinecfgCommands
import LosslessJSON
import TestSupport
import Testing

/// What people ran because it was printed, and what came of it: each was a dead end once.
@Suite("The next step works")
struct NextStepTests {
  let key = "invented-key-0001-abcd"

  func machine(_ variables: [String: String] = [:]) -> TestMachine {
    var machine = TestMachine(variables: variables.merging(["K": key]) { $1 })
    machine.transport = ScriptedTransport(models: ["m-1", "m-2"])
    return machine
  }

  func setUp(_ machine: TestMachine, _ more: String...) {
    let run = machine.run(
      ["set-provider", "rutaapi", "--key-env", "K", "--model", "m-1", "--no-verify"] + more)
    #expect(run.code == 0, "\(run.notes)")
  }

  /// The commands that an answer prints.
  func commands(_ run: CommandRun) -> [[String]] {
    (run.output + run.notes).split(separator: "\n")
      .map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("clinecfg ") }
      .map { Array(ShellLine.words($0).dropFirst()) }
  }

  @Test("what takes a change in another directory back leaves the real set-up alone")
  func otherDirectory() {
    let machine = machine()
    setUp(machine)
    let before = machine.stores
    let run = machine.run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m-2", "--no-verify", "--data-dir",
      "/demo")
    let undo = commands(run).first { $0.first == "undo" } ?? []
    #expect(undo == ["undo", "--data-dir", "/demo"])
    #expect(machine.run(undo).code == 0 && machine.stores == before)
    #expect(machine.files.files(below: "/demo").keys.allSatisfy { $0.contains(".clinecfg") })
  }

  @Test(
    "a stored placeholder is no key, and a new one is asked for",
    arguments: ["YOUR_API_KEY", "sk-****"])
  func placeholder(stored: String) throws {
    let machine = machine()
    setUp(machine)
    for (file, pointer) in [
      ("secrets.json", "/openAiApiKey"),
      ("settings/providers.json", "/providers/openai-compatible/settings/apiKey"),
    ] as [(String, JSONPointer)] {
      let path = testData + "/" + file
      var document = try JSONDocument(parsing: machine.files.bytes(at: path) ?? [])
      try document.set(.string(stored), at: pointer)
      machine.files.put(document.bytes, at: path, mode: 0o600)
    }
    let step = commands(machine.run("doctor")).first { $0.first == "set-provider" } ?? []
    #expect(step.contains("--key-prompt") && !step.contains("ID"), "\(step)")
    let run = machine.run(step, console: RecordingConsole(isInteractive: true, secret: key))
    #expect(run.code == 0 && machine.run("doctor", "--strict").code == 0, "\(run.notes)")
  }

  @Test("a revoked key: verify's command asks for another, and all is well")
  func revoked() {
    var machine = machine()
    setUp(machine)
    machine.transport = ScriptedTransport { request in
      let isNew = request.bearer?.reveal().hasSuffix("new-key-0002-abcd") == true
      let body = request.body == nil ? #"{"data":[{"id":"m-1"}]}"# : "{}"
      return .success(
        HTTPResponse(status: isNew ? 200 : 401, headers: [:], body: Array(body.utf8)))
    }
    for command in [["verify"], ["doctor", "--live"]] {
      let step = commands(machine.run(command)).first { $0.first == "set-provider" } ?? []
      #expect(step == ["set-provider", "rutaapi", "--model", "m-1", "--key-prompt"], "\(step)")
    }
    let console = RecordingConsole(isInteractive: true, secret: "invented-new-key-0002-abcd")
    let run = machine.run(
      ["set-provider", "rutaapi", "--model", "m-1", "--key-prompt"], console: console)
    #expect(run.code == 0 && machine.run("verify").code == 0, "\(run.notes)")
  }

  @Test("the wizard offers the stored key and takes another, unseen")
  func wizard() {
    let machine = machine()
    setUp(machine)
    let console = RecordingConsole(
      isInteractive: true, secret: "invented-new-key-0002-wxyz",
      answers: [("provider", "rutaapi "), ("model", "m-2")])
    let run = machine.run(["set-provider"], console: console)
    #expect(run.code == 0 && run.notes.contains("Enter keeps …abcd"), "\(run.notes)")
    #expect(run.output.contains("…wxyz") && !run.notes.contains("new-key"))
  }

  @Test("--key-stdin at a terminal asks without showing; --key-prompt without one is refused")
  func typed() {
    let machine = machine()
    let console = RecordingConsole(isInteractive: true, secret: key)
    let run = machine.run(
      ["set-provider", "rutaapi", "--model", "m-1", "--key-stdin"], console: console)
    #expect(run.code == 0 && run.notes.contains("not shown"), "\(run.notes)")
    let none = machine.run("set-provider", "rutaapi", "--model", "m-1", "--key-prompt")
    #expect(none.code == 64 && none.notes.contains("no terminal"))
  }

  @Test("a model that is not offered: the list, with the same key")
  func notOffered() {
    let machine = machine()
    let run = machine.run("set-provider", "rutaapi", "--model", "wrong", "--key-env", "K")
    #expect(run.code == 78)
    #expect(commands(run) == [["models", "rutaapi", "--key-env", "K"]], "\(run.notes)")
    #expect(machine.run(commands(run)[0]).output == "m-1\nm-2\n")
  }

  @Test("what is no address is not advised to be allowed")
  func noAddress() {
    let run = machine().run(
      "set-provider", "custom", "--base-url", "foo", "--model", "m", "--key-env", "K")
    #expect(run.code == 78 && !run.notes.contains("--allow"), "\(run.notes)")
  }

  @Test("a page at the right address is not advised to be asked there again")
  func page() {
    var machine = machine()
    setUp(machine)
    machine.transport = ScriptedTransport(status: 200, "<!doctype html><html></html>")
    let run = machine.run("verify")
    #expect(run.output.contains("the address is right"), "\(run.output)")
  }

  @Test("a file that is not there is not advised to be printed")
  func noFile() {
    let run = machine().run("get", "globalState:")
    #expect(run.code == 66 && !commands(run).contains(["get", "globalState:"]), "\(run.notes)")
  }

  @Test("a profile that keeps the stored key finds it in the variable on another machine")
  func carried() {
    let here = machine()
    setUp(here)
    let profile = here.run("export").output
    let there = machine(["RUTAAPI_API_KEY": "invented-key-0003-abcd"])
    there.files.put(profile, at: "/work/cline.json")
    let run = there.run("apply", "cline.json", "--no-verify")
    #expect(run.code == 0 && run.output.contains("env:RUTAAPI_API_KEY"), "\(run.notes)")
    let bare = machine()
    bare.files.put(profile, at: "/work/cline.json")
    #expect(bare.run("apply", "cline.json", "--no-verify").code == 66)
  }

  @Test("a profile of a stored key that a variable holds refers to the variable")
  func saved() {
    let machine = machine(["RUTAAPI_API_KEY": key])
    setUp(machine)
    #expect(machine.run("save", "work").code == 0)
    #expect(machine.run("profiles").output.contains("key from $RUTAAPI_API_KEY"))
    #expect(machine.run("remove", "rutaapi").code == 0)
    #expect(machine.run("use", "work", "--no-verify").code == 0)
  }

  @Test("another provider's profile of the same name is replaced on purpose only, with a copy")
  func replaced() {
    let machine = machine(["G": "gsk_" + String(repeating: "0", count: 52)])
    setUp(machine)
    #expect(machine.run("save", "work", "--key-env", "K").code == 0)
    _ = machine.run("set-provider", "groq", "--key-env", "G", "--model", "m", "--no-verify")
    let refused = machine.run("save", "work", "--key-env", "G")
    #expect(refused.code == 64 && commands(refused) == [["save", "work", "--force"]])
    #expect(machine.run("save", "work", "--force", "--key-env", "G").code == 0)
    let copy = machine.files.text(at: "/home/u/.config/clinecfg/profiles/work.json.bak")
    #expect(copy?.contains("rutaapi") == true)
  }
}
