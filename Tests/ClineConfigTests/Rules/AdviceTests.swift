import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// The promise of every answer: what it says to run can be run as it is printed, and helps.
@Suite("No advice is a dead end")
struct AdviceTests {
  /// A machine that something is wrong with.
  struct State: Sendable, CustomTestStringConvertible {
    let name: String
    var number = 0
    /// Where the files are, when the command line names it.
    var directory: String?
    let make: @Sendable () throws -> TestMachine
    var testDescription: String { name }
  }

  static let model = "some-model"

  // MARK: States

  static let fixtures: [State] = Fixtures.names(in: "cline").filter { !$0.hasSuffix(".md") }.map {
    fixture in State(name: fixture) { try TestMachine(fixture: fixture) }
  }

  static let examples: [State] = RuleSet.standard.documentation.flatMap { rule in
    rule.examples.enumerated().compactMap { number, example -> State? in
      let name = "\(rule.code) example \(number + 1)"
      switch example.subject {
      case .exchange: return nil
      case .machine(let example):
        return State(name: name) {
          let machine = TestMachine(variables: example.variables)
          for (file, text) in example.files {
            machine.files.put(
              text, at: testData + "/" + file.relativePath, mode: file.holdsSecrets ? 0o600 : 0o644)
          }
          return machine
        }
      case .triple(let triple):
        return State(name: name) {
          let machine = TestMachine(
            variables: triple.fallbackVariable.map { [$0: "invented-key-of-a-variable"] } ?? [:])
          let slot = try #require(ProviderSlot.slot(sdkID: triple.slotID))
          var state: JSONObject = ["welcomeViewCompleted": true]
          for mode in Mode.allCases {
            state[mode.providerKey] = .string(slot.legacyID ?? slot.sdkID)
            state[slot.modelKey(mode)] = triple.model.map { .string($0) }
          }
          if let key = slot.baseURLKey { state[JSONKey(key)] = triple.baseURL.map { .string($0) } }
          if slot.isOpenAICompatible, !triple.headers.isEmpty {
            var headers: JSONObject = [:]
            for (name, value) in triple.headers {
              headers[JSONKey(name)] = .string(value.reveal())
            }
            state["openAiHeaders"] = .object(headers)
          }
          machine.files.put(JSONValue.object(state).bytes(), at: testData + "/globalState.json")
          var secrets: JSONObject = [:]
          if let name = slot.secretKey {
            secrets[JSONKey(name)] = triple.key.map { .string($0.reveal()) }
          }
          machine.files.put(
            JSONValue.object(secrets).bytes(), at: testData + "/secrets.json", mode: 0o600)
          return machine
        }
      }
    }
  }

  /// Set-ups with one to three harms, some in another directory, by a profile, or of one mode only.
  static let generated: [State] = (0..<320).map { number in
    var generator = SeededGenerator(seed: UInt64(number) + 4_000)
    let base = BrokenTests.bases[Int.random(in: 0..<BrokenTests.bases.count, using: &generator)]
    let count = 1 + number % 3
    let harms = BrokenTests.harms.shuffled(using: &generator).reduce(into: [BrokenTests.Harm]()) {
      if $0.count < count, !$0.map(\.part).contains($1.part) { $0.append($1) }
    }
    let way = ["", "--data-dir", "profile", "--mode"][number % 4]
    let name =
      "\(number): \(base.joined(separator: " ")), "
      + harms.map { "\($0.part) \($0.name)" }.joined(separator: ", ") + " \(way)"
    let directory = way == "--data-dir" ? "/elsewhere/my data" : nil
    return State(name: name, number: number, directory: directory) {
      let provider = try #require(ProviderCatalog.bundled[base[0]])
      var generator = SeededGenerator(seed: 5)
      let key = JudgementTests.key(of: provider, &generator).reveal()
      var machine = TestMachine(variables: ["K": key])
      let model = provider.exampleModels.first ?? Self.model
      let directoryWords = directory.map { ["--data-dir", $0] } ?? []
      if way == "profile" {
        let url = base.count > 2 ? #", "baseURL": "\#(base[2])""# : ""
        machine.files.put(
          #"{"provider": "\#(base[0])", "model": "\#(model)", "key": {"env": "K"}\#(url)}"#,
          at: "/work/p.json")
        try #require(machine.run("apply", "/work/p.json", "--no-verify").code == 0)
      } else {
        let run = machine.run(
          ["set-provider"] + base + ["--key-env", "K", "--model", model, "--no-verify"]
            + (way == "--mode" ? ["--mode", "act"] : []) + directoryWords)
        try #require(run.code == 0, "\(run.notes)")
      }
      if way == "--mode" {
        _ = machine.run(
          "set-provider", "ollama", "--model", "q:1b", "--mode", "plan", "--no-verify")
      }
      let root = directory ?? testData
      for file in ["globalState.json", "secrets.json", "settings/providers.json"] {
        let path = root + "/" + file
        guard let bytes = machine.files.bytes(at: path) else { continue }
        let value = harms.reduce(try JSONDocument(parsing: bytes).root) {
          BrokenTests.harmed($0, name: "", by: $1)
        }
        machine.files.put(value.bytes(), at: path, mode: 0o600)
      }
      machine.variables = [:]
      return machine
    }
  }

  // MARK: Following advice

  /// A person who has whatever is asked for.
  static func person(_ words: [String]) -> RecordingConsole {
    RecordingConsole(
      isInteractive: true, secret: "invented-key-0002",
      answers: [
        ("Base URL of Azure", "https://r.openai.azure.com/openai/deployments/\(model)"),
        ("Base URL", "https://llm.example.com/v1"), ("[Y/n]", "y"),
      ] + keys + [("provider", "rutaapi "), ("Model ID", model), ("model", model)])
  }

