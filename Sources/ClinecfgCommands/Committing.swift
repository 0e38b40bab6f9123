import ClineConfig
import CommandLineTool
import LosslessJSON

extension Invocation {
  /// Performs a plan, unless it is a dry run.
  ///
  /// Where Cline runs it may write older settings back: `--if-running fail` refuses before anything
  /// is written; else the change is made and looked at again after a second.
  ///
  /// - Parameters:
  ///   - plan: What to do.
  ///   - store: Where.
  ///   - command: What to call it in the list of backups.
  func perform(_ plan: Plan, in store: SettingsStore, as command: String) throws -> ChangeAnswer {
    var answer = ChangeAnswer(plan, isDryRun: self[Options.dryRun])
    guard !answer.isDryRun else { return answer }
    let isAtRisk = try checkRunning(plan, in: store)
    answer.backup = try store.commit(plan, command: command)
    if isAtRisk, answer.backup != nil {
      answer.aftermath = store.findingsAfterASecond(.standard, catalog: catalog)
    }
    return answer
  }

  /// The same with a plan that is made when no other clinecfg can come in between.
  func perform(
    in store: SettingsStore, as command: String,
    making plan: (Snapshot) throws(StoreError) -> Plan
  ) throws -> ChangeAnswer {
    guard !self[Options.dryRun] else {
      return ChangeAnswer(try plan(store.load()), isDryRun: true)
    }
    var answer = ChangeAnswer(.nothing, isDryRun: false)
    var isAtRisk = false
    var refusal: (any Error)?
    answer.backup = try store.commit(command: command) { snapshot throws(StoreError) in
      answer.plan = try plan(snapshot)
      do {
        isAtRisk = try checkRunning(answer.plan, in: store)
        return answer.plan
      } catch {
        refusal = error
        return .nothing
      }
    }
    if let refusal { throw refusal }
    if isAtRisk, answer.backup != nil {
      answer.aftermath = store.findingsAfterASecond(.standard, catalog: catalog)
    }
    return answer
  }

  /// Whether a running Cline may undo a plan; throws where that is not wanted.
  func checkRunning(_ plan: Plan, in store: SettingsStore) throws -> Bool {
    let running = store.programsAtRisk(of: plan)
    guard !running.isEmpty else { return false }
    if self[Options.ifRunning] == .fail { throw Failure.running(running.map(\.description)) }
    return true
  }
}

extension Failure {
  static func running(_ clients: [String]) -> Failure {
    Failure(
      .tryAgain, "\(SetupError(.running(clients)))",
      help: "close it and run this again, or pass --if-running warn")
  }

  static let pendingNote: StyledText =
    "a change was interrupted; the next change finishes it first, or: \(clinecfg: "recover")"
}
