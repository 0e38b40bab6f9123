import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("check, explain and providers")
struct KnowledgeTests {
  let machine = TestMachine(variables: ["K": "sk-or-v1-" + String(repeating: "0", count: 64)])

  @Test("check judges without a file")
  func check() throws {
    let bad = machine.run(
      "check", "--base-url", "https://api.rutaapi.com/v1", "--model", "m", "--key-env", "K", "-v")
    #expect(bad.code == 1 && bad.output.contains("TRIPLE401"))
    #expect(bad.notes.contains("evidence: the API key proves OpenRouter"))
    #expect(!(bad.output + bad.notes).contains("00000000"))
    let good = machine.run(
      "check", "--base-url", "https://openrouter.ai/api/v1", "--model", "a/b", "--key-env", "K",
      "--json")
    #expect(good.code == 0)
    #expect(try good.json["verdict"] == "coherent" && good.json["findings"] == [])
    let unknown = machine.run("check", "--base-url", "https://llm.example.com/v1", "--model", "m")
    #expect(unknown.code == 0 && unknown.output.contains("cannot tell"))
    #expect(machine.run("check").code == 64)
    #expect(
      machine.run("check", "--provider", "rutaapi", "--base-url", "https://api.openai.com/v1").code
        == 1)
    #expect(machine.run("check", "--provider", "groq").code == 0)
    #expect(machine.files.calls.isEmpty)
  }

  @Test("explain knows rules, families, statuses and topics")
  func explain() {
    for topic in [
      "URL105", "url105", "endpoint-as-base-url", "KEY204", "URL", "401", "503", "599",
      "providers", "files", "exit-codes",
    ] {
      let run = machine.run("explain", topic)
      #expect(run.code == 0 && !run.output.isEmpty, "\(topic)")
    }
    #expect(machine.run("explain", "401").output.contains("RutaAPI:"))
    #expect(machine.run("explain", "KEY204").output.contains("TRIPLE401"))
    #expect(machine.run("explain", "URL10").code == 66)
    #expect(machine.run("explain", "200").output.contains("succeeded"))
  }

  @Test("providers lists all and tells all about one")
  func providers() throws {
    let all = machine.run("providers", "--json")
    #expect(try all.json["providers"]?.array?.count == ProviderCatalog.bundled.providers.count)
    let one = machine.run("providers", "rutaapi").output
    for text in ["https://api.rutaapi.com/v1", "app.rutaapi.com (dashboard)", "Tokens", "HTTP 401"]
    {
      #expect(one.contains(text), "\(text)")
    }
    #expect(machine.run("providers", "rutapi").notes.contains("did you mean 'rutaapi'?"))
  }

  static let acme = """
    {
      // ours
      "id": "own-gateway", "name": "Own Gateway",
      "roots": ["https://llm.own.example/v1"],
      "websites": ["own.example"],
      "keys": [{"pattern": "own-<hex:16>", "strength": "proof"}],
      "variables": ["OWN_API_KEY"],
    }
    """

  @Test("a provider file of the user's adds a provider that every command knows")
  func ownProvider() throws {
    var machine = machine
    machine.files.put(Self.acme, at: "/home/u/.config/clinecfg/providers/acme.json")
    machine.variables["OWN_API_KEY"] = "own-0123456789abcdef"
    #expect(machine.run("providers", "own-gateway").output.contains("own-<hex:16>"))
    let run = machine.run("set-provider", "own-gateway", "--model", "m", "--json")
    #expect(run.code == 0)
    #expect(try run.json["baseURL"] == "https://llm.own.example/v1")
    #expect(try run.json["key"]?["source"] == "env:OWN_API_KEY")
    #expect(machine.run("doctor", "--strict").code == 0)
    // Its key at another's address is a contradiction.
    let wrong = machine.run("set-provider", "rutaapi", "--key-env", "OWN_API_KEY", "--model", "m")
    #expect(wrong.code == 78 && wrong.notes.contains("Own Gateway"))
    machine.variables["XDG_CONFIG_HOME"] = "/elsewhere"
    #expect(machine.run("providers", "own-gateway").code == 66)
  }

  @Test(
    "a fault in a provider file is named with line and column",
    arguments: [
      (#"{"id": "acme", "roots": ["llm.own.example"]}"#, "1:26", "http"),
      ("{\n  \"id\": \"Acme\",\n  \"roots\": [\"https://a.example/v1\"]\n}", "2:9", "lower-case"),
      ("{\n  \"id\": \"acme\"\n}", "1:1", "roots"),
      (#"{"id": "acme", "root": []}"#, "1:24", "did you mean 'roots'?"),
      (
        #"{"id": "acme", "roots": ["https://a.example"], "keys": [{"pattern": "<x"}]}"#, "1:69",
        "pattern"
      ),
      ("{\"id\": \"acme\",,}", "1:15", "expected a key"), ("[]", "1:1", "object"),
      (
        #"{"id": "acme", "roots": ["https://a.example"], "guidance": {"abc": "x"}}"#, "1:68",
        "status"
      ),
    ])
  func faults(text: String, place: String, words: String) {
    machine.files.put(text, at: "/work/acme.json")
    let run = machine.run("providers", "validate", "acme.json")
    #expect(run.code == 65, "\(run.notes)")
    #expect(run.notes.contains("/work/acme.json:\(place): "), "\(run.notes)")
    #expect(run.notes.contains(words), "\(run.notes)")
    // In its place it is left out with a note, and everything else works.
    machine.files.put(text, at: "/home/u/.config/clinecfg/providers/acme.json")
    let show = machine.run("show")
    #expect(show.code == 0 && show.notes.contains("a provider file is left out"))
  }

  @Test("a good file is called good, a missing one missing")
  func validate() {
    machine.files.put(Self.acme, at: "/work/acme.json")
    #expect(
      machine.run("providers", "validate", "acme.json").output.contains("own-gateway: Own Gateway"))
    #expect(machine.run("providers", "validate", "none.json").code == 66)
  }
}