  private static let keys: [(question: String, answer: String)] = {
    var generator = SeededGenerator(seed: 9)
    return ProviderCatalog.bundled.providers.map { provider in
      (
        question: "\(provider.name) API key",
        answer: JudgementTests.key(of: provider, &generator).reveal()
      )
    }.sorted { $0.question.count > $1.question.count }
  }()

  struct Told: Hashable {
    let rule: String
    let places: [String]
    let message: String
  }

  static func findings(_ machine: TestMachine, _ state: State) throws -> [JSONValue] {
    try machine.run(["doctor", "--json"] + directory(state)).json["findings"]?.array ?? []
  }

  static func directory(_ state: State) -> [String] {
    state.directory.map { ["--data-dir", $0] } ?? []
  }

  static func told(_ finding: JSONValue) -> Told {
    Told(
      rule: finding["rule"]?.string ?? "",
      places: (finding["places"]?.array ?? []).compactMap {
        ($0["store"]?.string ?? "") + ":" + ($0["pointer"]?.string ?? "")
      }, message: finding["message"]?.string ?? "")
  }

  /// Runs a command as it is printed; what the system's own programs do is done to the files.
  static func run(_ words: [String], on machine: TestMachine) -> CommandRun? {
    switch words.first {
    case "clinecfg":
      var machine = machine
      machine.transport = ScriptedTransport(models: [model, "another-model"])
      return machine.run(Array(words.dropFirst()), console: person(words))
    case "chmod":
      guard words.count == 3, let mode = UInt16(words[1], radix: 8) else { return nil }
      guard let bytes = machine.files.bytes(at: words[2]) else { return nil }
      machine.files.put(bytes, at: words[2], mode: mode)
      return CommandRun(code: 0)
    default: return nil
    }
  }

  /// Commands that look and change nothing.
  static func looks(_ words: [String]) -> Bool {
    guard words.first == "clinecfg", words.count > 1 else { return false }
    if words[1] == "doctor" { return !words.contains("--fix") }
    return ["show", "backups", "models", "verify", "explain", "providers", "profiles"].contains(
      words[1])
  }

  @Test("each command of each finding, run as it is", arguments: fixtures + examples + generated)
  func helps(_ state: State) throws {
    let before = try state.make()
    let findings = try Self.findings(before, state)
    let rules = Set(findings.map { Self.told($0).rule })
    let places = Set(findings.flatMap { Self.told($0).places })
    // What could not be read, or was not asked, could not be judged before.
    let isJudged = rules.isDisjoint(
      with: ["STORE501", "STORE502", "STORE504", "STORE505", "STORE515"])
    for finding in findings {
      let told = Self.told(finding)
      let commands = (finding["commands"]?.array ?? []).map {
        ($0.array ?? []).compactMap(\.string)
      }
      if finding["severity"] == "error", finding["fixable"] == false,
        finding["part"]?.string != nil
      {
        // A part of what is sent can always be set anew, but where nobody knows the address.
        #expect(
          !commands.isEmpty || told.message.contains("no single address")
            || !rules.isDisjoint(with: ["STORE501", "STORE502"]),
          "\(told): nothing to run")
      }
      for words in commands {
        let machine = try state.make()
        if let directory = state.directory, words.first == "clinecfg" {
          #expect(words.contains("--data-dir") && words.contains(directory), "\(words)")
        }
        guard let run = Self.run(words, on: machine) else { continue }
        if Self.looks(words) {
          #expect([0, 1].contains(run.code), "\(words): \(run.notes)")
          continue
        }
        let isFix = words.contains("--fix")
        #expect(run.code == 0 || isFix && run.code == 1, "\(told.rule) \(words): \(run.notes)")
        let after = try Self.findings(machine, state)
        #expect(
          !after.contains { Self.told($0) == told && $0["value"] == finding["value"] },
          "\(told): still there after \(words): \(run.output)\(run.notes)")
        for worse in after.map(Self.told) where isJudged && !rules.contains(worse.rule) {
          let isSevere = after.contains {
            Self.told($0) == worse && $0["severity"] == "error"
          }
          let isKnown = !worse.places.isEmpty && places.isSuperset(of: worse.places)
          #expect(!isSevere || isKnown, "\(words) of \(told) led to \(worse)")
        }
      }
    }
  }

  @Test(
    "what is printed for people is what programs get",
    arguments: fixtures + generated.filter { $0.number % 5 == 0 })
  func printed(_ state: State) throws {
    let machine = try state.make()
    let directory = Self.directory(state)
    for command in [["doctor"], ["show"], ["verify"], ["models"], []] as [[String]] {
      let run = machine.run(command + directory)
      for line in (run.output + run.notes).split(separator: "\n")
      where line.contains("clinecfg ") {
        let line = String(line)
        #expect(line.trimmingPrefix(while: { $0 == " " }).hasPrefix("clinecfg "), "\(line)")
        let words = ShellLine.words(line)
        if state.directory != nil, words.last != "--help" {
          #expect(words.contains("--data-dir"), "\(line)")
        }
        let copy = try state.make()
        let tried = try #require(Self.run(words, on: copy))
        let isUseful = [0, 1].contains(tried.code) || ["verify", "models"].contains(words[1])
        #expect(isUseful, "\(line): \(tried.code) \(tried.notes)")
      }
    }
  }

  @Test("there are enough of them")
  func count() {
    #expect(Self.generated.count >= 300 && Self.examples.count > 150)
  }
}
