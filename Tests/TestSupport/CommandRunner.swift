package import ClineConfig
import ClinecfgCommands
import CommandLineTool
import Foundation
package import LosslessJSON

/// A command line run in memory, and what came of it.
package struct CommandRun {
  package let code: Int32
  package let output: String
  package let notes: String

  package init(code: Int32, output: String = "", notes: String = "") {
    (self.code, self.output, self.notes) = (code, output, notes)
  }

  /// The one document that `--json` prints.
  package var json: JSONValue {
    get throws { try JSONDocument(parsing: Array(output.utf8)).root }
  }
}

/// A machine in memory on which commands run.
package struct TestMachine {
  package var files: InMemoryFileSystem
  package var variables: [String: String]
  /// The programs that run on it.
  package var processes: @Sendable () -> [RunningProcess] = { [] }
  /// What becomes of programs that are run.
  package var runner: @Sendable (ChildProcess) -> ChildProcess.Result? = { _ in nil }
  /// What becomes of programs that take the terminal over.
  package var front: @Sendable (ForegroundProcess, (Int32) -> Void) -> Int32? = { _, _ in nil }
  /// The providers as a test has them.
  package var transport: any HTTPTransport = NoTransport()
  /// What VS Code's own storage holds of Cline, by the database's path.
  package var databases: [String: [(key: String, value: [UInt8])]] = [:]
  package var hasSQLite = true
  /// What another program does while a command waits.
  package var whenSleeping: (@Sendable (InMemoryFileSystem) -> Void)?
  /// Moves the time on.
  package let clock = TestClock()
  private let host: HostEnvironment

  package init(
    _ files: InMemoryFileSystem = InMemoryFileSystem(), variables: [String: String] = [:]
  ) {
    self.files = files
    self.variables = variables
    host = .test(files)
    files.putDirectory("/home/u")
  }

  /// A machine whose data directory is a fixture, links included.
  package init(fixture: String, variables: [String: String] = [:]) throws {
    self.init(variables: variables)
    let root = Fixtures.root.appending(path: "Fixtures/cline/\(fixture)")
    let manager = FileManager.default
    for case let path as String in manager.enumerator(atPath: root.path) ?? .init() {
      let file = root.appending(path: path).path
      if let target = try? manager.destinationOfSymbolicLink(atPath: file) {
        files.putLink(target, at: testData + "/" + path)
      } else if let data = manager.contents(atPath: file) {
        let isSecret =
          path.hasSuffix("secrets.json") || path.hasSuffix("providers.json")
          || path.hasSuffix("keys.json")
        files.put(Array(data), at: testData + "/" + path, mode: isSecret ? 0o600 : 0o644)
      }
    }
  }

  package func run(_ words: String..., input: String = "", console: RecordingConsole? = nil)
    -> CommandRun
  {
    run(words, input: input, console: console)
  }

  package func run(_ words: [String], input: String = "", console: RecordingConsole? = nil)
    -> CommandRun
  {
    let console = console ?? RecordingConsole(input: input)
    var host = host
    host.variables = variables
    host.processes = processes
    let (now, clock, files, whenSleeping) = (host.now, clock, files, whenSleeping)
    host.now = { Timestamp(milliseconds: now().milliseconds + clock.milliseconds) }
    host.sleep = { _ in whenSleeping?(files) }
    host.run = runner
    host.runInFront = front
    host.transport = transport
    let (databases, hasSQLite) = (databases, hasSQLite)
    host.stateRows = { path throws(StateDatabaseProblem) in
      guard hasSQLite else { throw .noProgram }
      guard let rows = databases[path.description] else {
        throw .unreadable("file is not a database")
      }
      return rows
    }
    let context = Context(host: host, console: console)
    let code = Clinecfg.run(words, in: context)
    return CommandRun(code: code.rawValue, output: console.output, notes: console.notes)
  }

  /// The settings files and links of the data directory, without our own.
  package var stores: [String: [UInt8]] {
    files.files(below: testData).filter { !$0.key.contains("/.clinecfg/") }
  }
}
