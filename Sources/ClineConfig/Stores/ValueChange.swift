import LosslessJSON

/// One place that differs, with the text that stood there and the text that stands there now.
struct ValueChange: Hashable, Sendable {
  let pointer: JSONPointer
  var old: String?
  var new: String?
}

extension ValueChange: Unprinted {}

extension ValueChange {
  /// What one splice of a document does at a place; `nil` where an array around it would have to be
  /// compared as a whole.
  init?(_ splice: JSONDocument.Splice, at pointer: JSONPointer, of document: JSONDocument) {
    guard let place = document.place(of: pointer) else { return nil }
    self.init(
      pointer: place, old: document.spelling(at: place),
      new: splice.value.map { String(decoding: splice.text[$0], as: UTF8.self) })
  }

  /// The places in which two documents differ.
  static func all(from old: JSONDocument, to new: JSONDocument) -> [Self] {
    at(old.differences(to: new), from: old, to: new)
  }

  /// The same, where it is known which places were edited: no need to look at all the others.
  static func at(
    _ edited: [JSONPointer], from old: JSONDocument, to new: JSONDocument
  ) -> [Self] {
    var places: [JSONPointer] = []
    for pointer in edited {
      let place = old.comparable(pointer, with: new)
      guard !places.contains(where: { place.isWithin($0) }) else { continue }
      places.removeAll { $0.isWithin(place) }
      places.append(place)
    }
    return places.compactMap { place in
      let (old, new) = (old.spelling(at: place), new.spelling(at: place))
      return old == new ? nil : Self(pointer: place, old: old, new: new)
    }
  }
}

extension JSONDocument {
  /// The place at or above `pointer` by which two documents can be compared: objects member by member,
  /// everything else as a whole.
  fileprivate func comparable(_ pointer: JSONPointer, with other: JSONDocument) -> JSONPointer {
    var place = JSONPointer.root
    for token in pointer.tokens {
      guard holdsObject(at: place), other.holdsObject(at: place) else { return place }
      place = place.appending(token)
    }
    return place
  }

  /// The first place on the way to `pointer` at which nothing stands, or `pointer` itself; `nil` where
  /// the way leads through an array.
  fileprivate func place(of pointer: JSONPointer) -> JSONPointer? {
    var place = JSONPointer.root
    for token in pointer.tokens {
      guard holdsObject(at: place) else { return nil }
      place = place.appending(token)
      if !contains(place) { break }
    }
    return place
  }

  private func holdsObject(at pointer: JSONPointer) -> Bool {
    node(at: pointer).map { nodes[$0].kind == .object } ?? false
  }

  fileprivate func spelling(at pointer: JSONPointer) -> String? {
    text(at: pointer).map { String(decoding: $0, as: UTF8.self) }
  }
}
