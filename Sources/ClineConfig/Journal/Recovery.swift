import LosslessJSON

/// Finishing a change that was interrupted.
package enum RecoveryMode: Hashable, Sendable {
  /// Forward where every new file is there and nobody was in between, else back.
  case automatic
  /// Forward, also where somebody removed a file meanwhile.
  case forward
  /// Back to the former files. What other programs wrote since stays.
  case back
}

/// What a recovery did.
package struct RecoveryReport: Hashable, Sendable {
  /// The changes that were finished.
  package var finished: [String] = []
  /// The changes that were taken back.
  package var takenBack: [String] = []
  /// Files that hold another program's version, which was kept.
  package var kept: [AbsolutePath] = []

  /// Every change that was interrupted.
  package var recovered: [String] { finished + takenBack }
}

extension SettingsStore {
  /// Finishes or takes back what a crash left. ``commit(_:command:)`` does it first by itself.
  ///
  /// Throws ``StoreError/Code/unfinished`` where neither is possible, because copies are damaged or
  /// gone; then nothing is touched, and the error says what a person must do.
  @discardableResult
  package func recover(_ mode: RecoveryMode = .automatic) throws(StoreError) -> RecoveryReport {
    let recovery = Recovery(store: self)
    guard try recovery.hasWork() else { return RecoveryReport() }
    return try Transaction.locked(self) { () throws(StoreError) in try recovery.run(mode) }
  }
}

/// Brings every file of an interrupted change to one side.
///
/// It goes by what lies where and not by how far the change came: every file's versions are found and
/// verified by their digests before anything is touched, then all files go forward, or all go back.
/// Each step can be done again, and a crash in between leaves a state of the same kind.
struct Recovery {
  let store: SettingsStore

  var files: Disk { state.files }
  var state: StateDirectory { store.state }

  /// Whether anything of an interrupted change lies about.
  func hasWork() throws(StoreError) -> Bool {
    for directory in [state.root, state.formerPending] {
      for suffix in ["", StateDirectory.unmade]
      where try !state.changes(in: directory, suffix: suffix).isEmpty {
        return true
      }
    }
    return try store.hasRewriting()
  }

  @discardableResult
  func run(_ mode: RecoveryMode) throws(StoreError) -> RecoveryReport {
    var report = RecoveryReport()
    try store.settleRewriting()
    for parent in [state.root, state.formerPending] {
      for name in try state.changes(in: parent, suffix: StateDirectory.unmade) {
        try removeRubbish(
          parent.appending(name), of: String(name.dropLast(StateDirectory.unmade.utf8.count)))
      }
      for id in try state.changes(in: parent) {
        try recover(parent.appending(id), of: id, mode: mode, report: &report)
      }
    }
    if try state.look(at: state.formerPending, .directory) != nil {
      try files.removeIfEmpty(state.formerPending)
    }
    return report
  }

  // MARK: One change

  private func recover(
    _ directory: AbsolutePath, of id: String, mode: RecoveryMode, report: inout RecoveryReport
  ) throws(StoreError) {
    guard let record = try state.record(in: directory, of: id) else {
      guard try state.look(at: directory.appending(StateDirectory.recordName), .file) != nil else {
        // Without a record it is what a crash left of one that was being removed.
        return try state.discard([directory])
      }
      throw unfinished(directory, why: "its record is damaged")
    }
    let entry = JournalEntry(
      record, in: directory, targets: try targets(of: record, in: directory), on: files)
    let standings = try standings(of: entry)
    let forward = zip(entry.files, standings).allSatisfy {
      allowsForward($0, standing: $1, mode: mode)
    }
    let back = zip(entry.files, standings).allSatisfy { allowsBack($0, standing: $1) }
    switch mode {
    case .automatic where forward, .forward where forward:
      for (file, standing) in zip(entry.files, standings) {
        try goForward(file, standing: standing)
        if standing.isAnothers(file) { report.kept.append(file.target) }
      }
      try finish(entry)
      report.finished.append(id)
    case .automatic where back, .back where back:
      for (file, standing) in zip(entry.files, standings).reversed() {
        try goBack(file, standing: standing, restoring: mode == .back)
        if standing.isAnothers(file) { report.kept.append(file.target) }
      }
      try discard(entry)
      report.takenBack.append(id)
    case .forward where back:
      let others = zip(entry.files, standings).filter { $1.isAnothers($0) }.map(
        \.0.target.description)
      throw StoreError(
        .unfinished,
        "a change was interrupted, and another program has changed "
          + "\(others.joined(separator: ", ")) since: it cannot be finished", path: directory,
        help: "to take the change back, and keep what that program wrote:\(.recover(isBack: true))")
    default:
      let lost = zip(entry.files, standings).filter {
        mode == .back ? !allowsBack($0, standing: $1) : !allowsForward($0, standing: $1, mode: mode)
      }.map(\.0.target.description)
      throw unfinished(
        directory,
        why: "the copies for \(lost.joined(separator: ", ")) are damaged, gone or out of date"
      )
    }
  }

  private func unfinished(_ directory: AbsolutePath, why: String) -> StoreError {
    let aside = state.root.appending("set-aside-\(directory.name)")
    return StoreError(
      .unfinished, "a change was interrupted, and \(why): \(directory)", path: directory,
      help:
        "to go on with the files as they are now, and keep those copies:\(.run(["mv", directory.description, aside.description]))"
    )
  }

  /// The paths of a record's files, as this run knows them.
  private func targets(
    of record: TransactionRecord, in directory: AbsolutePath
  ) throws(StoreError) -> [AbsolutePath] {
    var targets: [AbsolutePath] = []
    for file in record.files {
      guard let path = store.path(of: file) else {
        throw unfinished(
          directory,
          why: "it was to change \(file.place?.description ?? file.file.relativePath), which "
            + "is none of Cline's files here")
      }
      targets.append(try files.resolve(path))
    }
    return targets
  }

  /// Where every version lies, all of them verified. Repairs half a swap first.
  private func standings(of entry: JournalEntry) throws(StoreError) -> [JournalEntry.Standing] {
    var standings: [JournalEntry.Standing] = []
    for file in entry.files {
      try file.swap.settle()
      standings.append(try entry.standing(of: file))
    }
    return standings
  }

  private func allowsForward(
    _ file: JournalEntry.File, standing: JournalEntry.Standing, mode: RecoveryMode
  ) -> Bool {
    switch standing.place(of: file) {
    case .after: !isForeign(standing.slot, file: file)
    case .before: standing.hasAfter
    case .none where mode == .forward: standing.hasAfter
    // Ours was in place, and another program came after it.
    case .none, .other:
      standing.slot == .before || file.record.before == nil && standing.slot == .none
    }
  }

  private func allowsBack(
    _ file: JournalEntry.File, standing: JournalEntry.Standing
  ) -> Bool {
    guard case .after = standing.place(of: file) else { return true }
    return standing.hasBefore || isForeign(standing.slot, file: file)
  }

  /// Whether a version that is in our hands is another program's, which our swap displaced unseen, and
  /// not a copy that was damaged.
  private func isForeign(_ version: JournalEntry.Version, file: JournalEntry.File) -> Bool {
    guard case .other(let bytes) = version,
      let document = file.record.file.document(of: bytes)
    else { return false }
    return file.record.file.verdict(on: document).rejected.isEmpty
  }
}
