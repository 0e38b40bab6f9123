import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg` without a word: the state in a few lines, and the next step.
enum Overview {
  static let action = answer { run in
    let machine = try run.machine(looksAround: false)
    let findings = RuleSet.standard.findings(in: machine, catalog: run.catalog)
    let state = State(
      machine: machine, findings: findings, catalog: run.catalog,
      hasPending: try run.store().hasPending)
    return Report(state, isData: true)
  }

  /// What a client would send, in a document.
  private struct SentAnswer: Encodable {
    let provider: String?
    let baseURL: String?
    let model: String?
    let key: String?
    let clients: [Word]
    let modes: [Word]
  }

  private struct State: Answer {
    let machine: Machine
    let findings: [Finding]
    let catalog: ProviderCatalog
    let hasPending: Bool

    private enum Key: String, CodingKey { case configured, dataDir, sends, errors, warnings, next }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(machine.isConfigured, forKey: .configured)
      try container.encode(
        machine.main.locations.dataDirectory.description, forKey: .dataDir)
      try container.encode(
        machine.sentTriples(catalog).map { sent in
          SentAnswer(
            provider: catalog.provider(of: sent.triple)?.id,
            baseURL: catalog.shown(.baseURL, of: sent.triple),
            model: catalog.shown(.model, of: sent.triple),
            key: catalog.shown(.key, of: sent.triple),
            clients: sent.users.clients.map { Word($0.rawValue) },
            modes: sent.users.modes.map { Word($0.rawValue) })
        }, forKey: .sends)
      try container.encode(findings.count { $0.severity == .error }, forKey: .errors)
      try container.encode(findings.count { $0.severity == .warning }, forKey: .warnings)
      try container.encode(next.command, forKey: .next)
    }

    var text: StyledText {
      lines + "\(next.words):\(.command(next.command))\n"
        + "all commands:\(clinecfg: "--help")\n"
    }

    private var lines: StyledText {
      let place = machine.main.locations.dataDirectory.description
      let sent = machine.sentTriples(catalog)
      let broken = machine.main.broken.map(\.file.relativePath)
      guard broken.isEmpty else {
        return "Cline cannot read \(broken.joined(separator: ", ")) in \(place)\n"
      }
      guard !sent.isEmpty else {
        return machine.isConfigured
          ? "Cline is set up in \(place), with a sign-in of its own\n"
          : "Cline is not set up here yet (\(place))\n"
      }
      var text: StyledText = "Cline's settings in \(place)\n"
      for one in sent {
        let triple = one.triple
        text += "  \(Style.bold)\(catalog.receiver(of: triple))\(Style.plain)"
        text += "  \(catalog.shown(.model, of: triple) ?? "no model")"
        text += "  key \(triple.key.map(catalog.masked) ?? "missing")\n"
        if sent.count > 1, let url = catalog.shown(.baseURL, of: triple) { text += "    \(url)\n" }
        text += "    \(Style.dim)\(ClientMode.summary(of: one.users))\(Style.plain)\n"
      }
      return text
    }

    private var next: (words: String, command: CommandLine) {
      if hasPending {
        return ("a change was interrupted; to finish it", CommandLine(words: ["recover"]))
      }
      let counts = Finding.counts(findings)
      if !counts.isEmpty { return ("\(counts); to see more", CommandLine(words: ["doctor"])) }
      guard machine.isConfigured else {
        return (
          "to set it up (you are asked for provider, key and model)",
          CommandLine(words: ["set-provider"])
        )
      }
      guard !machine.sentTriples(catalog).isEmpty else {
        return ("nothing is wrong; to see what each client sends", CommandLine(words: ["show"]))
      }
      let isProved = machine.sentTriples(catalog).allSatisfy { sent in
        guard let key = sent.triple.key else { return true }
        return sent.triple.sightings.contains { $0.place == "accepted" } || key.isEmpty
      }
      return isProved
        ? ("nothing is wrong; to change the model", CommandLine(words: ["model"]))
        : ("nothing is wrong here; to ask the provider too", CommandLine(words: ["verify"]))
    }
  }
}
