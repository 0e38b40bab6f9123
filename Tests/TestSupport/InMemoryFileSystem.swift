package import ClineConfig
import LosslessJSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Files in memory, with a plan of what goes wrong.
///
/// It counts the calls that change something. A plan can stop the process at one of them, after
/// which every call fails as if nobody were there to make it, or fail single calls.
package final class InMemoryFileSystem: FileSystem {
  package struct FaultPlan: Sendable {
    /// The process ends before the changing call of this number, counted from 0.
    package var stopsBefore: Int?
    /// Changing calls that fail, by number.
    package var failures: [Int: FileSystemError.Code] = [:]
    /// Whether two names can be swapped.
    package var canExchange = true
    /// Directories that are mounts of their own.
    package var mounts: [String] = []
    /// Runs before the changing call of a number: another program's chance.
    package var interruptions: [Int: @Sendable (InMemoryFileSystem) -> Void] = [:]

    package init() {}
  }

  fileprivate struct Node {
    var kind: FileStatus.Kind
    var bytes: [UInt8] = []
    var mode: FileMode
    var target = ""
    var owner = FileOwner(user: 1000, group: 1000)
    var modified = Timestamp(milliseconds: 1_787_428_980_000)
  }

  fileprivate struct State {
    var nodes: [UInt64: Node] = [1: Node(kind: .directory, mode: FileMode(rawValue: 0o755))]
    var names: [String: UInt64] = ["/": 1]
    var nextNode: UInt64 = 2
    var plan = FaultPlan()
    var calls: [String] = []
    var locks: Set<UInt64> = []
  }

  private let state = Mutex(State())

  /// The code of every call after the process has stopped.
  package static let stopped = FileSystemError.Code(rawValue: -1)

  package init() {}

  // MARK: For tests

  package var plan: FaultPlan {
    get { state.withLock { $0.plan } }
    set { state.withLock { $0.plan = newValue } }
  }

  /// The calls that changed something, in order.
  package var calls: [String] { state.withLock { $0.calls } }

  /// The process is gone, and with it its locks and faults.
  package func restart() {
    state.withLock {
      $0.plan = FaultPlan()
      $0.calls = []
      $0.locks = []
    }
  }

  /// Writes a file as another program does: directly, whole.
  package func put(_ text: String, at path: String, mode: UInt16 = 0o644) {
    put(Array(text.utf8), at: path, mode: mode)
  }

  package func put(_ bytes: [UInt8], at path: String, mode: UInt16 = 0o644) {
    state.withLock { state in
      Self.makeParents(of: path, &state)
      state.names[path] = state.add(
        Node(kind: .file, bytes: bytes, mode: FileMode(rawValue: mode)))
    }
  }

  package func putLink(_ target: String, at path: String) {
    state.withLock { state in
      Self.makeParents(of: path, &state)
      state.names[path] = state.add(
        Node(kind: .link, mode: FileMode(rawValue: 0o777), target: target))
    }
  }

  package func putDirectory(_ path: String) {
    state.withLock { Self.makeParents(of: path + "/x", &$0) }
  }

  package func bytes(at path: String) -> [UInt8]? {
    state.withLock { state in
      state.find(path).flatMap { state.nodes[$0] }.flatMap { $0.kind == .file ? $0.bytes : nil }
    }
  }

  package func text(at path: String) -> String? {
    bytes(at: path).map { String(decoding: $0, as: UTF8.self) }
  }

  package func mode(at path: String) -> UInt16? {
    state.withLock { state in state.find(path).flatMap { state.nodes[$0]?.mode.rawValue } }
  }

  /// Every file and link below a directory, by path, with its bytes.
  package func files(below directory: String) -> [String: [UInt8]] {
    state.withLock { state in
      var files: [String: [UInt8]] = [:]
      for (path, number) in state.names where path.hasPrefix(directory + "/") {
        if let node = state.nodes[number], node.kind != .directory {
          files[path] = node.kind == .file ? node.bytes : Array(("-> " + node.target).utf8)
        }
      }
      return files
    }
  }

  private static func makeParents(of path: String, _ state: inout State) {
    var parent = ""
    for component in path.split(separator: "/").dropLast() {
      parent += "/" + component
      if state.names[parent] == nil {
        state.names[parent] = state.add(
          Node(kind: .directory, mode: FileMode(rawValue: 0o755)))
      }
    }
  }

  // MARK: FileSystem

  package var user: UInt32 { 1000 }

  package func canMove(
    from a: AbsolutePath, to b: AbsolutePath
  ) throws(FileSystemError) -> Bool {
    state.withLock { state in
      func mount(_ path: AbsolutePath) -> String? {
        let real = state.canonical(path.description) ?? path.description
        return state.plan.mounts.first { real == $0 || real.hasPrefix($0 + "/") }
      }
      return mount(a) == mount(b)
    }
  }

  private func look<T>(
    _ operation: FileSystemError.Operation, path: AbsolutePath,
    _ body: (inout State) throws(FileSystemError) -> T
  ) throws(FileSystemError) -> T {
    try state.withLock { state throws(FileSystemError) in
      if let stop = state.plan.stopsBefore, state.calls.count >= stop {
        throw FileSystemError(operation: operation, path: path, code: Self.stopped)
      }
      return try body(&state)
    }
  }

  private func change<T>(
    _ operation: FileSystemError.Operation, path: AbsolutePath, call: String,
    _ body: (inout State) throws(FileSystemError) -> T
  ) throws(FileSystemError) -> T {
    let interruption = state.withLock { state -> (@Sendable (InMemoryFileSystem) -> Void)? in
      defer { state.plan.interruptions[state.calls.count] = nil }
      return state.plan.interruptions[state.calls.count]
    }
    interruption?(self)
    return try look(operation, path: path) { state throws(FileSystemError) in
      let number = state.calls.count
      state.calls.append("\(call) \(path)")
      if let code = state.plan.failures[number] {
        throw FileSystemError(operation: operation, path: path, code: code)
      }
      return try body(&state)
    }
  }

  package func status(of path: AbsolutePath) throws(FileSystemError) -> FileStatus? {
    try look(.inspect, path: path) { state in
      state.find(path.description).flatMap { state.status($0) }
    }
  }

  package func linkTarget(of path: AbsolutePath) throws(FileSystemError) -> String {
    try look(.inspect, path: path) { state throws(FileSystemError) in
      guard let number = state.find(path.description), let node = state.nodes[number],
        node.kind == .link
      else { throw FileSystemError(operation: .inspect, path: path, code: .notAFile) }
      return node.target
    }
  }

  package func read(
    _ path: AbsolutePath, limit: Int
  ) throws(FileSystemError) -> FileContents {
    try look(.read, path: path) { state throws(FileSystemError) in
      guard let number = state.find(path.description), let node = state.nodes[number],
        let status = state.status(number)
      else { throw FileSystemError(operation: .read, path: path, code: .notFound) }
      let problem: FileSystemError.Code? =
        switch node.kind {
        case .directory: .isDirectory
        case .link: .tooManyLinks
        case .other: .notAFile
        case .file: node.bytes.count > limit ? .tooLarge : nil
        }
      if let problem { throw FileSystemError(operation: .read, path: path, code: problem) }
      return FileContents(bytes: node.bytes, status: status)
    }
  }

  package func create(
    _ path: AbsolutePath, contents: FileBytes, mode: FileMode, owner: FileOwner?
  ) throws(FileSystemError) {
    // Two steps, as a stop can fall between them: the empty name, then its bytes.
    try change(.create, path: path, call: "create") { state throws(FileSystemError) in
      try state.add(Node(kind: .file, mode: .ownerOnly), at: path, operation: .create)
    }
    do throws(FileSystemError) {
      try change(.write, path: path, call: "write") { state throws(FileSystemError) in
        guard let number = state.find(path.description) else { return }
        state.nodes[number]?.bytes = contents.joined
        state.nodes[number]?.mode = mode
        if let owner { state.nodes[number]?.owner = owner }
      }
    } catch {
      if error.code != Self.stopped { try? remove(path) }
      throw error
    }
  }

  package func makeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    try change(.create, path: path, call: "mkdir") { state throws(FileSystemError) in
      if let number = state.find(path.description), state.nodes[number]?.kind == .directory {
        return
      }
      try state.add(
        Node(kind: .directory, mode: FileMode(rawValue: 0o700)), at: path, operation: .create)
    }
  }

  package func setMode(_ mode: FileMode, of path: AbsolutePath) throws(FileSystemError) {
    try change(.write, path: path, call: "chmod") { state throws(FileSystemError) in
      let name = try state.name(path, operation: .write)
      guard let number = state.names[name] else { return }
      state.nodes[number]?.mode = mode
    }
  }

  /// A move from one mount to another, which no file system makes.
  private func cross(_ a: AbsolutePath, b: AbsolutePath) throws(FileSystemError) {
    guard try canMove(from: a.parent, to: b.parent) else {
      throw FileSystemError(operation: .rename, path: b, code: .init(rawValue: 18))
    }
  }

  package func exchange(_ a: AbsolutePath, _ b: AbsolutePath) throws(FileSystemError) -> Bool {
    guard plan.canExchange else { return false }
    try cross(a, b: b)
    return try change(.rename, path: b, call: "exchange") { state throws(FileSystemError) in
      let first = try state.name(a, operation: .rename)
      let second = try state.name(b, operation: .rename)
      // Directories take what is in them along.
      var moved: [(String, UInt64)] = []
      for (from, to) in [(first, second), (second, first)] {
        for (path, number) in state.names where path.hasPrefix(from + "/") {
          moved.append((to + path.dropFirst(from.count), number))
        }
      }
      for path in state.names.keys
      where path.hasPrefix(first + "/") || path.hasPrefix(second + "/") {
        state.names[path] = nil
      }
      for (path, number) in moved { state.names[path] = number }
      (state.names[first], state.names[second]) = (state.names[second], state.names[first])
      return true
    }
  }

  package func rename(_ source: AbsolutePath, to target: AbsolutePath) throws(FileSystemError) {
    try cross(source, b: target)
    try change(.rename, path: target, call: "rename") { state throws(FileSystemError) in
      try state.rename(source, to: target)
    }
  }

  package func renameExclusively(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(FileSystemError) {
    try cross(source, b: target)
    try change(.rename, path: target, call: "rename-new") { state throws(FileSystemError) in
      guard state.find(target.description) == nil else {
        throw FileSystemError(operation: .rename, path: target, code: .exists)
      }
      try state.rename(source, to: target)
    }
  }

  package func link(_ source: AbsolutePath, to target: AbsolutePath) throws(FileSystemError) {
    try cross(source, b: target)
    try change(.link, path: target, call: "link") { state throws(FileSystemError) in
      let number = state.names[try state.name(source, operation: .link)]
      guard state.find(target.description) == nil else {
        throw FileSystemError(operation: .link, path: target, code: .exists)
      }
      state.names[try state.place(target, operation: .link)] = number
    }
  }

  package func remove(_ path: AbsolutePath) throws(FileSystemError) {
    try change(.remove, path: path, call: "unlink") { state throws(FileSystemError) in
      guard let number = state.find(path.description) else { return }
      guard state.nodes[number]?.kind != .directory else {
        throw FileSystemError(operation: .remove, path: path, code: .isDirectory)
      }
      state.names[try state.name(path, operation: .remove)] = nil
    }
  }

  package func removeDirectory(_ path: AbsolutePath) throws(FileSystemError) {
    try change(.remove, path: path, call: "rmdir") { state throws(FileSystemError) in
      guard state.find(path.description) != nil else { return }
      let name = try state.name(path, operation: .remove)
      guard !state.names.keys.contains(where: { $0.hasPrefix(name + "/") }) else {
        throw FileSystemError(operation: .remove, path: path, code: .notEmpty)
      }
      state.names[name] = nil
    }
  }

  package func names(in directory: AbsolutePath) throws(FileSystemError) -> [String] {
    try look(.list, path: directory) { state throws(FileSystemError) in
      guard let number = state.find(directory.description) else { return [] }
      guard state.nodes[number]?.kind == .directory else {
        throw FileSystemError(operation: .list, path: directory, code: .notDirectory)
      }
      let prefix = try state.name(directory, operation: .list) + "/"
      return state.names.keys.filter { $0.hasPrefix(prefix) }
        .map { String($0.dropFirst(prefix.count)) }
        .filter { !$0.contains("/") }.sorted()
    }
  }

  package func synchronize(_ directory: AbsolutePath) throws(FileSystemError) {
    try change(.synchronize, path: directory, call: "sync") { _ in }
  }

  package func lock(_ path: AbsolutePath) throws(FileSystemError) -> FileLock? {
    let number: UInt64? = try change(.lock, path: path, call: "lock") {
      state throws(FileSystemError) in
      if state.find(path.description) == nil {
        try state.add(Node(kind: .file, mode: .ownerOnly), at: path, operation: .lock)
      }
      guard let number = state.find(path.description), state.locks.insert(number).inserted else {
        return nil
      }
      return number
    }
    guard let number else { return nil }
    return FileLock { [weak self] in self?.state.withLock { _ = $0.locks.remove(number) } }
  }
}

