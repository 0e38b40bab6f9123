import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg` without a word, on a terminal: the state in a few lines, and the next step.
enum Overview {
  static let action = answer { run in
    guard run.console.isInteractive, !run[Options.json] else {
      throw Failure(.usage, "a command is missing", help: "see: clinecfg --help")
    }
    let machine = try run.machine(looksAround: false)
    var text = state(of: machine, run.catalog)
    text += "next: \(nextStep(machine, store: try run.store(), catalog: run.catalog))\n"
    text += "all commands: clinecfg --help\n"
    return Report(OverviewAnswer(text: text), isData: true)
  }

  private struct OverviewAnswer: Answer {
    let text: StyledText
    enum CodingKeys: CodingKey {}
  }

  private static func state(of machine: Machine, _ catalog: ProviderCatalog) -> StyledText {
    let place = machine.main.locations.dataDirectory.description
    let sent = machine.sentTriples(catalog)
    let broken = machine.main.broken.map(\.file.relativePath)
    guard broken.isEmpty else {
      return "Cline cannot read \(broken.joined(separator: ", ")) in \(place)\n"
    }
    guard !sent.isEmpty else {
      return machine.isConfigured
        ? "Cline is set up in \(place), to sign in by itself\n"
        : "Cline is not set up here yet (\(place))\n"
    }
    var text: StyledText = "Cline's settings in \(place)\n"
    for one in sent {
      let (triple, users) = (one.triple, one.users)
      let owner = catalog.provider(of: triple)?.name ?? triple.baseURL ?? "no provider"
      let modes = Mode.allCases.filter { mode in users.contains { $0.mode == mode } }
      let clients = ClineClient.allCases.filter { client in
        users.contains { $0.client == client }
      }
      text += "  \(Style.bold)\(catalog.withoutSecrets(owner))\(Style.plain)"
      text += "  \(catalog.withoutSecrets(triple.model ?? "no model"))"
      text += "  key \(triple.key.map(catalog.masked) ?? "missing")\n"
      if sent.count > 1, let url = triple.baseURL {
        text += "    \(catalog.withoutSecrets(url))\n"
      }
      text += "    \(Style.dim)\(modes.map(\.rawValue).joined(separator: " and ")) mode of "
      text += "\(clients.map(\.name).joined(separator: ", "))\(Style.plain)\n"
    }
    return text
  }

  private static func nextStep(
    _ machine: Machine, store: SettingsStore, catalog: ProviderCatalog
  ) -> StyledText {
    if store.hasPending { return "\(clinecfg: "recover")  (a change was interrupted)" }
    let findings = RuleSet.standard.findings(in: machine, catalog: catalog)
    let counts = Finding.counts(findings)
    if !counts.isEmpty { return "\(clinecfg: "doctor")  (\(counts))" }
    guard machine.isConfigured else {
      return "\(clinecfg: "set-provider")  (asks for provider, key and model)"
    }
    return "\(clinecfg: "verify")  (nothing is wrong; ask the provider)"
  }
}
