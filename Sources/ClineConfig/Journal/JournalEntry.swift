import LosslessJSON

/// A change on its way, as it lies on the disk: its record, and where the versions of each file are.
struct JournalEntry {
  let record: TransactionRecord
  /// Where the record and the copies are.
  let directory: AbsolutePath
  let files: [File]
  private let disk: Disk

  /// One file of the change.
  struct File {
    let record: TransactionRecord.File
    let swap: Swap
    /// Where the former version is kept, once the change is done: with ``Layout/moved`` the slot.
    let copy: AbsolutePath
    /// Where clinecfg 0.1 kept the new version besides.
    let second: AbsolutePath?

    var target: AbsolutePath { swap.target }
    /// Whether the slot lies beside the target, from where it must go in the end.
    var isApart: Bool { record.layout != .moved }
  }

  /// - Parameter targets: The paths of the record's files, links resolved.
  init(
    _ record: TransactionRecord, in directory: AbsolutePath, targets: [AbsolutePath],
    on disk: Disk
  ) {
    self.record = record
    self.directory = directory
    self.disk = disk
    files = zip(record.files, targets).enumerated().map { index, pair in
      let (file, target) = pair
      let isFormer = if case .former = file.layout { true } else { false }
      let number = directory.appending("\(index)")
      return File(
        record: file,
        swap: Swap(
          files: disk, target: target,
          slot: Self.slot(of: file, index, of: record.id, in: directory, target: target)),
        copy: isFormer ? directory.appending("\(index).before") : number,
        second: isFormer ? directory.appending("\(index).after") : nil)
    }
  }

  static func slot(
    of file: TransactionRecord.File, _ index: Int, of id: String, in directory: AbsolutePath,
    target: AbsolutePath
  ) -> AbsolutePath {
    switch file.layout {
    case .moved: directory.appending("\(index)")
    case .apart: target.parent.appending(".clinecfg-\(id)-\(index).tmp")
    case .former(let staged): target.parent.appending(staged)
    }
  }

  /// Where the change is when it does not count: before it was committed, and when it is removed.
  var unmade: AbsolutePath {
    AbsolutePath(directory.description + StateDirectory.unmade) ?? directory
  }

  /// The same change in another directory.
  func moved(to directory: AbsolutePath) -> JournalEntry {
    JournalEntry(record, in: directory, targets: files.map(\.target), on: disk)
  }

  /// Where the targets are.
  var directories: [AbsolutePath] { files.map(\.target.parent) }
  /// Those of them in which slots lie.
  var slotDirectories: [AbsolutePath] { files.filter(\.isApart).map(\.target.parent) }
}

// MARK: - Which version is where

extension JournalEntry {
  /// What a path holds, as one file of the change sees it.
  enum Version: Hashable {
    /// No file.
    case none
    case before, after
    /// Another program's version, or a copy that is not what it was.
    case other([UInt8])
  }

  /// One file of the change, as it stands on the disk.
  struct Standing {
    let target: Version
    let slot: Version
    /// Whether the former version is at hand, and the new one.
    let hasBefore: Bool
    let hasAfter: Bool
  }

  func standing(of file: File) throws(StoreError) -> Standing {
    let target = try version(at: file.target, of: file)
    let slot = try version(at: file.swap.slot, of: file)
    let copies = [
      target, slot, file.isApart ? try version(at: file.copy, of: file) : .none,
      try file.second.map { path throws(StoreError) in try version(at: path, of: file) } ?? .none,
    ]
    return Standing(
      target: target, slot: slot, hasBefore: file.record.before == nil || copies.contains(.before),
      hasAfter: file.record.after == nil || copies.contains(.after))
  }

  private func version(
    at path: AbsolutePath, of file: File
  ) throws(StoreError) -> Version {
    guard let bytes = try disk.contents(of: path)?.bytes else { return .none }
    return file.record.isBefore(bytes)
      ? .before : file.record.isAfter(bytes) ? .after : .other(bytes)
  }
}
