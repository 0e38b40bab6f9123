import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("Backups are kept, shown without keys, and cared for")
struct BackupTests {
  let machine = TestMachine(variables: [
    "K": "invented-key-0001-abcd", "L": "invented-key-0002-abcd",
  ])
  let words = ["set-provider", "rutaapi", "--model", "m"]

  func change(_ more: String...) throws -> String {
    let run = machine.run(words + more + ["--json"])
    return try #require(try run.json["backup"]?.string, "\(run.output)")
  }

  @Test("show and diff tell what a change did, with keys masked")
  func shows() throws {
    let first = try change("--key-env", "K")
    let second = try change("--key-env", "L")
    let show = machine.run("backups", "show", second)
    #expect(show.code == 0 && show.output.contains("~ /openAiApiKey"))
    let diff = machine.run("backups", "diff", second)
    #expect(diff.output.contains("--- /home/u/.cline/data/secrets.json"))
    #expect(diff.output.contains("-  \"openAiApiKey\": \"…abcd\""))
    #expect(diff.output.contains("+  \"openAiApiKey\": \"…abcd (another)\""))
    #expect(!diff.output.contains("invented-key"))
    #expect(machine.run("backups", "diff", first).output.contains("--- /dev/null"))
    #expect(try machine.run("backups", "show", second, "--json").json["files"]?.array?.count == 2)
    #expect(machine.run("backups", "show", "nope").code == 66)
  }

  @Test("a change of the model alone is called that in the list, and by undo")
  func model() throws {
    _ = try change("--key-env", "K")
    #expect(machine.run("model", "m-2").code == 0)
    let newest = machine.run("backups").output.split(separator: "\n").first
    #expect(newest?.contains("  model  ") == true)
    let run = machine.run("undo")
    #expect(run.notes.contains("undid 'model' of ") || run.output.contains("undid 'model' of "))
    #expect(machine.run("show").output.contains("m-2") == false)
  }

