import ClineConfig
import CommandLineTool

/// `save`, `use`, `profiles`: profiles by name.
enum Profiles {
  private static let name = Argument<String>.positional(
    "NAME", help: "letters, digits, '.', '_' and '-'; use takes - for the one before",
    completion: .dynamic("profiles"))
  private static let withKey = Argument<Bool>.flag(
    "--with-key", help: "keep the key itself too, in a file that only you can read")

  static let save = Command<Context>(
    abstract: "save the present state as a profile",
    discussion:
      "The profile says where its key comes from: by a key option, as it said before, or else "
      + "{\"keep\": true}, which leaves the stored key. Comments in an existing profile stay.",
    arguments: [name, withKey] + Options.key,
    examples: [
      Example("clinecfg save work --key-env RUTAAPI_API_KEY", "the key stays where it is"),
      Example("clinecfg save home --with-key", "the stored key is kept beside the profile"),
    ]
  ) { context, arguments in
    context.answer(arguments) { try saved(context, arguments) }
  }

  static let use = Command<Context>(
    abstract: "make Cline match a saved profile",
    discussion: "A key command of the profile is run, but not by --dry-run.",
    arguments: [name] + Options.setup + Options.change,
    examples: [
      Example("clinecfg use work", "switch to it"),
      Example("clinecfg use -", "back to the one before"),
    ]
  ) { context, arguments in
    context.answer(arguments) {
      let profiles = try context.savedProfiles()
      var name = arguments[name] ?? ""
      if name == "-" {
        // The last one that is not what is set up now: after an undo, or a change by hand, too.
        let former = profiles.used.first {
          profiles.contains($0) && !isActive($0, profiles, context, arguments)
        }
        guard let former else {
          throw Failure(
            .noInput, "no other profile was in use before", help: "clinecfg profiles lists them")
        }
        name = former
      }
      let source = try context.savedProfile(name, in: profiles)
      let report = try source.run(context, arguments).report(of: source, as: "use", arguments)
      if !arguments[Options.dryRun] { try profiles.markUsed(name) }
      return report
    }
  }

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
          action: list)
      },
      "remove": {
        Command(
          abstract: "remove a profile, and the key that it keeps", arguments: [name],
          examples: [Example("clinecfg profiles remove home", "Cline's settings stay as they are")],
          action: { context, arguments in
            context.answer(arguments) {
              let profiles = try context.savedProfiles()
              let name = arguments[name] ?? ""
              try context.require(name, in: profiles)
              try profiles.remove(name)
              var report = Report()
              report.members = ["changed": true, "profile": .string(name)]
              report.text = "removed the profile \(name)\n"
              return report
            }
          })
      },
    ],
    action: list)

  private static let list: Command<Context>.Action = { context, arguments in
    context.answer(arguments) {
      let profiles = try context.savedProfiles()
      var report = Report()
      report.isData = true
      var rows: [JSONValue] = []
      for name in try profiles.names() {
        let isActive = isActive(name, profiles, context, arguments)
        var problem: String?
        do {
          _ = try context.savedProfile(name, in: profiles)
        } catch let failure as Failure {
          problem = failure.message.plain
        }
        rows.append([
          "name": .string(name), "active": .bool(isActive),
          "problem": problem.map { .string($0) } ?? .null,
        ])
        report.text += isActive ? "* \(Style.bold)\(name)\(Style.plain)\n" : "  \(name)\n"
        if let problem { report.notes.append("\(problem)") }
      }
      if rows.isEmpty { report.text = "there are no profiles; clinecfg save NAME makes one\n" }
      report.members = ["profiles": .array(rows)]
      return report
    }
  }

  /// Whether a profile is what is set up now.
  private static func isActive(
    _ name: String, _ profiles: SavedProfiles, _ context: Context, _ arguments: ParsedArguments
  ) -> Bool {
    guard let source = try? context.savedProfile(name, in: profiles),
      let store = try? context.store(arguments),
      let planned = try? source.run(context, arguments).planned(
        on: store.load(), in: store, keys: .atHand)
    else { return false }
    return planned.plan.isEmpty
  }

  private static func saved(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let profiles = try context.savedProfiles()
    let name = arguments[name] ?? ""
    try context.requireName(name)
    let store = try context.store(arguments)
    let snapshot = store.load()
    _ = try store.plan(ChangeSet(), on: snapshot)
    var choices = try context.presentProfile(of: snapshot).choices
    let former =
      profiles.contains(name)
      ? try context.profile(at: profiles.path(of: name), called: name).profile : nil
    let reference = try context.keyReference(arguments)
    try context.refuseKeyAsName(reference)
    if reference == .standardInput, !arguments[withKey] {
      throw Failure(
        .usage, "a profile cannot refer to standard input", help: "add --with-key to keep the key")
    }
    if choices.count > 1, reference != nil {
      throw Failure(
        .usage, "plan and act mode use different providers, and one key cannot be both's",
        help:
          "leave the key option out, then write each key's source into \(profiles.path(of: name))")
    }
    let formerKeys = profiles.contains(name) ? profiles.keyFiles(of: name) : []
    var kept: [(key: Secret, reference: KeyReference)] = []
    for index in choices.indices {
      let choice = choices[index]
      let old = former?.choices.first {
        $0.provider == choice.provider && !$0.modes.isDisjoint(with: choice.modes)
      }
      if arguments[withKey] {
        choices[index].key = .notNeeded
        if let key = try keptKey(of: choice, reference, snapshot, context) {
          let place = try profiles.reference(
            toKeyOf: name, choices.count > 1 ? choice.modes.first : nil)
          kept.append((key, place))
          choices[index].key = place
        }
      } else if let reference {
        choices[index].key = context.portable(reference)
      } else if let old {
        choices[index].key = old.key
      }
      if let old, choice.headers?.map(\.name) == old.headers?.map(\.name) {
        choices[index].headers = old.headers
      }
    }
    var notes = context.notes(on: choices, from: snapshot)
    if let reference, !arguments[withKey] {
      notes += context.doubts(about: reference, choices.first, snapshot)
    }
    let changed = try profiles.save(Profile(choices), as: name)
    for (key, place) in kept { try profiles.keep(key, at: place) }
    let gone = try profiles.removeKeys(formerKeys)
    notes += gone.map { "the key that the profile kept before is removed: \($0)" }
    try profiles.markUsed(name)
    if choices.contains(where: { $0.key == .keep }) {
      notes.append(
        "its key is the one that is stored when it is used; to switch between keys say where this "
          + "one comes from (--key-env, --key-file, --key-command), or --with-key")
    }
    var report = Report()
    report.notes = notes
    report.members = [
      "changed": .bool(changed), "profile": .string(name),
      "path": .string(profiles.path(of: name).description),
    ]
    report.text =
      changed
      ? "saved the profile \(name) in \(profiles.path(of: name).description)\n"
      : "the profile \(name) is already so\n"
    return report
  }

  /// The key of a choice that is to be kept: the one that the options name, or the stored one; `nil`
  /// where none is needed.
  private static func keptKey(
    of choice: ProviderChoice, _ reference: KeyReference?, _ snapshot: Snapshot, _ context: Context
  ) throws -> Secret? {
    if choice.key == .notNeeded || reference == .notNeeded { return nil }
    let key =
      try reference.map { try context.key(from: $0, beside: nil).value }
      ?? context.storedKey(of: choice, in: snapshot)
    guard let key else {
      throw Failure(
        .noInput,
        "no key of \(context.catalog[choice.provider]?.name ?? choice.provider) is stored that could be kept",
        help: "name one with --key-stdin, --key-file, --key-env or --key-command")
    }
    return key
  }
}

