import LosslessJSON

/// Where one client of Cline keeps its files.
public struct ClineLocations: Hashable, Sendable {
  /// The data directory, by default `~/.cline/data`.
  public var dataDirectory: AbsolutePath
  /// What decided where the files are.
  package internal(set) var decidedBy: Decision
  private var overrides: [SettingsFile: AbsolutePath] = [:]

  /// What decides where Cline's files are.
  package enum Decision: Hashable, Sendable {
    /// Whoever asks named the directory.
    case caller
    /// Environment variables, by their names.
    case variables([String])
    /// The home directory of the user.
    case home
  }

  /// The directory, where the caller named it.
  var override: AbsolutePath? { decidedBy == .caller ? dataDirectory : nil }

  /// A data directory with every file at its place in it.
  public init(dataDirectory: AbsolutePath) {
    self.init(dataDirectory: dataDirectory, decidedBy: .caller)
  }

  private init(dataDirectory: AbsolutePath, decidedBy: Decision) {
    self.dataDirectory = dataDirectory
    self.decidedBy = decidedBy
  }

  /// VS Code's settings alone; journal and backups are where Cline's are.
  package static func vscode(settings: AbsolutePath, beside locations: ClineLocations)
    -> ClineLocations
  {
    var vscode = locations
    vscode.overrides = [.vscode: settings]
    return vscode
  }

  /// The files that are read and changed together.
  var files: [SettingsFile] {
    overrides[.vscode] == nil ? SettingsFile.allCases : [.vscode]
  }

  /// Where a file is.
  public func path(of file: SettingsFile) -> AbsolutePath {
    overrides[file] ?? dataDirectory.appending(file.relativePath)
  }

  /// Whether both name the same files, however that was decided.
  package func isSame(as other: ClineLocations) -> Bool {
    dataDirectory == other.dataDirectory && overrides == other.overrides
      || SettingsFile.allCases.allSatisfy { path(of: $0) == other.path(of: $0) }
  }

  /// Where `client` reads on this machine; `nil` without any home directory.
  ///
  /// Sources: sdk/packages/shared/src/storage/paths.ts (SDK 0.0.78) for the CLI;
  /// apps/vscode/src/shared/storage/storage-context.ts of 4.1.13 and of v4.0.12 for VS Code;
  /// apps/vscode/src/standalone/vscode-context.ts for JetBrains.
  ///
  /// - Parameters:
  ///   - client: Who reads.
  ///   - host: The machine.
  ///   - override: A directory that the user names; it decides for every client.
  public static func find(
    for client: ClineClient, on host: HostEnvironment, override: AbsolutePath? = nil
  ) -> ClineLocations? {
    if let override { return ClineLocations(dataDirectory: override, decidedBy: .caller) }
    switch client {
    case .vscodeSDK: return sdk(on: host, home: host.homeDirectory)
    case .cli, .desktop, .acp:
      guard var locations = sdk(on: host, home: host.homeDirectory) else { return nil }
      if let path = host.variable("CLINE_PROVIDER_SETTINGS_PATH") {
        let providers = host.workingDirectory.appending(path)
        locations.overrides[.providers] = providers
        locations.overrides[.models] = providers.parent.appending("models.json")
        locations.decidedBy.add("CLINE_PROVIDER_SETTINGS_PATH")
      }
      if let path = host.variable("CLINE_GLOBAL_SETTINGS_PATH") {
        locations.overrides[.globalSettings] = host.workingDirectory.appending(path)
      }
      return locations
    case .vscodeLegacy, .jetbrains, .cli2:
      // Not trimmed, and CLINE_DATA_DIR is unknown to it.
      if let directory = host.variables["CLINE_DIR"], !directory.isEmpty {
        return ClineLocations(
          dataDirectory: host.workingDirectory.appending(directory).appending("data"),
          decidedBy: .variables(["CLINE_DIR"]))
      }
      return host.homeDirectory.map(standard)
    }
  }

  private static func sdk(on host: HostEnvironment, home: AbsolutePath?) -> ClineLocations? {
    if let directory = host.variable("CLINE_DATA_DIR") {
      return ClineLocations(
        dataDirectory: host.workingDirectory.appending(directory),
        decidedBy: .variables(["CLINE_DATA_DIR"]))
    }
    if let directory = host.variable("CLINE_DIR") {
      return ClineLocations(
        dataDirectory: host.workingDirectory.appending(directory).appending("data"),
        decidedBy: .variables(["CLINE_DIR"]))
    }
    return home.map(standard)
  }

  private static func standard(_ home: AbsolutePath) -> ClineLocations {
    ClineLocations(dataDirectory: home.appending(".cline/data"), decidedBy: .home)
  }
}

extension ClineLocations.Decision: CustomStringConvertible {
  /// In words: `CLINE_DIR`, `the home directory`.
  package var description: String {
    switch self {
    case .caller: "the directory that was named"
    case .variables(let names): names.joined(separator: ", ")
    case .home: "the home directory"
    }
  }

  fileprivate mutating func add(_ variable: String) {
    switch self {
    case .variables(let names): self = .variables(names + [variable])
    case .home: self = .variables(["the home directory", variable])
    case .caller: break
    }
  }
}
