import LosslessJSON

extension Machine {
  /// The first part of each setting's place.
  private static let settingNames: Set<JSONKey> = {
    let all = ClineSetting.all
    var names = Set<JSONKey>(minimumCapacity: all.count)
    for index in all.indices { names.formUnion(all[index].pointer.tokens.prefix(1)) }
    return names
  }()

  /// What single rules make of the settings that are stored, objects that Cline takes as a whole aside.
  func stored(
    _ judge: (ClineSetting, JSONValue) -> Finding?
  ) -> [Finding] {
    let files: [SettingsFile] = [.globalState, .globalSettings]
    var present: [SettingsFile: Set<JSONKey>] = [:]
    for file in files where main[file].problem == nil {
      present[file] = main[file].document?.memberNames(among: Self.settingNames)
    }
    let all = ClineSetting.all
    // By index: most are not there, and to copy each takes longer than to ask.
    return all.indices.compactMap { index in
      guard let name = all[index].pointer.tokens.first,
        present[all[index].file]?.contains(name) == true, let value = main.value(of: all[index])
      else { return nil }
      return judge(all[index], value)
    }
  }
}

extension ClineSetting {
  /// What to do about a value that is none of the setting's: write the one that it means, where it means
  /// one.
  func mending(_ value: JSONValue, into words: String) -> Finding.Fix {
    guard let meant = value.string.flatMap(kind.value) else {
      return .advice("take it out, so that Cline's own value counts:\(.unset(place))")
    }
    var edits = ChangeSet()
    edits.set(meant, in: file, at: pointer)
    return .edits("make \(name) \(words)", edits: edits)
  }
}
