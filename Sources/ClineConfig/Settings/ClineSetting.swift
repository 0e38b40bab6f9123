package import LosslessJSON

/// A setting of Cline's by its name: where it stands, what it may be, what Cline takes where it is not set.
package struct ClineSetting: Hashable, Sendable {
  /// The name that people use: `auto-approve.read-files`. Made when it is asked for: rules look at each
  /// setting, and at the names of few.
  package var name: String { prefix + Self.kebab(word) }
  private let prefix: String
  private let word: String
  /// The file that holds it.
  package let file: SettingsFile
  /// Its place there.
  package let pointer: JSONPointer
  /// What it may be.
  package let kind: SettingKind
  /// What Cline takes where it is not set; `nil` for nothing.
  package let standard: JSONValue?
  /// What it does, in half a sentence. Put together when it is asked for, as the name is.
  package var meaning: String { whom.isEmpty ? says : "\(says) \(whom)" }
  private let says: String
  /// Whom it is about, the last words of the sentence.
  private let whom: String
  /// What a number counts.
  package var unit: String?
  /// Whose it is to set.
  package let owner: Owner
  /// The object that it is a member of, where Cline takes that as a whole.
  package var whole: Whole?

  /// Whose a setting is to set.
  package enum Owner: String, Hashable, Sendable {
    /// A person's.
    case person
    /// A provider's: `set-provider` sets it.
    case provider
    /// Cline's own notes.
    case cline
  }

  /// Whether only the extension from before the SDK has it.
  var isLegacy = false

  /// An object that Cline takes as it is: a member that lacks is missed at run time.
  package struct Whole: Hashable, Sendable {
    /// Its place in the file.
    package let pointer: JSONPointer
    /// All members, as Cline has them by itself.
    package let standard: JSONObject
    /// Members that nobody misses.
    package var optional: Set<String> = []
    /// Whether Cline fills in what lacks.
    package var isFilled = false
  }

  /// The place of its value.
  package var place: StorePlace { StorePlace(file, pointer) }

  /// Who reads it, in words.
  package var readers: String {
    switch file {
    case _ where isLegacy: "JetBrains, CLI 2, and VS Code with the extension from before the SDK"
    case .globalSettings: "the CLI"
    case .vscode: "VS Code"
    default: "VS Code, JetBrains and CLI 2"
    }
  }

  /// A setting by its name, or by Cline's own key.
  package static func named(_ name: String) -> ClineSetting? {
    all.first { $0.name == name }
      ?? all.first { $0.key == name && $0.whole == nil }
      ?? all.first { $0.name.lowercased() == name.lowercased() }
  }

  /// Cline's own key, where it stands at the top of its file.
  package var key: String? { pointer.tokens.count == 1 ? pointer.tokens[0].text : nil }

  /// Every setting: first those that people set.
  package static let all: [ClineSetting] =
    [people, window, command, editor, legacy, providers, notes].flatMap(\.self)
}

extension ClineSetting {
  init(
    _ key: String, is kind: SettingKind, standard: JSONValue?, to meaning: String,
    of whom: String = "", unit: String? = nil, owner: Owner = .person,
    file: SettingsFile = .globalState, prefix: String = ""
  ) {
    (self.prefix, word) = (prefix, key)
    self.file = file
    pointer = JSONPointer(tokens: [JSONKey(key)])
    (self.kind, self.standard, self.unit) = (kind, standard, unit)
    (says, self.whom) = (meaning, whom)
    self.owner = owner
  }

  init(
    _ key: String, is kind: SettingKind, to meaning: String, of whom: String = "",
    unit: String? = nil, owner: Owner = .person, file: SettingsFile = .globalState,
    prefix: String = ""
  ) {
    self.init(
      key, is: kind, standard: nil, to: meaning, of: whom, unit: unit, owner: owner, file: file,
      prefix: prefix)
  }

  init(
    _ path: String, in whole: Whole, as prefix: String, is kind: SettingKind,
    to meaning: String,
    unit: String? = nil, owner: Owner = .person
  ) {
    let parts = path.split(separator: ".").map(String.init)
    (self.prefix, word) = (prefix + ".", parts.last ?? "")
    file = .globalState
    pointer = JSONPointer(tokens: whole.pointer.tokens + parts.map { JSONKey($0) })
    self.kind = kind
    (says, whom) = (meaning, "")
    self.unit = unit
    var value: JSONValue? = .object(whole.standard)
    for part in parts { value = value?[JSONKey(part)] }
    standard = value
    self.owner = owner
    self.whole = whole
  }

  /// `preferredLanguage` as `preferred-language`, without the word that says that it is a setting.
  private static func kebab(_ key: String) -> String {
    guard key != "cline.rollout.bundleOverride" else { return "bundle" }
    var bytes: [UInt8] = []
    for byte in key.utf8 {
      if byte != byte.lowercased { bytes.append(UInt8(ascii: "-")) }
      bytes.append(byte.lowercased)
    }
    let name = String(decoding: bytes, as: UTF8.self)
    return name.hasSuffix("-setting") ? String(name.dropLast("-setting".count)) : name
  }
}
