import ClineConfig
import CommandLineTool
import LosslessJSON

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
    abstract: "list the VS Codes on this machine, and which of Cline's programs each starts",
    discussion:
      "Since 4.1 Cline's extension holds two programs that read different files. Which one a window "
      + "starts is decided by CLINE_BUNDLE_OVERRIDE, the setting cline.rollout.bundleOverride, or a "
      + "rollout of Cline's.",
    arguments: [userData],
    examples: [Example("clinecfg vscode", "flavours, versions, bundles")],
    subcommands: [
      "bundle": {
        Command(
          abstract: "choose which of Cline's two programs starts, or leave it to Cline",
          discussion:
            "Sets cline.rollout.bundleOverride in that VS Code's settings.json. Comments and everything "
            + "else in it stay; `clinecfg undo` takes it back. Windows must be reloaded.",
          arguments: [value, flavour] + Options.change,
          examples: [
            Example("clinecfg vscode bundle legacy --flavour code", "until it is set to auto")
          ],
          action: answer(with: bundle))
      }
    ],
    action: answer(with: list))

  static let importing = Command<Context>(
    abstract: "bring settings over from elsewhere",
    subcommands: [
      "vscode": {
        Command(
          abstract: "bring over what Cline before 3.66 kept in VS Code's own storage",
          discussion:
            "Provider, Base URL and Model ID are read from state.vscdb, which is never written; the key "
            + "is encrypted there by the operating system and comes from a key option, the provider's "
            + "variable, or a question. What Cline's files hold already stays.",
          arguments: [flavour, userData] + Options.key + Options.setup + Options.change,
          examples: [
            Example("clinecfg import vscode --dry-run --key-env K", "show what would be taken over")
          ],
          action: answer(with: importOld))
      },
      "settings": {
        Command(
          abstract: "set up what dead cline.* keys in VS Code's settings.json mean",
          discussion:
            "Many guides write cline.apiProvider, cline.openAiBaseUrl, cline.openAiApiKey and the like; no "
            + "Cline reads them. Provider, Base URL, key and Model ID are taken from there, unless a key "
            + "option names another key, and judged like any others. The file is not changed: "
            + "`clinecfg doctor --fix` takes the dead keys out.",
          arguments: [flavour, userData] + Options.key + Options.setup + Options.change,
          examples: [
            Example("clinecfg import settings --dry-run", "show what they mean"),
            Example("clinecfg import settings", "set it up"),
          ],
          action: answer(with: importSettings))
      },
      "link": { ImportLinkCommand.command },
    ])

  private static func installations(
    _ run: Invocation, among processes: [RunningProcess]? = nil
  ) throws -> [VSCodeInstallation] {
    let directory = run[userData].map { run.host.workingDirectory.appending($0) }
    let all = VSCodeInstallation.all(
      on: run.host, userData: directory, processes: processes ?? run.host.processes())
    guard let name = run[flavour] else { return all }
    guard VSCodeFlavour.named(name) != nil else {
      throw Failure(
        .usage, "there is no flavour '\(run.catalog.shown(name))'",
        help: "one of \(VSCodeFlavour.all.map(\.id).joined(separator: ", "))")
    }
    let chosen = all.filter { $0.flavour.id == name }
    guard !chosen.isEmpty else {
      throw Failure(
        .noInput, "\(VSCodeFlavour.named(name)?.name ?? name) is not on this machine",
        help: "to list those that are:\(clinecfg: "vscode")")
    }
    return chosen
  }

  // MARK: vscode

  private struct EditorsAnswer: Answer {
    let flavours: [EditorAnswer]
    let catalog: ProviderCatalog
    enum CodingKeys: CodingKey { case flavours }

    var text: StyledText {
      flavours.isEmpty
        ? "there is no VS Code on this machine that is known\n"
        : flavours.map { $0.text(catalog) }.joined()
    }
  }

  private static func list(_ run: Invocation) throws -> Report {
    let processes = run.host.processes()
    let found = try installations(run, among: processes)
    let editors = found.map { installation in
      EditorAnswer(
        installation, bundle: installation.bundle(on: run.host),
        isRunning: processes.contains(where: installation.flavour.runs))
    }
    return Report(
      EditorsAnswer(flavours: editors, catalog: run.catalog), isData: true,
      notes: found.compactMap { installation in
        installation.settings.problem.map { problem in
          "\(installation.settings.path.description): \(problem)"
        }
      })
  }

  private static func bundle(_ run: Invocation) throws -> Report {
    let word = run[value] ?? ""
    guard words.contains(word) else {
      throw Failure(.usage, "BUNDLE is one of \(words.joined(separator: ", "))")
    }
    let chosen = try one(of: installations(run))
    let store = SettingsStore(
      locations: .vscode(settings: chosen.settings.path, beside: try run.locations(of: .cli)),
      host: run.host)
    var changes = ChangeSet()
    let pointer = VSCodeSettings.bundlePointer(isNightly: chosen.cline?.isNightly == true)
    let stored = chosen.settings.document?[pointer]
    // "auto" is the default: it needs no line of its own.
    if word != "auto" || stored != nil {
      changes.set(.string(word), in: .vscode, at: pointer)
    }
    let plan = try store.plan(changes, on: store.load())
    var answer = try run.perform(plan, in: store, as: "vscode bundle \(word)")
    answer.title =
      plan.isEmpty
      ? "\(chosen.name) already leaves it so: \(word)\n"
      : "\(chosen.name) \(answer.isDryRun ? "would start" : "starts") "
        + (word == "auto" ? "the bundle that Cline chooses" : "the \(word) bundle of Cline") + "\n"
    var notes: [StyledText] = []
    if chosen.flavour.isServer {
      notes.append(
        "this machine is reached by a VS Code elsewhere, whose own settings decide there")
    }
    if let cline = chosen.cline, !cline.hasTwoBundles {
      notes.append("Cline \(cline) has one bundle only; the setting counts from 4.1.0 on")
    }
    if !plan.isEmpty, !answer.isDryRun {
      notes.append("reload each window: Developer: Reload Window")
    }
    return Report(answer, notes: notes)
  }

  /// The one that is meant: with Cline in it, if any has it.
  private static func one(of found: [VSCodeInstallation]) throws -> VSCodeInstallation {
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
    return chosen
  }

  // MARK: import

  /// What Cline kept in one VS Code's own storage.
  private struct Found {
    let installation: VSCodeInstallation
    let storage: OldStorage
  }

  private static func storage(among found: [VSCodeInstallation], _ run: Invocation) throws -> Found
  {
    var problems: [Failure] = []
    var storages: [Found] = []
    for installation in found {
      do throws(StateDatabaseProblem) {
        guard let storage = try installation.oldStorage(on: run.host), storage.holdsProvider
        else { continue }
        storages.append(Found(installation: installation, storage: storage))
      } catch {
        problems.append(
          error == .noProgram
            ? Failure(
              .noInput, "\(installation.database) cannot be read: \(error)",
              help:
                "install sqlite3, or set Cline up anew:\(clinecfg: "set-provider")"
            )
            : Failure(.badData, "\(installation.database): \(error)"))
      }
    }
    guard let first = storages.first else {
      if let problem = problems.first { throw problem }
      throw Failure(
        .noInput, "no VS Code on this machine holds settings of Cline in its own storage",
        help:
          "to set Cline up:\(clinecfg: "set-provider")")
    }
    guard storages.count == 1 else {
      let names = storages.map(\.installation.flavour.id)
      throw Failure(
        .usage, "there are several: \(names.joined(separator: ", "))",
        help: "add --flavour \(names[0]), or another of them")
    }
    return first
  }

  private struct FromSettings: Encodable {
    let modes: SettingUp.Modes
    let settings: String
  }

  private static func importSettings(_ run: Invocation) throws -> Report {
    let found = try installations(run).flatMap(\.allSettings).compactMap { MeantSetup($0) }
      .filter(\.isSetup)
    guard let meant = found.first else {
      throw Failure(
        .noInput, "no settings.json of VS Code says anything about Cline's provider",
        help: "to set Cline up:\(clinecfg: "set-provider")")
    }
    guard found.count == 1 else {
      throw Failure(
        .usage, "there are several: \(found.map { $0.path.description }.joined(separator: ", "))",
        help: "add --flavour or --user-data-dir")
    }
    guard var choice = meant.choice(run.catalog) else {
      throw Failure(
        .badData, "\(meant.path) does not say which provider is meant",
        help: "set it:\(clinecfg: "set-provider")")
    }
    let reference = try run.keyReference()
    choice.key = reference ?? (meant.key == nil ? nil : .standardInput)
    if let key = meant.key { run.host.secrets.note(key) }
    var setting = SettingUp(invocation: run, choices: [choice]) { mended in
      "\(.setUp(choice.provider, baseURL: mended.baseURL ?? choice.baseURL, model: mended.model))"
    }
    if reference == nil { setting.foundKey = meant.key.map { ($0, "settings.json") } }
    let done = try setting.perform(as: "import settings")
    let change = setting.answer(of: done, isDryRun: run[Options.dryRun])
    let extra = FromSettings(
      modes: SettingUp.Modes(done.plan, run.catalog), settings: meant.path.description)
    return Report(
      Extended(change: change, extra: extra),
      notes: done.plan.notes.map { StyledText($0) } + [
        "the keys in \(meant.path.description) are still there; to remove them:\(.mend)"
      ])
  }

  private struct Imported: Encodable {
    let modes: SettingUp.Modes
    let database: String
  }

  private static func importOld(_ run: Invocation) throws -> Report {
    let found = try storage(among: installations(run), run)
    let locations = try run.locations(of: .cli)
    let stored = Snapshot(
      locations: locations, only: .globalState,
      bytes: JSONValue.object(found.storage.state).bytes())
    run.host.secrets.note(stored)
    let old = PresentSetup(of: stored, catalog: run.catalog, on: run.host)
    let present = Snapshot.read(locations, on: run.host)[.globalState].document
    // As Cline's own migration: what the files hold wins.
    let open = Set(
      Mode.allCases.filter {
        present?[JSONPointer(tokens: [$0.providerKey])]?.string?.isEmpty != false
      })
    let reference = try run.keyReference()
    let choices = try run.profile(of: old).choices.compactMap { choice -> Profile.Choice? in
      var choice = choice
      choice.modes.formIntersection(open)
      choice.models = choice.models.filter { open.contains($0.key) }
      choice.key = reference
      return choice.modes.isEmpty ? nil : choice
    }
    guard choices.count == 1 || reference == nil || choices.isEmpty else {
      throw Failure(
        .usage, "plan and act mode use different providers, and one key cannot be both's",
        help: "export each provider's own variable, and leave the key option out")
    }
    let setting = SettingUp(invocation: run, choices: choices) { mended in
      "\(.setUp(choices.first?.provider, baseURL: mended.baseURL, model: mended.model))"
    }
    let done = try setting.perform(as: "import vscode")
    var change = setting.answer(of: done, isDryRun: run[Options.dryRun])
    if choices.isEmpty {
      change.title =
        "Cline's files choose a provider already; what \(found.installation.database.description) "
        + "holds is older\n"
    }
    let extra = Imported(
      modes: SettingUp.Modes(done.plan, run.catalog),
      database: found.installation.database.description)
    return Report(
      Extended(change: change, extra: extra),
      notes: (done.plan.notes + old.notes(on: choices)).map { StyledText($0) })
  }
}

