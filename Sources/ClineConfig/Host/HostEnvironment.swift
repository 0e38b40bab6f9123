import LosslessJSON

/// All that the library knows of the machine it runs on, as one value.
///
/// The command makes one at its start; tests make their own.
public struct HostEnvironment: Sendable {
  /// The environment variables, by name.
  public var variables: [String: String]
  /// The user's home directory as the system knows it; `nil` where it knows none.
  package var homeDirectory: AbsolutePath?
  /// What relative paths in variables are relative to.
  package var workingDirectory: AbsolutePath
  /// The files.
  package var files: any FileSystem
  /// The files with the rights of this process.
  private let ownFiles: any FileSystem
  /// The files with the rights of another user, which only root can take.
  var filesOf: @Sendable (FileOwner) -> (any FileSystem)? = { _ in nil }
  /// The time.
  package var now: @Sendable () -> Timestamp
  /// A name that nobody has used or can guess: 32 hexadecimal digits.
  package var uniqueName: @Sendable () -> String
  /// Waits, in milliseconds.
  package var sleep: @Sendable (Int) -> Void
  /// The programs that run now, in no order; empty where the system does not tell.
  package var processes: @Sendable () -> [RunningProcess] = { [] }
  /// The system's name, its release and the processor; `nil` where it does not tell.
  package var systemName: @Sendable () -> String? = { nil }
  /// Runs a program for its output; `nil` where it cannot be started. Arguments and environment
  /// never hold a key.
  package var run: @Sendable (ChildProcess) -> ChildProcess.Result? = { _ in nil }
  /// Runs a program that takes the terminal over, and tells its number as soon as it runs; `nil` where it
  /// cannot be started.
  package var runInFront: @Sendable (ForegroundProcess, (Int32) -> Void) -> Int32? = { _, _ in nil }
  /// What new files of other programs lack: as `umask` was before this process set its own.
  package var fileMask: UInt32 = 0o022
  /// How providers are asked.
  package var transport: any HTTPTransport = NoTransport()
  /// Cline's rows of VS Code's `state.vscdb`.
  package var stateRows:
    @Sendable (AbsolutePath) throws(StateDatabaseProblem) -> [(key: String, value: [UInt8])] = {
      (_) throws(StateDatabaseProblem) in throw StateDatabaseProblem.noProgram
    }
  /// The secrets that were met: nothing that is printed may hold one.
  package var secrets = SecretsInPlay()
  /// Holds back interruption by signals until the returned function is called.
  package var holdInterruptions: @Sendable () -> (@Sendable () -> Void) = { {} }

  /// Creates an environment.
  package init(
    variables: [String: String], homeDirectory: AbsolutePath?, workingDirectory: AbsolutePath,
    files: any FileSystem, now: @escaping @Sendable () -> Timestamp,
    uniqueName: @escaping @Sendable () -> String, sleep: @escaping @Sendable (Int) -> Void
  ) {
    self.variables = variables
    self.homeDirectory = homeDirectory
    self.workingDirectory = workingDirectory
    self.files = files
    ownFiles = files
    self.now = now
    self.uniqueName = uniqueName
    self.sleep = sleep
  }

  /// The same for work at and below a path. Where root looks after somebody else's files, every file
  /// call is then made with that user's rights: files of root's are out of reach, whatever is planted.
  package func acting(in directory: AbsolutePath) -> HostEnvironment {
    guard ownFiles.user == 0 else { return self }
    var host = self
    let owner = (try? ownFiles.authority(over: directory)) ?? nil
    host.files = owner.flatMap { filesOf($0) } ?? ownFiles
    return host
  }

  /// Whether somebody else than root, as which this runs, has a say over a path.
  package func isOthers(_ directory: AbsolutePath) -> Bool {
    guard ownFiles.user == 0 else { return false }
    let owner = (try? ownFiles.authority(over: directory)) ?? nil
    return owner.map { $0.user != 0 } ?? false
  }

  /// The program of a name, by `PATH`; `nil` where there is none.
  package func program(_ name: String) -> AbsolutePath? {
    (variables["PATH"] ?? "").split(separator: ":").lazy.compactMap { directory in
      AbsolutePath(String(directory))?.appending(name)
    }.first { path in
      guard let real = try? ownFiles.resolve(path),
        let status = try? ownFiles.status(of: real)
      else {
        return false
      }
      return status.kind == .file && status.mode.rawValue & 0o111 != 0
    }
  }

  /// Where people keep files for clinecfg; `nil` without a home directory. The XDG Base Directory
  /// Specification ignores relative paths.
  package var configurationDirectory: AbsolutePath? {
    let base =
      variables["XDG_CONFIG_HOME"].flatMap { AbsolutePath($0) }
      ?? homeDirectory?.appending(".config")
    return base?.appending("clinecfg")
  }

  /// Where clinecfg remembers things that nobody misses; `nil` without a home directory.
  var stateDirectory: AbsolutePath? {
    let base =
      variables["XDG_STATE_HOME"].flatMap { AbsolutePath($0) }
      ?? homeDirectory?.appending(".local/state")
    return base?.appending("clinecfg")
  }

  /// A variable without the white space around it; `nil` when unset or blank.
  func variable(_ name: String) -> String? {
    variables[name].flatMap { JavaScript.trim($0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// A program that runs on this machine.
package struct RunningProcess: Hashable, Sendable {
  /// Its number.
  package let id: Int32
  /// Whose it is.
  package let user: UInt32
  private let line: String

  /// Describes a process; `words` are what it was started with, the program first.
  package init(id: Int32, user: UInt32, words: [String]) {
    self.init(id: id, user: user, line: words.joined(separator: "\0"))
  }

  /// A process as the system tells of it: a NUL stands between the words.
  init(id: Int32, user: UInt32, line: String) {
    self.id = id
    self.user = user
    self.line = line
  }

  /// What it was started with, the program first.
  package var words: [String] { line.utf8.split(separator: 0).map { String(Substring($0)) } }
  /// The first of the words. Of most processes no other is asked.
  var program: Substring { Substring(line.utf8.drop { $0 == 0 }.prefix { $0 != 0 }) }
}

extension HostEnvironment: Unprinted {}

extension RunningProcess: Unprinted {}
