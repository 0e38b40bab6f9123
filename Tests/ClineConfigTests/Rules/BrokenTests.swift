import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// Set-ups as people report them: the cause is named, and what is advised mends it.
@Suite("A broken set-up is explained and mended")
struct BrokenTests {
  /// What becomes of one part of the triple, in every file.
  struct Harm: Sendable {
    let name: String
    let part: Judgement.Evidence.Part
    /// The codes of which one must be told.
    let rules: Set<RuleID>
    let change: @Sendable (String) -> String

    init(
      _ name: String, to part: Judgement.Evidence.Part, _ rules: Set<RuleID>,
      change: @escaping @Sendable (String) -> String
    ) {
      (self.name, self.part, self.rules, self.change) = (name, part, rules, change)
    }
  }

  static let harms: [Harm] = [
    .init("the website", to: .baseURL, [.websiteAsBaseURL]) { site($0, "www") },
    .init("the endpoint", to: .baseURL, [.endpointAsBaseURL]) { $0 + "/chat/completions" },
    .init("the model list", to: .baseURL, [.endpointAsBaseURL]) { $0 + "/models" },
    .init("the version twice", to: .baseURL, [.versionDoubled, .versionMissing]) { $0 + "/v1" },
    .init("without its path", to: .baseURL, [.versionMissing, .websiteAsBaseURL]) {
      String($0.prefix { $0 != "/" }) + "//" + (BaseURL($0)?.host ?? "")
    },
    .init("white space around it", to: .baseURL, [.notAURL]) { " \($0) " },
    .init("in quotes", to: .baseURL, [.notAURL]) { "\"\($0)\"" },
    .init("in typographic quotes", to: .baseURL, [.notAURL]) { "\u{201C}\($0)\u{201D}" },
    .init("two schemes", to: .baseURL, [.notAURL]) { "https://" + $0 },
    .init("without a scheme", to: .baseURL, [.notAURL]) { $0.replacing("https://", with: "") },
    .init("http", to: .baseURL, [.keyInClear]) { $0.replacing("https:", with: "http:") },
    .init("a key in the query", to: .baseURL, [.credentialsOrQuery]) { $0 + "?key=invented0001" },
    .init("a wrong letter", to: .baseURL, [.lookAlikeHost, .unknownHost]) {
      $0.replacing("https://api.", with: "https://ap1.")
    },
    .init("white space around it", to: .key, [.keyNotTrimmed]) { " \($0)\n" },
    .init("Bearer before it", to: .key, [.keyNotTrimmed]) { "Bearer \($0)" },
    .init("in quotes", to: .key, [.keyNotTrimmed]) { "\"\($0)\"" },
    .init("the name of its variable", to: .key, [.keyNotTrimmed, .notAKey, .keyPlaceholder]) {
      "RUTAAPI_API_KEY=\($0)"
    },
    .init("a placeholder", to: .key, [.keyPlaceholder]) { _ in "YOUR_API_KEY" },
    .init("as it is shown", to: .key, [.keyMasked, .keyPlaceholder]) { _ in "sk-****************" },
    .init("an address", to: .key, [.notAKey]) { _ in "https://api.rutaapi.com/v1" },
    .init("of OpenRouter", to: .key, [.incoherent, .suggestsOtherProvider]) { _ in
      "sk-or-v1-" + String(repeating: "0a", count: 32)
    },
    .init("empty", to: .key, [.keyMissing]) { _ in "" },
    .init("white space around it", to: .model, [.modelNotTrimmed]) { " \($0) " },
    .init("in quotes", to: .model, [.modelNotTrimmed]) { "\"\($0)\"" },
    .init("nothing that is seen", to: .model, [.modelNotTrimmed]) { "\u{200B}\($0)" },
    .init("a placeholder", to: .model, [.modelPlaceholder, .modelNotTrimmed]) { _ in "YOUR_MODEL" },
    .init("empty", to: .model, [.modelMissing]) { _ in "" },
  ]

  private static func site(_ address: String, _ name: String) -> String {
    guard let host = BaseURL(address)?.host else { return address }
    return "https://" + host.replacing(/^api\./, with: "")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let base: [String]
    let harm: Harm
    var testDescription: String { "\(base.joined(separator: " ")): \(harm.part) \(harm.name)" }
  }

