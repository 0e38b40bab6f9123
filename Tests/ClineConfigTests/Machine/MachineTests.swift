import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("What surrounds the files, and what mends it")
struct MachineTests {
  /// A machine on which much is wrong.
  func bench() throws -> Bench {
    var bench = Bench()
    let planner = try bench.planner()
    try planner.commit(planner.plan([Bench.choice()]), command: "test")
    bench.files.put(
      #"{"openAiApiKey":"invented-key-0001"}"#, at: testData + "/secrets.json", mode: 0o644)
    bench.files.put("x", at: testData + "/globalState.json.tmp.1.2.3", mode: 0o600)
    bench.files.put("{}", at: "/home/u/.config/Code/User/settings.json")
    bench.files.put(
      #"{"version":"4.1.13"}"#,
      at: "/home/u/.vscode/extensions/saoudrizwan.claude-dev-4.1.13/package.json")
    bench.processes = [RunningProcess(id: 5, user: 1000, words: ["/usr/share/code/code"])]
    return bench
  }

  @Test("permissions, left-overs, editors and programs are seen")
  func surroundings() throws {
    let machine = try #require(Machine.read(try bench().host))
    #expect(machine.surroundings.exposed.count == 1)
    #expect(machine.surroundings.editors.count == 1 && machine.surroundings.running.count == 1)
    #expect(machine.isConfigured && machine.sentTriples(.bundled).count == 1)
    #expect(machine.sentTriples(.bundled)[0].users.count == 8)
    #expect(Set(machine.sentTriples(.bundled)[0].users.map(\.client)).count == 4)
    #expect(machine.sentTriples(.bundled)[0].users[0].description.hasSuffix("(plan)"))
    #expect(!machine.judgements(.bundled).isEmpty)
    let rules = Set(RuleSet.standard.findings(in: machine).map(\.rule))
    #expect(rules.contains(.readableByOthers) && rules.contains(.clineIsRunning))
    let files = try #require(Machine.read(try bench().host, looksAround: false))
    #expect(files.surroundings.exposed.isEmpty)
    #expect(
      Machine.read(HostEnvironment.test(), override: AbsolutePath("/d"))?.isConfigured == false)
    var homeless = HostEnvironment.test()
    homeless.homeDirectory = nil
    #expect(Machine.read(homeless) == nil)
  }

  @Test("a remedy mends what can be mended, in memory as on the disk, and is taken back")
  func remedy() throws {
    let bench = try bench()
    bench.files.put(
      #"{"planModeApiProvider":"openai","actModeApiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1/","planModeOpenAiModelId":"m","actModeOpenAiModelId":"m"}"#,
      at: testData + "/globalState.json")
    let store = try bench.store()
    let machine = try #require(Machine.read(bench.host))
    let before = bench.files.files(below: testData).filter { !$0.key.contains(".clinecfg") }
    let remedy = try store.remedy(for: machine, catalog: .bundled) { _ in true }
    #expect(!remedy.isEmpty && !remedy.mended.isEmpty && remedy.restrictions.count == 1)
    let imagined = RuleSet.standard.findings(in: machine.applying(remedy)).map(\.rule)
    #expect(try store.apply(remedy) != nil)
    let after = try #require(Machine.read(bench.host))
    #expect(RuleSet.standard.findings(in: after).map(\.rule) == imagined)
    #expect(!imagined.contains(.readableByOthers) && !imagined.contains(.trailingSlash))
    #expect(bench.files.mode(at: testData + "/secrets.json") == 0o600)
    #expect(try store.remedy(for: after, catalog: .bundled) { _ in true }.isEmpty)
    try store.undo(command: "test")
    #expect(
      bench.files.files(below: testData).filter { !$0.key.contains(".clinecfg") }
        .filter { !$0.key.hasSuffix("3") } == before.filter { !$0.key.hasSuffix("3") })
  }

  @Test("a file that nobody can mend is copied once before Cline can overwrite it")
  func quarantine() throws {
    let bench = try bench()
    bench.files.put("{\"a\": x}", at: testData + "/globalState.json")
    let store = try bench.store()
    let machine = try #require(Machine.read(bench.host))
    let remedy = try store.remedy(for: machine, catalog: .bundled) { _ in true }
    #expect(remedy.endangered == [.globalState])
    try store.apply(remedy)
    let copies = bench.files.files(below: testData + "/.clinecfg/quarantine")
    #expect(copies.values.map { String(decoding: $0, as: UTF8.self) } == ["{\"a\": x}"])
    let again = try store.remedy(for: machine, catalog: .bundled) { _ in true }
    #expect(again.endangered.isEmpty)
  }

  @Test("repairs of broken files keep what could be read")
  func repairs() throws {
    let bench = try bench()
    bench.files.put("\u{FEFF}{\"mode\":\"plan\",}", at: testData + "/globalState.json")
    let store = try bench.store()
    let machine = try #require(Machine.read(bench.host))
    try store.apply(try store.remedy(for: machine, catalog: .bundled) { _ in true })
    #expect(store.load().settings.mode == "plan")
  }

  @Test("git is asked about files in a work tree")
  func repository() throws {
    let bench = try bench()
    bench.files.putDirectory("/home/u/.git")
    bench.files.put("#!", at: "/bin/git", mode: 0o755)
    var host = bench.host
    host.variables["PATH"] = "/bin"
    for (status, isFound) in [(Int32(0), true), (1, false)] {
      host.run = { child in
        .init(
          output: [], status: child.arguments.contains("ls-files") ? status : 0, timedOut: false,
          exceededLimit: false)
      }
      let machine = try #require(Machine.read(host))
      #expect(machine.surroundings.repositories.isEmpty != isFound, "\(status)")
    }
  }
}

@Suite("Who else can get at the files")
struct ExposureTests {
  @Test("directories that others can write are named, and so are copies of keys")
  func writable() throws {
    let bench = try MachineTests().bench()
    let locations = try bench.store().locations
    #expect(Surroundings.writableDirectories(of: locations, on: bench.host).isEmpty)
    try bench.files.setMode(
      FileMode(rawValue: 0o777), of: try #require(AbsolutePath(testData + "/settings")))
    let open = Surroundings.writableDirectories(of: locations, on: bench.host)
    #expect(open.map(\.path.name) == ["settings"])
    bench.files.put("k", at: "/home/u/.config/clinecfg/keys/old", mode: 0o644)
    bench.files.put("{}", at: testData + "/.clinecfg-0123-0.tmp", mode: 0o644)
    let machine = try #require(Machine.read(bench.host))
    #expect(machine.surroundings.orphanedKeys.count == 1)
    let rules = Set(RuleSet.standard.findings(in: machine).map(\.rule))
    #expect(rules.isSuperset(of: [.readableByOthers, .orphanedKey]))
  }
}
