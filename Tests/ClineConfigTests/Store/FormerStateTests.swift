import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// What clinecfg 0.1 left: three changes that can be taken back, and one that was interrupted between
/// its first and its second swap.
@Suite("Backups and journals of clinecfg 0.1 stay readable")
struct FormerStateTests {
  static let ids = [
    "20261126T074111Z-747c1416", "20261126T074111Z-2ff5e5ed", "20261126T074111Z-fe4df3f7",
  ]

  let files = InMemoryFileSystem()
  let store: SettingsStore
  let data: String

  init() throws { try self.init(home: "/home/u") }

  init(home: String, isPending: Bool = true) throws {
    data = home + "/.cline/data"
    let root = Fixtures.root.appending(path: "Fixtures/state/clinecfg-0.1")
    for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
      guard let bytes = FileManager.default.contents(atPath: root.appending(path: path).path) else {
        continue
      }
      if !isPending, path.contains("pending") || path.contains(".tmp") { continue }
      let place = path.hasPrefix("clinecfg/") ? "." + path : path
      files.put(
        Array(bytes), at: data + "/" + place, mode: path == "globalState.json" ? 0o644 : 0o600)
    }
    store = SettingsStore(
      locations: ClineLocations(
        dataDirectory: try #require(AbsolutePath(data))), host: .test(files))
  }

  var stores: [String?] {
    ["globalState.json", "secrets.json", "settings/providers.json"].map {
      files.text(at: data + "/" + $0)
    }
  }

  @Test("an interrupted change is finished", arguments: ["/home/u", "/home/another"])
  func finishes(home: String) throws {
    let state = try FormerStateTests(home: home)
    #expect(state.store.hasPending)
    #expect(try state.store.recover().finished == ["20261126T074111Z-51633e76"])
    #expect(state.stores[0]?.contains("m-3") == true && state.stores[2]?.contains("m-3") == true)
    #expect(state.stores[1]?.contains("invented-key-0001") == true)
    #expect(!state.store.hasPending)
    let left = state.files.files(below: home).keys.filter {
      $0.contains("/.clinecfg-") || $0.contains("/pending")
    }
    #expect(left.isEmpty, "\(left)")
    #expect(!state.files.files(below: "/").keys.contains { !$0.hasPrefix(home + "/") })
  }

  @Test("an interrupted change is taken back when asked")
  func takesBack() throws {
    #expect(try store.recover(.back).takenBack == ["20261126T074111Z-51633e76"])
    #expect(stores[0]?.contains("m-2") == true && stores[2]?.contains("m-2") == true)
    #expect(stores[1]?.contains("invented-key-0002") == true)
  }

  @Test("every change comes back, to the first byte", arguments: ["/home/u", "/home/another"])
  func undoes(home: String) throws {
    let state = try FormerStateTests(home: home, isPending: false)
    #expect(try state.store.backups().map(\.id) == Self.ids.reversed())
    #expect(try state.store.damagedBackups().isEmpty)
    for id in Self.ids.reversed() {
      let undo = try #require(try state.store.planUndo(on: state.store.load()))
      #expect(undo.backup.id == id && undo.kept.isEmpty && undo.skipped.isEmpty)
      try state.store.commit(undo.plan, command: "undo")
    }
    #expect(try state.store.planUndo(on: state.store.load()) == nil)
    #expect(state.stores == ["{\n  \"mode\": \"act\",\n  \"kept\": 1.50\n}", nil, nil])
  }

  @Test("beside another program's values only our own go back")
  func merges() throws {
    let state = try FormerStateTests(home: "/home/u", isPending: false)
    let text = try #require(state.stores[0])
    state.files.put(
      text.replacingOccurrences(of: "\"kept\"", with: "\"foreign\": true,\n  \"kept\""),
      at: data + "/globalState.json")
    let undo = try #require(try state.store.planUndo(on: state.store.load()))
    try state.store.commit(undo.plan, command: "undo")
    #expect(state.stores[0]?.contains("\"foreign\": true") == true)
    #expect(state.stores[0]?.contains("m-1") == true && state.stores[0]?.contains("m-2") == false)
  }

  @Test("what each changed is told, and keys can be purged")
  func purges() throws {
    let state = try FormerStateTests(home: "/home/u", isPending: false)
    let contents = try state.store.contents(ofBackup: Self.ids[2])
    #expect(contents.files.map(\.file) == [.secrets, .providers, .globalState])
    #expect(contents.files[0].changes.map(\.pointer) == ["/openAiApiKey"])
    let rewritten = try state.store.purgeBackups { _, pointer, _ in
      ["openAiApiKey", "apiKey"].contains(pointer.tokens.last?.text)
    }
    #expect(Set(rewritten.map(\.id)) == [Self.ids[0], Self.ids[2]])
    let copies = state.files.files(below: data + "/.clinecfg")
    #expect(
      !copies.values.contains { String(decoding: $0, as: UTF8.self).contains("invented-key") })
    #expect(try state.store.damagedBackups().isEmpty)
    let plan = try state.store.planRestore(of: Self.ids[2], on: state.store.load())
    try state.store.commit(plan, command: "restore")
    #expect(state.stores[2]?.contains("m-1") == true && state.stores[1] == "{}")
  }

  @Test(
    "a copy that was damaged meanwhile is not published, and nothing is touched without a way out")
  func damaged() throws {
    let pending = data + "/.clinecfg/pending/20261126T074111Z-51633e76/"
    let before = stores
    // The staged file is gone, too: the new version is nowhere, so the change is taken back.
    try files.remove(
      try #require(AbsolutePath(data + "/.clinecfg-a8cf239a21e9a6b2d782627051633e76-2.tmp")))
    files.put("{\"torn", at: pending + "2.after", mode: 0o600)
    #expect(try store.recover().takenBack.count == 1)
    #expect(stores[1]?.contains("invented-key-0002") == true && stores[0] == before[0])

    // Neither side of one is at hand.
    let stuck = try FormerStateTests(home: "/home/u")
    for name in ["0.before", "2.after"] { stuck.files.put("torn", at: pending + name, mode: 0o600) }
    for name in [
      ".clinecfg-a8cf239a21e9a6b2d782627051633e76-0.tmp",
      ".clinecfg-a8cf239a21e9a6b2d782627051633e76-2.tmp",
    ] {
      try stuck.files.remove(try #require(AbsolutePath(data + "/" + name)))
    }
    let error = #expect(throws: StoreError.self) { try stuck.store.recover() }
    #expect(error?.code == .unfinished)
    #expect(error?.help?.description.contains("mv /home/u/.cline/data/.clinecfg/pending/") == true)
    #expect(stuck.stores == before)
  }
}
