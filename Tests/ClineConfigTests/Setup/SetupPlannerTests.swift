import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// A store in memory, and what a planner makes of it.
struct Bench {
  let files = InMemoryFileSystem()
  var variables: [String: String] = ["K": "invented-key-0001"]
  var transport: any HTTPTransport = NoTransport()
  var processes: [RunningProcess] = []

  init() { files.putDirectory("/home/u") }

  var host: HostEnvironment {
    var host = HostEnvironment.test(files, variables: variables)
    host.transport = transport
    let processes = processes
    host.processes = { processes }
    return host
  }

  func store() throws -> SettingsStore {
    SettingsStore(
      locations: try #require(ClineLocations.find(for: .cli, on: host)), host: host)
  }

  func planner(
    _ change: (inout SetupPlanner) -> Void = { _ in }
  ) throws -> SetupPlanner {
    var planner = SetupPlanner(store: try store())
    planner.options.verification = .never
    change(&planner)
    return planner
  }

  static func choice(
    _ provider: String = "rutaapi", model: String? = "m", key: KeyReference? = .environment("K"),
    modes: Set<Mode> = Set(Mode.allCases)
  ) -> Profile.Choice {
    var choice = Profile.Choice(provider: provider, modes: modes)
    if let model { for mode in modes { choice.models[mode] = model } }
    choice.key = key
    return choice
  }

  var texts: [String] {
    files.files(below: testData).filter { !$0.key.contains(".clinecfg") }.sorted { $0.key < $1.key }
      .map { String(decoding: $0.value, as: UTF8.self) }
  }
}

/// Somebody who answers.
struct Answers: SetupPlanner.Questions {
  var key: String?
  var model: String?
  func key(_ question: SetupPlanner.KeyQuestion) -> String? { key }
  func model(_ question: SetupPlanner.ModelQuestion) -> String? {
    model ?? question.offered.last
  }
}

@Suite("A set-up through the library")
struct SetupPlannerTests {
  func failure(
    _ bench: Bench, _ choices: [Profile.Choice],
    planning change: (inout SetupPlanner) -> Void = { _ in }
  ) throws -> SetupError {
    let planner = try bench.planner(change)
    return try #require(
      #expect(throws: SetupError.self) {
        let plan = try planner.plan(choices)
        _ = try planner.verify(plan)
        try planner.commit(plan, command: "test")
      })
  }

  @Test("every client then sends it, twice changes nothing, and undo brings everything back")
  func goesRound() throws {
    let bench = Bench()
    let planner = try bench.planner()
    let plan = try planner.plan([Bench.choice()])
    #expect(bench.texts.isEmpty)
    #expect(plan.change.files.count == 3 && plan.modes == [.plan, .act])
    let outcome = try planner.commit(plan, command: "test")
    #expect(outcome.backup != nil && outcome.findings.isEmpty)
    let snapshot = planner.store.load()
    // An agent of another editor goes by the environment.
    for client in ClineClient.allCases where client != .acp {
      for request in client.requests(from: snapshot, variables: [:]) {
        #expect(request.requestURL == "https://api.rutaapi.com/v1/chat/completions")
        #expect(request.model == "m" && request.key?.value == Secret("invented-key-0001"))
      }
    }
    #expect(snapshot.settings.welcomeViewCompleted == true)
    #expect(snapshot.settings[provider: .plan] == "openai")
    #expect(try planner.plan([Bench.choice()]).change.isEmpty)
    #expect(try planner.store.undo(command: "test") != nil)
    #expect(bench.texts.isEmpty)
    #expect(try planner.store.undo(command: "test") == nil)
  }

  @Test("what is missing or wrong is a typed error, and nothing is written")
  func errors() throws {
    let bench = Bench()
    func reason(_ choice: Profile.Choice) throws -> String {
      let error = try failure(bench, [choice])
      #expect(!"\(error)".isEmpty && !"\(error)".contains("invented-key"))
      return String("\(error.reason)".prefix { $0.isLetter })
    }
    var changed = Bench.choice()
    #expect(try reason(Bench.choice("nobody")) == "unknownProvider")
    #expect(try reason(Bench.choice("cline")) == "notSettable")
    #expect(try reason(Bench.choice("custom")) == "baseURLMissing")
    changed.baseURL = " "
    #expect(try reason(changed) == "baseURLEmpty")
    #expect(try reason(Bench.choice(model: nil)) == "modelMissing")
    #expect(try reason(Bench.choice(key: nil)) == "keyMissing")
    #expect(try reason(Bench.choice(key: .keep)) == "noStoredKey")
    #expect(try reason(Bench.choice(key: .environment("NONE"))) == "keySource")
    #expect(try reason(Bench.choice(model: "YOUR_MODEL")) == "refused")
    changed = Bench.choice()
    changed.headers = [.init(name: "X-A", value: .environment("NONE"))]
    #expect(try reason(changed) == "headerVariableMissing")
    changed.headers = [.init(name: "X A", value: .text("v"))]
    #expect(try reason(changed) == "headerMalformed")
    changed.headers = [
      .init(name: "X-A", value: .text("v")), .init(name: "x-a", value: .text("w")),
    ]
    #expect(try reason(changed) == "headerRepeated")
    var other = Bench.choice("custom", modes: [.act])
    other.baseURL = "https://llm.example.com/v1"
    let both = try failure(bench, [Bench.choice(modes: [.plan]), other])
    #expect("\(both.reason)".hasPrefix("slotShared"), "\(both)")
    #expect(bench.texts.isEmpty)
  }

  @Test("a refusal says which values would pass")
  func mended() throws {
    var choice = Bench.choice()
    choice.baseURL = "https://rutaapi.com"
    let error = try failure(Bench(), [choice])
    guard case .refused(let values?) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(values.baseURL == "https://api.rutaapi.com/v1")
    #expect(error.findings.map(\.rule) == [.websiteAsBaseURL] && error.advice != nil)
    // And with the rule allowed it is done.
    let planner = try Bench().planner { $0.options.allowed = [.websiteAsBaseURL] }
    #expect(try !planner.plan([choice]).findings.isEmpty)
  }

  @Test("a broken file stops it, and its key is in no message")
  func broken() throws {
    let bench = Bench()
    bench.files.put(#"{"openAiApiKey": "invented-key-0002" "#, at: testData + "/secrets.json")
    let error = try failure(bench, [Bench.choice()])
    guard case .store(let cause) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(cause.code == .malformed && error.advice?.steps == [.mend])
    #expect(!"\(error) \(error.advice ?? "")".contains("invented"))
  }

  @Test("a stored key stays, a variable comes next, then somebody is asked")
  func keys() throws {
    var bench = Bench()
    let first = try bench.planner()
    try first.commit(first.plan([Bench.choice()]), command: "test")
    bench.variables = ["RUTAAPI_API_KEY": "invented-key-0009"]
    let kept = try bench.planner().plan([Bench.choice(model: "m2", key: nil)])
    #expect(kept.parts[0].key.source == "secrets:/openAiApiKey")
    #expect(kept.notes.contains { $0.description.contains("another key than the stored one") })
    var fresh = Bench()
    fresh.variables = ["RUTAAPI_API_KEY": "invented-key-0009"]
    let exported = try fresh.planner().plan([Bench.choice(key: nil)])
    #expect(exported.parts[0].key.source == "env:RUTAAPI_API_KEY")
    fresh.variables = [:]
    let asked = try fresh.planner { $0.questions = Answers(key: " invented-key-0008\n") }
      .plan([Bench.choice(key: nil)])
    #expect(asked.parts[0].key.source == "prompt")
    #expect(asked.parts[0].setup.key == Secret("invented-key-0008"))
    let silent = try failure(fresh, [Bench.choice(key: nil)]) { $0.questions = Answers() }
    #expect("\(silent.reason)" == "unanswered")
    let local = try fresh.planner().plan([Bench.choice("ollama", key: nil)])
    #expect(local.parts[0].setup.key == nil)
  }

  @Test("keys come from files, programs and standard input, and each fault has a name")
  func sources() throws {
    let bench = Bench()
    bench.files.put(" invented-file-key-0001\n", at: "/home/u/key", mode: 0o644)
    bench.files.put("{}", at: "/home/u/empty", mode: 0o600)
    func sources(beside directory: String? = nil, input: String = "") -> KeySources {
      KeySources(on: bench.host, beside: directory.flatMap { AbsolutePath($0) }) { _ in
        Array(input.utf8)
      }
    }
    let file = try sources(beside: "/home/u/p").key(from: .file("~/key"))
    #expect(file.value == Secret("invented-file-key-0001") && file.source == "file")
    #expect(file.notes.count == 2)
    #expect(
      try sources(input: "invented-0001\n").key(from: .standardInput).value
        == Secret("invented-0001"))
    #expect(try sources().key(from: .notNeeded).value == nil)
    let command = try sources().key(from: .command(["/bin/echo", "invented-0002"]))
    #expect(command.value == Secret("invented-0002") && command.notes.isEmpty)
    let faults: [(KeyReference, KeyReference.Failure)] = [
      (.environment("NONE"), .variableMissing("NONE")), (.file(""), .pathEmpty),
      (.command(["no-such-program"]), .programMissing("no-such-program")),
      (.command(["/bin/sh", "-c", "exit 3"]), .programFailed("failed with status 3")),
      (.command(["/bin/echo", ""]), .empty(source: "command")),
      (.standardInput, .notAKey(source: "stdin")),
    ]
    for (reference, fault) in faults {
      let thrown = #expect(throws: KeyReference.Failure.self) {
        _ = try sources(input: "a\0b").key(from: reference)
      }
      #expect(thrown == fault && !"\(fault)".isEmpty, "\(reference)")
    }
    let missing = #expect(throws: KeyReference.Failure.self) {
      _ = try sources().key(from: .file("/none"))
    }
    guard case .fileUnreadable("/none", _) = missing else {
      Issue.record("\(String(describing: missing))")
      return
    }
  }

  @Test("the provider is asked before anything is written, and its answer counts")
  func verifies() throws {
    func outcome(
      _ transport: any HTTPTransport, _ verification: SetupPlanner.Verification = .whereItTells,
      allowed: Set<RuleID> = []
    ) throws -> [SetupPlanner.Verdict] {
      var bench = Bench()
      bench.transport = transport
      let planner = try bench.planner {
        $0.options.verification = verification
        $0.options.allowed = allowed
      }
      return try planner.verify(planner.plan([Bench.choice()]))
    }
    let good = try outcome(ScriptedTransport(models: ["m", "n"]))
    #expect(good[0].outcome == .offered && good[0].isKeyProved == true)
    #expect(try outcome(ScriptedTransport(models: ["m"]), .never)[0].outcome == .notWanted)
    #expect(try outcome(NoTransport())[0].outcome == .noTransport)
    #expect(try outcome(ScriptedTransport(status: 503))[0].outcome == .noUsefulAnswer)
    #expect(
      try outcome(ScriptedTransport(status: 401), allowed: [.unauthorized])[0].outcome == .allowed)
    for (transport, verification, expected) in [
      (ScriptedTransport(status: 401), SetupPlanner.Verification.whereItTells, "providerRefused"),
      (ScriptedTransport(models: ["x"]), .whereItTells, "modelNotOffered"),
      (ScriptedTransport(status: 503), .required, "providerRefused"),
    ] {
      let error = #expect(throws: SetupError.self) { _ = try outcome(transport, verification) }
      #expect("\(error.map { "\($0.reason)" } ?? "")" == expected)
    }
    let nobody = #expect(throws: SetupError.self) { _ = try outcome(NoTransport(), .required) }
    #expect("\(nobody.map { "\($0.reason)" } ?? "")" == "unreachable")
  }

  @Test("a model is chosen from the provider's list: the only one, or the one that is picked")
  func models() throws {
    var bench = Bench()
    bench.transport = ScriptedTransport(models: ["only"])
    let asking: (inout SetupPlanner) -> Void = { $0.options.verification = .whereItTells }
    let only = try bench.planner(asking).plan([Bench.choice(model: nil)])
    #expect(only.parts[0].model == "only")
    bench.transport = ScriptedTransport(models: ["a", "b"])
    let picked = try bench.planner {
      asking(&$0)
      $0.questions = Answers()
    }.plan([Bench.choice(model: nil)])
    #expect(picked.parts[0].model == "b")
    let open = try failure(bench, [Bench.choice(model: nil)], planning: asking)
    guard case .modelMissing(_, let offered) = open.reason else {
      Issue.record("\(open)")
      return
    }
    #expect(offered == ["a", "b"])
    bench.transport = ScriptedTransport(status: 401)
    let refused = try failure(bench, [Bench.choice(model: nil)], planning: asking)
    #expect("\(refused.reason)".hasPrefix("modelListMissing"))
    let typed = try Bench().planner { $0.questions = Answers(model: "typed") }
      .plan([Bench.choice(model: nil)])
    #expect(typed.parts[0].model == "typed")
  }

  @Test("a running Cline is named, and stops the change where that is wanted")
  func running() throws {
    var bench = Bench()
    bench.processes = [RunningProcess(id: 7, user: 1000, words: ["/usr/bin/cline"])]
    let error = try failure(bench, [Bench.choice()]) { $0.options.stopsWhereClineRuns = true }
    #expect("\(error)".contains("Cline CLI (process 7) is running"))
    #expect(bench.texts.isEmpty)
    let planner = try bench.planner()
    let outcome = try planner.commit(planner.plan([Bench.choice()]), command: "test")
    #expect(outcome.findings.map(\.rule).contains(.clineIsRunning))
  }

  @Test(
    "what is set up comes back as a profile that changes nothing",
    arguments: [
      "rutaapi", "groq", "anthropic", "ollama", "zai", "lmstudio", "openrouter", "custom",
    ])
  func present(provider: String) throws {
    let bench = Bench()
    var choice = Bench.choice(provider, key: provider == "ollama" ? nil : .environment("K"))
    if provider == "custom" {
      choice.baseURL = "https://llm.example.com/v1"
      choice.headers = [
        .init(name: "X-Title", value: .text("t")), .init(name: "X-Token", value: .environment("K")),
      ]
      choice.facts[.contextWindow] = 1000
    }
    let planner = try bench.planner {
      $0.options.allowed = Set(RuleSet.standard.documentation.map(\.code))
    }
    try planner.commit(planner.plan([choice]), command: "test")
    let snapshot = planner.store.load()
    let present = PresentSetup(of: snapshot, catalog: .bundled, on: bench.host)
    let profile = try present.profile()
    #expect(profile.choices.map(\.provider) == [provider])
    #expect(
      present.storedKey(of: profile.choices[0])
        == (provider == "ollama" ? nil : Secret("invented-key-0001")))
    #expect(present.notes(on: profile.choices).isEmpty == (provider != "custom"))
    var again = bench
    again.variables["HEADER_X_TOKEN"] = "invented-key-0001"
    #expect(
      try again.planner { $0.options = planner.options }.plan(profile.choices).change.isEmpty)
  }

  @Test("a state that is no profile says why")
  func absent() throws {
    func error(_ state: String, providers: String? = nil) throws -> String {
      let bench = Bench()
      bench.files.put(state, at: testData + "/globalState.json")
      if let providers { bench.files.put(providers, at: testData + "/settings/providers.json") }
      let present = PresentSetup(of: try bench.store().load(), catalog: .bundled, on: bench.host)
      let thrown = #expect(throws: PresentSetupError.self) { _ = try present.profile() }
      return String(thrown.map { "\($0)" }?.prefix { $0.isLetter } ?? "")
    }
    #expect(try error("{}") == "notSetUp")
    #expect(try error(#"{"actModeApiProvider":"nobody"}"#) == "unknownProvider")
    #expect(try error(#"{"actModeApiProvider":"vscode-lm"}"#) == "notSettable")
    #expect(try error(#"{"actModeApiProvider":"ollama"}"#) == "modelMissing")
    #expect(
      try error(
        #"{"actModeApiProvider":"groq","actModeGroqModelId":"gsk_0123456789012345678901234567890123456789012345678901"}"#
      ) == "holdsKey")
  }
}

