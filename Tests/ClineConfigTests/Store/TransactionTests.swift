import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// A store of four files in memory, and one change of all of them.
struct StoreFixture {
  let files: InMemoryFileSystem
  let store: SettingsStore
  static let paths = [
    "globalState.json", "secrets.json", "settings/providers.json", "settings/models.json",
  ].map { testData + "/" + $0 }

  init(empty: Bool = false) throws {
    files = InMemoryFileSystem()
    if !empty {
      files.put("{\n  \"mode\": \"act\",\n  \"kept\": 1.50\n}", at: Self.paths[0], mode: 0o644)
      files.put("{\"openAiApiKey\":\"k-old\"}", at: Self.paths[1], mode: 0o600)
      files.put("{\"version\":1,\"providers\":{}}\n", at: Self.paths[2], mode: 0o600)
      files.put("{\"version\":1,\"providers\":{}}", at: Self.paths[3], mode: 0o640)
    }
    let host = HostEnvironment.test(files)
    store = SettingsStore(
      locations: try #require(ClineLocations.find(for: .cli, on: host)), host: host)
  }

  var changes: ChangeSet {
    var changes = ChangeSet()
    changes.set("plan", in: .globalState, at: "/mode")
    changes.set("k-new", in: .secrets, at: "/openAiApiKey")
    changes.set("x", in: .providers, at: "/lastUsedProvider")
    changes.set(["models": [:]], in: .models, at: "/providers/x")
    return changes
  }

  func commit() throws -> Backup? {
    try store.commit(store.plan(changes, on: store.load()), command: "test")
  }

  /// What stands at the targets, and what else lies about.
  var targets: [[UInt8]?] { Self.paths.map { files.bytes(at: $0) } }
  var strays: [String] {
    let own = testData + "/.clinecfg/"
    return files.files(below: "/home/u").keys.filter { path in
      guard path.hasPrefix(own) else { return path.contains("/.clinecfg-") }
      return ["lock", ".gitignore", "backups/"].allSatisfy {
        !path.dropFirst(own.count).hasPrefix($0)
      }
        || path.contains(".new/")
    }
  }
}

@Suite("A change of several files happens whole or not at all")
struct TransactionTests {
  static func outcome(empty: Bool, canExchange: Bool) throws -> (
    before: [[UInt8]?], after: [[UInt8]?], calls: Int
  ) {
    let fixture = try StoreFixture(empty: empty)
    fixture.files.plan.canExchange = canExchange
    let before = fixture.targets
    #expect(try fixture.commit() != nil)
    return (before, fixture.targets, fixture.files.calls.count)
  }

  @Test(
    "stopped before any call, the next run leaves all old or all new", arguments: [false, true],
    [true, false])
  func stops(empty: Bool, canExchange: Bool) throws {
    let (before, after, calls) = try Self.outcome(empty: empty, canExchange: canExchange)
    #expect(calls > 25)
    var sides: Set<Bool> = []
    for call in 0..<calls {
      let fixture = try StoreFixture(empty: empty)
      fixture.files.plan.stopsBefore = call
      fixture.files.plan.canExchange = canExchange
      #expect(throws: StoreError.self) { try fixture.commit() }
      fixture.files.restart()
      for path in StoreFixture.paths {
        if let text = fixture.files.bytes(at: path) { _ = try JSONDocument(parsing: text) }
      }
      try fixture.store.recover()
      let now = fixture.targets
      let note = Comment(rawValue: "stopped before call \(call)")
      #expect(now == before || now == after, note)
      #expect(fixture.strays.isEmpty, note)
      sides.insert(now == after)
      // A second recovery has nothing to do, and the change can be made or taken back.
      fixture.files.restart()
      try fixture.store.recover()
      #expect(fixture.files.calls.isEmpty, note)
      if now == after {
        let undo = try #require(try fixture.store.planUndo(on: fixture.store.load()), note)
        try fixture.store.commit(undo.plan, command: "undo")
      } else {
        #expect(try fixture.commit() != nil, note)
        #expect(fixture.targets == after, note)
      }
    }
    #expect(sides == [true, false])
  }

  @Test("stopped within a recovery, the next one finishes it", arguments: [false, true])
  func stopsTwice(canExchange: Bool) throws {
    let (before, after, calls) = try Self.outcome(empty: false, canExchange: canExchange)
    for first in stride(from: 0, to: calls, by: 3) {
      for second in 0..<30 {
        let fixture = try StoreFixture()
        fixture.files.plan.stopsBefore = first
        fixture.files.plan.canExchange = canExchange
        #expect(throws: StoreError.self) { try fixture.commit() }
        fixture.files.restart()
        fixture.files.plan.stopsBefore = second
        fixture.files.plan.canExchange = canExchange
        _ = try? fixture.store.recover()
        fixture.files.restart()
        try fixture.store.recover()
        let now = fixture.targets
        #expect(now == before || now == after, "stopped before \(first), then \(second)")
        #expect(fixture.strays.isEmpty, "stopped before \(first), then \(second)")
      }
    }
  }

