import ClineConfig
import CommandLineTool

/// `clinecfg backups`: what can be taken back, and its upkeep.
enum BackupsCommand {
  private static let identifier = Argument<String>.positional(
    "ID", help: "a backup's name", completion: .dynamic("backups"))
  private static let provider = Argument<String>.option(
    "--provider", value: "P", help: "only keys of this provider", completion: .dynamic("providers"))

  static let command = Command<Context>(
    abstract: "list what can be taken back",
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
          examples: [Example("clinecfg backups list --json", "the same for programs")], action: list
        )
      },
      "show": {
        Command(
          abstract: "tell what a change did, without any key", arguments: [identifier],
          examples: [Example("clinecfg backups show 20260822T200300Z-01234567", "by its name")],
          action: { context, arguments in
            context.answer(arguments) { try show(context, arguments) }
          })
      },
      "diff": {
        Command(
          abstract: "print what a change did as a unified diff, keys masked",
          arguments: [identifier],
          examples: [Example("clinecfg backups diff 20260822T200300Z-01234567", "line by line")],
          action: { context, arguments in
            context.answer(arguments) { try diff(context, arguments) }
          })
      },
      "restore": {
        Command(
          abstract: "put back what the files held before a change",
          discussion: "It is a change itself, so it can be taken back with `clinecfg undo`.",
          arguments: [identifier] + Options.change,
          examples: [Example("clinecfg backups restore 20260822T200300Z-01234567", "by its name")],
          action: { context, arguments in
            context.answer(arguments) { try restore(context, arguments) }
          })
      },
      "prune": {
        Command(
          abstract: "remove backups that are no longer needed",
          discussion: "Every change does this by itself.", arguments: [Options.dryRun],
          examples: [Example("clinecfg backups prune --dry-run", "which would go now")],
          action: { context, arguments in
            context.answer(arguments) { try prune(context, arguments) }
          })
      },
      "purge": {
        Command(
          abstract: "take stored keys out of every backup",
          discussion:
            "What the files hold now stays. Deleting is unlinking: a key that must be gone is revoked "
            + "at its provider.",
          arguments: [provider],
          examples: [Example("clinecfg backups purge", "no backup holds any key any more")],
          action: { context, arguments in
            context.answer(arguments) { try purge(context, arguments) }
          })
      },
      "verify": {
        Command(
          abstract: "hash every copy again and compare",
          examples: [Example("clinecfg backups verify", "before you rely on them")],
          action: { context, arguments in
            context.answer(arguments) { try verify(context, arguments) }
          })
      },
    ],
    action: list)

  private static let list: Command<Context>.Action = { context, arguments in
    context.answer(arguments) {
      let store = try context.store(arguments)
      let backups = try store.backups()
      var report = Report()
      report.isData = true
      report.members = ["backups": .array(backups.map(json))]
      if store.hasPending { report.notes.append(Context.pendingNote) }
      let unreadable = try store.unreadableBackups()
      if !unreadable.isEmpty {
        report.notes.append(
          "damaged and left out: \(unreadable.joined(separator: ", ")); see: clinecfg backups verify"
        )
      }
      report.text =
        backups.isEmpty
        ? "there are no backups\n"
        : backups.map { backup in
          let files = backup.files.map(\.name).joined(separator: ", ")
          return "\(StyledText.own(backup.id))  \(backup.command)  \(Style.dim)\(files)"
            + "\(Style.plain)\n"
        }.joined()
      return report
    }
  }

  private static func json(_ backup: Backup) -> JSONValue {
    [
      "id": .string(backup.id), "created": .string(backup.created.iso8601),
      "command": .string(backup.command),
      "files": .array(backup.files.map { .string($0.description) }),
    ]
  }

  private static func show(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let contents = try context.store(arguments).contents(ofBackup: arguments[identifier] ?? "")
    var report = Report()
    report.isData = true
    let backup = contents.backup
    report.text = "\(StyledText.own(backup.id))  \(backup.command)  \(backup.created.iso8601)\n"
    var files: [JSONValue] = []
    for file in contents.files {
      let what = file.isCreated ? " (was new)" : file.isRemoved ? " (was removed)" : ""
      report.text += "  \(file.path.description)\(what)\n"
      for change in file.changes {
        let sign = ["add": "+", "replace": "~", "remove": "-"][change.kind.rawValue] ?? " "
        report.text += "    \(sign) \(change.pointer.description)\n"
      }
      files.append([
        "store": .string(file.file.rawValue), "path": .string(file.path.description),
        "created": .bool(file.isCreated),
        "changes": .array(
          file.changes.map {
            [
              "pointer": .string($0.pointer.description), "kind": .string($0.kind.rawValue),
            ]
          }),
      ])
    }
    report.members = ["backup": json(backup), "files": .array(files)]
    return report
  }

  private static func diff(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let contents = try context.store(arguments).contents(ofBackup: arguments[identifier] ?? "")
    var report = Report()
    report.isData = true
    for file in contents.files {
      let redaction = Redaction(catalog: context.catalog, file: file.file)
      report.text +=
        UnifiedDiff.text(
          file.before.map { redaction.text($0) },
          file.after.map { redaction.text($0, beside: file.before) },
          name: file.path.description) ?? ""
    }
    report.members = ["diff": .string(report.text.plain)]
    return report
  }

  private static func restore(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let store = try context.store(arguments)
    let isDryRun = arguments[Options.dryRun]
    let id = arguments[identifier] ?? ""
    var isNothing = false
    var report = try context.perform(
      in: store, as: "backups restore", arguments,
      making: { snapshot throws(StoreError) in
        let plan = try store.planRestore(of: id, on: snapshot)
        isNothing = plan.isEmpty
        return plan
      },
      title: {
        isNothing
          ? "the files already are as they were before that change"
          : "\(isDryRun ? "would put" : "put") back what the files held before \(id)"
      })
    if try store.backups().first(where: { $0.id == id })?.isPurged == true {
      report.notes.append(History.purgedNote)
    }
    return report
  }

  private static func prune(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let store = try context.store(arguments)
    let isDryRun = arguments[Options.dryRun]
    let gone = isDryRun ? try store.expiredBackups() : try store.pruneBackups()
    var report = Report()
    report.members = [
      "changed": .bool(!gone.isEmpty), "dryRun": .bool(isDryRun),
      "backups": .array(gone.map(json)),
    ]
    report.text =
      gone.isEmpty
      ? "every backup is still needed\n"
      : gone.map { "\(isDryRun ? "would remove" : "removed") \(StyledText.own($0.id))\n" }.joined()
    return report
  }

  private static func purge(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let store = try context.store(arguments)
    let slot = try arguments[provider].map { try context.slot(named: $0) }
    let rewritten = try store.purgeBackups(of: slot)
    let now = store.load()
    let keys = (slot.map { now.secrets(of: $0) } ?? now.secrets).map(\.value)
    let holding =
      try store.backups(holding: keys.filter { !$0.isEmpty }).map(\.id)
      + store.looseCopies(holding: keys).map(\.description)
    var report = Report()
    report.members = [
      "changed": .bool(!rewritten.isEmpty), "backups": .array(rewritten.map(json)),
    ]
    report.text =
      rewritten.isEmpty
      ? "no backup holds such a key\n"
      : rewritten.map { "\(StyledText.own($0.id)) no longer holds it\n" }.joined()
    if !holding.isEmpty {
      report.notes.append(
        "still in \(holding.joined(separator: ", ")): see clinecfg backups verify")
    }
    return report
  }

  private static func verify(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let store = try context.store(arguments)
    let damaged = try store.damagedBackups()
    let count = try store.backups().count
    guard damaged.isEmpty else {
      var failure = Failure(
        .badData, "damaged: \(damaged.joined(separator: ", "))",
        help: "the copies that are sound can still be read by hand in "
          + "\(store.locations.dataDirectory)/.clinecfg/backups")
      failure.members = ["damaged": .array(damaged.map { .string($0) })]
      throw failure
    }
    var report = Report()
    report.members = ["damaged": [], "count": .number(JSONNumber(count))]
    report.text = "\(count) backup\(count == 1 ? "" : "s"), every copy is what it was\n"
    return report
  }
}

