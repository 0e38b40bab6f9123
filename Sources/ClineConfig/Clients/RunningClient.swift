/// A program that has Cline's settings in memory, or may write them.
public struct RunningClient: Hashable, Sendable, CustomStringConvertible {
  /// For people: `VS Code`, `Cline hub`.
  public let name: String
  /// Its process.
  public let process: Int32

  /// Describes a program.
  public init(name: String, process: Int32) {
    self.name = name
    self.process = process
  }

  /// `VS Code (process 4711)`
  public var description: String { process == 0 ? name : "\(name) (process \(process))" }

  /// Editors that Cline's extension runs in: how their processes are called, and where their
  /// extensions are, below the home directory. (Their main process is named after the product on
  /// Linux; on macOS the application's folder names it.)
  static let editors: [(name: String, programs: [String], extensions: String)] = [
    ("VS Code", ["code", "Visual Studio Code.app"], ".vscode/extensions"),
    (
      "VS Code Insiders", ["code-insiders", "Visual Studio Code - Insiders.app"],
      ".vscode-insiders/extensions"
    ),
    ("VSCodium", ["codium", "VSCodium.app"], ".vscode-oss/extensions"),
    ("Cursor", ["cursor", "Cursor.app"], ".cursor/extensions"),
    ("Windsurf", ["windsurf", "Windsurf.app"], ".windsurf/extensions"),
    ("code-server", ["code-server"], ".local/share/code-server/extensions"),
    ("VS Code Server", [".vscode-server/"], ".vscode-server/extensions"),
  ]

  /// The programs that would lose, or write over, a change of these files.
  public static func all(on host: HostEnvironment, in locations: ClineLocations) -> [RunningClient]
  {
    all(on: host, dataDirectories: [locations])
  }

  /// What runs now: hubs that announce themselves, Cline's command, editors that have Cline.
  static func all(
    on host: HostEnvironment, dataDirectories: [ClineLocations]
  ) -> [RunningClient] {
    let processes = host.processes()
    guard !processes.isEmpty else { return [] }
    let owner = (try? host.homeDirectory.flatMap { try host.files.status(of: $0) })?.owner.user
    let own = processes.filter { owner == nil || $0.user == owner }
    var found: [RunningClient] = []
    for locations in dataDirectories {
      // locks/hub/production.json: a discovery record with the hub's pid (SDK 0.0.78).
      let record = locations.dataDirectory.appending("locks/hub/production.json")
      guard let contents = try? host.files.read(record, limit: 1 << 20),
        let document = try? JSONDocument(parsing: contents.bytes),
        let id = document["/pid"]?.number?.exactly(as: Int32.self),
        processes.contains(where: { $0.id == id })
      else { continue }
      found.append(RunningClient(name: "Cline hub", process: id))
    }
    for process in own where !found.contains(where: { $0.process == process.id }) {
      if isCline(process) { found.append(RunningClient(name: "Cline CLI", process: process.id)) }
    }
    for editor in editors where hasCline(editor.extensions, on: host) {
      // One process stands for all of an editor.
      if let process = own.first(where: { runs(editor.programs, $0) }) {
        found.append(RunningClient(name: editor.name, process: process.id))
      }
    }
    return found
  }

  /// As `cline doctor` looks for its own: the command, or a script of its package.
  private static func isCline(_ process: RunningProcess) -> Bool {
    let program = process.words.first.map(lastComponent)
    if program == "cline" { return true }
    guard program == "node" || program == "bun", process.words.count > 1 else { return false }
    let script = process.words[1]
    return lastComponent(script) == "cline" || script.contains("/cline/dist/")
      || process.words.contains("--cline-hub-daemon")
  }

  private static func runs(_ programs: [String], _ process: RunningProcess) -> Bool {
    guard let word = process.words.first else { return false }
    return programs.contains { program in
      program.contains(".app") || program.hasSuffix("/")
        ? word.contains(program) : lastComponent(word) == program
    }
  }

  private static func hasCline(_ extensions: String, on host: HostEnvironment) -> Bool {
    guard let home = host.homeDirectory else { return false }
    return ((try? host.files.names(in: home.appending(extensions))) ?? []).contains {
      $0.hasPrefix("saoudrizwan.claude-dev-") || $0.hasPrefix("saoudrizwan.cline-nightly-")
    }
  }

  private static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
