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
      return try takeBack(in: store, context, arguments)
    }
  }

  private static func takeBack(
    in store: SettingsStore, _ context: Context, _ arguments: ParsedArguments
  ) throws -> Report {
    guard try !store.backups().isEmpty || store.hasPending else {
      return try context.perform(
        Plan.nothing, in: store, as: "undo", arguments, title: title(nil, store, isDryRun: false))
    }
    var undo: UndoPlan?
    var report = try context.perform(
      in: store, as: "undo", arguments,
      making: { snapshot throws(StoreError) in
        undo = try store.planUndo(on: snapshot)
        return undo?.plan ?? .nothing
      }, title: { title(undo, store, isDryRun: arguments[Options.dryRun]) },
      wayBack: { "clinecfg backups restore \(StyledText.own($0.id))" })
    guard let undo else { return report }
    for edit in undo.kept {
      report.notes.append(
        "\(edit.file.rawValue):\(edit.pointer) was changed by another program since and was left")
    }
    if undo.backup.isPurged { report.notes.append(purgedNote) }
    if !undo.skipped.isEmpty {
      report.notes.append(
        "newer, but damaged and skipped: \(undo.skipped.joined(separator: ", "))")
    }
    return report
  }

  private static func title(
    _ undo: UndoPlan?, _ store: SettingsStore, isDryRun: Bool
  ) -> StyledText {
    guard let undo else {
      return store.hasPending
        ? "an interrupted change would be finished first, and then taken back"
        : "there is nothing to take back"
    }
    let command = undo.backup.command
    return undo.plan.isEmpty
      ? "nothing is left of '\(command)' to take back"
      : "\(isDryRun ? "would take" : "took") back '\(command)' of \(undo.backup.created.iso8601)"
  }

  static let purgedNote: StyledText =
    "keys were purged from that backup and do not come back: clinecfg set-provider sets them again"

  private static let forward = Argument<Bool>.flag("--forward", help: "make the interrupted change")
  private static let back = Argument<Bool>.flag("--back", help: "take the interrupted change back")

  static let recover = Command<Context>(
    abstract: "finish a change that was interrupted",
    discussion:
      "Every changing command does this by itself: it finishes the change where all of it is there, "
      + "and takes it back otherwise. This is for who wants the other way.",
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
        : result.finished.map { "finished \($0)\n" }.joined()
          + result.takenBack.map { "took back \($0)\n" }.joined()
      for path in result.kept {
        report.text +=
          "\(path.description) holds another program's version, which was kept\n"
      }
      return report
    }
  }
}
