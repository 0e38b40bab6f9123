import ClineConfig
import LosslessJSON
import Synchronization

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
    return found + subsets(random, generator: &generator)
  }

  /// Disks on which any part of what was not synced is left.
  package func subsets(_ count: Int, generator: inout SeededGenerator) -> [SimulatedDisk.State] {
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