extension InMemoryFileSystem.State {
  fileprivate mutating func add(_ node: InMemoryFileSystem.Node) -> UInt64 {
    defer { nextNode += 1 }
    nodes[nextNode] = node
    return nextNode
  }

  fileprivate mutating func add(
    _ node: InMemoryFileSystem.Node, at path: AbsolutePath,
    operation: FileSystemError.Operation
  ) throws(FileSystemError) {
    guard find(path.description) == nil else {
      throw FileSystemError(operation: operation, path: path, code: .exists)
    }
    let name = try place(path, operation: operation)
    names[name] = add(node)
  }

  /// The name that a path leads to: links in directories are followed, the last is not.
  func canonical(_ path: String) -> String? {
    var resolved = ""
    var rest = path.split(separator: "/").map(String.init)
    var steps = 0
    while !rest.isEmpty {
      steps += 1
      guard steps < 200 else { return nil }
      let next = resolved + "/" + rest.removeFirst()
      if !rest.isEmpty, let number = names[next], let node = nodes[number], node.kind == .link {
        if node.target.hasPrefix("/") { resolved = "" }
        rest = node.target.split(separator: "/").map(String.init) + rest
      } else {
        resolved = next
      }
    }
    return resolved.isEmpty ? "/" : resolved
  }

  func find(_ path: String) -> UInt64? { canonical(path).flatMap { names[$0] } }

