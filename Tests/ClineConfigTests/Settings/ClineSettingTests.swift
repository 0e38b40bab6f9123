import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("Every setting of Cline's has a name, a type and words")
struct ClineSettingTests {
  static let keys = (try? Fixtures.json("cline-source/cline-keys.json")) ?? .null

  @Test("every key of state-keys.ts is listed, with its type and its default")
  func keys() throws {
    let rows = try #require(Self.keys["globalStateKeys"]?.array)
    #expect(rows.count > 190)
    let own = Dictionary(
      uniqueKeysWithValues: ClineSetting.all.filter { $0.file == .globalState && $0.key != nil }
        .map { ($0.key ?? "", $0) })
    let wholes = Set(ClineSetting.wholes.compactMap { $0.pointer.tokens.last?.text })
    for row in rows {
      let name = try #require(row["name"]?.string)
      if wholes.contains(name) { continue }
      let setting = try #require(own[name], "\(name) is not listed")
      let type = (row["type"]?.string ?? "").replacing(" | undefined", with: "")
      switch type {
      case "boolean": #expect(setting.kind == .flag, "\(name)")
      case "number": #expect([.count, .amount].contains(setting.kind), "\(name)")
      case "string", "ApiProvider", "TelemetrySetting", "Mode", "McpDisplayMode":
        #expect(setting.kind.typeName == "text", "\(name)")
      case _ where type.hasPrefix("\""): #expect(setting.kind.typeName == "text", "\(name)")
      case _ where type.hasSuffix("[]") || type.hasPrefix("Array<"):
        #expect(setting.kind.typeName == "list", "\(name)")
      default: #expect(setting.kind == .object, "\(name): \(type)")
      }
      if setting.owner == .person, let standard = row["default"], standard != .null {
        #expect(setting.standard == standard, "\(name)")
      }
    }
    for key in Self.keys["unregisteredGlobalStateKeys"]?.array ?? [] {
      #expect(own[key["name"]?.string ?? ""] != nil, "\(key)")
    }
    for key in Self.keys["legacyBundleOnlyGlobalStateKeys"]?.array ?? [] {
      #expect(own[key.string ?? ""] != nil, "\(key)")
    }
  }