  @Test("prune keeps the newest twenty, the young, and the first of all")
  func prunes() throws {
    for number in 0..<25 {
      #expect(
        machine.run("set", "globalState:/n", "\(number)").code == 0)
    }
    #expect(try machine.run("backups", "--json").json["backups"]?.array?.count == 25)
    #expect(machine.run("backups", "prune").output.contains("still needed"))
    // Forty days later.
    machine.clock.advance(milliseconds: 40 * 86_400_000)
    let dry = try machine.run("backups", "prune", "--dry-run", "--json").json
    #expect(dry["backups"]?.array?.count == 4)
    #expect(try machine.run("backups", "--json").json["backups"]?.array?.count == 25)
    // A change does it by itself.
    #expect(machine.run("set", "globalState:/n", "99").code == 0)
    let left = try machine.run("backups", "--json").json["backups"]?.array ?? []
    #expect(left.count == 21)
    #expect(left.last?["created"]?.string?.hasPrefix("2026-08-22") == true)
    #expect(machine.run("backups", "verify").code == 0)
  }

  @Test("copies of other programs' versions go like backups, while every file of Cline's is sound")
  func prunesConflicts() throws {
    _ = try change("--key-env", "K")
    let backups = testData + "/.clinecfg/backups/"
    for number in 0..<25 {
      machine.files.put("{\"n\":\(number)}", at: backups + "conflict-\(number)", mode: 0o600)
    }
    func count() -> Int {
      machine.files.files(below: testData).keys.count { $0.contains("conflict-") }
    }
    #expect(machine.run("backups", "prune").code == 0 && count() == 25)
    machine.clock.advance(milliseconds: 40 * 86_400_000)
    // One of them could be the last version of what is broken.
    let state = try #require(machine.files.bytes(at: testData + "/globalState.json"))
    machine.files.put("{ broken", at: testData + "/globalState.json")
    #expect(machine.run("backups", "prune").code == 0 && count() == 25)
    machine.files.put(state, at: testData + "/globalState.json")
    #expect(machine.run("backups", "prune").code == 0 && count() == 20)
  }

  @Test("undo goes by the order of changes, whatever the clock does and whatever lies beside them")
  func clockJumps() throws {
    for (number, jump) in zip(
      0..., [0, 1, 400, -5_000, -90_000_000, 999, 0, 60_000, -1] as [Int64])
    {
      machine.clock.advance(milliseconds: jump)
      #expect(machine.run("set", "globalState:/n", "\(number)").code == 0)
      if number == 4 {
        machine.files.put("no record", at: testData + "/.clinecfg/backups/zzz/record.json")
        machine.files.put("{}", at: testData + "/.clinecfg/backups/29990101T000000Z-1/record.json")
      }
    }
    for number in (0..<8).reversed() {
      #expect(machine.run("undo").code == 0)
      #expect(machine.run("get", "globalState:/n").output == "\(number)\n")
    }
  }

  @Test("verify finds a copy or record that is not what it was, and the list names it")
  func verifies() throws {
    let first = try change("--key-env", "K")
    let second = try change("--key-env", "L")
    #expect(machine.run("backups", "verify").output.contains("2 backups"))
    let folder = testData + "/.clinecfg/backups/"
    machine.files.put("{}", at: folder + second + "/0", mode: 0o600)
    let run = machine.run("backups", "verify", "--json")
    #expect(run.code == 65)
    #expect(try run.json["damaged"] == [.string(second)])
    machine.files.put("{}", at: folder + first + "/record.json", mode: 0o600)
    #expect(machine.run("backups", "verify").notes.contains(first))
    #expect(machine.run("backups").notes.contains("damaged and left out: \(first)"))
  }

  @Test("purge takes keys out of every copy and leaves the rest, and undo still works")
  func purges() throws {
    _ = try change("--key-env", "K")
    _ = try change("--key-env", "L")
    let live = machine.stores
    let folder = testData + "/.clinecfg"
    func holds(_ text: String) -> Bool {
      machine.files.files(below: folder).values.contains {
        String(decoding: $0, as: UTF8.self).contains(text)
      }
    }
    #expect(holds("invented-key-0001") && holds("invented-key-0002"))
    let run = machine.run("backups", "purge", "--provider", "rutaapi", "--json")
    #expect(run.code == 0)
    #expect(try run.json["backups"]?.array?.count == 2)
    #expect(!holds("invented-key"))
    #expect(machine.stores == live)
    #expect(machine.run("backups", "verify").code == 0)
    #expect(try machine.run("backups", "purge", "--json").json["changed"] == false)
    let undo = machine.run("undo")
    #expect(undo.code == 0 && undo.notes.contains("keys were purged from that backup"))
    let newest = try #require(
      machine.run("backups", "--json").json["backups"]?.array?.last?["id"]?.string)
    #expect(machine.run("backups", "restore", newest).notes.contains("keys were purged"))
    for (path, _) in machine.files.files(below: folder) {
      #expect(machine.files.mode(at: path) == 0o600, "\(path)")
    }
  }

  @Test("purge of OpenAI leaves the key of the compatible slot, which VS Code calls openai")
  func purgesTheNamedProvider() throws {
    _ = try change("--key-env", "K")
    #expect(
      try machine.run("backups", "purge", "--provider", "openai", "--json").json["changed"] == false
    )
    #expect(
      try machine.run("backups", "purge", "--provider", "openai-compatible", "--json").json[
        "changed"]
        == true)
  }

  @Test("purge reaches copies outside the backups: quarantine and versions that met a change")
  func purgesLooseCopies() throws {
    _ = try change("--key-env", "K")
    let own = testData + "/.clinecfg"
    machine.files.put(
      #"{"openAiApiKey":"invented-key-0001-abcd","kept":1}"#, at: own + "/backups/conflict-1",
      mode: 0o600)
    machine.files.put(
      #"{"openAiApiKey":"invented-key-0001-abcd""#, at: own + "/quarantine/secrets-1.json",
      mode: 0o600)
    let named = machine.run("remove", "rutaapi", "--json")
    #expect(try named.json["backupsWithKey"]?.array?.count == 4)
    #expect(machine.run("backups", "purge").code == 0)
    let all = machine.files.files(below: own)
    #expect(!all.values.contains { String(decoding: $0, as: UTF8.self).contains("invented-key") })
    #expect(machine.files.text(at: own + "/backups/conflict-1") == #"{"kept":1}"#)
    #expect(machine.files.text(at: own + "/quarantine/secrets-1.json") == nil)
    #expect(machine.run("backups", "verify").code == 0)
  }

  @Test("purge stopped before any call leaves every backup sound")
  func purgeStops() throws {
    _ = try change("--key-env", "K")
    _ = try change("--key-env", "L")
    var call = 0
    while call < 200 {
      let machine = TestMachine(variables: machine.variables)
      _ = machine.run(words + ["--key-env", "K"])
      _ = machine.run(words + ["--key-env", "L"])
      machine.files.restart()
      machine.files.plan.stopsBefore = call
      let isDone = machine.run("backups", "purge").code == 0
      machine.files.restart()
      #expect(machine.run("backups", "verify").code == 0, "call \(call)")
      #expect(try machine.run("backups", "--json").json["backups"]?.array?.count == 2)
      #expect(machine.run("backups", "purge").code == 0)
      let all = machine.files.files(below: testData + "/.clinecfg").values
      #expect(!all.contains { String(decoding: $0, as: UTF8.self).contains("invented-key") })
      if isDone { break }
      call += 1
    }
    #expect(call > 10)
  }

  @Test("remove names the backups that still hold the key, and takes it out when asked")
  func removes() throws {
    let id = try change("--key-env", "K")
    let run = machine.run("remove", "rutaapi", "--json")
    #expect(try run.json["backupsWithKey"]?.array?.contains(.string(id)) == true)
    #expect(machine.run("undo").code == 0)
    let purged = machine.run("remove", "rutaapi", "--purge-backups")
    #expect(purged.code == 0 && purged.output.contains("revoke the key"))
    let all = machine.files.files(below: "/home/u").values
    #expect(!all.contains { String(decoding: $0, as: UTF8.self).contains("invented-key-0001") })
  }
}

