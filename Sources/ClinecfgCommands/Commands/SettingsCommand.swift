import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg settings`: Cline's own settings by their names.
enum SettingsCommand {
  private static let name = Argument<String>.positional(
    "NAME", help: "a setting, such as auto-approve.read-files", completion: .dynamic("settings"))
  private static let value = Argument<String>.positional(
    "VALUE", help: "on or off, a word, a number, a text; JSON for lists and objects",
    isSensitive: true)
  private static let all = Argument<Bool>.flag(
    "--all", help: "also what belongs to providers, and Cline's own notes")
  static let raw = Argument<Bool>.flag(
    "--raw", help: "store VALUE as it is, JSON or else a text, whatever Cline makes of it")

  static let command = Command<Context>(
    abstract: "Cline's own settings by name: auto-approval, language, telemetry",
    discussion:
      "Those of globalState.json for VS Code, JetBrains and CLI 2, and those of the CLI, whose names begin "
      + "with cli. Without a word: what is set and differs from Cline's own values.",
    examples: [
      Example("clinecfg settings", "what you or somebody else has set"),
      Example("clinecfg settings set auto-approve.read-files off", "ask before reading"),
    ],
    subcommands: [
      "list": {
        Command(
          abstract: "list the settings with their values", arguments: [all],
          examples: [Example("clinecfg settings list", "every setting that is yours to set")],
          action: answer { run in
            let snapshot = try run.store().load()
            return Report(
              list(
                ClineSetting.all.filter { run[all] || $0.owner == .person }, in: snapshot, for: run),
              isData: true)
          })
      },
      "get": {
        Command(
          abstract: "print the value of a setting", arguments: [name],
          examples: [Example("clinecfg settings get mode", "plan or act")],
          action: answer { run in
            let setting = try named(run)
            return Report(
              row(setting, in: try run.store().load(), for: run, isAlone: true), isData: true)
          })
      },
      "set": {
        Command(
          abstract: "set a setting, of the right type only",
          discussion:
            "An object that Cline takes as a whole is filled with Cline's own values. What Cline would "
            + "trip over is refused.",
          arguments: [name, value, raw] + Options.change,
          examples: [
            Example("clinecfg settings set auto-approve.read-files off", "ask before reading"),
            Example("clinecfg settings set preferred-language 'German - Deutsch'", "a language"),
          ], action: answer(with: set))
      },
      "unset": {
        Command(
          abstract: "take a setting back to Cline's own value",
          arguments: [name] + Options.change,
          examples: [Example("clinecfg settings unset preferred-language", "English again")],
          action: answer(with: unset))
      },
      "explain": {
        Command(
          abstract: "what a setting does, what it may be, where it stands", arguments: [name],
          examples: [Example("clinecfg settings explain telemetry", "its words and its file")],
          action: answer { run in
            let setting = try named(run)
            return Report(
              row(setting, in: try run.store().load(), for: run, isExplained: true), isData: true)
          })
      },
      "diff": {
        Command(
          abstract: "list what differs from Cline's own values",
          examples: [Example("clinecfg settings diff", "what you or somebody else has set")],
          action: answer(with: difference))
      },
    ],
    action: answer(with: difference))

  // MARK: Looking

  private static func difference(_ run: Invocation) throws -> Report {
    let snapshot = try run.store().load()
    return Report(
      list(snapshot.ownSettings.map(\.setting), in: snapshot, for: run), isData: true)
  }

  private static func list(
    _ settings: [ClineSetting], in snapshot: Snapshot, for run: Invocation
  ) -> ListAnswer {
    let shown = settings.filter { $0.file != .vscode }
    return ListAnswer(settings: shown.map { row($0, in: snapshot, for: run) })
  }

  private static func row(
    _ setting: ClineSetting, in snapshot: Snapshot, for run: Invocation, isAlone: Bool = false,
    isExplained: Bool = false
  ) -> SettingAnswer {
    let stored = snapshot.value(of: setting).map {
      Redaction(catalog: run.catalog, file: setting.file).redacted($0, at: setting.pointer)
    }
    return SettingAnswer(
      setting: setting, stored: stored.map { run.redactor.cleaned($0) }, isAlone: isAlone,
      isExplained: isExplained)
  }

  /// The setting that is named.
  private static func named(_ run: Invocation) throws -> ClineSetting {
    let text = run[name] ?? ""
    if let setting = ClineSetting.named(text) { return setting }
    throw Failure.unknownSetting(text, knowing: run.catalog)
  }

  // MARK: Changing

  private static func set(_ run: Invocation) throws -> Report {
    let setting = try settable(run)
    let text = run[value] ?? ""
    guard !run.catalog.looksLikeKey(text) else {
      throw Failure(
        .usage, "that looks like a key; it stays in the shell's history now, so revoke it",
        help: "keys go through set-provider:\(clinecfg: "set-provider")")
    }
    let json = (try? JSONDocument(parsing: Array(text.utf8)))?.root ?? .string(text)
    guard let new = run[raw] ? json : setting.kind.value(text) else {
      throw Failure(
        .usage, "\(setting.name) must be \(setting.kind.expected)",
        help: near(text, among: setting.kind).map { "did you mean '\($0)'?" }
          ?? "what it does:\(clinecfg: "settings", "explain", setting.name)")
    }
    // A text may be anything, a password too: it is stored, and never repeated.
    if shown(new, as: setting.kind) == "set" { run.host.secrets.note(Secret(text)) }
    let store = try run.store()
    let snapshot = store.load()
    var changes = ChangeSet()
    if run[raw] {
      changes.set(new, in: setting.file, at: setting.pointer)
    } else {
      changes.set(new, for: setting, on: snapshot)
    }
    return try change(changes, of: setting, in: store, on: snapshot, for: run)
  }

  private static func unset(_ run: Invocation) throws -> Report {
    let setting = try settable(run)
    let store = try run.store()
    let snapshot = store.load()
    var changes = ChangeSet()
    changes.unset(setting, on: snapshot)
    return try change(changes, of: setting, in: store, on: snapshot, for: run)
  }

  private static func settable(_ run: Invocation) throws -> ClineSetting {
    let setting = try named(run)
    guard setting.file != .vscode else {
      throw Failure(
        .usage, "\(setting.name) stands in VS Code's own settings",
        help: "set it there:\(clinecfg: "vscode", "bundle", run[value] ?? "auto")")
    }
    return setting
  }

  private static func change(
    _ changes: ChangeSet, of setting: ClineSetting, in store: SettingsStore,
    on snapshot: Snapshot, for run: Invocation
  ) throws -> Report {
    let plan = try store.plan(changes, on: snapshot)
    let word = run.arguments.path.last ?? "set"
    var answer = try run.perform(plan, in: store, as: "settings \(word) \(setting.name)")
    let after = plan.applied(to: snapshot).value(of: setting) ?? setting.standard
    let what = plan.isEmpty ? "is" : answer.isDryRun ? "would be" : "is now"
    answer.title = "\(setting.name) \(what) \(shown(after, as: setting.kind))\n"
    if setting.owner == .provider {
      answer.end =
        "it belongs to a provider, which is set up as a whole with:\(clinecfg: "set-provider")"
    }
    if answer.backup != nil {
      answer.last =
        setting.file == .globalSettings
        ? "restart the Cline CLI\n" : "reload VS Code's windows\n"
    }
    return Report(answer)
  }

  /// A value, where it can be nothing but a word or a number: a text may hold anything.
  private static func shown(_ value: JSONValue?, as kind: SettingKind) -> String {
    guard let value else { return "not set" }
    switch kind {
    case .flag, .count, .amount, .word:
      return kind.accepts(value) ? SettingAnswer.word(value) : "set"
    default: return "set"
    }
  }

  /// The word of a kind that is almost what was typed.
  private static func near(_ text: String, among kind: SettingKind) -> String? {
    guard case .word(let words) = kind else { return nil }
    return words.first { $0.lowercased().hasPrefix(text.lowercased()) && !text.isEmpty }
      ?? nearest(to: text, in: words)
  }

  // MARK: Answers

  private struct ListAnswer: Answer {
    let settings: [SettingAnswer]

    enum CodingKeys: CodingKey { case settings }

    var text: StyledText {
      guard !settings.isEmpty else { return "nothing differs from Cline's own values\n" }
      let width = settings.map(\.setting.name.count).max() ?? 0
      return settings.map { row -> StyledText in
        let padding = spaces(width - row.setting.name.count + 2)
        let mark: StyledText =
          row.stored == nil || row.stored == row.setting.standard
          ? "" : "\(Style.dim)  (Cline's own: \(row.standard))\(Style.plain)"
        return "\(row.setting.name)\(padding)\(row.present)\(mark)\n"
      }.joined()
    }
  }

  private struct SettingAnswer: Answer {
    let setting: ClineSetting
    let stored: JSONValue?
    var isAlone = false
    var isExplained = false

    private enum Key: String, CodingKey {
      case name, value, stored, standard, type, unit, meaning, owner, place, readers
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(Word(setting.name), forKey: .name)
      try container.encode(stored ?? setting.standard, forKey: .value)
      try container.encode(stored, forKey: .stored)
      try container.encode(setting.standard, forKey: .standard)
      try container.encode(Word(setting.kind.expected), forKey: .type)
      try container.encode(setting.unit.map(Word.init), forKey: .unit)
      try container.encode(Word(setting.meaning), forKey: .meaning)
      try container.encode(Word(setting.owner.rawValue), forKey: .owner)
      try container.encode(Word(setting.place.description), forKey: .place)
      try container.encode(Word(setting.readers), forKey: .readers)
    }

    static func word(_ value: JSONValue) -> String {
      if let flag = value.bool { return flag ? "on" : "off" }
      return value.string ?? String(decoding: value.bytes(layout: .compact), as: UTF8.self)
    }

    var present: String { (stored ?? setting.standard).map(Self.word) ?? "not set" }
    var standard: String { setting.standard.map(Self.word) ?? "not set" }

    var text: StyledText {
      if isAlone { return "\(exact: present)\n" }
      guard isExplained else { return "" }
      let unit = setting.unit.map { " (\($0))" } ?? ""
      return
        "\(Style.bold)\(setting.name)\(Style.plain): \(setting.meaning)\n"
        + "  value        \(present)\(stored == nil ? "  (not set: Cline's own value)" : "")\n"
        + "  may be       \(setting.kind.expected)\(unit)\n"
        + "  Cline's own  \(standard)\n"
        + "  stands at    \(setting.place.description)\n"
        + "  is read by   \(setting.readers)\n"
    }
  }
}

extension Failure {
  /// A name that no setting has.
  static func unknownSetting(_ text: String, knowing catalog: ProviderCatalog) -> Failure {
    let names = ClineSetting.all.map(\.name)
    let last = text.split(separator: ".").last.map(String.init) ?? text
    let near =
      nearest(to: text.lowercased(), in: names)
      ?? names.first { $0.split(separator: ".").last.map(String.init) == last.lowercased() }
      ?? names.first { !last.isEmpty && $0.contains(last.lowercased()) }
    return Failure(
      .noInput, "there is no setting '\(catalog.shown(text))'",
      help: near.map { "did you mean '\($0)'?" }
        ?? "all of them:\(clinecfg: "settings", "list", "--all")")
  }
}
