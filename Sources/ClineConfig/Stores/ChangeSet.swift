public import LosslessJSON

/// One edit of one file.
package struct StoreEdit: Hashable, Sendable {
  enum Action: Hashable, Sendable {
    case set(JSONValue)
    /// A key, which becomes text only in the document.
    case setSecret(Secret)
    /// An object of headers, whose values may be keys.
    case setHeaders([RequestHeader])
    /// The text of a document, byte for byte.
    case put(JSONDocument)
    case remove
  }

  /// Which file.
  package let file: SettingsFile
  /// Where in it.
  package let pointer: JSONPointer
  let action: Action

  /// - Returns: Whether the document differs now.
  @discardableResult
  func apply(to document: inout JSONDocument) throws(JSONDocument.EditError) -> Bool {
    switch action {
    case .set(let value): return try document.set(value, at: pointer)
    case .setSecret(let secret): return try document.set(.string(secret.reveal()), at: pointer)
    case .setHeaders(let headers):
      let object = headers.map { (JSONKey($0.name), JSONValue.string($0.value.reveal())) }
      return try document.set(.object(JSONObject(object)), at: pointer)
    case .put(let value): return try document.set(textOf: value, at: .root, to: pointer)
    case .remove: return try document.remove(at: pointer)
    }
  }
}

/// What should be different, before any file is looked at.
public struct ChangeSet: Hashable, Sendable {
  /// The edits, in order.
  package private(set) var edits: [StoreEdit] = []
  /// Whether names go before what they point to, as a removal must.
  package var removesReferencesFirst = false

  /// A change of nothing yet.
  public init() {}

  /// Sets a value at a place.
  public mutating func set(_ value: JSONValue, in file: SettingsFile, at pointer: JSONPointer) {
    edits.append(StoreEdit(file: file, pointer: pointer, action: .set(value)))
  }

  /// Sets a key or token.
  public mutating func set(_ secret: Secret, in file: SettingsFile, at pointer: JSONPointer) {
    edits.append(StoreEdit(file: file, pointer: pointer, action: .setSecret(secret)))
  }

  /// Sets an object of headers, in this order.
  package mutating func set(
    _ headers: [RequestHeader], in file: SettingsFile, at pointer: JSONPointer
  ) {
    edits.append(StoreEdit(file: file, pointer: pointer, action: .setHeaders(headers)))
  }

  /// Adds edits as they are.
  package mutating func append(_ more: [StoreEdit]) { edits += more }

  /// Removes a value. Nothing happens where none is.
  public mutating func remove(from file: SettingsFile, at pointer: JSONPointer) {
    edits.append(StoreEdit(file: file, pointer: pointer, action: .remove))
  }
}

/// Everything that a commit will do, as a value: a dry run prints it, a commit performs it.
public struct Plan: Sendable {
  /// What happens to one value.
  public struct Change: Hashable, Sendable {
    /// How a place differs afterwards.
    public enum Kind: String, Hashable, Sendable {
      /// Nothing was there before.
      case add
      /// Something else was there.
      case replace
      /// Nothing is there afterwards.
      case remove
    }
    /// The place in the file.
    public let pointer: JSONPointer
    /// How the place differs afterwards.
    public let kind: Kind
  }

  /// The digests of a file's two sides.
  struct Digests: Hashable, Sendable {
    var before: String?
    var after: String?
  }

  /// What happens to one file.
  public struct FileChange: Sendable {
    /// Which of Cline's files.
    public let file: SettingsFile
    /// Its path, links not resolved.
    public let path: AbsolutePath
    /// The values that differ.
    public let changes: [Change]
    /// What it holds before; `nil` when it is new. Keys included.
    package var bytesBefore: [UInt8]? { before?.bytes }
    /// What it will hold; `nil` when it goes. Keys included.
    package var bytesAfter: [UInt8]? { after?.joined }
    /// Whether the file is new.
    package var isCreated: Bool { before == nil }
    /// Whether the file goes.
    package var isRemoved: Bool { after == nil }

    let realPath: AbsolutePath
    let before: FileContents?
    let after: FileBytes?
    let mode: FileMode
    let edits: [StoreEdit]
    /// The places that differ, with the texts of both sides.
    let values: [ValueChange]
    /// The digests of both sides, where they are known already.
    var known = Digests()
    /// Whether `after` is a backup's bytes and not the result of `edits`.
    let isRestored: Bool

    var document: JSONDocument? { after.flatMap { try? file.document($0.joined) } }

    /// The same change of the same bytes, which another write made anew.
    func onTop(of contents: FileContents?) -> FileChange {
      FileChange(
        file: file, path: path, changes: changes, realPath: realPath, before: contents,
        after: after, mode: mode, edits: edits, values: values, known: known,
        isRestored: isRestored)
    }
  }

  /// The files that differ, in the order in which they are published.
  public let files: [FileChange]
  /// The change that this plan takes back, if any.
  var undoes: String?
  /// Whether a backup is put back as a whole.
  var restores = false

  init(files: [FileChange]) { self.files = files }

  /// The same plan for other files.
  func with(files: [FileChange]) -> Plan {
    var plan = Plan(files: files)
    plan.undoes = undoes
    plan.restores = restores
    return plan
  }

  /// Whether nothing differs from the files.
  public var isEmpty: Bool { files.isEmpty }

  /// A plan that changes nothing.
  package static let nothing = Plan(files: [])

  /// What `snapshot` will hold once this is committed.
  package func applied(to snapshot: Snapshot) -> Snapshot {
    var readings: [SettingsFile: StoreReading] = [:]
    for file in snapshot.locations.files {
      readings[file] = snapshot[file]
      guard let change = files.first(where: { $0.file == file }) else { continue }
      var reading = StoreReading(path: change.path)
      reading.document = change.document
      readings[file] = reading
    }
    return Snapshot(locations: snapshot.locations, readings: readings)
  }
}

extension StoreEdit: Unprinted {}

extension Plan.FileChange: Unprinted {}
