/// A program that reads Cline's settings, each in its own way. In the order in which people are told.
public enum ClineClient: String, Hashable, Sendable, CaseIterable {
  /// VS Code, with the extension that is built on Cline's SDK (4.0.0, and since 4.1).
  case vscodeSDK = "vscode-sdk"
  /// VS Code, with the extension from before the SDK (3.66 to 3.89, 4.0.1 to 4.0.12, and one half of
  /// some later ones).
  case vscodeLegacy = "vscode-legacy"
  /// The CLI since 3.0.
  case cli
  /// The desktop app, which keeps its choice of a provider to itself.
  case desktop
  /// The CLI as an agent of another editor, such as Zed (`cline --acp`).
  case acp
  /// JetBrains' editors: plugins up to July 2026 read as CLI 2 does, later ones as VS Code.
  case jetbrains
  /// The CLI from before the SDK (2.x).
  case cli2

  /// Its name for people.
  public var name: String {
    switch self {
    case .vscodeSDK: "VS Code"
    case .vscodeLegacy: "VS Code (legacy extension)"
    case .cli: "CLI"
    case .desktop: "Desktop"
    case .acp: "ACP (Zed and others)"
    case .jetbrains: "JetBrains"
    case .cli2: "CLI 2"
    }
  }

  /// Those whose choice of a provider stands in Cline's files: what rules judge. Desktop keeps its own,
  /// and ACP has it from the environment.
  static let judged: [ClineClient] = [.vscodeSDK, .vscodeLegacy, .cli, .jetbrains, .cli2]

  /// Whether it reads as the extension from before the SDK does.
  package var isLegacy: Bool { self == .vscodeLegacy || self == .jetbrains || self == .cli2 }

  /// The files that decide what it sends.
  package var files: [SettingsFile] {
    switch self {
    case .vscodeLegacy, .jetbrains, .cli2: [.globalState, .secrets]
    case .vscodeSDK: [.globalState, .secrets, .providers, .models]
    case .cli, .desktop, .acp: [.providers, .models, .globalState, .secrets]
    }
  }
}
