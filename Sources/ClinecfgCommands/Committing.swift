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
    answer.detail = detail
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
      var answer = ChangeAnswer(try plan(store.load()), isDryRun: true)
      answer.detail = detail
      return answer
    }
    var answer = ChangeAnswer(.nothing, isDryRun: false)
    answer.detail = detail
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

  /// What shows each place of a change, where it is asked for.
  var detail: ProviderCatalog? {
    self[Options.dryRun] || self[Options.verbose] ? catalog : nil
  }

  /// What Cline uses after a change, in a line for each that it sends to.
  func present() throws -> StyledText {
    let machine = try machine(looksAround: false)
    let sent = machine.sentTriples(catalog)
    let signed = machine.requests.filter { $0.signedBy != nil && $0.mode == .act }.first
    if sent.isEmpty, let signed,
      let slot = signed.provider.flatMap({ ProviderSlot.slot(sdkID: $0) })
    {
      return
        "Cline now uses \(Style.bold)\(slot.name)\(Style.plain)  \(signed.model ?? "no model")  "
        + "\(Style.dim)(\(signed.signedBy ?? ""))\(Style.plain)\n"
    }
    guard !sent.isEmpty else { return "Cline now uses none of its stored providers\n" }
    return sent.map { one -> StyledText in
      "Cline now uses \(Style.bold)\(catalog.receiver(of: one.triple))\(Style.plain)  "
        + "\(catalog.shown(.model, of: one.triple) ?? "no model")  "
        + "\(Style.dim)(\(ClientMode.summary(of: one.users)))\(Style.plain)\n"
    }.joined()
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
    "a change was interrupted; the next change finishes it first, or do it now:\(clinecfg: "recover")"
}