extension Context {
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
        .usage, "'\(shown(name))' cannot be a profile's name",
        help: "letters, digits, '.', '_' and '-', and neither dot nor hyphen in front")
    }
  }

  func require(_ name: String, in profiles: SavedProfiles) throws {
    try requireName(name)
    guard profiles.contains(name) else {
      let names = (try? profiles.names()) ?? []
      throw Failure(
        .noInput, "there is no profile '\(shown(name))'",
        help: nearest(to: name, in: names).map { "did you mean '\($0)'?" }
          ?? "clinecfg profiles lists them; clinecfg save NAME makes one")
    }
  }

  func savedProfile(_ name: String, in profiles: SavedProfiles) throws -> ProfileSource {
    try require(name, in: profiles)
    return try profile(at: profiles.path(of: name), called: name)
  }

  /// A key that was pasted where its source should be named.
  func refuseKeyAsName(_ reference: KeyReference?) throws {
    let isWrong =
      switch reference {
      case .environment(let name): !KeyReference.isVariable(name) || catalog.looksLikeKey(name)
      case .file(let path): catalog.looksLikeKey(path)
      default: false
      }
    guard !isWrong else {
      throw Failure(
        .usage, "that is not the name of a place where a key is",
        help: "--key-env takes the name of a variable, --key-file a path")
    }
  }

  /// What speaks against a source that a profile is to name. No command is run for it.
  func doubts(
    about reference: KeyReference, _ choice: ProviderChoice?, _ snapshot: Snapshot
  ) -> [StyledText] {
    switch reference {
    case .environment, .file: break
    default: return []
    }
    do {
      let key = try key(from: reference, beside: nil).value
      guard let choice, let stored = storedKey(of: choice, in: snapshot), key != stored else {
        return []
      }
      return ["the key there is another than the one that is stored now"]
    } catch {
      return ["no key could be read there now: \(Self.failure(error).message)"]
    }
  }

  /// A reference of a command line as a file can keep it: paths from the root, or from `~`.
  func portable(_ reference: KeyReference) -> KeyReference {
    guard case .file(let path) = reference else { return reference }
    let full = host.workingDirectory.appending(path)
    guard let home = host.homeDirectory, full.isWithin(home), full != home else {
      return .file(full.description)
    }
    return .file("~" + full.description.dropFirst(home.description.count))
  }
}
