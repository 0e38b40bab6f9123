import ClineConfig
import LosslessJSON

extension CrashProof {
  private static let foreign = Array("{\n  \"mode\": \"act\",\n  \"foreign\": true\n}".utf8)

  private static func isKept(_ disk: SimulatedDisk) -> Bool {
    disk.files(below: home).values.contains {
      String(decoding: $0.bytes, as: UTF8.self).contains("foreign")
    }
  }

  /// The one gap that POSIX leaves where two names cannot be swapped: the target is replaced
  /// between the two calls that move it.
  private static func isTheGap(_ trace: [String], step: Int, scenario: Scenario) -> Bool {
    !scenario.canExchange && trace[step] == "rename \(targets[0])"
      && trace[..<step].contains {
        $0.hasPrefix("link ")
      }
  }

  /// A foreign write before every step, a planted link in the way of a new file.
  package func foreignFault() -> String? {
    for scenario in [Self.scenarios[2], Self.scenarios[5], Self.scenarios[16], Self.scenarios[12]] {
      let sound = disk(for: scenario)
      guard (try? scenario.act(Self.store(on: sound))) != nil else { return "no change at all" }
      let trace = sound.trace
      for step in 0..<trace.count {
        let disk = disk(for: scenario)
        disk.plan.interruptions = [step: { $0.put(Self.foreign, at: Self.targets[0]) }]
        do {
          try scenario.act(Self.store(on: disk))
        } catch let error as StoreError where error.code == .changedOnDisk {
        } catch {
          return "a foreign write before step \(step): \(error)"
        }
        if Self.isTheGap(trace, step: step, scenario: scenario) { continue }
        guard Self.isKept(disk) else {
          return "\(scenario.name): a foreign write before step \(step) is lost"
        }
      }
    }
    return plantedFault()
  }

  /// A link where our next new file would be, as a stranger plants it.
  private func plantedFault() -> String? {
    for scenario in [Self.scenarios[2], Self.scenarios[12]] {
      let sound = disk(for: scenario)
      _ = try? scenario.act(Self.store(on: sound))
      for line in sound.trace where line.hasPrefix("create ") {
        let path = String(line.dropFirst("create ".count))
        let disk = disk(for: scenario)
        disk.put(Array("victim".utf8), at: Self.home + "/victim", synced: true)
        disk.putLink(Self.home + "/victim", at: path)
        _ = try? scenario.act(Self.store(on: disk))
        if disk.bytes(at: Self.home + "/victim") != Array("victim".utf8) {
          return "a planted link was followed"
        }
      }
    }
    return nil
  }

  /// Another program writes before a step, and the power goes at each later one: within what the
  /// conflict takes back, and within the second attempt.
  package func runForeignThenCut(_ scenarios: [Scenario]) -> Tally {
    each(scenarios) { scenario, tally, generator in
      guard let (versions, sound) = versions(of: scenario) else { return }
      tally.steps += sound.trace.count
      for step in sound.trace.indices
      where !Self.isTheGap(sound.trace, step: step, scenario: scenario) {
        let disk = disk(for: scenario)
        disk.plan.records = true
        disk.plan.interruptions = [
          step: { $0.put(Self.foreign, at: Self.targets[0], synced: true) }
        ]
        _ = try? scenario.act(Self.store(on: disk))
        for (later, point) in disk.points.enumerated() where later > step {
          for crashed in point.corners + point.subsets(1, generator: &generator) {
            tally.states += 1
            if let fault = foreignFault(
              survivor(crashed, of: scenario), versions: versions, mode: .automatic)
            {
              tally.fail(
                "\(scenario.name), a foreign write before step \(step), cut before \(later) "
                  + "(\(disk.trace[later])): \(fault)")
            }
          }
        }
      }
    }
  }

  /// The power goes, another program writes, and it goes again at each step of the recovery,
  /// whichever way that is asked to go.
  package func runForeignRecovery(_ scenarios: [Scenario]) -> Tally {
    each(scenarios) { scenario, tally, generator in
      guard let (versions, sound) = versions(of: scenario) else { return }
      tally.steps += sound.points.count
      for (step, point) in sound.points.enumerated() {
        for crashed in point.corners {
          for mode in [RecoveryMode.automatic, .forward, .back] {
            let first = survivor(crashed, of: scenario)
            // The directory may be gone with the cut: then nobody writes there.
            guard first.node(at: testData) != nil else { continue }
            first.put(Self.foreign, at: Self.targets[0], synced: true)
            first.plan.records = true
            tally.states += 1
            if let fault = foreignFault(first, versions: versions, mode: mode) {
              tally.fail(
                "\(scenario.name), cut before step \(step) (\(sound.trace[step])), a foreign write, "
                  + "recovery \(mode): \(fault)")
              continue
            }
            for (later, again) in first.points.enumerated() {
              for second in again.corners + again.subsets(random / 64, generator: &generator) {
                tally.states += 1
                let last = survivor(second, of: scenario)
                if let fault = foreignFault(last, versions: versions, mode: .automatic) {
                  tally.fail(
                    "\(scenario.name), cut before step \(step), a foreign write, recovery \(mode) "
                      + "cut at \(later) (\(first.trace[later])): \(fault)")
                }
              }
            }
          }
        }
      }
    }
  }

  /// What is wrong after a recovery from a disk on which another program wrote to the first file.
  private func foreignFault(
    _ disk: SimulatedDisk, versions: Versions, mode: RecoveryMode
  ) -> String? {
    // Its directory may have gone with the cut.
    guard disk.bytes(at: Self.targets[0]) != nil || Self.isKept(disk) else { return nil }
    let before = Self.contents(disk)
    do {
      try Self.recover(disk, mode: mode)
    } catch let error as StoreError
      where mode == .forward && error.help?.steps == [.recover(isBack: true)]
    {
      guard Self.contents(disk) == before else { return "it was refused, and files were touched" }
      return foreignFault(disk, versions: versions, mode: .automatic)
    } catch {
      return "recovery: \(error)"
    }
    let now = Self.contents(disk)
    let others = Array(now.dropFirst())
    guard
      others == Array(versions.before.dropFirst()) || others == Array(versions.after.dropFirst())
    else { return "files are mixed: \(Self.sides(now, versions: versions))" }
    guard Self.isKept(disk) else { return "the foreign write is lost" }
    for case let bytes? in now {
      guard let document = try? JSONDocument(parsing: bytes) else { return "a file is torn" }
      // With our value on top of it, ours must be in the others too.
      if document["/foreign"] != nil, document["/mode"]?.string?.hasSuffix("-new") == true,
        others != Array(versions.after.dropFirst())
      {
        return "our value stands on top of the foreign write, and not in the other files"
      }
    }
    if let stray = strays(disk).first { return "left over: \(stray)" }
    return next(disk)
  }
}
