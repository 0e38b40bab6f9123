import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg explain TOPIC`
enum Explain {
  private static let topic = Argument<String>.positional(
    "TOPIC",
    help:
      "a rule, a family of rules, an HTTP status, a line that Cline printed, providers, files or exit-codes",
    completion: .dynamic("topics"))

  static let topics =
    ["providers", "files", "exit-codes"] + StatusGuidance.all.map { "\($0.status)" }

  static let command = Command<Context>(
    abstract: "explain a rule, an HTTP status or an error of Cline's",
    arguments: [topic],
    examples: [
      Example("clinecfg explain URL105", "why a full endpoint is no Base URL"),
      Example("clinecfg explain KEY", "every rule about keys"),
      Example("clinecfg explain 401", "what causes it, and what to do"),
      Example("clinecfg explain 'Unknown or disabled provider \"x\"'", "what Cline means by that"),
    ],
    action: answer { run in
      Report(TextAnswer(try text(run[topic] ?? "", run), as: "text"), isData: true)
    })

  private static func text(_ topic: String, _ run: Invocation) throws -> String {
    if let status = Int(topic), (100...599).contains(status) {
      return StatusGuidance.of(status).map { page(of: $0, status: status, run) }
        ?? "\(status)\n\n\(Self.plainMeaning(of: status))\n"
    }
    if let words = meaning(of: topic, run) { return words }
    if let rule = RuleSet.standard.documentation(of: topic) {
      let alias = RuleID.aliases[RuleID(topic.uppercased())].map {
        "\(topic.uppercased()) means \($0).\n\n"
      }
      return (alias ?? "") + Self.forTerminal(rule.markdown)
    }
    let family = RuleSet.standard.documentation.filter { $0.family == topic.uppercased() }
    if !family.isEmpty {
      return family.sorted { $0.code < $1.code }.map { "\($0.code)  \($0.name)\n  \($0.summary)\n" }
        .joined()
    }
    switch topic.lowercased() {
    case "providers": return providers
    case "files": return files
    case "exit-codes": return exitCodes
    default:
      let known = topics + RuleSet.standard.documentation.flatMap { [$0.code.code, $0.name] }
      throw Failure(
        .noInput, "there is nothing to explain about '\(run.catalog.shown(topic))'",
        help: nearest(to: topic, in: known).map { "did you mean '\($0)'?" }
          ?? "a rule, a family such as URL, a status such as 401, "
          + "providers, files or exit-codes; the rules:\(clinecfg: "doctor", "--list")")
    }
  }

  /// A page of the documentation as people read it on a terminal.
  private static func forTerminal(_ markdown: String) -> String {
    markdown.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      line in
      let text = Substring(line)
      guard line.first == UInt8(ascii: "#") else { return without(["**", "`"], text) }
      return text.drop { $0 == "#" }.drop { $0 == " " }.uppercased()
    }.joined(separator: "\n")
  }

  /// A line without the marks that stand in pairs around its words.
  private static func without(_ marks: [String], _ line: Substring) -> String {
    marks.reduce(String(line)) { line, mark in
      guard line.contains(mark) else { return line }
      let parts = line.split(separator: mark, omittingEmptySubsequences: false)
      // A mark that is not closed is a character.
      let isClosed = parts.count % 2 == 1
      return parts.dropLast(isClosed ? 0 : 1).joined() + (isClosed ? "" : mark + (parts.last ?? ""))
    }
  }

  /// What a status without a page of its own says, by its first digit (RFC 9110, section 15).
  private static func plainMeaning(of status: Int) -> String {
    switch status {
    case ..<200: "An interim answer; the server goes on."
    case ..<300: "The request succeeded."
    case ..<400:
      "A redirect, which Cline does not follow with a key: the Base URL is a website, or has moved."
    default: "The server refuses the request; its own words say why."
    }
  }

  /// Cline's own error lines, by what they have in them, and what they mean (SDK 0.0.78,
  /// handler-factory.ts; 4.1.13, ClineError.ts).
  private static let sayings: [(marks: [String], meaning: StyledText)] = [
    (
      ["unknown or disabled provider"],
      """
      Cline has no code for this provider id, so it sends nothing. The id comes from
      globalState.json or providers.json.
      To see which, and how to fix it:\(clinecfg: "doctor")

      """
    ),
    (
      ["missing api key", "api key is required", "no api key"],
      """
      No key is stored for this provider where this client looks, and no variable has one.
      To see where each client looks:\(clinecfg: "show")
      To set a key:\(clinecfg: "set-provider", "--key-prompt")

      """
    ),
    (
      ["connection error", "fetch failed", "econnrefused", "enotfound"],
      """
      The provider could not be reached: the Base URL names another host, the server is down, or a
      proxy or certificate is in the way. An invisible character in the key looks like this, too.
      To find out which:\(clinecfg: "doctor", "--live")

      """
    ),
  ]

  /// What a line that Cline printed means; `nil` where that is not known.
  private static func meaning(of line: String, _ run: Invocation) -> String? {
    let lower = line.lowercased()
    if let saying = sayings.first(where: { $0.marks.contains { lower.contains($0) } }) {
      return run.rendered(saying.meaning)
    }
    let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
    let statuses = words.filter { $0.utf8.count == 3 }.compactMap { Int($0) }
    guard let status = statuses.first(where: (100...599).contains),
      let guidance = StatusGuidance.of(status)
    else { return nil }
    return page(of: guidance, status: status, run)
  }

  private static func page(
    of guidance: StatusGuidance, status: Int, _ run: Invocation
  ) -> String {
    var text = "\(status) \(status == guidance.status ? guidance.name : "Server Error")\n\ncauses\n"
    text += guidance.causes.map { "  - \($0)\n" }.joined()
    text += "\nwhat to do\n"
    for (index, step) in guidance.steps.enumerated() {
      text += "  \(index + 1). "
      text += run.rendered(StyledText(step))
      if !text.hasSuffix("\n") { text += "\n" }
    }
    for provider in run.catalog.providers {
      guard let own = provider.guidance[status] else { continue }
      text += "\n\(provider.name): \(own)\n"
    }
    return text
  }

  private static let providers = """
    The catalogue knows a provider's addresses, the hosts of its website and dashboard, how its keys
    and Model IDs look, and which slot of Cline's it has. clinecfg providers lists it, clinecfg
    providers ID tells all that is known.

    A provider of your own is a JSON file (comments allowed) in
    $XDG_CONFIG_HOME/clinecfg/providers (else ~/.config/clinecfg/providers):

      {
        "id": "acme",
        "name": "Acme Gateway",
        "roots": ["https://llm.acme.example/v1"],
        "websites": ["acme.example"],
        "keys": [{"pattern": "acme-<hex:32>", "strength": "proof"}],
        "variables": ["ACME_API_KEY"]
      }

    Further fields: aliases, kind (gateway, vendor, cloud, local, selfHosted), family, hosts,
    dashboards, keysURL, needsKey, models, exampleModels, modelsPath, modelsProveKey,
    passesKeysThrough, notes, guidance. The id of a known provider replaces it. clinecfg providers
    validate FILE checks a file.

    """

  static let files = """
    Below Cline's data directory, ~/.cline/data unless CLINE_DATA_DIR or CLINE_DIR say otherwise:

      globalState.json            provider, Base URL and Model ID of each mode: VS Code, JetBrains
      secrets.json                keys: VS Code, JetBrains (0600)
      settings/providers.json     everything of each provider: the CLI, Desktop, VS Code (0600)
      settings/models.json        models of your own and overrides: the CLI, Desktop, VS Code
      settings/global-settings.json   settings of the CLI
      .clinecfg/                  clinecfg's own: lock, journal, backups (0700)

    VS Code's extension reads the first two first and then the next two; the one from before Cline's
    SDK, and JetBrains' plugins up to July 2026, read the first two only. The CLI and Desktop read
    the third and fourth, and take from the first two what they miss. clinecfg show tells what each
    makes of them.

    """

  private static var exitCodes: String {
    exitCodeMeanings.map { code, meaning in
      let number = String(code.rawValue)
      return spaces(5 - number.count) + "\(number)   \(meaning)\n"
    }.joined()
  }
}

extension Invocation {
  /// A text as a part of a longer one, without a terminal's codes and width.
  fileprivate func rendered(_ text: StyledText) -> String {
    text.rendered(.init(redactor: redactor, options: options))
  }
}
