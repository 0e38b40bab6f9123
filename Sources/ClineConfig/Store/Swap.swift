/// Publishing one staged file, and taking it back, without losing what others wrote.
struct Swap {
  let files: any FileSystem
  let file: TransactionRecord.File

  private func bytes(_ path: AbsolutePath) throws(FileSystemError) -> [UInt8]? {
    guard try files.status(of: path) != nil else { return nil }
    return try files.read(path, limit: JSONLimits.standard.size * 2).bytes
  }

  /// Puts the staged file in place. Afterwards the staged name holds what was displaced.
  ///
  /// - Returns: Whether that is what the plan was made on.
  func publish() throws(FileSystemError) -> Bool {
    do throws(FileSystemError) {
      switch (file.before, file.after) {
      case (nil, _?): try files.renameExclusively(file.stage, to: file.target)
      case (_?, nil): try files.rename(file.target, to: file.stage)
      case (_?, _?): try exchange()
      case (nil, nil): return true
      }
    } catch  where error.code == .exists || error.code == .notFound {
      // The name is taken, or gone: another program was here.
      return false
    }
    return file.before == nil ? true : file.isBefore(try bytes(file.stage))
  }

  /// Takes the published file back, unless another program has replaced it since.
  ///
  /// - Returns: A displaced version that is neither ours nor in place any more, and so must be
  ///   kept somewhere.
  func withdraw() throws(FileSystemError) -> [UInt8]? {
    // An exchange by way of a second name may have stopped half-way.
    try settle()
    let now = try bytes(file.target)
    let displaced = try bytes(file.stage)
    if file.isAfter(displaced), file.after != nil { return nil }  // Never published.
    guard file.isAfter(now) else {
      // Newer than ours: it stays. What it was not made on is kept.
      return displaced.flatMap { file.isBefore($0) || file.isAfter($0) ? nil : $0 }
    }
    switch (displaced, now) {
    case (_?, _?): try exchange()
    case (_?, nil): try files.renameExclusively(file.stage, to: file.target)
    case (nil, _?): try files.rename(file.target, to: file.stage)
    case (nil, nil): return nil
    }
    let taken = try bytes(file.stage)
    guard let taken, !file.isAfter(taken) else { return nil }
    // It was replaced between our look and our swap: the newer one goes back.
    if displaced == nil {
      try files.renameExclusively(file.stage, to: file.target)
      return nil
    }
    try exchange()
    return try bytes(file.stage).flatMap { file.isBefore($0) ? nil : $0 }
  }

  /// Swaps both names; where the file system cannot, by way of a second name. The gap between
  /// its two calls is the one moment in which a foreign write could be missed.
  private func exchange() throws(FileSystemError) {
    if try files.exchange(file.stage, file.target) { return }
    try files.remove(file.spare)
    try files.link(file.target, to: file.spare)
    try files.rename(file.stage, to: file.target)
    try files.rename(file.spare, to: file.stage)
  }

  /// Repairs what a crash within ``exchange()`` left.
  func settle() throws(FileSystemError) {
    guard try files.status(of: file.spare) != nil else { return }
    if try files.status(of: file.stage) == nil {
      try files.rename(file.spare, to: file.stage)
    } else {
      try files.remove(file.spare)
    }
  }
}
