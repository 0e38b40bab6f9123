import ClineConfig
import CommandLineTool

/// `clinecfg` without a word, on a terminal: the state in a few lines, and the next step.
enum Overview {
  static let action: Command<Context>.Action = { context, arguments in
    context.answer(arguments) {
      guard context.console.isInteractive, !arguments[Options.json] else {
        throw Failure(.usage, "a command is missing", help: "see: clinecfg --help")
      }
      guard let setup = try context.setup(arguments, looksAround: false) else {
        throw Context.noHome
      }
      var report = Report()
      report.isData = true
      report.text = state(setup, context)
      report.text += "next: \(nextStep(setup, try context.store(arguments), context))\n"
      report.text += "all commands: clinecfg --help\n"
      return report
    }
  }

  private static func state(_ setup: Setup, _ context: Context) -> StyledText {
    let place = setup.main.locations.dataDirectory.description
    let sent = setup.sentTriples(context.catalog)
    let broken = setup.main.broken.map(\.file.relativePath)
    guard broken.isEmpty else {
      return "Cline cannot read \(broken.joined(separator: ", ")) in \(place)\n"
    }
    guard !sent.isEmpty else {
      return setup.isConfigured
        ? "Cline is set up in \(place), to sign in by itself\n"
        : "Cline is not set up here yet (\(place))\n"
    }
    var text: StyledText = "Cline's settings in \(place)\n"
    for (triple, users) in sent {
      let owner = context.catalog.provider(of: triple)?.name ?? triple.baseURL ?? "no provider"
      let modes = Mode.allCases.filter { mode in users.contains { $0.mode == mode } }
      let clients = ClineClient.allCases.filter { client in
        users.contains { $0.client == client }
      }
      text += "  \(Style.bold)\(context.withoutSecrets(owner))\(Style.plain)"
      text += "  \(context.withoutSecrets(triple.model ?? "no model"))"
      text += "  key \(triple.key.map { context.masked($0) } ?? "missing")\n"
      if sent.count > 1, let url = triple.baseURL {
        text += "    \(context.withoutSecrets(url))\n"
      }
      text += "    \(Style.dim)\(modes.map(\.rawValue).joined(separator: " and ")) mode of "
      text += "\(clients.map(\.name).joined(separator: ", "))\(Style.plain)\n"
    }
    return text
  }

  private static func nextStep(
    _ setup: Setup, _ store: SettingsStore, _ context: Context
  ) -> StyledText {
    if store.hasPending { return "clinecfg recover  (a change was interrupted)" }
    let findings = RuleSet.standard.findings(in: setup, catalog: context.catalog)
    let counts = Finding.counts(findings)
    if !counts.isEmpty { return "clinecfg doctor  (\(counts))" }
    guard setup.isConfigured else {
      return "clinecfg set-provider  (asks for provider, key and model)"
    }
    return "clinecfg verify  (nothing is wrong; ask the provider)"
  }
}
