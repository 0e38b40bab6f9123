import ClineConfig
import CommandLineTool

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
    ]
  ) { context, arguments in
    context.answer(arguments) { try list(context, arguments) }
  }

  private static func list(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let triple = try triple(context, arguments)
    try context.refuseUngranted(triple)
    let answer = context.askForModels(triple)
    let warnings = context.warnings(about: triple)
    guard let offered = answer.offered else {
      throw context.failure(answer.code, answer.findings, "", besides: warnings)
    }
    let words = (arguments[filter] ?? "").lowercased().split(separator: " ")
    let ids = offered.ids.filter { id in words.allSatisfy { id.lowercased().contains($0) } }
    var report = Report()
    report.isData = true
    report.members = ["models": .array(ids.map { ["id": .string($0)] })]
    report.text = ids.map { "\($0)\n" }.joined()
    report.notes += warnings.map { "\($0.message)" }
    if !warnings.isEmpty { report.members["findings"] = .array(warnings.map(\.json)) }
    if ids.isEmpty { report.notes.append("the provider offers no such model") }
    return report
  }

  /// Why there is nobody to ask.
  static func nobody(_ setup: Setup) -> String {
    setup.isConfigured
      ? "Cline signs in to what it uses here by itself, without a key" : "Cline is not set up here"
  }

  /// The stored triple, or the one that the words describe.
  static func triple(_ context: Context, _ arguments: ParsedArguments) throws -> Triple {
    let named = try context.namedKey(arguments)
    guard arguments[provider] != nil || arguments[baseURL] != nil else {
      guard let setup = try context.setup(arguments, looksAround: false) else {
        throw Context.noHome
      }
      guard var stored = setup.sentTriples(context.catalog).first?.triple else {
        throw Failure(
          .noInput, "there is no provider to ask: \(nobody(setup))",
          help: "name one: clinecfg models PROVIDER --key-env VAR")
      }
      if let named { stored.key = named.value }
      return stored
    }
    let known = try context.provider(named: arguments[provider] ?? "custom")
    var notes: [StyledText] = []
    let target = try Target(known, arguments[baseURL], &notes)
    let snapshot = try context.store(arguments).load()
    let stored = StoredSetup(snapshot: snapshot, slot: target.slot, catalog: context.catalog)
    let own = stored.belongs(to: known, baseURL: target.baseURL) ? stored.key(known) : nil
    var triple = Triple(
      provider: known.id, slotID: target.slot.sdkID,
      baseURL: target.baseURL ?? (target.isCompatible ? nil : known.compatibleRoot), model: "-")
    let variable = known.variables.lazy.compactMap { name in
      context.host.variables[name].flatMap { $0.trimmed.isEmpty ? nil : Secret($0.trimmed) }
    }.first
    triple.key =
      named?.value ?? own?.value ?? variable
      ?? (known.needsKey ? nil : Secret(Triple.keyForKeyless))
    return triple
  }

  // MARK: verify

  static let verify = Command<Context>(
    abstract: "ask the provider with what is stored: the model list and one small request",
    discussion:
      "For each different set of Base URL, key and Model ID that a client would send. Exit code 0 "
      + "when all answered, 69 without an answer, 76 when it was refused, 78 when the model is not "
      + "offered or the rules do not grant the key to that host.",
    examples: [Example("clinecfg verify", "after a change, before you code")]
  ) { context, arguments in
    context.answer(arguments) { try verification(context, arguments) }
  }

  private static func verification(
    _ context: Context, _ arguments: ParsedArguments
  ) throws -> Report {
    guard let setup = try context.setup(arguments, looksAround: false) else { throw Context.noHome }
    let triples = setup.sentTriples(context.catalog)
    guard !triples.isEmpty else {
      throw Failure(
        .noInput, "there is nothing to verify: \(nobody(setup))",
        help: setup.isConfigured
          ? "try it in Cline itself" : "clinecfg set-provider PROVIDER --model ID")
    }
    var report = Report()
    report.isData = true
    var results: [JSONValue] = []
    var warnings: [Finding] = []
    for sent in triples {
      for warning in context.warnings(about: sent.triple) where !warnings.contains(warning) {
        warnings.append(warning)
        report.notes.append("\(warning.message)")
      }
      let outcome = outcome(of: sent.triple, context)
      if outcome.code != .success, report.code == .success { report.code = outcome.code }
      for user in sent.users {
        results.append([
          "client": .string(user.client.rawValue), "mode": .string(user.mode.rawValue),
          "requestURL": .string(context.withoutSecrets(outcome.url)),
          "model": sent.triple.model.map { .string(context.withoutSecrets($0)) }
            ?? .null,
          "status": outcome.response.map { .number(JSONNumber($0.status)) } ?? .null,
          "latencyMs": outcome.response.map { .number(JSONNumber($0.milliseconds)) } ?? .null,
          "requestId": outcome.response?.requestID.map { .string($0) } ?? .null,
          "finding": outcome.findings.first.map(\.json) ?? .null,
        ])
      }
      let users = sent.users.map { "\($0.client.name) (\($0.mode.rawValue))" }
      report.text += "\(Style.bold)\(users.joined(separator: ", "))\(Style.plain)\n"
      report.text +=
        "  \(context.withoutSecrets(outcome.url))  "
        + "\(context.withoutSecrets(sent.triple.model ?? ""))\n"
      if let response = outcome.response {
        report.text +=
          "  status \(response.status) in \(response.milliseconds) ms"
          + (response.requestID.map { ", request id \($0)" } ?? "") + "\n"
      }
      if outcome.findings.isEmpty { report.text += "  \(Style.green)it answers\(Style.plain)\n" }
      for finding in outcome.findings {
        report.text += "  " + finding.line
        if let fix = finding.fix { report.text += "  help  \(fix.description)\n" }
      }
    }
    report.members = ["results": .array(results)]
    if !warnings.isEmpty { report.members["findings"] = .array(warnings.map(\.json)) }
    if report.code != .success {
      // Beyond the answers that are findings, this is a failure like any other.
      let first = results.lazy.compactMap { $0["finding"]?.object }.first
      report.members["error"] = [
        "code": .number(JSONNumber(report.code.rawValue)),
        "message": first?["message"] ?? "the provider gave no useful answer",
        "help": first?["fix"]?["description"] ?? .null,
      ]
    }
    return report
  }

  private struct Outcome {
    var url: String
    var response: HTTPResponse?
    var findings: [Finding] = []
    var code = ExitCode.success
  }

  /// The order of questions: the rules, the list, the model in it, one chat request.
  private static func outcome(of triple: Triple, _ context: Context) -> Outcome {
    let check = context.liveCheck(triple)
    var outcome = Outcome(url: (check.root ?? "") + "/chat/completions")
    let refusal = check.refusal
    guard refusal.isEmpty else {
      (outcome.findings, outcome.code) = (refusal, .refused)
      return outcome
    }
    let answer = context.askForModels(triple)
    if let offered = answer.offered {
      var listed = triple
      listed.offered = offered
      let missing = RuleSet.standard.findings(in: listed, catalog: context.catalog).filter {
        $0.part == .model && $0.severity == .error
      }
      if !missing.isEmpty {
        (outcome.findings, outcome.code) = (missing, .refused)
        (outcome.response, outcome.url) = (answer.exchange.response, answer.exchange.url)
        return outcome
      }
    } else if !answer.saysNothing || answer.exchange.error != nil {
      (outcome.findings, outcome.code) = (answer.findings, answer.code)
      (outcome.response, outcome.url) = (answer.exchange.response, answer.exchange.url)
      return outcome
    }
    let chat = check.chat()
    outcome.response = chat.response
    outcome.findings = RuleSet.standard.findings(in: chat)
    if chat.response?.status == 200, outcome.findings.isEmpty {
      if let key = triple.key, let provider = check.provider, provider.needsKey {
        AcceptedKeys.remember(key, of: provider.id, on: context.host)
      }
    } else {
      outcome.code = chat.error == nil ? .protocolError : .unavailable
    }
    return outcome
  }
}

/// `clinecfg forget`
enum Forget {
  private static let provider = Argument<String>.option(
    "--provider", value: "P", help: "only what this provider accepted",
    completion: .dynamic("providers"))

  static let command = Command<Context>(
    abstract: "remove what is remembered of accepted keys",
    discussion:
      "After a good answer a salted digest of the key is kept with the provider, so that the key is "
      + "known again. Never the key.",
    arguments: [provider],
    examples: [Example("clinecfg forget --provider rutaapi", "of one provider")]
  ) { context, arguments in
    context.answer(arguments) {
      let id = try arguments[provider].map { try context.provider(named: $0).id }
      let count = try AcceptedKeys.forget(provider: id, on: context.host)
      var report = Report()
      report.members = ["changed": .bool(count > 0), "forgotten": .number(JSONNumber(count))]
      report.text = count == 0 ? "nothing is remembered\n" : "\(count) forgotten\n"
      return report
    }
  }
}