  @Test("names are unique, plain and lead back; defaults are what they may be; words say something")
  func table() {
    let names = ClineSetting.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(ClineSetting.all.map(\.place)).count == names.count)
    for setting in ClineSetting.all {
      #expect(ClineSetting.named(setting.name) == setting, "\(setting.name)")
      if setting.owner == .person {
        #expect(setting.name.wholeMatch(of: /[a-z.-]+/) != nil, "\(setting.name)")
      }
      #expect(setting.meaning.split(separator: " ").count >= 2, "\(setting.name)")
      if let standard = setting.standard {
        #expect(setting.kind.accepts(standard), "\(setting.name)")
      }
      if case .count = setting.kind, setting.owner == .person {
        #expect(setting.unit != nil, "\(setting.name)")
      }
      // No key has its place among them.
      #expect(
        !SecretPlaces.hold(setting.pointer, in: setting.file) || setting.key == "openAiHeaders",
        "\(setting.name)")
    }
  }

  /// A value that a kind accepts.
  static func value(
    of kind: SettingKind, _ generator: inout SeededGenerator
  ) -> JSONValue {
    switch kind {
    case .flag: .bool(Bool.random(using: &generator))
    case .count: .number(JSONNumber(Int.random(in: 1...100_000, using: &generator)))
    case .amount: .number(JSONNumber(Int.random(in: 0...100_000, using: &generator)))
    case .word(let words): .string(words.randomElement(using: &generator) ?? "")
    case .text, .url: .string("https://host-\(Int.random(in: 0...99, using: &generator)).example")
    case .anyText: .string(["", "a", "ü\n"].randomElement(using: &generator) ?? "")
    case .list: .array((0..<Int.random(in: 0...3, using: &generator)).map { .string("m\($0)") })
    case .array: .array([.object([:])])
    case .object: .object(["a": 1])
    }
  }

  @Test("what is set into five hundred generated documents, the rules accept")
  func generated() throws {
    let seed: UInt64 = 20_261_127
    var generator = SeededGenerator(seed: seed)
    let rules: Set<RuleID> = [.wrongType, .unknownValue, .incompleteObject]
    // The CLI's tools are objects of a form of their own.
    let settable = ClineSetting.all.filter { $0.file != .vscode && $0.name != "cli.tools" }
    for round in 0..<500 {
      let bench = Bench()
      let store = try bench.store()
      // What somebody else left: unknown keys, nulls, halves of objects.
      var text: JSONObject = ["unknown": 1]
      if Bool.random(using: &generator) {
        text["autoApprovalSettings"] = ["actions": ["readFiles": .bool(round % 2 == 0)]]
      }
      if Bool.random(using: &generator) { text["focusChainSettings"] = .null }
      if Bool.random(using: &generator) { text["browserSettings"] = ["viewport": ["width": 1]] }
      bench.files.put(
        try JSONDocument(.object(text)).bytes, at: testData + "/globalState.json", mode: 0o600)
      var set: [(ClineSetting, JSONValue)] = []
      var changes = ChangeSet()
      var snapshot = store.load()
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        guard let setting = settable.randomElement(using: &generator) else { continue }
        let value = Self.value(of: setting.kind, &generator)
        changes.set(value, for: setting, on: snapshot)
        snapshot = try store.plan(changes, on: store.load()).applied(to: store.load())
        set.removeAll { $0.0 == setting }
        set.append((setting, value))
      }
      try store.commit(try store.plan(changes, on: store.load()), command: "test")
      let after = store.load()
      for (setting, value) in set where setting.kind != .object {
        #expect(after.value(of: setting) == value, "seed \(seed), \(round): \(setting.name)")
      }
      #expect(after[.globalState].document?["/unknown"] == 1)
      let machine = try #require(Machine.read(bench.host, override: nil, looksAround: false))
      let found = RuleSet.standard.findings(of: rules, in: machine).filter { finding in
        // A half that nobody touched is still one.
        !(finding.rule == .incompleteObject
          && !set.contains { $0.0.whole?.pointer == finding.places.first?.pointer })
      }
      #expect(found.isEmpty, "seed \(seed), \(round): \(found.map(\.message))")
    }
  }

  @Test("an object is filled, and a member is taken back without a gap")
  func wholes() throws {
    let bench = Bench()
    let store = try bench.store()
    bench.files.put(
      Array(#"{"autoApprovalSettings":{"actions":{"useMcp":false},"own":[1]}}"#.utf8),
      at: testData + "/globalState.json", mode: 0o600)
    let setting = try #require(ClineSetting.named("auto-approve.read-files"))
    var changes = ChangeSet()
    changes.set(false, for: setting, on: store.load())
    try store.commit(try store.plan(changes, on: store.load()), command: "test")
    var stored = store.load()[.globalState].document?["/autoApprovalSettings"]
    #expect(stored?["own"] == [1] && stored?["actions"]?["useMcp"] == false)
    #expect(stored?["actions"]?["readFiles"] == false && stored?["version"] == 1)
    changes = ChangeSet()
    changes.unset(setting, on: store.load())
    try store.commit(try store.plan(changes, on: store.load()), command: "test")
    stored = store.load()[.globalState].document?["/autoApprovalSettings"]
    #expect(stored?["actions"]?["readFiles"] == true && stored?["actions"]?["useMcp"] == false)
  }

  @Test("words become values of the type, or nothing")
  func words() {
    let cases: [(SettingKind, String, JSONValue?)] = [
      (.flag, "on", true), (.flag, "No", false), (.flag, "maybe", nil), (.count, "5", 5),
      (.count, "0", nil), (.count, "1.5", nil), (.count, "x", nil), (.amount, "0", 0),
      (.amount, "-1", nil), (.word(["plan", "act"]), "Plan", "plan"),
      (.word(["plan", "act"]), "ask", nil), (.list, #"["a"]"#, ["a"]), (.list, "a", nil),
      (.list, "[1]", nil), (.text, "", nil), (.anyText, "", ""), (.url, "host", nil),
      (.url, "https://h/x", "https://h/x"), (.object, "{}", .object([:])), (.object, "[]", nil),
    ]
    for (kind, word, value) in cases { #expect(kind.value(word) == value, "\(kind) \(word)") }
  }
}
