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
    try apply(difference(from: before, to: after, at: pointer))
  }

  enum Edit: Hashable, Sendable {
    case set(JSONPointer, JSONValue)
    case remove(JSONPointer)
  }

  private mutating func apply(_ edits: [Edit]) throws(JSONEditError) {
    for edit in edits {
      switch edit {
      case .set(let pointer, let value): try set(value, at: pointer)
      case .remove(let pointer): try removeValue(at: pointer)
      }
    }
  }

  /// The edits that lead from one value to another: objects member by member, everything else
  /// as a whole.
  private func difference(
    from before: JSONValue, to after: JSONValue, at pointer: JSONPointer
  ) -> [Edit] {
    guard !before.isEquivalent(to: after) else { return [] }
    guard let old = before.object, let new = after.object else { return [.set(pointer, after)] }
    var edits: [Edit] = []
    for (key, value) in new {
      if let former = old[key] {
        edits += difference(from: former, to: value, at: pointer.appending(key))
      } else {
        edits.append(.set(pointer.appending(key), value))
      }
    }
    for key in old.keys where new[key] == nil { edits.append(.remove(pointer.appending(key))) }
    return edits
  }
}
