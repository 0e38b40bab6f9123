/// Finishing a change that was interrupted.
public enum RecoveryMode: Hashable, Sendable {
  /// Forward, unless a file needs a decision.
  case automatic
  /// Forward, also over files that somebody removed.
  case forward
  /// Back to the former files. What other programs wrote since stays.
  case back
}

/// What a recovery did.
public struct RecoveryReport: Hashable, Sendable {
  /// The changes that were finished, or taken back.
  public var recovered: [String] = []
  /// Files that hold another program's version, which was kept.
  public var kept: [AbsolutePath] = []
}

extension SettingsStore {
  /// Finishes or takes back what a crash left. ``commit(_:command:)`` does it first by itself.
  @discardableResult
  public func recover(_ mode: RecoveryMode = .automatic) throws(StoreError) -> RecoveryReport {
    guard hasPending else { return RecoveryReport() }
    return try Transaction.locked(self) { () throws(StoreError) in
      try Recovery(store: self).run(mode)
    }
  }
}

/// Brings every file of a pending record to one side. Each step can be done again.
struct Recovery {
  let store: SettingsStore

  private var files: any FileSystem { store.host.files }
  private var state: StateDirectory { store.state }

  @discardableResult
  func run(_ mode: RecoveryMode) throws(StoreError) -> RecoveryReport {
    var report = RecoveryReport()
    do {
      try store.settleRewriting()
      for name in try files.names(in: state.pending) {
        let directory = state.pending.appending(name)
        if name.hasSuffix(".new") {
          try dropUncommitted(directory)
        } else {
          try recover(directory, mode, &report)
          report.recovered.append(name)
        }
      }
    } catch let error as FileSystemError {
      throw StoreError(error)
    } catch let error as StoreError {
      throw error
    } catch {
      throw StoreError(.fileSystem, "\(error)")
    }
    return report
  }

  /// Before the commit point nothing was published: only our own files are there.
  private func dropUncommitted(_ directory: AbsolutePath) throws(FileSystemError) {
    if let record = try state.record(in: directory) {
      try Transaction.removeLeftovers(of: record, on: files)
    }
    try state.removeTree(directory)
    try files.synchronize(state.pending)
  }

  private func recover(
    _ directory: AbsolutePath, _ mode: RecoveryMode, _ report: inout RecoveryReport
  ) throws {
    guard let record = try state.record(in: directory) else {
      throw StoreError(
        .unfinished, "\(directory) is damaged", path: directory,
        help: "compare the copies in it with your files, then move it away")
    }
    if mode == .automatic { try refuseWhereSomebodyRemoved(record) }
    let order =
      mode == .back ? Array(record.files.enumerated().reversed()) : Array(record.files.enumerated())
    for (index, file) in order {
      try Swap(files: files, file: file).settle()
      for leftover in file.leftovers.dropFirst(2) { try files.remove(leftover) }
      let copies = Copies(
        before: try state.bytes(directory.appending(Side.before.name(index))),
        after: try state.bytes(directory.appending(Side.after.name(index))))
      // Whatever is displaced from here on is one of the copies, or kept beside them first.
      for foreign in [try state.bytes(file.target), try state.bytes(file.stage)] {
        try keep(foreign, of: file, index, in: directory)
      }
      if try mode == .back ? bringBack(file, copies) : bringForward(file, copies) {
        report.kept.append(file.target)
      }
      try files.synchronize(file.target.parent)
    }
    if mode == .back, report.kept.isEmpty {
      try Transaction.removeLeftovers(of: record, on: files)
      try state.removeTree(directory)
      try files.synchronize(state.pending)
    } else {
      try Transaction.finish(record, in: state)
    }
  }

  /// Keeps another program's version: it may be the only place where it is.
  private func keep(
    _ bytes: [UInt8]?, of file: TransactionRecord.File, _ index: Int, in directory: AbsolutePath
  ) throws(FileSystemError) {
    guard let bytes, !file.isBefore(bytes), !file.isAfter(bytes) else { return }
    let copy = directory.appending("\(index).foreign-\(SHA256.hexadecimal(bytes).prefix(16))")
    if try state.bytes(copy) == bytes { return }
    try files.remove(copy)
    try files.create(copy, contents: bytes, mode: .ownerOnly, owner: state.owner())
    try files.synchronize(directory)
  }

  private struct Copies {
    let before: [UInt8]?
    let after: [UInt8]?
  }

