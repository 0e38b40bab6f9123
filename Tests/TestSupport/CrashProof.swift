package import ClineConfig

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
  }

  package struct Scenario: Sendable {
    package let name: String
    let canExchange: Bool
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

  static func store(on disk: SimulatedDisk) -> SettingsStore {
    let host = HostEnvironment.test(disk)
    let directory = AbsolutePath(testData) ?? .root
    return SettingsStore(
      locations: ClineLocations(dataDirectory: directory, decidedBy: "test"), host: host)
  }

  // MARK: Scenarios

  private static let old: [(String, String, UInt16)] = [
    ("globalState.json", "{\n  \"mode\": \"act\",\n  \"kept\": 1.50\n}", 0o644),
    ("secrets.json", "{\"openAiApiKey\":\"k-old\",\"other\":\"kept\"}", 0o600),
    ("settings/providers.json", "{\"version\":1,\"providers\":{}}\n", 0o600),
    ("settings/models.json", "{\"version\":1,\"providers\":{}}", 0o640),
  ]

  private static func changes(_ count: Int, suffix: String = "new") -> ChangeSet {
    var changes = ChangeSet()
    changes.set(.string("plan-" + suffix), in: .globalState, at: "/mode")
    if count > 1 { changes.set(.string("k-" + suffix), in: .secrets, at: "/openAiApiKey") }
    if count > 2 {
      changes.set(.string("x-" + suffix), in: .providers, at: "/lastUsedProvider")
      changes.set(["models": [:]], in: .models, at: "/providers/x")
    }
    return changes
  }

  private static func removals(_ count: Int) -> ChangeSet {
    var changes = ChangeSet()
    changes.removesReferencesFirst = true
    changes.remove(from: .globalState, at: "/mode")
    if count > 1 { changes.remove(from: .secrets, at: "/openAiApiKey") }
    return changes
  }

  @Sendable private static func putOld(_ disk: SimulatedDisk) {
    for (path, text, mode) in old {
      disk.put(Array(text.utf8), at: testData + "/" + path, mode: mode, synced: true)
    }
  }

  private static func commit(_ changes: ChangeSet) -> @Sendable (SettingsStore) throws -> Void {
    { store in try store.commit(store.plan(changes, on: store.load()), command: "test") }
  }

  /// Twelve changes, on file systems that can swap two names and on those that cannot.
  package static let scenarios: [Scenario] = [true, false].flatMap { canExchange -> [Scenario] in
    func scenario(
      _ name: String, _ setUp: @escaping @Sendable (SimulatedDisk) -> Void,
      _ act: @escaping @Sendable (SettingsStore) throws -> Void
    ) -> Scenario {
      Scenario(
        name: name + (canExchange ? "" : ", without exchange"), canExchange: canExchange,
        setUp: setUp, act: act)
    }
    return [
      scenario("edit of one file", putOld, commit(changes(1))),
      scenario("edit of two files", putOld, commit(changes(2))),
      scenario("edit of four files", putOld, commit(changes(4))),
      scenario("removal from one file", putOld, commit(removals(1))),
      scenario("removal from two files", putOld, commit(removals(2))),
      scenario(
        "the very first run", { $0.put([], at: home + "/x", synced: true) }, commit(changes(4))),
      scenario(
        "two new files beside an old one",
        { disk in
          disk.put(Array(old[0].1.utf8), at: targets[0], synced: true)
        }, commit(changes(4))),
      scenario(
        "a linked store",
        { disk in
          putOld(disk)
          disk.put(Array(old[0].1.utf8), at: home + "/dotfiles/state.json", synced: true)
          disk.putLink(home + "/dotfiles/state.json", at: targets[0])
        }, commit(changes(2))),
      scenario(
        "a chain of links",
        { disk in
          putOld(disk)
          disk.put(
            Array(old[1].1.utf8), at: home + "/dotfiles/keys.json", mode: 0o600, synced: true)
          disk.putLink("keys.json", at: home + "/dotfiles/link.json")
          disk.putLink(home + "/dotfiles/link.json", at: targets[1])
        }, commit(changes(4))),
      scenario(
        "secrets that others could read",
        { disk in
          putOld(disk)
          disk.put(Array(old[1].1.utf8), at: targets[1], mode: 0o644, synced: true)
        }, commit(changes(2))),
      scenario(
        "undo of an edit",
        { disk in
          putOld(disk)
          _ = try? commit(changes(4))(store(on: disk))
        },
        { store in
          guard let undo = try store.planUndo(on: store.load()) else { return }
          try store.commit(undo.plan, command: "undo")
        }),
      scenario(
        "undo of the very first run",
        { disk in
          disk.put([], at: home + "/x", synced: true)
          _ = try? commit(changes(4))(store(on: disk))
        },
        { store in
          guard let undo = try store.planUndo(on: store.load()) else { return }
          try store.commit(undo.plan, command: "undo")
        }),
    ]
  }

  // MARK: The check

  private struct Versions {
    var before: [[UInt8]?]
    var after: [[UInt8]?]
    var links: [String: String]
    /// The targets' permissions before; `nil` where there was no file.
    var modes: [UInt16?]
    /// Whether the former permissions come back with the former bytes.
    var isUndo: Bool
  }

  private static func modes(_ disk: SimulatedDisk) -> [UInt16?] {
    targets.map { path in
      guard let absolute = AbsolutePath(path), let real = try? disk.resolve(absolute) else {
        return nil
      }
      return disk.node(at: real.description)?.mode.rawValue
    }
  }

  private static func contents(_ disk: SimulatedDisk) -> [[UInt8]?] {
    targets.map { path in
      // Through the link, as Cline reads.
      guard let absolute = AbsolutePath(path), let real = try? disk.resolve(absolute) else {
        return nil
      }
      return disk.bytes(at: real.description)
    }
  }

  private static func links(_ disk: SimulatedDisk) -> [String: String] {
    disk.files(below: home).compactMapValues { $0.kind == .link ? $0.target : nil }
  }

  /// What is wrong with a disk after a recovery; `nil` when nothing is.
  private func fault(
    _ disk: SimulatedDisk, _ versions: Versions, isDone: Bool
  ) -> String? {
    let now = Self.contents(disk)
    guard now == versions.before || now == versions.after else {
      let mixed = zip(now, zip(versions.before, versions.after)).map { now, sides in
        now == sides.0 ? "old" : now == sides.1 ? "new" : now == nil ? "gone" : "neither"
      }
      return "files are mixed: \(mixed)"
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
          isSecret && versions.before[index] != versions.after[index] ? $0 & 0o700 : $0
        }
        if mode != wanted ?? 0o600 { return "the mode of \(Self.targets[index]) is another" }
      }
    }
    for (path, node) in disk.files(below: Self.home) {
      if path.contains(".clinecfg-") { return "left over: \(path)" }
      if path.contains("/pending/") { return "left over: \(path)" }
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

  private static func recover(_ disk: SimulatedDisk) throws {
    try store(on: disk).recover()
  }

  /// Runs every scenario and cuts the power at every step.
  package func run(_ scenarios: [Scenario] = CrashProof.scenarios) -> Tally {
    var tally = Tally()
    var generator = SeededGenerator(seed: seed)
    for scenario in scenarios {
      tally.scenarios += 1
      run(scenario, &tally, &generator)
      if mutation != .none, !tally.failures.isEmpty { return tally }
    }
    return tally
  }

  /// A disk set up for a scenario, everything on it synced.
  private func disk(for scenario: Scenario) -> SimulatedDisk {
    let rough = SimulatedDisk()
    rough.plan.canExchange = scenario.canExchange
    scenario.setUp(rough)
    let disk = SimulatedDisk(rough.state.crashed(keeping: { _ in true }, part: { _ in .all }))
    disk.plan.canExchange = scenario.canExchange
    disk.plan.mutation = mutation
    return disk
  }

  private func run(
    _ scenario: Scenario, _ tally: inout Tally, _ generator: inout SeededGenerator
  ) {
    let disk = disk(for: scenario)
    let before = Self.contents(disk)
    let links = Self.links(disk)
    let modes = Self.modes(disk)
    disk.plan.records = true
    do {
      try scenario.act(Self.store(on: disk))
    } catch {
      return tally.fail("\(scenario.name): \(error)")
    }
    let versions = Versions(
      before: before, after: Self.contents(disk), links: links, modes: modes,
      isUndo: scenario.name.hasPrefix("undo"))
    if let fault = fault(disk, versions, isDone: true) {
      tally.fail("\(scenario.name), no crash: \(fault)")
    }
    // The last point is after the end: what was reported as done must be there.
    let points = disk.points + [disk.state]
    tally.steps += points.count
    for (index, point) in points.enumerated() {
      for crashed in point.crashes(random: random, &generator) {
        tally.states += 1
        let survivor = SimulatedDisk(crashed)
        survivor.plan.canExchange = scenario.canExchange
        survivor.plan.mutation = mutation
        let isDone = index == points.count - 1
        if let fault = check(survivor, versions, isDone: isDone) {
          let step = index < disk.trace.count ? disk.trace[index] : "the end"
          tally.fail("\(scenario.name), cut before step \(index) (\(step)): \(fault)")
          if mutation != .none { return }
        }
      }
    }
  }

  private func check(_ disk: SimulatedDisk, _ versions: Versions, isDone: Bool) -> String? {
    do {
      try Self.recover(disk)
    } catch {
      return "recovery: \(error)"
    }
    if let fault = fault(disk, versions, isDone: isDone) { return fault }
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

  // MARK: Compound: cut again within the recovery

  /// Cuts the power, and again at every step of the recovery from a sample of the disks.
  package func runTwice(every stride: Int, _ scenarios: [Scenario] = CrashProof.scenarios) -> Tally
  {
    var tally = Tally()
    var generator = SeededGenerator(seed: seed)
    var count = 0
    for scenario in scenarios {
      tally.scenarios += 1
      let disk = disk(for: scenario)
      let before = Self.contents(disk)
      let links = Self.links(disk)
      let modes = Self.modes(disk)
      disk.plan.records = true
      guard (try? scenario.act(Self.store(on: disk))) != nil else { continue }
      let versions = Versions(
        before: before, after: Self.contents(disk), links: links, modes: modes,
        isUndo: scenario.name.hasPrefix("undo"))
      for point in disk.points {
        for crashed in point.crashes(random: 4, &generator) {
          count += 1
          guard count % stride == 0 else { continue }
          let first = SimulatedDisk(crashed)
          first.plan.canExchange = scenario.canExchange
          first.plan.mutation = mutation
          first.plan.records = true
          guard (try? Self.recover(first)) != nil else {
            tally.fail("\(scenario.name): the first recovery failed")
            continue
          }
          for (step, again) in first.points.enumerated() {
            for second in again.crashes(random: 2, &generator) {
              tally.states += 1
              let survivor = SimulatedDisk(second)
              survivor.plan.canExchange = scenario.canExchange
              survivor.plan.mutation = mutation
              if let fault = check(survivor, versions, isDone: false) {
                tally.fail(
                  "\(scenario.name), cut in the recovery at step \(step) (\(first.trace[step])): \(fault)"
                )
              }
            }
          }
        }
      }
      tally.steps += disk.points.count
    }
    return tally
  }

  // MARK: Errors

  package static let codes: [FileSystemError.Code] = [
    5, 28, 122, 13, 1, 30, 4, 24, 23, 40, 36, 18, 116, 16, 22, 38,
  ].map { FileSystemError.Code(rawValue: $0) }

  /// Every call fails with every error, once or from then on.
  package func runErrors(
    _ scenarios: [Scenario], codes: [FileSystemError.Code] = CrashProof.codes
  ) -> Tally {
    var tally = Tally()
    for scenario in scenarios {
      tally.scenarios += 1
      let sound = disk(for: scenario)
      let before = Self.contents(sound)
      let links = Self.links(sound)
      guard (try? scenario.act(Self.store(on: sound))) != nil else { continue }
      let versions = Versions(
        before: before, after: Self.contents(sound), links: links, modes: Self.modes(sound),
        isUndo: true)
      tally.steps += sound.calls
      for call in 0..<sound.calls {
        for code in codes {
          for isLasting in [false, true] {
            tally.states += 1
            let disk = disk(for: scenario)
            if isLasting {
              disk.plan.failsFrom = (call, code)
            } else {
              disk.plan.failures = [call: code]
            }
            if let fault = error(disk, scenario, versions) {
              tally.fail(
                "\(scenario.name), call \(call) fails with \(code)"
                  + "\(isLasting ? " from then on" : ""): \(fault)")
            }
          }
        }
      }
    }
    return tally
  }

  private func error(
    _ disk: SimulatedDisk, _ scenario: Scenario, _ versions: Versions
  ) -> String? {
    var reported: StoreError?
    do {
      try scenario.act(Self.store(on: disk))
    } catch let error as StoreError {
      reported = error
    } catch {
      return "an error of another kind: \(error)"
    }
    disk.plan.failures = [:]
    disk.plan.failsFrom = nil
    let now = Self.contents(disk)
    if reported == nil, now != versions.after { return "done was reported, and it is not" }
    if let reported {
      if reported.description.contains("k-new") { return "the key is in the message" }
      let isOpen = reported.code == .unconfirmed || reported.code == .unfinished
      if !isOpen, now != versions.before {
        return "an error was reported (\(reported)), and files differ"
      }
    }
    if reported == nil {
      // Done means on the disk: also when the power goes right then.
      let cut = SimulatedDisk(disk.state.crashed(keeping: { _ in false }, part: { _ in .synced }))
      cut.plan.canExchange = scenario.canExchange
      if let fault = check(cut, versions, isDone: true) { return "power cut after it: \(fault)" }
    }
    return check(disk, versions, isDone: reported == nil)
  }

  /// Every mutation that the proof must notice.
  package static let mutations: [Mutation] = [
    .noSyncOfFile("record.json"), .noSyncOfFile(".before"), .noSyncOfFile(".after"),
    .noSyncOfFile(".tmp"), .noSyncOfFile(".redo"), .noSyncOfDirectory("*.new"),
    .noSyncOfDirectory("pending"), .noSyncOfDirectory("data"),
    .noSyncOfDirectory("settings"), .noSyncOfDirectory(".clinecfg"),
    .noSyncOfDirectory(".cline"), .noSyncOfDirectory("dotfiles"),
    .replacesInsteadOfSwapping, .renamesOver, .createsOver, .createsWide, .ignoresModes,
    .readsOnlyOnce, .neverCommits, .linksNothing, .removesNothing, .writesShort,
    .hidesSyncErrors,
  ]

  /// Whether anything in the proof notices a mutation: a cut, an error, a foreign write, a planted
  /// link, or the check after a run without any fault.
  package func notices(_ mutation: Mutation) -> String? {
    var proof = self
    proof.mutation = mutation
    proof.random = 8
    if let fault = proof.foreignFault() { return fault }
    let crashes = proof.run()
    if let fault = crashes.failures.first { return fault }
    let errors = proof.runErrors([Self.scenarios[2]], codes: [FileSystemError.Code(rawValue: 5)])
    return errors.failures.first ?? proof.runTwice(every: 31).failures.first
  }

  /// A foreign write before every step, a planted link in the way of a new file.
  package func foreignFault() -> String? {
    for scenario in [Self.scenarios[2], Self.scenarios[5], Self.scenarios[14]] {
      let sound = disk(for: scenario)
      guard (try? scenario.act(Self.store(on: sound))) != nil else { return "no change at all" }
      let foreign = Array("{\n  \"mode\": \"act\",\n  \"foreign\": true\n}".utf8)
      let trace = sound.trace
      for step in 0..<trace.count {
        let disk = disk(for: scenario)
        disk.plan.interruptions = [step: { $0.put(foreign, at: Self.targets[0]) }]
        do {
          try scenario.act(Self.store(on: disk))
        } catch let error as StoreError where error.code == .changedOnDisk {
        } catch {
          return "a foreign write before step \(step): \(error)"
        }
        // The one gap that POSIX leaves where two names cannot be swapped.
        if !scenario.canExchange, trace[step] == "rename \(Self.targets[0])", step > 0,
          trace[step - 1].hasPrefix("link ")
        {
          continue
        }
        let everything = disk.files(below: Self.home).values.map(\.bytes)
        guard
          everything.contains(where: { String(decoding: $0, as: UTF8.self).contains("foreign") })
        else { return "\(scenario.name): a foreign write before step \(step) is lost" }
      }
    }
    // A link where our next new file would be, as a stranger plants it.
    let scenario = Self.scenarios[2]
    let sound = disk(for: scenario)
    _ = try? scenario.act(Self.store(on: sound))
    for line in sound.trace where line.hasPrefix("create ") {
      let path = String(line.dropFirst("create ".count))
      let disk = disk(for: scenario)
      disk.put(Array("victim".utf8), at: Self.home + "/victim", synced: true)
      guard path.contains(".clinecfg-") else { continue }
      disk.putLink(Self.home + "/victim", at: path)
      _ = try? scenario.act(Self.store(on: disk))
      if disk.bytes(at: Self.home + "/victim") != Array("victim".utf8) {
        return "a planted link was followed"
      }
    }
    return nil
  }
}
