import ClineConfig
import LosslessJSON

extension CrashProof {
  /// Backups are removed and rewritten, and the power goes at every step: each backup that is listed
  /// is whole, and what was to go is gone when it was said to be.
  package func runUpkeep() -> Tally {
    each([true, false].flatMap(Self.upkeep)) { scenario, tally, generator in
      let disk = disk(for: scenario)
      let before = Self.contents(disk)
      disk.plan.records = true
      do {
        try scenario.act(Self.store(on: disk))
      } catch {
        return tally.fail("\(scenario.name): \(error)")
      }
      let points = disk.points + [disk.state]
      tally.steps += points.count
      for (step, point) in points.enumerated() {
        for crashed in point.crashes(random: random, &generator) {
          tally.states += 1
          let last = survivor(crashed, of: scenario)
          let fault =
            upkeepFault(last, before: before)
            ?? (step == points.count - 1 && Self.isKept("k-new", disk: last)
              && scenario.name.hasPrefix("purge")
              ? "a purged value is still there" : nil)
          if let fault {
            let place = step < disk.trace.count ? disk.trace[step] : "the end"
            tally.fail("\(scenario.name), cut before step \(step) (\(place)): \(fault)")
          }
        }
      }
    }
  }

  private func upkeepFault(_ disk: SimulatedDisk, before: [[UInt8]?]) -> String? {
    let store = Self.store(on: disk)
    do {
      try store.recover()
      guard Self.contents(disk) == before else { return "a file was changed" }
      let damaged = try store.damagedBackups()
      guard damaged.isEmpty else { return "a backup is damaged: \(damaged)" }
      guard try !store.backups().isEmpty else { return "there is no backup" }
    } catch {
      return "\(error)"
    }
    if let stray = strays(disk).first { return "left over: \(stray)" }
    return next(disk)
  }

  private static func isKept(_ text: String, disk: SimulatedDisk) -> Bool {
    disk.files(below: testData + "/.clinecfg").values.contains {
      String(decoding: $0.bytes, as: UTF8.self).contains(text)
    }
  }

  private static func upkeep(canExchange: Bool) -> [Scenario] {
    func setUp(_ changes: Int) -> @Sendable (SimulatedDisk) -> Void {
      { disk in
        for (path, text, mode) in old {
          disk.put(Array(text.utf8), at: testData + "/" + path, mode: mode, synced: true)
        }
        let store = store(on: disk)
        for number in 0..<changes {
          var changes = ChangeSet()
          changes.set(.string("k-new-\(number)"), in: .secrets, at: "/openAiApiKey")
          _ = try? store.commit(store.plan(changes, on: store.load()), command: "test")
        }
      }
    }
    let suffix = canExchange ? "" : ", without exchange"
    return [
      Scenario(
        name: "prune" + suffix, canExchange: canExchange, setUp: setUp(23),
        act: { store in try later(store).pruneBackups() }),
      Scenario(
        name: "purge" + suffix, canExchange: canExchange, setUp: setUp(2),
        act: { store in try store.purgeBackups { file, _, _ in file == .secrets } }),
    ]
  }

  /// The same store forty days later.
  private static func later(_ store: SettingsStore) -> SettingsStore {
    var host = store.host
    host.now = { Timestamp(milliseconds: 1_787_428_980_000 + 40 * 86_400_000) }
    return SettingsStore(locations: store.locations, host: host)
  }
}
