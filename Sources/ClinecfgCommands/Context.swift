package import ClineConfig
package import CommandLineTool

/// Everything that a command may use.
package struct Context: Sendable {
  package var host: HostEnvironment
  package var console: any Console
  /// Made when it is first asked.
  package var catalog: ProviderCatalog { own ?? .bundled }
  private let own: ProviderCatalog?
  /// Provider files of the user's that could not be taken.
  package var catalogProblems: [UserCatalog.Problem] = []

  /// The bundled catalogue with the user's own providers.
  package init(host: HostEnvironment, console: any Console) {
    self.host = host
    self.console = console
    let own = UserCatalog.load(on: host)
    self.own = own.providers.isEmpty ? nil : .bundled.adding(own.providers)
    catalogProblems = own.problems
  }
}

/// A command that did not do what it was asked.
struct Failure: Error {
  let code: ExitCode
  let message: StyledText
  var help: StyledText?
  /// What belongs to the answer all the same, such as findings.
  var members: JSONObject = [:]
  /// What is printed before the message.
  var text: StyledText = ""

  init(_ code: ExitCode, _ message: StyledText, help: StyledText? = nil) {
    self.code = code
    self.message = message
    self.help = help
  }

  init(_ error: StoreError) {
    let code: ExitCode =
      switch error.code {
      case .malformed, .wouldBreak, .notOurs: .badData
      case .changedOnDisk, .busy, .unfinished: .tryAgain
      case .noSuchBackup: .noInput
      case .protected: .noPermission
      case .unconfirmed: .inputOutput
      default: error.cause.map(Self.code(of:)) ?? .inputOutput
      }
    self.init(code, .lines(error.description), help: error.help.map { .lines($0) })
  }

  private static func code(of cause: FileSystemError) -> ExitCode {
    switch cause.code {
    case .accessDenied, .notPermitted: .noPermission
    case .isDirectory, .notAFile, .tooLarge, .notDirectory, .tooManyLinks: .badData
    case .noSpace, .quota, .readOnly: .cannotCreate
    default: cause.operation == .create ? .cannotCreate : .inputOutput
    }
  }
}

/// A command's answer, for people and for programs.
struct Report {
  /// For people.
  var text: StyledText {
    get { makeText() }
    set { makeText = { newValue } }
  }
  /// How ``text`` is made: one of the two answers is not asked for, and need not be made.
  var makeText: () -> StyledText = { "" }
  /// For people who asked for more.
  var details: StyledText = ""
  /// Beside the answer: what was mended, what to know. For people, on standard error.
  var notes: [StyledText] = []
  /// For programs, behind `schema` and `ok`.
  var members: JSONObject {
    get { makeMembers() }
    set { makeMembers = { newValue } }
  }
  /// How ``members`` are made.
  var makeMembers: () -> JSONObject = { [:] }
  /// Whether the text is what was asked for, and not talk: `--quiet` leaves it.
  var isData = false
  var code = ExitCode.success
  /// A file as it is, keys included, in place of the text: for another program to take.
  var rawText: String?
}

extension Context {
  /// Runs a command and prints its answer: with `--json` exactly one document, failures included.
  func answer(
    _ arguments: ParsedArguments, _ body: () throws -> Report
  ) -> ExitCode {
    let schema = arguments.path.first ?? "clinecfg"
    let wantsJSON = arguments[Options.json]
    do {
      let report = try body()
      if wantsJSON {
        return printJSON(schema, report.members, isOK: report.code == .success)
          ? report.code : unwritten()
      }
      let isQuiet = arguments[Options.quiet]
      let redactor = redactor
      var talk: StyledText = ""
      if !isQuiet {
        for problem in catalogProblems {
          talk += "note: a provider file is left out: \(problem.description)\n"
        }
        for note in report.notes { talk += "note: \(note)\n" }
      }
      if arguments[Options.verbose] { talk += report.details }
      note(talk, isColored: usesColor(arguments), without: redactor)
      if let file = report.rawText { return console.write(file) ? report.code : unwritten() }
      guard !isQuiet || report.isData else { return report.code }
      let text = report.text.rendered(isColored: usesColor(arguments), without: redactor)
      return console.write(text) ? report.code : unwritten()
    } catch {
      return fail(Self.failure(error), schema: schema, wantsJSON: wantsJSON)
    }
  }

