import ClineConfig
import CommandLineTool

/// From choices of providers to a change: what each comes to, the judgement, the plan.
///
/// The choices come from the words of a command line or from a profile; all else is the same.
struct SetupRun {
  let context: Context
  let arguments: ParsedArguments
  let choices: [ProviderChoice]
  /// The profile that they come from; `nil` for a command line.
  var profile: ProfileSource?
  /// Whether a stored Model ID is no answer, because somebody is about to choose one.
  var choosesModel = false
  /// How a person gets mended values in place of those that a rule refused.
  var advice: (MendedValues) -> StyledText

  struct MendedValues {
    var baseURL: String?
    var model: String?
  }

  /// What to do about keys.
  enum Keys {
    /// Get them, and judge them.
    case all
    /// Get them, but run no command of a profile: the stored key counts as its key.
    case withoutCommands
    /// Those that can be had without running a program or asking; the stored one counts for others.
    case atHand
    /// Those that references lead to; a stored one is not looked at.
    case named
    /// None: no file with keys is looked at.
    case nothing
  }

  /// One choice, and what it comes to.
  struct Part {
    let choice: ProviderChoice
    let provider: Provider
    let target: Target
    let key: ObtainedKey
    var setup: ProviderSetup
    /// What the provider answered, where a model had to be chosen from its list.
    var asked: ModelAnswer?
  }

  struct Planned {
    var parts: [Part] = []
    var plan = Plan.nothing
    var findings: [Finding] = []
    var notes: [StyledText] = []
  }

  /// The modes that something is chosen for.
  var modes: Set<Mode> { choices.reduce(into: []) { $0.formUnion($1.modes) } }

  /// Works out the change, in memory. Throws where a value is missing or a rule refuses.
  func planned(
    on snapshot: Snapshot, in store: SettingsStore, keys: Keys = .all
  ) throws -> Planned {
    // Broken stores first: nothing can be planned on them.
    _ = try store.plan(ChangeSet(), on: snapshot)
    var planned = Planned()
    var changes = ChangeSet()
    var after = snapshot
    for choice in choices {
      let part = try part(choice, on: snapshot, keys, &planned.notes)
      try refuseSharing(part, planned.parts)
      planned.findings += try judge(part, after, keys)
      planned.parts.append(part)
      changes.append(part.setup.changes(on: after, now: context.host.now()).edits)
      planned.plan = try store.plan(changes, on: snapshot)
      after = planned.plan.applied(to: snapshot)
    }
    return planned
  }

  // MARK: Values

  private func part(
    _ choice: ProviderChoice, on snapshot: Snapshot, _ keys: Keys, _ notes: inout [StyledText]
  ) throws -> Part {
    let provider = try context.provider(named: choice.provider)
    let target = try Target(provider, choice.baseURL, &notes)
    let stored = StoredSetup(snapshot: snapshot, slot: target.slot, catalog: context.catalog)
    let isStored = stored.belongs(to: provider, baseURL: target.baseURL)
    let key = try key(
      choice.key, provider, target, isStored ? stored.key(provider) : nil, keys)
    notes += key.notes
    var setup = ProviderSetup(
      slot: target.slot, baseURL: target.baseURL, key: key.value, models: [:])
    setup.apiLine = target.apiLine
    setup.headers = try choice.headers.map(headers)
    setup.contextWindow = choice.contextWindow
    setup.maxTokens = choice.maxTokens
    var part = Part(choice: choice, provider: provider, target: target, key: key, setup: setup)
    try chooseModels(for: &part, stored: isStored ? stored : nil, &notes)
    return part
  }

  /// Two modes in one slot can differ in the model and nothing else: Cline has one place for the rest.
  private func refuseSharing(_ part: Part, _ others: [Part]) throws {
    guard
      let other = others.first(where: { other in
        other.setup.slot == part.setup.slot
          && (other.setup.baseURL != part.setup.baseURL || other.setup.key != part.setup.key
            || other.choice.headers != part.choice.headers)
      })
    else { return }
    throw Failure(
      .badData,
      "plan mode (\(other.provider.name)) and act mode (\(part.provider.name)) would share Cline's "
        + "\(part.setup.slot.name) slot, which holds one Base URL, key and set of headers",
      help:
        "choose one of them for both modes, or one that has a slot of its own (clinecfg providers)")
  }

