package import LosslessJSON

/// What Cline keeps in VS Code's own storage: everything before 3.66, and since then what belongs to
/// one VS Code alone.
package struct OldStorage: Hashable, Sendable {
  /// The mementos, by key.
  package let memento: JSONObject
  /// The names of secrets, whose values the operating system encrypts.
  package let secretNames: [String]

  /// Creates a storage from what was read.
  package init(memento: JSONObject, secretNames: [String]) {
    self.memento = memento
    self.secretNames = secretNames
  }

  /// `SELECT key, value FROM ItemTable` of these rows, made sense of.
  init(rows: [(key: String, value: [UInt8])]) throws(StateDatabaseProblem) {
    var memento = JSONObject()
    var secrets: [String] = []
    for (key, value) in rows {
      if StateDatabase.extensions.contains(key) {
        guard let object = (try? JSONDocument(parsing: value))?.root.object else {
          throw .unreadable("Cline's row is not JSON")
        }
        for (name, value) in object { memento[name] = value }
      } else if key.hasPrefix(StateDatabase.secretPrefix),
        let name = (try? JSONDocument(parsing: Array(key.utf8.dropFirst(9))))?["/key"]?.string
      {
        secrets.append(name)
      }
    }
    self.init(memento: memento, secretNames: secrets.sorted())
  }

  /// The settings of providers as today's `globalState.json` spells them: those of both modes
  /// (3.19.8 and later), or of the single `apiProvider` before, with `previousMode…` for the mode that
  /// was not on when the modes had models of their own (3.2.6 to 3.19.7).
  package var state: JSONObject {
    var state = JSONObject()
    for slot in ProviderSlot.legacy {
      for key in [slot.baseURLKey, slot.apiLineKey].compactMap(\.self) {
        if let value = memento[JSONKey(key)] { state[JSONKey(key)] = value }
      }
    }
    state["openAiHeaders"] = memento["openAiHeaders"]
    let isSingle = Mode.allCases.allSatisfy { memento[$0.providerKey] == nil }
    let current = Mode(rawValue: memento["chatSettings"]?["mode"]?.string ?? "") ?? .act
    let isSeparate = memento["planActSeparateModelsSetting"]?.bool == true
    for mode in Mode.allCases {
      let usesPrevious = isSingle && isSeparate && mode != current
      let provider =
        isSingle
        ? (usesPrevious ? memento["previousModeApiProvider"] : nil) ?? memento["apiProvider"]
        : memento[mode.providerKey]
      guard let id = provider?.string, !id.isEmpty else { continue }
      state[mode.providerKey] = .string(id)
      guard let slot = ProviderSlot.slot(legacyID: id) else { continue }
      let single = JSONKey(
        slot.modelSuffix.prefix(1).lowercased() + slot.modelSuffix.dropFirst())
      let model =
        isSingle
        ? (usesPrevious ? memento["previousModeModelId"] : nil) ?? memento[single]
        : memento[slot.modelKey(mode)]
      if let model { state[slot.modelKey(mode)] = model }
    }
    return state
  }

  /// Whether a provider was ever chosen.
  package var holdsProvider: Bool {
    Mode.allCases.contains { state[$0.providerKey] != nil }
  }
}

extension VSCodeInstallation {
  /// What Cline keeps in VS Code's storage; `nil` where VS Code has none, or nothing of Cline's.
  package func oldStorage(on host: HostEnvironment) throws(StateDatabaseProblem) -> OldStorage? {
    guard let status = try? host.files.status(of: database), status.kind == .file else {
      return nil
    }
    let storage = try OldStorage(rows: host.stateRows(database))
    return storage.memento.isEmpty && storage.secretNames.isEmpty ? nil : storage
  }
}
