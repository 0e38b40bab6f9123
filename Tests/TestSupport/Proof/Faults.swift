package import ClineConfig
import LosslessJSON

extension CrashProof {
  package static let codes: [FileSystemError.Code] = [
    5, 28, 122, 13, 1, 30, 4, 24, 23, 40, 36, 18, 116, 16, 22, 38,
  ].map { FileSystemError.Code(rawValue: $0) }

  /// Every call fails with every error, once or from then on.
  package func runErrors(
    _ scenarios: [Scenario], codes: [FileSystemError.Code] = CrashProof.codes
  ) -> Tally {
    each(scenarios) { scenario, tally, _ in
      guard case (var versions, let sound)? = versions(of: scenario) else { return }
      versions.modes = Self.modes(sound)
      versions.isUndo = true
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
            if let fault = error(disk, scenario: scenario, versions: versions) {
              tally.fail(
                "\(scenario.name), call \(call) fails with \(code)"
                  + "\(isLasting ? " from then on" : ""): \(fault)")
            }
          }
        }
      }
    }
  }

  private func error(
    _ disk: SimulatedDisk, scenario: Scenario, versions: Versions
  ) -> String? {
    let reported: StoreError?
    switch attempt(scenario, on: disk) {
    case .success(let error): reported = error
    case .failure(let unknown): return "an error of another kind: \(unknown)"
    }
    disk.plan.failures = [:]
    disk.plan.failsFrom = nil
    let now = Self.contents(disk)
    if reported == nil, now != versions.after { return "done was reported, and it is not" }
    if let reported {
      if reported.description.contains("k-new") { return "the key is in the message" }
      if !reported.isOpen, now != versions.before {
        return "an error was reported (\(reported)), and files differ"
      }
    }
    if reported == nil {
      // Done means on the disk: also when the power goes right then.
      let cut = survivor(
        disk.state.crashed(keeping: { _ in false }, part: { _ in .synced }), of: scenario)
      if let fault = check(cut, versions: versions, isDone: true) {
        return "power cut after it: \(fault)"
      }
    }
    return check(disk, versions: versions, isDone: reported == nil)
  }

  /// The error that a change ends with, if it does.
  private func attempt(
    _ scenario: Scenario, on disk: SimulatedDisk
  ) -> Result<StoreError?, any Error> {
    do {
      try scenario.act(Self.store(on: disk))
      return .success(nil)
    } catch let error as StoreError {
      return .success(error)
    } catch {
      return .failure(error)
    }
  }

  /// One call fails, and the power goes at each later step: within what is taken back and cleaned
  /// up, too.
  package func runFaultThenCut(_ scenarios: [Scenario], codes: [FileSystemError.Code]) -> Tally {
    each(scenarios) { scenario, tally, generator in
      guard case (var versions, let sound)? = versions(of: scenario) else { return }
      versions.isUndo = true
      tally.steps += sound.calls
      for call in 0..<sound.calls {
        for code in codes {
          let disk = disk(for: scenario)
          disk.plan.failures = [call: code]
          disk.plan.records = true
          guard case .success(let reported) = attempt(scenario, on: disk) else { continue }
          let later = disk.points.enumerated().filter { disk.pointCalls[$0.offset] > call }
          for (step, point) in later {
            for crashed in point.corners + point.subsets(1, generator: &generator) {
              tally.states += 1
              if let fault = check(
                survivor(crashed, of: scenario), versions: versions, isDone: false)
              {
                tally.fail(
                  "\(scenario.name), call \(call) fails with \(code), cut before step \(step) "
                    + "(\(disk.trace[step])): \(fault)")
              }
            }
          }
          // An error that leaves nothing open has left nothing that could come back.
          guard let reported, !reported.isOpen else { continue }
          let cut = survivor(
            disk.state.crashed(keeping: { _ in false }, part: { _ in .synced }), of: scenario)
          if let fault = check(cut, versions: versions, isDone: false) ?? next(cut) {
            tally.fail("\(scenario.name), call \(call) fails with \(code), then a cut: \(fault)")
          } else if Self.contents(cut).dropFirst() != versions.before.dropFirst() {
            tally.fail("\(scenario.name), call \(call) fails with \(code): it came back")
          }
        }
      }
    }
  }
}

extension StoreError {
  /// Whether it says that the journal must decide.
  var isOpen: Bool { code == .unconfirmed || code == .unfinished }
}
