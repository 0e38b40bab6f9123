import ClineConfig
import CommandLineTool
import LosslessJSON

/// Setting up by choices: of a command line, a profile, or an old storage.
struct SettingUp {
  let invocation: Invocation
  var choices: [Profile.Choice]
  /// The profile that the choices come from; `nil` for a command line.
  var profile: ProfileSource?
  /// Whether a stored Model ID is no answer, because somebody is about to choose one.
  var choosesModel = false
  /// What becomes of a key that is stored or exported.
  var knownKey = SetupPlanner.KnownKey.taken
  /// A key that was read already, and where: it stands for standard input.
  var foundKey: (value: Secret, source: String)?
  /// How a person gets mended values in place of those that a rule refused.
  var advice: (SetupError.MendedValues) -> StyledText

  /// The planner as the options have it.
  func planner(
    for store: SettingsStore, keys: SetupPlanner.Keys = .all
  ) throws -> SetupPlanner {
    var planner = SetupPlanner(store: store, catalog: invocation.catalog)
    planner.options.allowed = try allowedRules()
    planner.options.verification =
      invocation[Options.noVerify]
      ? .never : invocation[Options.verify] ? .required : .whereItTells
    planner.options.stopsWhereClineRuns = invocation[Options.ifRunning] == .fail
    planner.options.directory = profile?.directory
    planner.options.choosesModel = choosesModel
    planner.options.knownKey = knownKey
    planner.options.keys = keys
    planner.options.settings = profile?.profile.settings ?? [:]
    let console = invocation.console
    planner.standardInput = { console.readAll(limit: $0) }
    if let (value, source) = foundKey {
      planner.standardInput = { _ in Array(value.reveal().utf8) }
      planner.inputName = source
    }
    if invocation.mayAsk || knownKey == .ignored {
      planner.questions = TerminalQuestions(invocation: invocation)
    }
    return planner
  }

  /// The rules of `--allow`.
  private func allowedRules() throws -> Set<RuleID> {
    try invocation.arguments.all(Options.allow).reduce(into: []) { allowed, name in
      guard let rule = RuleSet.standard.documentation(of: name) else {
        throw Failure(
          .usage,
          "there is no rule '\(invocation.catalog.shown(name.uppercased()))' to allow")
      }
      allowed.insert(rule.code)
    }
  }

  /// Works out the change, in memory.
  func planned(
    on snapshot: Snapshot, in store: SettingsStore, keys: SetupPlanner.Keys = .all
  ) throws -> SetupPlan {
    let planner = try planner(for: store, keys: keys)
    return try telling { () throws(SetupError) in try planner.plan(choices, on: snapshot) }
  }

  /// Plans, asks the provider, writes.
  ///
  /// - Parameter command: What to call the change in the list of backups.
  func perform(as command: String) throws -> Done {
    guard !invocation[Options.verify] || !invocation[Options.noVerify] else {
      throw Failure(.usage, "--verify and --no-verify exclude each other", help: "pass one of them")
    }
    let store = try invocation.store()
    let isTrial = invocation[Options.dryRun]
    let planner = try planner(for: store, keys: isTrial ? .withoutCommands : .all)
    var done = try telling { () throws(SetupError) in
      var done = Done(plan: try planner.plan(choices, on: store.load()))
      for open in Surroundings.writableDirectories(of: store.locations, on: invocation.host) {
        done.plan.notes.append(
          "others can write to \(open.path), and so replace what Cline reads; to change that:\(.mend)"
        )
      }
      done.verified = try planner.verify(done.plan)
      done.plan.findings += done.verified.flatMap(\.findings)
      if !isTrial {
        let result = try planner.commit(done.plan, command: command)
        (done.backup, done.aftermath) = (result.backup, result.findings)
      }
      return done
    }
    if let after = try invocation.machine(after: done.plan.change) {
      let rules: Set<RuleID> =
        done.plan.modes.count == 1 ? [.splitDataDirectory, .planActDiffer] : [.splitDataDirectory]
      done.plan.findings += RuleSet.standard.findings(
        of: rules, in: after, catalog: invocation.catalog
      ).map(\.asWarning)
    }
    if done.plan.parts.count > 1 {
      done.plan.notes.append(
        "Cline's CLI uses act mode's provider in both modes: it has one only")
    }
    done.details = details(of: done.plan, planner)
    return done
  }

  /// A set-up that was made, or would be.
  struct Done {
    var plan: SetupPlan
    var backup: Backup?
    var verified: [SetupPlanner.Verdict] = []
    var aftermath: [Finding] = []
    var details: StyledText = ""

    /// Whether the provider proved the key; `nil` where nothing was proved.
    var isVerified: Bool? {
      let proofs = verified.map(\.isKeyProved)
      if proofs.contains(false) { return false }
      return !proofs.isEmpty && proofs.allSatisfy { $0 == true } ? true : nil
    }
  }

