/// One file of a change: the target, and the slot in which the version lies that is not in place.
///
/// Both change places in one step, so that no reader finds the target missing and no version is ever
/// without a name.
struct Swap {
  let files: Disk
  let target: AbsolutePath
  let slot: AbsolutePath

  /// The second name of the target, where two names cannot be swapped.
  private var spare: AbsolutePath { AbsolutePath(slot.description + ".old") ?? slot }

  /// Swaps target and slot. One of them may be missing: then the other moves.
  ///
  /// - Returns: `false` where the names are not as they are said to be: another program was here, and
  ///   nothing was moved.
  func swap(hasTarget: Bool, hasSlot: Bool) throws(StoreError) -> Bool {
    do throws(StoreError) {
      switch (hasTarget, hasSlot) {
      case (true, true):
        if try files.exchange(slot, target) { return true }
        return try exchangeByLinking()
      case (false, true): try files.renameExclusively(slot, to: target)
      case (true, false): try files.renameExclusively(target, to: slot)
      case (false, false): break
      }
      return true
    } catch {
      guard error.cause?.code == .exists || error.cause?.code == .notFound else { throw error }
      return false
    }
  }

  /// Where the file system cannot swap, by way of a second name. Each version has a name on the disk
  /// before it loses the one that it had. The gap between the last look and the call behind it is the
  /// one moment in which a foreign write could be missed.
  private func exchangeByLinking() throws(StoreError) -> Bool {
    // What had the second name before must have another one on the disk.
    try files.synchronize(spare.parent)
    try files.link(target, to: spare)
    try files.synchronize(spare.parent)
    guard try isLinked() else {
      try files.remove(spare)
      return false
    }
    try files.rename(slot, to: target)
    try takeSpare()
    return true
  }

  /// Whether the second name is still one of the target, which nobody has replaced.
  private func isLinked() throws(StoreError) -> Bool {
    let second = try files.status(of: spare)?.identity
    return try files.status(of: target)?.identity == second
  }

  private func takeSpare() throws(StoreError) {
    try files.synchronize(target.parent)
    try files.rename(spare, to: slot)
  }

  /// Repairs what a crash within ``exchangeByLinking()`` left: the slot holds one version, the target
  /// the other.
  func settle() throws(StoreError) {
    guard try files.status(of: spare) != nil else { return }
    if try isLinked() {
      // Not replaced yet.
      try files.remove(spare)
    } else {
      // Replaced: what stands in the slot, if anything, is the new version once more.
      try takeSpare()
    }
  }
}
