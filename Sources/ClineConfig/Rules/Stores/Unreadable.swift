import LosslessJSON

/// STORE501: a file that Cline takes for empty.
struct Unreadable: MachineRule {
  static let documentation = RuleDocumentation(
    .unreadable, name: "unreadable", severity: .error,
    summary: "A file is not JSON as Cline reads it: Cline takes it for empty and overwrites it.",
    rationale:
      "A byte order mark, a comment, a trailing comma, an empty file: JSON.parse refuses each, and "
      + "Cline then goes on with nothing. At its next write everything that stood there is gone "
      + "(ClineFileStorage.ts, 4.1.13). What an editor or a crash leaves is mended where one reading is "
      + "plain: commas and brackets, single quotes, keys without quotes, line breaks in strings, NULs at "
      + "the end, a second document, a file that is cut short. No value is invented, and the original is "
      + "kept.",
    exceptions:
      "A file that does not exist is no fault. What can be read in two ways is left to you.",
    examples: [
      .accepts(MachineExample([.globalState: "{}"])), .accepts(MachineExample([:])),
      .mends(MachineExample([.globalState: "\u{FEFF}{\"mode\": \"act\"}"])),
      .mends(MachineExample([.globalState: "{\"mode\": \"act\", // mine\n}"])),
      .mends(MachineExample([.secrets: ""])),
      .mends(MachineExample([.globalState: "{'mode': 'act' hooksEnabled: true"])),
      .mends(MachineExample([.secrets: "{\"openAiApiKey\": \"inv"])),
      .flags(MachineExample([.globalState: "{\"mode\": act}"])),
      .flags(MachineExample([.globalState: "[]"])),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    machine.snapshots.flatMap { snapshot in
      snapshot.broken.compactMap { file, problem in
        finding(
          file, problem: problem, snapshot: snapshot,
          isMain: snapshot.locations.isSame(as: machine.main.locations))
      }
    }
  }

  private func finding(
    _ file: SettingsFile, problem: StoreProblem, snapshot: Snapshot, isMain: Bool
  ) -> Finding? {
    let path = snapshot[file].path
    let place = [StorePlace(file, .root)]
    switch problem {
    case .rejected(let violations):
      guard file == .globalState || file == .secrets else { return nil }
      return finding(
        "\(path) is not an object (\(violations.first?.description ?? ""))", at: place,
        fix: Self.byHand)
    case .unreadable(let error):
      return finding(
        "\(error)", at: place,
        fix: .advice(
          StoreError(error).help ?? "look at \(path); Cline reads it as empty"))
    case .empty, .notJSON:
      if case .notJSON(let error) = problem, error.reason.isOurs {
        return finding(
          "clinecfg cannot edit \(path): \(error)", at: place, severity: .warning,
          fix: .advice("close Cline, and look at that place in an editor"))
      }
      let isEmpty = problem == .empty
      let repaired = isEmpty ? file.blank.bytes : Self.repaired(file, reading: snapshot[file])
      guard let repaired, isMain else {
        return finding(
          "Cline reads \(path) as empty and will overwrite it: \(problem)", at: place,
          fix: Self.byHand)
      }
      return finding(
        "Cline reads \(path) as empty and will overwrite it: \(problem)", at: place,
        fix: .init(
          description: isEmpty
            ? "start with an empty file; to look for an earlier version first:\(.listBackups)"
            : "rewrite it as valid JSON with the values that are whole (the original is backed up)",
          isSafe: true, action: .repair(file, repaired)))
    }
  }

  private static let byHand = Finding.Fix.advice(
    "close Cline and correct it in an editor, or restore an earlier version:\(.listBackups)"
  )

  private static func repaired(_ file: SettingsFile, reading: StoreReading) -> [UInt8]? {
    guard let bytes = reading.contents?.bytes,
      let mended = JSONText.strict(bytes) ?? JSONRepair.mended(bytes),
      var document = try? JSONDocument(parsing: mended)
    else { return nil }
    // The last entry of a file that was cut short is not whole.
    let rejected = file.verdict(on: document).rejected
    if file == .providers, !rejected.isEmpty,
      let last = document["/providers"]?.object?.keys.last
    {
      let entry = JSONPointer(tokens: ["providers", last])
      guard rejected.allSatisfy({ $0.pointer.tokens.starts(with: entry.tokens) }),
        document["/providers"]?.object?.count ?? 0 > 1
      else { return nil }
      _ = try? document.remove(at: entry)
    }
    return file.verdict(on: document).rejected.isEmpty ? document.bytes : nil
  }
}
