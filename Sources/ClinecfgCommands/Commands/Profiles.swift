import ClineConfig
import CommandLineTool
import LosslessJSON

/// `save`, `use`, `profiles`: profiles by name.
enum Profiles {
  private static let name = Argument<String>.positional(
    "NAME", help: "letters, digits, '.', '_' and '-'", completion: .dynamic("profiles"))
  private static let used = Argument<String>.positional(
    "NAME", help: "a profile, or - for the one before; chosen on a terminal where none is given",
    isRequired: false, completion: .dynamic("profiles"))
  private static let force = Argument<Bool>.flag(
    "--force", help: "replace an existing profile of another provider")
  private static let withKey = Argument<Bool>.flag(
    "--with-key", help: "keep the key itself too, in a file that only you can read")

  static let save = Command<Context>(
    abstract: "save the present state as a profile",
    discussion:
      "The profile says where its key comes from: the key option that you pass, what the profile said "
      + "before, or the provider's variable where that holds the same key. Comments in an existing "
      + "profile stay. An existing profile of another provider is replaced with --force, or after a "
      + "question. A copy of what was there before is kept beside it (.bak).",
    arguments: [name, withKey, force] + Options.key,
    examples: [
      Example("clinecfg save work --key-env RUTAAPI_API_KEY", "the key stays where it is"),
      Example("clinecfg save home --with-key", "the stored key is kept beside the profile"),
    ],
    action: answer(with: saved))

  static let use = Command<Context>(
    abstract: "make Cline match a saved profile",
    discussion: "A key command of the profile is run, but not by --dry-run.",
    arguments: [used] + Options.setup + Options.change,
    examples: [
      Example("clinecfg use work", "switch to it"),
      Example("clinecfg use -", "back to the one before"),
    ],
    action: answer { run in
      let profiles = try run.savedProfiles()
      var name = try run[used] ?? picked(among: profiles, run)
      if name == "-" {
        // The last one that is not what is set up now: after an undo, or a change by hand, too.
        let former = profiles.used.first {
          profiles.contains($0) && !isActive($0, profiles: profiles, run: run)
        }
        guard let former else {
          throw Failure(
            .noInput, "no other profile was in use before",
            help: "to list them:\(clinecfg: "profiles")")
        }
        name = former
      }
      let report = try run.savedProfile(name, in: profiles).apply(as: "use", run)
      if !run[Options.dryRun] { try profiles.markUsed(name) }
      return report
    })

  static let command = Command<Context>(
    abstract: "list the saved profiles",
    discussion:
      "The active one equals the present state, as far as that can be told without running a key "
      + "command.",
    examples: [
      Example("clinecfg profiles", "an asterisk marks the active one"),
      Example("clinecfg profiles remove home", "with the key that it keeps"),
    ],
    subcommands: [
      "list": {
        Command(
          abstract: "list them",
          examples: [Example("clinecfg profiles list --json", "the same for programs")],
          action: answer(with: list))
      },
      "remove": {
        Command(
          abstract: "remove a profile, and the key that it keeps", arguments: [name],
          examples: [Example("clinecfg profiles remove home", "Cline's settings stay as they are")],
          action: answer { run in
            let profiles = try run.savedProfiles()
            let name = run[name] ?? ""
            try run.require(name, in: profiles)
            try profiles.remove(name)
            return Report(RemovedAnswer(profile: name))
          })
      },
    ],
    action: answer(with: list))

  private struct RemovedAnswer: Answer {
    var changed = true
    let profile: String
    var text: StyledText { "removed the profile \(profile)\n" }
    enum CodingKeys: CodingKey { case changed, profile }
  }

  private struct ListAnswer: Answer {
    let profiles: [Row]
    enum CodingKeys: CodingKey { case profiles }

    struct Row: Encodable {
      let name: String
      let active: Bool
      let uses: [Use]
      let problem: String?
    }

    var text: StyledText {
      profiles.isEmpty
        ? "no profiles are saved; to save the present settings as one:\(clinecfg: "save", "work")\n"
        : profiles.map { row -> StyledText in
          let name: StyledText =
            row.active ? "* \(Style.bold)\(row.name)\(Style.plain)\n" : "  \(row.name)\n"
          return name
            + row.uses.map { use -> StyledText in
              "    \(use.provider)  \(use.model ?? "its stored model")  \(Style.dim)\(use.key)\(Style.plain)\n"
            }.joined()
        }.joined()
    }
  }

  /// What a profile chooses.
  private struct Use: Encodable {
    let provider: String
    let model: String?
    let key: String

