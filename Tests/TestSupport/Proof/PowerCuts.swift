import ClineConfig
import LosslessJSON

extension CrashProof {
  /// Runs every scenario and cuts the power at every step.
  package func run(_ scenarios: [Scenario] = CrashProof.scenarios) -> Tally {
    each(scenarios, run)
  }

  private func run(
    _ scenario: Scenario, tally: inout Tally, generator: inout SeededGenerator
  ) {
    guard let (versions, disk) = versions(of: scenario) else {
      return tally.fail("\(scenario.name): no change at all")
    }
    if let fault = fault(disk, versions: versions, isDone: true) {
      tally.fail("\(scenario.name), no crash: \(fault)")
    }
    // The last point is after the end: what was reported as done must be there.
    let points = disk.points + [disk.state]
    tally.steps += points.count
    for (index, point) in points.enumerated() {
      for crashed in point.crashes(random: random, &generator) {
        tally.states += 1
        let isDone = index == points.count - 1
        if let fault = check(survivor(crashed, of: scenario), versions: versions, isDone: isDone) {
          let step = index < disk.trace.count ? disk.trace[index] : "the end"
          tally.fail("\(scenario.name), cut before step \(index) (\(step)): \(fault)")
          if mutation != .none { return }
        }
      }
    }
  }

  /// Cuts the power, and again at every step of the recovery from a sample of the disks.
  package func runTwice(every stride: Int, _ scenarios: [Scenario] = CrashProof.scenarios) -> Tally
  {
    each(scenarios) { scenario, tally, generator in
      guard let (versions, disk) = versions(of: scenario) else { return }
      var count = 0
      for point in disk.points {
        for crashed in point.crashes(random: 4, &generator) {
          count += 1
          guard count % stride == 0 else { continue }
          let first = survivor(crashed, of: scenario)
          first.plan.records = true
          do {
            try Self.recover(first)
          } catch {
            tally.fail("\(scenario.name): the first recovery failed: \(error)")
            continue
          }
          again(
            first, versions: versions, scenario: scenario, place: "in the recovery", random: 2,
            tally: &tally, generator: &generator)
        }
      }
      tally.steps += disk.points.count
    }
  }

  /// Cuts the power, takes back what was begun, and cuts again at every step of that.
  package func runBack(_ scenarios: [Scenario] = CrashProof.scenarios) -> Tally {
    each(scenarios) { scenario, tally, generator in
      guard let (versions, disk) = versions(of: scenario) else { return }
      tally.steps += disk.points.count
      for (index, point) in disk.points.enumerated() {
        for crashed in point.corners {
          let first = survivor(crashed, of: scenario)
          first.plan.records = true
          do {
            try Self.recover(first, mode: .back)
          } catch {
            tally.fail(
              "\(scenario.name), cut before step \(index) (\(disk.trace[index])), then back: \(error)"
            )
            continue
          }
          if let fault = fault(first, versions: versions, isDone: false) {
            tally.fail(
              "\(scenario.name), cut before step \(index) (\(disk.trace[index])), then back: \(fault)"
            )
          }
          again(
            first, versions: versions, scenario: scenario, place: "on the way back", random: 1,
            tally: &tally, generator: &generator)
        }
      }
    }
  }

  /// Cuts the power at each step that a disk recorded, and checks.
  func again(
    _ first: SimulatedDisk, versions: Versions, scenario: Scenario, place: String,
    random: Int, tally: inout Tally, generator: inout SeededGenerator
  ) {
    for (step, point) in first.points.enumerated() {
      for second in point.crashes(random: random, &generator) {
        tally.states += 1
        if let fault = check(survivor(second, of: scenario), versions: versions, isDone: false) {
          tally.fail(
            "\(scenario.name), cut \(place) at step \(step) (\(first.trace[step])): \(fault)")
        }
      }
    }
  }
}
