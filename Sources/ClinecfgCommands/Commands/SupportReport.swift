import ClineConfig
import CommandLineTool

/// `clinecfg report`
enum SupportReport {
  private static let live = Argument<Bool>.flag(
    "--live", help: "ask the provider once more, for status and request id")

  static let command = Command<Context>(
    abstract: "everything that support needs, and nothing that it must not have",
    discussion:
      "Time, versions, Base URL, Model ID, the public prefix of the key, the last answer with its "
      + "request id, and what doctor finds. Markdown, or JSON with --json. No key.",
    arguments: [live],
    examples: [Example("clinecfg report --live", "to paste into a support request")]
  ) { context, arguments in
    context.answer(arguments) { try report(context, arguments) }
  }

  private static func report(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    guard let setup = try context.setup(arguments) else { throw Context.noHome }
    var lines: [(String, String)] = [
      ("time (UTC)", context.host.now().iso8601), ("clinecfg", Clinecfg.version),
      ("Cline", clineVersion(setup)), ("system", system(context)),
    ]
    var members: JSONObject = [
      "time": .string(context.host.now().iso8601), "clinecfg": .string(Clinecfg.version),
      "cline": .string(clineVersion(setup)), "system": .string(system(context)),
    ]
    var targets: [JSONValue] = []
    for sent in setup.sentTriples(context.catalog) {
      let triple = sent.triple
      let url = triple.baseURL ?? context.catalog[triple.provider ?? ""]?.roots.first?.url ?? ""
      let clients = sent.users.map { "\($0.client.name) (\($0.mode.rawValue))" }
      lines.append(("sent by", clients.joined(separator: ", ")))
      lines.append(("Base URL", context.withoutSecrets(url)))
      lines.append(("Model ID", context.withoutSecrets(triple.model ?? "(none)")))
      lines.append(("key", keyPrefix(triple.key, context)))
      var target: JSONObject = [
        "clients": .array(clients.map { .string($0) }),
        "baseURL": .string(context.withoutSecrets(url)),
        "model": triple.model.map { .string(context.withoutSecrets($0)) } ?? .null,
        "key": .string(keyPrefix(triple.key, context)),
      ]
      if arguments[live] {
        let check = context.liveCheck(triple)
        if check.refusal.isEmpty {
          let chat = check.chat()
          let status =
            chat.response.map { "\($0.status) in \($0.milliseconds) ms" }
            ?? chat.error?.description ?? "no answer"
          lines.append(("last answer", status))
          lines.append(("request id", chat.response?.requestID ?? "(none)"))
          lines.append(("request size", "about 150 bytes"))
          target["status"] = chat.response.map { .number(JSONNumber($0.status)) } ?? .null
          target["requestId"] = chat.response?.requestID.map { .string($0) } ?? .null
        } else {
          lines.append(("last answer", "not asked: the rules do not grant the key to that host"))
        }
      }
      targets.append(.object(target))
    }
    let findings = RuleSet.standard.findings(in: setup, catalog: context.catalog)
    members["targets"] = .array(targets)
    members["findings"] = .array(findings.map(\.json))
    var report = Report()
    report.isData = true
    report.members = members
    report.text = "| | |\n|---|---|\n"
    for (label, value) in lines {
      report.text +=
        "| \(label) | \(value.split(separator: "|").joined(separator: "\\|")) |\n"
    }
    report.text += "\n"
    for finding in findings {
      report.text +=
        "- \(finding.severity.rawValue) \(finding.rule): \(finding.message)\n"
    }
    if findings.isEmpty { report.text += "doctor finds nothing.\n" }
    return report
  }

  /// As Cline itself noted it; it writes it at each start after an update.
  private static func clineVersion(_ setup: Setup) -> String {
    setup.main[.globalState].document?["/clineVersion"]?.string ?? "unknown"
  }

  private static func system(_ context: Context) -> String {
    guard
      let uname = context.host.run(
        ChildProcess(["/usr/bin/uname", "-srm"], timeout: 2_000, outputLimit: 1_000)),
      uname.status == 0
    else { return "unknown" }
    return String(decoding: uname.output, as: UTF8.self).trimmed
  }

  /// Only what providers publish: the prefix, never the end.
  private static func keyPrefix(_ key: Secret?, _ context: Context) -> String {
    guard let key, !key.isEmpty else { return "none" }
    let text = key.reveal()
    let prefix = context.catalog.publicPrefixes.filter { text.hasPrefix($0) }
      .max { $0.count < $1.count }
    return prefix.map { "begins with \($0)" } ?? "of a form without public prefix"
  }
}
