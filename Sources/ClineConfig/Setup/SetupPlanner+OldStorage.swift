import LosslessJSON

extension SetupPlanner {
  /// What Cline's extension would bring back from VS Code's own storage at its first start, beside the
  /// new provider: every key that globalState.json lacks. An empty value is there, and stays
  /// (hosts/vscode/vscode-to-file-migration.ts, 4.0.12).
  func holdingOff(_ setup: ProviderSetup, on snapshot: Snapshot) -> ChangeSet {
    var changes = ChangeSet()
    let state = snapshot[.globalState].document
    guard setup.slot.isOpenAICompatible, options.keys != .nothing,
      state?["/__vscodeMigrationVersion"] == nil
    else { return changes }
    let coming = VSCodeInstallation.all(on: host).compactMap { installation in
      (try? installation.oldStorage(on: host))?.memento
    }
    guard !coming.isEmpty else { return changes }
    let own = setup.changes(on: snapshot, now: host.now())
    var after = state ?? SettingsFile.globalState.blank
    for edit in own.edits where edit.file == .globalState { _ = try? edit.apply(to: &after) }
    let empty: [(key: JSONKey, value: JSONValue)] = [
      ("openAiHeaders", .object([:])), ("azureApiVersion", ""), ("azureIdentity", false),
    ]
    for (key, value) in empty where coming.contains(where: { $0[key] != nil && $0[key] != .null }) {
      let pointer = JSONPointer(tokens: [key])
      if after[pointer] == nil { changes.set(value, in: .globalState, at: pointer) }
    }
    return changes
  }
}
