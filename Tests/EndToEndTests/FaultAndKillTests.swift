import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// One call of the real program fails, and the program is killed at a later one: within what it takes
/// back and cleans up, too. `CLINECFG_PAIRS` says how many pairs are tried, `all` for every one.
@Suite("The real program, with one fault and one kill", .serialized)
struct FaultAndKillTests {
  static let calls = [
    "openat", "read", "write", "fsync", "fchmod", "fchown", "mkdir", "rename", "renameat2", "link",
    "unlink", "rmdir", "getdents64", "flock",
  ]

  /// One call of a run: the `number`th of its name.
  struct Call: Hashable {
    let name: String
    let number: Int
  }

  struct Pair: Hashable {
    let fault: Call
    let kill: Call
  }

  let folder: TemporaryDirectory
  let strace: URL?
  let words = [
    "set-provider", "custom", "--base-url", "https://llm2.example.com/v1", "--model", "m-after",
    "--key-env", "L", "--no-verify",
  ]

  init() throws {
    folder = try TemporaryDirectory()
    strace = Tool.find("strace")
  }

  static var limit: Int {
    let environment = ProcessInfo.processInfo.environment
    if environment["CLINECFG_PAIRS"] == "all" { return .max }
    return environment["CLINECFG_PAIRS"].flatMap { Int($0) }
      ?? (environment["CI"] == nil ? 24 : 160)
  }

  func home(_ name: String) -> URL { folder.url.appending(path: name) }

  func environment(_ home: URL) -> [String: String] {
    [
      "HOME": home.path, "PATH": "/usr/bin:/bin", "K": "invented-key-0001-abcd",
      "L": "invented-key-0002-abcd",
    ]
  }

  /// A copy of a machine that is set up.
  func machine(_ name: String) throws -> URL {
    let manager = FileManager.default
    let sound = home("sound")
    if !manager.fileExists(atPath: sound.path) {
      try manager.createDirectory(at: sound, withIntermediateDirectories: true)
      let made = try Tool.run(
        Binary.url,
        arguments: [
          "set-provider", "rutaapi", "--key-env", "K", "--model", "m-before", "--no-verify",
        ],
        environment: environment(sound))
      #expect(made.status == 0, "\(made.error)")
    }
    let copy = home(name)
    try? manager.removeItem(at: copy)
    try manager.copyItem(at: sound, to: copy)
    return copy
  }

  /// The calls of a run, from the first that is about our own files.
  func trace(_ injections: [String]) throws -> [Call] {
    guard let strace else { return [] }
    let home = try machine("traced")
    let log = folder.url.appending(path: "trace")
    _ = try Tool.run(
      strace,
      arguments: ["-f", "-o", log.path, "-e", "trace=\(Self.calls.joined(separator: ","))"]
        + injections
        + [Binary.url.path] + words, environment: environment(home))
    var counts: [String: Int] = [:]
    var found: [Call] = []
    var isOurs = false
    for line in try String(contentsOf: log, encoding: .utf8).split(separator: "\n") {
      // `4711  openat(…`: the number is padded.
      let name = line.drop { $0.isNumber || $0 == " " }.prefix { $0.isLetter || $0.isNumber }
      guard Self.calls.contains(String(name)) else { continue }
      counts[String(name), default: 0] += 1
      isOurs = isOurs || line.contains("/.cline/data/.clinecfg")
      if isOurs { found.append(Call(name: String(name), number: counts[String(name)] ?? 0)) }
    }
    return found
  }

  func injection(_ call: Call, what: String) -> [String] {
    ["-e", "inject=\(call.name):\(what):when=\(call.number)"]
  }

  func stores(_ home: URL) -> [String] {
    ["globalState.json", "secrets.json", "settings/providers.json"].map {
      let file = home.appending(path: ".cline/data/" + $0).path
      return String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
    }
  }

  /// What is wrong after one pair; `nil` when nothing is.
  func fault(_ pair: Pair, before: [String]) throws -> String? {
    guard let strace else { return nil }
    let home = try machine("tried")
    _ = try Tool.run(
      strace,
      arguments: ["-f", "-o", "/dev/null", "-e", "trace=\(Self.calls.joined(separator: ","))"]
        + injection(pair.fault, what: "error=EIO") + injection(pair.kill, what: "signal=KILL")
        + [Binary.url.path] + words, environment: environment(home))
    let next = try Tool.run(
      Binary.url, arguments: ["set", "globalState:/zz", "1"], environment: environment(home))
    guard next.status == 0 else { return "locked out: \(next.status) \(next.error)" }
    let now = stores(home)
    guard now.allSatisfy({ (try? JSONDocument(parsing: Array($0.utf8))) != nil }) else {
      return "a file is torn or gone"
    }
    let isNew = [now[0].contains("m-after"), now[1].contains("0002"), now[2].contains("m-after")]
    let isOld = [now[0].contains("m-before"), now[1] == before[1], now[2] == before[2]]
    guard isNew == [true, true, true] || isOld == [true, true, true] else {
      return "mixed: \(isNew) \(isOld)"
    }
    guard now[0].contains("\"zz\": 1") else { return "the next change is not there" }
    let strays = try FileManager.default.subpathsOfDirectory(
      atPath: home.appending(path: ".cline/data").path
    ).filter { path in
      path.contains(".tmp") || path.contains(".new")
        || path.hasPrefix(".clinecfg/")
          && !["lock", ".gitignore", "backups"].contains {
            path.dropFirst(".clinecfg/".count).hasPrefix($0)
          }
    }
    guard strays.isEmpty else { return "left over: \(strays)" }
    let undo = try Tool.run(Binary.url, arguments: ["undo"], environment: environment(home))
    guard undo.status == 0, stores(home)[0].contains("zz") == false else {
      return "undo: \(undo.status) \(undo.error)"
    }
    return nil
  }

  @Test("nothing is lost and nobody is locked out, whatever fails and wherever it is killed then")
  func pairs() throws {
    guard strace != nil else {
      return Tool.skip("strace", consequence: "no real call failed before a kill")
    }
    let before = stores(try machine("tried"))
    let sound = try trace([])
    #expect(sound.count > 40)
    var pairs: [Pair] = []
    // Which calls come after a fault, only a run with that fault tells.
    let step = max(1, sound.count * 2 / Self.limit)
    for index in stride(from: 0, to: sound.count, by: step) {
      let fault = sound[index]
      let calls = try trace(injection(fault, what: "error=EIO"))
      guard let place = calls.firstIndex(of: fault) else { continue }
      // One injection for each name is what strace takes.
      pairs += calls[(place + 1)...].filter { $0.name != fault.name }.map {
        Pair(fault: fault, kill: $0)
      }
    }
    let chosen =
      pairs.count <= Self.limit
      ? pairs : (0..<Self.limit).map { pairs[$0 * pairs.count / Self.limit] }
    var failures: [String] = []
    for pair in chosen {
      if let fault = try fault(pair, before: before) {
        failures.append(
          "\(pair.fault.name) \(pair.fault.number) fails, killed at \(pair.kill.name) \(pair.kill.number): \(fault)"
        )
      }
    }
    print("one fault and one kill: \(chosen.count) of \(pairs.count) pairs, \(failures.count) bad")
    #expect(failures.isEmpty, "\(failures.prefix(5))")
  }
}
