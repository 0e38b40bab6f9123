import LosslessJSON

/// What stands around Cline's files: permissions, links, left-over files, repositories, programs.
package struct Surroundings: Hashable, Sendable {
  /// A file or directory that more people can read or write than should.
  package struct Exposed: Hashable, Sendable {
    /// Which.
    package let path: AbsolutePath
    /// Its permissions.
    package let mode: FileMode
    /// Whether it is a directory that others can write, and not a file that others can read.
    package let isDirectory: Bool
    /// What it should have.
    package var restricted: FileMode {
      isDirectory ? FileMode(rawValue: mode.rawValue & ~0o022) : mode.withoutOthers
    }
  }

  /// A temporary file that somebody left.
  package struct Leftover: Hashable, Sendable {
    /// Which.
    package let path: AbsolutePath
    /// Since when nobody wrote to it, in seconds.
    package let age: Int
    /// Who left it.
    package let origin: Origin

    /// Who left a file, and so who may remove it.
    package enum Origin: Hashable, Sendable {
      /// Cline.
      case cline
      /// A change of clinecfg's: the next one, or `recover`, removes it.
      case change
      /// A key that clinecfg was about to keep for a profile.
      case savedKey
    }
  }

  /// How git looks at a file.
  package enum Tracking: String, Hashable, Sendable {
    /// It is in the repository.
    case tracked
    /// It stands in a work tree and nothing keeps it from being added.
    case notIgnored
  }

  /// Files of keys that others can read, and directories that others can write.
  package var exposed: [Exposed] = []
  /// Files that are symbolic links, and where they lead.
  package var links: [SettingsFile: AbsolutePath] = [:]
  /// Files of keys in clinecfg's own folder that no saved profile refers to.
  package var orphanedKeys: [AbsolutePath] = []
  /// Temporary files.
  package var leftovers: [Leftover] = []
  /// Files of keys that git could take.
  package var repositories: [AbsolutePath: Tracking] = [:]
  /// Cline, and editors that have it, by name.
  package var running: [RunningClient] = []
  /// What the newest change wrote and another program has changed back since.
  package var overwritten: [StoreEdit] = []
  /// The VS Codes of this machine.
  package var editors: [VSCodeInstallation] = []
  /// The files of MCP servers.
  package var mcp: [MCPFile] = []
  /// Those whose own storage alone holds Cline's settings.
  package var oldStorages: [AbsolutePath] = []
  /// Whether one of them starts the extension from before the SDK.
  package var startsLegacy = false
  /// Whether an organisation's settings are in force.
  package var isManaged = false

  /// Nothing noteworthy.
  package init() {}

  static func with(_ change: (inout Surroundings) -> Void) -> Surroundings {
    var surroundings = Surroundings()
    change(&surroundings)
    return surroundings
  }
}

extension Surroundings {
  /// Looks around the files of each snapshot. What cannot be seen is left out.
  static func read(_ snapshots: [Snapshot], on host: HostEnvironment) -> Surroundings {
    var found = Surroundings()
    for snapshot in snapshots {
      found.readFiles(of: snapshot, on: host)
      found.readLeftovers(in: snapshot.locations, on: host)
      found.isManaged = found.isManaged || isManaged(snapshot, on: host)
    }
    found.readKeyFiles(on: host)
    let processes = host.processes()
    found.running = RunningClient.all(
      on: host, dataDirectories: snapshots.map(\.locations), processes: processes)
    if found.running.isEmpty, found.leftovers.contains(where: { $0.origin == .cline && $0.age < 2 })
    {
      found.running.append(RunningClient(name: "a program that writes Cline's files", process: 0))
    }
    found.editors = VSCodeInstallation.all(on: host, processes: processes)
    found.startsLegacy = found.editors.contains { $0.startsLegacy(on: host) }
    if let main = snapshots.first {
      found.mcp = MCPFile.all(beside: main.locations, editors: found.editors, on: host)
      found.overwritten = SettingsStore(locations: main.locations, host: host).overwritten(on: main)
    }
    return found
  }

  private mutating func readFiles(of snapshot: Snapshot, on host: HostEnvironment) {
    for file in SettingsFile.allCases {
      let reading = snapshot[file]
      if (try? host.files.status(of: reading.path))?.kind == .link {
        links[file] = reading.realPath
      }
      guard file.holdsSecrets, let status = reading.contents?.status else { continue }
      if status.mode.rawValue & 0o077 != 0 {
        exposed.append(Exposed(path: reading.realPath, mode: status.mode, isDirectory: false))
      }
      repositories[reading.realPath] = Repository.tracking(of: reading.realPath, on: host)
    }
    exposed += Self.writableDirectories(of: snapshot.locations, on: host)
    let own = StateDirectory(in: snapshot.locations.dataDirectory, host: host)
    for name in (try? host.files.names(in: own.backups)) ?? [] {
      let set = own.backups.appending(name)
      for file in (try? host.files.names(in: set)) ?? [] {
        guard let status = try? host.files.status(of: set.appending(file)), status.kind == .file,
          status.mode.rawValue & 0o077 != 0
        else { continue }
        exposed.append(
          Exposed(path: set.appending(file), mode: status.mode, isDirectory: false))
      }
    }
  }

  /// The directories around Cline's files, and clinecfg's below them, that others can write.
  package static func writableDirectories(
    of locations: ClineLocations, on host: HostEnvironment
  ) -> [Exposed] {
    var directories = Set(
      SettingsFile.allCases.map { locations.path(of: $0).parent }.filter {
        $0.isWithin(locations.dataDirectory)
      })
    let own = StateDirectory(in: locations.dataDirectory, host: host)
    directories.formUnion([own.root, own.backups])
    return directories.sorted(by: { $0.description < $1.description }).compactMap {
      writable($0, on: host)
    }
  }

