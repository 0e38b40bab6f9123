extension JSONDocument {
  /// Reads part of the document as a model. Of repeated keys the last is read.
  public func decode<Model: Decodable>(
    _ type: Model.Type, at pointer: JSONPointer = .root
  ) throws(JSONDocument.ModelError) -> Model {
    guard let value = self[pointer] else {
      throw JSONDocument.ModelError(pointer: pointer, expected: "a value")
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
    try edit(from: JSONDocument(whole: before), to: JSONDocument(whole: after), at: pointer)
  }

  /// Makes the changes that lead from one document to another, below a place of this one.
  package mutating func edit(
    from before: JSONDocument, to after: JSONDocument, at pointer: JSONPointer = .root
  ) throws(JSONDocument.EditError) {
    for place in before.differences(to: after) {
      let target = JSONPointer(tokens: pointer.tokens + place.tokens)
      if let value = after[place] {
        try set(value, at: target)
      } else {
        try remove(at: target)
      }
    }
  }
}
