import ClineConfig
import CommandLineTool

/// `undo` and `recover`: going back, and finishing what was interrupted.
enum History {
  static let undo = Command<Context>(
    abstract: "take back the last change",
    discussion:
      "Byte for byte where the files are as clinecfg left them. Where another program has written "
      + "since, only clinecfg's own values go back. Each further undo goes one change further back; "
      + "`clinecfg backups restore ID` goes forward again.",
    arguments: Options.change,
    examples: [Example("clinecfg undo --dry-run", "show what would go back")]
  ) { context, arguments in
    context.answer(arguments) {
      let store = try context.store(arguments)
      let isDryRun = arguments[Options.dryRun]
      if store.hasPending, !isDryRun { try store.recover() }
      guard let (plan, backup, kept) = try store.planUndo(on: store.load()) else {
        return try context.perform(
          Plan.nothing, in: store, as: "undo", arguments,
          title: store.hasPending
            ? "an interrupted change would be finished first, and then taken back"
            : "there is nothing to take back")
      }
      var report = try context.perform(
        plan, in: store, as: "undo", arguments,
        title: plan.isEmpty
          ? "nothing is left of '\(Style.safe(backup.command))' to take back"
          : "\(isDryRun ? "would take" : "took") back '\(Style.safe(backup.command))' of \(backup.created.iso8601)",
        wayBack: { "clinecfg backups restore \($0.id)" })
      for edit in kept {
        report.notes.append(
          "\(edit.file.rawValue):\(edit.pointer) was changed by another program since and was left")
      }
      if backup.isPurged { report.notes.append(purgedNote) }
      return report
    }
  }

  static let purgedNote =
    "keys were purged from that backup and do not come back: clinecfg set-provider sets them again"

  private static let forward = Argument<Bool>.flag("--forward", help: "make the interrupted change")
  private static let back = Argument<Bool>.flag("--back", help: "take the interrupted change back")

  static let recover = Command<Context>(
    abstract: "finish a change that was interrupted",
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
}
