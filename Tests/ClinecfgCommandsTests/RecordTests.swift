import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("No record is believed")
struct RecordTests {
  /// What somebody could write into a record: its members, and one file's.
  static let mutations: [(String, @Sendable (inout JSONObject, inout JSONObject) -> Void)] = [
    ("no id", { record, _ in record["id"] = nil }),
    ("another id", { record, _ in record["id"] = "20260822T200300Z-ffffffff" }),
    ("an id that leads elsewhere", { record, _ in record["id"] = "../../../../etc" }),
    ("a number as id", { record, _ in record["id"] = 1 }),
    (
      "a time of the largest number", { record, _ in record["created"] = 9_223_372_036_854_775_807 }
    ),
    ("a time before time", { record, _ in record["created"] = -9_223_372_036_854_775_808 }),
    ("a time of no number", { record, _ in record["created"] = "now" }),
    (
      "half a millisecond",
      { record, _ in record["created"] = .number(JSONNumber(literal: "0.5") ?? JSONNumber(0)) }
    ),
    (
      "an endless time",
      { record, _ in record["created"] = .number(JSONNumber(literal: "1e400") ?? JSONNumber(0)) }
    ),
    ("no command", { record, _ in record["command"] = nil }),
    ("a command with an escape", { record, _ in record["command"] = "\u{1B}]52;c;AAAA\u{7}" }),
    (
      "a long command",
      { record, _ in record["command"] = .string(String(repeating: "x", count: 5_000)) }
    ),
    ("it undoes a path", { record, _ in record["undoes"] = "/etc/passwd" }),
    ("it undoes itself", { record, _ in record["undoes"] = record["id"] }),
    ("a format to come", { record, _ in record["format"] = 3 }),
    ("a format of no number", { record, _ in record["format"] = "2" }),
    ("the former format", { record, _ in record["format"] = nil }),
    ("no files", { record, _ in record["files"] = [] }),
    ("files that are none", { record, _ in record["files"] = 5 }),
    ("no list of files", { record, _ in record["files"] = nil }),
    ("purged", { record, _ in record["purged"] = true }),
    ("purged, in words", { record, _ in record["purged"] = "yes" }),
    ("another store", { _, file in file["store"] = "vscode" }),
    ("a store that is none", { _, file in file["store"] = "../../x" }),
    ("no store", { _, file in file["store"] = nil }),
    ("a place elsewhere", { _, file in file["place"] = "/home/u/victim.json" }),
    ("a relative place", { _, file in file["place"] = "../victim.json" }),
    ("a place with a NUL", { _, file in file["place"] = "/home/u/\u{0}x" }),
    ("a former path", { _, file in file["path"] = "/home/u/victim.json" }),
    ("a former staged file", { _, file in file["staged"] = "/home/u/victim.json" }),
    ("apart", { _, file in file["apart"] = true }),
    ("no side at all", { _, file in (file["before"], file["after"]) = (nil, nil) }),
    ("no former side", { _, file in file["before"] = nil }),
    ("no new side", { _, file in file["after"] = nil }),
    ("a mode with setuid", { _, file in set("mode", 0o4777, &file) }),
    ("a mode of all bits", { _, file in set("mode", 70_000, &file) }),
    ("a mode below zero", { _, file in set("mode", -1, &file) }),
    ("a mode as large as can be", { _, file in set("mode", 9_223_372_036_854_775_807, &file) }),
    ("a mode for everybody", { _, file in set("mode", 0o777, &file) }),
    ("a size below zero", { _, file in set("size", -1, &file) }),
    ("a size as large as can be", { _, file in set("size", 9_223_372_036_854_775_807, &file) }),
    ("a digest that is none", { _, file in set("sha256", "x", &file) }),
    (
      "a digest of another",
      { _, file in set("sha256", .string(String(repeating: "0", count: 64)), &file) }
    ),
    ("a place that is no pointer", { _, file in change("pointer", value: "x~2", file: &file) }),
    ("a value that is no JSON", { _, file in change("old", value: "{", file: &file) }),
    (
      "neither value",
      { _, file in
        change("old", value: nil, file: &file); change("new", value: nil, file: &file)
      }
    ),
    (
      "a deep value",
      { _, file in
        change("new", value: .string(String(repeating: "[", count: 100_000)), file: &file)
      }
    ),
    ("changes that are none", { _, file in file["changes"] = 7 }),
  ]

  private static func set(_ key: JSONKey, _ value: JSONValue, _ file: inout JSONObject) {
    for side in ["before", "after"] as [JSONKey] {
      guard var version = file[side]?.object else { continue }
      version[key] = value
      file[side] = .object(version)
    }
  }

  private static func change(_ key: JSONKey, value: JSONValue?, file: inout JSONObject) {
    guard var changes = file["changes"]?.array, var first = changes.first?.object else { return }
    first[key] = value
    changes[0] = .object(first)
    file["changes"] = .array(changes)
  }

