import ClineConfig
import CommandLineTool

/// `apply`, `diff`, `export`, `filter`: the set-up as a file that people keep.
enum Apply {
  private static let file = Argument<String>.positional(
    "FILE", help: "a profile, or - for standard input", completion: .files)
  private static let check = Argument<Bool>.flag(
    "--check", help: "write nothing; exit 2 when something would change")
  private static let exitCode = Argument<Bool>.flag(
    "--exit-code", help: "exit 2 when there is a difference")
  private static let stores: [String] = SettingsFile.allCases.map(\.rawValue)
  private static let store = Argument<String>.positional(
    "STORE", help: "globalState, secrets, providers or models",
    completion: .values(stores.filter { $0 != "globalSettings" }))
  private static let profile = Argument<String>.option(
    "--profile", value: "FILE", help: "the profile", completion: .files)

  static let apply = Command<Context>(
    abstract: "make Cline match a profile",
    discussion:
      "A profile names the provider, the Model ID and where the key comes from; never the key. "
      + "Applied twice, it changes nothing the second time. A key command of the profile is run, but not "
      + "by --check and --dry-run, which take the stored key for its key. --check asks nobody on the "
      + "network.",
    arguments: [file, check] + Options.setup + Options.change,
    examples: [
      Example("clinecfg apply cline.json", "as set-provider would, from a file"),
      Example("clinecfg apply cline.json --check", "exit 2 when Cline has drifted from it"),
    ]
  ) { context, arguments in
    context.answer(arguments) {
      let source = try source(context, arguments[file] ?? "")
      let run = source.run(context, arguments)
      guard arguments[check] else {
        return try run.report(of: source, as: "apply", arguments)
      }
      guard !arguments[Options.verify] else {
        throw Failure(
          .usage, "--check asks nobody, and --verify wants to", help: "use --dry-run with --verify")
      }
      let store = try context.store(arguments)
      let planned = try run.planned(on: store.load(), in: store, keys: .withoutCommands)
      var report = run.report(planned, isDryRun: true, backup: nil)
      run.addMembers(to: &report, planned, source)
      report.code = planned.plan.isEmpty ? .success : .wouldChange
      return report
    }
  }

  static let diff = Command<Context>(
    abstract: "print what a profile would change as a unified diff, keys masked",
    discussion:
      "Nothing is written, nobody on the network is asked, and no key command of the profile is run: "
      + "the stored key counts as its key.",
    arguments: [file, exitCode],
    examples: [
      Example("clinecfg diff cline.json", "what apply would do"),
      Example("clinecfg diff cline.json --exit-code", "the same for scripts"),
    ]
  ) { context, arguments in
    context.answer(arguments) {
      let source = try source(context, arguments[file] ?? "")
      let store = try context.store(arguments)
      let planned = try source.run(context, arguments).planned(
        on: store.load(), in: store, keys: .withoutCommands)
      var report = Report()
      report.isData = true
      report.notes = planned.notes
      for change in planned.plan.files {
        let redaction = Redaction(catalog: context.catalog, file: change.file)
        report.text +=
          UnifiedDiff.text(
            change.bytesBefore.map { redaction.text($0) },
            change.bytesAfter.map { redaction.text($0, beside: change.bytesBefore) },
            name: change.path.description) ?? ""
      }
      report.members = [
        "profile": .string(source.name), "changed": .bool(!planned.plan.isEmpty),
        "diff": .string(report.text.plain),
      ]
      if arguments[exitCode], !planned.plan.isEmpty { report.code = .wouldChange }
      return report
    }
  }

  static let export = Command<Context>(
    abstract: "print the present state as a profile, without secrets",
    discussion:
      "The key becomes {\"keep\": true}: the stored one stays when the profile is applied.",
    examples: [Example("clinecfg export", "for a file in your dotfiles")]
  ) { context, arguments in
    context.answer(arguments) {
      let store = try context.store(arguments)
      let snapshot = store.load()
      _ = try store.plan(ChangeSet(), on: snapshot)
      let profile = try context.presentProfile(of: snapshot)
      var report = Report()
      report.isData = true
      report.notes = context.notes(on: profile.choices, from: snapshot)
      report.members = ["profile": profile.json]
      report.text = .own(context.printable(profile.json) + "\n")
      return report
    }
  }

