import ClineConfig
import CommandLineTool

/// `clinecfg set-provider PROVIDER`
enum SetProvider {
  enum Modes: Sendable {
    case both, plan, act
    var set: [Mode] { self == .both ? Mode.allCases : self == .plan ? [.plan] : [.act] }
  }

  static let provider = Argument<String>.positional(
    "PROVIDER", help: "rutaapi, openrouter, …, or custom", completion: .dynamic("providers"))
  static let model = Argument<String>.option("--model", value: "ID", help: "the Model ID")
  static let baseURL = Argument<String>.option(
    "--base-url", value: "URL", help: "another of the provider's addresses; required for custom")
  static let mode = Argument<Modes>.choice(
    "--mode", value: "MODE", help: "both (default), plan or act",
    among: ["both": .both, "plan": .plan, "act": .act])
  static let header = Argument<String>.option(
    "--header", value: "NAME=VALUE", help: "a request header; replaces the stored ones",
    isSensitive: true, isRepeatable: true)
  static let headerVariable = Argument<String>.option(
    "--header-env", value: "NAME=VAR", help: "a request header from an environment variable",
    isRepeatable: true)
  static let contextWindow = Argument<Int>.count(
    "--context-window", value: "N", help: "tokens of the model's context")
  static let maxTokens = Argument<Int>.count(
    "--max-tokens", value: "N", help: "tokens of an answer")
  static let verify = Argument<Bool>.flag(
    "--verify", help: "ask the provider before anything is written")
  static let noVerify = Argument<Bool>.flag("--no-verify", help: "no network at all")
  static let allow = Argument<String>.option(
    "--allow", value: "RULE", help: "accept what this rule finds", isRepeatable: true,
    completion: .dynamic("rules"))

  static let command = Command<Context>(
    "set-provider", abstract: "point Cline at a provider: Base URL, key and Model ID together",
    discussion:
      "Writes every file that a Cline client reads, in one transaction with a backup. Without a "
      + "key option: the stored key if it is this provider's, else the provider's conventional "
      + "variable, else you are asked.",
    arguments: [provider, model] + Options.key + [
      baseURL, mode, header, headerVariable, contextWindow, maxTokens, verify, noVerify, allow,
    ] + Options.change,
    examples: [
      Example(
        "clinecfg set-provider rutaapi --key-env RUTAAPI_API_KEY --model MODEL",
        "both modes, in VS Code, the CLI and JetBrains"),
      Example(
        "clinecfg set-provider custom --base-url https://llm.example.com/v1 --key-stdin --model MODEL",
        "any other OpenAI-compatible endpoint"),
      Example(
        "clinecfg set-provider ollama --model qwen3:30b --mode plan --dry-run",
        "show what a local server for plan mode would change"),
    ]
  ) { context, arguments in
    context.answer(arguments) {
      try SetProviderRun(context: context, arguments: arguments).report()
    }
  }
}

/// One run of `set-provider`: the values, the judgement, the plan, the change.
private struct SetProviderRun {
  let context: Context
  let arguments: ParsedArguments