@Suite("A running Cline is noticed")
struct RunningTests {
  func machine() -> TestMachine {
    var machine = TestMachine(variables: ["K": "invented-key-0001"])
    machine.files.putDirectory("/home/u/.vscode/extensions/saoudrizwan.claude-dev-4.1.13")
    machine.processes = {
      [RunningProcess(id: 41, user: 1000, words: ["/usr/share/code/code"])]
    }
    return machine
  }
  let words = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"]

  @Test("--if-running fail writes nothing")
  func fails() {
    let machine = machine()
    let run = machine.run(words + ["--if-running", "fail"])
    #expect(run.code == 75 && run.notes.contains("VS Code (process 41)"))
    #expect(machine.stores.isEmpty)
    #expect(machine.run(words + ["--if-running", "maybe"]).code == 64)
  }

  @Test("by default the change is made, looked at again, and the window named")
  func warns() throws {
    let machine = machine()
    let run = machine.run(words + ["--json"])
    #expect(run.code == 0)
    #expect(try run.json["findings"]?.array?.compactMap { $0["rule"]?.string } == ["RUN701"])
    let text = machine.run("set", "globalState:/mode", "plan").output
    #expect(text.contains("nothing was overwritten") && text.contains("Reload Window"))
    // What VS Code does not keep in memory needs no warning.
    #expect(
      !machine.run("set", "providers:/lastUsedProvider", "openai-compatible").output
        .contains("running"))
  }

  @Test("values that a running Cline writes back are named, and doctor --fix makes them again")
  func overwritten() throws {
    var machine = machine()
    machine.files.put(
      "{\n  \"mode\": \"plan\",\n  \"kept\": 1.50\n}", at: testData + "/globalState.json")
    let old = try #require(machine.files.bytes(at: testData + "/globalState.json"))
    machine.whenSleeping = { files in files.put(old, at: testData + "/globalState.json") }
    let run = machine.run(words)
    #expect(run.code == 0 && run.output.contains("STORE512"), "\(run.output)")
    var calm = machine
    calm.processes = { [] }
    calm.whenSleeping = nil
    let doctor = calm.run("doctor", "--only", "STORE512")
    #expect(doctor.output.contains("globalState:/openAiBaseUrl"))
    #expect(calm.run("doctor", "--fix", "--only", "STORE512").code == 0)
    #expect(calm.run("doctor", "--json", "--strict").code == 0)
    #expect(calm.run("get", "globalState:/kept").output == "1.50\n")
    #expect(calm.run("get", "globalState:/openAiBaseUrl").output == "https://api.rutaapi.com/v1\n")
  }

  @Test("a third value is somebody's choice and no finding")
  func choice() throws {
    var machine = machine()
    machine.processes = { [] }
    _ = machine.run(words)
    _ = machine.run("set", "globalState:/mode", "plan")
    machine.files.put(
      String(decoding: machine.files.bytes(at: testData + "/globalState.json") ?? [], as: UTF8.self)
        .replacingOccurrences(of: "\"plan\"", with: "\"other\""),
      at: testData + "/globalState.json")
    #expect(machine.run("doctor", "--only", "STORE512", "--strict").code == 0)
  }
}
