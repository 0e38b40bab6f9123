package import LosslessJSON

extension Snapshot {
  /// What is stored of a setting; `nil` and `null` are nothing.
  package func value(of setting: ClineSetting) -> JSONValue? {
    self[setting.file].document?[setting.pointer].flatMap { $0 == .null ? nil : $0 }
  }

  /// The settings that are a person's to set and differ from what Cline has by itself.
  package var ownSettings: [(setting: ClineSetting, value: JSONValue)] {
    ClineSetting.all.compactMap { setting in
      guard setting.owner == .person, setting.file != .vscode, let value = value(of: setting),
        value != setting.standard
      else { return nil }
      return (setting, value)
    }
  }
}

extension ChangeSet {
  /// Sets a setting on top of what a snapshot holds. An object that Cline takes as a whole is filled with
  /// what Cline has by itself.
  package mutating func set(
    _ value: JSONValue, for setting: ClineSetting, on snapshot: Snapshot
  ) {
    guard let whole = setting.whole else {
      return set(value, in: setting.file, at: setting.pointer)
    }
    fill(whole, in: setting.file, on: snapshot)
    set(value, in: setting.file, at: setting.pointer)
  }

  /// Takes a setting back to what Cline has by itself. A member of an object stays in it, with that value.
  package mutating func unset(_ setting: ClineSetting, on snapshot: Snapshot) {
    guard setting.whole != nil, let standard = setting.standard else {
      return remove(from: setting.file, at: setting.pointer)
    }
    guard snapshot.value(of: setting) != nil else { return }
    set(standard, for: setting, on: snapshot)
  }

  /// Adds the members that an object lacks.
  package mutating func fill(
    _ whole: ClineSetting.Whole, in file: SettingsFile, on snapshot: Snapshot
  ) {
    let stored = snapshot[file].document?[whole.pointer]
    guard stored?.object != nil else {
      return set(.object(whole.standard), in: file, at: whole.pointer)
    }
    func add(_ members: JSONObject, at place: JSONPointer, _ stored: JSONValue?) {
      for (key, standard) in members.effective {
        let here = place.appending(key)
        let value = stored?[key]
        if let inner = standard.object, value?.object != nil {
          add(inner, at: here, value)
        } else if value == nil {
          set(standard, in: file, at: here)
        }
      }
    }
    add(whole.standard, at: whole.pointer, stored)
  }
}
