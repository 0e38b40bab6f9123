import ClineConfig
import LosslessJSON

extension CrashProof {
  static let old: [(String, String, UInt16)] = [
    ("globalState.json", "{\n  \"mode\": \"act\",\n  \"kept\": 1.50\n}", 0o644),
    ("secrets.json", "{\"openAiApiKey\":\"k-old\",\"other\":\"kept\"}", 0o600),
    ("settings/providers.json", "{\"version\":1,\"providers\":{}}\n", 0o600),
    ("settings/models.json", "{\"version\":1,\"providers\":{}}", 0o640),
  ]

  private static func changes(_ count: Int, suffix: String = "new") -> ChangeSet {
    var changes = ChangeSet()
    changes.set(.string("plan-" + suffix), in: .globalState, at: "/mode")
    if count > 1 { changes.set(.string("k-" + suffix), in: .secrets, at: "/openAiApiKey") }
    if count > 2 {
      changes.set(.string("x-" + suffix), in: .providers, at: "/lastUsedProvider")
      changes.set(["models": [:]], in: .models, at: "/providers/x")
    }
    return changes
  }

  private static func removals(_ count: Int) -> ChangeSet {
    var changes = ChangeSet()
    changes.removesReferencesFirst = true
    changes.remove(from: .globalState, at: "/mode")
    if count > 1 { changes.remove(from: .secrets, at: "/openAiApiKey") }
    return changes
  }

  @Sendable private static func putOld(_ disk: SimulatedDisk) {
    for (path, text, mode) in old {
      disk.put(Array(text.utf8), at: testData + "/" + path, mode: mode, synced: true)
    }
  }

  private static func commit(_ changes: ChangeSet) -> @Sendable (SettingsStore) throws -> Void {
    { store in try store.commit(store.plan(changes, on: store.load()), command: "test") }
  }

  @Sendable private static func undo(_ store: SettingsStore) throws {
    guard let undo = try store.planUndo(on: store.load()) else { return }
    try store.commit(undo.plan, command: "undo")
  }

  @Sendable private static func putApart(_ disk: SimulatedDisk) {
    putOld(disk)
    disk.put(Array(old[0].1.utf8), at: home + "/dotfiles/state.json", synced: true)
    disk.putLink(home + "/dotfiles/state.json", at: targets[0])
  }

  /// Fourteen changes, on file systems that can swap two names and on those that cannot.
  package static let scenarios: [Scenario] = [true, false].flatMap { canExchange -> [Scenario] in
    func scenario(
      _ name: String, _ setUp: @escaping @Sendable (SimulatedDisk) -> Void,
      _ act: @escaping @Sendable (SettingsStore) throws -> Void, mounts: [String] = []
    ) -> Scenario {
      Scenario(
        name: name + (canExchange ? "" : ", without exchange"), canExchange: canExchange,
        mounts: mounts, setUp: setUp, act: act)
    }
    return [
      scenario("edit of one file", putOld, commit(changes(1))),
      scenario("edit of two files", putOld, commit(changes(2))),
      scenario("edit of four files", putOld, commit(changes(4))),
      scenario("removal from one file", putOld, commit(removals(1))),
      scenario("removal from two files", putOld, commit(removals(2))),
      scenario(
        "the very first run", { $0.put([], at: home + "/x", synced: true) }, commit(changes(4))),
      scenario(
        "two new files beside an old one",
        { disk in
          disk.put(Array(old[0].1.utf8), at: targets[0], synced: true)
        }, commit(changes(4))),
      scenario(
        "a linked store",
        { disk in
          putOld(disk)
          disk.put(Array(old[0].1.utf8), at: home + "/dotfiles/state.json", synced: true)
          disk.putLink(home + "/dotfiles/state.json", at: targets[0])
        }, commit(changes(2))),
      scenario(
        "a chain of links",
        { disk in
          putOld(disk)
          disk.put(
            Array(old[1].1.utf8), at: home + "/dotfiles/keys.json", mode: 0o600, synced: true)
          disk.putLink("keys.json", at: home + "/dotfiles/link.json")
          disk.putLink(home + "/dotfiles/link.json", at: targets[1])
        }, commit(changes(4))),
      scenario(
        "secrets that others could read",
        { disk in
          putOld(disk)
          disk.put(Array(old[1].1.utf8), at: targets[1], mode: 0o644, synced: true)
        }, commit(changes(2))),
      scenario(
        "undo of an edit",
        { disk in
          putOld(disk)
          _ = try? commit(changes(4))(store(on: disk))
        }, undo),
      scenario(
        "undo of the very first run",
        { disk in
          disk.put([], at: home + "/x", synced: true)
          _ = try? commit(changes(4))(store(on: disk))
        }, undo),
      scenario(
        "a store on another file system", putApart, commit(changes(4)),
        mounts: [home + "/dotfiles", testData + "/settings"]),
      scenario(
        "undo on another file system",
        { disk in
          putApart(disk)
          try? disk.remove(AbsolutePath(targets[2]) ?? .root)
          _ = try? commit(changes(4))(store(on: disk))
        }, undo, mounts: [home + "/dotfiles", testData + "/settings"]),
    ]
  }

  /// Scenarios by name, on file systems that can swap two names and on those that cannot.
  package static func scenarios(named names: String...) -> [Scenario] {
    scenarios.filter { scenario in
      names.contains { scenario.name == $0 || scenario.name == $0 + ", without exchange" }
    }
  }
}
