import ClineConfig
import CommandLineTool

/// `vscode` and `import vscode`: VS Code's own settings, and its old storage.
enum VSCode {
  private static let flavour = Argument<String>.option(
    "--flavour", value: "F", help: "where there are several: code, insiders, vscodium, …",
    completion: .values(VSCodeFlavour.all.map(\.id)))
  private static let userData = Argument<String>.option(
    "--user-data-dir", value: "DIR", help: "as VS Code was started with it",
    completion: .directories)
  private static let words = ["auto", "next", "legacy"]
  private static let value = Argument<String>.positional(
    "BUNDLE", help: "auto, next or legacy", completion: .values(words))

  static let command = Command<Context>(
    abstract: "list the VS Codes of this machine, and which bundle of Cline each starts",
    discussion:
      "Since 4.1 Cline's extension holds two programs that read different files. Which one a window "
      + "starts is decided by CLINE_BUNDLE_OVERRIDE, the setting cline.rollout.bundleOverride, or a "
      + "rollout of Cline's.",
    arguments: [userData],
    examples: [Example("clinecfg vscode", "flavours, versions, bundles")],
    subcommands: [
      "bundle": {
        Command(
          abstract: "force one of Cline's two bundles, or leave it to Cline",
          discussion:
            "Sets cline.rollout.bundleOverride in that VS Code's settings.json. Comments and everything "
            + "else in it stay; `clinecfg undo` takes it back. Windows must be reloaded.",
          arguments: [value, flavour] + Options.change,
          examples: [
            Example("clinecfg vscode bundle legacy --flavour code", "until it is set to auto")
          ],
          action: { context, arguments in
            context.answer(arguments) { try bundle(context, arguments) }
          })
      }
    ]
  ) { context, arguments in
    context.answer(arguments) { try list(context, arguments) }
  }

  static let importing = Command<Context>(
    abstract: "take settings over from elsewhere",
    subcommands: [
      "vscode": {
        Command(
          abstract: "take over what Cline before 3.66 kept in VS Code's own storage",
          discussion:
            "Provider, Base URL and Model ID are read from state.vscdb, which is never written; the key "
            + "is encrypted there by the operating system and comes from a key option, the provider's "
            + "variable, or a question. What Cline's files hold already stays.",
          arguments: [flavour, userData] + Options.key + Options.setup + Options.change,
          examples: [
            Example("clinecfg import vscode --dry-run --key-env K", "show what would be taken over")
          ],
          action: { context, arguments in
            context.answer(arguments) { try importOld(context, arguments) }
          })
      }
    ])

  private static func installations(
    _ context: Context, _ arguments: ParsedArguments, among processes: [RunningProcess]? = nil
  ) throws -> [VSCodeInstallation] {
    let directory = arguments[userData].map { context.host.workingDirectory.appending($0) }
    let all = VSCodeInstallation.all(
      on: context.host, userData: directory, processes: processes ?? context.host.processes())
    guard let name = arguments[flavour] else { return all }
    guard VSCodeFlavour.named(name) != nil else {
      throw Failure(
        .usage, "there is no flavour '\(context.shown(name))'",
        help: "one of \(VSCodeFlavour.all.map(\.id).joined(separator: ", "))")
    }
    let chosen = all.filter { $0.flavour.id == name }
    guard !chosen.isEmpty else {
      throw Failure(
        .noInput, "\(VSCodeFlavour.named(name)?.name ?? name) is not on this machine",
        help: "clinecfg vscode lists those that are")
    }
    return chosen
  }

  // MARK: vscode

  private static func list(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let processes = context.host.processes()
    let found = try installations(context, arguments, among: processes)
    var report = Report()
    report.isData = true
    report.members = [
      "flavours": .array(
        found.map {
          json($0, context.bundle(of: $0), isRunning: processes.contains(where: $0.flavour.runs))
        })
    ]
    for installation in found {
      let isRunning = processes.contains(where: installation.flavour.runs)
      report.text += text(installation, context, isRunning)
      if let problem = installation.settings.problem {
        report.notes.append("\(installation.settings.path.description): \(problem)")
      }
    }
    if found.isEmpty { report.text = "there is no VS Code on this machine that is known\n" }
    return report
  }