  private static func writable(_ directory: AbsolutePath, on host: HostEnvironment) -> Exposed? {
    guard let status = try? host.files.status(of: directory), status.kind == .directory,
      status.mode.rawValue & 0o022 != 0
    else { return nil }
    return Exposed(path: directory, mode: status.mode, isDirectory: true)
  }

  /// The keys that saved profiles keep or name, and what nobody names any more.
  private mutating func readKeyFiles(on host: HostEnvironment) {
    guard let profiles = SavedProfiles(on: host) else { return }
    exposed += [profiles.directory, profiles.keys].compactMap { Self.writable($0, on: host) }
    let files = profiles.keyFiles()
    for file in Set(files.kept + files.named).sorted(by: { $0.description < $1.description }) {
      guard let status = try? host.files.status(of: file), status.kind == .file,
        status.mode.rawValue & 0o077 != 0
      else { continue }
      exposed.append(Exposed(path: file, mode: status.mode, isDirectory: false))
    }
    orphanedKeys = files.kept.filter { !files.named.contains($0) }
    let now = host.now().milliseconds
    for file in files.temporary {
      guard let status = try? host.files.status(of: file), status.kind == .file else { continue }
      leftovers.append(
        Leftover(
          path: file, age: Int(max(0, now - status.modified.milliseconds) / 1000),
          origin: .savedKey))
    }
  }

  /// Cline's are `<file>.tmp.<ms>.<rand>.json` and `<file>.<pid>.tmp`; ours `.clinecfg-*.tmp`.
  private mutating func readLeftovers(in locations: ClineLocations, on host: HostEnvironment) {
    let now = host.now().milliseconds
    let directories = Set(SettingsFile.allCases.map { locations.path(of: $0).parent })
    for directory in directories.sorted(by: { $0.description < $1.description }) {
      for name in (try? host.files.names(in: directory)) ?? [] {
        let isOurs = Self.isOurs(name)
        let isClines = SettingsFile.allCases.contains {
          let file = locations.path(of: $0)
          return file.parent == directory && Self.isClines(name, of: file.name)
        }
        let path = directory.appending(name)
        guard isOurs || isClines, let status = try? host.files.status(of: path),
          status.kind == .file
        else { continue }
        leftovers.append(
          Leftover(
            path: path, age: Int(max(0, now - status.modified.milliseconds) / 1000),
            origin: isOurs ? .change : .cline))
      }
    }
  }

  /// `.clinecfg-<id>-<number>.tmp`, with `.old` or `.redo` behind it at most.
  private static func isOurs(_ name: String) -> Bool {
    let endings = [".tmp.redo.old", ".tmp.redo", ".tmp.old", ".tmp"]
    guard name.hasPrefix(".clinecfg-"), let ending = endings.first(where: name.hasSuffix) else {
      return false
    }
    let words = name.dropFirst(".clinecfg-".count).dropLast(ending.count).split(
      separator: "-", omittingEmptySubsequences: false)
    return words.count >= 2
      && words.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isLetterOrDigit) }
      && words.last?.utf8.allSatisfy(\.isDigit) == true
  }

  /// `<file>.tmp.<milliseconds>.<letters and digits>.json` of ClineFileStorage.ts, and
  /// `<file>.<process>.tmp` of provider-settings-manager.ts (4.1.13).
  private static func isClines(_ name: String, of file: String) -> Bool {
    guard name.hasPrefix(file + ".") else { return false }
    let words = name.dropFirst(file.count + 1).split(
      separator: ".", omittingEmptySubsequences: false)
    let isNumber = { (word: Substring) in !word.isEmpty && word.utf8.allSatisfy(\.isDigit) }
    switch words.count {
    case 2: return isNumber(words[0]) && words[1] == "tmp"
    case 4:
      return words[0] == "tmp" && isNumber(words[1]) && words[3] == "json"
        && words[2].utf8.allSatisfy(\.isLetterOrDigit)
    default: return false
    }
  }

  /// An organisation's configuration is cached in the data directory (JetBrains, CLI 2), or named
  /// in the state (apps/vscode/src/core/storage/remote-config, 4.1.13).
  private static func isManaged(_ snapshot: Snapshot, on host: HostEnvironment) -> Bool {
    let cache = snapshot.locations.dataDirectory.appending("cache")
    return ((try? host.files.names(in: cache)) ?? []).contains {
      $0.hasPrefix("remote_config_") && $0.hasSuffix(".json")
    }
      || snapshot[.globalState].document?["/lastManagedOrganizationId"]?.string?.isEmpty == false
  }
}

/// What git knows of a file; asked only inside a work tree.
enum Repository {
  static func tracking(
    of path: AbsolutePath, on host: HostEnvironment
  ) -> Surroundings.Tracking? {
    var directory = path.parent
    while (try? host.files.status(of: directory.appending(".git"))) == .some(nil) {
      if directory == .root { return nil }
      directory = directory.parent
    }
    guard let git = host.program("git") else { return nil }
    // A repository's own settings can name programs to run: not here.
    let base = [
      git.description, "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-C",
      path.parent.description,
    ]
    func ask(_ words: [String]) -> Int32? {
      host.run(ChildProcess(base + words, timeout: 3_000, outputLimit: 64 << 10))?.status
    }
    switch ask(["ls-files", "--error-unmatch", "--", path.name]) {
    case 0: return .tracked
    case 1: return ask(["check-ignore", "-q", "--", path.name]) == 1 ? .notIgnored : nil
    default: return nil
    }
  }
}
