package import LosslessJSON

/// From choices of providers to a change of Cline's files: what each comes to, the judgement, the
/// plan, the question to the provider, the commit.
///
/// ```swift
/// let planner = SetupPlanner(store: store)
/// var choice = Profile.Choice(provider: "rutaapi", models: [.plan: "demo", .act: "demo"])
/// choice.key = .environment("RUTAAPI_API_KEY")
/// let plan = try planner.plan([choice])
/// try planner.commit(plan, command: "my tool")
/// ```
public struct SetupPlanner: Sendable {
  /// The files that are changed.
  public let store: SettingsStore
  /// The providers that are known.
  public let catalog: ProviderCatalog
  /// The rules that judge.
  public let rules: RuleSet
  /// Who answers what is left open; `nil` where nobody does.
  public var questions: (any SetupPlanner.Questions)?
  /// How to go about it.
  public var options = Options()
  /// Reads standard input, at most so many bytes: for ``KeyReference/standardInput``.
  package var standardInput: @Sendable (Int) -> [UInt8] = { _ in [] }
  /// What to call the source of that.
  package var inputName = "stdin"

  /// A planner for the files of a store.
  public init(
    store: SettingsStore, catalog: ProviderCatalog = .bundled, rules: RuleSet = .standard
  ) {
    self.store = store
    self.catalog = catalog
    self.rules = rules
  }

  /// How to go about a set-up.
  public struct Options: Sendable {
    /// Rules whose findings are accepted.
    public var allowed: Set<RuleID> = []
    /// Whether the provider is asked before anything is written.
    public var verification = Verification.whereItTells
    /// Whether a running Cline, which may write older settings back, stops the change.
    public var stopsWhereClineRuns = false
    /// The directory of the file that the choices come from: what its references are relative to.
    public var directory: AbsolutePath?
    /// Whether a stored Model ID is no answer, because somebody is about to choose one.
    package var choosesModel = false
    /// What becomes of a key that is stored or exported, where no reference names one.
    package var knownKey = KnownKey.taken
    /// What to do about keys.
    package var keys = Keys.all
    /// Settings of Cline's own to set besides, by their names.
    package var settings: JSONObject = [:]

    /// Everything as `clinecfg set-provider` does it.
    public init() {}
  }

  /// When the provider is asked.
  public enum Verification: Sendable {
    /// Where something changes; an answer that tells nothing stops nothing.
    case whereItTells
    /// Always, and without a good answer nothing is written.
    case required
    /// Never: there is no network.
    case never
  }

  /// What becomes of a key that is stored or exported.
  package enum KnownKey: Sendable {
    /// It is the key.
    case taken
    /// Somebody is asked whether it is.
    case offered
    /// Another one is asked for.
    case ignored
  }