/// One VS Code: where it is, and which bundle of Cline it starts.
struct EditorAnswer: Encodable {
  private let installation: VSCodeInstallation
  private let bundle: VSCodeBundle?
  /// `nil` where nobody looked.
  private let isRunning: Bool?

  init(_ installation: VSCodeInstallation, bundle: VSCodeBundle?, isRunning: Bool?) {
    self.installation = installation
    self.bundle = bundle
    self.isRunning = isRunning
  }

  /// The client that it starts.
  var starts: ClineClient? { bundle?.client }
  /// Its name, and which Cline it has.
  var title: String {
    "\(installation.name) (Cline \(installation.cline?.description ?? ""))"
  }

  private struct Bundle: Encodable {
    let client: Word?
    let forced: Bool
    let decidedBy: String
    let reads: [Word]

    init(_ bundle: VSCodeBundle) {
      client = bundle.client.map { Word($0.rawValue) }
      forced = bundle.isForced
      decidedBy = bundle.decidedBy
      reads = bundle.files.map { Word($0.rawValue) }
    }
  }

  private enum Key: String, CodingKey {
    case flavour, name, userData, settings, cline, running, bundle, problem
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(installation.flavour.id, forKey: .flavour)
    try container.encode(installation.name, forKey: .name)
    try container.encode(installation.userData.description, forKey: .userData)
    try container.encode(installation.settings.path.description, forKey: .settings)
    try container.encodeIfPresent(installation.cline?.description, forKey: .cline)
    try container.encodeIfPresent(isRunning, forKey: .running)
    try container.encodeIfPresent(bundle.map(Bundle.init), forKey: .bundle)
    try container.encodeIfPresent(installation.settings.problem?.description, forKey: .problem)
  }

  func text(_ catalog: ProviderCatalog) -> StyledText {
    var text: StyledText = "\(Style.bold)\(installation.name)\(Style.plain)"
    text += installation.cline.map { "  Cline \($0.description)" } ?? "  no Cline"
    text += isRunning == true ? "  running\n" : "\n"
    if let bundle {
      text += "  bundle    \(bundle.client?.bundleName ?? "none"): \(bundle.decidedBy)\n"
      if !bundle.files.isEmpty {
        text += "  reads     \(bundle.files.map(\.relativePath).joined(separator: ", "))\n"
      }
    }
    text += "  settings  \(installation.settings.path.description)"
    text += installation.settings.contents == nil ? " (not there)\n" : "\n"
    let model = installation.model
    let proxy: [(String, String?)] = [
      ("http.proxy", model?.proxy.map(catalog.withoutSecrets)),
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
}
