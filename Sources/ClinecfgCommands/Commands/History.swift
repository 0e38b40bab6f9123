import ClineConfig
import CommandLineTool

/// `undo`, `recover`, `backups`: going back, and finishing what was interrupted.
enum History {
  static let undo = Command<Context>(
    "undo", abstract: "take back the last change",
    discussion:
      "Byte for byte where the files are as clinecfg left them. Where another program has written "
      + "since, only clinecfg's own values go back. Each further undo goes one change further back; "
      + "`clinecfg backups restore ID` goes forward again.",
    arguments: [Options.dryRun],
    examples: [Example("clinecfg undo --dry-run", "show what would go back")]
  ) { context, arguments in
    context.answer(arguments) {
      let store = try context.store(arguments)
      let isDryRun = arguments[Options.dryRun]
      if store.hasPending, !isDryRun { try store.recover() }
      guard let (plan, backup, kept) = try store.planUndo(on: store.load()) else {
        var report = changeReport(
          Plan.nothing, isDryRun: isDryRun, backup: nil, "there is nothing to take back\n")
        if store.hasPending {
          report.text = "an interrupted change would be finished first, and then taken back\n"
        }
        return report
      }
      let made = isDryRun ? nil : try store.commit(plan, command: "undo")
      let title =
        plan.isEmpty
        ? "nothing is left of '\(Style.safe(backup.command))' to take back\n"
        : "\(isDryRun ? "would take" : "took") back '\(Style.safe(backup.command))' of \(backup.created.iso8601)\n"
      var report = changeReport(
        plan, isDryRun: isDryRun, backup: made, title,
        goingForward: made.map { "clinecfg backups restore \($0.id)" })
      for edit in kept {
        report.notes.append(
          "\(edit.file.rawValue):\(edit.pointer) was changed by another program since and was left")
      }
      return report
    }
  }

  private static let forward = Argument<Bool>.flag("--forward", help: "make the interrupted change")
  private static let back = Argument<Bool>.flag("--back", help: "take the interrupted change back")

  static let recover = Command<Context>(
    "recover", abstract: "finish a change that was interrupted",
    discussion:
      "Every changing command does this by itself. It is needed where a file was removed after "
      + "the interruption, so that somebody must decide.",
    arguments: [forward, back],
    examples: [Example("clinecfg recover --back", "go back to the files as they were before")]
  ) { context, arguments in
    context.answer(arguments) {
      guard !(arguments[forward] && arguments[back]) else {
        throw Failure(.usage, "--forward and --back exclude each other")
      }
      let store = try context.store(arguments)
      let result = try store.recover(
        arguments[forward] ? .forward : arguments[back] ? .back : .automatic)
      var report = Report()
      report.members = [
        "changed": .bool(!result.recovered.isEmpty),
        "recovered": .array(result.recovered.map { .string($0) }),
        "kept": .array(result.kept.map { .string($0.description) }),
      ]
      report.text =
        result.recovered.isEmpty
        ? "no change was interrupted\n"
        : result.recovered.map { "\(arguments[back] ? "took back" : "finished") \($0)\n" }.joined()
      for path in result.kept {
        report.text +=
          "\(Style.safe(path.description)) holds another program's version, which was kept\n"
      }
      return report
    }
  }

  private static let identifier = Argument<String>.positional(
    "ID", help: "a backup's name", completion: .dynamic("backups"))

  static let backups = Command<Context>(
    "backups", abstract: "list what can be taken back",
    examples: [Example("clinecfg backups", "newest first")],
    subcommands: [
      Command("list", abstract: "list them, newest first", action: list),
      Command(
        "restore", abstract: "put back what the files held before a change",
        discussion: "It is a change itself, so it can be taken back with `clinecfg undo`.",
        arguments: [identifier, Options.dryRun],
        examples: [Example("clinecfg backups restore 20260822T200300Z-01234567", "by its name")]
      ) { context, arguments in
        context.answer(arguments) {
          let store = try context.store(arguments)
          let isDryRun = arguments[Options.dryRun]
          if store.hasPending, !isDryRun { try store.recover() }
          let id = arguments[identifier] ?? ""
          let plan = try store.planRestore(of: id, on: store.load())
          let backup = isDryRun ? nil : try store.commit(plan, command: "backups restore")
          let title =
            plan.isEmpty
            ? "the files already are as they were before that change\n"
            : "\(isDryRun ? "would put" : "put") back what the files held before \(Style.safe(id))\n"
          return changeReport(plan, isDryRun: isDryRun, backup: backup, title)
        }
      },
    ],
    action: list)

  private static let list: Command<Context>.Action = { context, arguments in
    context.answer(arguments) {
      let backups = try context.store(arguments).backups()
      var report = Report()
      report.members = [
        "backups": .array(
          backups.map { backup in
            [
              "id": .string(backup.id), "created": .string(backup.created.iso8601),
              "command": .string(backup.command),
              "files": .array(backup.files.map { .string($0.description) }),
            ]
          })
      ]
      report.isData = true
      if try context.store(arguments).hasPending { report.notes.append(Context.pendingNote) }
      report.text =
        backups.isEmpty
        ? "there are no backups\n"
        : backups.map { backup in
          "\(backup.id)  \(Style.safe(backup.command))  (\(backup.files.count) file\(backup.files.count == 1 ? "" : "s"))\n"
        }.joined()
      return report
    }
  }

  static func changeReport(
    _ plan: Plan, isDryRun: Bool, backup: Backup?, _ title: String, goingForward: String? = nil
  ) -> Report {
    var change = ChangeReport(plan: plan, isDryRun: isDryRun, backup: backup)
    change.wayBack = goingForward ?? change.wayBack
    var report = Report()
    report.members = change.members
    report.text = title + change.text
    return report
  }
}
