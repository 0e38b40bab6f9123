import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("The reader rules are those of Cline's own readers")
struct ReaderTests {
  static let cases: [JSONValue] =
    (try? Fixtures.json("cline-source/reader-cases.json"))?["cases"]?.array ?? []

  @Test("every case is there")
  func complete() { #expect(Self.cases.count == 95) }

  @Test("case", arguments: cases)
  func agrees(_ test: JSONValue) throws {
    let name = Comment(rawValue: test["name"]?.string ?? "")
    let document = try JSONDocument(try #require(test["value"]))
    if test["store"] == "providers" {
      let verdict = SettingsFile.providers.verdict(on: document)
      #expect(verdict.rejected.isEmpty == test["accepted"]?.bool, name)
      #expect(
        verdict.rejected.map(\.pointer.description)
          == (test["pointers"]?.array ?? []).compactMap(\.string), name)
    } else {
      let verdict = SettingsFile.models.verdict(on: document)
      let kept = (document["/providers"]?.object?.keys ?? []).filter { key in
        verdict.rejected.isEmpty
          && verdict.dropped[JSONPointer.root.appending("providers").appending(key)] == nil
      }
      #expect(kept.map(\.text) == (test["keptProviders"]?.array ?? []).compactMap(\.string), name)
    }
  }

  @Test(
    "an address is judged as new URL() judges it",
    arguments: [
      ("https://[::1]:8080/v1", true), ("https://[::1", false),
      ("https://[1:2:3:4:5:6:7:8]/", true),
      ("https://[1:2:3:4:5:6:7:8:9]/", false), ("https://[::ffff:1.2.3.4]/", true),
      ("http://a:99999/", false), ("http://a:80:80/", false), ("http://a:/", true),
      ("http://256.1.1.1/", false), ("http://0x7f.1/", true), ("http://1.2.3/", true),
      ("http:a.b", true), ("http:/a.b", true), ("https:\\\\a.b", true), ("http://a%20b/", false),
      ("http://a%41/", true), ("http://a|b/", false), ("mailto:x", true), ("x://", true),
      ("x://a b/", false), ("1http://a", false), ("file:///", true), ("http://@/", false),
      ("http://u@/", false), ("ht tp://a", false), ("\u{1}https://a.b\n", true),
      ("http://a b/", false),
      ("https://h\n.example/", true), ("", false), (":a", false), ("http://./", true),
      ("http://../", true), ("file://b.c::", false), ("file://c:/x", true), ("file://c|", true),
      ("file://a@b", false), ("file://[::1]/", true), ("file:////a:b", true),
      ("file://256.1.1.1", false), ("file://c:x", false),
    ])
  func urls(text: String, isAccepted: Bool) { #expect(WHATWGURL.accepts(text) == isAccepted) }

  @Test("new URL() itself agrees")
  func agreesWithNode() throws {
    guard let node = Tool.find("node") else {
      return Tool.skip("node", consequence: "addresses were not compared with new URL()")
    }
    let seed = UInt64.random(in: 0..<UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "http", "https", "ws", "foo", "file", ":", "/", "//", "\\", "@", "a", "b.c", "1", "256",
      "0x1", "09", ".", "..", "[::1]", "[", "]", "::", "%41", "%2", "%00", " ", "?", "#", "80",
      "65536", "-", "_", "^", "|", "<", "\t", "é",
    ]
    var texts: [String] = []
    for _ in 0..<20_000 {
      var text = Bool.random(using: &generator) ? "http://" : ""
      for _ in 0..<Int.random(in: 1..<6, using: &generator) {
        text += pieces.randomElement(using: &generator) ?? ""
      }
      texts.append(text)
    }
    let input = JSONValue.array(texts.map { .string($0) }).bytes()
    let script =
      "console.log(JSON.parse(require('fs').readFileSync(0,'utf8')).map(t => { try { new URL(t); return 1 } catch { return 0 } }).join(''))"
    let answer = try Tool.run(
      node, arguments: ["-e", script], input: String(decoding: input, as: UTF8.self))
    let verdicts = Array(answer.output.utf8.filter { $0 != 10 })
    try #require(verdicts.count == texts.count)
    for (text, verdict) in zip(texts, verdicts) {
      #expect(
        WHATWGURL.accepts(text) == (verdict == UInt8(ascii: "1")),
        "seed \(seed): \(text.debugDescription)")
    }
  }
}

@Suite("The tables cover all that Cline stores")
struct TableTests {
  let source = (try? Fixtures.json("cline-source/cline-keys.json")) ?? .null