  /// Those that are named, then those that are stored, then one of the provider's list.
  private func chooseModels(
    for part: inout Part, stored: StoredSetup?, _ notes: inout [StyledText]
  ) throws {
    let choice = part.choice
    var models = choice.models.mapValues(\.trimmed)
    if models != choice.models { notes.append("white space around the Model ID was dropped") }
    let open = Mode.allCases.filter { choice.modes.contains($0) && models[$0] == nil }
    if !choosesModel { for mode in open { models[mode] = stored?.model(mode) } }
    if !open.isEmpty, models.count < choice.modes.count {
      var known = models[.act] ?? models[.plan]
      if known == nil {
        part.asked = try ask(part)
        known = try choose(part.provider, part.asked)
      }
      for mode in open where models[mode] == nil { models[mode] = known }
    }
    part.setup.models = models
  }

  /// A model of the provider's own list: the only one, or the one that is picked.
  private func choose(_ provider: Provider, _ answer: ModelAnswer?) throws -> String {
    guard let ids = answer?.offered?.ids, !ids.isEmpty else {
      if answer.map(\.saysNothing) ?? true, context.mayAsk(arguments), !arguments[Options.verify] {
        return try context.ask("Model ID of \(provider.name) (its list did not come)")
      }
      // Without an answer that tells, the missing --model is all that is wrong.
      let tells = answer.map { !$0.saysNothing && $0.exchange.error?.kind != .noTransport } ?? false
      if let answer, tells || arguments[Options.verify] {
        var failure = context.failure(
          answer.code, answer.findings, ": there is no list to choose a model from")
        failure.help = failure.help.map { $0 + "; or pass --model ID" } ?? "pass --model ID"
        throw failure
      }
      var failure = Failure(
        .usage, "which model of \(provider.name)? there is no --model",
        help: "pass --model ID, with an id from the provider's documentation")
      failure.text =
        answer?.findings.map(\.asWarning.line).joined() ?? ""
      throw failure
    }
    if ids.count == 1 { return ids[0] }
    if context.mayAsk(arguments) {
      return ids[try context.pick("model of \(provider.name)", among: ids.map { "\($0)" })]
    }
    let first = ids.prefix(8).joined(separator: ", ")
    throw Failure(
      .usage, "which model of \(provider.name)? there is no --model",
      help: "pass --model ID; offered are \(first)"
        + (ids.count > 8 ? " and \(ids.count - 8) more (clinecfg models \(provider.id))" : ""))
  }

  private func key(
    _ reference: KeyReference?, _ provider: Provider, _ target: Target, _ stored: SourcedKey?,
    _ keys: Keys
  ) throws -> ObtainedKey {
    var key: ObtainedKey
    switch (reference, keys) {
    case (_, .nothing), (.keep, .named): return ObtainedKey(value: nil, source: "none")
    case (.keep, _):
      guard let stored else {
        throw Failure(
          .noInput, "no key of \(provider.name) is stored that could be kept",
          help:
            "name where its key comes from, such as {\"env\": \"\(provider.variables.first ?? "VAR")\"}"
        )
      }
      key = ObtainedKey(value: stored.value, source: stored.source.description)
    case (.command?, .atHand):
      key = ObtainedKey(value: stored?.value, source: "command")
    case (.command?, .withoutCommands) where profile != nil:
      key = ObtainedKey(value: stored?.value, source: "command", isKnown: false)
      key.notes.append("the key command was not run: its key is taken for the stored one")
    case (let reference?, .atHand):
      key =
        (try? context.key(from: reference, beside: profile?.directory))
        ?? ObtainedKey(value: stored?.value, source: "file")
    case (let reference?, _): key = try obtain(reference)
    case (nil, _):
      if !provider.needsKey, !target.isCompatible {
        return ObtainedKey(value: nil, source: "none")
      }
      key = try context.defaultKey(
        for: provider, stored: stored, arguments, isProfile: profile != nil)
    }
    if key.source == "none" { key.value = Secret(Triple.keyForKeyless) }
    if let variable = provider.variables.first(where: { context.host.variables[$0] != nil }),
      key.source != "none", key.source != "env:\(variable)", key.notes.isEmpty,
      context.host.variables[variable]?.trimmed != key.value?.reveal()
    {
      key.notes.append("\(variable) is set to another key than the one used")
    }
    return key
  }

  /// The key of a reference; a profile's fault is named as that.
  private func obtain(_ reference: KeyReference) throws -> ObtainedKey {
    do {
      return try context.key(from: reference, beside: profile?.directory)
    } catch let failure as Failure {
      guard let profile else { throw failure }
      throw Failure(
        failure.code, "the key of \(context.shown(profile.name)): \(failure.message)",
        help: failure.help.map { $0.plain.hasPrefix("export it") ? "export it" : $0 })
    }
  }

