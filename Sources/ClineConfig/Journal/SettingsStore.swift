import LosslessJSON

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
  package let host: HostEnvironment

  /// A store of files at a place.
  public init(locations: ClineLocations, host: HostEnvironment) {
    self.locations = locations
    self.host = host
  }

  /// Reads every file. A broken one is part of the answer.
  public func load() -> Snapshot { Snapshot.read(locations, on: host) }

  /// Works out what a change does to the files of a snapshot.
  ///
  /// Throws ``StoreError/Code/malformed`` when Cline could not read one of the store's files, also
  /// one that the change does not touch: Cline would overwrite it at its next start. A file that Cline
  /// rejects for a value may be changed where that makes it right.
  public func plan(_ changes: ChangeSet, on snapshot: Snapshot) throws(StoreError) -> Plan {
    let edited = Set(changes.edits.map(\.file))
    let broken = snapshot.broken.first { !($0.problem.isRejection && edited.contains($0.file)) }
    if let (file, problem) = broken {
      throw .malformed(file, at: snapshot[file].path, problem: problem)
    }
    return try plan(changes, repairing: [:], leaving: .nothing, on: snapshot)
  }

  /// What becomes of files that Cline cannot read, and that are not repaired.
  enum Left {
    /// They are left alone.
    case broken
    /// The edits must make them right.
    case nothing
  }

  /// Works out a change on top of repaired files.
  func plan(
    _ changes: ChangeSet, repairing repairs: [SettingsFile: [UInt8]], leaving left: Left = .broken,
    on snapshot: Snapshot
  ) throws(StoreError) -> Plan {
    let order =
      changes.removesReferencesFirst ? locations.files.reversed() : locations.files
    var files: [Plan.FileChange] = []
    for file in order {
      let edits = changes.edits.filter { $0.file == file }
      let reading = snapshot[file]
      if let repaired = repairs[file] {
        files.append(try Self.repair(file, reading: reading, with: repaired, edits: edits))
        continue
      }
      guard !edits.isEmpty else { continue }
      if let problem = reading.problem {
        guard left == .nothing else { continue }
        guard let change = try? Self.change(file, reading: reading, edits: edits) else {
          throw .malformed(file, at: reading.path, problem: problem)
        }
        files.append(change)
      } else if let change = try Self.change(file, reading: reading, edits: edits) {
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
  /// - Parameters:
  ///   - plan: What to do.
  ///   - command: What to call this change in the list of backups. No values.
  /// - Returns: The backup that ``undo(command:)`` takes back; `nil` when nothing differed.
  @discardableResult
  public func commit(_ plan: Plan, command: String) throws(StoreError) -> Backup? {
    guard !plan.isEmpty || hasPending else { return nil }
    return try Transaction(store: self, command: command).run(plan)
  }

  /// Performs a plan that is made when no other clinecfg can come in between. Durable when it returns.
  ///
  /// - Parameters:
  ///   - command: What to call this change in the list of backups. No values.
  ///   - plan: Makes the plan for what the files hold then. It may be asked again, where another
  ///     program writes meanwhile.
  /// - Returns: The backup that ``undo(command:)`` takes back; `nil` when nothing differed.
  @discardableResult
  public func commit(
    command: String, _ plan: (Snapshot) throws(StoreError) -> Plan
  ) throws(StoreError) -> Backup? {
    try Transaction(store: self, command: command).run { () throws(StoreError) in
      try plan(load())
    }
  }

  /// Takes the newest change back that was not taken back yet. Durable when it returns.
  ///
  /// Byte for byte where the files are as that change left them; where another program has written since,
  /// only the values of that change go back.
  ///
  /// - Returns: The backup of this step, which can be taken back too; `nil` when there was nothing.
  @discardableResult
  public func undo(command: String) throws(StoreError) -> Backup? {
    try commit(command: command) { snapshot throws(StoreError) in
      try planUndo(on: snapshot)?.plan ?? .nothing
    }
  }

  // MARK: One file

  /// The change that edits make to one file; `nil` when they make none.
  static func change(
    _ file: SettingsFile, reading: StoreReading, edits: [StoreEdit]
  ) throws(StoreError) -> Plan.FileChange? {
    let original: JSONDocument
    if reading.contents == nil {
      original = file.blank
    } else if let document = reading.document {
      original = document
    } else {
      throw .malformed(file, at: reading.path, problem: reading.problem ?? .empty)
    }
    if let change = try splicedChange(file, reading: reading, original: original, edits: edits) {
      return change
    }
    var document = original
    var changes: [Plan.Change] = []
    for edit in edits {
      let isNew = !document.contains(edit.pointer)
      do throws(JSONDocument.EditError) {
        guard try edit.apply(to: &document) else { continue }
      } catch {
        throw StoreError(
          .malformed, "\(reading.path): \(error)", path: reading.path,
          help: "look at the file: there is a value where an object should be")
      }
      let kind: Plan.Change.Kind = isNew ? .add : edit.action == .remove ? .remove : .replace
      changes.append(Plan.Change(pointer: edit.pointer, kind: kind))
    }
    guard !changes.isEmpty, document.bytes != original.bytes else { return nil }
    if reading.contents == nil {
      // A new file begins with what Cline wants in it.
      let added = (original.root.object?.keys ?? []).map { JSONPointer(tokens: [$0]) }
      changes =
        added.filter { blank in !changes.contains { $0.pointer.isWithin(blank) } }
        .map { Plan.Change(pointer: $0, kind: .add) } + changes
    }
    try gate(file, path: reading.path, before: original, after: document)
    return Plan.FileChange(
      file: file, path: reading.path, changes: changes, realPath: reading.realPath,
      before: reading.contents, after: FileBytes(document.bytes),
      mode: mode(of: file, reading.contents, holding: document), edits: edits,
      values: ValueChange.at(
        edits.map(\.pointer), from: original, to: document), isRestored: false)
  }

  /// One edit of a large file, without a second copy of it in memory; `nil` for everything else.
  private static func splicedChange(
    _ file: SettingsFile, reading: StoreReading, original: JSONDocument, edits: [StoreEdit]
  ) throws(StoreError) -> Plan.FileChange? {
    // Nothing that is put into these at any place below the root makes Cline reject them.
    guard edits.count == 1, let edit = edits.first, let contents = reading.contents,
      original.bytes.count > 1 << 20, file == .globalState || file == .secrets || file == .vscode,
      let first = edit.pointer.tokens.first, first != "openAiHeaders"
    else { return nil }
    let splice: JSONDocument.Splice?
    do throws(JSONDocument.EditError) {
      switch edit.action {
      case .set(let value): splice = try original.splice(value, at: edit.pointer)
      case .setSecret(let secret):
        splice = try original.splice(.string(secret.reveal()), at: edit.pointer)
      case .remove: splice = try original.splice(nil, at: edit.pointer)
      case .put, .setHeaders: return nil
      }
    } catch {
      return nil  // The general way says what is wrong.
    }
    guard let splice, let value = ValueChange(splice, at: edit.pointer, of: original)
    else { return nil }
    let bytes = original.bytes
    let kind: Plan.Change.Kind =
      original.contains(edit.pointer) ? edit.action == .remove ? .remove : .replace : .add
    return Plan.FileChange(
      file: file, path: reading.path, changes: [Plan.Change(pointer: edit.pointer, kind: kind)],
      realPath: reading.realPath, before: contents,
      after: FileBytes(pieces: [
        bytes[..<splice.range.lowerBound], splice.text[...], bytes[splice.range.upperBound...],
      ]), mode: mode(of: file, contents, holding: original), edits: edits, values: [value],
      isRestored: false)
  }

  /// A broken file, made anew as a whole.
  private static func repair(
    _ file: SettingsFile, reading: StoreReading, with bytes: [UInt8], edits: [StoreEdit]
  ) throws(StoreError) -> Plan.FileChange {
    do {
      let repaired = try file.document(bytes)
      var document = repaired
      for edit in edits { try edit.apply(to: &document) }
      try gate(file, path: reading.path, before: repaired, after: document)
      // What could be read before is told place by place.
      let kind: Plan.Change.Kind = reading.contents?.bytes.isEmpty == true ? .add : .replace
      let whole = [Plan.Change(pointer: .root, kind: kind)] + changes(from: repaired, to: document)
      return Plan.FileChange(
        file: file, path: reading.path,
        changes: reading.document.map { changes(from: $0, to: document) } ?? whole,
        realPath: reading.realPath, before: reading.contents, after: FileBytes(document.bytes),
        mode: mode(of: file, reading.contents), edits: [],
        values: values(file, from: reading, to: document, bytes: document.bytes), isRestored: true)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(.malformed, "\(reading.path): \(error)", path: reading.path)
    }
  }

  /// Cline must be able to read all of what is left, and lose no entry that it kept before.
  private static func gate(
    _ file: SettingsFile, path: AbsolutePath, before: JSONDocument, after: JSONDocument
  ) throws(StoreError) {
    let verdict = file.verdict(on: after)
    let lost = verdict.dropped.filter { file.verdict(on: before).dropped[$0.key] == nil }
    let violations = verdict.rejected + lost.values.flatMap(\.self)
    guard violations.isEmpty else {
      throw StoreError(
        .wouldBreak,
        "after this change Cline would reject \(path): "
          + violations.prefix(3).map(\.description).joined(separator: "; "),
        path: path, help: "nothing was written; pass a value that Cline reads")
    }
  }

  /// Headers can carry a key, and Cline keeps them in `globalState.json`: then it is nobody else's.
  static func mode(
    of file: SettingsFile, _ before: FileContents?, holding document: JSONDocument? = nil
  ) -> FileMode {
    guard let before else { return .ownerOnly }
    let headers = file == .globalState ? document?["/openAiHeaders"]?.object ?? [:] : [:]
    let isSecret =
      file.holdsSecrets
      || headers.contains {
        SecretName.mayBeHeader($0.key.text, value: $0.value.string ?? "")
      }
    return FileMode(
      rawValue: isSecret
        ? before.status.mode.withoutOthers.rawValue : before.status.mode.rawValue & 0o777)
  }
}