  /// - Parameter isRunning: `nil` where nobody looked.
  static func json(
    _ installation: VSCodeInstallation, _ bundle: VSCodeBundle?, isRunning: Bool?
  ) -> JSONValue {
    [
      "flavour": .string(installation.flavour.id), "name": .string(installation.name),
      "userData": .string(installation.userData.description),
      "settings": .string(installation.settings.path.description),
      "cline": installation.cline.map { .string($0.description) } ?? .null,
      "running": isRunning.map { .bool($0) } ?? .null,
      "bundle": bundle.map { bundle in
        [
          "client": bundle.client.map { .string($0.rawValue) } ?? .null,
          "forced": .bool(bundle.isForced), "decidedBy": .string(bundle.decidedBy),
          "reads": .array(bundle.files.map { .string($0.rawValue) }),
        ]
      } ?? .null,
      "problem": installation.settings.problem.map { .string($0.description) } ?? .null,
    ]
  }

  private static func text(
    _ installation: VSCodeInstallation, _ context: Context, _ isRunning: Bool
  ) -> StyledText {
    var text: StyledText = "\(Style.bold)\(installation.name)\(Style.plain)"
    text += installation.cline.map { "  Cline \($0.description)" } ?? "  no Cline"
    text += isRunning ? "  running\n" : "\n"
    if let bundle = context.bundle(of: installation) {
      text +=
        "  bundle    \(bundle.client?.bundleName ?? "none"): \(bundle.decidedBy)\n"
      if !bundle.files.isEmpty {
        text += "  reads     \(bundle.files.map(\.relativePath).joined(separator: ", "))\n"
      }
    }
    text += "  settings  \(installation.settings.path.description)"
    text += installation.settings.contents == nil ? " (not there)\n" : "\n"
    let model = installation.model
    let proxy: [(String, String?)] = [
      ("http.proxy", model?.proxy.map(context.withoutSecrets)),
      ("http.noProxy", model?.noProxy.map { $0.joined(separator: ",") }),
      ("http.proxySupport", model?.proxySupport),
      ("http.proxyStrictSSL", model?.proxyStrictSSL.map(String.init)),
      ("http.systemCertificates", model?.systemCertificates.map(String.init)),
    ]
    for (name, value) in proxy {
      if let value { text += "            \(name) \(value)\n" }
    }
    return text
  }

  private static func bundle(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let word = arguments[value] ?? ""
    guard words.contains(word) else {
      throw Failure(.usage, "BUNDLE is one of \(words.joined(separator: ", "))")
    }
    let found = try installations(context, arguments)
    let withCline = found.filter { $0.cline != nil }
    guard let chosen = withCline.first ?? found.first else {
      throw Failure(
        .noInput, "there is no VS Code on this machine that is known",
        help: "pass --user-data-dir DIR, if it is started with one")
    }
    let rivals = withCline.isEmpty ? found : withCline
    guard rivals.count == 1 else {
      throw Failure(
        .usage, "there are several: \(rivals.map(\.flavour.id).joined(separator: ", "))",
        help: "add --flavour \(rivals[0].flavour.id), or another of them")
    }
    let store = SettingsStore(
      locations: .vscode(
        settings: chosen.settings.path, beside: try context.locations(of: .cli, arguments)),
      host: context.host)
    var changes = ChangeSet()
    let pointer = VSCodeSettings.bundlePointer(isNightly: chosen.cline?.isNightly == true)
    let stored = chosen.settings.document?[pointer]
    // "auto" is the default: it needs no line of its own.
    if word != "auto" || stored != nil {
      changes.set(.string(word), in: .vscode, at: pointer)
    }
    let plan = try store.plan(changes, on: store.load())
    let isDryRun = arguments[Options.dryRun]
    var report = try context.perform(
      plan, in: store, as: "vscode bundle \(word)", arguments,
      title: plan.isEmpty
        ? "\(chosen.name) already leaves it so: \(word)"
        : "\(chosen.name) \(isDryRun ? "would start" : "starts") "
          + (word == "auto" ? "the bundle that Cline chooses" : "the \(word) bundle of Cline"))
    if chosen.flavour.id == "server" {
      report.notes.append(
        "this machine is reached by a VS Code elsewhere, whose own settings decide there")
    }
    if let cline = chosen.cline, cline < ClineVersion("4.1.0") {
      report.notes.append("Cline \(cline) has one bundle only; the setting counts from 4.1.0 on")
    }
    if !plan.isEmpty, !isDryRun {
      report.notes.append("reload each window: Developer: Reload Window")
    }
    return report
  }