  private func headers(_ chosen: [ProviderChoice.Header]) throws -> [RequestHeader] {
    let headers = try chosen.map { header in
      switch header.value {
      case .text(let text): return RequestHeader(name: header.name, value: Secret(text))
      case .environment(let variable):
        guard let value = context.host.variables[variable], !value.isEmpty else {
          throw Failure(
            .noInput, "the environment variable \(context.shown(variable)) is not set",
            help: "export it: the header \(header.name) comes from it")
        }
        context.host.secrets.note(Secret(value))
        return RequestHeader(name: header.name, value: Secret(value))
      }
    }
    let isWellFormed = headers.allSatisfy { header in
      !header.name.isEmpty
        && header.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
        && header.value.reveal().utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
    guard isWellFormed else {
      throw Failure(.usage, "a header has characters that HTTP does not allow")
    }
    guard Set(headers.map { $0.name.lowercased() }).count == headers.count else {
      throw Failure(.usage, "a header is named twice")
    }
    return headers
  }

  // MARK: Judgement

  private func judge(_ part: Part, _ snapshot: Snapshot, _ keys: Keys) throws -> [Finding] {
    let allowed = try allowedRules()
    let setup = part.setup
    var found: [Finding] = []
    for model in Set(setup.models.values).sorted() {
      var triple = triple(of: part, setup.baseURL, model)
      triple.hasStoredAnthropicKey =
        snapshot[.secrets].document?["/apiKey"]?.string?.isEmpty == false
      triple.otherModesBaseURL = otherModesBaseURL(setup, snapshot)
      for finding in RuleSet.standard.findings(in: triple, catalog: context.catalog)
      where !found.contains(finding) {
        found.append(finding)
      }
    }
    if keys != .all, part.key.value == nil { found.removeAll { $0.part == .key } }
    let refusing = found.filter {
      $0.severity == .error && !allowed.contains($0.rule)
    }
    guard let first = refusing.first else { return found }
    var failure = Failure(
      .refused,
      "refused by \(refusing.map(\.rule.code).joined(separator: ", ")): nothing was written",
      help: help(for: first, part))
    failure.members = ["findings": .array(found.map(\.json))]
    failure.text = refusing.map(\.line).joined()
    throw failure
  }

  /// The rules of `--allow`.
  func allowedRules() throws -> Set<RuleID> {
    try arguments.all(Options.allow).reduce(into: []) { allowed, name in
      guard let rule = RuleSet.standard.documentation(of: name) else {
        throw Failure(
          .usage, "there is no rule '\(context.shown(name.uppercased()))' to allow")
      }
      allowed.insert(rule.code)
    }
  }

  func triple(of part: Part, _ baseURL: String?, _ model: String?) -> Triple {
    var triple = Triple(
      provider: part.provider.id, slotID: part.target.slot.sdkID, baseURL: baseURL,
      key: part.key.value, model: model)
    triple.now = context.host.now()
    if let key = part.key.value, key.reveal() != Triple.keyForKeyless {
      triple.sightings =
        context.catalog.sightings(of: key, in: context.host.variables)
        + (AcceptedKeys.load(on: context.host)?.sightings(of: key) ?? [])
    }
    return triple
  }

  /// Where a mode that nothing is chosen for sends, when it uses the same slot.
  private func otherModesBaseURL(_ setup: ProviderSetup, _ snapshot: Snapshot) -> String? {
    let state = snapshot[.globalState].document
    for mode in Mode.allCases where !modes.contains(mode) {
      let id = state?[JSONPointer.root.appending(mode.providerKey)]?.string
      if id == setup.slot.legacyID { return state?["/openAiBaseUrl"]?.string }
    }
    return nil
  }

  /// The same with every value mended, or what else to do.
  private func help(for finding: Finding, _ part: Part) -> StyledText {
    guard let fix = finding.fix, let replacement = fix.replacement else {
      if let fix = finding.fix { return "\(fix.description)" }
      return finding.part == .key
        ? "take the key again from where it is made, as one line"
        : "pass another value, or --allow \(finding.rule) if it is right as it is"
    }
    if case .key = replacement { return "\(fix.description)" }
    let given = triple(
      of: part, part.setup.baseURL, part.setup.models[.act] ?? part.setup.models[.plan])
    let mended = RuleSet.standard.mended(given.replacing(replacement), catalog: context.catalog)
      .triple
    return advice(
      MendedValues(
        baseURL: mended.baseURL == given.baseURL ? nil : mended.baseURL,
        model: mended.model == given.model ? nil : mended.model))
  }
}
