import ClineConfig
import LosslessJSON

/// What a change did, or would do.
struct ChangeAnswer: Answer {
  var plan: Plan
  let isDryRun: Bool
  var backup: Backup?
  /// What is told before the files.
  var title: StyledText = ""
  /// What is told behind them.
  var end: StyledText = ""
  /// What is told last.
  var last: StyledText = ""
  var findings: [Finding] = []
  /// What running programs have changed back since.
  var aftermath: [Finding] = []
  /// Whether the provider proved the key; `nil` where nothing was proved.
  var isVerified: Bool?
  /// Whether anything changed, where that is not a matter of the files' values alone.
  var isChange: Bool?
  /// The command that takes it back.
  var wayBack = CommandLine(words: ["undo"])

  init(_ plan: Plan, isDryRun: Bool, backup: Backup? = nil) {
    self.plan = plan
    self.isDryRun = isDryRun
    self.backup = backup
  }

  var text: StyledText {
    var text = title + files
    for finding in findings { text += finding.line }
    return text + end + told(aftermath) + last
  }

  /// The files and the places in them, without a value.
  var files: StyledText {
    var lines: [StyledText] = []
    for file in plan.files {
      let mark = file.isCreated ? " (new)" : file.isRemoved ? " (removed)" : ""
      lines.append("  \(file.path.description)\(mark)")
      for change in file.changes {
        let place = change.pointer == .root ? "the whole file" : change.pointer.description
        lines.append("    \(Style.dim)\(change.kind.sign) \(place)\(Style.plain)")
      }
    }
    if let backup {
      lines.append("backup \(StyledText.own(backup.id)); take it back with: \(.command(wayBack))")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func told(_ findings: [Finding]) -> StyledText {
    guard !findings.isEmpty else { return "" }
    var text: StyledText = ""
    for finding in findings {
      text += finding.line
      if finding.isMendable {
        text += "help: close or reload Cline's windows, then: \(clinecfg: "doctor", "--fix")\n"
      } else if let fix = finding.fix {
        text += "help: \(fix.description)\n"
      }
    }
    if !findings.contains(where: { $0.rule == .overwritten }) {
      text += "a second later every value still stands\n"
    }
    return text
  }

  private enum Key: String, CodingKey { case changed, dryRun, verified, files, backup, findings }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let hasChanged = !plan.isEmpty && (isDryRun || backup != nil)
    try container.encode(isChange ?? hasChanged, forKey: .changed)
    try container.encode(isDryRun, forKey: .dryRun)
    try container.encodeIfPresent(isVerified, forKey: .verified)
    try container.encode(plan.files.map(FileAnswer.init), forKey: .files)
    try container.encodeIfPresent(backup.map { Word($0.id) }, forKey: .backup)
    try container.encode((findings + aftermath).map(FindingAnswer.init), forKey: .findings)
  }
}

/// A file of a change, in a document.
struct FileAnswer: Encodable {
  private let store: Word
  private let path: String
  private let created: Bool
  private let changes: [Change]

  private struct Change: Encodable {
    let pointer: String
    let kind: Word
    init(_ change: Plan.Change) {
      pointer = change.pointer.description
      kind = Word(change.kind.rawValue)
    }
  }

  init(_ file: Plan.FileChange) {
    store = Word(file.file.rawValue)
    path = file.path.description
    created = file.isCreated
    changes = file.changes.map(Change.init)
  }

  init(_ file: BackupContents.File) {
    store = Word(file.file.rawValue)
    path = file.path.description
    created = file.isCreated
    changes = file.changes.map(Change.init)
  }
}

extension Plan.Change.Kind {
  var sign: String {
    switch self {
    case .add: "+"
    case .replace: "~"
    case .remove: "-"
    }
  }
}

/// A change, and what a command has to say of it beside.
struct Extended<Extra: Encodable>: Answer {
  var change: ChangeAnswer
  let extra: Extra

  var text: StyledText { change.text }

  func encode(to encoder: any Encoder) throws {
    try change.encode(to: encoder)
    try extra.encode(to: encoder)
  }
}
