/// STORE518: MCP servers where nobody reads them, or in a file that is no JSON.
struct MCPServers: MachineRule {
  private static func with(_ file: MCPFile) -> Surroundings {
    .with {
      let usual = MCPFile(
        path: AbsolutePath.root.appending("home/u/.cline/data/settings/cline_mcp_settings.json"),
        readers: ["the CLI"])
      $0.mcp = [usual, file]
    }
  }
  private static let stray = AbsolutePath.root.appending("home/u/.cline/mcp.json")

  static let documentation = RuleDocumentation(
    .mcpServers, name: "mcp-servers", severity: .warning,
    summary: "MCP servers stand where no client reads them, or their file is not JSON.",
    rationale:
      "Cline's clients read cline_mcp_settings.json in the settings of the data directory, or where "
      + "CLINE_MCP_SETTINGS_PATH says; the extension from before the SDK reads it in VS Code's own "
      + "storage. Guides name ~/.cline/mcp.json and cline.mcpServers, which nobody reads. A file that is "
      + "no JSON means no server at all.",
    exceptions: "What the servers are is not looked at, and the file is never edited.",
    examples: [
      .accepts(MachineExample([:])),
      .accepts(MachineExample([:], with(MCPFile(path: stray, readers: [])))),
      .flags(MachineExample([:], with(MCPFile(path: stray, readers: [], isThere: true))), .warning),
      .flags(
        MachineExample(
          [:],
          with(
            MCPFile(
              path: stray, readers: ["the CLI"], isThere: true,
              problem: "expected a value at line 1, column 1"))), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let usual = machine.surroundings.mcp.first
    return machine.surroundings.mcp.compactMap { file in
      guard file.isThere else { return nil }
      if file.readers.isEmpty {
        return finding(
          "no client reads \(file.path)", about: .setup,
          fix: usual.map {
            .advice(
              "put the servers into \($0.path), which \($0.readers.joined(separator: ", ")) read")
          })
      }
      return file.problem.map { problem in
        finding(
          "\(file.path) is not JSON (\(problem)): \(file.readers.joined(separator: ", ")) start no MCP server",
          about: .setup, fix: .advice("correct it in an editor"))
      }
    }
  }
}
