import ClineConfig
import Foundation
import LosslessJSON

/// What is fuzzed: takes any bytes, and stops the process where a promise is broken.
struct Target: Sendable {
  let name: String
  let attempt: @Sendable ([UInt8]) -> Void

  static let all = [
    Target(name: "scanner", attempt: scanner), Target(name: "jsonc", attempt: jsonc),
    Target(name: "edits", attempt: edits), Target(name: "repair", attempt: repair),
    Target(name: "records", attempt: records), Target(name: "profiles", attempt: profiles),
    Target(name: "providers", attempt: providers), Target(name: "models", attempt: models),
    Target(name: "url", attempt: url),
  ]

  static func promise(_ isKept: Bool, _ words: String) {
    guard !isKept else { return }
    FileHandle.standardError.write(Data("broken: \(words)\n".utf8))
    abort()
  }

  /// A document is its bytes, and what is written of its value reads back as that value.
  private static func scanner(_ bytes: [UInt8]) {
    guard let document = try? JSONDocument(parsing: bytes) else { return }
    promise(document.bytes == bytes, "the bytes of a document are those that were read")
    for layout in [JSONDocument.Layout.compact, .twoSpaces] {
      let written = document.root.bytes(layout: layout)
      promise(
        (try? JSONDocument(parsing: written))?.root == document.root,
        "a value reads back as it was written")
    }
  }

  /// Comments and trailing commas are all that JSONC has beyond JSON.
  private static func jsonc(_ bytes: [UInt8]) {
    let plain = try? JSONDocument(parsing: bytes)
    let document = try? JSONDocument(parsing: bytes, dialect: .jsonc)
    if let plain { promise(document?.root == plain.root, "JSON is JSONC of the same value") }
    let strict = JSONText.strict(bytes)
    promise((strict == nil) == (document == nil), "JSONC can be made strict")
    if let strict, let document {
      promise(
        (try? JSONDocument(parsing: strict))?.root == document.root,
        "strict JSON of JSONC has its value")
    }
  }

  /// A document, a pointer and a value, with a zero between them.
  private static func edits(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0, omittingEmptySubsequences: false)
    guard parts.count == 3,
      let document = try? JSONDocument(parsing: parts[0]),
      let pointer = JSONPointer(String(decoding: parts[1], as: UTF8.self)),
      let value = (try? JSONDocument(parsing: parts[2]))?.root
    else { return }
    var edited = document
    guard (try? edited.set(value, at: pointer)) != nil else {
      return promise(edited == document, "what is refused changes nothing")
    }
    // Behind the last item of an array no place is named so afterwards (RFC 6901, section 4).
    let appends = pointer.tokens.contains("-") && !edited.contains(pointer)
    promise(
      appends || edited[pointer]?.isEquivalent(to: value) == true, "what is set is there")
    promise(
      (try? JSONDocument(parsing: edited.bytes))?.root == edited.root, "an edit leaves JSON")
    var back = edited
    if document.contains(pointer) {
      guard (try? back.set(textOf: document, at: pointer)) != nil else { return }
      promise(back.bytes == document.bytes, "the former text makes the former document")
    } else if !appends {
      guard (try? back.removeValue(at: pointer)) != nil else { return }
      promise(!back.contains(pointer), "what is removed is not there")
      promise(
        (try? JSONDocument(parsing: back.bytes))?.root == back.root, "a removal leaves JSON")
    }
  }

  /// What is repaired is JSON, and needs no repair.
  private static func repair(_ bytes: [UInt8]) {
    guard let mended = JSONRepair.mended(bytes) else { return }
    promise((try? JSONDocument(parsing: mended)) != nil, "what is repaired is JSON")
  }

  /// A record behind its digest: a stranger can write both.
  private static func records(_ bytes: [UInt8]) {
    guard let record = try? JSONDocument(parsing: bytes), let inner = record.text(at: .root) else {
      return
    }
    let digest = SHA256.hexadecimal(Array(inner))
    let exact = Array(#"{"sha256":"\#(digest)","record":"#.utf8) + inner + Array("}".utf8)
    let id = record["/id"]?.string ?? ""
    let home = AbsolutePath.root.appending("data")
    guard let read = TransactionRecord(text: exact, of: id, in: home),
      let written = try? read.text
    else { return }
    promise(
      TransactionRecord(text: written, of: id, in: home) == read, "a record reads back as it was")
  }

  private static func profiles(_ bytes: [UInt8]) {
    do throws(UserFile.Problem) {
      _ = try Profile(parsing: bytes, name: "cline.json")
    } catch {
      promise(error.description.hasPrefix("cline.json"), "a problem names its file")
      promise(!error.message.isEmpty, "a problem says what is wrong")
    }
  }

  private static func providers(_ bytes: [UInt8]) {
    do throws(UserFile.Problem) {
      for provider in try UserCatalog.read(parsing: bytes, name: "acme.json") {
        let catalog = ProviderCatalog.bundled.adding([provider])
        promise(catalog[provider.id] != nil, "a provider is found by its id")
        _ = catalog.isProvedKey("acme-0123456789abcdef0123456789abcdef")
      }
    } catch { promise(!error.message.isEmpty, "a problem says what is wrong") }
  }

  private static func models(_ bytes: [UInt8]) {
    guard let list = ModelList(bytes) else { return }
    promise(list.ids.allSatisfy { !$0.isEmpty }, "every model has a name")
  }

  private static func url(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let href = WHATWGURL.href(text) else { return }
    promise(WHATWGURL.accepts(text), "what can be written as a URL is one")
    promise(WHATWGURL.href(href) == href, "a URL as it is written is itself")
  }
}
