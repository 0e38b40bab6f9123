import ClineConfig
import CommandLineTool
import LosslessJSON

/// `undo` and `recover`: going back, and finishing what was interrupted.
enum History {
  static let undo = Command<Context>(
    abstract: "undo the last change",
    discussion:
      "Byte for byte where the files are as clinecfg left them. Where another program has written "
      + "since, only clinecfg's own values go back. Each further undo goes one change further back; "
      + "`clinecfg backups restore ID` goes forward again.",
    arguments: Options.change,
    examples: [Example("clinecfg undo --dry-run", "show what would go back")],
    action: answer(with: takeBack))

  private static func takeBack(_ run: Invocation) throws -> Report {
    let store = try run.store()
    guard try !store.backups().isEmpty || store.hasPending else {
      var answer = try run.perform(Plan.nothing, in: store, as: "undo")
      answer.title = title(of: nil, in: store, isDryRun: false) + "\n"
      return Report(answer)
    }
    var undo: UndoPlan?
    var answer = try run.perform(in: store, as: "undo") { snapshot throws(StoreError) in
      undo = try store.planUndo(on: snapshot)
      return undo?.plan ?? .nothing
    }
    answer.title = title(of: undo, in: store, isDryRun: answer.isDryRun) + "\n"
    if answer.backup != nil { answer.title += try run.present() }
    if let backup = answer.backup {
      answer.wayBack = CommandLine(words: ["backups", "restore", backup.id])
    }
    return Report(answer, notes: undo.map(notes) ?? [])
  }

  private static func notes(on undo: UndoPlan) -> [StyledText] {
    var notes = undo.kept.map { edit -> StyledText in
      "\(edit.file.rawValue):\(edit.pointer) was changed by another program since and was left"
    }
    if undo.backup.isPurged { notes.append(purgedNote) }
    if !undo.skipped.isEmpty {
      notes.append("newer, but damaged and skipped: \(undo.skipped.joined(separator: ", "))")
    }
    return notes
  }

  private static func title(
    of undo: UndoPlan?, in store: SettingsStore, isDryRun: Bool
  ) -> StyledText {
    guard let undo else {
      return store.hasPending
        ? "an interrupted change would be finished first, and then taken back"
        : "there is nothing to undo"
    }
    let command = undo.backup.command
    return undo.plan.isEmpty
      ? "nothing is left of '\(command)' to undo"
      : "\(isDryRun ? "would undo" : "undid") '\(command)' of \(undo.backup.created.iso8601)"
  }

  static let purgedNote: StyledText =
    "keys were purged from that backup and do not come back; set them again:\(clinecfg: "set-provider")"

  private static let forward = Argument<Bool>.flag("--forward", help: "make the interrupted change")
  private static let back = Argument<Bool>.flag("--back", help: "take the interrupted change back")

  static let recover = Command<Context>(
    abstract: "finish a change that was interrupted",
    discussion:
      "Every changing command does this by itself: it finishes the change where all of it is there, "
      + "and takes it back otherwise. This is for who wants the other way.",
    arguments: [forward, back],
    examples: [Example("clinecfg recover --back", "go back to the files as they were before")],
    action: answer { run in
      guard !(run[forward] && run[back]) else {
        throw Failure(.usage, "--forward and --back exclude each other")
      }
      return Report(
        RecoverAnswer(
          try run.store().recover(
            run[forward] ? .forward : run[back] ? .back : .automatic)))
    })

  private struct RecoverAnswer: Answer {
    let changed: Bool
    let recovered: [String]
    let kept: [String]
    let text: StyledText
    enum CodingKeys: CodingKey { case changed, recovered, kept }

    init(_ result: RecoveryReport) {
      changed = !result.recovered.isEmpty
      recovered = result.recovered
      kept = result.kept.map(\.description)
      var text: StyledText =
        result.recovered.isEmpty
        ? "no change was interrupted\n"
        : result.finished.map { "finished \($0)\n" }.joined()
          + result.takenBack.map { "took back \($0)\n" }.joined()
      for path in result.kept {
        text += "\(path.description) holds another program's version, which was kept\n"
      }
      self.text = text
    }
  }
}
