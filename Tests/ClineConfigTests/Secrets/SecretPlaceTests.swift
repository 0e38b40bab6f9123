import TestSupport
import Testing

@testable import ClineConfig

@Suite("There is one table of secret places")
struct SecretPlaceTests {
  @Test("the fields of an entry are those that are typed as secrets")
  func fields() throws {
    let recorder = TypeRecorder()
    _ = try? ProviderSettings(from: recorder)
    // A set of headers is one place in the table.
    let typed = Set(recorder.secrets.map { $0 == "/headers/x" ? "/headers" : $0 })
    #expect(typed == Set(SecretPlaces.providerFields.map(\.description)))
  }

  @Test("every key of secrets.json belongs to one slot, and every typed one is secret")
  func secrets() throws {
    let recorder = TypeRecorder()
    _ = try? Secrets(from: recorder)
    #expect(recorder.secrets.count >= 46)
    for place in recorder.secrets {
      #expect(SecretPlaces.hold(try #require(JSONPointer(place)), in: .secrets))
    }
    for name in ProviderSlot.secretKeys {
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

  private func holding(_ secrets: [Secret], _ files: InMemoryFileSystem) -> [String] {
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
    #expect(!holding(secrets, files).isEmpty)
    let before = store.load()
    #expect(before.secrets(of: slot).count == Self.places(of: slot).count)
    try store.commit(
      store.plan(ProviderRemoval(slot: slot).changes(on: before), on: before), command: "test")
    let copies = holding(secrets, files)
    #expect(copies.allSatisfy { $0.contains("/.clinecfg/backups/") }, "\(copies)")
    try store.purgeBackups(of: slot, and: before.secrets(of: slot).map(\.value))
    #expect(holding(secrets, files).isEmpty, "\(holding(secrets, files))")
    #expect(try store.damagedBackups().isEmpty)
  }

  @Test("purging leaves what the files hold, and takes it out of the copies", arguments: removable)
  func purging(id: String) throws {
    let slot = try #require(ProviderSlot.slot(sdkID: id))
    let (store, files, secrets) = try machine(slot)
    let now = store.load()
    try store.purgeBackups(of: slot)
    let left = holding(secrets, files)
    #expect(left.allSatisfy { !$0.contains("/.clinecfg/") }, "\(left)")
    for file in SettingsFile.allCases { #expect(store.load()[file].document == now[file].document) }
  }

  @Test("another provider's secrets stay, in files and copies")
  func others() throws {
    let groq = try #require(ProviderSlot.slot(sdkID: "groq"))
    let (store, files, secrets) = try machine(groq)
    let before = holding(secrets, files)
    let bedrock = try #require(ProviderSlot.slot(sdkID: "bedrock"))
    let snapshot = store.load()
    let plan = try store.plan(ProviderRemoval(slot: bedrock).changes(on: snapshot), on: snapshot)
    #expect(plan.isEmpty)
    try store.purgeBackups(of: bedrock)
    #expect(holding(secrets, files) == before)
  }
}

/// Learns of a type which of its fields are secrets: a decoder that offers every field, and nothing in it.
private final class TypeRecorder: Decoder {
  var codingPath: [any CodingKey] = []
  var userInfo: [CodingUserInfoKey: Any] = [:]
  private final class Found { var secrets: [String] = [] }
  private let found: Found
  var secrets: [String] { found.secrets }

  init() { found = Found() }
  private init(_ found: Found, _ path: [any CodingKey]) {
    self.found = found
    codingPath = path
  }

  private func note(_ path: [any CodingKey]) {
    let place = path.map { "/" + $0.stringValue }.joined()
    if !found.secrets.contains(place) { found.secrets.append(place) }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(Container<Key>(decoder: self))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Stop() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Stop() }
  private struct Stop: Error {}

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private struct Container<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: TypeRecorder
    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { Key(stringValue: "x").map { [$0] } ?? [] }
    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { false }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
      let path = codingPath + [key]
      if type == Secret.self {
        decoder.note(path)
        return try value(Secret("") as? T)
      }
      switch type {
      case is String.Type: return try value("" as? T)
      case is Int.Type: return try value(0 as? T)
      case is Double.Type: return try value(0.0 as? T)
      case is Bool.Type: return try value(false as? T)
      case is [String].Type: return try value([String]() as? T)
      case is [String: JSONValue].Type: return try value([String: JSONValue]() as? T)
      default: return try T(from: TypeRecorder(decoder.found, path))
      }
    }
    private func value<T>(_ value: T?) throws -> T {
      guard let value else { throw Stop() }
      return value
    }
    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw Stop() }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      throw Stop()
    }
    func superDecoder() throws -> any Decoder { throw Stop() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw Stop() }
  }
}
