import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("Editors of VS Code's family, from the library")
struct EditorTests {
  func bench(cline: String? = "4.1.13", settings: String = "{}") -> Bench {
    let bench = Bench()
    bench.files.put(settings, at: "/home/u/.config/Code/User/settings.json")
    if let cline {
      bench.files.put(
        #"{"version":"\#(cline)"}"#,
        at: "/home/u/.vscode/extensions/saoudrizwan.claude-dev-\(cline)/package.json")
    }
    return bench
  }

  @Test("every flavour is found where it lives, and by its process")
  func found() throws {
    for flavour in VSCodeFlavour.all {
      let bench = Bench()
      bench.files.put(
        #"{"version":"4.1.13"}"#,
        at: "/home/u/\(flavour.extensions)/saoudrizwan.claude-dev-4.1.13/package.json")
      let found = VSCodeInstallation.all(on: bench.host)
      #expect(found.contains { $0.flavour.id == flavour.id && $0.cline?.description == "4.1.13" })
      #expect(VSCodeFlavour.named(flavour.id) == flavour)
    }
    var elsewhere = Bench()
    elsewhere.files.putDirectory("/data/code")
    let process = RunningProcess(
      id: 3, user: 1000,
      words: [
        "/usr/share/code/code", "--user-data-dir", "/data/code", "--extensions-dir=/data/ext",
      ])
    let running = VSCodeInstallation.all(on: elsewhere.host, processes: [process])
    #expect(
      running.first?.isElsewhere == true && running.first?.name.contains("/data/code") == true)
    #expect(
      VSCodeInstallation.all(on: elsewhere.host, userData: AbsolutePath("/data/code")).count == 1)
    elsewhere.variables["VSCODE_PORTABLE"] = "/data"
    elsewhere.files.putDirectory("/data/user-data")
    #expect(
      VSCodeInstallation.all(on: elsewhere.host).first?.userData.description == "/data/user-data")
    #expect(VSCodeInstallation.all(on: Bench().host).isEmpty)
  }

  @Test(
    "which bundle a window starts",
    arguments: [
      ("3.60.0", "{}", [:], JSONObject(), nil),
      ("3.89.0", "{}", [:], [:], .vscodeLegacy), ("4.0.0", "{}", [:], [:], .vscodeSDK),
      ("4.1.13", "{}", ["CLINE_BUNDLE_OVERRIDE": "next"], [:], .vscodeSDK),
      ("4.1.13", #"{"cline.rollout.bundleOverride":"legacy"}"#, [:], [:], .vscodeLegacy),
      ("4.1.13", "{}", [:], ["cline.rollout.bundle": "next"], .vscodeSDK),
      (
        "4.1.13", "{}", [:],
        ["cline.rollout.bundle": "next", "cline.rollout.nextActivationFailedVersion": "4.1.13"],
        .vscodeLegacy
      ),
      ("4.1.13", "{}", [:], [:], .vscodeSDK), ("4.1.21", "{}", [:], [:], .vscodeSDK),
    ] as [(String, String, [String: String], JSONObject, ClineClient?)])
  func bundle(
    cline: String, settings: String, variables: [String: String], memento: JSONObject,
    client: ClineClient?
  ) throws {
    let bench = bench(cline: cline, settings: settings)
    let editor = try #require(VSCodeInstallation.all(on: bench.host).first)
    let bundle = try #require(editor.bundle(variables: variables, memento: memento))
    #expect(bundle.client == client && !bundle.decidedBy.isEmpty)
    #expect(bundle.files.isEmpty == (client == nil))
    #expect(bundle.isForced == (!variables.isEmpty || settings.count > 2))
  }

  @Test("settings are read as VS Code reads them, and keys in them are found")
  func settings() throws {
    let bench = bench(
      settings: """
        { // mine
          "http.proxy": "http://p.example", "http.noProxy": ["x"], "other": "invented-key-0001",
        }
        """)
    let editor = try #require(VSCodeInstallation.all(on: bench.host).first)
    #expect(editor.model?.proxy == "http://p.example" && editor.model?.noProxy == ["x"])
    #expect(editor.settings(holding: [Secret("invented-key-0001")]).count == 1)
    #expect(editor.settings(holding: [Secret("invented-key-0002")]).isEmpty)
  }

  @Test("the old storage of each age becomes today's settings")
  func oldStorage() throws {
    let name = try #require(StateDatabase.extensions.first)
    func storage(_ text: String) throws -> OldStorage {
      try OldStorage(rows: [(key: name, value: Array(text.utf8))])
    }
    let old = try storage(
      #"{"apiProvider":"openrouter","openRouterModelId":"x/y","apiModelId":"z","previousModeApiProvider":"anthropic"}"#
    )
    #expect(old.holdsProvider && old.state["actModeApiProvider"] != nil)
    let new = try storage(
      #"{"planModeApiProvider":"groq","actModeApiProvider":"groq","actModeGroqModelId":"m"}"#)
    #expect(new.state["actModeGroqModelId"] == "m")
    #expect(try !storage("{}").holdsProvider)
    #expect(throws: StateDatabaseProblem.self) { _ = try storage("[") }
    var host = bench().host
    host.stateRows = { _ throws(StateDatabaseProblem) in [] }
    let editor = try #require(VSCodeInstallation.all(on: host).first)
    #expect(try editor.oldStorage(on: host) == nil)
  }

  @Test("programs that hold old settings are found by what they were started with")
  func running() throws {
    let bench = bench()
    let locations = try #require(ClineLocations.find(for: .cli, on: bench.host))
    bench.files.put(#"{"pid":9}"#, at: testData + "/locks/hub/production.json")
    let processes =
      [
        ["/usr/share/code/code"], ["node", "/usr/lib/cline/dist/x.js"],
        ["bun", "--cline-hub-daemon"],
        ["node", "other.js"], ["/bin/cline"], ["vim", "cline"],
      ].enumerated().map { RunningProcess(id: Int32($0 + 1), user: 1000, words: $1) }
      + [RunningProcess(id: 9, user: 1000, words: ["hub"])]
    let found = RunningClient.all(
      on: bench.host, dataDirectories: [locations], processes: processes)
    #expect(Set(found.map(\.process)) == [1, 2, 3, 5, 9], "\(found)")
    #expect(RunningClient.all(on: bench.host, in: locations).isEmpty)
  }
}