  private func details(of plan: SetupPlan, _ planner: SetupPlanner) -> StyledText {
    let locations = planner.store.locations
    var text: StyledText =
      "data directory \(locations.dataDirectory.description): decided by \(locations.decider)\n"
    for part in plan.parts {
      text += invocation.catalog.judge(planner.triple(of: part, model: part.model)).lines(
        invocation.catalog)
    }
    return text
  }

  // MARK: The answer

  /// A change, done or not, with every choice and what it comes to.
  func answer(of done: Done, isDryRun: Bool) -> ChangeAnswer {
    var answer = ChangeAnswer(done.plan.change, isDryRun: isDryRun, backup: done.backup)
    answer.detail = invocation.detail
    answer.findings = done.plan.findings
    answer.aftermath = done.aftermath
    answer.isVerified = done.isVerified
    let isSo = done.plan.change.isEmpty
    let what = isSo ? "already uses" : isDryRun ? "would use" : "now uses"
    for part in done.plan.parts { answer.title += text(of: part, what) }
    if let settings = profile?.profile.settings, !settings.isEmpty {
      answer.title +=
        done.plan.parts.isEmpty
        ? "\(Style.bold)Cline's settings\(Style.plain) \(isSo ? "are so already" : isDryRun ? "would change" : "are set")\n"
        : ""
      answer.title += "  settings  \(settings.keys.map(\.text).joined(separator: ", "))\n"
    }
    if !isSo, answer.detail != nil {
      answer.title += "\(isDryRun ? "would change" : "changed"):\n"
    }
    answer.end = done.verified.map(\.sentence).joined()
    if done.backup != nil {
      answer.last =
        answer.isVerified == true
        ? "reload VS Code's windows, and restart the Cline CLI\n"
        : "reload VS Code's windows, restart the Cline CLI, and try it:\(clinecfg: "verify")\n"
    }
    return answer
  }

  private func text(of part: SetupPlan.Part, _ what: String) -> StyledText {
    let setup = part.setup
    let modes = Mode.allCases.filter { setup.models[$0] != nil }
    var text: StyledText =
      "\(Style.bold)Cline \(what) \(part.provider.name)\(Style.plain) "
      + "\(Style.dim)(\(modes.map(\.rawValue).joined(separator: " and ")) mode)\(Style.plain)\n"
    if let address = setup.address { text += "  Base URL  \(address)\n" }
    for mode in modes where mode == .act || setup.models[.act] != setup.models[mode] {
      let label = Set(setup.models.values).count > 1 ? " (\(mode.rawValue))" : ""
      text += "  Model ID  \(setup.models[mode] ?? "")\(label)\n"
    }
    for setting in CloudSetting.allCases {
      guard let value = setup.cloud[setting] else { continue }
      let word = invocation.catalog.withoutSecrets(value.string ?? (value == true ? "on" : "off"))
      text += "  \(setting.rawValue)  \(word)\n"
    }
    if setup.key == nil, setup.slot.isSignedByCloud {
      return text + "  API key   none: the cloud's own credentials sign the requests\n"
    }
    let key = setup.key.map { invocation.catalog.masked($0) + " " } ?? ""
    return text + "  API key   \(key)(\(part.key.source))\n"
  }

  /// What one choice comes to, in a document.
  struct Chosen: Encodable {
    let provider: String
    let baseURL: String?
    let model: String
    let key: KeyAnswer

    init(_ part: SetupPlan.Part, model: String, _ catalog: ProviderCatalog) {
      provider = part.provider.id
      baseURL = part.setup.address
      self.model = model
      key = KeyAnswer(
        source: part.key.source, masked: part.setup.key.map(catalog.masked) ?? "")
    }
  }

  /// What each mode comes to, in a document.
  struct Modes: Encodable {
    private let parts: [SetupPlan.Part]
    private let catalog: ProviderCatalog

    init(_ plan: SetupPlan, _ catalog: ProviderCatalog) {
      parts = plan.parts
      self.catalog = catalog
    }