  private func refuseWhereSomebodyRemoved(_ record: TransactionRecord) throws {
    for file in record.files where file.before != nil && file.after != nil {
      guard try state.bytes(file.target) == nil, try state.bytes(file.spare) == nil else {
        continue
      }
      throw StoreError(
        .unfinished,
        "a change was interrupted, and \(file.path) was removed since", path: file.target,
        help: "clinecfg recover --forward makes the change, --back takes it back")
    }
  }

  /// - Returns: Whether another program's version was kept instead of ours.
  private func bringForward(
    _ file: TransactionRecord.File, _ copies: Copies
  ) throws -> Bool {
    let now = try state.bytes(file.target)
    let staged = try state.bytes(file.stage)
    if file.isAfter(now) {
      // Done, unless what was displaced was not ours to displace.
      guard let staged, !file.isBefore(staged), !file.isAfter(staged) else { return false }
      return try merge(staged, over: now, file, copies)
    }
    if file.isBefore(now) || now == nil {
      try replace(now, with: copies.after, file)
      return false
    }
    // Another program's version. If ours had been published before it, there is nothing to add.
    if let staged, file.isBefore(staged) { return true }
    if file.before == nil, file.after != nil, staged == nil { return true }
    return try merge(now ?? [], over: now, file, copies)
  }

  private func bringBack(_ file: TransactionRecord.File, _ copies: Copies) throws -> Bool {
    let now = try state.bytes(file.target)
    let displaced = try state.bytes(file.stage)
    if file.isBefore(now) { return false }
    guard file.isAfter(now) || now == nil else { return true }
    if let displaced, !file.isBefore(displaced), !file.isAfter(displaced) {
      try replace(now, with: displaced, file)
      return true
    }
    try replace(now, with: copies.before, file)
    return false
  }

  /// Makes our change on top of another program's version, where both leave each other alone;
  /// else that version stays.
  private func merge(
    _ foreign: [UInt8], over now: [UInt8]?, _ file: TransactionRecord.File, _ copies: Copies
  ) throws -> Bool {
    guard let settingsFile = file.settingsFile,
      let base = settingsFile.document(of: copies.before)
        ?? settingsFile.blankIfNew(copies.before),
      let ours = settingsFile.document(of: copies.after),
      let theirs = settingsFile.document(of: foreign)
    else {
      try replace(now, with: foreign, file)
      return true
    }
    var merged = theirs
    for place in base.differences(to: ours) {
      guard base.isEquivalent(to: theirs, at: place) else {
        try replace(now, with: foreign, file)
        return true
      }
      if ours.contains(place) {
        try merged.set(textOf: ours, at: place)
      } else {
        try merged.remove(at: place)
      }
    }
    guard settingsFile.verdict(on: merged).rejected.isEmpty else {
      try replace(now, with: foreign, file)
      return true
    }
    try replace(now, with: merged.bytes, file)
    return false
  }

  /// Puts bytes in place of a version that was just read, by the same swap and check.
  private func replace(
    _ now: [UInt8]?, with bytes: [UInt8]?, _ file: TransactionRecord.File
  ) throws {
    guard now != bytes else { return }
    let mode = FileMode(rawValue: UInt16((file.after ?? file.before)?.mode ?? 0o600))
    var step = file
    step.staged = file.redo.description
    step.before = now.map { TransactionRecord.Version($0, mode: mode) }
    step.after = bytes.map { TransactionRecord.Version($0, mode: mode) }
    if let bytes {
      let owner = try files.status(of: file.target)?.owner
      try files.makeDirectories(file.target.parent, owner: owner)
      try files.create(file.redo, contents: bytes, mode: mode, owner: owner ?? state.owner())
      try files.synchronize(file.target.parent)
    }
    let swap = Swap(files: files, file: step)
    guard try swap.publish() else {
      _ = try swap.withdraw()
      throw StoreError(
        .changedOnDisk, "another program is writing to \(file.path)", path: file.target,
        help: "run this again")
    }
    try files.remove(file.redo)
  }
}

extension SettingsFile {
  /// `nil` for no bytes, and for bytes that cannot be read.
  func document(of bytes: [UInt8]?) -> JSONDocument? { bytes.flatMap { try? document($0) } }

  fileprivate func blankIfNew(_ before: [UInt8]?) -> JSONDocument? { before == nil ? blank : nil }
}
