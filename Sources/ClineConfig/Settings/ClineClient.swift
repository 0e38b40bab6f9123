/// A program that reads Cline's settings, each in its own way.
public enum ClineClient: String, Hashable, Sendable, CaseIterable {
  /// VS Code's legacy bundle (the 3.89 line, 4.0.1 to 4.0.12, and one half of 4.1).
  case vscodeLegacy = "vscode-legacy"
  /// VS Code's SDK bundle (the other half of 4.1).
  case vscodeSDK = "vscode-sdk"
  /// The CLI since 3.0.
  case cli
  /// The CLI 2.x and JetBrains.
  case cli2

  /// Its name for people.
  public var name: String {
    switch self {
    case .vscodeLegacy: "VS Code (legacy bundle)"
    case .vscodeSDK: "VS Code (SDK bundle)"
    case .cli: "Cline CLI"
    case .cli2: "JetBrains, CLI 2"
    }
  }

  /// The files that decide what it sends.
  package var files: [SettingsFile] {
    switch self {
    case .vscodeLegacy, .cli2: [.globalState, .secrets]
    case .vscodeSDK: [.globalState, .secrets, .providers, .models]
    case .cli: [.providers, .models, .globalState, .secrets]
    }
  }
}
