import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg doctor`
enum Doctor {
  private static let fix = Argument<Bool>.flag(
    "--fix", help: "make every safe fix, as one change with a backup")
  private static let only = Argument<String>.option(
    "--only", value: "RULE", help: "look only for this rule or family", isRepeatable: true,
    completion: .dynamic("rules"))
  private static let skip = Argument<String>.option(
    "--skip", value: "RULE", help: "leave this rule or family out", isRepeatable: true,
    completion: .dynamic("rules"))
  private static let strict = Argument<Bool>.flag("--strict", help: "warnings count as errors")
  private static let live = Argument<Bool>.flag(
    "--live", help: "ask the provider for its models too")
  private static let list = Argument<Bool>.flag("--list", help: "list the rules")

  static let command = Command<Context>(
    abstract: "find what is wrong with the settings, and fix what can be fixed",
    discussion:
      "Looks at every client, both modes and all files; --live also asks the provider. Each finding has the "
      + "value, the cause and the command that fixes it; `clinecfg explain CODE` tells more. Exit code 1 when "
      + "errors remain.",
    arguments: [fix, only, skip, strict, live, list] + Options.change,
    examples: [
      Example("clinecfg doctor", "what is wrong, and the command that fixes it"),
      Example("clinecfg doctor --fix --dry-run", "what --fix would change"),
      Example(
        "clinecfg doctor --only URL --only KEY201 --json", "a part of the rules, for programs"),
    ],
    action: answer { run in run[list] ? listing() : try report(run, fixes: run[fix]) })

  // MARK: The list of the rules

  private struct RuleAnswer: Encodable {
    let rule: Word
    let name: Word
    let severity: Word
    let summary: String
    let fixable: Bool
  }

  private struct RulesAnswer: Answer {
    let rules: [RuleAnswer]
    let text: StyledText
    enum CodingKeys: CodingKey { case rules }
  }

  private static func listing() -> Report {
    let rules = RuleSet.standard.documentation.sorted { $0.code < $1.code }
    let widest = rules.map(\.code.code.count).max() ?? 0
    return Report(
      RulesAnswer(
        rules: rules.map {
          RuleAnswer(
            rule: Word($0.code.code), name: Word($0.name), severity: Word($0.severity.rawValue),
            summary: $0.summary, fixable: $0.isFixable)
        },
        text: rules.map { rule -> StyledText in
          let padding = spaces(widest - rule.code.code.count + 2)
          let mark = rule.severity.rawValue.uppercased().prefix(1)
          return "\(rule.code.code)\(padding)\(mark)  \(rule.summary)\n"
        }.joined()), isData: true)
  }

  // MARK: What to look for

  /// Which rules' findings are asked for.
  private struct Selection {
    var wanted: Set<RuleID>
    var unwanted: Set<RuleID>

    init(_ run: Invocation) throws {
      wanted = try Self.codes(run.arguments.all(only), catalog: run.catalog)
      unwanted = try Self.codes(run.arguments.all(skip), catalog: run.catalog)
    }

    var isPart: Bool { !wanted.isEmpty || !unwanted.isEmpty }

    /// What is mended.
    func includes(_ finding: Finding) -> Bool {
      (wanted.isEmpty || wanted.contains(finding.rule)) && !unwanted.contains(finding.rule)
    }

    /// What is told: also files that cannot be read, which no other rule can judge either.
    func tells(_ finding: Finding) -> Bool {
      let isUnreadable = finding.rule == .unreadable || finding.rule == .rejectedByCline
      return includes(finding) || isUnreadable && !unwanted.contains(finding.rule)
    }

    /// The rules that codes, names and families name.
    private static func codes(
      _ names: [String], catalog: ProviderCatalog
    ) throws -> Set<RuleID> {
      try names.reduce(into: []) { found, name in
        let family = RuleSet.standard.documentation.map(\.code).filter {
          $0.family == name.uppercased()
        }
        if let code = RuleSet.standard.documentation(of: name)?.code {
          found.insert(code)
        } else if !family.isEmpty {
          found.formUnion(family)
        } else {
          throw Failure(
            .usage, "there is no rule '\(catalog.shown(name))'",
            help: "to list them:\(clinecfg: "doctor", "--list")")
        }
      }
    }
  }

  // MARK: The page

  private struct DoctorAnswer: Answer {
    /// What `--fix` did.
    var mending: Mending?
    var findings: [Finding] = []
    var isConfigured = false
    var text: StyledText = ""

    private enum Key: String, CodingKey { case configured, findings }

    func encode(to encoder: any Encoder) throws {
      try mending?.change.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(isConfigured, forKey: .configured)
      try container.encode(findings.map(FindingAnswer.init), forKey: .findings)
    }
  }

  private static func report(_ run: Invocation, fixes: Bool) throws -> Report {
    let selection = try Selection(run)
    guard !run[Options.dryRun] || run[fix] else {
      throw Failure(.usage, "--dry-run goes with --fix", help: "without --fix nothing is written")
    }
    let store = try run.store()
    if fixes, !run[Options.dryRun], store.hasPending { try store.recover() }
    var machine = try run.machine()
    var answer = DoctorAnswer()
    if fixes {
      let mending = try mend(machine, in: store, run: run, where: selection.includes)
      answer.mending = mending
      answer.text = mending.text
      machine = try mending.change.isDryRun ? machine.applying(mending.remedy) : run.machine()
    }
    answer.findings =
      (RuleSet.standard.findings(in: machine, catalog: run.catalog)
      + (run[live] ? liveFindings(machine, run: run) : [])).filter(selection.tells)
    answer.isConfigured = machine.isConfigured
    answer.text +=
      DoctorPage(
        machine: machine, findings: answer.findings, catalog: run.catalog,
        isPart: selection.isPart, isLive: run[live]
      ).text
    let mayMend = !fixes && answer.findings.contains(where: \.isMendable)
    if mayMend, run.mayAsk { answer.text += repairs(answer.findings, in: machine, for: run) }
    var report = Report(answer, isData: true)
    if run[live], machine.isConfigured, machine.sentTriples(run.catalog).isEmpty {
      report.notes.append("nobody was asked: \(Models.nobody(machine))")
    }
    let fails =
      answer.findings.contains {
        $0.severity == .error || run[strict] && $0.severity == .warning
      } || run[strict] && !machine.isConfigured
    if fails { report.code = .problemsFound }
    if mayMend {
      report.offer = ("Fix now?", { try Self.report(run, fixes: true) })
    }
    if store.hasPending { report.notes.append(Failure.pendingNote) }
    for file in machine.surroundings.mcp where !file.readers.isEmpty {
      report.details +=
        "MCP servers of \(file.readers.joined(separator: ", ")): \(file.path.description)"
        + (file.isThere ? "\n" : " (not there)\n")
    }
    for stored in machine.judgements(run.catalog) {
      report.details += "\(stored.users):\n" + stored.judgement.lines(run.catalog)
    }
    return report
  }

  /// What the providers say to the keys that the rules grant them.
  private static func liveFindings(_ machine: Machine, run: Invocation) -> [Finding] {
    var found: [Finding] = []
    for sent in machine.sentTriples(run.catalog) {
      for (request, users) in sent.asked {
        let verdict = run.host.verify(sent.triple, catalog: run.catalog, as: request)
        // What the rules say of the files is told already.
        let isTold = verdict.stop == .refused && verdict.response == nil
        for var finding in isTold
          ? [] : machine.advising(verdict.findings, about: sent.triple, run.catalog)
        where !found.contains(where: { $0.message == finding.message }) {
          finding.users = users
          found.append(finding)
        }
      }
    }
    return found
  }

  // MARK: --fix

  private struct Mending {
    let remedy: Remedy
    var change: ChangeAnswer

    var text: StyledText {
      guard !remedy.isEmpty else { return "nothing can be fixed without you\n" }
      let isDryRun = change.isDryRun
      var text: StyledText =
        remedy.mended.isEmpty ? "" : isDryRun ? "would fix:\n" : "fixed:\n"
      for finding in remedy.mended {
        text += "  \(finding.fix?.description ?? "")  \(finding.code)\n"
      }
      text += change.end
      if change.detail != nil, !remedy.plan.isEmpty {
        text += isDryRun ? "would change:\n" : "changed:\n"
        text += change.files
      }
      if let backup = change.backup {
        text +=
          "to take it back (backup \(StyledText.own(backup.id))):\(.command(change.wayBack))\n"
      }
      for restriction in remedy.restrictions {
        text +=
          "  \(restriction.path.description) has mode "
          + "\(String(restriction.mode.rawValue, radix: 8))\n"
      }
      for path in remedy.deletions { text += "  \(path.description) (removed)\n" }
      for file in remedy.endangered {
        text +=
          "a copy of \(file.relativePath) \(isDryRun ? "would be" : "is") kept in "
          + ".clinecfg/quarantine\n"
      }
      if !isDryRun, !remedy.restrictions.isEmpty || !remedy.deletions.isEmpty {
        text +=
          "undo takes back values only: permissions and removed left-overs stay as they are now\n"
      }
      return text + "\n"
    }
  }

  /// What becomes of files that are no JSON, keys masked.
  private static func repairs(
    _ findings: [Finding], in machine: Machine, for run: Invocation
  ) -> StyledText {
    for finding in findings {
      guard case .repair(let file, let bytes) = finding.fix?.action else { continue }
      // What stands in a file that is no JSON yet is met here for the first time.
      run.host.secrets.note(
        Snapshot(locations: machine.main.locations, only: file, bytes: bytes))
    }
    let redactor = run.redactor
    return findings.map { finding -> StyledText in
      guard case .repair(let file, let bytes) = finding.fix?.action,
        let old = machine.main[file].contents?.bytes, machine.main[file].document == nil
      else { return "" }
      return Redaction(catalog: run.catalog, file: file).difference(
        fromDamaged: old, to: bytes, name: machine.main[file].path.description,
        isPlain: { redactor.cleaned($0) == $0 })
    }.joined()
  }

  private static func mend(
    _ machine: Machine, in store: SettingsStore, run: Invocation,
    where includes: (Finding) -> Bool
  ) throws -> Mending {
    let remedy = try store.remedy(for: machine, catalog: run.catalog, where: includes)
    let isDryRun = run[Options.dryRun]
    if !isDryRun { _ = try run.checkRunning(remedy.plan, in: store) }
    var change = ChangeAnswer(remedy.plan, isDryRun: isDryRun)
    change.detail = run.detail
    let repairs = repairs(remedy.mended, in: machine, for: run)
    if isDryRun { change.end = repairs } else if !run[Options.json] { run.say(repairs) }
    if !isDryRun { change.backup = try store.apply(remedy) }
    change.isChange = !remedy.isEmpty
    return Mending(remedy: remedy, change: change)
  }
}
