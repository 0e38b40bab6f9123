import ClineConfig
import CommandLineTool
import LosslessJSON

/// The action of a command that answers.
func answer(with body: @escaping @Sendable (Invocation) throws -> Report) -> Command<Context>.Action
{
  { context, arguments in
    let invocation = Invocation(of: context, arguments)
    do {
      let report = try body(invocation)
      let code = invocation.tell(report)
      guard let offer = report.offer, invocation.mayAsk, !invocation[Options.quiet],
        invocation.agrees(offer.question) == true
      else { return code }
      return invocation.tell(try offer.run())
    } catch {
      return invocation.tell(Failure(any: error))
    }
  }
}

extension Invocation {
  /// What keeps the secrets of this run out of everything that is printed.
  var redactor: Redactor { host.redactor(catalog) }

  private var schema: String { arguments.path.first ?? "clinecfg" }

  /// Prints an answer: with `--json` exactly one document.
  func tell(_ report: Report) -> ExitCode {
    let redactor = redactor
    if self[Options.json] {
      let writer = DocumentWriter(redactor: redactor, options: options)
      let text = writer.text(
        schema, isOK: report.code == .success, report.answer, failure: report.failure)
      return console.write(text) ? report.code : unwritten()
    }
    let isQuiet = self[Options.quiet]
    var talk: StyledText = ""
    if !isQuiet {
      for problem in context.catalogProblems {
        talk += "note: a provider file is left out: \(problem.description)\n"
      }
      for note in report.notes { talk += "note: \(note)\n" }
    }
    if self[Options.verbose] { talk += report.details }
    if !talk.isEmpty {
      console.note(talk.rendered(form(isColored: usesColor, width: console.notesWidth, redactor)))
    }
    if let file = report.file { return console.write(file) ? report.code : unwritten() }
    guard !isQuiet || report.isData else { return report.code }
    let text = report.answer.text.rendered(
      form(isColored: usesColor, width: console.outputWidth, redactor))
    return console.write(text) ? report.code : unwritten()
  }

  /// Prints a failure.
  func tell(_ failure: Failure) -> ExitCode {
    context.tell(
      failure, schema: schema, asJSON: self[Options.json], options: options)
  }

  private func form(
    isColored: Bool, width: Int?, _ redactor: Redactor
  ) -> StyledText.Form {
    StyledText.Form(
      isColored: isColored, redactor: redactor, options: options, width: width,
      home: host.homeDirectory?.description)
  }

  private func unwritten() -> ExitCode {
    console.note("error: standard output could not be written\n")
    return .inputOutput
  }

  private var usesColor: Bool {
    switch self[Options.color] ?? .auto {
    case .always: true
    case .never: false
    case .auto: console.showsColor
    }
  }

  /// A value as a JSON text that may be printed.
  func printable(_ value: JSONValue) -> String {
    SafeText.json(String(decoding: redactor.cleaned(value).bytes(), as: UTF8.self))
  }
}

extension Context {
  /// Prints a failure, also one of a command line that could not be read.
  func tell(_ failure: Failure, schema: String, asJSON: Bool, options: [String] = []) -> ExitCode {
    let redactor = host.redactor(catalog)
    if asJSON {
      let writer = DocumentWriter(redactor: redactor, options: options)
      console.write(writer.text(schema, isOK: false, nil, failure: failure))
    } else {
      var talk = failure.text + "error: " + failure.message + "\n"
      if let help = failure.help { talk += "help: " + help + "\n" }
      console.note(
        talk.rendered(
          StyledText.Form(
            redactor: redactor, options: options, width: console.notesWidth,
            home: host.homeDirectory?.description)))
    }
    return failure.code
  }
}
