import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg report`
enum SupportReport {
  private static let live = Argument<Bool>.flag(
    "--live", help: "ask the provider once more, for status and request id")

  static let command = Command<Context>(
    abstract: "print a support report without secrets",
    discussion:
      "Time, versions, Base URL, Model ID, the public prefix of the key, the last answer with its "
      + "request id, and what doctor finds. Markdown, or JSON with --json. No key.",
    arguments: [live],
    examples: [Example("clinecfg report --live", "to paste into a support request")],
    action: answer(with: report))

  /// One set of Base URL, key and Model ID that clients send.
  private struct Target: Encodable {
    let clients: [String]
    let baseURL: String
    let model: String?
    let key: String
    /// What a request came to; `nil` where none was wanted.
    var asked: Asked?

    enum Asked {
      case notGranted
      case answered(LiveCheck.Exchange)
    }

    private enum Key: String, CodingKey { case clients, baseURL, model, key, status, requestId }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(clients, forKey: .clients)
      try container.encode(baseURL, forKey: .baseURL)
      try container.encodeIfPresent(model, forKey: .model)
      try container.encode(key, forKey: .key)
      guard case .answered(let chat) = asked else { return }
      try container.encodeIfPresent(chat.response?.status, forKey: .status)
      try container.encodeIfPresent(chat.response?.requestID, forKey: .requestId)
    }

    var lines: [(label: String, value: String)] {
      var lines = [
        ("sent by", clients.joined(separator: ", ")), ("Base URL", baseURL),
        ("Model ID", model ?? "(none)"), ("key", key),
      ]
      switch asked {
      case .answered(let chat):
        let status =
          chat.response.map { "\($0.status) in \($0.milliseconds) ms" }
          ?? chat.error?.description ?? "no answer"
        lines += [
          ("last answer", status), ("request id", chat.response?.requestID ?? "(none)"),
          ("request size", "about 150 bytes"),
        ]
      case .notGranted:
        lines.append(("last answer", "not asked: the rules do not grant the key to that host"))
      case nil: break
      }
      return lines
    }
  }

  private struct ReportAnswer: Answer {
    let time: Word
    let clinecfg: Word
    let cline: String
    let system: String
    let targets: [Target]
    let findings: [Finding]

    private enum Key: String, CodingKey { case time, clinecfg, cline, system, targets, findings }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(time, forKey: .time)
      try container.encode(clinecfg, forKey: .clinecfg)
      try container.encode(cline, forKey: .cline)
      try container.encode(system, forKey: .system)
      try container.encode(targets, forKey: .targets)
      try container.encode(findings.map(FindingAnswer.init), forKey: .findings)
    }

    var text: StyledText {
      let lines =
        [
          ("time (UTC)", time.text), ("clinecfg", clinecfg.text), ("Cline", cline),
          ("system", system),
        ] + targets.flatMap(\.lines)
      var text: StyledText = "| | |\n|---|---|\n"
      for (label, value) in lines {
        text += "| \(label) | \(value.split(separator: "|").joined(separator: "\\|")) |\n"
      }
      text += "\n"
      for finding in findings {
        text += "- \(finding.severity.rawValue) \(finding.rule.code): \(finding.message)\n"
      }
      if findings.isEmpty { text += "doctor finds nothing.\n" }
      return text
    }
  }

  private static func report(_ run: Invocation) throws -> Report {
    let machine = try run.machine()
    let catalog = run.catalog
    let sent = machine.sentTriples(catalog)
    let targets =
      sent.map { sent -> Target in
        let triple = sent.triple
        let url = triple.baseURL ?? catalog[triple.provider ?? ""]?.roots.first?.url ?? ""
        var target = Target(
          clients: sent.users.map(\.description), baseURL: catalog.withoutSecrets(url),
          model: triple.model.map(catalog.withoutSecrets), key: keyPrefix(of: triple.key, catalog))
        if run[live] {
          let check = run.host.liveCheck(triple, catalog: catalog, as: sent.asked.first?.request)
          target.asked = check.refusal.isEmpty ? .answered(check.chat()) : .notGranted
        }
        return target
      } + signedIn(machine, besides: Set(sent.flatMap(\.users)), catalog)
    return Report(
      ReportAnswer(
        time: Word(run.host.now().iso8601), clinecfg: Word(Clinecfg.version),
        cline: clineVersion(machine), system: run.host.systemName() ?? "unknown", targets: targets,
        findings: RuleSet.standard.findings(in: machine, catalog: catalog)), isData: true)
  }

  /// What goes by a sign-in, a cloud or another program, and not by a key.
  private static func signedIn(
    _ machine: Machine, besides told: Set<ClientMode>, _ catalog: ProviderCatalog
  ) -> [Target] {
    var found: [(target: [String?], users: [ClientMode])] = []
    for request in machine.requests where request.problem == nil {
      let user = ClientMode(client: request.client, mode: request.mode)
      let isAlone = request.client == .vscodeLegacy && !machine.surroundings.startsLegacy
      guard !told.contains(user), !isAlone, let provider = request.provider,
        ProviderSlot.slot(sdkID: ProviderSlot.normalizedSDKID(provider))?.takesStoredKey == false
      else { continue }
      let target = [provider, request.baseURL, request.model]
      if let index = found.firstIndex(where: { $0.target == target }) {
        found[index].users.append(user)
      } else {
        found.append((target, [user]))
      }
    }
    return found.map { target, users in
      Target(
        clients: users.map(\.description),
        baseURL: target[1].map(catalog.withoutSecrets) ?? target[0] ?? "",
        model: target[2].map(catalog.withoutSecrets), key: "(none: it signs in)")
    }
  }

  /// As Cline itself noted it at its first start after an update, and as it is installed.
  private static func clineVersion(_ machine: Machine) -> String {
    let noted = machine.main[.globalState].document?["/clineVersion"]?.string
    let installed = machine.surroundings.editors.compactMap { editor in
      editor.cline.map { "\($0) in \(editor.name)" }
    }
    let all = (noted.map { [$0] } ?? []) + installed
    return all.isEmpty ? "unknown" : all.joined(separator: ", ")
  }

  /// Only what providers publish: the prefix, never the end.
  private static func keyPrefix(of key: Secret?, _ catalog: ProviderCatalog) -> String {
    guard let key, !key.isEmpty else { return "none" }
    let text = key.reveal()
    let prefix = catalog.publicPrefixes.filter { text.hasPrefix($0) }
      .max { $0.count < $1.count }
    return prefix.map { "begins with \($0)" } ?? "of a form without public prefix"
  }
}