  /// What was set up before it broke.
  static let bases: [[String]] = [
    ["rutaapi"], ["deepinfra"], ["cometapi"],
    ["custom", "--base-url", "https://llm.example.com/v1"],
    ["openrouter"], ["groq"],
  ]

  static let cases: [Case] = bases.flatMap { base in
    harms.filter { harm in
      switch (base[0], harm.part) {
      // A slot of its own has no address, and Cline a model of its own for it.
      case ("openrouter", .baseURL), ("groq", .baseURL): false
      case ("openrouter", .model), ("groq", .model): harm.name != "empty"
      // It is the right one there.
      case ("openrouter", .key): harm.name != "of OpenRouter"
      // Nobody knows its website, its names, its scheme, nor whose key belongs there.
      case ("custom", .baseURL):
        !["the website", "a wrong letter", "without its path", "without a scheme"].contains(
          harm.name)
      case ("custom", .key): harm.name != "of OpenRouter"
      default: true
      }
    }.map { Case(base: base, harm: $0) }
  }

  static func harmed(_ value: JSONValue, name: String, by harm: Harm) -> JSONValue {
    if let object = value.object {
      var harmed: JSONObject = [:]
      for (key, value) in object { harmed[key] = Self.harmed(value, name: key.text, by: harm) }
      return .object(harmed)
    }
    guard let text = value.string else { return value }
    let lower = name.lowercased()
    let part: Judgement.Evidence.Part? =
      lower.hasSuffix("baseurl")
      ? .baseURL
      : lower.hasSuffix("apikey")
        ? .key
        : lower.hasSuffix("modelid") || lower == "model" ? .model : nil
    return part == harm.part ? .string(harm.change(text)) : value
  }

  @Test("cause and remedy", arguments: cases)
  func mended(_ test: Case) throws {
    let provider = try #require(ProviderCatalog.bundled[test.base[0]])
    var generator = SeededGenerator(seed: 5)
    let key = JudgementTests.key(of: provider, &generator).reveal()
    let model = provider.exampleModels.first ?? "some-model"
    let machine = TestMachine(variables: ["K": key])
    let set = machine.run(
      ["set-provider"] + test.base + ["--key-env", "K", "--model", model, "--no-verify"])
    try #require(set.code == 0, "\(set.notes)")
    for file in ["globalState.json", "secrets.json", "settings/providers.json"] {
      let path = testData + "/" + file
      let value = try JSONDocument(parsing: try #require(machine.files.bytes(at: path))).root
      machine.files.put(
        Self.harmed(value, name: "", by: test.harm).bytes(), at: path, mode: 0o600)
    }

    // The cause is named.
    let doctor = machine.run("doctor", "--json")
    let told = try doctor.json["findings"]?.array ?? []
    let codes = Set(
      told.filter { $0["severity"] != "info" }.compactMap { $0["rule"]?.string })
    #expect(
      !codes.isDisjoint(with: test.harm.rules.map(\.description)),
      "\(machine.run("doctor").output)")
    #expect(codes.count <= 2, "one cause is told once: \(machine.run("doctor").output)")

    // What is advised mends it.
    _ = machine.run("doctor", "--fix")
    for _ in 0..<3 {
      let left = try machine.run("doctor", "--json").json["findings"]?.array?.first {
        $0["severity"] != "info"
      }
      guard let left else { return }
      let words = (left["commands"]?.array?.first?.array ?? []).compactMap(\.string).dropFirst()
      try #require(!words.isEmpty, "\(left)")
      // A person at a terminal is asked for what is missing.
      var machine = machine
      machine.transport = ScriptedTransport(models: [model])
      let run = machine.run(
        Array(words),
        console: RecordingConsole(
          isInteractive: true, secret: key,
          answers: [("Base URL", "https://llm.example.com/v1"), ("[Y/n]", "y"), ("odel", model)]))
      #expect(run.code == 0, "\(words): \(run.notes)")
      if run.code != 0 { return }
    }
    let remaining = machine.run("doctor")
    #expect(remaining.code == 0, "\(remaining.output)")
  }

  @Test("there are more than a hundred")
  func count() { #expect(Self.cases.count > 100) }
}
