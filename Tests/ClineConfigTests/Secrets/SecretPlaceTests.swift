import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("There is one table of secret places")
struct SecretPlaceTests {
  @Test("Cline's schema has every field of an entry that the table names")
  func fields() throws {
    for field in SecretPlaces.providerFields {
      var entry = try JSONDocument(["providers": ["x": ["settings": ["provider": "x"]]]])
      let place = JSONPointer(tokens: ["providers", "x", "settings"] + field.tokens)
      // What the schema knows as text it does not take as a number.
      try entry.set(1, at: place)
      let violations = SettingsFile.providers.verdict(on: entry)
      let all = violations.rejected + violations.dropped.values.flatMap(\.self)
      #expect(all.contains { $0.pointer == place }, "\(field)")
    }
  }

  @Test("every key of secrets.json belongs to one slot, and every one of Cline's is secret")
  func secrets() throws {
    let source = try Fixtures.json("cline-source/cline-keys.json")
    let keys = (source["secretKeys"]?.array ?? []).compactMap(\.string)
    #expect(keys.count >= 46)
    for key in keys {
      #expect(SecretPlaces.hold(JSONPointer(tokens: [JSONKey(key)]), in: .secrets), "\(key)")
    }
    let names = Set(
      ProviderSlot.all.flatMap { [$0.secretKey].compactMap(\.self) + $0.otherSecretKeys })
    let unnamed = names.filter { !SecretName.isField($0) }
    #expect(unnamed == Set(SecretPlaces.otherKeys))
    for name in names {
      let owners = ProviderSlot.all.filter { $0.ownSecretKeys.contains(name) }
      #expect(owners.count == 1, "\(name): \(owners.map(\.sdkID))")
    }
  }

  @Test(
    "a slot whose key is another's shares it",
    arguments: [
      "lmstudio": "anthropic", "vertex": "gemini", "cline-pass": "cline", "qwen-code": "qwen",
    ])
  func shares(id: String, owner: String) throws {
    let slot = try #require(ProviderSlot.slot(sdkID: id))
    #expect(slot.sharesSecret && slot.ownSecretKeys.isEmpty)
    #expect(try #require(ProviderSlot.slot(sdkID: owner)).sharesSecret == false)
  }

  @Test("the table and the slots agree on every place of every provider")
  func slots() {
    for slot in ProviderSlot.all {
      for place in Self.places(of: slot) {
        #expect(slot.isSecretPlace(place.pointer, in: place.file), "\(slot.sdkID) \(place)")
        #expect(SecretPlaces.hold(place.pointer, in: place.file), "\(place)")
        for other in ProviderSlot.all where other.sdkID != slot.sdkID {
          #expect(!other.isSecretPlace(place.pointer, in: place.file), "\(other.sdkID) \(place)")
        }
      }
    }
  }

  /// Every place in which a provider's secrets can stand.
  static func places(of slot: ProviderSlot) -> [StorePlace] {
    var places = slot.ownSecretKeys.flatMap { name in
      [SettingsFile.secrets, .globalState].map {
        StorePlace($0, JSONPointer(tokens: [JSONKey(name)]))
      }
    }
    for id in slot.ids {
      let settings = JSONPointer(tokens: ["providers", JSONKey(id), "settings"])
      for field in SecretPlaces.providerFields {
        let place = JSONPointer(tokens: settings.tokens + field.tokens)
        places.append(
          StorePlace(.providers, field == "/headers" ? place.appending("X-Inv") : place))
      }
    }
    if slot.sdkID == "openai-compatible" {
      places.append(StorePlace(.globalState, "/openAiHeaders/X-Inv"))
    }
    return places
  }

  static let removable: [String] =
    ProviderSlot.all.map(\.sdkID).filter { id in
      ProviderCatalog.bundled.providers.contains { $0.isSettable && $0.slot.sdkID == id }
        || ["bedrock", "vertex", "sapaicore"].contains(id)
    }

  /// A machine on which every place of a slot holds a secret of its own, in a backup too.
  private func machine(_ slot: ProviderSlot) throws -> (SettingsStore, InMemoryFileSystem, [Secret])
  {
    let files = InMemoryFileSystem()
    files.putDirectory("/home/u")
    let host = HostEnvironment.test(files)
    let store = SettingsStore(
      locations: try #require(ClineLocations.find(for: .cli, on: host)), host: host)
    var secrets: [Secret] = []
    for round in 0..<2 {
      var changes = ChangeSet()
      for (index, place) in Self.places(of: slot).enumerated() {
        let secret = Secret("CANARY\(slot.sdkID)round\(round)place\(index)")
        secrets.append(secret)
        changes.set(secret, in: place.file, at: place.pointer)
        guard let entry = SecretPlaces.entry(of: place.pointer) else { continue }
        let base = JSONPointer(tokens: ["providers", JSONKey(entry.id)])
        changes.set(
          .string(entry.id), in: .providers, at: base.appending("settings").appending("provider"))
        changes.set("2026-08-22T20:03:00.000Z", in: .providers, at: base.appending("updatedAt"))
      }
      changes.set("kept", in: .globalState, at: "/mode")
      try store.commit(store.plan(changes, on: store.load()), command: "test")
    }
    return (store, files, secrets)
  }

  private func holding(_ secrets: [Secret], files: InMemoryFileSystem) -> [String] {
    files.files(below: "/home/u").filter { _, bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      return secrets.contains { text.contains($0.reveal()) }
    }.map(\.key).sorted()
  }

  @Test(
    "removal takes every secret of a provider out of every file, and purging out of every copy",
    arguments: removable)
  func removal(id: String) throws {
    let slot = try #require(ProviderSlot.slot(sdkID: id))
    let (store, files, secrets) = try machine(slot)
    #expect(!holding(secrets, files: files).isEmpty)
    let before = store.load()
    #expect(before.secrets(of: slot).count == Self.places(of: slot).count)
    try store.commit(
      store.plan(ProviderRemoval(slot: slot).changes(on: before), on: before), command: "test")
    let copies = holding(secrets, files: files)
    #expect(copies.allSatisfy { $0.contains("/.clinecfg/backups/") }, "\(copies)")
    try store.purgeBackups(of: slot, and: before.secrets(of: slot).map(\.value))
    #expect(holding(secrets, files: files).isEmpty, "\(holding(secrets, files: files))")
    #expect(try store.damagedBackups().isEmpty)
  }

  @Test("purging leaves what the files hold, and takes it out of the copies", arguments: removable)
  func purging(id: String) throws {
    let slot = try #require(ProviderSlot.slot(sdkID: id))
    let (store, files, secrets) = try machine(slot)
    let now = store.load()
    try store.purgeBackups(of: slot)
    let left = holding(secrets, files: files)
    #expect(left.allSatisfy { !$0.contains("/.clinecfg/") }, "\(left)")
    for file in SettingsFile.allCases { #expect(store.load()[file].document == now[file].document) }
  }

  @Test("another provider's secrets stay, in files and copies")
  func others() throws {
    let groq = try #require(ProviderSlot.slot(sdkID: "groq"))
    let (store, files, secrets) = try machine(groq)
    let before = holding(secrets, files: files)
    let bedrock = try #require(ProviderSlot.slot(sdkID: "bedrock"))
    let snapshot = store.load()
    let plan = try store.plan(ProviderRemoval(slot: bedrock).changes(on: snapshot), on: snapshot)
    #expect(plan.isEmpty)
    try store.purgeBackups(of: bedrock)
    #expect(holding(secrets, files: files) == before)
  }
}
