import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg check`
enum Check {
  private static let provider = Argument<String>.option(
    "--provider", value: "P", help: "the provider that is meant", completion: .dynamic("providers"))
  private static let baseURL = Argument<String>.option(
    "--base-url", value: "URL", help: "the Base URL")
  private static let model = Argument<String>.option("--model", value: "ID", help: "the Model ID")

  static let command = Command<Context>(
    abstract:
      "check whether a Base URL, a key and a Model ID belong together, without reading files",
    discussion:
      "Tells whether the three can belong to one provider. Unknown is no error: then it cannot be "
      + "told. Without a key option the key is not judged. -v shows which evidence came from where.",
    arguments: [baseURL, model, provider] + Options.key,
    examples: [
      Example(
        "clinecfg check --base-url https://api.rutaapi.com/v1 --model m --key-env K",
        "is this key RutaAPI's?"),
      Example("clinecfg check --provider groq --model llama-3.3-70b-versatile -v", "what is known"),
    ],
    action: answer(with: report))

  private struct CheckAnswer: Answer {
    let verdict: Word
    let evidence: [EvidenceAnswer]
    let findings: [FindingAnswer]
    let text: StyledText
    enum CodingKeys: CodingKey { case verdict, evidence, findings }
  }

  private static func report(_ run: Invocation) throws -> Report {
    let named = try run[provider].map { try run.provider(named: $0) }
    guard run[baseURL] != nil || named != nil else {
      throw Failure(.usage, "nothing to check", help: "pass --base-url or --provider")
    }
    if let named, run[baseURL] == nil {
      do throws(SetupError) {
        _ = try SetupTarget(named, baseURL: nil, in: run.catalog)
      } catch {
        throw Failure(error, knowing: run.catalog)
      }
    }
    let key = try run.namedKey()
    let triple = triple(of: named, key: key, run)
    let judgement = run.catalog.judge(triple)
    let findings = RuleSet.standard.findings(in: triple, catalog: run.catalog).filter {
      // What was not passed is not judged.
      !($0.rule == .keyMissing && key == nil) && !($0.rule == .modelMissing && triple.model == nil)
    }
    var report = Report(
      CheckAnswer(
        verdict: judgement.verdict.word, evidence: judgement.evidence.map(EvidenceAnswer.init),
        findings: findings.map(FindingAnswer.init),
        text: findings.gravestFirst.map { $0.paragraph() }.joined()
          + "\(judgement.verdict.sentence(run.catalog))\n"),
      isData: true, notes: (key?.notes ?? []).map { StyledText($0) })
    report.code = findings.contains { $0.severity == .error } ? .problemsFound : .success
    report.details = judgement.lines(run.catalog)
    return report
  }

  /// The three, in the slot that `set-provider` would take.
  private static func triple(
    of named: Provider?, key: ObtainedKey?, _ run: Invocation
  ) -> Triple {
    var triple = Triple(provider: named?.id)
    triple.baseURL = run[baseURL]
    if let named,
      let target = try? SetupTarget(named, baseURL: run[baseURL], in: run.catalog)
    {
      triple.slotID = target.slot.sdkID
      triple.provider = target.provider.id
      if run[baseURL] == nil { triple.baseURL = target.baseURL }
    }
    triple.model = run[model]
    triple.now = run.host.now()
    triple.key = key.map { $0.value ?? Secret(Triple.keyForKeyless) }
    if let key = triple.key { triple.sightings = run.host.sightings(of: key, run.catalog) }
    return triple
  }
}