  /// What to do about keys.
  package enum Keys: Sendable {
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

  var host: HostEnvironment { store.host }

  /// Works out the change for what the files hold now, in memory.
  ///
  /// Throws where a value is missing or a rule refuses. Asks the provider only where a Model ID has to
  /// be chosen from its list.
  public func plan(_ choices: [Profile.Choice]) throws(SetupError) -> SetupPlan {
    try plan(choices, on: store.load())
  }

  /// The same on top of a snapshot.
  package func plan(
    _ choices: [Profile.Choice], on snapshot: Snapshot
  ) throws(SetupError) -> SetupPlan {
    do throws(StoreError) {
      // Broken stores first: nothing can be planned on them.
      _ = try store.plan(ChangeSet(), on: snapshot)
    } catch {
      throw SetupError(.store(error))
    }
    var planned = SetupPlan(modes: choices.reduce(into: []) { $0.formUnion($1.modes) })
    var changes = ChangeSet()
    var after = snapshot
    for choice in choices {
      let part = try part(choice, on: snapshot, notes: &planned.notes)
      try refuseSharing(part, others: planned.parts)
      planned.findings += try judge(part, on: after, modes: planned.modes)
      planned.parts.append(part)
      changes.append(part.setup.changes(on: after, now: host.now()).edits)
      changes.append(holdingOff(part.setup, on: after).edits)
      do throws(StoreError) {
        planned.change = try store.plan(changes, on: snapshot)
      } catch {
        throw SetupError(.store(error))
      }
      after = planned.change.applied(to: snapshot)
    }
    for (name, value) in options.settings {
      guard let setting = ClineSetting.named(name.text) else { continue }
      changes.set(value, for: setting, on: after)
      do throws(StoreError) {
        planned.change = try store.plan(changes, on: snapshot)
      } catch {
        throw SetupError(.store(error))
      }
      after = planned.change.applied(to: snapshot)
    }
    return planned
  }

  // MARK: Values

  private func part(
    _ choice: Profile.Choice, on snapshot: Snapshot, notes: inout [Advice]
  ) throws(SetupError) -> SetupPlan.Part {
    guard let named = catalog[choice.provider] else {
      throw SetupError(.unknownProvider(choice.provider))
    }
    let target = try SetupTarget(named, baseURL: choice.baseURL, slot: choice.slot, in: catalog)
    let provider = target.provider
    notes += target.notes
    let stored = StoredSetup(target.slot, in: snapshot, catalog: catalog)
    let isStored = stored.belongs(to: provider, baseURL: target.baseURL)
    try refuseCloudElsewhere(choice, over: stored, notes: &notes)
    let key = try key(
      choice, of: provider, for: target,
      stored: isStored && !stored.isSignedNow ? stored.key(of: provider) : nil)
    notes += key.notes
    var setup = ProviderSetup(
      slot: target.slot, baseURL: target.baseURL, key: key.value, models: [:])
    setup.apiLine = target.apiLine
    setup.isReadByLegacy =
      target.slot.addressForm?.differs == true && target.baseURL != nil
      && VSCodeInstallation.all(on: host).contains { $0.startsLegacy(on: host) }
    if let headers = choice.headers { setup.headers = try self.headers(headers) }
    setup.facts = choice.facts
    setup.cloud = choice.cloud
    var part = SetupPlan.Part(
      choice: choice, provider: provider, target: target, key: key, setup: setup)
    try chooseModels(for: &part, stored: isStored ? stored : nil, notes: &notes)
    useDeployment(for: &part, notes: &notes)
    return part
  }

  /// Two modes in one slot can differ in the model and nothing else: Cline has one place for the rest.
  private func refuseSharing(
    _ part: SetupPlan.Part, others: [SetupPlan.Part]
  ) throws(SetupError) {
    let other = others.first { other in
      other.setup.slot == part.setup.slot
        && (other.setup.baseURL != part.setup.baseURL || other.setup.key != part.setup.key
          || other.choice.headers != part.choice.headers)
    }
    guard let other else { return }
    throw SetupError(
      .slotShared(plan: other.provider, act: part.provider, slot: part.setup.slot))
  }

  /// Those that are named, then those that are stored, then one of the provider's list.
  private func chooseModels(
    for part: inout SetupPlan.Part, stored: StoredSetup?, notes: inout [Advice]
  ) throws(SetupError) {
    let choice = part.choice
    var models = choice.models.mapValues(\.trimmed)
    if models != choice.models { notes.append("white space around the Model ID was dropped") }
    let open = Mode.allCases.filter { choice.modes.contains($0) && models[$0] == nil }
    if !options.choosesModel { for mode in open { models[mode] = stored?.model(mode) } }
    if !open.isEmpty, models.count < choice.modes.count {
      var known = models[.act] ?? models[.plan]
      if known == nil {
        part.asked = ask(part)
        known = try chooseModel(
          of: part.provider, part.asked, present: stored?.model(.act) ?? stored?.model(.plan))
      }
      for mode in open where models[mode] == nil { models[mode] = known }
    }
    part.setup.models = models
  }

  /// A model of the provider's own list: the only one, or the one that is picked.
  private func chooseModel(
    of provider: Provider, _ answer: ModelAnswer?, present: String?
  ) throws(SetupError) -> String {
    func ask(_ offered: [String]) throws(SetupError) -> String? {
      guard let questions else { return nil }
      let question = ModelQuestion(
        provider: provider, offered: offered, problem: answer?.findings.first?.message,
        present: present)
      guard let model = questions.model(question) else { throw SetupError(.unanswered) }
      return model
    }

    guard let ids = answer?.offered?.ids, !ids.isEmpty else {
      if answer.map(\.saysNothing) ?? true, options.verification != .required,
        let model = try ask([])
      {
        return model
      }
      // Without an answer that tells, the missing Model ID is all that is wrong.
      let tells = answer.map { !$0.saysNothing && $0.exchange.error?.kind != .noTransport } ?? false
      if let answer, tells || options.verification == .required {
        throw SetupError(
          .modelListMissing(provider, isUnreachable: answer.exchange.error != nil),
          findings: answer.findings)
      }
      throw SetupError(
        .modelMissing(provider, offered: []), others: answer?.findings.map(\.asWarning) ?? [])
    }
    if ids.count == 1 { return ids[0] }
    guard let model = try ask(ids) else {
      throw SetupError(.modelMissing(provider, offered: ids))
    }
    return model
  }

  private func key(
    _ choice: Profile.Choice, of provider: Provider, for target: SetupTarget,
    stored: EffectiveRequest.Key?
  ) throws(SetupError) -> ObtainedKey {
    var key: ObtainedKey
    let signsIn = choice.cloud[.azureIdentity] == true
    if target.slot.isSignedByCloud {
      guard let reference = choice.key, reference != .notNeeded else {
        // A stored key of Bedrock's stays, unless something else is to sign.
        let isKept =
          choice.key == nil && choice.cloud[.awsProfile] == nil && options.keys != .nothing
        return isKept && stored != nil
          ? ObtainedKey(value: stored?.value, source: stored?.source.description ?? "")
          : ObtainedKey(value: nil, source: "none")
      }
      guard target.slot.authentication == .aws else { throw SetupError(.keyNotTaken(provider)) }
    }
    switch (choice.key, options.keys) {
    case (_, .nothing), (.keep, .named): return ObtainedKey(value: nil, source: "none")
    case (.keep, _):
      // On another machine the provider's variable may hold it.
      key =
        if let stored {
          ObtainedKey(value: stored.value, source: stored.source.description)
        } else if let exported = host.exportedKey(of: provider) {
          exported
        } else {
          throw SetupError(.noStoredKey(provider))
        }
    case (.command?, .atHand):
      key = ObtainedKey(value: stored?.value, source: "command")
    case (.command?, .withoutCommands) where options.directory != nil:
      key = ObtainedKey(value: stored?.value, source: "command", isKnown: false)
      key.notes.append("the key command was not run: its key is taken for the stored one")
    case (let reference?, .atHand):
      key =
        (try? sources.key(from: reference)) ?? ObtainedKey(value: stored?.value, source: "file")
    case (let reference?, _):
      do throws(KeyReference.Failure) {
        key = try sources.key(from: reference)
      } catch {
        throw SetupError(.keySource(error))
      }
    case (nil, _):
      if !provider.needsKey, !target.isCompatible, options.knownKey != .ignored {
        return ObtainedKey(value: nil, source: "none")
      }
      key =
        signsIn && stored == nil
        ? ObtainedKey(value: nil, source: "none")
        : try defaultKey(of: provider, for: target, stored: stored)
    }
    if key.source == "none" { key.value = Secret(Triple.keyForKeyless) }
    if let variable = provider.variables.first(where: { host.variables[$0] != nil }),
      key.source != "none", key.source != "env:\(variable)", key.notes.isEmpty,
      host.variables[variable]?.trimmed != key.value?.reveal()
    {
      key.notes.append("\(variable) is set to another key than the one used")
    }
    return key
  }

  private var sources: KeySources {
    KeySources(
      on: host, beside: options.directory, inputName: inputName, standardInput: standardInput)
  }

  /// The key for a provider when no reference names one: the stored one if it is this provider's,
  /// its conventional variable, or the answer to a question.
  private func defaultKey(
    of provider: Provider, for target: SetupTarget, stored: EffectiveRequest.Key?
  ) throws(SetupError) -> ObtainedKey {
    let exported = host.exportedKey(of: provider)
    let found =
      stored.map { ObtainedKey(value: $0.value, source: $0.source.description) } ?? exported
    var known = options.knownKey == .ignored ? nil : found
    if known == nil || options.knownKey == .offered, let questions {
      let question = KeyQuestion(
        provider: provider, known: known?.value.map(catalog.masked), source: known?.source,
        target: target)
      guard let typed = questions.key(question) else { throw SetupError(.unanswered) }
      if known == nil || !typed.trimmed.isEmpty {
        do throws(KeyReference.Failure) {
          return try sources.key(Array(typed.utf8), from: "prompt")
        } catch {
          throw SetupError(.keySource(error))
        }
      }
    }
    if stored != nil, let exported, exported.value != known?.value {
      known?.notes.append(
        "\(exported.source.dropFirst(4)) is set to another key than the stored one, which is kept")
    }
    if let known { return known }
    throw SetupError(.keyMissing(provider))
  }

  private func headers(
    _ chosen: [Profile.Choice.Header]
  ) throws(SetupError) -> [RequestHeader] {
    var headers: [RequestHeader] = []
    for header in chosen {
      switch header.value {
      case .text(let text):
        headers.append(RequestHeader(name: header.name, value: Secret(text)))
      case .environment(let variable):
        guard let value = host.variables[variable], !value.isEmpty else {
          throw SetupError(.headerVariableMissing(header: header.name, variable: variable))
        }
        host.secrets.note(Secret(value))
        headers.append(RequestHeader(name: header.name, value: Secret(value)))
      }
    }
    guard headers.allSatisfy(\.isWellFormed) else { throw SetupError(.headerMalformed) }
    guard Set(headers.map { $0.name.lowercased() }).count == headers.count else {
      throw SetupError(.headerRepeated)
    }
    return headers
  }
}

extension RequestHeader {
  /// Whether HTTP allows its characters (RFC 9110, 5.1 and 5.5).
  fileprivate var isWellFormed: Bool {
    !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
      && value.reveal().utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