  static func failure(_ error: any Error) -> Failure {
    switch error {
    case let failure as Failure: failure
    case let error as StoreError: Failure(error)
    case let error as FileSystemError: Failure(StoreError(error))
    case let error as UsageError:
      Failure(.usage, "\(error.message)", help: "\(error.help(tool: "clinecfg"))")
    default:
      Failure(
        .software, "unexpected: \(String(describing: type(of: error)))", help: "please report this")
    }
  }

  func fail(_ failure: Failure, schema: String, wantsJSON: Bool) -> ExitCode {
    if wantsJSON {
      var members = failure.members
      var error: JSONObject = [
        "code": .number(JSONNumber(failure.code.rawValue)),
        "message": .string(failure.message.plain),
      ]
      error["help"] = failure.help.map { .string($0.plain) } ?? .null
      members["error"] = .object(error)
      printJSON(schema, members, isOK: false)
    } else {
      var talk = failure.text + "error: " + failure.message + "\n"
      if let help = failure.help { talk += "help: " + help + "\n" }
      note(talk, isColored: false, without: redactor)
    }
    return failure.code
  }

  private func unwritten() -> ExitCode {
    console.note("error: standard output could not be written\n")
    return .inputOutput
  }

  // MARK: The gate

  /// What keeps the secrets of this run out of everything that is printed.
  var redactor: Redactor { redactor(isStrict: false) }

  /// - Parameter isStrict: For what a server says.
  func redactor(isStrict: Bool) -> Redactor {
    if host.secrets.knowsNoFile, let locations = ClineLocations.find(for: .cli, on: host) {
      host.secrets.noteKeys(in: locations, on: host)
    }
    return host.secrets.redactor(catalog, variables: host.variables, isStrict: isStrict)
  }

  /// Prints talk.
  private func note(_ text: StyledText, isColored: Bool, without redactor: Redactor) {
    guard !text.isEmpty else { return }
    console.note(text.rendered(isColored: isColored, without: redactor))
  }

  /// A value as a JSON text that may be printed.
  func printable(_ value: JSONValue) -> String {
    SafeText.json(String(decoding: JSONDocument(redactor.cleaned(value)).bytes, as: UTF8.self))
  }

  /// Members of documents whose text is clinecfg's own: no key stands there, and programs rely on it.
  private static let ownMembers: Set<JSONKey> = [
    "backup", "client", "code", "created", "kind", "mode", "part", "rule", "severity",
    "store", "strength", "time", "verdict",
  ]

  @discardableResult
  private func printJSON(_ schema: String, _ members: JSONObject, isOK: Bool) -> Bool {
    var document: JSONObject = ["schema": .string("clinecfg.\(schema)/1"), "ok": .bool(isOK)]
    let redactor = redactor
    // Models have ids of others'.
    let own = schema == "backups" ? Self.ownMembers.union(["id"]) : Self.ownMembers
    for (key, value) in members {
      // A whole member of the program's own, or one with others' text somewhere in it.
      document[key] =
        value.string != nil && own.contains(key)
        ? value : redactor.cleaned(value, except: key == "value" ? [] : own)
    }
    return console.write(
      SafeText.json(String(decoding: JSONDocument(.object(document)).bytes, as: UTF8.self)) + "\n")
  }

  private func usesColor(_ arguments: ParsedArguments) -> Bool {
    switch arguments[Options.color] ?? .auto {
    case .always: true
    case .never: false
    case .auto: console.showsColor
    }
  }

  /// A value that somebody types.
  func ask(_ question: StyledText) throws -> String {
    guard let line = console.readLine(prompt: prompt(question + ": ")), !line.trimmed.isEmpty else {
      throw Self.interrupted
    }
    return line.trimmed
  }

  /// A key that somebody types, not shown.
  func askSecret(_ question: StyledText) throws -> String {
    guard let typed = console.readSecret(prompt: prompt(question + ": ")) else {
      throw Self.interrupted
    }
    return typed
  }

  /// The place of the line that somebody chooses.
  func pick(_ title: StyledText, among lines: [StyledText]) throws -> Int {
    let redactor = redactor
    let lines = lines.map { $0.rendered(isColored: false, without: redactor) }
    guard let index = console.pick(prompt(title), among: lines) else { throw Self.interrupted }
    return index
  }

  private func prompt(_ text: StyledText) -> String {
    text.rendered(isColored: false, without: redactor)
  }

  private static let interrupted = Failure(.interrupted, "interrupted; nothing was written")

  /// Whether a missing value may be asked for.
  func mayAsk(_ arguments: ParsedArguments) -> Bool {
    console.isInteractive && !arguments[Options.noInput] && !arguments[Options.json]
  }
}
