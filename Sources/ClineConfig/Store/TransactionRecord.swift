/// What a transaction does, on disk: the journal while it runs, the backup's list afterwards.
///
/// It holds paths, sizes, modes, digests of whole files and pointers; never a value.
struct TransactionRecord: Codable, Hashable, Sendable {
  struct File: Codable, Hashable, Sendable {
    var store: String
    var path: String
    var realPath: String
    /// The staged file, and after publication the displaced one.
    var staged: String
    /// `nil`: there was, or will be, no file.
    var before: Version?
    var after: Version?
    var pointers: [String]
  }

  struct Version: Codable, Hashable, Sendable {
    var sha256: String
    var size: Int
    var mode: Int
  }

  var id: String
  /// Milliseconds since 1970.
  var created: Int
  var command: String
  /// The change that this one takes back.
  var undoes: String?
  /// Whether keys were purged from the copies.
  var purged: Bool?
  var files: [File]

  /// The text of a record: itself, behind its digest.
  var text: [UInt8] {
    get throws {
      let record = JSONDocument(try ModelEncoder.encode(self, at: .root), layout: .compact)
      var document = JSONDocument(
        ["sha256": .string(SHA256.hexadecimal(record.bytes)), "record": .null], layout: .compact)
      try document.set(textOf: record, at: .root, to: "/record")
      return document.bytes + [UInt8(ascii: "\n")]
    }
  }

  /// `nil` for a text that is damaged or torn.
  init?(text: [UInt8]) {
    guard let document = try? JSONDocument(parsing: text),
      let record = document.text(at: "/record"),
      document["/sha256"]?.string == SHA256.hexadecimal(Array(record)),
      let decoded = try? document.decode(TransactionRecord.self, at: "/record")
    else { return nil }
    self = decoded
  }

  init(
    id: String, created: Timestamp, command: String, undoes: String?, files: [File]
  ) {
    self.id = id
    self.created = Int(created.milliseconds)
    self.command = command
    self.undoes = undoes
    self.files = files
  }
}

extension TransactionRecord {
  /// Where the targets are, each once, in order.
  var directories: [AbsolutePath] {
    files.map(\.target.parent).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension TransactionRecord.Version {
  init(_ bytes: [UInt8], mode: FileMode) {
    self.init(sha256: SHA256.hexadecimal(bytes), size: bytes.count, mode: Int(mode.rawValue))
  }

  func matches(_ bytes: [UInt8]) -> Bool {
    bytes.count == size && SHA256.hexadecimal(bytes) == sha256
  }
}

extension TransactionRecord.File {
  var settingsFile: SettingsFile? { SettingsFile(rawValue: store) }
  var target: AbsolutePath { AbsolutePath(realPath) ?? .root }
  var stage: AbsolutePath { AbsolutePath(staged) ?? .root }
  /// What a recovery stages.
  var redo: AbsolutePath { AbsolutePath(staged + ".redo") ?? .root }
  /// The second name of a displaced file, where two names cannot be swapped.
  var spare: AbsolutePath { AbsolutePath(staged + ".old") ?? .root }

  /// Every name beside the target that a transaction or its recovery may use. Whatever stands
  /// there when they end is a copy of something that is kept.
  var leftovers: [AbsolutePath] {
    [staged, staged + ".old", staged + ".redo", staged + ".redo.old"].compactMap {
      AbsolutePath($0)
    }
  }

  func isBefore(_ bytes: [UInt8]?) -> Bool { Self.isSame(before, bytes) }
  func isAfter(_ bytes: [UInt8]?) -> Bool { Self.isSame(after, bytes) }

  private static func isSame(_ version: TransactionRecord.Version?, _ bytes: [UInt8]?) -> Bool {
    guard let version, let bytes else { return version == nil && bytes == nil }
    return version.matches(bytes)
  }
}