  func report() throws -> Report {
    guard !arguments[SetProvider.verify] || !arguments[SetProvider.noVerify] else {
      throw Failure(.usage, "--verify and --no-verify exclude each other", help: "pass one of them")
    }
    let provider = try context.provider(named: arguments[SetProvider.provider] ?? "")
    let store = try context.store(arguments)
    let snapshot = store.load()
    // Broken stores first: nothing can be planned on them.
    _ = try store.plan(ChangeSet(), on: snapshot)
    var notes: [String] = []
    let target = try Target(provider, arguments[SetProvider.baseURL], &notes)
    let stored = StoredSetup(snapshot: snapshot, slot: target.slot, catalog: context.catalog)
    let isStored = stored.belongs(to: provider, baseURL: target.baseURL)
    let key = try obtainKey(provider, target, isStored ? stored.key(provider) : nil)
    notes += key.notes
    var asked: ModelAnswer?
    let models = try models(stored: isStored ? stored : nil, provider, &notes) {
      asked = try ask(provider, target, key)
      return asked
    }

    var setup = ProviderSetup(
      slot: target.slot, baseURL: target.baseURL, key: key.value, models: models)
    setup.apiLine = target.apiLine
    setup.headers = try headers()
    setup.contextWindow = arguments[SetProvider.contextWindow]
    setup.maxTokens = arguments[SetProvider.maxTokens]
    var findings = try judge(setup, provider, target, snapshot, &notes)

    let plan = try store.plan(
      setup.changes(on: snapshot, now: context.host.now()), on: snapshot)
    let verified = try verify(setup, provider, target, key, plan, asked, &findings)
    let committed = try context.commit(
      plan, in: store, as: "set-provider \(provider.id)", arguments)
    if let after = try context.setup(arguments, looksAround: false)?.applying(plan) {
      let rules: Set<String> = setup.models.count == 1 ? ["STORE510", "TRIPLE402"] : ["STORE510"]
      findings += RuleSet.standard.findings(of: rules, in: after, catalog: context.catalog)
        .map(\.asWarning)
    }
    var report = report(
      provider, setup, key, plan, committed.backup, findings, notes, store.locations)
    report.members["verified"] = verified.flatMap { $0.isProved.map { .bool($0) } } ?? .null
    report.text += verified?.sentence ?? ""
    report.add(committed)
    return report
  }

  // MARK: Values

  private func models(
    stored: StoredSetup?, _ provider: Provider, _ notes: inout [String],
    ask: () throws -> ModelAnswer?
  ) throws -> [Mode: String] {
    let modes = (arguments[SetProvider.mode] ?? .both).set
    var models: [Mode: String] = [:]
    if let named = arguments[SetProvider.model] {
      if named.trimmed != named { notes.append("white space around the Model ID was dropped") }
      for mode in modes { models[mode] = named.trimmed }
      return models
    }
    for mode in modes { models[mode] = stored?.model(mode) }
    let known = try models[.act] ?? models[.plan] ?? choose(provider, try ask())
    for mode in modes where models[mode] == nil { models[mode] = known }
    return models
  }

  /// A model of the provider's own list: the only one, or the one that is picked.
  private func choose(_ provider: Provider, _ answer: ModelAnswer?) throws -> String {
    guard let ids = answer?.offered?.ids, !ids.isEmpty else {
      // Without an answer that tells, the missing --model is all that is wrong.
      let tells = answer.map { !$0.saysNothing && $0.exchange.error?.kind != .noTransport } ?? false
      if let answer, tells || arguments[SetProvider.verify] {
        var failure = context.failure(
          answer.code, answer.findings, ": there is no list to choose a model from")
        failure.help = failure.help.map { $0 + "; or pass --model ID" } ?? "pass --model ID"
        throw failure
      }
      var failure = Failure(
        .usage, "which model of \(provider.name)? there is no --model",
        help: "pass --model ID, with an id from the provider's documentation")
      failure.text =
        answer?.findings.map { Style(isOn: false).render($0.asWarning.line) }.joined() ?? ""
      throw failure
    }
    if ids.count == 1 { return ids[0] }
    if context.mayAsk(arguments) {
      guard
        let index = context.console.pick("model of \(provider.name)", among: ids.map(Style.safe))
      else { throw Failure(.interrupted, "interrupted; nothing was written") }
      return ids[index]
    }
    let first = ids.prefix(8).map(Style.safe).joined(separator: ", ")
    throw Failure(
      .usage, "which model of \(provider.name)? there is no --model",
      help: "pass --model ID; offered are \(first)"
        + (ids.count > 8 ? " and \(ids.count - 8) more (clinecfg models \(provider.id))" : ""))
  }

  // MARK: Asking the provider