  func name(
    _ path: AbsolutePath, operation: FileSystemError.Operation
  ) throws(FileSystemError) -> String {
    guard let name = canonical(path.description), names[name] != nil else {
      throw FileSystemError(operation: operation, path: path, code: .notFound)
    }
    return name
  }

  /// A name in a directory that exists.
  func place(
    _ path: AbsolutePath, operation: FileSystemError.Operation
  ) throws(FileSystemError) -> String {
    guard let name = canonical(path.description),
      let parent = AbsolutePath(name)?.parent.description, let number = names[parent],
      nodes[number]?.kind == .directory
    else { throw FileSystemError(operation: operation, path: path, code: .notFound) }
    return name
  }

  mutating func rename(
    _ source: AbsolutePath, to target: AbsolutePath
  ) throws(FileSystemError) {
    let from = try name(source, operation: .rename)
    let to = try place(target, operation: .rename)
    for (path, number) in names where path.hasPrefix(from + "/") {
      names[path] = nil
      names[to + path.dropFirst(from.count)] = number
    }
    names[to] = names[from]
    names[from] = nil
  }

  func status(_ number: UInt64) -> FileStatus? {
    nodes[number].map { node in
      FileStatus(
        kind: node.kind, mode: node.mode, size: node.bytes.count, owner: node.owner,
        identity: FileIdentity(device: 1, file: number),
        links: names.values.count { $0 == number }, modified: node.modified)
    }
  }
}
