package import ClineConfig
import LosslessJSON
import Synchronization

/// A disk that forgets what was not synced.
///
/// It keeps for every file the bytes now and the bytes synced, and for every directory the entries
/// synced and the operations since. ``crashes(of:random:)`` makes the disks that a power cut could
/// leave: only what was synced, everything, each operation alone lost or alone kept, and random
/// subsets; of unsynced files nothing, a half or all.
///
/// An operation on names (rename, exchange, link) happens as a whole or not at all, as journaling
/// file systems keep it; operations of different calls can be lost in any combination.
package final class SimulatedDisk: FileSystem {
  package struct Node: Sendable {
    package var kind: FileStatus.Kind
    var bytes: [UInt8] = []
    var synced: [UInt8]?
    package var mode: FileMode = .ownerOnly
    var target = ""
    var entries: [String: Int] = [:]
    var syncedEntries: [String: Int] = [:]
  }

  /// One operation on names: what each name becomes.
  struct Operation: Sendable {
    var changes: [(directory: Int, name: String, node: Int?)]
  }

  package struct State: Sendable {
    package var nodes: [Int: Node] = [
      0: Node(kind: .directory, mode: FileMode(rawValue: 0o755))
    ]
    var next = 1
    var unsynced: [Operation] = []
    /// Names that a mutant only said that it made, and what they stand for.
    var aliases: [String: String] = [:]
  }

  /// What goes wrong, and what is looked at.
  package struct Plan: Sendable {
    /// Calls that fail, by number, counted over all calls.
    package var failures: [Int: FileSystemError.Code] = [:]
    /// Every call from this number on fails.
    package var failsFrom: (number: Int, code: FileSystemError.Code)?
    package var canExchange = true
    /// Directories that are mounts of their own.
    package var mounts: [String] = []
    /// Another program's chance before the changing step of a number.
    package var interruptions: [Int: @Sendable (SimulatedDisk) -> Void] = [:]
    /// Whether the state before each changing step is kept.
    package var records = false
    package var mutation = Mutation.none
    package init() {}
  }

  struct Shared: Sendable {
    var state = State()
    var plan = Plan()
    var calls = 0
    var steps = 0
    var points: [State] = []
    var pointCalls: [Int] = []
    var locked: Set<Int> = []
    var firstReads: [String: FileContents] = [:]
    var trace: [String] = []
  }

  let shared: Mutex<Shared>

  package init() { shared = Mutex(Shared()) }

  package init(_ state: State) {
    var shared = Shared()
    shared.state = state
    self.shared = Mutex(shared)
  }

  package var plan: Plan {
    get { shared.withLock { $0.plan } }
    set { shared.withLock { $0.plan = newValue } }
  }
  package var state: State { shared.withLock { $0.state } }
  package var calls: Int { shared.withLock { $0.calls } }
  package var steps: Int { shared.withLock { $0.steps } }
  package var points: [State] { shared.withLock { $0.points } }
  package var trace: [String] { shared.withLock { $0.trace } }
  /// The number of the call that comes after each of ``points``.
  package var pointCalls: [Int] { shared.withLock { $0.pointCalls } }

  // MARK: Steps

  private func look<T>(
    _ operation: FileSystemError.Operation, path: AbsolutePath,
    _ body: (inout State) throws(FileSystemError.Code) -> T
  ) throws(FileSystemError) -> T {
    let result: Result<T, FileSystemError.Code> = shared.withLock { shared in
      let number = shared.calls
      shared.calls += 1
      if let code = shared.plan.failures[number] { return .failure(code) }
      if let from = shared.plan.failsFrom, number >= from.number { return .failure(from.code) }
      do throws(FileSystemError.Code) {
        return .success(try body(&shared.state))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let value): return value
    case .failure(let code): throw FileSystemError(operation: operation, path: path, code: code)
    }
  }

  private func step<T>(
    _ operation: FileSystemError.Operation, path: AbsolutePath, name: String,
    _ body: (inout State) throws(FileSystemError.Code) -> T
  ) throws(FileSystemError) -> T {
    let interruption = shared.withLock { shared in
      shared.plan.interruptions.removeValue(forKey: shared.steps)
    }
    interruption?(self)
    shared.withLock { shared in
      if shared.plan.records {
        shared.points.append(shared.state)
        shared.pointCalls.append(shared.calls)
      }
      shared.steps += 1
      shared.trace.append("\(name) \(path)")
    }
    return try look(operation, path: path, body)
  }

  // MARK: FileSystem

  package var user: UInt32 { 1000 }

  package func canMove(
    from a: AbsolutePath, to b: AbsolutePath
  ) throws(FileSystemError) -> Bool {
    let mounts = plan.mounts
    func mount(_ path: AbsolutePath) -> String? {
      mounts.first { path.description == $0 || path.description.hasPrefix($0 + "/") }
    }
    return mount(a) == mount(b)
  }

  /// A move from one mount to another, which no file system makes.
  private func cross(_ a: AbsolutePath, b: AbsolutePath) throws(FileSystemError) {
    guard try canMove(from: a.parent, to: b.parent) else {
      throw FileSystemError(operation: .rename, path: b, code: .init(rawValue: 18))
    }
  }

  package func status(of path: AbsolutePath) throws(FileSystemError) -> FileStatus? {
    try look(.inspect, path: path) { state in
      guard case let (_, _, id?)? = state.find(path.description) else { return nil }
      return state.status(id)
    }
  }

  package func linkTarget(of path: AbsolutePath) throws(FileSystemError) -> String {
    try look(.inspect, path: path) { state throws(FileSystemError.Code) in
      guard case let (_, _, id?)? = state.find(path.description), let node = state.nodes[id],
        node.kind == .link
      else { throw .notAFile }
      return node.target
    }
  }

  package func read(_ path: AbsolutePath, limit: Int) throws(FileSystemError) -> FileContents {
    let contents = try look(.read, path: path) { state throws(FileSystemError.Code) in
      guard case let (_, _, id?)? = state.find(path.description), let node = state.nodes[id],
        let status = state.status(id)
      else { throw .notFound }
      switch node.kind {
      case .directory: throw .isDirectory
      case .link: throw .tooManyLinks
      case .other: throw .notAFile
      case .file: if node.bytes.count > limit { throw .tooLarge }
      }
      return FileContents(bytes: node.bytes, status: status)
    }
    return shared.withLock { shared in
      guard shared.plan.mutation == .readsOnlyOnce, !path.description.contains("/.clinecfg") else {
        return contents
      }
      if let first = shared.firstReads[path.description] { return first }
      shared.firstReads[path.description] = contents
      return contents
    }
  }

  package func create(
    _ path: AbsolutePath, contents: FileBytes, mode: FileMode, owner: FileOwner?
  ) throws(FileSystemError) {
    let mutation = plan.mutation
    let id = try step(.create, path: path, name: "create") {
      state throws(FileSystemError.Code) -> Int in
      guard let (directory, name, existing) = state.find(path.description) else { throw .notFound }
      if let existing {
        guard mutation == .createsOver else { throw .exists }
        // Without O_EXCL and O_NOFOLLOW a planted link is followed.
        if let link = state.nodes[existing], link.kind == .link,
          case let (_, _, target?)? = state.find(link.target)
        {
          return target
        }
        return existing
      }
      let new = state.add(
        Node(kind: .file, mode: mutation == .createsWide ? FileMode(rawValue: 0o644) : .ownerOnly))
      state.apply(Operation(changes: [(directory, name, new)]), isSynced: false)
      return new
    }
    do throws(FileSystemError) {
      try step(.write, path: path, name: "write") { state throws(FileSystemError.Code) in
        state.nodes[id]?.bytes =
          mutation == .writesShort && (path.name.hasSuffix(".tmp") || Int(path.name) != nil)
          ? Array(contents.joined.dropLast()) : contents.joined
      }
      if mutation != .ignoresModes {
        try step(.write, path: path, name: "chmod") { state throws(FileSystemError.Code) in
          state.nodes[id]?.mode = mode
        }
      }
      guard !mutation.skipsSync(ofFile: path) else { return }
      try step(.synchronize, path: path, name: "fsync") { state throws(FileSystemError.Code) in
        let bytes = state.nodes[id]?.bytes
        state.nodes[id]?.synced = bytes
      }
    } catch {
      if mutation == .hidesSyncErrors, error.operation == .synchronize { return }
      try? remove(path)
      throw error
    }
  }

  package func makeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    try step(.create, path: path, name: "mkdir") { state throws(FileSystemError.Code) in
      guard let (directory, name, existing) = state.find(path.description) else { throw .notFound }
      if let existing {
        guard state.nodes[existing]?.kind == .directory else { throw .exists }
        return
      }
      let new = state.add(Node(kind: .directory, mode: FileMode(rawValue: 0o700)))
      state.apply(Operation(changes: [(directory, name, new)]), isSynced: false)
    }
  }

  package func setMode(_ mode: FileMode, of path: AbsolutePath) throws(FileSystemError) {
    if plan.mutation == .ignoresModes { return }
    try step(.write, path: path, name: "chmod") { state throws(FileSystemError.Code) in
      guard case let (_, _, id?)? = state.find(path.description) else { throw .notFound }
      state.nodes[id]?.mode = mode
    }
  }

  package func exchange(_ a: AbsolutePath, _ b: AbsolutePath) throws(FileSystemError) -> Bool {
    guard plan.canExchange else { return false }
    try cross(a, b: b)
    if plan.mutation == .replacesInsteadOfSwapping {
      try rename(a, to: b)
      return true
    }
    return try step(.rename, path: b, name: "exchange") { state throws(FileSystemError.Code) in
      guard case let (one, first, x?)? = state.find(a.description),
        case let (other, second, y?)? = state.find(b.description)
      else { throw .notFound }
      state.apply(
        Operation(changes: [(one, first, y), (other, second, x)]), isSynced: false)
      return true
    }
  }

  package func rename(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(FileSystemError) {
    try cross(source, b: target)
    if plan.mutation == .neverCommits, source.name == target.name + ".new" {
      return shared.withLock { $0.state.aliases[target.description] = source.description }
    }
    if plan.mutation == .discardsInPlace, target.name == source.name + ".new" {
      return shared.withLock { $0.state.aliases[target.description] = source.description }
    }
    try move(source, target: target)
  }

  private func move(_ source: AbsolutePath, target: AbsolutePath) throws(FileSystemError) {
    try step(.rename, path: target, name: "rename") { state throws(FileSystemError.Code) in
      guard case let (one, first, id?)? = state.find(source.description),
        let (other, second, _) = state.find(target.description)
      else { throw .notFound }
      state.apply(
        Operation(changes: [(one, first, nil), (other, second, id)]), isSynced: false)
    }
  }

  package func renameExclusively(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(FileSystemError) {
    let mutation = plan.mutation
    try cross(source, b: target)
    try step(.rename, path: target, name: "rename-new") { state throws(FileSystemError.Code) in
      guard case let (one, first, id?)? = state.find(source.description),
        let (other, second, existing) = state.find(target.description)
      else { throw .notFound }
      guard existing == nil || mutation == .renamesOver else { throw .exists }
      state.apply(
        Operation(changes: [(one, first, nil), (other, second, id)]), isSynced: false)
    }
  }

  package func link(_ source: AbsolutePath, to target: AbsolutePath) throws(FileSystemError) {
    if plan.mutation == .linksNothing { return }
    try cross(source, b: target)
    try step(.link, path: target, name: "link") { state throws(FileSystemError.Code) in
      guard case let (_, _, id?)? = state.find(source.description),
        let (directory, name, existing) = state.find(target.description)
      else { throw .notFound }
      guard existing == nil else { throw .exists }
      state.apply(Operation(changes: [(directory, name, id)]), isSynced: false)
    }
  }

  package func remove(_ path: AbsolutePath) throws(FileSystemError) {
    if plan.mutation == .removesNothing { return }
    guard try status(of: path) != nil else { return }
    try step(.remove, path: path, name: "unlink") { state throws(FileSystemError.Code) in
      guard case let (directory, name, id?)? = state.find(path.description) else { return }
      guard state.nodes[id]?.kind != .directory else { throw .isDirectory }
      state.apply(Operation(changes: [(directory, name, nil)]), isSynced: false)
    }
  }

  package func removeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    guard try status(of: path) != nil else { return }
    try step(.remove, path: path, name: "rmdir") { state throws(FileSystemError.Code) in
      guard case let (directory, name, id?)? = state.find(path.description) else { return }
      guard state.nodes[id]?.entries.isEmpty == true else { throw .notEmpty }
      state.apply(Operation(changes: [(directory, name, nil)]), isSynced: false)
    }
  }

  package func names(in directory: AbsolutePath) throws(FileSystemError) -> [String] {
    try look(.list, path: directory) { state throws(FileSystemError.Code) in
      guard case let (_, _, id?)? = state.find(directory.description), let node = state.nodes[id]
      else {
        return []
      }
      guard node.kind == .directory else { throw .notDirectory }
      return node.entries.keys.sorted()
    }
  }

  package func synchronize(_ directory: AbsolutePath) throws(FileSystemError) {
    let mutation = plan.mutation
    if mutation.skipsSync(ofDirectory: directory) { return }
    do throws(FileSystemError) {
      try step(.synchronize, path: directory, name: "sync") { state throws(FileSystemError.Code) in
        guard case let (_, _, id?)? = state.find(directory.description) else { throw .notFound }
        state.synchronize(id)
      }
    } catch {
      if mutation != .hidesSyncErrors { throw error }
    }
  }

  package func lock(_ path: AbsolutePath) throws(FileSystemError) -> FileLock? {
    let id: Int = try step(.lock, path: path, name: "lock") { state throws(FileSystemError.Code) in
      guard let (directory, name, existing) = state.find(path.description) else { throw .notFound }
      if let existing { return existing }
      let new = state.add(Node(kind: .file))
      state.apply(Operation(changes: [(directory, name, new)]), isSynced: false)
      return new
    }
    guard shared.withLock({ $0.locked.insert(id).inserted }) else { return nil }
    return FileLock { [weak self] in self?.shared.withLock { _ = $0.locked.remove(id) } }
  }
}
