import ClineConfig
import CommandLineTool

/// What the provider said to a change, before anything is written.
struct Verification {
  /// Whether a keyed answer proved the key; `nil` when nothing was proved.
  var isProved: Bool?
  /// For people.
  var sentence: StyledText
  var findings: [Finding] = []
}

extension SetupRun {
  /// Asks for the model list, unless the rules do not grant the key to that host or no network is
  /// wanted.
  func ask(_ part: Part) throws -> ModelAnswer? {
    guard !arguments[Options.noVerify] else { return nil }
    let target = part.target
    let url =
      target.baseURL ?? target.apiLine.flatMap { target.slot.apiLines[$0] }
      ?? (target.isCompatible ? nil : part.provider.compatibleRoot)
    let triple = triple(of: part, url, "-")
    guard
      context.liveCheck(triple).refusal.isEmpty
    else { return nil }
    return context.askForModels(triple)
  }

  /// Asks each provider of a plan. Throws where the answer must stop the change.
  func verify(_ planned: Planned) throws -> [Verification] {
    guard arguments[Options.verify] || !planned.plan.isEmpty else { return [] }
    return try planned.parts.map(verify)
  }

  private func verify(_ part: Part) throws -> Verification {
    let isWanted = arguments[Options.verify]
    let name = part.provider.name
    guard !arguments[Options.noVerify] else {
      return Verification(sentence: "not verified: no request was made to \(name)\n")
    }
    guard part.key.isKnown else {
      return Verification(sentence: "not verified: the key command was not run\n")
    }
    guard let answer = try part.asked ?? ask(part) else {
      return Verification(sentence: "not verified: the rules do not grant the key to that host\n")
    }
    let allowed = try allowedRules()
    func stops(_ found: [Finding]) -> [Finding] { found.filter { !allowed.contains($0.rule) } }
    if let offered = answer.offered {
      var missing: [Finding] = []
      for model in Set(part.setup.models.values).sorted() {
        var triple = triple(of: part, part.setup.baseURL, model)
        triple.offered = offered
        missing += RuleSet.standard.findings(in: triple, catalog: context.catalog).filter {
          $0.rule == .modelNotOffered
        }
      }
      if !stops(missing).isEmpty {
        throw context.failure(.refused, stops(missing), ": nothing was written")
      }
      return Verification(
        isProved: answer.isKeyProved,
        sentence: answer.isKeyProved == true
          ? "verified: \(name) accepts the key and offers the model\n"
          : "\(name) offers the model; its list may answer without a key, so the key is not proved\n",
        findings: missing)
    }
    if answer.exchange.error?.kind == .noTransport, !isWanted {
      return Verification(sentence: "not verified: there is no curl to ask \(name) with\n")
    }
    if answer.saysNothing, !isWanted {
      return Verification(
        sentence: "not verified: \(name) gave no answer that tells\n",
        findings: answer.findings.map(\.asWarning))
    }
    guard stops(answer.findings).isEmpty, !answer.findings.isEmpty, !isWanted else {
      throw context.failure(answer.code, answer.findings, ": nothing was written")
    }
    return Verification(
      isProved: answer.isKeyProved,
      sentence: "not verified: what \(name) answered was allowed\n", findings: answer.findings)
  }
}
