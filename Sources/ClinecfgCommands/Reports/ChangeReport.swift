import ClineConfig

/// What a change did, or would do.
struct ChangeReport {
  let plan: Plan
  let isDryRun: Bool
  let backup: Backup?
  var findings: [Finding] = []
  /// The command that takes it back.
  var wayBack: StyledText = "clinecfg undo"

  var members: JSONObject {
    [
      "changed": .bool(!plan.isEmpty && (isDryRun || backup != nil)), "dryRun": .bool(isDryRun),
      "verified": .null,
      "files": .array(plan.files.map(Self.json)),
      "backup": backup.map { .string($0.id) } ?? .null,
      "findings": .array(findings.map(\.json)),
    ]
  }

  private static func json(_ file: Plan.FileChange) -> JSONValue {
    [
      "store": .string(file.file.rawValue), "path": .string(file.path.description),
      "created": .bool(file.isCreated),
      "changes": .array(
        file.changes.map { change in
          [
            "pointer": .string(change.pointer.description), "kind": .string(change.kind.rawValue),
          ]
        }),
    ]
  }

  /// The files and the places in them, without a value.
  var text: StyledText {
    var lines: [StyledText] = []
    for file in plan.files {
      let mark = file.isCreated ? " (new)" : file.isRemoved ? " (removed)" : ""
      lines.append("  \(file.path.description)\(mark)")
      for change in file.changes {
        let sign = ["add": "+", "replace": "~", "remove": "-"][change.kind.rawValue] ?? " "
        let place = change.pointer == .root ? "the whole file" : change.pointer.description
        lines.append("    \(Style.dim)\(sign) \(place)\(Style.plain)")
      }
    }
    if let backup {
      lines.append("backup \(StyledText.own(backup.id)); take it back with: \(wayBack)")
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension Finding {
  var json: JSONValue {
    [
      "rule": .string(rule.code), "name": .string(name), "severity": .string(severity.rawValue),
      "message": .string(message),
      "store": places.first.map { .string($0.file.rawValue) } ?? .null,
      "pointer": places.first.map { .string($0.pointer.description) } ?? .null,
      "fix": fix.map { ["description": .string($0.description), "safe": .bool($0.isSafe)] }
        ?? .null,
    ]
  }

  /// `error[URL104] that is …`
  var line: StyledText {
    let color = severity == .error ? Style.red : severity == .warning ? Style.yellow : Style.dim
    return "\(color)\(severity.rawValue)\(Style.plain)[\(rule)] \(message)\n"
  }
}
