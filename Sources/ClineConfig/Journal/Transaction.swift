import LosslessJSON

/// One change of several files, as a whole.
///
/// 1. Under the lock, every file is looked at again and the plan is rebased on it.
/// 2. The new files and the record go into `.clinecfg/<id>.new`, and are synced: each new byte is
///    written once.
/// 3. Renaming that directory to `<id>` is the commit point. Before it a crash leaves rubbish; after it
///    the next run brings all files to one side: see ``Recovery``.
/// 4. Each new file is swapped with its target, and what comes out of the target is compared with what
///    was read: a write that came in between is in our hands and goes back. What comes out and is as it
///    was read is the backup: moved, never copied.
/// 5. The targets' directories are synced: now the change is durable. Renaming the journal into
///    `backups` ends it.
///
/// A change that is taken back stops being valid, durably, before anything of it is removed.
///
/// Where a target is on another file system than the journal (``TransactionRecord/Layout/apart``), the
/// new file is made beside it, the old one is copied into the journal first, and what comes out of the
/// target is removed in the end.
struct Transaction {
  let store: SettingsStore
  let command: String

  private var host: HostEnvironment { store.host }
  private var files: Disk { state.files }
  private var state: StateDirectory { store.state }

  /// Performs a plan on top of what the files hold by then.
  func run(_ plan: Plan) throws(StoreError) -> Backup? {
    var plan = plan
    return try run { () throws(StoreError) in
      plan = try rebased(plan)
      return plan
    }
  }

  /// Performs a plan that is made under the lock, and again where another program comes in between.
  func run(_ next: () throws(StoreError) -> Plan) throws(StoreError) -> Backup? {
    try Self.locked(store) { () throws(StoreError) -> Backup? in
      let recovery = Recovery(store: store)
      try recovery.run(.automatic)
      for _ in 0..<8 {
        let plan = try next()
        if plan.isEmpty { return nil }
        for change in plan.files {
          if let before = change.before { try check(before.status, path: change.path) }
        }
        guard let backup = try attempt(plan, recovery: recovery) else { continue }
        _ = try? store.removeExpired()
        return backup
      }
      throw StoreError(
        .changedOnDisk, "another program keeps writing to \(store.locations.dataDirectory)",
        help: "close Cline's windows and run this again")
    }
  }

  /// Runs with the store's lock; waits for another clinecfg for at most ten seconds.
  static func locked<T>(
    _ store: SettingsStore, _ body: () throws(StoreError) -> T
  ) throws(StoreError) -> T {
    let state = store.state
    try state.prepare()
    var lock: FileLock?
    let began = store.host.now().milliseconds
    var waited = 0
    while true {
      lock = try state.files.lock(state.lock)
      if lock != nil || waited >= 10_000 { break }
      // Who has waited longer looks more often, so that newcomers do not come first.
      store.host.sleep(max(1, 20 - waited / 200))
      waited = max(waited + 1, Int(clamping: store.host.now().milliseconds - began))
    }
    guard let lock else {
      throw StoreError(
        .busy, "another clinecfg is changing \(store.locations.dataDirectory)", path: state.lock,
        help: "wait for it to end and run this again")
    }
    return try withExtendedLifetime(lock) { () throws(StoreError) in try body() }
  }

  // MARK: Before

  /// The plan on top of what the files hold now.
  private func rebased(_ plan: Plan) throws(StoreError) -> Plan {
    var changes: [Plan.FileChange] = []
    for change in plan.files {
      if try isUnchanged(change) {
        changes.append(change)
        continue
      }
      let reading = StoreReading.read(change.file, at: change.path, on: host.files)
      // A restored file needs none of what is there now.
      if let problem = reading.problem, !change.isRestored || reading.contents == nil {
        throw .malformed(change.file, at: change.path, problem: problem)
      }
      let isSame =
        reading.contents?.bytes == change.before?.bytes && reading.realPath == change.realPath
      guard isSame || !change.isRestored && Self.leavesAlone(change, now: reading.document) else {
        throw StoreError(
          .changedOnDisk, "\(change.path) was changed by another program meanwhile",
          path: change.path, help: "run this again: it will start from the file as it is now")
      }
      if isSame {
        changes.append(change.onTop(of: reading.contents))
      } else if let rebased = try SettingsStore.change(
        change.file, reading: reading, edits: change.edits)
      {
        changes.append(rebased)
      }
    }
    return plan.with(files: changes)
  }