  @Test("every provider, with every id and key")
  func providers() throws {
    let providers = try #require(source["providers"]?.array)
    #expect(providers.count == ProviderSlot.all.count)
    for provider in providers {
      let id = try #require(provider["sdkId"]?.string)
      let slot = try #require(ProviderSlot.slot(sdkID: id))
      let plan = provider["modelIdKeyPlan"]?.string ?? "planModeApiModelId"
      let text: (JSONKey) -> String? = { provider[$0]?.string }
      let texts: (JSONKey) -> [String] = { (provider[$0]?.array ?? []).compactMap(\.string) }
      #expect(slot.legacyID == text("legacyId"))
      #expect(slot.name == text("displayName"))
      #expect(slot.secretKey == text("apiKeySecret"))
      #expect(slot.baseURLKey == text("baseUrlKey"))
      #expect(slot.modelKey(.plan).text == plan)
      #expect(slot.modelInfoSuffix.map { "planMode" + $0 } == text("modelInfoKeyPlan"))
      #expect(slot.defaultBaseURL == text("defaultBaseUrl"))
      #expect(slot.defaultModelID == text("defaultModelId").flatMap { $0.isEmpty ? nil : $0 })
      #expect(slot.variables == texts("apiKeyEnv"))
      #expect(slot.wireProtocol?.rawValue == text("protocol"))
      #expect(slot.authentication.rawValue == text("authKind"))
      #expect(slot.apiLineKey == text("apiLineKey"))
      #expect(slot.apiLines.count == provider["apiLineBaseUrls"]?.object?.count ?? 0)
      #expect(slot.otherSecretKeys == texts("extraSecretKeys"))
      #expect(slot.otherStateKeys == texts("extraStateKeys"))
      #expect(
        slot.isInLegacyBundle == (provider["inLegacyBundle"]?.bool == true && slot.legacyID != nil),
        "\(id)")
    }
  }

  @Test("the model of the settings names Cline's keys, and types them as Cline does")
  func settings() throws {
    var types: [String: String] = [:]
    for key in source["globalStateKeys"]?.array ?? [] {
      types[key["name"]?.string ?? ""] = key["type"]?.string ?? ""
    }
    let children = Mirror(reflecting: GlobalState()).children
    #expect(children.count >= 26)
    for child in children {
      let type = try #require(types[child.label ?? ""], "\(child.label ?? "")")
      let expected: String? =
        switch Swift.type(of: child.value) {
        case is Bool?.Type: "boolean"
        case is Double?.Type: "number"
        case is [String]?.Type: "string[]"
        default: nil
        }
      if let expected {
        #expect(type.hasPrefix(expected), "\(child.label ?? ""): \(type)")
      } else {
        #expect(
          !type.hasPrefix("boolean") && !type.hasPrefix("number"), "\(child.label ?? ""): \(type)")
      }
    }
  }

  @Test("the settings of a snapshot are those of its file, whatever stands around them")
  func snapshot() throws {
    let bench = Bench()
    bench.files.put(
      #"{"a":[1,{"mode":"no"}],"mode":"act","\u006dode":"plan","hooksEnabled":1,"z":{}}"#,
      at: testData + "/globalState.json")
    let snapshot = try bench.store().load()
    #expect(snapshot.settings.mode == "plan" && snapshot.settings.hooksEnabled == nil)
    #expect(GlobalState.keys.count == Mirror(reflecting: GlobalState()).children.count)
    var changes = ChangeSet()
    changes.changeSettings(of: snapshot) { $0.mode = "act" }
    #expect(changes.edits.count == 1)
  }

  @Test("every setting is read and written back")
  func everySetting() throws {
    for child in Mirror(reflecting: GlobalState()).children {
      let name = try #require(child.label)
      let sample: JSONValue =
        switch Swift.type(of: child.value) {
        case is Bool?.Type: true
        case is Double?.Type: 7
        case is [String]?.Type: ["a"]
        case is JSONValue?.Type: ["a": 1]
        default: "text"
        }
      let document = try JSONDocument(.object(JSONObject([(JSONKey(name), sample)])))
      let state = try document.decode(GlobalState.self)
      let read = Mirror(reflecting: state).children.first { $0.label == name }?.value
      #expect("\(read ?? "nil")" != "nil", "\(name) is not read: a line is missing in init(from:)")
      #expect(try JSONValue(encoding: state) == document.root, "\(name)")
    }
  }

  @Test("a settings document goes round without a change, whatever stands in it")
  func roundTrip() throws {
    let text =
      #"{"mode":7,"unknown":[1,2],"planActSeparateModelsSetting":null,"browserSettings":{"a":1.10},"favoritedModelIds":["m"],"hooksEnabled":"yes"}"#
    var document = try JSONDocument(parsing: Array(text.utf8))
    try document.update(GlobalState.self) { _ in }
    #expect(String(decoding: document.bytes, as: UTF8.self) == text)
    let state = try document.decode(GlobalState.self)
    #expect(state.mode == nil && state.hooksEnabled == nil && state.favoritedModelIds == ["m"])
    try document.update(GlobalState.self) { $0.favoritedModelIds = nil }
    #expect(
      String(decoding: document.bytes, as: UTF8.self)
        == text.replacing(#""favoritedModelIds":["m"],"#, with: ""))
  }
}
