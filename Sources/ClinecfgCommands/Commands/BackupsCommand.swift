import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg backups`: what can be taken back, and its upkeep.
enum BackupsCommand {
  private static let identifier = Argument<String>.positional(
    "ID", help: "a backup's name", completion: .dynamic("backups"))
  private static let provider = Argument<String>.option(
    "--provider", value: "P", help: "only keys of this provider", completion: .dynamic("providers"))

  static let command = Command<Context>(
    abstract: "list the backups of earlier changes",
    discussion:
      "Every change keeps each file that it replaces, private to you, below the data directory, and "
      + "what it set in it. A backup goes when it is neither among the newest \(SettingsStore.keptBackups) "
      + "nor younger than \(SettingsStore.keptDays) days; the first of all is kept.",
    examples: [
      Example("clinecfg backups", "newest first"),
      Example("clinecfg backups show 20260822T200300Z-01234567", "what one of them changed"),
      Example("clinecfg backups purge --provider openrouter", "no backup holds that key any more"),
    ],
    subcommands: [
      "list": {
        Command(
          abstract: "list them, newest first",
          examples: [Example("clinecfg backups list --json", "the same for programs")],
          action: answer(with: list))
      },
      "show": {
        Command(
          abstract: "show what a change did, without keys", arguments: [identifier],
          examples: [Example("clinecfg backups show 20260822T200300Z-01234567", "by its name")],
          action: answer(with: show))
      },
      "diff": {
        Command(
          abstract: "print what a change did as a unified diff, keys masked",
          arguments: [identifier],
          examples: [Example("clinecfg backups diff 20260822T200300Z-01234567", "line by line")],
          action: answer(with: diff))
      },
      "restore": {
        Command(
          abstract: "restore the files as they were before a change",
          discussion: "This is a change too: `clinecfg undo` takes it back.",
          arguments: [identifier] + Options.change,
          examples: [Example("clinecfg backups restore 20260822T200300Z-01234567", "by its name")],
          action: answer(with: restore))
      },
      "prune": {
        Command(
          abstract: "remove backups that are no longer needed",
          discussion: "Every change does this by itself.", arguments: [Options.dryRun],
          examples: [Example("clinecfg backups prune --dry-run", "which would go now")],
          action: answer(with: prune))
      },
      "purge": {
        Command(
          abstract: "remove stored keys from every backup",
          discussion:
            "What the files hold now stays. Deleting is unlinking: a key that must be gone is revoked "
            + "at its provider.",
          arguments: [provider],
          examples: [Example("clinecfg backups purge", "no backup holds any key any more")],
          action: answer(with: purge))
      },
      "verify": {
        Command(
          abstract: "check every copy against its hash",
          examples: [Example("clinecfg backups verify", "before you rely on them")],
          action: answer(with: verify))
      },
    ],
    action: answer(with: list))

  /// A backup in a document.
  private struct BackupAnswer: Encodable {
    let id: Word
    let created: Word
    let command: String
    let files: [String]

    init(_ backup: Backup) {
      id = Word(backup.id)
      created = Word(backup.created.iso8601)
      command = backup.command
      files = backup.files.map(\.description)
    }
  }

  // MARK: Looking

  private struct ListAnswer: Answer {
    let backups: [BackupAnswer]
    let text: StyledText
    enum CodingKeys: CodingKey { case backups }

    init(_ all: [Backup]) {
      backups = all.map(BackupAnswer.init)
      text =
        all.isEmpty
        ? "there are no backups\n"
        : all.map { backup in
          let files = backup.files.map(\.name).joined(separator: ", ")
          return "\(StyledText.own(backup.id))  \(backup.command)  \(Style.dim)\(files)"
            + "\(Style.plain)\n"
        }.joined()
    }
  }

  private static func list(_ run: Invocation) throws -> Report {
    let store = try run.store()
    var report = Report(ListAnswer(try store.backups()), isData: true)
    if store.hasPending { report.notes.append(Failure.pendingNote) }
    let unreadable = try store.unreadableBackups()
    if !unreadable.isEmpty {
      report.notes.append(
        "damaged and left out: \(unreadable.joined(separator: ", ")); see:\(clinecfg: "backups", "verify")"
      )
    }
    return report
  }

  private struct ContentsAnswer: Answer {
    let backup: BackupAnswer
    let files: [FileAnswer]
    let text: StyledText
    enum CodingKeys: CodingKey { case backup, files }

    init(_ contents: BackupContents) {
      let made = contents.backup
      backup = BackupAnswer(made)
      files = contents.files.map { FileAnswer($0) }
      var text: StyledText =
        "\(StyledText.own(made.id))  \(made.command)  \(made.created.iso8601)\n"
      for file in contents.files {
        let what = file.isCreated ? " (was new)" : file.isRemoved ? " (was removed)" : ""
        text += "  \(file.path.description)\(what)\n"
        for change in file.changes {
          text += "    \(change.kind.sign) \(change.pointer.description)\n"
        }
      }
      self.text = text
    }
  }

  private static func show(_ run: Invocation) throws -> Report {
    Report(
      ContentsAnswer(try run.store().contents(ofBackup: run[identifier] ?? "")), isData: true)
  }

  private static func diff(_ run: Invocation) throws -> Report {
    let contents = try run.store().contents(ofBackup: run[identifier] ?? "")
    let text = contents.files.map { file in
      Redaction(catalog: run.catalog, file: file.file).difference(
        from: file.before, to: file.after, name: file.path.description)
    }.joined()
    return Report(DiffAnswer(text: text), isData: true)
  }

  private struct VerifyAnswer: Answer {
    let damaged: [String] = []
    let count: Int
    enum CodingKeys: CodingKey { case damaged, count }

    var text: StyledText {
      "\(count) backup\(count == 1 ? "" : "s") verified: no damage\n"
    }
  }

  private static func verify(_ run: Invocation) throws -> Report {
    let store = try run.store()
    let damaged = try store.damagedBackups()
    guard damaged.isEmpty else {
      var failure = Failure(
        .badData, "damaged: \(damaged.joined(separator: ", "))",
        help: "the copies that are sound can still be read by hand in "
          + "\(store.locations.dataDirectory)/.clinecfg/backups")
      failure.damaged = damaged
      throw failure
    }
    return Report(VerifyAnswer(count: try store.backups().count))
  }

  // MARK: Changing

  private static func restore(_ run: Invocation) throws -> Report {
    let store = try run.store()
    let id = run[identifier] ?? ""
    var answer = try run.perform(in: store, as: "backups restore") {
      snapshot throws(StoreError) in
      try store.planRestore(of: id, on: snapshot)
    }
    answer.title =
      answer.plan.isEmpty
      ? "the files already are as they were before that change\n"
      : "\(answer.isDryRun ? "would restore" : "restored") what the files held before \(id)\n"
    if answer.backup != nil { answer.title += try run.present() }
    var report = Report(answer)
    if try store.backups().first(where: { $0.id == id })?.isPurged == true {
      report.notes.append(History.purgedNote)
    }
    return report
  }

  private struct PruneAnswer: Answer {
    let changed: Bool
    let dryRun: Bool
    let backups: [BackupAnswer]
    let text: StyledText
    enum CodingKeys: CodingKey { case changed, dryRun, backups }
  }

  private static func prune(_ run: Invocation) throws -> Report {
    let store = try run.store()
    let isDryRun = run[Options.dryRun]
    let gone = isDryRun ? try store.expiredBackups() : try store.pruneBackups()
    return Report(
      PruneAnswer(
        changed: !gone.isEmpty, dryRun: isDryRun, backups: gone.map(BackupAnswer.init),
        text: gone.isEmpty
          ? "every backup is still needed\n"
          : gone.map { "\(isDryRun ? "would remove" : "removed") \(StyledText.own($0.id))\n" }
            .joined()))
  }

  private struct PurgeAnswer: Answer {
    let changed: Bool
    let backups: [BackupAnswer]
    let text: StyledText
    enum CodingKeys: CodingKey { case changed, backups }
  }

  private static func purge(_ run: Invocation) throws -> Report {
    let store = try run.store()
    let slot = try run[provider].map { try run.slot(named: $0) }
    let rewritten = try store.purgeBackups(of: slot)
    let now = store.load()
    let keys = (slot.map { now.secrets(of: $0) } ?? now.secrets).map(\.value)
    let holding =
      try store.backups(holding: keys.filter { !$0.isEmpty }).map(\.id)
      + store.looseCopies(holding: keys).map(\.description)
    var report = Report(
      PurgeAnswer(
        changed: !rewritten.isEmpty, backups: rewritten.map(BackupAnswer.init),
        text: rewritten.isEmpty
          ? "no backup holds such a key\n"
          : rewritten.map { "\(StyledText.own($0.id)) no longer holds it\n" }.joined()))
    if !holding.isEmpty {
      report.notes.append(
        "still in \(holding.joined(separator: ", ")): see:\(clinecfg: "backups", "verify")")
    }
    return report
  }
}
