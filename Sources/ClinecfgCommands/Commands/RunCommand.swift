import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg run PROFILE -- COMMAND`: one command with a set-up, and nothing at rest.
enum RunCommand {
  private static let profile = Argument<String>.positional(
    "PROFILE", help: "a saved profile, or a file", completion: .dynamic("profiles"))
  private static let words = Argument<String>.rest(
    "COMMAND...", help: "the program and its arguments, such as cline")
  private static let session = Argument<Bool>.choice(
    "--session", value: "WHAT",
    help: "keep what Cline writes about the session, or drop it (default)",
    among: ["keep", "drop"]
  ) { $0 == "keep" }

  static let command = Command<Context>(
    abstract: "run one command with a profile, in a private data directory that is gone afterwards",
    discussion:
      "Cline's files are made in a directory that only you can read, with the key from where the profile "
      + "says, and every CLINE_ variable leads there; no variable of the command holds the key. Your own "
      + "settings and MCP servers come along. The directory is removed when the command ends, also by a "
      + "signal; what a killed run left is removed by the next. The exit code is the command's. With "
      + "--session keep its history goes to Cline's usual directory.",
    arguments: [profile, session] + Options.setup + [words],
    examples: [
      Example("clinecfg run work -- cline 'say hello'", "once, with another provider"),
      Example("clinecfg run ./cline.json --session keep -- cline", "and keep the history"),
    ],
    action: { context, arguments in
      let run = Invocation(of: context, arguments)
      do {
        return try perform(run)
      } catch {
        return run.tell(Failure(any: error))
      }
    })

  private static func perform(_ run: Invocation) throws -> ExitCode {
    guard !run[Options.json] else {
      throw Failure(.usage, "the output is the command's own: there is no --json for it")
    }
    let words = run.arguments.all(words)
    guard let program = try program(words.first ?? "", for: run) else {
      throw Failure(
        .noInput, "there is no program '\(run.catalog.shown(words.first ?? ""))' on PATH",
        help: "install it, or name it by its path")
    }
    let source = try source(run)
    let own = try run.store()
    let snapshot = own.load()
    var settings = source.profile.settings
    let present = PresentSetup(of: snapshot, catalog: run.catalog, on: run.host)
    for (name, value) in present.settings where settings[name] == nil { settings[name] = value }

    // From here on nothing is left behind but by SIGKILL.
    let release = run.host.holdInterruptions()
    defer { release() }
    let directory: PrivateSession
    do throws(FileSystemError) {
      directory = try PrivateSession(on: run.host)
    } catch {
      throw Failure(StoreError(error))
    }
    let code: ExitCode
    do {
      code = try perform(
        [program.description] + words.dropFirst(), in: directory, as: source,
        with: settings, beside: own, for: run)
    } catch {
      try? directory.remove()
      throw error
    }
    do throws(FileSystemError) {
      try directory.remove()
    } catch {
      run.say("\(directory.root) could not be removed: \(error)")
      return code == .success ? .inputOutput : code
    }
    return code
  }

  private static func perform(
    _ words: [String], in directory: PrivateSession, as source: ProfileSource,
    with settings: JSONObject, beside own: SettingsStore, for run: Invocation
  ) throws -> ExitCode {
    var host = run.host
    host.variables = host.variables.filter { !$0.key.hasPrefix("CLINE_") }
    let setting = source.settingUp(run)
    var planner = try setting.planner(for: own)
    let (choices, variables) = planner.choosingStoredKeys(
      source.profile.choices, from: own.load())
    host.variables.merge(variables) { $1 }
    let store = SettingsStore(
      locations: ClineLocations(dataDirectory: directory.data), host: host)
    planner = try setting.planner(for: store)
    planner.options.settings = settings
    if !run[Options.verify] { planner.options.verification = .never }
    let plan = try setting.telling { () throws(SetupError) in
      let plan = try planner.plan(choices)
      _ = try planner.verify(plan)
      try planner.commit(plan, command: "run")
      return plan
    }
    for finding in plan.findings where finding.severity != .info { run.say(finding.line) }
    let mcp = MCPFile.path(beside: own.locations, on: run.host)
    let hasMCP = (try? run.host.files.status(of: mcp)) != nil
    let process = ForegroundProcess(
      arguments: words,
      environment: directory.environment(
        without: plan.secrets + host.secrets.all,
        keepingSessionIn: run[session] == true ? own.locations.dataDirectory : nil,
        mcp: hasMCP ? mcp : nil), fileMask: host.fileMask)
    guard let status = host.runInFront(process, directory.note) else {
      throw Failure(
        .noInput, "\(run.catalog.shown(words[0])) cannot be started",
        help: "check that it is a program and may be run")
    }
    return ExitCode(rawValue: status)
  }

  private static func program(_ name: String, for run: Invocation) throws -> AbsolutePath? {
    guard name.contains("/") else { return run.host.program(name) }
    let path = run.host.workingDirectory.appending(name)
    return (try? run.host.files.status(of: run.host.files.resolve(path)))?.kind == .file
      ? path : nil
  }

  /// A saved profile of the name, or a file.
  private static func source(_ run: Invocation) throws -> ProfileSource {
    let name = run[profile] ?? ""
    if let profiles = SavedProfiles(on: run.host), profiles.contains(name) {
      return try run.savedProfile(name, in: profiles)
    }
    guard name != "-" else {
      throw Failure(.usage, "standard input is the command's own", help: "name a file")
    }
    return try ProfileSource(named: name, for: run)
  }
}