@Suite("Where a provider goes")
struct SetupTargetTests {
  @Test(
    "an address goes to the slot that takes it, in the form that every client reads there",
    arguments: [
      ("rutaapi", nil, "openai-compatible", "https://api.rutaapi.com/v1", nil, 0),
      (
        "rutaapi", " https://api.rutaapi.com/v1/ ", "openai-compatible",
        "https://api.rutaapi.com/v1", nil, 2
      ),
      ("groq", nil, "groq", nil, nil, 0),
      ("groq", "https://api.groq.com/openai/v1", "groq", nil, nil, 0),
      ("groq", "https://other.example/v1", "openai-compatible", "https://other.example/v1", nil, 1),
      ("ollama", "http://localhost:11434/v1", "ollama", nil, nil, 1),
      ("ollama", "http://10.0.0.9:11434/api", "ollama", "http://10.0.0.9:11434", nil, 1),
      ("lmstudio", "http://10.0.0.9:1234", "lmstudio", "http://10.0.0.9:1234/v1", nil, 1),
      ("ollama-cloud", nil, "ollama", "https://ollama.com", nil, 0),
      ("anthropic", "https://api.anthropic.com/v1", "anthropic", nil, nil, 0),
      (
        "anthropic", "https://gateway.example/v1", "anthropic", "https://gateway.example", nil, 0
      ),
      ("gemini", "https://gateway.example/v1beta", "gemini", "https://gateway.example", nil, 1),
    ] as [(String, String?, String, String?, String?, Int)])
  func target(
    provider: String, named: String?, slot: String, url: String?, line: String?, notes: Int
  ) throws {
    let target = try SetupTarget(
      try #require(ProviderCatalog.bundled[provider]), baseURL: named, in: .bundled)
    #expect(target.slot.sdkID == slot && target.baseURL == url && target.apiLine == line)
    #expect(target.notes.count == notes, "\(target.notes)")
  }

  @Test("every region of a slot with lines is told apart")
  func lines() throws {
    for provider in ProviderCatalog.bundled.providers
    where provider.line != nil && provider.isSettable {
      let own = try SetupTarget(provider, baseURL: nil, in: .bundled)
      #expect(own.slot == provider.slot && own.baseURL == nil)
      let line = try #require(provider.line)
      if let url = provider.slot.apiLines[line] {
        let named = try SetupTarget(provider, baseURL: url, in: .bundled)
        #expect(named.apiLine == own.apiLine && named.baseURL == nil, "\(provider.id)")
      }
    }
  }
}
