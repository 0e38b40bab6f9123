import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg models` and `clinecfg verify`: asking the provider.
enum Models {
  private static let provider = Argument<String>.positional(
    "PROVIDER", help: "a provider; without it the stored one", isRequired: false,
    completion: .dynamic("providers"))
  private static let baseURL = Argument<String>.option(
    "--base-url", value: "URL", help: "another of the provider's addresses")
  private static let filter = Argument<String>.option(
    "--filter", value: "TEXT", help: "only ids with all of these words in them")

  static let command = Command<Context>(
    abstract: "list the Model IDs that the provider offers to your key",
    discussion:
      "Asks the provider that is stored, or the one that is named. The key goes nowhere that the "
      + "rules do not grant it.",
    arguments: [provider, baseURL, filter] + Options.key,
    examples: [
      Example("clinecfg models", "of the stored provider, with the stored key"),
      Example("clinecfg models rutaapi --key-env K --filter claude", "of another"),
    ],
    action: answer(with: list))

  private struct ListAnswer: Answer {
    let ids: [String]
    let warnings: [Finding]

    var text: StyledText { ids.map { "\(exact: $0)\n" }.joined() }

    private enum Key: String, CodingKey { case models, findings }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(ids.map { ["id": $0] }, forKey: .models)
      if !warnings.isEmpty {
        try container.encode(warnings.map(FindingAnswer.init), forKey: .findings)
      }
    }
  }

  private static func list(_ run: Invocation) throws -> Report {
    let triple = try triple(run)
    let refusal = run.host.liveCheck(triple, catalog: run.catalog).refusal
    guard refusal.isEmpty else {
      throw Failure.answered(.refused, findings: refusal, end: ": nothing was sent")
    }
    let answer = run.host.askForModels(triple, catalog: run.catalog)
    let warnings = run.warnings(about: triple)
    guard let offered = answer.offered else {
      throw Failure.answered(answer.code, findings: answer.findings, besides: warnings)
    }
    let words = (run[filter] ?? "").lowercased().split(separator: " ")
    let ids = offered.ids.filter { id in words.allSatisfy { id.lowercased().contains($0) } }
    var report = Report(
      ListAnswer(ids: ids, warnings: warnings), isData: true,
      notes: warnings.map { "\($0.message)" })
    if ids.isEmpty { report.notes.append("the provider offers no such model") }
    return report
  }

  /// Why there is nobody to ask.
  static func nobody(_ machine: Machine) -> String {
    let broken = machine.main.broken.map(\.file.relativePath)
    guard broken.isEmpty else { return "Cline cannot read \(broken.joined(separator: ", "))" }
    guard machine.isConfigured else { return "Cline is not set up here" }
    return machine.requests.contains { $0.problem == nil && $0.provider != nil }
      ? "Cline signs in to what it uses here by itself, without a key"
      : "as things stand no Cline sends anything"
  }

  /// The stored triple, or the one that the words describe.
  private static func triple(_ run: Invocation) throws -> Triple {
    let named = try run.namedKey()
    guard run[provider] != nil || run[baseURL] != nil else {
      let machine = try run.machine(looksAround: false)
      guard var stored = machine.sentTriples(run.catalog).first?.triple else {
        throw Failure(
          .noInput, "there is no provider to ask: \(nobody(machine))",
          help: machine.main.broken.isEmpty
            ? "name one of these:\(clinecfg: "providers")"
            : "see what is wrong:\(clinecfg: "doctor")")
      }
      if let named { stored.key = named.value }
      return stored
    }
    let known = try run.provider(named: run[provider] ?? "custom")
    let target: SetupTarget
    do throws(SetupError) {
      target = try SetupTarget(known, baseURL: run[baseURL], in: run.catalog)
    } catch {
      throw Failure(error, knowing: run.catalog)
    }
    let stored = StoredSetup(target.slot, in: try run.store().load(), catalog: run.catalog)
    let own =
      stored.belongs(to: target.provider, baseURL: target.baseURL)
      ? stored.key(of: target.provider) : nil
    var triple = Triple(
      provider: target.provider.id, slotID: target.slot.sdkID,
      baseURL: target.baseURL ?? (target.isCompatible ? nil : known.compatibleRoot), model: "-")
    triple.key =
      named?.value ?? own?.value ?? run.host.exportedKey(of: target.provider)?.value
      ?? (target.provider.needsKey ? nil : Secret(Triple.keyForKeyless))
    return triple
  }

  // MARK: verify

  static let verify = Command<Context>(
    abstract: "ask the provider with the stored values: the model list and one small request",
    discussion:
      "For each different set of Base URL, key and Model ID that a client would send. Exit code 0 "
      + "when all answered, 69 without an answer, 76 when it was refused, 78 when the model is not "
      + "offered or the rules do not grant the key to that host.",
    examples: [Example("clinecfg verify", "after a change, before you code")],
    action: answer(with: verification))

  /// What came of one triple, for one client and mode.
  private struct ResultAnswer: Encodable {
    let client: Word
    let mode: Word
    let requestURL: String
    let model: String?
    let status: Int?
    let latencyMs: Int?
    let requestId: String?
    let finding: FindingAnswer?
  }

  private struct VerifyAnswer: Answer {
    var results: [ResultAnswer] = []
    var warnings: [Finding] = []
    var text: StyledText = ""

    private enum Key: String, CodingKey { case results, findings }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(results, forKey: .results)
      if !warnings.isEmpty {
        try container.encode(warnings.map(FindingAnswer.init), forKey: .findings)
      }
    }
  }

  private static func verification(_ run: Invocation) throws -> Report {
    let machine = try run.machine(looksAround: false)
    let triples = machine.sentTriples(run.catalog)
    guard !triples.isEmpty else {
      throw Failure(
        .noInput, "there is nothing to verify: \(nobody(machine))",
        help: !machine.main.broken.isEmpty
          ? "see what is wrong:\(clinecfg: "doctor")"
          : machine.isConfigured
            ? "try it in Cline itself" : "set it up:\(clinecfg: "set-provider")")
    }
    var answer = VerifyAnswer()
    var code = ExitCode.success
    var worst: Finding?
    for sent in triples {
      for warning in run.warnings(about: sent.triple) where !answer.warnings.contains(warning) {
        answer.warnings.append(warning)
      }
      for (request, users) in sent.asked {
        var outcome = run.host.verify(sent.triple, catalog: run.catalog, as: request)
        outcome.findings = machine.advising(outcome.findings, about: sent.triple, run.catalog)
        if outcome.code != .success, code == .success { code = outcome.code }
        if outcome.stop != nil { worst = worst ?? outcome.findings.first }
        answer.results += users.map {
          result(of: outcome, for: $0, sent.triple, catalog: run.catalog)
        }
        answer.text += text(of: outcome, sent.triple, users, run.catalog)
      }
    }
    var report = Report(answer, isData: true, notes: answer.warnings.map { "\($0.message)" })
    report.code = code
    if code != .success {
      // Beyond the answers that are findings, this is a failure like any other.
      report.failure = Failure(
        code, "\(worst?.message ?? "the answer was inconclusive")",
        help: worst?.fix.map { StyledText($0.advice) })
    }
    return report
  }

  private static func result(
    of outcome: LiveVerdict, for user: ClientMode, _ triple: Triple, catalog: ProviderCatalog
  ) -> ResultAnswer {
    ResultAnswer(
      client: Word(user.client.rawValue), mode: Word(user.mode.rawValue),
      requestURL: catalog.withoutSecrets(outcome.url),
      model: triple.model.map(catalog.withoutSecrets), status: outcome.response?.status,
      latencyMs: outcome.response?.milliseconds, requestId: outcome.response?.requestID,
      finding: outcome.findings.first.map(FindingAnswer.init))
  }

  private static func text(
    of outcome: LiveVerdict, _ triple: Triple, _ users: [ClientMode], _ catalog: ProviderCatalog
  ) -> StyledText {
    var text: StyledText =
      "\(Style.bold)\(catalog.receiver(of: triple))\(Style.plain)  \(Style.dim)(\(ClientMode.summary(of: users)))\(Style.plain)\n"
    text +=
      "  \(catalog.withoutSecrets(outcome.url))  "
      + "\(catalog.withoutSecrets(triple.model ?? ""))\n"
    if let response = outcome.response {
      text += outcome.stop == nil ? "  \(Style.green)✓\(Style.plain) " : "  "
      text +=
        "answered \(response.status) in \(response.milliseconds) ms"
        + (response.requestID.map { "  \(Style.dim)request id \($0)\(Style.plain)" } ?? "") + "\n"
    }
    for finding in outcome.findings { text += "  " + finding.line }
    for remedy in DoctorPage.remedies(outcome.findings) { text += "  fix  \(remedy)\n" }
    return text
  }
}

extension LiveVerdict {
  /// The exit code.
  var code: ExitCode {
    switch stop {
    case nil: .success
    case .refused: .refused
    case .answered: .protocolError
    case .unreachable: .unavailable
    }
  }
}

extension Invocation {
  /// Where a key goes only because of a provider file of the user's.
  func warnings(about triple: Triple) -> [Finding] {
    RuleSet.standard.findings(in: triple, catalog: catalog).filter { $0.rule == .ownEntry }
  }
}

extension ModelAnswer {
  /// The exit code of a failure: nobody answered, or somebody refused.
  var code: ExitCode { exchange.error == nil ? .protocolError : .unavailable }
}
