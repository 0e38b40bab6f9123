import LosslessJSON

/// A file of MCP servers: who reads it, and whether it is JSON. clinecfg does not edit it.
///
/// Sources: sdk/packages/shared/src/storage/paths.ts (SDK 0.0.78) `resolveMcpSettingsPath`;
/// apps/vscode/src/core/storage/disk.ts of 4.1.13 and of v4.0.12, where VS Code's own storage holds it.
package struct MCPFile: Hashable, Sendable {
  /// Which file.
  package let path: AbsolutePath
  /// Who reads it; empty where nobody does.
  package let readers: [String]
  /// Whether it is there.
  package var isThere = false
  /// What is wrong with it, where it is there and no JSON.
  package var problem: String?

  private static let name = "cline_mcp_settings.json"

  private static func usual(beside locations: ClineLocations) -> AbsolutePath {
    locations.dataDirectory.appending("settings").appending(name)
  }

  /// The file that the SDK's clients read.
  package static func path(
    beside locations: ClineLocations, on host: HostEnvironment
  ) -> AbsolutePath {
    host.variable("CLINE_MCP_SETTINGS_PATH").map { host.workingDirectory.appending($0) }
      ?? usual(beside: locations)
  }

  /// The files of a machine, those that people put in the wrong place included.
  static func all(
    beside locations: ClineLocations, editors: [VSCodeInstallation], on host: HostEnvironment
  ) -> [MCPFile] {
    let (own, named) = (usual(beside: locations), path(beside: locations, on: host))
    var files: [MCPFile] = []
    if named != own {
      files.append(MCPFile(path: named, readers: ["the CLI", "VS Code with the SDK"]))
      files.append(MCPFile(path: own, readers: ["JetBrains", "CLI 2"]))
    } else {
      files.append(
        MCPFile(
          path: own, readers: ["the CLI", "Desktop", "VS Code with the SDK", "JetBrains", "CLI 2"]))
    }
    for editor in editors where editor.startsLegacy(on: host) {
      files.append(
        MCPFile(
          path: editor.userData.appending("User/globalStorage/saoudrizwan.claude-dev/settings")
            .appending(name), readers: ["\(editor.name) with the extension from before the SDK"]))
    }
    if let home = host.homeDirectory {
      files.append(MCPFile(path: home.appending(".cline/mcp.json"), readers: []))
    }
    return files.map { file in
      var file = file
      guard let real = try? host.files.resolve(file.path),
        let contents = try? host.files.read(real, limit: 1 << 20)
      else { return file }
      file.isThere = true
      do throws(JSONSyntaxError) {
        let document = try JSONDocument(parsing: contents.bytes)
        if document.root.object == nil { file.problem = "no object" }
        host.secrets.note { Self.secrets(in: document) }
      } catch {
        file.problem = "\(error)"
      }
      return file
    }
  }

  /// Servers are handed keys in their environment and headers: nothing of them is ever printed.
  private static func secrets(in document: JSONDocument) -> [Secret] {
    guard let servers = document["/mcpServers"]?.object else { return [] }
    return servers.flatMap { _, server in
      ["env", "headers"].flatMap { name in
        (server[JSONKey(name)]?.object ?? [:]).compactMap { $0.value.string.map { Secret($0) } }
      }
    }
  }
}
