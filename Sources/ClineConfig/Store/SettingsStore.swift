/// The settings files of one data directory: load, plan, commit.
///
/// ```swift
/// let store = SettingsStore(locations: locations, host: .current())
/// var changes = ChangeSet()
/// changes.set("plan", in: .globalState, at: "/mode")
/// let plan = try store.plan(changes, on: store.load())
/// try store.commit(plan, command: "example")
/// ```
///
/// A commit is one transaction over all files: after a crash at any moment the next one finishes
/// it, so that all files are old or all are new.
public struct SettingsStore: Sendable {
  /// Where the files are.
  public let locations: ClineLocations
  let host: HostEnvironment

  /// A store of files at a place.
  public init(locations: ClineLocations, host: HostEnvironment) {
    self.locations = locations
    self.host = host
  }

  /// Reads every file. A broken one is part of the answer.
  public func load() -> Snapshot { Snapshot.read(locations, on: host.files) }

  /// Works out what a change does to the files of a snapshot.
  ///
  /// Throws ``StoreError/Code/malformed`` when Cline could not read one of the store's files, also
  /// one that the change does not touch: Cline would overwrite it at its next start.
  public func plan(_ changes: ChangeSet, on snapshot: Snapshot) throws(StoreError) -> Plan {
    if let (file, problem) = snapshot.broken.first {
      throw .malformed(file, at: snapshot[file].path, problem)
    }
    let order =
      changes.removesReferencesFirst ? SettingsFile.allCases.reversed() : SettingsFile.allCases
    var files: [Plan.FileChange] = []
    for file in order {
      let edits = changes.edits.filter { $0.file == file }
      guard !edits.isEmpty else { continue }
      let reading = snapshot[file]
      if let change = try Self.change(
        file, path: reading.path, realPath: reading.realPath, before: reading.contents,
        edits: edits)
      {
        files.append(change)
      }
    }
    return Plan(files: files)
  }

  /// Performs a plan. Durable when it returns.
  ///
  /// Files that other programs changed meanwhile are read again; where they changed the very
  /// values of this plan, it throws ``StoreError/Code/changedOnDisk`` and nothing is written.
  ///
  /// - Parameter command: What to call this change in the list of backups. No values.
  /// - Returns: The backup that ``undo`` takes back; `nil` when nothing differed.
  @discardableResult
  public func commit(_ plan: Plan, command: String) throws(StoreError) -> Backup? {
    guard !plan.isEmpty || hasPending else { return nil }
    return try Transaction(store: self, command: command).run(plan)
  }

  // MARK: One file

  /// The change that edits make to one file; `nil` when they make none.
  static func change(
    _ file: SettingsFile, path: AbsolutePath, realPath: AbsolutePath, before: FileContents?,
    edits: [StoreEdit]
  ) throws(StoreError) -> Plan.FileChange? {
    var document = file.blank
    if let before {
      do throws(JSONSyntaxError) {
        document = try JSONDocument(parsing: before.bytes)
      } catch {
        throw .malformed(file, at: path, before.bytes.isEmpty ? .empty : .notJSON(error))
      }
    }
    let original = document
    var changes: [Plan.Change] = []
    for edit in edits {
      let former = document[edit.pointer]
      let bytes = document.bytes
      do throws(JSONEditError) {
        try edit.apply(to: &document)
      } catch {
        throw StoreError(
          .malformed, "\(path): \(error)", path: path,
          help: "look at the file: a value stands where an object should")
      }
      guard document.bytes != bytes else { continue }
      let kind: Plan.Change.Kind =
        former == nil ? .add : edit.action == .remove ? .remove : .replace
      changes.append(Plan.Change(pointer: edit.pointer, kind: kind))
    }
    guard document.bytes != original.bytes else { return nil }
    try gate(file, path: path, before: original, after: document)
    return Plan.FileChange(
      file: file, path: path, changes: changes, realPath: realPath, before: before,
      after: document.bytes, mode: mode(of: file, before), edits: edits, isRestored: false)
  }

  /// Cline must be able to read all of what is left, and lose no entry that it kept before.
  private static func gate(
    _ file: SettingsFile, path: AbsolutePath, before: JSONDocument, after: JSONDocument
  ) throws(StoreError) {
    let verdict = file.verdict(on: after)
    let lost = verdict.dropped.filter { file.verdict(on: before).dropped[$0.key] == nil }
    let violations = verdict.rejected + lost.values.flatMap(\.self)
    guard violations.isEmpty else { throw .malformed(file, at: path, .rejected(violations)) }
  }

  static func mode(of file: SettingsFile, _ before: FileContents?) -> FileMode {
    guard let before else { return .ownerOnly }
    return file.holdsSecrets ? before.status.mode.withoutOthers : before.status.mode
  }
}
