import ClineConfig
import LosslessJSON
import Synchronization

/// What other programs do to it, and what a test looks at.
extension SimulatedDisk {
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
}
