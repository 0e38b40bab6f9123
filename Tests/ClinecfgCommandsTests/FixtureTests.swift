import ClineConfig
import LosslessJSON
import TestSupport
import Testing

@Suite("On every data directory as Cline leaves it")
struct FixtureTests {
  static let good = Fixtures.names(in: "cline").filter {
    !$0.hasPrefix("broken-") && !$0.hasSuffix(".md")
  }
  static let broken = Fixtures.names(in: "cline").filter { $0.hasPrefix("broken-") }
  static let setUp = [
    "set-provider", "rutaapi", "--key-env", "K", "--model", "m-new", "--no-verify", "--json",
  ]
  static let key = "invented-new-key-0001"

  @Test("there are enough of them")
  func enough() { #expect(Self.good.count >= 12 && Self.broken.count >= 5) }

  @Test("only the named values change, every other byte stays", arguments: good)
  func changesOnlyWhatItNames(fixture: String) throws {
    let machine = try TestMachine(fixture: fixture, variables: ["K": Self.key])
    let before = machine.stores
    let run = machine.run(Self.setUp)
    #expect(run.code == 0, "\(run.output)")
    let answer = try run.json
    #expect(answer["changed"] == true)
    var changed: Set<String> = []
    for file in answer["files"]?.array ?? [] {
      let path = try #require(file["path"]?.string)
      changed.insert(path)
      let pointers = (file["changes"]?.array ?? []).compactMap {
        $0["pointer"]?.string.flatMap { JSONPointer($0) }
      }
      #expect(!pointers.isEmpty)
      guard let old = machine.realBytes(path, in: before) else {
        #expect(file["created"] == true)
        continue
      }
      // Without the named values both texts are the same, byte for byte. An object that was made
      // for a named value goes with it.
      let original = try JSONDocument(parsing: old)
      var former = original
      var now = try JSONDocument(
        parsing: try #require(machine.files.bytes(at: machine.real(path, in: before))))
      for pointer in pointers {
        var place = pointer
        while let parent = place.parent, original[parent] == nil { place = parent }
        try former.removeValue(at: place)
        try now.removeValue(at: place)
      }
      #expect(former.bytes == now.bytes, "\(path)")
    }
    // No other file was touched, and links are still links.
    for (path, bytes) in before where !changed.contains(path) && !path.contains("dotfiles") {
      #expect(machine.files.files(below: testData)[path] == bytes, "\(path)")
    }
  }

  @Test("every client and mode then sends the same triple", arguments: good)
  func equalEverywhere(fixture: String) throws {
    let machine = try TestMachine(fixture: fixture, variables: ["K": Self.key])
    _ = machine.run(Self.setUp)
    let show = try machine.run("show", "--json").json
    let clients = try #require(show["clients"]?.array)
    #expect(clients.count == (ClineClient.allCases.count - 1) * Mode.allCases.count)
    for client in clients {
      #expect(client["requestURL"] == "https://api.rutaapi.com/v1/chat/completions", "\(client)")
      #expect(client["model"] == "m-new")
      #expect(client["key"]?["masked"] == "…0001")
      #expect(client["problem"] == .null)
    }
    #expect(show["disagreements"] == [], "\(show["disagreements"] ?? .null)")
    for path in ["secrets.json", "settings/providers.json"] {
      let real = machine.real(testData + "/" + path, in: machine.stores)
      #expect(machine.files.mode(at: real) == 0o600, "\(path)")
    }
  }

  @Test("the second run writes nothing, and undo restores every byte and mode", arguments: good)
  func idempotentAndUndone(fixture: String) throws {
    let machine = try TestMachine(fixture: fixture, variables: ["K": Self.key])
    let before = machine.stores
    let modes = before.mapValues { _ in 0 }.keys.map { ($0, machine.files.mode(at: $0)) }
    _ = machine.run(Self.setUp)
    let after = machine.stores
    machine.files.restart()
    let again = try machine.run(Self.setUp).json
    #expect(again["changed"] == false && again["backup"] == .null && again["files"] == [])
    #expect(machine.files.calls.isEmpty)
    #expect(machine.stores == after)
    let undo = machine.run("undo", "--json")
    #expect(undo.code == 0, "\(undo.output)")
    #expect(machine.stores == before)
    for (path, mode) in modes { #expect(machine.files.mode(at: path) == mode, "\(path)") }
  }

  @Test("a store that Cline could not read stops every change", arguments: broken)
  func refusesBroken(fixture: String) throws {
    let machine = try TestMachine(fixture: fixture, variables: ["K": Self.key])
    let before = machine.stores
    for words in [
      Self.setUp, ["set", "globalState:/mode", "plan", "--json"], ["remove", "groq", "--json"],
    ] {
      let run = machine.run(words)
      #expect(run.code == 65, "\(words): \(run.output)")
      let error = try run.json["error"]
      #expect(error?["code"] == 65)
      #expect(error?["message"]?.string?.contains(testData) == true)
      #expect(error?["help"]?.string?.isEmpty == false)
    }
    #expect(machine.stores == before)
    #expect(machine.files.calls.isEmpty)
    let show = machine.run("show")
    #expect(show.code == 0)
    #expect(show.output.contains("Cline reads this file as empty"))
  }

  @Test("another gateway leaves nothing of the former one")
  func switchesGateways() throws {
    let machine = try TestMachine(fixture: "gateway-with-everything", variables: ["K": Self.key])
    _ = machine.run(Self.setUp)
    let state = try #require(machine.files.text(at: testData + "/globalState.json"))
    let providers = try #require(machine.files.text(at: testData + "/settings/providers.json"))
    let models = try #require(machine.files.text(at: testData + "/settings/models.json"))
    for word in ["azure", "X-Org", "openAiHeaders", "ModelInfo", "invented-azure"] {
      #expect(!state.contains(word))
    }
    for word in [
      "azure", "headers", "invented-token", "protocol", "client\"", "routingProviderId",
      "maxTokens", "contextWindow", "invented-azure",
    ] {
      #expect(!providers.contains(word), "\(word)")
    }
    // What is not the former provider's stays.
    for word in [
      "\"timeout\": 60000", "\"effort\": \"low\"", "\"accountId\": \"acc\"",
      "\"tokenSource\": \"manual\"",
    ] {
      #expect(providers.contains(word), "\(word)")
    }
    #expect(
      models.contains("\"baseUrl\": \"https://api.rutaapi.com/v1\"")
        && models.contains("\"defaultModelId\": \"m-new\"") && models.contains("\"custom\": 1"))
    #expect(
      machine.files.text(at: testData + "/secrets.json")?.contains("invented-anthropic-0009")
        == true)
  }

  @Test("LM Studio leaves the Anthropic key alone, and says that it shares its field")
  func lmStudio() throws {
    let machine = try TestMachine(fixture: "anthropic")
    let secrets = machine.files.bytes(at: testData + "/secrets.json")
    let run = machine.run("set-provider", "lmstudio", "--model", "phi-4", "--json")
    #expect(run.code == 0, "\(run.output)")
    #expect(machine.files.bytes(at: testData + "/secrets.json") == secrets)
    #expect(try run.json["findings"]?.array?.first?["rule"] == "KEY211")
  }
}

extension TestMachine {
  /// The file that a path leads to, in a listing of files and links.
  func real(_ path: String, in listing: [String: [UInt8]]) -> String {
    guard let bytes = listing[path], bytes.starts(with: Array("-> ".utf8)) else { return path }
    return testData + "/" + String(decoding: bytes.dropFirst(3), as: UTF8.self)
  }
  func realBytes(_ path: String, in listing: [String: [UInt8]]) -> [UInt8]? {
    listing[real(path, in: listing)]
  }
}