  @Test(
    "any failing call leaves all old or all new, says so, and leaves nothing lying about",
    arguments: [false, true])
  func failures(empty: Bool) throws {
    let (before, after, calls) = try Self.outcome(empty: empty, canExchange: true)
    for call in 0..<calls {
      for code in [FileSystemError.Code.inputOutput, .noSpace, .accessDenied, .readOnly] {
        let fixture = try StoreFixture(empty: empty)
        fixture.files.plan.failures = [call: code]
        let note = Comment(rawValue: "call \(call) fails with \(code)")
        do {
          _ = try fixture.commit()
          #expect(fixture.targets == after, note)
        } catch let error as StoreError {
          #expect(error.cause != nil || error.code == .unfinished, note)
          #expect(!error.description.contains("k-new"), note)
          if error.code == .unconfirmed || error.code == .unfinished {
            fixture.files.restart()
            try fixture.store.recover()
            #expect(fixture.targets == after || fixture.targets == before, note)
          } else {
            #expect(fixture.targets == before, note)
          }
        }
        fixture.files.restart()
        try fixture.store.recover()
        #expect(fixture.strays.isEmpty, note)
      }
    }
  }

  @Test("a foreign write at any moment is kept, and our change is made on top of it")
  func foreignWrites() throws {
    for canExchange in [true, false] {
      let (_, _, calls) = try Self.outcome(empty: false, canExchange: canExchange)
      for call in 0..<calls {
        let fixture = try StoreFixture()
        fixture.files.plan.canExchange = canExchange
        fixture.files.plan.interruptions = [
          call: {
            $0.put("{\n  \"mode\": \"act\",\n  \"foreign\": true\n}", at: StoreFixture.paths[0])
          }
        ]
        _ = try fixture.commit()
        let target = StoreFixture.paths[0]
        if !canExchange, fixture.files.calls[call] == "rename \(target)" {
          continue  // The one gap that POSIX leaves where two names cannot be swapped.
        }
        let note = Comment(rawValue: "foreign write before call \(call), exchange \(canExchange)")
        let now = try JSONDocument(
          parsing: try #require(fixture.files.bytes(at: StoreFixture.paths[0])))
        let everything = fixture.files.files(below: "/home/u").values
        // Either our values stand on top of it, or it came after ours and stands as it is.
        #expect(now["/foreign"] == true, note)
        #expect(now["/mode"] == "plan" || now["/mode"] == "act", note)
        #expect(
          everything.contains { String(decoding: $0, as: UTF8.self).contains("foreign") }, note)
        #expect(fixture.strays.isEmpty, note)
        #expect(
          fixture.files.text(at: StoreFixture.paths[1]) == "{\"openAiApiKey\":\"k-new\"}", note)
      }
    }
  }

  @Test("a foreign write to the very value refuses the change and changes nothing")
  func foreignToTheSameValue() throws {
    let fixture = try StoreFixture()
    let plan = try fixture.store.plan(fixture.changes, on: fixture.store.load())
    fixture.files.put("{\"openAiApiKey\":\"k-other\"}", at: StoreFixture.paths[1], mode: 0o600)
    let before = fixture.targets
    let error = #expect(throws: StoreError.self) { try fixture.store.commit(plan, command: "test") }
    #expect(error?.code == .changedOnDisk)
    #expect(fixture.targets == before)
    #expect(fixture.strays.isEmpty)
  }