  // MARK: import

  private static func importOld(
    _ context: Context, _ arguments: ParsedArguments
  ) throws -> Report {
    let found = try installations(context, arguments)
    var problems: [Failure] = []
    var storages: [(installation: VSCodeInstallation, storage: OldStorage)] = []
    for installation in found {
      do throws(StateDatabaseProblem) {
        guard let storage = try installation.oldStorage(on: context.host), storage.holdsProvider
        else { continue }
        storages.append((installation, storage))
      } catch {
        problems.append(
          error == .noLibrary
            ? Failure(
              .noInput, "\(installation.database) cannot be read: \(error)",
              help: "install it (Debian: libsqlite3-0), or clinecfg set-provider sets Cline up anew"
            )
            : Failure(.badData, "\(installation.database): \(error)"))
      }
    }
    guard let (installation, storage) = storages.first else {
      if let problem = problems.first { throw problem }
      throw Failure(
        .noInput, "no VS Code on this machine holds settings of Cline in its own storage",
        help: "clinecfg vscode lists the VS Codes; clinecfg set-provider sets Cline up")
    }
    guard storages.count == 1 else {
      let names = storages.map(\.installation.flavour.id)
      throw Failure(
        .usage, "there are several: \(names.joined(separator: ", "))",
        help: "add --flavour \(names[0]), or another of them")
    }
    let locations = try context.locations(of: .cli, arguments)
    let stored = Snapshot(
      locations: locations, only: .globalState, bytes: JSONDocument(.object(storage.state)).bytes)
    context.host.secrets.note(stored)
    let old = try context.presentProfile(of: stored)
    let present = Snapshot.read(locations, on: context.host)[.globalState].document
    // As Cline's own migration: what the files hold wins.
    let open = Set(
      Mode.allCases.filter {
        present?[JSONPointer.root.appending($0.providerKey)]?.string?.isEmpty != false
      })
    let reference = try context.keyReference(arguments)
    var choices: [ProviderChoice] = []
    for var choice in old.choices {
      choice.modes.formIntersection(open)
      choice.models = choice.models.filter { open.contains($0.key) }
      choice.key = reference
      if !choice.modes.isEmpty { choices.append(choice) }
    }
    guard choices.count == 1 || reference == nil || choices.isEmpty else {
      throw Failure(
        .usage, "plan and act mode use different providers, and one key cannot be both's",
        help: "export each provider's own variable, and leave the key option out")
    }
    let run = SetupRun(context: context, arguments: arguments, choices: choices) { mended in
      var words = ["clinecfg", "set-provider", choices.first?.provider ?? "PROVIDER"]
      if let url = mended.baseURL { words += ["--base-url", ShellWord.quoted(url)] }
      if let model = mended.model { words += ["--model", ShellWord.quoted(model)] }
      return "\(words.joined(separator: " "))"
    }
    var (report, planned) = try run.perform(as: "import vscode")
    run.addModes(to: &report, planned)
    report.members["database"] = .string(installation.database.description)
    report.notes += context.notes(on: choices, from: stored)
    if choices.isEmpty {
      report.text =
        "Cline's files choose a provider already; what \(installation.database.description) "
        + "holds is older\n"
    }
    return report
  }
}

extension Context {
  /// The bundle that a window of a VS Code would start. Cline's own note of it is looked up only
  /// where nothing else decides.
  func bundle(of installation: VSCodeInstallation) -> VSCodeBundle? {
    guard let bundle = installation.bundle(variables: host.variables, memento: nil) else {
      return nil
    }
    guard !bundle.isForced, installation.cline.map({ $0 >= ClineVersion("4.1.0") }) == true else {
      return bundle
    }
    let storage = (try? installation.oldStorage(on: host)) ?? nil
    return installation.bundle(variables: host.variables, memento: storage?.memento)
  }
}
