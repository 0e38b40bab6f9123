import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("A key is a secret until it is bytes")
struct PrintingTests {
  static let key = "CANARY7Qz9Xw2Lm4Rt8Kv1"

  /// Everything that somebody could print by chance, with a key in it.
  private func values() throws -> [(name: String, value: Any)] {
    let key = Secret(Self.key)
    let files = InMemoryFileSystem()
    files.putDirectory("/home/u")
    let host = HostEnvironment.test(files, variables: ["RUTAAPI_API_KEY": Self.key])
    host.secrets.note(key)
    let store = SettingsStore(
      locations: try #require(ClineLocations.find(for: .cli, on: host)), host: host)
    var setup = ProviderSetup(
      slot: .openAICompatible, baseURL: "https://api.rutaapi.com/v1", key: key, models: [.act: "m"])
    setup.headers = [RequestHeader(name: "X-Inv", value: key)]
    let changes = setup.changes(on: store.load(), now: host.now())
    let plan = try store.plan(changes, on: store.load())
    let backup = try #require(try store.commit(plan, command: "test"))
    let snapshot = store.load()
    let machine = try #require(Machine.read(host))
    let triple = Triple(
      provider: "rutaapi", baseURL: "https://api.rutaapi.com/v1", key: key, model: "m")
    let next = ProviderSetup(
      slot: .openAICompatible, baseURL: "https://api.rutaapi.com/v1", key: Secret(Self.key + "2"),
      models: [.act: "m"])
    let rotation = try store.plan(next.changes(on: snapshot, now: host.now()), on: snapshot)
    try store.commit(rotation, command: "test")
    let fix = Finding.Fix(description: "mend", isSafe: true, replacement: .key(key))
    let finding = Finding(
      rule: .keyNotTrimmed, name: "x", severity: .error, part: .key, message: "m", fix: fix)
    var request = HTTPRequest(url: "https://api.rutaapi.com/v1", bearer: key, headers: ["x": key])
    request.body = Array(Self.key.utf8)
    let transport = ScriptedTransport(status: 401, "{\"error\":\"\(Self.key)\"}")
    let check = LiveCheck(triple, catalog: .bundled, through: transport)
    let document = try #require(snapshot[.providers].document)
    var child = ChildProcess(["/bin/true"], timeout: 1, outputLimit: 1)
    child.input = Array(Self.key.utf8)
    child.environment = ["K": Self.key]
    return [
      ("Secret", key), ("RequestHeader", setup.headers as Any), ("ProviderSetup", setup),
      ("ChangeSet", changes), ("StoreEdit", changes.edits), ("Plan", plan),
      ("FileChange", plan.files), ("rotation", rotation), ("Backup", backup),
      ("BackupContents", try store.contents(ofBackup: backup.id)), ("Snapshot", snapshot),
      ("StoreReading", snapshot[.secrets]), ("FileContents", snapshot[.secrets].contents as Any),
      ("StoredSecret", snapshot.secrets), ("JSONDocument", document), ("Setup", machine),
      ("EffectiveRequest", machine.requests), ("Triple", triple),
      ("Judgement", ProviderCatalog.bundled.judge(triple)), ("Finding", finding),
      ("Fix", fix), ("HTTPRequest", request), ("LiveCheck", check),
      ("Exchange", check.chat()), ("findings", RuleSet.standard.findings(in: check.chat())),
      ("models", check.models()),
      ("Advice", fix.description),
      ("SetupError", SetupError(.refused(.init()), findings: [finding])),
      ("GlobalState", try snapshot[.globalState].document?.decode(GlobalState.self) as Any),
      ("HostEnvironment", host), ("SettingsStore", store), ("SecretsInPlay", host.secrets),
      ("Redactor", Redactor([key], catalog: .bundled)),
      ("UndoPlan", try store.planUndo(on: store.load()) as Any),
      ("Remedy", try store.remedy(for: machine, catalog: .bundled) { _ in true }),
      ("Transaction records", try store.records()), ("ChildProcess", child),
      (
        "RunningProcess", RunningProcess(id: 1, user: 1, words: ["clinecfg", Self.key])
      ),
      ("AcceptedKeys", AcceptedKeys.load(on: host) as Any),
      (
        "Snapshot of a profile",
        try Profile(parsing: Array(#"{"provider":"x","model":"m"}"#.utf8), name: "p")
      ),
    ]
  }

  @Test("no description, debug description or mirror of any type shows one")
  func printing() throws {
    let values = try values()
    #expect(values.count >= 40)
    for (name, value) in values {
      var dumped = ""
      dump(value, to: &dumped)
      for text in ["\(value)", String(reflecting: value), dumped] {
        #expect(KeyForms.traces(of: Self.key, in: text).isEmpty, "\(name): \(text.prefix(2_000))")
      }
    }
  }

  @Test("errors that are made of a document with a key say nothing of it")
  func errors() throws {
    let broken = Array("{\"openAiApiKey\": \"\(Self.key)\" \"x\"}".utf8)
    let document = try JSONDocument(["apiKey": .string(Self.key), "n": 1])
    func failure(_ work: () throws -> Void) -> (any Error)? {
      do {
        try work()
        return nil
      } catch {
        return error
      }
    }
    let errors = [
      failure { _ = try JSONDocument(parsing: broken) },
      failure { _ = try document.decode([String: [String: Int]].self) },
      failure { _ = try document.decode([String: Int].self) },
    ].compactMap(\.self)
    #expect(errors.count == 3)
    for error in errors {
      var dumped = ""
      dump(error, to: &dumped)
      for text in ["\(error)", String(reflecting: error), dumped] {
        #expect(KeyForms.traces(of: Self.key, in: text).isEmpty, "\(text)")
      }
    }
  }
}