extension Redaction {
  /// A file's text with every key masked in its place, and all else as it is. A key that masks
  /// like the one in `former` but is another says so.
  func text(_ bytes: [UInt8], beside former: [UInt8]? = nil) -> String {
    guard var document = try? JSONDocument(parsing: bytes, dialect: file.dialect) else {
      return "(\(bytes.count) bytes that are not JSON, not shown)\n"
    }
    let other = former.flatMap { try? JSONDocument(parsing: $0, dialect: file.dialect) }
    mask(document.root, at: .root, in: &document, beside: other)
    return String(decoding: document.bytes, as: UTF8.self)
  }

  private func mask(
    _ value: JSONValue, at pointer: JSONPointer, in document: inout JSONDocument,
    beside other: JSONDocument?
  ) {
    switch value {
    case .object(let object):
      for (key, value) in object {
        mask(value, at: pointer.appending(key), in: &document, beside: other)
      }
    case .array(let items):
      for (index, item) in items.enumerated() {
        mask(item, at: pointer.appending(index), in: &document, beside: other)
      }
    case .string, .number, .bool:
      var shown = redacted(value, at: pointer)
      if let former = other?[pointer], former != value, shown != value,
        redacted(former, at: pointer) == shown, let text = shown.string
      {
        shown = .string(text + " (another)")
      }
      if shown != value { _ = try? document.set(shown, at: pointer) }
    case .null: break
    }
  }
}