  static let filter = Command<Context>(
    abstract: "edit one of Cline's files on its way from standard input to output",
    discussion:
      "For tools that keep the files themselves, such as chezmoi. Only the values that the profile "
      + "names differ. Empty input means that the file does not exist. The output is the file, keys "
      + "included, so it is not written to a terminal. For secrets and providers a key command of the "
      + "profile is run.",
    arguments: [store, profile],
    examples: [
      Example("clinecfg filter globalState --profile cline.json", "in a modify_ script of chezmoi")
    ]
  ) { context, arguments in
    context.answer(arguments) {
      let name = arguments[store] ?? ""
      guard let file = SettingsFile(rawValue: name), file != .globalSettings else {
        throw Failure(.usage, "STORE is one of globalState, secrets, providers, models")
      }
      guard let path = arguments[profile], path != "-" else {
        throw Failure(
          .usage, "the profile is missing: standard input is the file to edit",
          help: "pass --profile FILE")
      }
      guard !arguments[Options.json] else {
        throw Failure(.usage, "the output is the file itself: there is no --json for it")
      }
      guard !context.console.writesToTerminal else {
        throw Failure(
          .usage, "the output is the file itself, keys included, for another program to take",
          help: "write it to a file or a pipe")
      }
      let run = try source(context, path).run(context, arguments)
      let input = context.console.readAll(limit: JSONLimits.standard.size)
      let settings = try context.store(arguments)
      let snapshot = Snapshot(
        locations: settings.locations, only: file, bytes: input.isEmpty ? nil : input)
      context.host.secrets.note(snapshot)
      if let problem = snapshot[file].problem {
        throw Failure(
          .badData, "standard input is no \(file.rawValue) that Cline can read: \(problem)",
          help: "nothing was written; look at what it comes from")
      }
      let plan = try run.planned(
        on: snapshot, in: settings, keys: file.holdsSecrets ? .named : .nothing
      ).plan
      let output = plan.files.first { $0.file == file }?.bytesAfter ?? input
      var report = Report()
      report.rawText = String(decoding: output, as: UTF8.self)
      return report
    }
  }

  /// A profile by the words of a command line.
  private static func source(_ context: Context, _ name: String) throws -> ProfileSource {
    guard name != "-" else {
      return try context.profile(parsing: context.console.readAll(limit: 1 << 20))
    }
    guard !name.isEmpty else { throw Failure(.usage, "the profile's path is empty") }
    let isSaved = SavedProfiles(on: context.host)?.contains(name) == true
    return try context.profile(
      at: context.host.workingDirectory.appending(name), called: name,
      help: isSaved ? "did you mean: clinecfg use \(name)" : nil)
  }
}

extension Context {
  /// A profile of standard input.
  fileprivate func profile(parsing bytes: [UInt8]) throws -> ProfileSource {
    try profile(called: "-", host.workingDirectory) { () throws(UserFile.Problem) in
      try Profile(parsing: bytes, name: "standard input")
    }
  }

  /// A profile file.
  func profile(
    at path: AbsolutePath, called name: String, help: StyledText? = nil
  ) throws -> ProfileSource {
    try profile(called: name, path.parent, help: help) { () throws(UserFile.Problem) in
      try Profile(at: path, on: host.acting(in: path))
    }
  }

  private func profile(
    called name: String, _ directory: AbsolutePath, help: StyledText? = nil,
    _ read: () throws(UserFile.Problem) -> Profile
  ) throws -> ProfileSource {
    let profile: Profile
    do throws(UserFile.Problem) {
      profile = try read()
    } catch {
      let help: StyledText = help ?? "clinecfg export prints a profile of the present state"
      throw error.isMissing
        ? missingFile(name, "\(error)", help: help)
        : Failure(.badData, "\(error)", help: help)
    }
    for choice in profile.choices {
      for header in choice.headers ?? [] {
        guard case .text(let text) = header.value, carriesSecret(header.name, text) else {
          continue
        }
        throw Failure(
          .badData,
          "\(shown(name)): the header \(header.name) carries a secret, which must not "
            + "stand in a profile",
          help: "write {\"env\": NAME} for it, and export the variable")
      }
      do {
        _ = try provider(named: choice.provider)
      } catch let failure as Failure {
        throw Failure(
          failure.code, "\(shown(name)): \(failure.message)", help: failure.help)
      }
    }
    return ProfileSource(name: name, directory: directory, profile: profile)
  }
}

/// A profile, and where it was found.
struct ProfileSource {
  /// A path, or the name of a saved one.
  let name: String
  /// What its references are relative to.
  let directory: AbsolutePath
  let profile: Profile

  func run(_ context: Context, _ arguments: ParsedArguments) -> SetupRun {
    SetupRun(
      context: context, arguments: arguments, choices: profile.choices, profile: self
    ) { mended in
      let values = [
        mended.baseURL.map { "\"baseURL\": \"\($0)\"" },
        mended.model.map { "\"model\": \"\($0)\"" },
      ].compactMap(\.self).joined(separator: ", ")
      return "in \(name) write \(values)"
    }
  }
}

extension SetupRun {
  /// Makes Cline match a profile, and tells.
  func report(
    of source: ProfileSource, as command: String, _ arguments: ParsedArguments
  ) throws -> Report {
    var (report, planned) = try perform(as: "\(command) \(context.shown(source.name))")
    addMembers(to: &report, planned, source)
    return report
  }

  func addMembers(to report: inout Report, _ planned: Planned, _ source: ProfileSource) {
    report.members["profile"] = .string(context.shown(source.name))
    addModes(to: &report, planned)
  }

  /// For programs: what each mode comes to.
  func addModes(to report: inout Report, _ planned: Planned) {
    var modes = JSONObject()
    for mode in Mode.allCases {
      guard let part = planned.parts.first(where: { $0.choice.modes.contains(mode) }) else {
        continue
      }
      modes[JSONKey(mode.rawValue)] = .object(
        members(of: part, model: part.setup.models[mode] ?? ""))
    }
    report.members["modes"] = .object(modes)
  }
}
