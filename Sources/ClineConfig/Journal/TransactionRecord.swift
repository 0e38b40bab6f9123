import LosslessJSON

/// What a change does, on disk: the journal while it runs, the backup's list afterwards.
///
/// It names stores and no paths, so that a record from elsewhere, or one that somebody planted, leads
/// nowhere but to the files that this run works on. Of the values it holds those that differ, old and
/// new: with the former file beside it, that is all that an undo needs. Whatever is read from a disk is
/// checked before anybody believes it.
package struct TransactionRecord: Hashable, Sendable {
  struct File: Hashable, Sendable {
    let file: SettingsFile
    /// Where the file is, when not at its place in the data directory: a name to compare with the
    /// places of this run.
    let place: AbsolutePath?
    /// `nil`: there was, or will be, no file.
    var before: Version?
    var after: Version?
    /// What differs; of a file that could not be read before, all of it.
    var changes: [ValueChange]
    var layout: Layout
  }

  struct Version: Hashable, Sendable {
    var sha256: String
    let size: Int
    let mode: FileMode
  }

  /// Where a file's versions lie while the change is under way.
  enum Layout: Hashable, Sendable {
    /// In the journal's directory: what is not in place lies there, the new file first, then the old.
    case moved
    /// The new file beside its target, on another file system, and a copy of the old in the journal.
    case apart
    /// As clinecfg 0.1 laid it out: the new file beside its target under a name of its own, and copies
    /// of both in the journal.
    case former(staged: String)
  }

  let id: String
  let created: Timestamp
  let command: String
  /// The change that this one takes back.
  let undoes: String?
  /// Whether keys were purged from the copies.
  var isPurged = false
  var files: [File]
}

extension TransactionRecord {
  /// The same with the digests of each file's sides.
  func with(_ digests: [Plan.Digests]) -> TransactionRecord {
    var record = self
    for (index, digests) in zip(files.indices, digests) {
      record.files[index].before?.sha256 = digests.before ?? ""
      record.files[index].after?.sha256 = digests.after ?? ""
    }
    return record
  }
}

extension TransactionRecord.Version {
  init(_ bytes: [UInt8], mode: FileMode) {
    self.init(sha256: SHA256.hexadecimal(bytes), size: bytes.count, mode: mode)
  }

  func matches(_ bytes: [UInt8]) -> Bool {
    bytes.count == size && SHA256.hexadecimal(bytes) == sha256
  }
}

extension TransactionRecord.File {
  func isBefore(_ bytes: [UInt8]?) -> Bool { Self.isSame(before, bytes) }
  func isAfter(_ bytes: [UInt8]?) -> Bool { Self.isSame(after, bytes) }

  private static func isSame(_ version: TransactionRecord.Version?, _ bytes: [UInt8]?) -> Bool {
    guard let version, let bytes else { return version == nil && bytes == nil }
    return version.matches(bytes)
  }
}

// MARK: Text

extension TransactionRecord {
  /// The names of changes: when each was made, and a random part.
  static func isID(_ name: some StringProtocol) -> Bool {
    let bytes = Array(name.utf8)
    guard bytes.count == Timestamp.compactLength + 9, bytes[8] == UInt8(ascii: "T"),
      bytes[15] == UInt8(ascii: "Z"), bytes[16] == UInt8(ascii: "-")
    else { return false }
    let digits = Array("0123456789".utf8)
    let hexadecimal = digits + Array("abcdef".utf8)
    return (bytes[..<8] + bytes[9..<15]).allSatisfy(digits.contains)
      && bytes[17...].allSatisfy(hexadecimal.contains)
  }

  /// The text of a record: itself, behind its digest.
  package var text: [UInt8] {
    get throws(StoreError) {
      do throws(JSONDocument.EditError) {
        let record = try JSONDocument(whole: json, layout: .compact)
        var document = try JSONDocument(
          ["sha256": .string(SHA256.hexadecimal(record.bytes)), "record": .null], layout: .compact)
        try document.set(textOf: record, at: .root, to: "/record")
        return document.bytes + [UInt8(ascii: "\n")]
      } catch {
        throw StoreError(.fileSystem, "the change is too large to be written down")
      }
    }
  }

  private var json: JSONValue {
    var record: JSONObject = [
      "format": 2, "id": .string(id), "created": .number(JSONNumber(created.milliseconds)),
      "command": .string(command),
    ]
    record["undoes"] = undoes.map { .string($0) }
    record["purged"] = isPurged ? true : nil
    record["files"] = .array(files.map(\.json))
    return .object(record)
  }

  /// `nil` for a text that is damaged or torn, or that says what no record of ours says.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - id: The name of the change that the record must be of.
  ///   - dataDirectory: The data directory in which it lies.
  package init?(text: [UInt8], of id: String, in dataDirectory: AbsolutePath) {
    guard let document = try? JSONDocument(parsing: text),
      let record = document.text(at: "/record"),
      document["/sha256"]?.string == SHA256.hexadecimal(Array(record)),
      let value = document["/record"]
    else { return nil }
    self.init(value, of: id, in: dataDirectory)
  }

  /// Everything in a text is a stranger's word.
  private init?(_ record: JSONValue, of id: String, in dataDirectory: AbsolutePath) {
    // Records of clinecfg 0.1 say no format.
    let format = record["format"]
    guard format == nil || format == 2, Self.isID(id), record["id"]?.string == id,
      let created = record["created"]?.number?.exactly(as: Int64.self),
      (0...Timestamp.last).contains(created),
      let command = record["command"]?.string, command.utf8.count <= 1_000,
      let undoes = record.optional("undoes", { $0.string.flatMap { Self.isID($0) ? $0 : nil } }),
      let isPurged = record.optional("purged", \.bool),
      let items = record["files"]?.array, (1...100).contains(items.count)
    else { return nil }
    var files: [File] = []
    for item in items {
      guard
        let file = File(item, isFormer: format == nil, index: files.count, in: dataDirectory),
        !files.contains(where: { $0.file == file.file && $0.place == file.place })
      else { return nil }
      files.append(file)
    }
    self.init(
      id: id, created: Timestamp(milliseconds: created), command: command, undoes: undoes,
      isPurged: isPurged == true, files: files)
  }
}

