import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("A change can be taken back")
struct UndoTests {
  func undo(_ fixture: StoreFixture) throws -> [StoreEdit]? {
    guard let undo = try fixture.store.planUndo(on: fixture.store.load()) else { return nil }
    try fixture.store.commit(undo.plan, command: "undo")
    return undo.kept
  }

  @Test("byte for byte, with modes", arguments: [false, true])
  func exact(empty: Bool) throws {
    let fixture = try StoreFixture(empty: empty)
    let before = fixture.targets
    let modes = StoreFixture.paths.map { fixture.files.mode(at: $0) }
    _ = try fixture.commit()
    #expect(fixture.targets != before)
    #expect(try undo(fixture) == [])
    #expect(fixture.targets == before)
    #expect(StoreFixture.paths.map { fixture.files.mode(at: $0) } == modes)
    #expect(try undo(fixture) == nil)
  }

  @Test("one change further back each time, and forward again by restoring")
  func history() throws {
    let fixture = try StoreFixture()
    var states = [fixture.targets]
    for mode in ["plan", "act", "plan"] {
      var changes = ChangeSet()
      changes.set(.string(mode), in: .globalState, at: "/mode")
      changes.set(.string("k-\(states.count)"), in: .secrets, at: "/openAiApiKey")
      try fixture.store.commit(
        fixture.store.plan(changes, on: fixture.store.load()), command: "test")
      states.append(fixture.targets)
    }
    for state in states.dropLast().reversed() {
      #expect(try undo(fixture) == [])
      #expect(fixture.targets == state)
    }
    #expect(try undo(fixture) == nil)
    // The undo's own backup holds what it took away.
    let newest = try #require(try fixture.store.backups().first)
    let plan = try fixture.store.planRestore(of: newest.id, on: fixture.store.load())
    try fixture.store.commit(plan, command: "restore")
    #expect(fixture.targets == states[1])
    #expect(try undo(fixture) == [])
    #expect(fixture.targets == states[0])
  }

  @Test("with foreign edits in between only ours go")
  func foreignEdits() throws {
    let fixture = try StoreFixture()
    _ = try fixture.commit()
    fixture.files.put(
      "{\n  \"mode\": \"plan\",\n  \"kept\": 1.50,\n  \"foreign\": [1]\n}",
      at: StoreFixture.paths[0])
    fixture.files.put("{\"openAiApiKey\":\"k-foreign\"}", at: StoreFixture.paths[1], mode: 0o600)
    let kept = try #require(try undo(fixture))
    #expect(kept.map(\.pointer) == ["/openAiApiKey"])
    #expect(
      fixture.files.text(at: StoreFixture.paths[0])
        == "{\n  \"mode\": \"act\",\n  \"kept\": 1.50,\n  \"foreign\": [1]\n}")
    #expect(fixture.files.text(at: StoreFixture.paths[1]) == "{\"openAiApiKey\":\"k-foreign\"}")
  }

  @Test("a damaged backup is refused, and nothing is changed")
  func damaged() throws {
    let fixture = try StoreFixture()
    let backup = try #require(try fixture.commit())
    let after = fixture.targets
    fixture.files.put("{}", at: "\(testData)/.clinecfg/backups/\(backup.id)/1", mode: 0o600)
    #expect(throws: StoreError.self) { try undo(fixture) }
    #expect(throws: StoreError.self) {
      try fixture.store.planRestore(of: "none", on: fixture.store.load())
    }
    #expect(fixture.targets == after)
  }

  @Test("random histories come back step by step")
  func randomHistories() throws {
    let seed = UInt64.random(in: 0..<UInt64.max)
    var random = RandomJSON(seed: seed)
    for round in 0..<60 {
      let fixture = try StoreFixture(empty: Bool.random(using: &random.generator))
      var states = [fixture.targets]
      for _ in 0..<Int.random(in: 1..<6, using: &random.generator) {
        var changes = ChangeSet()
        for _ in 0..<Int.random(in: 1..<4, using: &random.generator) {
          let pointer = JSONPointer.root.appending(random.key())
          if Bool.random(using: &random.generator) {
            changes.set(random.value(depth: 2), in: .globalState, at: pointer)
          } else {
            changes.remove(from: .globalState, at: pointer)
          }
          changes.set(.string(random.text()), in: .secrets, at: "/openAiApiKey")
        }
        let plan = try fixture.store.plan(changes, on: fixture.store.load())
        if try fixture.store.commit(plan, command: "test") != nil { states.append(fixture.targets) }
      }
      for state in states.dropLast().reversed() {
        #expect(try undo(fixture) == [], "seed \(seed), round \(round)")
        #expect(fixture.targets == state, "seed \(seed), round \(round)")
      }
      #expect(try undo(fixture) == nil)
    }
  }

  @Test("an interrupted change goes forward or back as asked")
  func recoverModes() throws {
    func interrupted() throws -> StoreFixture {
      let fixture = try StoreFixture()
      let exchange = try #require(
        try {
          let probe = try StoreFixture()
          _ = try probe.commit()
          return probe.files.calls.firstIndex { $0.hasPrefix("exchange") }
        }())
      fixture.files.plan.stopsBefore = exchange + 3
      #expect(throws: StoreError.self) { try fixture.commit() }
      fixture.files.restart()
      return fixture
    }
    let back = try interrupted()
    let before = try StoreFixture().targets
    #expect(back.targets != before && back.store.hasPending)
    try back.store.recover(.back)
    #expect(back.targets == before && back.strays.isEmpty && !back.store.hasPending)

    let removed = try interrupted()
    try removed.files.remove(try #require(AbsolutePath(StoreFixture.paths[0])))
    try removed.store.recover(.forward)
    #expect(removed.files.text(at: StoreFixture.paths[0])?.contains("plan") == true)
    #expect(removed.strays.isEmpty)

    // By itself it goes the way that respects what somebody did since.
    let respected = try interrupted()
    try respected.files.remove(try #require(AbsolutePath(StoreFixture.paths[0])))
    #expect(try respected.store.recover().kept.map(\.description) == [StoreFixture.paths[0]])
    #expect(respected.targets == [nil] + before.dropFirst() && respected.strays.isEmpty)
  }

  @Test("a damaged backup is in no other's way: it is skipped and named")
  func skipsDamaged() throws {
    let fixture = try StoreFixture()
    let before = fixture.targets
    _ = try fixture.commit()
    let first = fixture.targets
    var ids: [String] = []
    for mode in ["act", "plan"] {
      var changes = ChangeSet()
      changes.set(.string(mode), in: .globalState, at: .root.appending(JSONKey("other-\(mode)")))
      let plan = try fixture.store.plan(changes, on: fixture.store.load())
      ids.append(try #require(try fixture.store.commit(plan, command: "test")).id)
    }
    let folder = testData + "/.clinecfg/backups/"
    fixture.files.put("{}", at: folder + ids[0] + "/0", mode: 0o600)
    fixture.files.put("{}", at: folder + ids[1] + "/record.json", mode: 0o600)
    let undo = try #require(try fixture.store.planUndo(on: fixture.store.load()))
    #expect(Set(undo.skipped) == Set(ids))
    try fixture.store.commit(undo.plan, command: "undo")
    // Of the file that has changed since, our values alone; of the others all.
    #expect(fixture.targets.dropFirst() == before.dropFirst() && fixture.targets != first)
    let state = try JSONDocument(parsing: try #require(fixture.targets[0]))
    #expect(state["/mode"] == "act" && state["/other-plan"] == "plan")
  }
}