  static let commands: [[String]] = [
    ["backups"], ["backups", "--json"], ["backups", "show", id], ["backups", "diff", id],
    ["backups", "restore", id], ["backups", "restore", id, "--dry-run"], ["backups", "verify"],
    ["backups", "prune"], ["backups", "purge"], ["undo"], ["undo", "--dry-run"], ["recover"],
    ["recover", "--forward"], ["recover", "--back"], ["doctor"], ["doctor", "--fix"],
    ["set", "globalState:/zz", "1"], ["remove", "rutaapi", "--purge-backups"], ["show"], ["report"],
  ]
  static let id = "ID"

  static let key = "invented-key-0001-abcd"

  /// A machine with two changes, the second of which has a record as somebody made it; sound, it would
  /// be a backup or a change that is under way.
  static func machine(
    _ mutate: (inout JSONObject, inout JSONObject) -> Void, isPending: Bool
  ) throws -> (machine: TestMachine, id: String) {
    let machine = TestMachine(variables: ["K": key])
    _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify")
    _ = machine.run("set", "globalState:/mode", "plan")
    machine.files.put("victim", at: "/home/u/victim.json", mode: 0o600)
    let id = try #require(
      try machine.run("backups", "--json").json["backups"]?.array?.first?["id"]?.string)
    let own = testData + "/.clinecfg/"
    let bytes = try #require(machine.files.bytes(at: own + "backups/\(id)/record.json"))
    var record = try #require(JSONDocument(parsing: bytes)["/record"]?.object)
    var files = record["files"]?.array ?? []
    var file = files.first?.object ?? [:]
    mutate(&record, &file)
    if record["files"]?.array?.isEmpty == false {
      files[0] = .object(file)
      record["files"] = .array(files)
    }
    let text = JSONValue.object(record).bytes(layout: .compact)
    let digest = SHA256.digest(text).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    let whole = "{\"sha256\":\"\(digest)\",\"record\":\(String(decoding: text, as: UTF8.self))}\n"
    if isPending {
      let copy = machine.files.bytes(at: own + "backups/\(id)/0") ?? []
      try machine.files.rename(
        try #require(AbsolutePath(own + "backups/\(id)")), to: try #require(AbsolutePath(own + id)))
      machine.files.put(copy, at: own + "\(id)/0", mode: 0o600)
    }
    machine.files.put(
      whole, at: own + (isPending ? "" : "backups/") + "\(id)/record.json", mode: 0o600)
    return (machine, id)
  }

  @Test(
    "whatever it says, as a backup and as a journal: no crash, no file elsewhere, no mode but ours",
    arguments: mutations.indices)
  func mutated(index: Int) throws {
    let (name, mutate) = Self.mutations[index]
    for isPending in [false, true] {
      for words in Self.commands {
        let (machine, id) = try Self.machine(mutate, isPending: isPending)
        let note = Comment(rawValue: "\(name), \(isPending ? "pending" : "a backup"), \(words)")
        let run = machine.run(words.map { $0 == Self.id ? id : $0 })
        #expect(
          run.code != 70 && !run.output.contains("\u{1B}") && !run.notes.contains("\u{1B}"), note)
        #expect(!(run.output + run.notes).contains(Self.key), note)
        #expect(machine.files.text(at: "/home/u/victim.json") == "victim", note)
        for (path, _) in machine.files.files(below: "/home/u") {
          let mode = machine.files.mode(at: path) ?? 0
          #expect(mode & ~0o777 == 0, note)
          if path.hasSuffix("secrets.json") || path.hasSuffix("providers.json") {
            #expect(mode == 0o600, note)
          }
          #expect(path.hasPrefix(testData) || path == "/home/u/victim.json", "\(path) \(note)")
        }
      }
    }
  }

  @Test("a journal that cannot be used is named, with what to do, and that works")
  func wayOut() throws {
    let (machine, _) = try Self.machine({ record, _ in record["created"] = -1 }, isPending: true)
    let refused = machine.run("set", "globalState:/zz", "1")
    #expect(refused.code == 75 && refused.notes.contains("its record is damaged"))
    let words = try #require(
      refused.notes.split(separator: "\n").last { $0.contains("mv ") }.map { line in
        line[(line.range(of: "mv ")?.upperBound ?? line.startIndex)...].split(separator: " ").map(
          String.init)
      })
    #expect(words.count == 2, "\(refused.notes)")
    try machine.files.rename(
      try #require(AbsolutePath(words[0])), to: try #require(AbsolutePath(words[1])))
    #expect(machine.run("set", "globalState:/zz", "1").code == 0)
    #expect(machine.run("undo").code == 0)
  }

  @Test(
    "strays in our directories keep nobody out and stay",
    arguments: [".DS_Store", "a.new", "notes/x"])
  func strays(name: String) throws {
    let machine = TestMachine(variables: ["K": Self.key])
    _ = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify")
    let own = testData + "/.clinecfg/"
    let places = ["", "pending/", "backups/", "20260822T200300Z-01234567.new/"].map {
      own + $0 + name
    }
    for place in places { machine.files.put("x", at: place) }
    for words in [
      ["set", "globalState:/a", "1"], ["undo"], ["recover"], ["backups", "verify"], ["undo"],
    ] {
      #expect(machine.run(words).code == 0, "\(words)")
    }
    for place in places { #expect(machine.files.text(at: place) == "x") }
  }
}