  /// Asks for the model list, unless the rules do not grant the key to that host or no network is
  /// wanted.
  private func ask(
    _ provider: Provider, _ target: Target, _ key: ObtainedKey
  ) throws -> ModelAnswer? {
    guard !arguments[SetProvider.noVerify] else { return nil }
    var setup = ProviderSetup(
      slot: target.slot, baseURL: target.baseURL, key: key.value, models: [:])
    setup.apiLine = target.apiLine
    let url =
      target.baseURL ?? target.apiLine.flatMap { target.slot.apiLines[$0] }
      ?? (target.isCompatible ? nil : provider.compatibleRoot)
    let triple = triple(setup, provider, url, "-")
    guard
      LiveCheck(triple, catalog: context.catalog, through: context.host.transport).refusal.isEmpty
    else { return nil }
    return context.askForModels(triple)
  }

  private struct Verification {
    var isProved: Bool?
    var sentence: String
  }

  /// What the provider says, before anything is written. Throws where that must stop the change.
  private func verify(
    _ setup: ProviderSetup, _ provider: Provider, _ target: Target, _ key: ObtainedKey,
    _ plan: Plan,
    _ asked: ModelAnswer?, _ findings: inout [Finding]
  ) throws -> Verification? {
    let isWanted = arguments[SetProvider.verify]
    guard isWanted || !plan.isEmpty else { return nil }
    guard !arguments[SetProvider.noVerify] else {
      return Verification(sentence: "not verified: no request was made to \(provider.name)\n")
    }
    guard let answer = try asked ?? ask(provider, target, key) else {
      return Verification(sentence: "not verified: the rules do not grant the key to that host\n")
    }
    let allowed = Set(arguments.all(SetProvider.allow).map { $0.uppercased() })
    func stops(_ found: [Finding]) -> [Finding] { found.filter { !allowed.contains($0.rule) } }
    if let offered = answer.offered {
      var missing: [Finding] = []
      for model in Set(setup.models.values).sorted() {
        var triple = triple(setup, provider, setup.baseURL, model)
        triple.offered = offered
        missing += RuleSet.standard.findings(in: triple, catalog: context.catalog).filter {
          $0.rule == "MODEL303"
        }
      }
      findings += missing
      if !stops(missing).isEmpty {
        throw context.failure(.refused, stops(missing), ": nothing was written")
      }
      return Verification(
        isProved: answer.isKeyProved,
        sentence: answer.isKeyProved == true
          ? "verified: \(provider.name) accepts the key and offers the model\n"
          : "\(provider.name) offers the model; its list answers without a key, so the key is not proved\n"
      )
    }
    if answer.exchange.error?.kind == .noTransport, !isWanted {
      return Verification(sentence: "not verified: there is no curl to ask \(provider.name) with\n")
    }
    if answer.saysNothing, !isWanted {
      findings += answer.findings.map(\.asWarning)
      return Verification(sentence: "not verified: \(provider.name) gave no answer that tells\n")
    }
    guard stops(answer.findings).isEmpty, !answer.findings.isEmpty, !isWanted else {
      throw context.failure(answer.code, answer.findings, ": nothing was written")
    }
    findings += answer.findings
    return Verification(
      isProved: answer.isKeyProved,
      sentence: "not verified: what \(provider.name) answered was allowed\n")
  }

  private func obtainKey(
    _ provider: Provider, _ target: Target, _ stored: SourcedKey?
  ) throws -> ObtainedKey {
    var key: ObtainedKey
    if let named = try context.namedKey(arguments) {
      key = named
    } else if !provider.needsKey, !target.isCompatible {
      return ObtainedKey(value: nil, source: "none")
    } else {
      key = try context.defaultKey(for: provider, stored: stored, arguments)
    }
    if key.source == "none" {
      key.value = Secret(Triple.keyForKeyless)
    }
    if let variable = provider.variables.first(where: { context.host.variables[$0] != nil }),
      key.source != "none", key.source != "env:\(variable)", key.notes.isEmpty,
      context.host.variables[variable]?.trimmed != key.value?.reveal()
    {
      key.notes.append("\(variable) is set to another key than the one used")
    }
    return key
  }

