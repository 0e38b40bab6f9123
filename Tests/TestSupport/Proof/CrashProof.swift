import ClineConfig
import Dispatch
import LosslessJSON
import Synchronization

/// The proof that a change happens whole or not at all: every step of every scenario is a possible
/// power cut, every cut leaves many possible disks, and from each the next run must get to all old
/// or all new.
package struct CrashProof: Sendable {
  /// What was tried, and what failed.
  package struct Tally: Sendable {
    package var scenarios = 0
    package var steps = 0
    package var states = 0
    package var failures: [String] = []

    mutating func fail(_ text: String) {
      if failures.count < 20 { failures.append(text) }
    }

    fileprivate mutating func add(_ other: Tally) {
      scenarios += other.scenarios
      steps += other.steps
      states += other.states
      for failure in other.failures { fail(failure) }
    }
  }

  package struct Scenario: Sendable {
    package let name: String
    let canExchange: Bool
    /// Directories on file systems of their own.
    var mounts: [String] = []
    let setUp: @Sendable (SimulatedDisk) -> Void
    /// The change, and what to call it.
    let act: @Sendable (SettingsStore) throws -> Void
  }

  package var seed: UInt64 = 1
  package var random = 16
  package var mutation = Mutation.none

  package init() {}

  static let home = "/home/u"
  static let targets = [
    "globalState.json", "secrets.json", "settings/providers.json", "settings/models.json",
  ].map { testData + "/" + $0 }

  static func store(on disk: SimulatedDisk, home: String = home) -> SettingsStore {
    let host = HostEnvironment.test(disk)
    let directory = AbsolutePath(home + "/.cline/data") ?? .root
    return SettingsStore(
      locations: ClineLocations(dataDirectory: directory), host: host)
  }

  // MARK: What is compared

  struct Versions {
    var before: [[UInt8]?]
    var after: [[UInt8]?]
    var links: [String: String]
    /// The targets' permissions before; `nil` where there was no file.
    var modes: [UInt16?]
    /// Whether the former permissions come back with the former bytes.
    var isUndo: Bool
  }

  static func modes(_ disk: SimulatedDisk) -> [UInt16?] {
    targets.map { path in
      guard let absolute = AbsolutePath(path), let real = try? disk.resolve(absolute) else {
        return nil
      }
      return disk.node(at: real.description)?.mode.rawValue
    }
  }

  static func contents(_ disk: SimulatedDisk, home: String = home) -> [[UInt8]?] {
    targets.map { path in
      // Through the link, as Cline reads.
      guard let absolute = AbsolutePath(home + path.dropFirst(Self.home.count)),
        let real = try? disk.resolve(absolute)
      else { return nil }
      return disk.bytes(at: real.description)
    }
  }

  static func links(_ disk: SimulatedDisk) -> [String: String] {
    disk.files(below: home).compactMapValues { $0.kind == .link ? $0.target : nil }
  }

  /// How each file stands, for a message.
  static func sides(_ now: [[UInt8]?], versions: Versions) -> [String] {
    zip(now, zip(versions.before, versions.after)).map { now, sides in
      now == sides.0 ? "old" : now == sides.1 ? "new" : now == nil ? "gone" : "neither"
    }
  }

  // MARK: The check

  /// What is wrong with a disk after a recovery; `nil` when nothing is.
  func fault(_ disk: SimulatedDisk, versions: Versions, isDone: Bool) -> String? {
    let now = Self.contents(disk)
    guard now == versions.before || now == versions.after else {
      return "files are mixed: \(Self.sides(now, versions: versions))"
    }
    if isDone, now != versions.after { return "what was reported as done is not there" }
    for case let bytes? in now {
      guard (try? JSONDocument(parsing: bytes)) != nil else { return "a file is torn" }
    }
    if Self.links(disk) != versions.links { return "a link was replaced" }
    if now == versions.after, versions.before != versions.after, !versions.isUndo {
      for (index, mode) in Self.modes(disk).enumerated() where now[index] != nil {
        let isSecret = index == 1 || index == 2
        let wanted = versions.modes[index].map {
          isSecret && versions.before[index] != versions.after[index] ? $0 & 0o600 : $0
        }
        if mode != wanted ?? 0o600 { return "the mode of \(Self.targets[index]) is another" }
      }
    }
    if let stray = strays(disk).first { return "left over: \(stray)" }
    for (path, node) in disk.files(below: Self.home) {
      let isOurs = path.contains("/.clinecfg/")
      let isSecret =
        path.hasSuffix("secrets.json") || path.hasSuffix("providers.json")
        || path.hasSuffix("keys.json")
      if node.kind == .file, isOurs || isSecret && now == versions.after,
        node.mode.rawValue & 0o077 != 0
      {
        return "others can read \(path)"
      }
    }
    // The old side is kept whenever the new one stands.
    if now == versions.after, versions.before != versions.after {
      let kept = Set(
        disk.files(below: testData + "/.clinecfg").values.map { Array($0.bytes) })
      for case let bytes? in versions.before where !now.contains(bytes) && !kept.contains(bytes) {
        return "an old version is nowhere"
      }
    }
    return nil
  }

  /// Files of a change that is not under way any more.
  func strays(_ disk: SimulatedDisk, home: String = home) -> [String] {
    let own = home + "/.cline/data/.clinecfg/"
    return disk.files(below: home).keys.filter { path in
      guard path.hasPrefix(own) else { return path.contains("/.clinecfg-") }
      // What is neither a lock nor a backup.
      return ["lock", ".gitignore", "backups/"].allSatisfy {
        !path.dropFirst(own.count).hasPrefix($0)
      }
        || path.contains(".new/") || path.contains(".old/")
    }
  }

  static func recover(_ disk: SimulatedDisk, mode: RecoveryMode = .automatic) throws {
    try store(on: disk).recover(mode)
  }

  /// Recovers, checks, and recovers again, which must find nothing to do.
  func check(_ disk: SimulatedDisk, versions: Versions, isDone: Bool) -> String? {
    do {
      try Self.recover(disk)
    } catch {
      return "recovery: \(error)"
    }
    if let fault = fault(disk, versions: versions, isDone: isDone) { return fault }
    // A second recovery has nothing to do. (It takes the lock, and makes what it stands in.)
    let before = disk.files(below: Self.home).mapValues(\.bytes)
    do {
      try Self.recover(disk)
    } catch {
      return "second recovery: \(error)"
    }
    return disk.files(below: Self.home).mapValues(\.bytes) == before
      ? nil : "a second recovery changed something"
  }

  /// Whether the next change works.
  func next(_ disk: SimulatedDisk, home: String = home) -> String? {
    let store = Self.store(on: disk, home: home)
    var changes = ChangeSet()
    changes.set(1, in: .globalState, at: "/zz")
    do {
      try store.commit(store.plan(changes, on: store.load()), command: "next")
    } catch {
      return "the next change: \(error)"
    }
    let now = Self.contents(disk, home: home)[0].flatMap { try? JSONDocument(parsing: $0) }
    return now?["/zz"] == 1 ? nil : "the next change is not there"
  }

  // MARK: Running

  /// A disk set up for a scenario, everything on it synced.
  func disk(for scenario: Scenario) -> SimulatedDisk {
    let rough = SimulatedDisk()
    rough.plan.canExchange = scenario.canExchange
    rough.plan.mounts = scenario.mounts
    scenario.setUp(rough)
    return survivor(
      rough.state.crashed(keeping: { _ in true }, part: { _ in .all }), of: scenario)
  }

  /// The disk that a cut left, with the same file system and the same mutant at work.
  func survivor(_ crashed: SimulatedDisk.State, of scenario: Scenario) -> SimulatedDisk {
    let disk = SimulatedDisk(crashed)
    disk.plan.canExchange = scenario.canExchange
    disk.plan.mounts = scenario.mounts
    disk.plan.mutation = mutation
    return disk
  }

  /// What a scenario does on a sound disk; `nil` where it fails.
  func versions(of scenario: Scenario) -> (versions: Versions, disk: SimulatedDisk)? {
    let disk = disk(for: scenario)
    let before = Self.contents(disk)
    let (links, modes) = (Self.links(disk), Self.modes(disk))
    disk.plan.records = true
    guard (try? scenario.act(Self.store(on: disk))) != nil else { return nil }
    return (
      Versions(
        before: before, after: Self.contents(disk), links: links, modes: modes,
        isUndo: scenario.name.hasPrefix("undo")), disk
    )
  }

  /// Goes through scenarios on every core, and adds up.
  func each(
    _ scenarios: [Scenario],
    _ body: @Sendable (Scenario, inout Tally, inout SeededGenerator) -> Void
  ) -> Tally {
    let total = Mutex(Tally())
    DispatchQueue.concurrentPerform(iterations: scenarios.count) { index in
      if mutation != .none, total.withLock({ !$0.failures.isEmpty }) { return }
      var tally = Tally()
      tally.scenarios = 1
      var generator = SeededGenerator(seed: seed &+ UInt64(index) &* 1_000_003)
      body(scenarios[index], &tally, &generator)
      total.withLock { [tally] in $0.add(tally) }
    }
    return total.withLock { $0 }
  }
}
