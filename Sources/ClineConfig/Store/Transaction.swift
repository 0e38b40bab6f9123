/// One change of several files, as a whole.
///
/// 1. Under the lock, every file is read again and the plan is rebased on it.
/// 2. Copies of both sides and the record go to `pending/<id>.new`, the new files beside their
///    targets; everything is synced.
/// 3. Renaming that directory to `pending/<id>` is the commit point: before it a crash leaves
///    the old files, after it the next run finishes.
/// 4. Each new file is swapped with its target, and what was displaced is compared with what
///    was read: a write that came in between is found in our hands and put back.
/// 5. Renaming the directory into `backups` ends it: the journal is the backup.
struct Transaction {
  let store: SettingsStore
  let command: String

  private var host: HostEnvironment { store.host }
  private var files: any FileSystem { store.host.files }
  private var state: StateDirectory { store.state }

  /// Somebody wrote between our reading and our swap. Nothing of ours is published.
  private struct Conflict: Error {}

  func run(_ plan: Plan) throws(StoreError) -> Backup? {
    try Self.locked(store) { () throws(StoreError) -> Backup? in
      try Recovery(store: store).run(.automatic)
      var plan = plan
      for _ in 0..<8 {
        plan = try rebased(plan)
        if plan.isEmpty { return nil }
        let record = try self.record(of: plan)
        do {
          try perform(plan, record)
          _ = try? store.removeExpired()
          return Backup(record)
        } catch is Conflict {
          continue
        } catch let error as FileSystemError {
          throw StoreError(error)
        } catch let error as StoreError {
          throw error
        } catch {
          throw StoreError(.fileSystem, "\(error)")
        }
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
    let lock: FileLock?
    do throws(FileSystemError) {
      let owner = try state.owner()
      try state.prepare(owner: owner)
      var held: FileLock?
      var pause = 5
      var waited = 0
      while true {
        held = try store.host.files.lock(state.lock, owner: owner)
        if held != nil || waited >= 10_000 { break }
        store.host.sleep(pause)
        waited += pause
        pause = min(pause * 2, 200)
      }
      lock = held
    } catch {
      throw StoreError(error)
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
      var reading = StoreReading.bytes(at: change.path, on: files)
      let isSame =
        reading.contents?.bytes == change.before?.bytes && reading.realPath == change.realPath
      if !isSame, let contents = reading.contents { reading.parse(contents.bytes, as: change.file) }
      // A restored file needs none of what is there now.
      if let problem = reading.problem, !change.isRestored || reading.contents == nil {
        throw .malformed(change.file, at: change.path, problem)
      }
      if let status = reading.contents?.status { try check(status, change.path) }
      if isSame {
        changes.append(change)
        continue
      }
      guard !change.isRestored, Self.leavesAlone(change, reading.document) else {
        throw StoreError(
          .changedOnDisk, "\(change.path) was changed by another program meanwhile",
          path: change.path, help: "run this again: it will start from the file as it is now")
      }
      if let rebased = try SettingsStore.change(change.file, reading, edits: change.edits) {
        changes.append(rebased)
      }
    }
    var rebased = Plan(files: changes)
    rebased.undoes = plan.undoes
    rebased.restores = plan.restores
    return rebased
  }

  /// Whether the values that the plan is about are as they were when it was made.
  private static func leavesAlone(_ change: Plan.FileChange, _ now: JSONDocument?) -> Bool {
    let before = change.before.flatMap { try? change.file.document($0.bytes) }
    let (old, new) = (before ?? JSONDocument([:]), now ?? JSONDocument([:]))
    return change.edits.allSatisfy { old.isEquivalent(to: new, at: $0.pointer) }
  }

  private func check(_ status: FileStatus, _ path: AbsolutePath) throws(StoreError) {
    if status.mode.rawValue & 0o200 == 0 {
      throw StoreError(
        .protected, "\(path) is write-protected", path: path,
        help: "allow it with: chmod u+w '\(path)'")
    }
    if status.links > 1 {
      throw StoreError(
        .protected, "\(path) has \(status.links) hard links, and replacing it would part them",
        path: path, help: "keep one name, or make the others symbolic links")
    }
  }

  private func record(of plan: Plan) throws(StoreError) -> TransactionRecord {
    let name = host.uniqueName()
    // Later than every backup there is, also when the clock was set back: undo goes by it.
    let newest = try store.newestBackup()?.milliseconds ?? 0
    let now = Timestamp(milliseconds: max(host.now().milliseconds, newest + 1))
    return TransactionRecord(
      id: "\(now.compact)-\(name.suffix(8))", created: now, command: command, undoes: plan.undoes,
      files: plan.files.enumerated().map { index, change in
        TransactionRecord.File(
          store: change.file.rawValue, path: change.path.description,
          realPath: change.realPath.description,
          staged: change.realPath.parent.appending(".clinecfg-\(name)-\(index).tmp").description,
          before: change.before.map { TransactionRecord.Version($0.bytes, mode: $0.status.mode) },
          after: change.after.map { TransactionRecord.Version($0, mode: change.mode) },
          pointers: change.changes.map(\.pointer.description))
      })
  }

  // MARK: The change itself

  private func perform(_ plan: Plan, _ record: TransactionRecord) throws {
    let new = state.pending.appending(record.id + ".new")
    let committed = state.pending.appending(record.id)
    let owner = try state.owner()
    do {
      try files.makeDirectory(new, owner: owner)
      for (index, change) in plan.files.enumerated() {
        if let before = change.before {
          try files.create(
            new.appending(Side.before.name(index)), contents: before.bytes, mode: .ownerOnly,
            owner: owner)
        }
        if let after = change.after {
          try files.create(
            new.appending(Side.after.name(index)), contents: after, mode: .ownerOnly, owner: owner)
        }
      }
      try files.create(
        new.appending("record.json"), contents: record.text, mode: .ownerOnly, owner: owner)
      try files.synchronize(new)
      // The record must be found again before anything lies beside the targets.
      try files.synchronize(state.pending)
      for (change, file) in zip(plan.files, record.files) {
        guard let after = change.after else { continue }
        try files.makeDirectories(file.target.parent, owner: owner)
        try files.create(
          file.stage, contents: after, mode: change.mode,
          owner: change.before?.status.owner ?? owner)
        guard try files.read(file.stage, limit: after.count).bytes == after else {
          throw StoreError(
            .fileSystem, "\(file.stage) does not hold what was written to it", path: file.stage)
        }
      }
      for directory in record.directories { try files.synchronize(directory) }
    } catch {
      try? discard(new, record)
      throw error
    }

    let release = host.holdInterruptions()
    defer { release() }
    do {
      try files.rename(new, to: committed)
      try files.synchronize(state.pending)
    } catch {
      try? files.rename(committed, to: new)
      try? discard(new, record)
      throw error
    }
    var published: [TransactionRecord.File] = []
    do {
      for file in record.files {
        published.append(file)
        try publish(file)
      }
    } catch let error as FileSystemError where error.operation == .synchronize {
      // The kernel forgets what it could not write: only the journal can say what is true.
      throw StoreError(
        .unconfirmed, "the change is made, but the disk did not confirm it: \(error)",
        path: error.path, help: "check the disk, then run: clinecfg recover", cause: error)
    } catch {
      do {
        try withdraw(published)
      } catch let failure as FileSystemError {
        throw StoreError(
          .unfinished, "the change failed half-way and could not be taken back: \(failure)",
          path: failure.path, help: "when the cause is mended, run: clinecfg recover",
          cause: failure)
      }
      try discard(committed, record)
      throw error
    }
    do {
      try Self.finish(record, in: state)
    } catch {
      throw StoreError(
        .unconfirmed, "the change is made, but could not be concluded: \(error)",
        path: error.path, help: "when the cause is mended, run: clinecfg recover", cause: error)
    }
  }

  /// Puts one new file in place and makes sure that it displaced what was read.
  private func publish(_ file: TransactionRecord.File) throws {
    let swap = Swap(files: files, file: file)
    let isExpected = try swap.publish()
    try files.synchronize(file.target.parent)
    if !isExpected { throw Conflict() }
  }

  /// Takes back what was published, last first. Other programs' newer versions stay.
  private func withdraw(_ published: [TransactionRecord.File]) throws {
    for (index, file) in published.enumerated().reversed() {
      if let lost = try Swap(files: files, file: file).withdraw() {
        try files.create(
          state.backups.appending("conflict-\(host.uniqueName())-\(index)"), contents: lost,
          mode: .ownerOnly, owner: try state.owner())
        try files.synchronize(state.backups)
      }
      try files.synchronize(file.target.parent)
    }
  }

  private func discard(_ directory: AbsolutePath, _ record: TransactionRecord) throws {
    try Self.removeLeftovers(of: record, on: files)
    try state.removeTree(directory)
    try files.synchronize(state.pending)
  }

  /// Removes what lies beside the targets, durably: only then may the record go that names it.
  static func removeLeftovers(
    of record: TransactionRecord, on files: any FileSystem
  ) throws(FileSystemError) {
    for leftover in record.files.flatMap(\.leftovers) { try files.remove(leftover) }
    for directory in record.directories where try files.status(of: directory) != nil {
      try files.synchronize(directory)
    }
  }

  /// Removes the displaced files, whose bytes the backup holds, and makes the journal a backup.
  static func finish(
    _ record: TransactionRecord, in state: StateDirectory
  ) throws(FileSystemError) {
    let files = state.host.files
    try removeLeftovers(of: record, on: files)
    // Nothing hangs on this name: without a sync a crash makes the next run do it once more.
    try files.rename(
      state.pending.appending(record.id), to: state.backups.appending(record.id))
  }
}