  /// The headers that the options name; `nil` when they name none.
  private func headers() throws -> [(name: String, value: String)]? {
    var headers: [(name: String, value: String)] = []
    for text in arguments.all(SetProvider.header) {
      guard let (name, value) = Self.pair(text) else {
        throw Failure(.usage, "--header wants NAME=VALUE")
      }
      let lower = name.lowercased()
      let isSecret =
        lower == "authorization" || lower == "cookie" || lower.contains("key")
        || lower.contains("token")
        || lower.contains("secret") || context.catalog.looksLikeKey(value)
      guard !isSecret else {
        throw Failure(
          .usage,
          "the header \(Style.safe(name)) carries a secret, which must not stand on a command line",
          help: "export the value and pass --header-env \(Style.safe(name))=VAR")
      }
      headers.append((name, value))
    }
    for text in arguments.all(SetProvider.headerVariable) {
      guard let (name, variable) = Self.pair(text) else {
        throw Failure(.usage, "--header-env wants NAME=VAR")
      }
      guard let value = context.host.variables[variable], !value.isEmpty else {
        throw Failure(.noInput, "the environment variable \(context.shown(variable)) is not set")
      }
      headers.append((name, value))
    }
    let isWellFormed = headers.allSatisfy { name, value in
      name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
    guard isWellFormed else {
      throw Failure(.usage, "a header has characters that HTTP does not allow")
    }
    guard Set(headers.map { $0.name.lowercased() }).count == headers.count else {
      throw Failure(.usage, "a header is named twice")
    }
    return headers.isEmpty ? nil : headers
  }

  private static func pair(_ text: String) -> (String, String)? {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }

  // MARK: Judgement

  private func judge(
    _ setup: ProviderSetup, _ provider: Provider, _ target: Target, _ snapshot: Snapshot,
    _ notes: inout [String]
  ) throws -> [Finding] {
    let allowed = Set(arguments.all(SetProvider.allow).map { $0.uppercased() })
    if let unknown = allowed.first(where: { RuleSet.standard.documentation(of: $0) == nil }) {
      throw Failure(.usage, "there is no rule '\(context.shown(unknown))' to allow")
    }
    var found: [Finding] = []
    for model in Set(setup.models.values).sorted() {
      var triple = triple(setup, provider, setup.baseURL, model)
      triple.hasStoredAnthropicKey =
        snapshot[.secrets].document?["/apiKey"]?.string?.isEmpty == false
      triple.otherModesBaseURL = otherModesBaseURL(setup, snapshot)
      for finding in RuleSet.standard.findings(in: triple, catalog: context.catalog)
      where !found.contains(finding) {
        found.append(finding)
      }
    }
    let refusing = found.filter {
      $0.severity == .error && !allowed.contains($0.rule)
        && !($0.rule == "TRIPLE401" && allowed.contains("KEY204"))
    }
    guard let first = refusing.first else { return found }
    var failure = Failure(
      .refused, "refused by \(refusing.map(\.rule).joined(separator: ", ")): nothing was written",
      help: help(for: first, refusing, setup, provider))
    failure.members = ["findings": .array(found.map(\.json))]
    failure.text = refusing.map { Style(isOn: false).render($0.line) }.joined()
    throw failure
  }

  private func triple(
    _ setup: ProviderSetup, _ provider: Provider, _ baseURL: String?, _ model: String?
  ) -> Triple {
    var triple = Triple(
      provider: provider.id, slotID: setup.slot.sdkID, baseURL: baseURL, key: setup.key,
      model: model)
    triple.now = context.host.now()
    if let key = setup.key, key.reveal() != Triple.keyForKeyless {
      triple.sightings =
        context.catalog.sightings(of: key, in: context.host.variables)
        + (AcceptedKeys.load(on: context.host)?.sightings(of: key) ?? [])
    }
    return triple
  }

  /// Where the other mode sends, when it uses the same slot.
  private func otherModesBaseURL(_ setup: ProviderSetup, _ snapshot: Snapshot) -> String? {
    let state = snapshot[.globalState].document
    for mode in Mode.allCases where setup.models[mode] == nil {
      let id = state?[JSONPointer.root.appending(mode.providerKey)]?.string
      if id == setup.slot.legacyID { return state?["/openAiBaseUrl"]?.string }
    }
    return nil
  }

  /// The same command with every value mended, or what else to do.
  private func help(
    for finding: Finding, _ findings: [Finding], _ setup: ProviderSetup, _ provider: Provider
  ) -> String {
    guard let fix = finding.fix, let replacement = fix.replacement else {
      return finding.fix?.description
        ?? "pass another value, or --allow \(finding.rule) if it is right as it is"
    }
    if case .key = replacement { return fix.description }
    let model = setup.models[.act] ?? setup.models[.plan]
    let given = triple(setup, provider, setup.baseURL, model)
    let mended = RuleSet.standard.mended(given.replacing(replacement), catalog: context.catalog)
      .triple
    var values: [(option: any ArgumentProtocol, value: String)] = []
    if let url = mended.baseURL, url != given.baseURL { values.append((SetProvider.baseURL, url)) }
    if let id = mended.model, id != given.model { values.append((SetProvider.model, id)) }
    return "clinecfg "
      + arguments.words(replacing: values).map { ShellWord.quoted(Style.safe($0)) }
      .joined(separator: " ")
  }

  // MARK: Report

  private func report(
    _ provider: Provider, _ setup: ProviderSetup, _ key: ObtainedKey, _ plan: Plan,
    _ backup: Backup?, _ findings: [Finding], _ notes: [String], _ locations: ClineLocations
  ) -> Report {
    let isDryRun = arguments[Options.dryRun]
    let change = ChangeReport(plan: plan, isDryRun: isDryRun, backup: backup, findings: findings)
    var report = Report()
    report.notes = notes
    report.members = change.members
    let url = setup.baseURL ?? setup.slot.defaultBaseURL
    let model = setup.models[.act] ?? setup.models[.plan] ?? ""
    report.members["provider"] = .string(provider.id)
    report.members["baseURL"] = url.map { .string($0) } ?? .null
    report.members["model"] = .string(model)
    report.members["key"] = [
      "source": .string(key.source),
      "masked": .string(setup.key.map(context.masked) ?? ""),
    ]
    let modes = setup.models.keys.sorted { $0.rawValue < $1.rawValue }.map(\.rawValue)
    let what =
      plan.isEmpty ? "already points" : isDryRun ? "would point" : "now points"
    var text =
      "\(Style.bold)Cline \(what) at \(provider.name)\(Style.plain) (\(modes.joined(separator: " and ")) mode)\n"
    text += "  Base URL  \(Style.safe(url ?? ""))\n"
    for mode in setup.models.keys.sorted(by: { $0.rawValue < $1.rawValue })
    where mode == .act || setup.models[.act] != setup.models[mode] {
      let label = Set(setup.models.values).count > 1 ? " (\(mode.rawValue))" : ""
      text += "  Model ID  \(Style.safe(setup.models[mode] ?? ""))\(label)\n"
    }
    text +=
      "  key       \(setup.key.map { context.masked($0) + " " } ?? "")(\(Style.safe(key.source)))\n"
    if !plan.isEmpty { text += "\(isDryRun ? "would change" : "changed"):\n" }
    text += change.text
    for finding in findings { text += finding.line }
    report.text = text
    report.details =
      "data directory \(Style.safe(locations.dataDirectory.description)): decided by "
      + "\(locations.decidedBy)\n"
    let judgement = context.catalog.judge(
      triple(setup, provider, setup.baseURL, setup.models[.act] ?? setup.models[.plan]))
    report.details += Evidence.lines(of: judgement, context.catalog)
    return report
  }
}
