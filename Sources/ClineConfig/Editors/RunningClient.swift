import LosslessJSON

/// A program that has Cline's settings in memory, or may write them.
package struct RunningClient: Hashable, Sendable, CustomStringConvertible {
  /// For people: `VS Code`, `Cline hub`.
  package let name: String
  /// Its process.
  package let process: Int32

  /// Describes a program.
  package init(name: String, process: Int32) {
    self.name = name
    self.process = process
  }

  /// `VS Code (process 4711)`
  package var description: String { process == 0 ? name : "\(name) (process \(process))" }

  /// The programs that would lose, or write over, a change of these files.
  package static func all(on host: HostEnvironment, in locations: ClineLocations) -> [RunningClient]
  {
    all(on: host, dataDirectories: [locations], processes: host.processes())
  }

  /// What runs now: hubs that announce themselves, Cline's command, editors that have Cline.
  static func all(
    on host: HostEnvironment, dataDirectories: [ClineLocations], processes: [RunningProcess]
  ) -> [RunningClient] {
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
    for flavour in VSCodeFlavour.all {
      let extensions = host.homeDirectory?.appending(flavour.extensions)
      guard extensions.flatMap({ ClineVersion.installed(in: $0, on: host) }) != nil else {
        continue
      }
      // One process stands for all of an editor.
      if let process = own.first(where: flavour.runs) {
        found.append(RunningClient(name: flavour.name, process: process.id))
      }
    }
    return found
  }

  /// As `cline doctor` looks for its own: the command, or a script of its package.
  private static func isCline(_ process: RunningProcess) -> Bool {
    let program = process.program.lastComponent
    if program == "cline" { return true }
    guard program == "node" || program == "bun" else { return false }
    let words = process.words
    guard words.count > 1 else { return false }
    return words[1][...].lastComponent == "cline" || words[1].contains("/cline/dist/")
      || words.contains("--cline-hub-daemon")
  }
}
