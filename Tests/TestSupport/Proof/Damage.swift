import ClineConfig
import LosslessJSON

extension CrashProof {
  private enum Harm: CaseIterable { case removed, cut, garbled, empty }

  /// The power goes, and something of ours is damaged or gone when the next run looks: it must end
  /// with all old or all new, or say that it cannot, with nothing touched.
  package func runDamaged(_ scenarios: [Scenario]) -> Tally {
    each(scenarios) { scenario, tally, _ in
      guard let (versions, sound) = versions(of: scenario) else { return }
      tally.steps += sound.points.count
      for (step, point) in sound.points.enumerated() {
        for crashed in point.corners {
          let ours = survivor(crashed, of: scenario).files(below: Self.home).keys.filter {
            $0.contains("/.clinecfg") && !$0.hasSuffix("/lock") && !$0.hasSuffix(".gitignore")
          }
          for path in ours.sorted() {
            for harm in Harm.allCases {
              tally.states += 1
              let disk = survivor(crashed, of: scenario)
              Self.damage(path, harm: harm, on: disk)
              if let fault = damageFault(
                disk, versions: versions, isRecord: path.hasSuffix("record.json"))
              {
                tally.fail(
                  "\(scenario.name), cut before step \(step) (\(sound.trace[step])), \(path) "
                    + "\(harm): \(fault)")
              }
            }
          }
        }
      }
    }
  }

  private static func damage(_ path: String, harm: Harm, on disk: SimulatedDisk) {
    let bytes = disk.bytes(at: path) ?? []
    switch harm {
    case .removed: AbsolutePath(path).map { try? disk.remove($0) }
    case .cut: disk.put(Array(bytes.dropLast(max(1, bytes.count / 3))), at: path, mode: 0o600)
    case .garbled: disk.put(bytes.map { $0 ^ 0x20 }, at: path, mode: 0o600)
    case .empty: disk.put([], at: path, mode: 0o600)
    }
  }

  private func damageFault(
    _ disk: SimulatedDisk, versions: Versions, isRecord: Bool
  ) -> String? {
    let before = Self.contents(disk)
    var refused = false
    do {
      try Self.recover(disk)
    } catch let error as StoreError {
      guard error.help != nil else { return "no way out is told: \(error)" }
      refused = true
    } catch {
      return "recovery: \(error)"
    }
    let now = Self.contents(disk)
    if now == before {
      // Nothing was touched. That is all that can be done without a record or a copy.
      if isRecord || refused || now == versions.before || now == versions.after {
        return refused ? nil : next(disk)
      }
      return "files are left mixed in silence: \(Self.sides(now, versions: versions))"
    }
    if refused {
      return "it was refused, and files were touched: \(Self.sides(now, versions: versions))"
    }
    guard now == versions.before || now == versions.after else {
      return "files are mixed: \(Self.sides(now, versions: versions))"
    }
    // What stood in place a moment ago is somewhere.
    let everything = Set(disk.files(below: Self.home).values.map(\.bytes))
    for case let bytes? in before where !everything.contains(bytes) {
      // The new side of what is taken back is nobody's loss.
      if now == versions.before, versions.after.contains(bytes) { continue }
      return "a version is lost"
    }
    return next(disk)
  }

  /// The whole of `~/.cline` is copied to another home while a change is pending: the copy's files
  /// are brought to one side, and those it was copied from stay as they are.
  package func runCopied(_ scenarios: [Scenario]) -> Tally {
    each(scenarios) { scenario, tally, _ in
      guard let (versions, sound) = versions(of: scenario) else { return }
      tally.steps += sound.points.count
      for (step, point) in sound.points.enumerated() {
        for crashed in point.corners {
          tally.states += 1
          let disk = survivor(crashed, of: scenario)
          guard disk.node(at: testData) != nil else { continue }
          disk.copy(Self.home + "/.cline", to: "/home/v/.cline")
          let original = disk.files(below: Self.home).mapValues(\.bytes)
          let fault: String? = {
            do {
              try Self.store(on: disk, home: "/home/v").recover()
            } catch {
              return "recovery: \(error)"
            }
            let now = Self.contents(disk, home: "/home/v")
            guard now == versions.before || now == versions.after else {
              return "files are mixed: \(Self.sides(now, versions: versions))"
            }
            if let stray = strays(disk, home: "/home/v").first { return "left over: \(stray)" }
            if let fault = next(disk, home: "/home/v") { return fault }
            return disk.files(below: Self.home).mapValues(\.bytes) == original
              ? nil : "the original was changed"
          }()
          if let fault {
            tally.fail(
              "\(scenario.name), cut before step \(step) (\(sound.trace[step])), copied: \(fault)")
          }
        }
      }
    }
  }

  /// Things that are not ours lie in each of our directories: they keep nobody out, stay as they
  /// are, and nothing that a link leads to is touched.
  package func runStrays(_ scenarios: [Scenario]) -> Tally {
    each(scenarios) { scenario, tally, _ in
      guard let (versions, sound) = versions(of: scenario) else { return }
      tally.steps += sound.points.count
      for (step, point) in sound.points.enumerated() {
        for crashed in point.corners {
          for mode in [RecoveryMode.automatic, .back] {
            tally.states += 1
            let disk = survivor(crashed, of: scenario)
            if let fault = strayFault(disk, versions: versions, mode: mode) {
              tally.fail(
                "\(scenario.name), cut before step \(step) (\(sound.trace[step])), strays, "
                  + "recovery \(mode): \(fault)")
            }
          }
        }
      }
    }
  }

  private func strayFault(
    _ disk: SimulatedDisk, versions: Versions, mode: RecoveryMode
  ) -> String? {
    let own = testData + "/.clinecfg"
    let victim = "/root/victim"
    disk.put(Array("victim".utf8), at: victim + "/record.json", synced: true)
    disk.put(Array("victim".utf8), at: victim + "/0.before", synced: true)
    guard disk.node(at: own) != nil else { return nil }
    var planted: [String: [UInt8]] = [:]
    for directory in disk.directories(below: own) {
      for (name, text) in [(".DS_Store", "x"), ("notes/readme.txt", "y"), ("0", "")] {
        guard disk.node(at: directory + "/" + name) == nil, !text.isEmpty else { continue }
        disk.put(Array(text.utf8), at: directory + "/" + name, synced: true)
        planted[directory + "/" + name] = Array(text.utf8)
      }
      disk.putLink(victim, at: directory + "/a.new")
      disk.putLink(victim, at: directory + "/a")
    }
    do {
      try Self.recover(disk, mode: mode)
    } catch {
      return "recovery: \(error)"
    }
    let now = Self.contents(disk)
    guard now == versions.before || now == versions.after else {
      return "files are mixed: \(Self.sides(now, versions: versions))"
    }
    guard disk.files(below: victim).values.allSatisfy({ $0.bytes == Array("victim".utf8) }),
      disk.files(below: victim).count == 2
    else { return "what a link leads to was touched" }
    return next(disk)
  }
}