    private enum Key: String, CodingKey { case plan, act }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      for (mode, key) in [(Mode.plan, Key.plan), (.act, .act)] {
        guard let part = parts.first(where: { $0.choice.modes.contains(mode) }) else { continue }
        try container.encode(
          Chosen(part, model: part.setup.models[mode] ?? "", catalog), forKey: key)
      }
    }
  }

  // MARK: What went wrong

  func telling<Result>(_ body: () throws(SetupError) -> Result) throws -> Result {
    do throws(SetupError) {
      return try body()
    } catch {
      throw failure(error)
    }
  }

  /// What depends on where the values come from; all else is the same for every command.
  private func failure(_ error: SetupError) -> Failure {
    let catalog = invocation.catalog
    var failure: Failure
    switch error.reason {
    case .keySource(let error): return self.failure(error)
    case .refused(let mended):
      failure = Failure(.refused, "\(error)", help: help(for: error.findings.first, mended))
      failure.findings = error.findings + error.others
      failure.mended = mended
      failure.text = error.findings.map(\.line).joined()
      return failure
    case .modelListMissing(_, let isUnreachable):
      failure = .answered(
        isUnreachable ? .unavailable : .protocolError, findings: error.findings,
        end: ": could not load the model list")
      failure.help = failure.help.map { $0 + "; or pass --model ID" } ?? "pass --model ID"
      return failure
    case .modelMissing(let provider, let offered):
      failure = Failure(
        .usage, "which \(provider.name) model? none was named",
        help: Self.help(of: provider, offering: offered))
      failure.text = error.others.map(\.line).joined()
      return failure
    case .keyMissing(let provider): return keyMissing(provider)
    case .modelNotOffered:
      failure = Failure(error, knowing: catalog)
      if let choice = choices.first {
        failure.help =
          (failure.help.map { $0 + "; all of its list:" } ?? "all of its list:")
          + .command(CommandLine(words: ["models", choice.provider] + keyWords(of: choice)))
      }
      return failure
    default: return Failure(error, knowing: catalog)
    }
  }

  /// The options that lead to the same key again.
  private func keyWords(of choice: Profile.Choice) -> [String] {
    let address = choice.baseURL.map { ["--base-url", $0] } ?? []
    switch choice.key {
    case .environment(let name): return address + ["--key-env", name]
    case .file(let path): return address + ["--key-file", path]
    case .notNeeded: return address + ["--no-key"]
    case .standardInput, .command: return address + ["--key-prompt"]
    case .keep, nil: return address
    }
  }

  private func keyMissing(_ provider: Provider) -> Failure {
    var help: StyledText =
      profile != nil
      ? "say in the profile where it comes from, such as {\"env\": NAME}" : Failure.keyHelp
    if profile == nil, !provider.needsKey { help += ", or --no-key for a server that wants none" }
    if let name = provider.variables.first { help += ", or export \(name)" }
    if let place = provider.keysPlace ?? provider.keysURL {
      help += "; create one at \(place)"
    }
    return Failure(.usage, "no key for \(provider.name)", help: help)
  }

  /// A profile's fault is named as that.
  private func failure(_ error: KeyReference.Failure) -> Failure {
    let failure = Failure(error, knowing: invocation.catalog)
    guard let profile, choices.contains(where: { $0.key != nil }) else { return failure }
    var help = failure.help
    if case .variableMissing = error { help = "export it" }
    return Failure(
      failure.code,
      "the key of \(invocation.catalog.shown(profile.name)): \(failure.message)", help: help)
  }

  private static func help(of provider: Provider, offering ids: [String]) -> StyledText {
    guard !ids.isEmpty else {
      return "pass --model ID, with an id from the provider's documentation"
    }
    let more: StyledText =
      ids.count > 8
      ? "; all of them:\(clinecfg: "models", provider.id)" : ""
    return "pass --model ID with one of \(ids.prefix(8).joined(separator: ", "))" + more
  }

  /// The same with every value mended, or what else to do.
  private func help(for finding: Finding?, _ mended: SetupError.MendedValues?) -> StyledText? {
    if let mended, mended.slot != nil, profile == nil {
      return "put it into another slot of Cline's that speaks the same protocol:" + advice(mended)
        + "; or --slot requesty, where JetBrains, CLI 2 or VS Code with the extension from before the SDK is used"
    }
    if let mended { return advice(mended) }
    guard let finding else { return nil }
    if let fix = finding.fix { return StyledText(fix.advice) }
    return finding.part == .key
      ? "copy the key again from where it was created, as one line"
      : "pass another value, or --allow \(finding.rule.code) if it is right as it is"
  }
}

extension SetupPlanner.Verdict {
  /// What came of it.
  var sentence: StyledText {
    switch outcome {
    case .notWanted: "not verified: \(provider.name) was not asked\n"
    case .keyUnknown: "not verified: the key command was not run\n"
    case .signedByCloud:
      "not verified: requests to \(provider.name) are signed with the cloud's own credentials\n"
    case .notGranted: "not verified: the rules do not grant the key to that host\n"
    case .noTransport:
      "not verified: there is no curl on this machine to ask \(provider.name) with\n"
    case .noUsefulAnswer: "not verified: no conclusive answer from \(provider.name)\n"
    case .allowed: "not verified: what \(provider.name) answered was allowed\n"
    case .answered: "verified: \(provider.name) answers with the model\n"
    case .offered:
      isKeyProved == true
        ? "verified: \(provider.name) accepts the key and offers the model\n"
        : "\(provider.name) offers the model; its list may not need a key, so the key is not proved\n"
    }
  }
}

extension ClineLocations {
  /// What decided the data directory.
  var decider: String { decidedBy == .caller ? "--data-dir" : "\(decidedBy)" }
}
