import ClineConfig
import CommandLineTool

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
    abstract: "find what is wrong with the stored settings, and mend what can be",
    discussion:
      "Looks at every client, both modes and all files; with --live also asks the provider. Each finding names the "
      + "place, the cause and what mends it; `clinecfg explain CODE` tells more. Exit code 1 when "
      + "errors remain.",
    arguments: [fix, only, skip, strict, live, list] + Options.change,
    examples: [
      Example("clinecfg doctor", "what is wrong, and the command that mends it"),
      Example("clinecfg doctor --fix --dry-run", "what --fix would change"),
      Example(
        "clinecfg doctor --only URL --only KEY201 --json", "a part of the rules, for programs"),
    ]
  ) { context, arguments in
    context.answer(arguments) {
      arguments[list] ? listing() : try report(context, arguments)
    }
  }

  private static func listing() -> Report {
    var report = Report()
    let rules = RuleSet.standard.documentation.sorted { $0.code < $1.code }
    report.isData = true
    report.members = [
      "rules": .array(
        rules.map {
          [
            "rule": .string($0.code.code), "name": .string($0.name),
            "severity": .string($0.severity.rawValue), "summary": .string($0.summary),
            "fixable": .bool($0.isFixable),
          ]
        })
    ]
    let widest = rules.map(\.code.code.count).max() ?? 0
    report.text = rules.map { rule -> StyledText in
      let padding = String(repeating: " ", count: widest - rule.code.code.count + 2)
      return
        "\(rule.code)\(padding)\(rule.severity.rawValue.uppercased().prefix(1))  \(rule.summary)\n"
    }.joined()
    return report
  }

  /// Which rules' findings are asked for.
  private struct Selection {
    var wanted: Set<RuleID>
    var unwanted: Set<RuleID>

    init(_ arguments: ParsedArguments, _ context: Context) throws {
      wanted = try codes(arguments.all(only), context)
      unwanted = try codes(arguments.all(skip), context)
    }

    var isPart: Bool { !wanted.isEmpty || !unwanted.isEmpty }

    /// What is mended.
    func includes(_ finding: Finding) -> Bool {
      (wanted.isEmpty || wanted.contains(finding.rule)) && !unwanted.contains(finding.rule)
    }

    /// What is told: also files that cannot be read, which no other rule can judge either.
    func tells(_ finding: Finding) -> Bool {
      includes(finding)
        || [.unreadable, .rejectedByCline].contains(finding.rule)
          && !unwanted.contains(finding.rule)
    }
  }

  /// The rules that codes, names and families name.
  private static func codes(_ names: [String], _ context: Context) throws -> Set<RuleID> {
    var found: Set<RuleID> = []
    for name in names {
      let all = RuleSet.standard.documentation.map(\.code)
      let family = all.filter { $0.family == name.uppercased() }
      if let code = RuleSet.standard.documentation(of: name)?.code {
        found.insert(code)
      } else if !family.isEmpty {
        found.formUnion(family)
      } else {
        throw Failure(
          .usage, "there is no rule '\(context.shown(name))'",
          help: "clinecfg doctor --list names them")
      }
    }
    return found
  }

  private static func report(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let selection = try Selection(arguments, context)
    guard !arguments[Options.dryRun] || arguments[fix] else {
      throw Failure(.usage, "--dry-run goes with --fix", help: "without --fix nothing is written")
    }
    let store = try context.store(arguments)
    if arguments[fix], !arguments[Options.dryRun], store.hasPending { try store.recover() }
    guard var setup = try context.setup(arguments) else { throw Context.noHome }
    var report = Report()
    if arguments[fix] {
      let remedy = try store.remedy(for: setup, catalog: context.catalog, where: selection.includes)
      let isDryRun = arguments[Options.dryRun]
      if !isDryRun { _ = try context.checkRunning(remedy.plan, store, arguments) }
      let backup = isDryRun ? nil : try store.apply(remedy)
      let change = ChangeReport(plan: remedy.plan, isDryRun: isDryRun, backup: backup)
      report.members = change.members
      report.members["changed"] = .bool(!remedy.isEmpty)
      report.text = text(of: remedy, change, isDryRun)
      if isDryRun {
        setup = setup.applying(remedy)
      } else if let now = try context.setup(arguments) {
        setup = now
      }
    }
    var findings = RuleSet.standard.findings(in: setup, catalog: context.catalog)
    if arguments[live] { findings += Self.liveFindings(setup, context) }
    if arguments[live], setup.isConfigured, setup.sentTriples(context.catalog).isEmpty {
      report.notes.append("nobody was asked: \(Models.nobody(setup))")
    }
    findings = findings.filter(selection.tells)
    let failing = findings.contains {
      $0.severity == .error || arguments[strict] && $0.severity == .warning
    }
    report.code = failing ? .problemsFound : .success
    report.members["findings"] = .array(findings.map(\.json))
    report.isData = true
    let owner = owner(setup, context.catalog)
    report.text += Finding.report(findings) { Self.help($0, owner) }
    report.text += summary(setup, findings, isPart: selection.isPart)
    if store.hasPending { report.notes.append(Context.pendingNote) }
    for stored in setup.judgements(context.catalog) {
      report.details +=
        "\(stored.users):\n"
        + Evidence.lines(of: stored.judgement, context.catalog)
    }
    return report
  }

  /// What the providers say to the keys that the rules grant them.
  private static func liveFindings(_ setup: Setup, _ context: Context) -> [Finding] {
    var found: [Finding] = []
    for sent in setup.sentTriples(context.catalog) {
      let check = context.liveCheck(sent.triple)
      guard check.refusal.isEmpty else { continue }
      let answer = context.askForModels(sent.triple)
      var own = answer.findings
      if let offered = answer.offered {
        var listed = sent.triple
        listed.offered = offered
        own = RuleSet.standard.findings(in: listed, catalog: context.catalog).filter {
          $0.rule == .modelNotOffered
        }
      }
      for var finding in own where !found.contains(where: { $0.message == finding.message }) {
        finding.clients = sent.users.map { "\($0.client.name) (\($0.mode.rawValue))" }
        found.append(finding)
      }
    }
    return found
  }

  /// The one provider that the clients use, as far as the files tell.
  private static func owner(_ setup: Setup, _ catalog: ProviderCatalog) -> String? {
    let owners = Set(setup.sentTriples(catalog).map { catalog.provider(of: $0.triple)?.id })
    return owners.count == 1 ? owners.first ?? nil : nil
  }

  private static func help(_ finding: Finding, _ owner: String?) -> String? {
    guard let fix = finding.fix else {
      let isOfTriple = [.baseURL, .key, .model].contains(finding.part)
      return isOfTriple && finding.severity != .info
        ? "clinecfg set-provider \(owner ?? "PROVIDER") --model ID sets all three together" : nil
    }
    return finding.isMendable
      ? "clinecfg doctor --fix (\(fix.description))" : fix.description
  }

  private static func summary(
    _ setup: Setup, _ findings: [Finding], isPart: Bool
  ) -> StyledText {
    let place = setup.main.locations.dataDirectory.description
    let counts = Finding.counts(findings)
    let broken = setup.main.broken.map(\.file.relativePath).joined(separator: ", ")
    guard broken.isEmpty else {
      return (counts.isEmpty ? "" : "\(counts) in \(place); ")
        + "what stands in \(broken) could not be judged\n"
    }
    guard setup.isConfigured else {
      return counts.isEmpty
        ? "Cline is not set up here yet (\(place))\n"
          + "  help  clinecfg set-provider rutaapi --model ID, or another of: clinecfg providers\n"
        : "\(counts) in \(place)\n"
    }
    return counts.isEmpty
      ? "\(Style.green)nothing \(isPart ? "of that " : "")is wrong\(Style.plain) with the settings in "
        + "\(place)\n"
      : "\(counts) in \(place)\n"
  }

  private static func text(
    of remedy: Remedy, _ change: ChangeReport, _ isDryRun: Bool
  ) -> StyledText {
    guard !remedy.isEmpty else { return "there is nothing that can be mended without you\n" }
    var text: StyledText =
      remedy.mended.isEmpty ? "" : isDryRun ? "would mend:\n" : "mended:\n"
    for finding in remedy.mended {
      text += "  \(finding.rule) \(finding.fix?.description ?? "")\n"
    }
    if !remedy.plan.isEmpty { text += isDryRun ? "would change:\n" : "changed:\n" }
    text += change.text
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

extension Context {
  static let noHome = Failure(
    .noInput, "there is no home directory", help: "set HOME, or pass --data-dir DIR")
  static let pendingNote: StyledText =
    "a change was interrupted; the next change finishes it first, or: clinecfg recover"
}