    init(_ choice: Profile.Choice, knowing catalog: ProviderCatalog) {
      provider = catalog[choice.provider]?.name ?? choice.provider
      let models = choice.models.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value)
        .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      model = models.isEmpty ? nil : models.map(catalog.withoutSecrets).joined(separator: ", ")
      key =
        switch choice.key {
        case .environment(let name): "key from $\(name)"
        case .file(let path): "key from \(path)"
        case .command(let words): "key from the command \(words.first ?? "")"
        case .keep, nil: "the stored key"
        case .notNeeded: "no key"
        case .standardInput: "key from standard input"
        }
    }
  }

  /// A profile by a person's choice.
  private static func picked(among profiles: SavedProfiles, _ run: Invocation) throws -> String {
    let names = try profiles.names()
    guard run.mayAsk, !names.isEmpty else {
      throw Failure(
        .usage, names.isEmpty ? "no profiles are saved" : "which profile? none was named",
        help: names.isEmpty
          ? "save the present settings as one:\(clinecfg: "save", "work")"
          : "to list them:\(clinecfg: "profiles")")
    }
    return names[try run.pick("profile", among: names.map { "\($0)" })]
  }

  private static func list(_ run: Invocation) throws -> Report {
    let profiles = try run.savedProfiles()
    let rows = try profiles.names().map { name in
      var problem: String?
      var uses: [Use] = []
      do {
        uses = try run.savedProfile(name, in: profiles).profile.choices.map {
          Use($0, knowing: run.catalog)
        }
      } catch let failure as Failure {
        problem = failure.message.plain()
      }
      return ListAnswer.Row(
        name: name, active: isActive(name, profiles: profiles, run: run), uses: uses,
        problem: problem)
    }
    return Report(
      ListAnswer(profiles: rows), isData: true,
      notes: rows.compactMap { row in row.problem.map { "\($0)" } })
  }

  /// Whether a profile is what is set up now.
  private static func isActive(
    _ name: String, profiles: SavedProfiles, run: Invocation
  ) -> Bool {
    guard let source = try? run.savedProfile(name, in: profiles),
      let store = try? run.store(),
      let planned = try? source.settingUp(run).planned(
        on: store.load(), in: store, keys: .atHand)
    else { return false }
    return planned.change.isEmpty
  }

  private struct SavedAnswer: Answer {
    let changed: Bool
    let profile: String
    let path: String
    enum CodingKeys: CodingKey { case changed, profile, path }

    var text: StyledText {
      changed
        ? "saved the profile \(profile) in \(path)\n" : "the profile \(profile) is already so\n"
    }
  }

  private static func saved(_ run: Invocation) throws -> Report {
    let profiles = try run.savedProfiles()
    let name = run[name] ?? ""
    try run.requireName(name)
    let store = try run.store()
    let snapshot = store.load()
    _ = try store.plan(ChangeSet(), on: snapshot)
    let present = PresentSetup(of: snapshot, catalog: run.catalog, on: run.host)
    let choices = try run.profile(of: present).choices
    let former =
      profiles.contains(name)
      ? try ProfileSource(at: profiles.path(of: name), named: name, for: run).profile : nil
    let reference = try run.keyReference()
    try refuse(reference, for: choices, at: profiles.path(of: name), run: run)
    let formerKeys = profiles.contains(name) ? profiles.keyFiles(of: name) : []
    let kept = try keeping(
      choices, as: name, in: profiles, former: former, reference: reference, present: present,
      run: run)
    var notes = present.notes(on: kept.choices).map { StyledText($0) }
    if let reference, !run[withKey] {
      notes += doubts(about: reference, for: kept.choices.first, present, run: run)
    }
    try requireAgreement(toReplace: former, by: Profile(kept.choices), named: name, run)
    if former != nil { try profiles.keepCopy(of: name) }
    let changed = try profiles.save(Profile(kept.choices), as: name)
    for key in kept.keys { try profiles.keep(key.value, at: key.place) }
    let gone = try profiles.removeKeys(formerKeys)
    notes += gone.map { "the key that the profile kept before is removed: \($0)" }
    try profiles.markUsed(name)
    if kept.choices.contains(where: { $0.key == .keep }) {
      notes.append(
        "this profile has no key of its own; add --key-env, --key-file, --key-command or --with-key"
      )
    }
    return Report(
      SavedAnswer(
        changed: changed, profile: name, path: profiles.path(of: name).description),
      notes: notes)
  }

  /// A profile that says something else is replaced on purpose only.
  private static func requireAgreement(
    toReplace former: Profile?, by profile: Profile, named name: String, _ run: Invocation
  ) throws {
    func providers(_ profile: Profile) -> [Mode: String] {
      profile.choices.reduce(into: [:]) { found, choice in
        for mode in choice.modes { found[mode] = choice.provider }
      }
    }
    // Another model or key of the same provider is the same profile, brought up to date.
    guard let former, providers(former) != providers(profile), !run[force] else { return }
    if run.mayAsk, run.agrees("Replace the profile \(name)?") == true { return }
    throw Failure(
      .usage, "there is a profile \(name) already, for another provider",
      help: "replace it (a copy is kept):\(clinecfg: "save", name, "--force")")
  }

  /// Refuses a key option that cannot be what a profile refers to.
  private static func refuse(
    _ reference: KeyReference?, for choices: [Profile.Choice], at path: AbsolutePath,
    run: Invocation
  ) throws {
    try run.refuseKeyAsName(reference)
    if reference == .standardInput, !run[withKey] {
      throw Failure(
        .usage, "a profile cannot refer to standard input", help: "add --with-key to keep the key")
    }
    if choices.count > 1, reference != nil {
      throw Failure(
        .usage, "plan and act mode use different providers, and one key cannot be both's",
        help: "leave the key option out, then write each key's source into \(path)")
    }
  }

  /// The choices with the sources of their keys, and the keys that are to be kept.
  private struct Kept {
    var choices: [Profile.Choice]
    var keys: [Key] = []

    struct Key {
      let value: Secret
      let place: KeyReference
    }
  }

  private static func keeping(
    _ choices: [Profile.Choice], as name: String, in profiles: SavedProfiles, former: Profile?,
    reference: KeyReference?, present: PresentSetup, run: Invocation
  ) throws -> Kept {
    var kept = Kept(choices: choices)
    for index in choices.indices {
      let choice = choices[index]
      let old = former?.choices.first {
        $0.provider == choice.provider && !$0.modes.isDisjoint(with: choice.modes)
      }
      if run[withKey] {
        kept.choices[index].key = .notNeeded
        if let key = try keptKey(of: choice, reference, present: present, run: run) {
          let place = try profiles.reference(
            toKeyOf: name, choices.count > 1 ? choice.modes.first : nil)
          kept.keys.append(Kept.Key(value: key, place: place))
          kept.choices[index].key = place
        }
      } else if let reference {
        kept.choices[index].key = run.portable(reference)
      } else if let old, old.key != .keep {
        kept.choices[index].key = old.key
      } else if let stored = present.storedKey(of: choice),
        let variable = run.catalog[choice.provider]?.variables.first(where: {
          run.host.variables[$0]?.trimmed == stored.reveal()
        })
      {
        // What works later, too.
        kept.choices[index].key = .environment(variable)
      } else if let old {
        kept.choices[index].key = old.key
      }
      if let old, choice.headers?.map(\.name) == old.headers?.map(\.name) {
        kept.choices[index].headers = old.headers
      }
    }
    return kept
  }

  /// The key of a choice that is to be kept: the one that the options name, or the stored one; `nil`
  /// where none is needed.
  private static func keptKey(
    of choice: Profile.Choice, _ reference: KeyReference?, present: PresentSetup,
    run: Invocation
  ) throws -> Secret? {
    if choice.key == .notNeeded || reference == .notNeeded { return nil }
    let key =
      try reference.map { try run.key(from: $0).value } ?? present.storedKey(of: choice)
    guard let key else {
      throw Failure(
        .noInput,
        "no \(run.catalog[choice.provider]?.name ?? choice.provider) key is stored to keep",
        help: "name one with --key-stdin, --key-file, --key-env or --key-command")
    }
    return key
  }

  /// What speaks against a source that a profile is to name. No command is run for it.
  private static func doubts(
    about reference: KeyReference, for choice: Profile.Choice?, _ present: PresentSetup,
    run: Invocation
  ) -> [StyledText] {
    switch reference {
    case .environment, .file: break
    default: return []
    }
    do {
      let key = try run.key(from: reference).value
      guard let choice, let stored = present.storedKey(of: choice), key != stored else {
        return []
      }
      return ["the key there is another than the one that is stored now"]
    } catch {
      return ["no key could be read there now: \(Failure(any: error).message)"]
    }
  }
}

extension Invocation {
  func savedProfiles() throws -> SavedProfiles {
    guard let profiles = SavedProfiles(on: host) else {
      throw Failure(.noInput, "there is no home directory", help: "set HOME or XDG_CONFIG_HOME")
    }
    return profiles
  }

  func requireName(_ name: String) throws {
    guard SavedProfiles.isName(name), !catalog.looksLikeKey(name), redactor.cleaned(name) == name
    else {
      throw Failure(
        .usage, "'\(catalog.shown(name))' cannot be a profile's name",
        help: "letters, digits, '.', '_' and '-', and neither dot nor hyphen in front")
    }
  }

  func require(_ name: String, in profiles: SavedProfiles) throws {
    try requireName(name)
    guard profiles.contains(name) else {
      let names = (try? profiles.names()) ?? []
      throw Failure(
        .noInput, "there is no profile '\(catalog.shown(name))'",
        help: nearest(to: name, in: names).map { "did you mean '\($0)'?" }
          ?? "to list them:\(clinecfg: "profiles")")
    }
  }

  func savedProfile(_ name: String, in profiles: SavedProfiles) throws -> ProfileSource {
    try require(name, in: profiles)
    return try ProfileSource(at: profiles.path(of: name), named: name, for: self)
  }
}