extension JSONValue {
  /// A member that may be missing: `.some(nil)` where it is, `nil` where it is not what it must be.
  fileprivate func optional<Value>(
    _ name: JSONKey, _ read: (JSONValue) -> Value?
  ) -> Value?? {
    guard let member = self[name] else { return .some(nil) }
    return read(member).map { .some($0) }
  }
}

extension TransactionRecord.Version {
  fileprivate var json: JSONValue {
    [
      "sha256": .string(sha256), "size": .number(JSONNumber(size)),
      "mode": .number(JSONNumber(mode.rawValue)),
    ]
  }

  fileprivate init?(_ version: JSONValue) {
    let digits = Array("0123456789abcdef".utf8)
    guard let sha256 = version["sha256"]?.string, sha256.utf8.count == 64,
      sha256.utf8.allSatisfy({ digits.contains($0) }),
      let size = version["size"]?.number?.exactly(as: Int.self),
      (0...JSONDocument.Limits.standard.size).contains(size),
      let mode = version["mode"]?.number?.exactly(as: UInt16.self), mode <= 0o7777
    else { return nil }
    // No settings file runs as somebody else.
    self.init(sha256: sha256, size: size, mode: FileMode(rawValue: mode & 0o777))
  }
}

extension ValueChange {
  fileprivate var json: JSONValue {
    var change: JSONObject = ["pointer": .string(pointer.description)]
    change["old"] = old.map { .string($0) }
    change["new"] = new.map { .string($0) }
    return .object(change)
  }

  fileprivate init?(_ change: JSONValue, of file: SettingsFile) {
    guard let pointer = change["pointer"]?.string.flatMap({ JSONPointer($0) }),
      let old = change.optional("old", \.string), let new = change.optional("new", \.string),
      old != nil || new != nil, [old, new].allSatisfy({ $0.map(file.isText) ?? true })
    else { return nil }
    self.init(pointer: pointer, old: old, new: new)
  }
}

extension TransactionRecord.File {
  fileprivate var json: JSONValue {
    var object: JSONObject = ["store": .string(file.rawValue)]
    object["place"] = place.map { .string($0.description) }
    object["apart"] = layout == .apart ? true : nil
    object["before"] = before?.json
    object["after"] = after?.json
    object["changes"] = .array(changes.map(\.json))
    return .object(object)
  }

  fileprivate init?(
    _ record: JSONValue, isFormer: Bool, index: Int, in dataDirectory: AbsolutePath
  ) {
    guard let file = record["store"]?.string.flatMap({ SettingsFile(rawValue: $0) }),
      let before = record.optional("before", { TransactionRecord.Version($0) }),
      let after = record.optional("after", { TransactionRecord.Version($0) }),
      before != nil || after != nil,
      let path = record.optional(
        isFormer ? "path" : "place", { $0.string.flatMap { AbsolutePath($0) } }),
      let isApart = record.optional("apart", \.bool),
      let changes = record.optional("changes", \.array)
    else { return nil }
    let place = isFormer && path.map { file.isAtHome($0, in: dataDirectory) } == true ? nil : path
    guard place != nil || file != .vscode, place == nil || file.canBeElsewhere else { return nil }
    var valid: [ValueChange] = []
    for item in isFormer ? [] : changes ?? [] {
      guard let change = ValueChange(item, of: file) else { return nil }
      valid.append(change)
    }
    var layout = isApart == true ? TransactionRecord.Layout.apart : .moved
    if isFormer {
      guard let name = record["staged"]?.string.flatMap({ AbsolutePath($0) })?.name,
        Self.isFormerStage(name, index: index)
      else { return nil }
      layout = .former(staged: name)
    }
    self.init(
      file: file, place: place, before: before, after: after, changes: valid, layout: layout)
  }

  /// `.clinecfg-<32 hexadecimal digits>-<index>.tmp`
  private static func isFormerStage(_ name: String, index: Int) -> Bool {
    let (head, tail) = (".clinecfg-", "-\(index).tmp")
    guard name.hasPrefix(head), name.hasSuffix(tail) else { return false }
    let digits = Array("0123456789abcdef".utf8)
    let number = name.utf8.dropFirst(head.utf8.count).dropLast(tail.utf8.count)
    return number.count == 32 && number.allSatisfy { digits.contains($0) }
  }
}

extension SettingsFile {
  /// Whether a path of a record of clinecfg 0.1 is the file's own place in the data directory, which
  /// may have stood elsewhere then: people move their homes.
  fileprivate func isAtHome(_ path: AbsolutePath, in dataDirectory: AbsolutePath) -> Bool {
    guard self != .vscode else { return false }
    if path == dataDirectory.appending(relativePath) { return true }
    let home = [dataDirectory.parent.name, dataDirectory.name].joined(separator: "/")
    return path.description.hasSuffix("/\(home)/\(relativePath)")
  }

  /// Whether something can put the file at another place: a variable, or VS Code.
  fileprivate var canBeElsewhere: Bool { self != .globalState && self != .secrets }

  /// Whether a text is one value, as this file's readers read it.
  fileprivate func isText(_ text: String) -> Bool { (try? document(Array(text.utf8))) != nil }
}

extension Timestamp {
  /// The end of the year 9999, in milliseconds since 1970.
  fileprivate static let last: Int64 = 253_402_300_799_999
}
