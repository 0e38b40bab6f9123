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
  /// What shows each place with its values; `nil` where the files are named only.
  var detail: ProviderCatalog?

  init(_ plan: Plan, isDryRun: Bool, backup: Backup? = nil) {
    self.plan = plan
    self.isDryRun = isDryRun
    self.backup = backup
  }

  var text: StyledText {
    var text = title
    if detail != nil { text += files }
    for finding in findings { text += finding.line }
    return text + end + told(aftermath) + summary + last
  }

  /// How many files, and the way back.
  private var summary: StyledText {
    guard let backup else { return "" }
    let count = plan.files.count
    let what = detail == nil ? "\(count) file\(count == 1 ? "" : "s") changed; to" : "to"
    return "\(what) take it back (backup \(StyledText.own(backup.id))):\(.command(wayBack))\n"
  }

  /// The files and the places in them, with their values, keys masked.
  var files: StyledText {
    var lines: [StyledText] = []
    for file in plan.files {
      let mark = file.isCreated ? " (new)" : file.isRemoved ? " (removed)" : ""
      lines.append("  \(file.path.description)\(mark)")
      let values = ShownValues(of: file, knowing: detail ?? .bundled)
      for change in file.changes {
        let place = change.pointer == .root ? "the whole file" : change.pointer.description
        lines.append(
          "    \(change.kind.sign) \(place)\(Style.dim)\(values.change(at: change.pointer))\(Style.plain)"
        )
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func told(_ findings: [Finding]) -> StyledText {
    guard !findings.isEmpty else { return "" }
    var text: StyledText = ""
    for finding in findings {
      text += finding.line
      if finding.isMendable {
        text += "help: close or reload Cline's windows, then:\(clinecfg: "doctor", "--fix")\n"
      } else if let fix = finding.fix {
        text += "help: \(fix.advice)\n"
      }
    }
    if !findings.contains(where: { $0.rule == .overwritten }) {
      text += "checked again after 1 s: nothing was overwritten\n"
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

/// The values of one file before and after a change, as they may be shown.
private struct ShownValues {
  private let redaction: Redaction
  private let before: JSONDocument?
  private let after: JSONDocument?

  init(of file: Plan.FileChange, knowing catalog: ProviderCatalog) {
    redaction = Redaction(catalog: catalog, file: file.file)
    func document(_ bytes: [UInt8]?) -> JSONDocument? {
      bytes.flatMap { try? JSONDocument(parsing: $0, dialect: file.file.dialect) }
    }
    (before, after) = (document(file.bytesBefore), document(file.bytesAfter))
  }

  /// `  "a" → "b"`; nothing for a whole file.
  func change(at pointer: JSONPointer) -> String {
    guard pointer != .root else { return "" }
    let sides = [before, after].map { $0?[pointer].map { text($0, at: pointer) } ?? "nothing" }
    return "  \(sides[0]) → \(sides[1])"
  }

  private func text(_ value: JSONValue, at pointer: JSONPointer) -> String {
    let text = String(
      decoding: redaction.redacted(value, at: pointer).bytes(layout: .compact), as: UTF8.self)
    return text.count > 60 ? text.prefix(59) + "…" : text
  }
}
