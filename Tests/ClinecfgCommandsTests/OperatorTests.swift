import ClineConfig
import LosslessJSON
import TestSupport
import Testing

@Suite("What gateways' operators hand out is taken in safely")
struct OperatorTests {
  let machine = TestMachine(variables: ["K": "invented-key-0001-abcd"])
  static let key = "sk-invented-link-key-0001-0002"

  func link(
    _ more: String, app: String = "codex", endpoint: String? = "https%3A%2F%2Fgw.example%2Fv1"
  )
    -> String
  {
    "ccswitch://v1/import?resource=provider&app=\(app)&name=My%20Gateway"
      + (endpoint.map { "&endpoint=\($0)" } ?? "") + "&apiKey=\(Self.key)" + more + "\n"
  }

  @Test("a link is set up, its key in no output, and a second time nothing changes")
  func link() throws {
    let run = machine.run(
      "import", "link", "--no-verify", input: link("&model=demo&enabled=true&usageScript=x"))
    #expect(run.code == 0, "\(run.notes)")
    #expect(!(run.output + run.notes).contains(Self.key))
    #expect(machine.run("get", "globalState:/openAiBaseUrl").output == "https://gw.example/v1\n")
    #expect(machine.run("get", "globalState:/planModeOpenAiModelId").output == "demo\n")
    #expect(machine.run("get", "secrets:/openAiApiKey").output == "sk-…0002\n")
    let again = machine.run("import", "link", "--no-verify", input: link("&model=demo"))
    #expect(again.code == 0 && !again.output.contains("undo"), "\(again.output)")
    #expect(machine.run("undo").code == 0)
  }

  @Test(
    "the slot follows from the agent, and the provider from the address",
    arguments: [
      (
        "claude", "https%3A%2F%2Fgw.example%2Fanthropic", "anthropicBaseUrl",
        "https://gw.example/anthropic/v1"
      ),
      ("gemini", "https%3A%2F%2Fgw.example", "geminiBaseUrl", "https://gw.example"),
      (
        "codex", "https://gw.example/v1,https://b.example/v1", "openAiBaseUrl",
        "https://gw.example/v1"
      ),
      ("claude", "https%3A%2F%2Fapi.rutaapi.com", "openAiBaseUrl", "https://api.rutaapi.com/v1"),
      ("", "https%3A%2F%2Fapi.rutaapi.com%2Fv1", "openAiBaseUrl", "https://api.rutaapi.com/v1"),
    ])
  func slots(app: String, endpoint: String, key: String, stored: String) {
    let run = machine.run(
      "import", "link", "--no-verify", input: link("&model=m", app: app, endpoint: endpoint))
    #expect(run.code == 0, "\(run.notes)")
    #expect(machine.run("get", "globalState:/\(key)").output == stored + "\n")
  }

  @Test("what is no link of a provider, and what the rules refuse, changes nothing")
  func refused() {
    for (input, code) in [
      ("", 65), ("https://gw.example/v1", 65), ("ccswitch://v1/import?resource=skill&name=x", 65),
      (link("", endpoint: nil), 65),
      (link("&model=m", endpoint: "https://gw.example/v1/chat/completions"), 78),
      (link("&model=m", endpoint: "https%3A%2F%2Fopenrouter.ai%2Fapi%2Fv1&apiKey=x"), 0),
      (link(""), 64), ("ccswitch://v1/import?resource=provider&endpoint=\nx", 65),
    ] as [(String, Int32)] {
      let run = machine.run("import", "link", "--no-verify", "--dry-run", input: input)
      #expect(run.code == code, "\(input): \(run.notes)")
      #expect(!(run.output + run.notes).contains(Self.key))
      #expect(machine.stores.isEmpty)
    }
  }

  static let provider =
    #"{"id":"acme","name":"Acme","roots":["https://llm.acme.example/v1"],"variables":["K"]}"#

  @Test("a provider file is checked, named, kept with its schema, and can be set up")
  func add() throws {
    let path = "/home/u/.config/clinecfg/providers/acme.json"
    #expect(machine.run("providers", "add", "-", "--dry-run", input: Self.provider).code == 0)
    #expect(machine.files.bytes(at: path) == nil)
    let run = machine.run("providers", "add", "-", input: Self.provider)
    #expect(run.code == 0 && run.output.contains("set-provider acme"), "\(run.notes)")
    let kept = try JSONDocument(parsing: machine.files.bytes(at: path) ?? [])
    #expect(kept["/id"] == "acme" && kept["/$schema"] == "clinecfg.provider.json")
    #expect(machine.run("providers", "validate", path).code == 0)
    #expect(machine.run("set-provider", "acme", "--model", "m", "--no-verify").code == 0)
    #expect(machine.run("doctor").code == 0)
    // The same again is nothing, another is refused, and replaced only by a word.
    #expect(machine.run("providers", "add", input: Self.provider).code == 0)
    let other = Self.provider.replacing("Acme", with: "Acme Two")
    let refused = machine.run("providers", "add", "-", input: other)
    #expect(refused.code == 64 && refused.notes.contains("--force"))
    #expect(machine.run("providers", "add", "-", "--force", input: other).code == 0)
    #expect(machine.run("providers", "acme").output.contains("Acme Two"))
  }

  @Test("no address, no nonsense, no key's look-alike comes in")
  func refusedProviders() {
    for (words, input, code) in [
      (["https://gw.example/provider.json"], "", 64), (["none.json"], "", 66), (["-"], "{", 65),
      (["-"], #"{"id":"ACME","roots":["https://a.example"]}"#, 65),
      (["-"], #"{"id":"../x","roots":["https://a.example"]}"#, 65), (["-"], #"{"id":"a"}"#, 65),
    ] as [([String], String, Int32)] {
      let run = machine.run(["providers", "add"] + words, input: input)
      #expect(run.code == code, "\(words): \(run.notes)")
    }
    #expect(machine.files.files(below: "/home/u/.config").isEmpty)
  }
}
