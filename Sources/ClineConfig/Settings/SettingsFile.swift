package import LosslessJSON

/// One of the files that Cline keeps its settings in.
public enum SettingsFile: String, Hashable, Sendable, CaseIterable {
  // In the order in which a change is published: definitions before what points to them, so that
  // a reader between two files never meets a name without its definition.

  /// `settings/models.json`: custom providers and model overrides.
  case models
  /// `secrets.json`: API keys of VS Code and JetBrains.
  case secrets
  /// `settings/providers.json`: provider settings of the SDK, keys and tokens included.
  case providers
  /// `settings/global-settings.json`: settings of the CLI.
  case globalSettings
  /// `globalState.json`: settings, provider ids and Model IDs of VS Code and JetBrains.
  case globalState
  /// VS Code's own `settings.json`, which is in none of Cline's directories: JSON with comments.
  case vscode

  /// Cline's own files, in the order of publishing.
  public static let allCases: [SettingsFile] = [
    .models, .secrets, .providers, .globalSettings, .globalState,
  ]

  /// The place of a model in `models.json`.
  package static func place(ofModel model: String, of provider: String) -> JSONPointer {
    JSONPointer(tokens: ["providers", JSONKey(provider), "models", JSONKey(model)])
  }

  /// The path below the data directory.
  public var relativePath: String {
    switch self {
    case .globalState: "globalState.json"
    case .secrets: "secrets.json"
    case .providers: "settings/providers.json"
    case .models: "settings/models.json"
    case .globalSettings: "settings/global-settings.json"
    case .vscode: "settings.json"
    }
  }

  /// Whether it holds keys, and so is never wider than 0600.
  package var holdsSecrets: Bool { self == .secrets || self == .providers }

  /// How its readers read it.
  package var dialect: JSONDocument.Dialect { self == .vscode ? .jsonc : .strict }

  func document(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONDocument {
    try JSONDocument(parsing: bytes, dialect: dialect)
  }

  /// Whether Cline's own writer ends the file with a line break.
  var endsWithNewline: Bool { self != .globalState && self != .secrets }

  /// A new file, before anything is set in it.
  var blank: JSONDocument {
    let value: JSONValue =
      switch self {
      case .providers: ["version": 1, "modes": [:], "providers": [:]]
      case .models: ["version": 1, "providers": [:]]
      case .globalState, .secrets, .globalSettings, .vscode: [:]
      }
    var document = (try? JSONDocument(value)) ?? .emptyObject
    if endsWithNewline { document.bytes.append(UInt8(ascii: "\n")) }
    return document
  }
}
