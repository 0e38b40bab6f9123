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
  let message: String
  var help: String?
  /// What belongs to the answer all the same, such as findings.
  var members: JSONObject = [:]
  /// What is printed before the message.
  var text = ""

  init(_ code: ExitCode, _ message: String, help: String? = nil) {
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
    self.init(code, error.description, help: error.help)
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
  var text: String {
    get { makeText() }
    set { makeText = { newValue } }
  }
  /// How ``text`` is made: one of the two answers is not asked for, and need not be made.
  var makeText: () -> String = { "" }
  /// For people who asked for more.
  var details = ""
  /// Beside the answer: what was mended, what to know. For people, on standard error.
  var notes: [String] = []
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
      if !isQuiet {
        for problem in catalogProblems {
          console.note("note: a provider file is left out: \(Style.safe(problem.description))\n")
        }
        for note in report.notes { console.note(withoutKeys("note: \(note)\n")) }
      }
      if arguments[Options.verbose] {
        console.note(withoutKeys(Style(isOn: usesColor(arguments)).render(report.details)))
      }
      if let file = report.rawText { return console.write(file) ? report.code : unwritten() }
      guard !isQuiet || report.isData else { return report.code }
      return console.write(withoutKeys(Style(isOn: usesColor(arguments)).render(report.text)))
        ? report.code : unwritten()
    } catch {
      return fail(Self.failure(error), schema: schema, wantsJSON: wantsJSON)
    }
  }

  static func failure(_ error: any Error) -> Failure {
    switch error {
    case let failure as Failure: failure
    case let error as StoreError: Failure(error)
    case let error as FileSystemError: Failure(StoreError(error))
    case let error as UsageError: Failure(.usage, error.message, help: error.help(tool: "clinecfg"))
    default: Failure(.software, "unexpected: \(type(of: error))", help: "please report this")
    }
  }

  func fail(_ failure: Failure, schema: String, wantsJSON: Bool) -> ExitCode {
    if wantsJSON {
      var members = failure.members
      var error: JSONObject = [
        "code": .number(JSONNumber(failure.code.rawValue)), "message": .string(failure.message),
      ]
      error["help"] = failure.help.map { .string($0) } ?? .null
      members["error"] = .object(error)
      printJSON(schema, members, isOK: false)
    } else {
      console.note(withoutKeys(failure.text + "error: \(Style.safeLines(failure.message))\n"))
      if let help = failure.help {
        console.note(withoutKeys("help: \(Style.safeLines(help))\n"))
      }
    }
    return failure.code
  }

  private func unwritten() -> ExitCode {
    console.note("error: standard output could not be written\n")
    return .inputOutput
  }

  @discardableResult
  private func printJSON(_ schema: String, _ members: JSONObject, isOK: Bool) -> Bool {
    var document: JSONObject = ["schema": .string("clinecfg.\(schema)/1"), "ok": .bool(isOK)]
    for (key, value) in members { document[key] = value }
    return console.write(
      withoutKeys(String(decoding: JSONDocument(.object(document)).bytes, as: UTF8.self) + "\n"))
  }

  private func usesColor(_ arguments: ParsedArguments) -> Bool {
    switch arguments[Options.color] ?? .auto {
    case .always: true
    case .never: false
    case .auto: console.showsColor
    }
  }

  /// A value that somebody types.
  func ask(_ question: String) throws -> String {
    guard let line = console.readLine(prompt: question + ": "), !line.trimmed.isEmpty else {
      throw Failure(.interrupted, "interrupted; nothing was written")
    }
    return line.trimmed
  }

  /// Whether a missing value may be asked for.
  func mayAsk(_ arguments: ParsedArguments) -> Bool {
    console.isInteractive && !arguments[Options.noInput] && !arguments[Options.json]
  }
}
