import ClineConfig
import CommandLineTool
import LosslessJSON

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
    "STORE", help: "globalState, secrets, providers, models or globalSettings",
    completion: .values(stores))
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
    ],
    action: answer { run in
      let source = try ProfileSource(named: run[file] ?? "", for: run)
      guard run[check] else { return try source.apply(as: "apply", run) }
      return try source.check(run)
    })

  static let diff = Command<Context>(
    abstract: "print what a profile would change as a unified diff, keys masked",
    discussion:
      "Nothing is written, nobody on the network is asked, and no key command of the profile is run: "
      + "the stored key counts as its key.",
    arguments: [file, exitCode],
    examples: [
      Example("clinecfg diff cline.json", "what apply would do"),
      Example("clinecfg diff cline.json --exit-code", "the same for scripts"),
    ],
    action: answer { run in
      let source = try ProfileSource(named: run[file] ?? "", for: run)
      let store = try run.store()
      let planned = try source.settingUp(run).planned(
        on: store.load(), in: store, keys: .withoutCommands)
      let text = planned.change.files.map { change in
        Redaction(catalog: run.catalog, file: change.file).difference(
          from: change.bytesBefore, to: change.bytesAfter, name: change.path.description)
      }.joined()
      var report = Report(
        DiffAnswer(text: text, profile: source.name, isChange: !planned.change.isEmpty),
        isData: true, notes: planned.notes.map { StyledText($0) })
      if run[exitCode], !planned.change.isEmpty { report.code = .wouldChange }
      return report
    })

  static let export = Command<Context>(
    abstract: "print the present state as a profile, without secrets",
    discussion:
      "The key becomes {\"keep\": true}: the stored one stays when the profile is applied.",
    examples: [Example("clinecfg export", "for a file in your dotfiles")],
    action: answer { run in
      let store = try run.store()
      let snapshot = store.load()
      _ = try store.plan(ChangeSet(), on: snapshot)
      let present = PresentSetup(of: snapshot, catalog: run.catalog, on: run.host)
      let profile = try run.told { () throws(PresentSetupError) in try present.whole() }
      return Report(
        ProfileAnswer(profile: profile.json, text: .verbatim(run.printable(profile.json) + "\n")),
        isData: true, notes: present.notes(on: profile.choices).map { StyledText($0) })
    })

  private struct ProfileAnswer: Answer {
    let profile: JSONValue
    let text: StyledText
    enum CodingKeys: CodingKey { case profile }
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
    ],
    action: answer(with: filtered))

  private static func filtered(_ run: Invocation) throws -> Report {
    let name = run[store] ?? ""
    guard let file = SettingsFile(rawValue: name), file != .vscode else {
      throw Failure(.usage, "STORE is one of \(stores.joined(separator: ", "))")
    }
    guard let path = run[profile], path != "-" else {
      throw Failure(
        .usage, "the profile is missing: standard input is the file to edit",
        help: "pass --profile FILE")
    }
    guard !run[Options.json] else {
      throw Failure(.usage, "the output is the file itself: there is no --json for it")
    }
    guard !run.console.writesToTerminal else {
      throw Failure(
        .usage, "the output is the file itself, keys included, for another program to take",
        help: "write it to a file or a pipe")
    }
    let setting = try ProfileSource(named: path, for: run).settingUp(run)
    let input = run.console.readAll(limit: JSONDocument.Limits.standard.size)
    let settings = try run.store()
    let snapshot = Snapshot(
      locations: settings.locations, only: file, bytes: input.isEmpty ? nil : input)
    run.host.secrets.note(snapshot)
    if let problem = snapshot[file].problem {
      throw Failure(
        .badData, "standard input is no \(file.rawValue) that Cline can read: \(problem)",
        help: "nothing was written; look at what it comes from")
    }
    let change = try setting.planned(
      on: snapshot, in: settings, keys: file.holdsSecrets ? .named : .nothing
    ).change
    let output = change.files.first { $0.file == file }?.bytesAfter ?? input
    var report = Report(TextAnswer("", as: "file"))
    report.file = String(decoding: output, as: UTF8.self)
    return report
  }
}