  /// Whether a file is still the one that was read. What nobody touched need not be read again: the
  /// bytes are compared when they come out of the target.
  private func isUnchanged(_ change: Plan.FileChange) throws(StoreError) -> Bool {
    guard try files.resolve(change.path) == change.realPath else { return false }
    let now = try files.status(of: change.realPath)
    return now.map { change.before?.status.isSameVersion(as: $0) == true } ?? (change.before == nil)
  }

  /// Whether the values that the plan is about are as they were when it was made.
  private static func leavesAlone(_ change: Plan.FileChange, now: JSONDocument?) -> Bool {
    let before = change.before.flatMap { try? change.file.document($0.bytes) }
    let (old, new) = (before ?? JSONDocument.emptyObject, now ?? JSONDocument.emptyObject)
    return change.edits.allSatisfy { old.isEquivalent(to: new, at: $0.pointer) }
  }

  private func check(_ status: FileStatus, path: AbsolutePath) throws(StoreError) {
    if status.mode.rawValue & 0o200 == 0 {
      throw StoreError(
        .protected, "\(path) is write-protected", path: path,
        help: "allow it:\(.run(["chmod", "u+w", path.description]))")
    }
    if status.links > 1 {
      throw StoreError(
        .protected, "\(path) has \(status.links) hard links, and replacing it would part them",
        path: path, help: "keep one name, or make the others symbolic links")
    }
  }

  // MARK: The change itself

  /// - Returns: `nil` where another program came in between, and nothing of ours is in place.
  private func attempt(_ plan: Plan, recovery: Recovery) throws(StoreError) -> Backup? {
    var changed: [AbsolutePath] = []
    for change in plan.files where change.after != nil {
      changed += try files.makeDirectories(change.realPath.parent)
    }
    let record = try record(of: plan)
    let sketch = JournalEntry(
      record, in: state.root.appending(record.id), targets: plan.files.map(\.realPath), on: files)
    let entry: JournalEntry
    do throws(StoreError) {
      entry = try prepare(sketch, plan: plan)
    } catch {
      try? recovery.removeRubbish(sketch.unmade, of: sketch.record.id)
      throw error
    }

    let release = host.holdInterruptions()
    defer { release() }
    do throws(StoreError) {
      try files.rename(entry.unmade, to: entry.directory)
      try files.synchronize(state.root)
      for (change, file) in zip(plan.files, entry.files) where try !publish(change, file: file) {
        try recovery.takeBack(entry)
        return nil
      }
    } catch {
      try takeBack(entry, recovery: recovery)
      throw error
    }
    do throws(StoreError) {
      try files.synchronize(changed + entry.directories)
      try finish(entry)
    } catch {
      // The kernel forgets what it could not write: only the journal can say what is true.
      throw StoreError(
        .unconfirmed, "the change is made, but the disk did not confirm it: \(error)",
        path: error.path, help: "check the disk, then run:\(.recover())", cause: error.cause)
    }
    return Backup(entry.record, in: store)
  }

  /// Undoes what was done since the commit point.
  private func takeBack(_ entry: JournalEntry, recovery: Recovery) throws(StoreError) {
    do throws(StoreError) {
      try recovery.takeBack(entry)
    } catch {
      throw StoreError(
        .unfinished, "the change failed half-way and could not be taken back: \(error)",
        path: error.path, help: "when the cause is fixed, run:\(.recover())", cause: error.cause
      )
    }
  }

  /// The record but for the digests, which take their time.
  private func record(of plan: Plan) throws(StoreError) -> TransactionRecord {
    // Later than every backup there is, also when the clock was set back: undo goes by it.
    let newest = try store.newestBackup()?.milliseconds ?? 0
    let now = Timestamp(milliseconds: max(host.now().milliseconds, newest + 1))
    var record = TransactionRecord(
      id: "\(now.compact)-\(host.uniqueName().suffix(8))", created: now, command: command,
      undoes: plan.undoes, files: [])
    for change in plan.files {
      record.files.append(
        TransactionRecord.File(
          file: change.file, place: store.place(of: change),
          before: change.before.map {
            .init(sha256: "", size: $0.bytes.count, mode: $0.status.mode)
          },
          after: change.after.map { .init(sha256: "", size: $0.count, mode: change.mode) },
          changes: Self.recorded(change.values),
          layout: try files.canMove(from: state.root, to: change.realPath.parent) ? .moved : .apart)
      )
    }
    return record
  }

