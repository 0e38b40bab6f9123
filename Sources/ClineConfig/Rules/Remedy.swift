import LosslessJSON

/// All safe fixes of a machine, as a value: a dry run prints it, ``SettingsStore/apply(_:)``
/// performs it.
package struct Remedy: Sendable {
  /// The edits and repairs, one transaction.
  package var plan = Plan.nothing
  /// Permissions to take away.
  package var restrictions: [Restriction] = []
  /// Left-over files to remove.
  package var deletions: [AbsolutePath] = []
  /// Files that need a person, and of which no copy is kept yet: one is, before Cline can overwrite
  /// them.
  package var endangered: [SettingsFile] = []
  /// What it mends.
  package var mended: [Finding] = []

  /// A file or directory, and the permissions that are left to it.
  package struct Restriction: Hashable, Sendable {
    /// Which.
    package let path: AbsolutePath
    /// What it may have.
    package let mode: FileMode
  }

  /// Whether there is nothing to do.
  package var isEmpty: Bool {
    plan.isEmpty && restrictions.isEmpty && deletions.isEmpty && endangered.isEmpty
  }
}

extension Machine {
  /// The machine once all of a remedy is applied.
  package func applying(_ remedy: Remedy) -> Machine {
    var machine = applying(
      remedy.plan, to: remedy.restrictions.reduce(main) { $0.restricting($1.path, to: $1.mode) })
    machine.surroundings.exposed.removeAll { exposed in
      remedy.restrictions.contains { $0.path == exposed.path }
    }
    machine.surroundings.leftovers.removeAll { remedy.deletions.contains($0.path) }
    return machine
  }
}

extension SettingsStore {
  /// Works out every safe fix. One fix can uncover the next, so it goes on until none is left.
  ///
  /// - Parameters:
  ///   - setup: The machine.
  ///   - catalog: The providers.
  ///   - includes: Which findings to mend.
  package func remedy(
    for machine: Machine, catalog: ProviderCatalog, where includes: (Finding) -> Bool
  ) throws(StoreError) -> Remedy {
    var remedy = Remedy()
    var changes = ChangeSet()
    var repairs: [SettingsFile: [UInt8]] = [:]
    var cleanings: [Plan.FileChange] = []
    var current = machine
    for _ in 0..<6 {
      let next = RuleSet.standard.findings(in: current, catalog: catalog).filter {
        includes($0) && $0.isMendable && !remedy.mended.contains($0)
      }
      guard !next.isEmpty else { break }
      // Two fixes of one value are made one after the other, the second of what the first leaves.
      var replaced: Set<StorePlace> = []
      for finding in next {
        if finding.fix?.replacement != nil {
          guard replaced.isDisjoint(with: finding.places) else { continue }
          replaced.formUnion(finding.places)
        }
        remedy.mended.append(finding)
        switch finding.fix?.action {
        case .replace(let replacement):
          for place in finding.places { replacement.add(to: &changes, at: place) }
        case .edit(let edits): changes.append(edits)
        case .repair(let file, let bytes): repairs[file] = bytes
        case .restrict(let path, let mode):
          remedy.restrictions.append(.init(path: path, mode: mode))
        case .delete(let path): remedy.deletions.append(path)
        case .clean(let path, let pointers):
          if let change = try cleaning(path, pointers: pointers) { cleanings.append(change) }
        case nil: break
        }
      }
      remedy.plan = try plan(changes, repairing: repairs, on: machine.main)
      current = machine.applying(remedy.plan)
      // Permissions and left-over files are no part of the plan: done is done.
      current.forgetSurroundings()
    }
    remedy.plan = Plan(files: remedy.plan.files + cleanings)
    remedy.endangered = machine.main.broken.map(\.file).filter { file in
      repairs[file] == nil && machine.main[file].contents?.bytes.isEmpty == false
        && includes(Unreadable.endangered) && !isQuarantined(machine.main[file], file: file)
    }
    return remedy
  }

  /// The change that removes values from one of VS Code's settings files.
  private func cleaning(
    _ path: AbsolutePath, pointers: [JSONPointer]
  ) throws(StoreError) -> Plan.FileChange? {
    let store = SettingsStore(
      locations: .vscode(settings: path, beside: locations), host: host)
    var changes = ChangeSet()
    for pointer in pointers { changes.remove(from: .vscode, at: pointer) }
    return try store.plan(changes, on: store.load()).files.first
  }

  /// Performs a remedy: the copies first, then the transaction, then permissions and removals.
  ///
  /// - Returns: The backup of the transaction; `nil` when no file's values changed.
  @discardableResult
  package func apply(_ remedy: Remedy) throws(StoreError) -> Backup? {
    if !remedy.endangered.isEmpty {
      try Transaction.locked(self) { () throws(StoreError) in
        for file in remedy.endangered { _ = try quarantine(file) }
      }
    }
    let backup = try commit(remedy.plan, command: "doctor --fix")
    do throws(FileSystemError) {
      for restriction in remedy.restrictions
      where try host.files.status(of: restriction.path) != nil {
        try host.files.setMode(restriction.mode, of: restriction.path)
      }
      for path in remedy.deletions {
        try host.files.remove(path)
        try host.files.synchronize(path.parent)
      }
    } catch {
      throw StoreError(error)
    }
    return backup
  }

  private func quarantined(_ bytes: [UInt8], file: SettingsFile) -> AbsolutePath {
    state.quarantine.appending("\(file.rawValue)-\(SHA256.hexadecimal(bytes).prefix(16)).json")
  }

  private func isQuarantined(_ reading: StoreReading, file: SettingsFile) -> Bool {
    guard let bytes = reading.contents?.bytes else { return true }
    return (try? state.bytes(quarantined(bytes, file: file))) == bytes
  }

  /// Keeps a copy of a file that Cline may overwrite; the same bytes are kept once.
  ///
  /// - Returns: Where the copy is.
  package func quarantine(_ file: SettingsFile) throws(StoreError) -> AbsolutePath? {
    let files = state.files
    guard let bytes = try files.contents(of: files.resolve(locations.path(of: file)))?.bytes else {
      return nil
    }
    let directory = state.quarantine
    let isNew = try state.look(at: directory, .directory) == nil
    let copy = quarantined(bytes, file: file)
    if !isNew, try state.bytes(copy) == bytes { return copy }
    if isNew {
      try files.makeDirectory(directory)
      try files.synchronize(state.root)
    }
    try files.remove(copy)
    try files.create(copy, contents: bytes)
    try files.synchronize(directory)
    return copy
  }
}

extension Unreadable {
  /// Stands for the files that need a person, where findings are chosen by rule.
  static let endangered = Unreadable().finding("", at: [])
}

extension Finding.Replacement {
  fileprivate func add(to changes: inout ChangeSet, at place: StorePlace) {
    switch self {
    case .baseURL(let text), .model(let text):
      changes.set(.string(text), in: place.file, at: place.pointer)
    case .key(let key): changes.set(key, in: place.file, at: place.pointer)
    }
  }
}
