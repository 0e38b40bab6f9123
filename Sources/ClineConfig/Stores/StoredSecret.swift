import LosslessJSON

/// A secret and where it stands.
package struct StoredSecret: Hashable, Sendable {
  /// Where.
  package let place: StorePlace
  /// What.
  package let value: Secret
}

extension Secret {
  /// Whether an equal value elsewhere is this secret and not a common word.
  var isTelling: Bool { reveal().utf8.count >= 8 && !Placeholder.isOne(reveal()) }
}

extension Snapshot {
  /// The secrets of one provider.
  package func secrets(of slot: ProviderSlot) -> [StoredSecret] {
    secrets.filter { slot.isSecretPlace($0.place.pointer, in: $0.place.file) }
  }

  /// Every place where one of these values stands, whatever the place is for.
  package func places(of values: [Secret]) -> [StorePlace] {
    let values = Set(values.filter(\.isTelling).map { $0.reveal() })
    guard !values.isEmpty else { return [] }
    return locations.files.flatMap { self[$0].places(of: values, in: $0) }
  }

  /// Every secret of these files, by the table of places.
  package var secrets: [StoredSecret] { locations.files.flatMap { self[$0].secrets(of: $0) } }
}

extension StoreReading {
  func places(of values: Set<String>, in file: SettingsFile) -> [StorePlace] {
    guard let document else { return [] }
    var found: [StorePlace] = []
    var walk = JSONWalk(document)
    while walk.nextString() != nil {
      let text = walk.text
      if values.contains(where: { text.contains($0) }) {
        found.append(StorePlace(file, walk.pointer))
      }
    }
    return found
  }

  /// Every secret of this file, by the table of places.
  func secrets(of file: SettingsFile) -> [StoredSecret] {
    guard let document else { return [] }
    guard file == .globalState else {
      return Self.secrets(document.root, at: .root, of: file, isInside: false)
    }
    // Years of use make it large: only what may hold one is made a value.
    guard document.isObject else { return [] }
    let keys = document.members(of: 0).filter { member in
      let name = document.characters(at: member.key)
      return SecretName.isField(name) || Self.otherNames.contains { name.elementsEqual($0) }
    }.map { document.key(at: $0.key) }
    return Set(keys).flatMap { key -> [StoredSecret] in
      let place = JSONPointer(tokens: [key])
      return document[place].map {
        Self.secrets($0, at: place, of: file, isInside: SecretPlaces.hold(place, in: file))
      } ?? []
    }
  }

  /// What may hold a secret and is not called one.
  private static let otherNames: [[UInt8]] =
    (["openAiHeaders"] + SecretPlaces.otherKeys).map { Array($0.utf8) }

  /// The same of a part of it.
  static func secrets(
    _ value: JSONValue, at pointer: JSONPointer, of file: SettingsFile
  ) -> [StoredSecret] {
    secrets(value, at: pointer, of: file, isInside: SecretPlaces.hold(pointer, in: file))
  }

  /// - Parameter isInside: Whether all of the value is secret.
  private static func secrets(
    _ value: JSONValue, at pointer: JSONPointer, of file: SettingsFile, isInside: Bool
  ) -> [StoredSecret] {
    func inner(_ value: JSONValue, place: JSONPointer) -> [StoredSecret] {
      if case .bool = value { return [] }
      if case .number = value { return [] }
      return secrets(
        value, at: place, of: file, isInside: isInside || SecretPlaces.begin(at: place, in: file))
    }
    switch value {
    case .string(let text):
      guard isInside, !text.isEmpty else { return [] }
      let name = pointer.tokens.last?.text ?? ""
      if SecretPlaces.isHeader(pointer), !SecretName.mayBeHeader(name, value: text) {
        return []
      }
      return [StoredSecret(place: StorePlace(file, pointer), value: Secret(text))]
    case .object(let object):
      return object.flatMap { inner($0.value, place: pointer.appending($0.key)) }
    case .array(let items):
      return items.enumerated().flatMap { inner($1, place: pointer.appending($0)) }
    case .number, .bool, .null: return []
    }
  }
}

extension SecretsInPlay {
  /// Remembers what stands in files.
  package func note(_ snapshot: Snapshot) { note { snapshot.secrets.map(\.value) } }

  /// Remembers the secrets of the files of keys, where a command looks into none of Cline's files.
  package func noteKeys(in locations: ClineLocations, on host: HostEnvironment) {
    let readings = locations.files.filter(\.holdsSecrets).map { file in
      (file, StoreReading.read(file, at: locations.path(of: file), on: host.files))
    }
    note { readings.flatMap { file, reading in reading.secrets(of: file).map(\.value) } }
  }

  /// Remembers what stands in the secret places of one document.
  func note(_ document: JSONDocument, of file: SettingsFile) {
    var reading = StoreReading(path: .root)
    reading.document = document
    for stored in reading.secrets(of: file) { note(stored.value) }
  }
}
