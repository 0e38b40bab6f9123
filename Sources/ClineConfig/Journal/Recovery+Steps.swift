import LosslessJSON

extension JournalEntry.Standing {
  /// What stands in place, where a missing file is one of the two sides if one of them has none.
  func place(of file: JournalEntry.File) -> JournalEntry.Version {
    guard case .none = target else { return target }
    return file.record.before == nil ? .before : file.record.after == nil ? .after : .none
  }

  /// Whether neither side of ours is in place.
  func isAnothers(_ file: JournalEntry.File) -> Bool {
    switch place(of: file) {
    case .before, .after: false
    case .none, .other: true
    }
  }
}

extension Recovery {
  /// Takes back a change that failed or met another program, and removes it.
  func takeBack(_ entry: JournalEntry) throws(StoreError) {
    guard try state.look(at: entry.directory, .directory) != nil else {
      return try removeRubbish(entry.unmade, of: entry.record.id)
    }
    for file in entry.files { try file.swap.settle() }
    for file in entry.files.reversed() {
      try goBack(file, standing: try entry.standing(of: file), restoring: false)
    }
    try discard(entry)
  }

  /// Puts the new version in place, unless it is there or another program's is.
  func goForward(
    _ file: JournalEntry.File, standing: JournalEntry.Standing
  ) throws(StoreError) {
    switch standing.place(of: file) {
    case .after, .other: return
    case .none where !standing.hasAfter: return
    case .before, .none:
      if file.record.after != nil, standing.slot != .after {
        try restage(file.second, version: file.record.after, file: file)
      }
      try exchange(
        file, hasTarget: standing.target != .none, hasSlot: file.record.after != nil)
    }
  }

  /// Puts the former version in place, if ours is there.
  ///
  /// - Parameter restoring: Whether also where somebody removed the file since.
  func goBack(
    _ file: JournalEntry.File, standing: JournalEntry.Standing, restoring: Bool
  ) throws(StoreError) {
    switch standing.place(of: file) {
    case .before, .other: return
    case .none:
      guard restoring, standing.hasBefore else { return }
    case .after: break
    }
    if file.record.before == nil {
      // What is in the slot is at most a second name of the new file.
      if standing.slot != .none { try files.remove(file.swap.slot) }
    } else if standing.slot != .before, standing.hasBefore {
      try restage(file.copy, version: file.record.before, file: file)
    }
    try exchange(
      file, hasTarget: standing.target != .none, hasSlot: file.record.before != nil)
  }

  /// Puts a copy into the slot, from where it can be swapped.
  private func restage(
    _ copy: AbsolutePath?, version: TransactionRecord.Version?, file: JournalEntry.File
  ) throws(StoreError) {
    guard let copy, let version, let bytes = try state.bytes(copy), version.matches(bytes) else {
      return
    }
    try files.remove(file.swap.slot)
    let made = try files.makeDirectories(file.target.parent)
    try files.create(
      file.swap.slot, contents: FileBytes(bytes),
      mode: file.record.file.holdsSecrets ? .ownerOnly : version.mode,
      owner: files.status(of: file.target)?.owner)
    try files.synchronize(made + [file.target.parent])
  }

  /// Swaps target and slot, and makes sure that what came out is what was seen in place. A version that
  /// another program put there meanwhile goes back.
  private func exchange(
    _ file: JournalEntry.File, hasTarget: Bool, hasSlot: Bool
  ) throws(StoreError) {
    let swap = file.swap
    let seen = try bytes(swap.target)
    let put = try bytes(swap.slot)
    let made = hasSlot ? try files.makeDirectories(swap.target.parent) : []
    // Another program's file stands there now, or its removal: both stay.
    guard try swap.swap(hasTarget: hasTarget, hasSlot: hasSlot) else { return }
    try files.synchronize(made)
    if hasTarget, hasSlot { try correct(swap, expecting: seen, for: put, rounds: 100) }
  }

  /// The newest version is what came out last. If that is not what was expected, it goes back in, until
  /// nobody was in between.
  private func correct(
    _ swap: Swap, expecting expected: [UInt8]?, for put: [UInt8]?, rounds: Int
  ) throws(StoreError) {
    let out = try bytes(swap.slot)
    guard out != expected, rounds > 0, try swap.swap(hasTarget: true, hasSlot: true) else { return }
    try correct(swap, expecting: put, for: out, rounds: rounds - 1)
  }

  private func bytes(_ path: AbsolutePath) throws(StoreError) -> [UInt8]? {
    try files.contents(of: path)?.bytes
  }

  // MARK: The end

  /// Makes a change whose files are all in place a backup.
  func finish(_ entry: JournalEntry) throws(StoreError) {
    try files.synchronize(entry.directories)
    for file in entry.files {
      switch try entry.standing(of: file).slot {
      case .none: break
      case .before where !file.isApart: try files.setMode(.ownerOnly, of: file.swap.slot)
      case .before, .after: try files.remove(file.swap.slot)
      case .other(let bytes):
        // As the backup's copy it is damaged, and says so; elsewhere it would be nobody's.
        if file.isApart {
          try keep(bytes, of: file)
          try files.remove(file.swap.slot)
        } else {
          try files.setMode(.ownerOnly, of: file.swap.slot)
        }
      }
    }
    try files.synchronize(entry.slotDirectories)
    try files.rename(entry.directory, to: state.backups.appending(entry.record.id))
  }

  /// Removes a change of which nothing is in place any more. What came out of the targets and is not in
  /// place again is kept.
  func discard(_ entry: JournalEntry) throws(StoreError) {
    try files.synchronize(entry.directories)
    for file in entry.files {
      let standing = try entry.standing(of: file)
      switch standing.slot {
      case .other(let bytes): try keep(bytes, of: file)
      case .before where standing.place(of: file) != .before:
        if let bytes = try bytes(file.swap.slot) { try keep(bytes, of: file) }
      case .none, .before, .after: break
      }
    }
    try files.rename(entry.directory, to: entry.unmade)
    try files.synchronize(entry.directory.parent)
    try removeRubbish(entry.unmade, of: entry.record.id)
  }

  /// Removes what does not count: first what lies beside the targets, durably, then the record that
  /// names it.
  func removeRubbish(_ directory: AbsolutePath, of id: String) throws(StoreError) {
    if let record = try state.record(in: directory, of: id) {
      for (index, file) in record.files.enumerated() where file.layout != .moved {
        guard let path = store.path(of: file) else { continue }
        let slot = JournalEntry.slot(
          of: file, index, of: id, in: directory, target: try files.resolve(path))
        try Swap(files: files, target: path, slot: slot).settle()
        try files.remove(slot)
        try files.synchronize([slot.parent])
      }
    }
    try state.removeRubbish(directory)
  }

  /// Keeps another program's version: it may be the only place where it is.
  private func keep(_ bytes: [UInt8], of file: JournalEntry.File) throws(StoreError) {
    try files.create(
      state.backups.appending(store.conflictName(for: file.record.file)), contents: bytes)
    try files.synchronize(state.backups)
  }
}
