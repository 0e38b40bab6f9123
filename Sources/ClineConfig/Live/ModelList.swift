import LosslessJSON

/// A provider's answer to the question for its models.
///
/// Read as leniently as the world requires: `{"data": [{"id"}]}` as OpenAI has it, a bare array,
/// `{"models": [{"name"}]}` as Ollama and Gemini have it, ids as plain strings.
package struct ModelList: Hashable, Sendable {
  package var ids: [String]
  /// What asks for the next page; `nil` on the last.
  var next: String?

  /// `nil` for an answer that is no list.
  package init?(_ body: [UInt8]) {
    guard let root = (try? JSONDocument(parsing: body))?.root,
      let items = root.array ?? root["data"]?.array ?? root["models"]?.array
    else { return nil }
    ids = items.compactMap { item in
      let text =
        item.string ?? item["id"]?.string ?? item["name"]?.string ?? item["model"]?.string
      let name = text.map { $0.hasPrefix("models/") ? String($0.dropFirst(7)) : $0 }
      return name.flatMap { $0.isEmpty ? nil : $0 }
    }
    if root["has_more"]?.bool == true { next = root["last_id"]?.string ?? ids.last }
  }
}