  /// Most changes are small. Where nearly all of a large file differs, its values are not written down
  /// a second time: then it is taken back as a whole, or not at all.
  private static func recorded(
    _ changes: [ValueChange]
  ) -> [ValueChange] {
    let size = changes.reduce(0) { $0 + ($1.old?.utf8.count ?? 0) + ($1.new?.utf8.count ?? 0) }
    return size <= 8 << 20 ? changes : []
  }

  /// The digests of both sides of each file, while something else is done.
  private func digests(of plan: Plan) -> Meanwhile<[Plan.Digests]> {
    let sides = plan.files.map { ($0.known, $0.before?.bytes, $0.after) }
    return Meanwhile(isLong: sides.contains { max($1?.count ?? 0, $2?.count ?? 0) > 256 << 10 }) {
      sides.map { known, before, after in
        Plan.Digests(
          before: known.before ?? before.map { SHA256.hexadecimal($0) },
          after: known.after ?? after.map { SHA256.hexadecimal($0) })
      }
    }
  }

  /// Writes everything that is new, and makes it durable under a name that does not count yet.
  private func prepare(_ sketch: JournalEntry, plan: Plan) throws(StoreError) -> JournalEntry {
    let digests = digests(of: plan)
    let unmade = sketch.moved(to: sketch.unmade)
    try files.makeDirectory(unmade.directory)
    for (change, file) in zip(plan.files, unmade.files) {
      if !file.isApart {
        try stage(change, in: file)
      } else if let before = change.before {
        try files.create(file.copy, contents: before.bytes)
      }
    }
    let record = sketch.record.with(digests.value())
    try files.create(unmade.directory.appending(StateDirectory.recordName), contents: record.text)
    try files.synchronize(unmade.directory)
    let apart = zip(plan.files, unmade.files).filter(\.1.isApart)
    if !apart.isEmpty {
      // The record must be found again before anything lies beside the targets.
      try files.synchronize(state.root)
      for (change, file) in apart { try stage(change, in: file) }
    }
    return JournalEntry(
      record, in: sketch.directory, targets: sketch.files.map(\.target), on: files)
  }

  private func stage(_ change: Plan.FileChange, in file: JournalEntry.File) throws(StoreError) {
    guard let after = change.after else { return }
    try files.create(
      file.swap.slot, contents: after, mode: change.mode, owner: change.before?.status.owner)
    guard try files.status(of: file.swap.slot)?.size == after.count else {
      throw StoreError(
        .fileSystem, "\(file.swap.slot) does not hold all that was written to it",
        path: file.swap.slot)
    }
  }

  /// Puts one new file in place.
  ///
  /// - Returns: Whether it displaced what was read, and not another program's version.
  private func publish(
    _ change: Plan.FileChange, file: JournalEntry.File
  ) throws(StoreError) -> Bool {
    // A last look first: whoever was quick shall not see the older version for a moment.
    guard try isUnchanged(change) else { return false }
    let (hasTarget, hasSlot) = (change.before != nil, change.after != nil)
    guard try file.swap.swap(hasTarget: hasTarget, hasSlot: hasSlot) else { return false }
    guard let before = change.before else { return true }
    return try files.isStill(before, at: file.swap.slot)
  }

  /// Everything is in place and durable: what came out becomes the backup.
  private func finish(_ entry: JournalEntry) throws(StoreError) {
    for file in entry.files {
      if file.isApart {
        try files.remove(file.swap.slot)
      } else if let mode = file.record.before?.mode, mode != .ownerOnly {
        try files.setMode(.ownerOnly, of: file.copy)
      }
    }
    try files.synchronize(entry.slotDirectories)
    // Nothing hangs on this name: without a sync a crash makes the next run do it once more.
    try files.rename(entry.directory, to: state.backups.appending(entry.record.id))
  }
}

extension FileStatus {
  /// Whether nobody has touched a file since: neither its bytes nor anything else of it.
  func isSameVersion(as other: FileStatus) -> Bool {
    identity == other.identity && size == other.size
      && changedNanoseconds == other.changedNanoseconds
      && mode == other.mode && kind == other.kind
  }
}
