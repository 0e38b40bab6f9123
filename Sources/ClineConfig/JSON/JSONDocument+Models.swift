extension JSONDocument {
  /// Reads part of the document as a model. Of repeated keys the last is read.
  public func decode<Model: Decodable>(
    _ type: Model.Type, at pointer: JSONPointer = .root
  ) throws(ModelError) -> Model {
    guard let value = self[pointer] else {
      throw ModelError(pointer: pointer, expected: "a value")
    }
    return try ModelDecoder.decode(type, from: value, at: pointer)
  }

  /// Lets `change` modify a model, then writes only the fields that differ. Fields that the
  /// model does not know never enter it, so they cannot be lost.
  ///
  /// A field that becomes `nil` is removed.
  public mutating func update<Model: Codable>(
    _ type: Model.Type, at pointer: JSONPointer = .root, _ change: (inout Model) throws -> Void
  ) throws {
    var model = try decode(type, at: pointer)
    let before = try ModelEncoder.encode(model, at: pointer)
    try change(&model)
    let after = try ModelEncoder.encode(model, at: pointer)
    for difference in Self.differences(from: before, to: after, at: pointer) {
      if let value = difference.value {
        try set(value, at: difference.pointer)
      } else {
        try removeValue(at: difference.pointer)
      }
    }
  }

  /// A place where two values differ, and what the second has there; `nil` for nothing.
  struct Difference: Hashable, Sendable {
    let pointer: JSONPointer
    let value: JSONValue?
  }

  /// The places that lead from one value to another: objects member by member, everything else
  /// as a whole.
  static func differences(
    from before: JSONValue, to after: JSONValue, at pointer: JSONPointer = .root
  ) -> [Difference] {
    guard !before.isEquivalent(to: after) else { return [] }
    guard let old = before.object, let new = after.object else {
      return [Difference(pointer: pointer, value: after)]
    }
    var differences: [Difference] = []
    for key in new.uniqueKeys {
      guard let value = new[key] else { continue }
      if let former = old[key] {
        differences += Self.differences(from: former, to: value, at: pointer.appending(key))
      } else {
        differences.append(Difference(pointer: pointer.appending(key), value: value))
      }
    }
    for key in old.uniqueKeys where new[key] == nil {
      differences.append(Difference(pointer: pointer.appending(key), value: nil))
    }
    return differences
  }
}