  @Test("a foreign write after a crash survives the recovery, with our change on top")
  func foreignAfterCrash() throws {
    let (_, after, calls) = try Self.outcome(empty: false, canExchange: true)
    for call in 0..<calls {
      let fixture = try StoreFixture()
      fixture.files.plan.stopsBefore = call
      #expect(throws: StoreError.self) { try fixture.commit() }
      fixture.files.restart()
      let foreign = "{\n  \"mode\": \"act\",\n  \"foreign\": true\n}"
      fixture.files.put(foreign, at: StoreFixture.paths[0])
      try fixture.store.recover()
      let now = try JSONDocument(
        parsing: try #require(fixture.files.bytes(at: StoreFixture.paths[0])))
      #expect(now["/foreign"] == true, "call \(call)")
      #expect(fixture.strays.isEmpty)
      #expect(Set([fixture.targets[1], fixture.targets[2]]).count == 2)
      #expect(fixture.targets[1] == after[1] || now.bytes == Array(foreign.utf8), "call \(call)")
    }
  }

  @Test("one value of a large file is set, taken back and put again, to the byte")
  func large() throws {
    let fixture = try StoreFixture()
    let text = String(repeating: "x", count: 2 << 20)
    let before = "{\n  \"mode\": \"act\",\n  \"text\": \"\(text)\",\n  \"last\": [1]\n}"
    fixture.files.put(before, at: StoreFixture.paths[0])
    for (pointer, value) in [
      ("/mode", "plan"), ("/new", ["a": [1]]), ("/text", nil), ("/a/b", true), ("/last/0", 2),
    ] as [(JSONPointer, JSONValue?)] {
      var document = try JSONDocument(parsing: Array(before.utf8))
      if let value {
        try document.set(value, at: pointer)
      } else {
        try document.remove(at: pointer)
      }
      var changes = ChangeSet()
      if let value {
        changes.set(value, in: .globalState, at: pointer)
      } else {
        changes.remove(from: .globalState, at: pointer)
      }
      let plan = try fixture.store.plan(changes, on: fixture.store.load())
      #expect(plan.files.map(\.bytesAfter) == [document.bytes])
      let backup = try #require(try fixture.store.commit(plan, command: "test"))
      #expect(fixture.targets[0] == document.bytes)
      #expect(try fixture.store.contents(ofBackup: backup.id).files[0].after == document.bytes)
      let undo = try #require(try fixture.store.planUndo(on: fixture.store.load()))
      try fixture.store.commit(undo.plan, command: "undo")
      #expect(fixture.files.text(at: StoreFixture.paths[0]) == before)
    }
  }

  @Test("nothing is called when nothing differs")
  func noChange() throws {
    let fixture = try StoreFixture()
    _ = try fixture.commit()
    fixture.files.restart()
    #expect(try fixture.commit() == nil)
    #expect(fixture.files.calls.isEmpty)
  }

  @Test("modes are kept, secrets tightened, new files private, links followed")
  func modesAndLinks() throws {
    let fixture = try StoreFixture()
    fixture.files.put("{}", at: "/elsewhere/real.json", mode: 0o640)
    fixture.files.putLink("/elsewhere/link.json", at: StoreFixture.paths[0])
    fixture.files.putLink("real.json", at: "/elsewhere/link.json")
    fixture.files.put("{}", at: StoreFixture.paths[1], mode: 0o644)
    _ = try fixture.commit()
    #expect(fixture.files.mode(at: StoreFixture.paths[1]) == 0o600)
    #expect(fixture.files.mode(at: StoreFixture.paths[3]) == 0o640)
    #expect(fixture.files.mode(at: "/elsewhere/real.json") == 0o640)
    #expect(fixture.files.text(at: "/elsewhere/real.json")?.contains("plan") == true)
    #expect(
      fixture.files.files(below: testData)[StoreFixture.paths[0]]
        == Array("-> /elsewhere/link.json".utf8))
    for (path, _) in fixture.files.files(below: testData + "/.clinecfg") {
      #expect(fixture.files.mode(at: path) == 0o600, "\(path)")
    }
    let fresh = try StoreFixture(empty: true)
    _ = try fresh.commit()
    for path in StoreFixture.paths { #expect(fresh.files.mode(at: path) == 0o600) }
  }

  @Test("a held lock is waited for, and then named")
  func busy() throws {
    let fixture = try StoreFixture()
    _ = try fixture.commit()
    let lock = try fixture.files.lock(fixture.store.state.lock)
    var changes = ChangeSet()
    changes.set("act", in: .globalState, at: "/mode")
    let error = #expect(throws: StoreError.self) {
      try fixture.store.commit(
        fixture.store.plan(changes, on: fixture.store.load()), command: "test")
    }
    #expect(error?.code == .busy)
    withExtendedLifetime(lock) {}
  }

  @Test("protected files are respected")
  func protected() throws {
    let fixture = try StoreFixture()
    fixture.files.put("{}", at: StoreFixture.paths[0], mode: 0o444)
    #expect(throws: StoreError.self) { try fixture.commit() }
    let linked = try StoreFixture()
    let path = try #require(AbsolutePath(StoreFixture.paths[0]))
    try linked.files.link(path, to: path.parent.appending("second.json"))
    let error = #expect(throws: StoreError.self) { try linked.commit() }
    #expect(error?.code == .protected)
  }

  @Test(
    "a store that Cline could not read stops every change, with its place",
    arguments: [
      ("globalState.json", "{\n  \"a\": 1,\n}", "expected a key at line 3, column 1"),
      ("secrets.json", "", "the file is empty (0 bytes)"),
      ("secrets.json", "\u{FEFF}{}", "unexpected byte order mark at line 1, column 1"),
      ("settings/providers.json", "{\"version\":2,\"providers\":{}}", "/version: expected 1"),
      ("settings/providers.json", "[]", "the whole document: expected an object"),
      ("settings/models.json", "null", "the whole document: expected an object"),
    ])
  func broken(path: String, text: String, message: String) throws {
    let fixture = try StoreFixture()
    fixture.files.put(text, at: testData + "/" + path)
    let before = fixture.targets
    let error = #expect(throws: StoreError.self) { try fixture.commit() }
    #expect(error?.code == .malformed)
    #expect(error?.description.contains(testData + "/" + path) == true)
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(fixture.targets == before && fixture.files.calls.isEmpty)
  }
}
