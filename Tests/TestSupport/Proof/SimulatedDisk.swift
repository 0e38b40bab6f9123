package import ClineConfig
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

  private struct Shared: Sendable {
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

  private let shared: Mutex<Shared>

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

  // MARK: Another program

  /// Writes a file as Cline does: a new file under a temporary name, renamed, never synced.
  package func put(_ bytes: [UInt8], at path: String, mode: UInt16 = 0o644, synced: Bool = false) {
    shared.withLock { shared in
      let parts = path.split(separator: "/").map(String.init)
      var directory = 0
      for part in parts.dropLast() {
        if let next = shared.state.nodes[directory]?.entries[part] {
          directory = next
        } else {
          let new = shared.state.add(
            Node(kind: .directory, mode: FileMode(rawValue: 0o755)))
          shared.state.apply(Operation(changes: [(directory, part, new)]), isSynced: true)
          directory = new
        }
      }
      var node = Node(kind: .file, bytes: bytes, mode: FileMode(rawValue: mode))
      if synced { node.synced = bytes }
      let new = shared.state.add(node)
      shared.state.apply(Operation(changes: [(directory, parts.last ?? "", new)]), isSynced: false)
      // What was done before it in the directory is then on the disk, too.
      if synced { shared.state.synchronize(directory) }
    }
  }

  package func putLink(_ target: String, at path: String) {
    put([], at: path, synced: true)
    shared.withLock { shared in
      guard case let (_, _, id?)? = shared.state.find(path) else { return }
      shared.state.nodes[id]?.kind = .link
      shared.state.nodes[id]?.target = target
    }
  }

  package func bytes(at path: String) -> [UInt8]? {
    shared.withLock { shared in
      guard case let (_, _, id?)? = shared.state.find(path), let node = shared.state.nodes[id],
        node.kind == .file
      else { return nil }
      return node.bytes
    }
  }

  package func node(at path: String) -> Node? {
    shared.withLock { shared in
      guard case let (_, _, id?)? = shared.state.find(path) else { return nil }
      return shared.state.nodes[id]
    }
  }

  /// The directories at and below a path.
  package func directories(below path: String) -> [String] {
    shared.withLock { shared in
      var found: [String] = []
      guard case let (_, _, id?)? = shared.state.find(path) else { return [] }
      var open = [(path, id)]
      while let (place, id) = open.popLast() {
        guard let node = shared.state.nodes[id], node.kind == .directory else { continue }
        found.append(place)
        for (name, child) in node.entries { open.append((place + "/" + name, child)) }
      }
      return found
    }
  }

  /// Copies a tree as `cp -a` does, and syncs it.
  package func copy(_ source: String, to target: String) {
    for directory in directories(below: source) {
      let place = target + directory.dropFirst(source.count)
      put([], at: place + "/.copy", synced: true)
      if let path = AbsolutePath(place + "/.copy") { try? remove(path) }
      guard let mode = node(at: directory)?.mode else { continue }
      shared.withLock { shared in
        guard case let (_, _, id?)? = shared.state.find(place) else { return }
        shared.state.nodes[id]?.mode = mode
      }
    }
    for (path, node) in files(below: source) {
      let place = target + path.dropFirst(source.count)
      if node.kind == .link {
        putLink(node.target, at: place)
      } else {
        put(node.bytes, at: place, mode: node.mode.rawValue, synced: true)
      }
    }
    shared.withLock { shared in
      shared.state = shared.state.crashed(keeping: { _ in true }, part: { _ in .all })
    }
  }

  /// Every file below a directory, by path.
  package func files(below path: String) -> [String: Node] {
    shared.withLock { shared in
      var found: [String: Node] = [:]
      guard case let (_, _, id?)? = shared.state.find(path) else { return [:] }
      var open = [(path, id)]
      while let (place, id) = open.popLast() {
        guard let node = shared.state.nodes[id] else { continue }
        if node.kind == .directory {
          for (name, child) in node.entries { open.append((place + "/" + name, child)) }
        } else {
          found[place] = node
        }
      }
      return found
    }
  }

  // MARK: Steps

  private func look<T>(
    _ operation: FileSystemError.Operation, _ path: AbsolutePath,
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
    _ operation: FileSystemError.Operation, _ path: AbsolutePath, _ name: String,
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
    return try look(operation, path, body)
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
  private func cross(_ a: AbsolutePath, _ b: AbsolutePath) throws(FileSystemError) {
    guard try canMove(from: a.parent, to: b.parent) else {
      throw FileSystemError(operation: .rename, path: b, code: .init(rawValue: 18))
    }
  }

  package func status(of path: AbsolutePath) throws(FileSystemError) -> FileStatus? {
    try look(.inspect, path) { state in
      guard case let (_, _, id?)? = state.find(path.description) else { return nil }
      return state.status(id)
    }
  }

  package func linkTarget(of path: AbsolutePath) throws(FileSystemError) -> String {
    try look(.inspect, path) { state throws(FileSystemError.Code) in
      guard case let (_, _, id?)? = state.find(path.description), let node = state.nodes[id],
        node.kind == .link
      else { throw .notAFile }
      return node.target
    }
  }

  package func read(_ path: AbsolutePath, limit: Int) throws(FileSystemError) -> FileContents {
    let contents = try look(.read, path) { state throws(FileSystemError.Code) in
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
    let id = try step(.create, path, "create") { state throws(FileSystemError.Code) -> Int in
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
      try step(.write, path, "write") { state throws(FileSystemError.Code) in
        state.nodes[id]?.bytes =
          mutation == .writesShort && (path.name.hasSuffix(".tmp") || Int(path.name) != nil)
          ? Array(contents.joined.dropLast()) : contents.joined
      }
      if mutation != .ignoresModes {
        try step(.write, path, "chmod") { state throws(FileSystemError.Code) in
          state.nodes[id]?.mode = mode
        }
      }
      guard !mutation.skipsSync(ofFile: path) else { return }
      try step(.synchronize, path, "fsync") { state throws(FileSystemError.Code) in
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
    try step(.create, path, "mkdir") { state throws(FileSystemError.Code) in
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
    try step(.write, path, "chmod") { state throws(FileSystemError.Code) in
      guard case let (_, _, id?)? = state.find(path.description) else { throw .notFound }
      state.nodes[id]?.mode = mode
    }
  }

  package func exchange(_ a: AbsolutePath, _ b: AbsolutePath) throws(FileSystemError) -> Bool {
    guard plan.canExchange else { return false }
    try cross(a, b)
    if plan.mutation == .replacesInsteadOfSwapping {
      try rename(a, to: b)
      return true
    }
    return try step(.rename, b, "exchange") { state throws(FileSystemError.Code) in
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
    try cross(source, target)
    if plan.mutation == .neverCommits, source.name == target.name + ".new" {
      return shared.withLock { $0.state.aliases[target.description] = source.description }
    }
    if plan.mutation == .discardsInPlace, target.name == source.name + ".new" {
      return shared.withLock { $0.state.aliases[target.description] = source.description }
    }
    try move(source, target)
  }

  private func move(_ source: AbsolutePath, _ target: AbsolutePath) throws(FileSystemError) {
    try step(.rename, target, "rename") { state throws(FileSystemError.Code) in
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
    try cross(source, target)
    try step(.rename, target, "rename-new") { state throws(FileSystemError.Code) in
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
    try cross(source, target)
    try step(.link, target, "link") { state throws(FileSystemError.Code) in
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
    try step(.remove, path, "unlink") { state throws(FileSystemError.Code) in
      guard case let (directory, name, id?)? = state.find(path.description) else { return }
      guard state.nodes[id]?.kind != .directory else { throw .isDirectory }
      state.apply(Operation(changes: [(directory, name, nil)]), isSynced: false)
    }
  }

  package func removeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    guard try status(of: path) != nil else { return }
    try step(.remove, path, "rmdir") { state throws(FileSystemError.Code) in
      guard case let (directory, name, id?)? = state.find(path.description) else { return }
      guard state.nodes[id]?.entries.isEmpty == true else { throw .notEmpty }
      state.apply(Operation(changes: [(directory, name, nil)]), isSynced: false)
    }
  }

  package func names(in directory: AbsolutePath) throws(FileSystemError) -> [String] {
    try look(.list, directory) { state throws(FileSystemError.Code) in
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
      try step(.synchronize, directory, "sync") { state throws(FileSystemError.Code) in
        guard case let (_, _, id?)? = state.find(directory.description) else { throw .notFound }
        state.synchronize(id)
      }
    } catch {
      if mutation != .hidesSyncErrors { throw error }
    }
  }

  package func lock(_ path: AbsolutePath) throws(FileSystemError) -> FileLock? {
    let id: Int = try step(.lock, path, "lock") { state throws(FileSystemError.Code) in
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

extension SimulatedDisk.State {
  mutating func add(_ node: SimulatedDisk.Node) -> Int {
    defer { next += 1 }
    nodes[next] = node
    return next
  }

  mutating func apply(_ operation: SimulatedDisk.Operation, isSynced: Bool) {
    for (directory, name, node) in operation.changes {
      nodes[directory]?.entries[name] = node
      if isSynced { nodes[directory]?.syncedEntries[name] = node }
    }
    if !isSynced { unsynced.append(operation) }
  }

  /// The directory and name that a path leads to, and what stands there. Links in directories are
  /// followed, the last name is not.
  func find(_ path: String) -> (directory: Int, name: String, node: Int?)? {
    var path = path
    for (name, place) in aliases where path == name || path.hasPrefix(name + "/") {
      path = place + path.dropFirst(name.count)
    }
    var parts = path.split(separator: "/").map(String.init)
    guard !parts.isEmpty else { return (0, "", 0) }
    var directory = 0
    var steps = 0
    while parts.count > 1 {
      steps += 1
      guard steps < 200, let next = nodes[directory]?.entries[parts[0]], let node = nodes[next]
      else { return nil }
      switch node.kind {
      case .directory:
        directory = next
        parts.removeFirst()
      case .link:
        if node.target.hasPrefix("/") { directory = 0 }
        parts = node.target.split(separator: "/").map(String.init) + parts.dropFirst()
      case .file, .other: return nil
      }
    }
    guard nodes[directory]?.kind == .directory else { return nil }
    return (directory, parts[0], nodes[directory]?.entries[parts[0]])
  }

  func status(_ id: Int) -> FileStatus? {
    guard let node = nodes[id] else { return nil }
    var links = 1
    if node.kind == .file {
      links = 0
      for other in nodes.values where other.kind == .directory {
        links += other.entries.values.count { $0 == id }
      }
    }
    return FileStatus(
      kind: node.kind, mode: node.mode, size: node.bytes.count,
      owner: FileOwner(user: 1000, group: 1000),
      identity: FileIdentity(device: 1, file: UInt64(id)), links: links,
      modified: Timestamp(milliseconds: 0))
  }

  mutating func synchronize(_ directory: Int) {
    var left: [SimulatedDisk.Operation] = []
    for operation in unsynced {
      guard operation.changes.contains(where: { $0.directory == directory }) else {
        left.append(operation)
        continue
      }
      for (place, name, node) in operation.changes {
        nodes[place]?.syncedEntries[name] = node
      }
    }
    unsynced = left
  }

  /// The disk after a power cut: the synced entries, the operations that made it, and of every
  /// unsynced file as much as `part` says.
  package func crashed(keeping kept: (Int) -> Bool, part: (Int) -> Part) -> SimulatedDisk.State {
    var result = self
    for (id, node) in nodes where node.kind == .directory {
      result.nodes[id]?.entries = node.syncedEntries
    }
    for (index, operation) in unsynced.enumerated() where kept(index) {
      for (directory, name, node) in operation.changes {
        result.nodes[directory]?.entries[name] = node
      }
    }
    for (id, node) in nodes where node.kind == .file && node.synced != node.bytes {
      switch part(id) {
      case .synced: result.nodes[id]?.bytes = node.synced ?? []
      case .half: result.nodes[id]?.bytes = Array(node.bytes.prefix(node.bytes.count / 2))
      case .all: break
      }
    }
    // What stands now is what is on the disk.
    for (id, node) in result.nodes {
      result.nodes[id]?.synced = node.bytes
      result.nodes[id]?.syncedEntries = node.entries
    }
    result.unsynced = []
    result.aliases = [:]
    return result
  }

  package enum Part: CaseIterable, Sendable { case synced, half, all }

  /// Two disks that a power cut now could leave: all that was done, as after a kill, and only what
  /// was synced.
  package var corners: [SimulatedDisk.State] {
    [
      crashed(keeping: { _ in true }, part: { _ in .all }),
      crashed(keeping: { _ in false }, part: { _ in .synced }),
    ]
  }

  /// The disks that a power cut now could leave.
  package func crashes(random: Int, _ generator: inout SeededGenerator) -> [SimulatedDisk.State] {
    var found: [SimulatedDisk.State] = []
    for part in Part.allCases {
      found.append(crashed(keeping: { _ in false }, part: { _ in part }))
      found.append(crashed(keeping: { _ in true }, part: { _ in part }))
    }
    for index in unsynced.indices {
      found.append(crashed(keeping: { $0 != index }, part: { _ in .all }))
      found.append(crashed(keeping: { $0 != index }, part: { _ in .synced }))
      found.append(crashed(keeping: { $0 == index }, part: { _ in .all }))
      found.append(crashed(keeping: { $0 == index }, part: { _ in .synced }))
    }
    return found + subsets(random, &generator)
  }

  /// Disks on which any part of what was not synced is left.
  package func subsets(_ count: Int, _ generator: inout SeededGenerator) -> [SimulatedDisk.State] {
    let hasChoice =
      !unsynced.isEmpty || nodes.values.contains { $0.kind == .file && $0.synced != $0.bytes }
    return (0..<(hasChoice ? count : 0)).map { _ in
      let bits = generator.next()
      let parts = generator.next()
      return crashed(
        keeping: { bits >> UInt64($0 % 64) & 1 == 1 },
        part: { Part.allCases[Int(parts >> UInt64($0 * 2 % 62) & 3) % 3] })
    }
  }
}

/// One thing left out of the protocol, or done otherwise: what the proof must notice.
package enum Mutation: Hashable, Sendable {
  case none
  /// No sync of files of a name; of the versions in a journal with `*`.
  case noSyncOfFile(String)
  /// No sync of a directory of a name; of journals in preparation with `*.new`, under way with `*`.
  case noSyncOfDirectory(String)
  case replacesInsteadOfSwapping, renamesOver, createsOver, createsWide, ignoresModes
  case readsOnlyOnce, neverCommits, linksNothing, removesNothing, writesShort, hidesSyncErrors
  /// What is removed is removed where it counts.
  case discardsInPlace

  func skipsSync(ofFile path: AbsolutePath) -> Bool {
    guard case .noSyncOfFile(let name) = self else { return false }
    return name == "*" ? Int(path.name) != nil : path.name.hasSuffix(name)
  }

  func skipsSync(ofDirectory path: AbsolutePath) -> Bool {
    guard case .noSyncOfDirectory(let name) = self else { return false }
    let isChange = path.name.count >= 25 && path.name.dropFirst(15).hasPrefix("Z-")
    return switch name {
    case "*": isChange && !path.name.hasSuffix(".new")
    case "*.new": isChange && path.name.hasSuffix(".new")
    default: path.name == name
    }
  }
}
