import ClineConfig
import CommandLineTool

/// `clinecfg check`
enum Check {
  private static let provider = Argument<String>.option(
    "--provider", value: "P", help: "the provider that is meant", completion: .dynamic("providers"))
  private static let baseURL = Argument<String>.option(
    "--base-url", value: "URL", help: "the Base URL")
  private static let model = Argument<String>.option("--model", value: "ID", help: "the Model ID")

  static let command = Command<Context>(
    abstract: "judge a Base URL, a key and a Model ID, without any file",
    discussion:
      "Tells whether the three can belong to one provider. Unknown is no error: then it cannot be "
      + "told. Without a key option the key is not judged. -v shows which evidence came from where.",
    arguments: [baseURL, model, provider] + Options.key,
    examples: [
      Example(
        "clinecfg check --base-url https://api.rutaapi.com/v1 --model m --key-env K",
        "is this key RutaAPI's?"),
      Example("clinecfg check --provider groq --model llama-3.3-70b-versatile -v", "what is known"),
    ]
  ) { context, arguments in
    context.answer(arguments) { try report(context, arguments) }
  }

  private static func report(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let named = try arguments[provider].map { try context.provider(named: $0) }
    guard arguments[baseURL] != nil || named != nil else {
      throw Failure(.usage, "what shall be checked?", help: "pass --base-url URL, or --provider P")
    }
    var report = Report()
    var triple = Triple(provider: named?.id)
    if let named, arguments[baseURL] == nil {
      var notes: [StyledText] = []
      let target = try Target(named, nil, &notes)
      triple.slotID = target.slot.sdkID
      triple.baseURL = target.baseURL
    } else {
      triple.baseURL = arguments[baseURL]
      if let named, let url = triple.baseURL {
        // The slot that set-provider would take.
        var notes: [StyledText] = []
        if let slot = try? Target(named, url, &notes).slot { triple.slotID = slot.sdkID }
      }
    }
    triple.model = arguments[model]
    triple.now = context.host.now()
    let key = try context.namedKey(arguments)
    report.notes += key?.notes ?? []
    triple.key = key.map { $0.value ?? Secret(Triple.keyForKeyless) }
    if let key = triple.key {
      triple.sightings =
        context.catalog.sightings(of: key, in: context.host.variables)
        + (AcceptedKeys.load(on: context.host)?.sightings(of: key) ?? [])
    }
    let judgement = context.catalog.judge(triple)
    let findings = RuleSet.standard.findings(in: triple, catalog: context.catalog).filter {
      // What was not passed is not judged.
      !($0.rule == .keyMissing && key == nil) && !($0.rule == .modelMissing && triple.model == nil)
    }
    report.code = findings.contains { $0.severity == .error } ? .problemsFound : .success
    report.isData = true
    report.members = [
      "verdict": .string(judgement.verdict.word),
      "evidence": .array(judgement.evidence.map(\.json)),
      "findings": .array(findings.map(\.json)),
    ]
    report.text = Finding.report(findings) { $0.fix?.description }
    report.text += "\(judgement.verdict.sentence(context.catalog))\n"
    report.details = Evidence.lines(of: judgement, context.catalog)
    return report
  }
}
