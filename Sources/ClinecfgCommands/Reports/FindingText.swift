import ClineConfig

extension Finding {
  /// A finding as `doctor` and `check` tell it: what, where, and what mends it.
  func paragraph(command: (Finding) -> String?) -> StyledText {
    var text = line
    if !places.isEmpty {
      let lines = places.map { place -> StyledText in
        "\(place.pointer == .root ? place.file.relativePath : place.description)"
      }
      text += "  at    \(lines.joined(separator: "\n        "))\n"
    }
    if !clients.isEmpty {
      text += "  \(Style.dim)for   \(Self.summary(of: clients))\(Style.plain)\n"
    }
    if let help = command(self) { text += "  help  \(help)\n" }
    return text
  }

  /// `VS Code (legacy bundle) (plan), VS Code (legacy bundle) (act)` in fewer words.
  private static func summary(of clients: [String]) -> String {
    var names: [String] = []
    var modes: [String: [String]] = [:]
    for client in clients {
      let isModal = client.hasSuffix(" (plan)") || client.hasSuffix(" (act)")
      let cut = isModal ? client.lastIndex(of: "(") : nil
      let name = cut.map { String(client[..<$0].dropLast()) } ?? client
      if modes[name] == nil { names.append(name) }
      modes[name, default: []].append(cut.map { String(client[$0...]) } ?? "")
    }
    return names.map { name in
      let own = modes[name] ?? []
      return own.count == 1 && !own[0].isEmpty ? "\(name) \(own[0])" : name
    }.joined(separator: ", ")
  }

  /// Findings grouped by severity, errors first.
  static func report(_ findings: [Finding], command: (Finding) -> String?) -> StyledText {
    var text: StyledText = ""
    for severity in [Severity.error, .warning, .info] {
      for finding in findings where finding.severity == severity {
        text += finding.paragraph(command: command)
      }
    }
    return text
  }

  /// `2 errors, 1 warning`
  static func counts(_ findings: [Finding]) -> String {
    let counts = [Severity.error, .warning].compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return counts.joined(separator: ", ")
  }
}

extension Evidence {
  /// What was weighed, and what it came to.
  static func lines(of judgement: Judgement, _ catalog: ProviderCatalog) -> StyledText {
    var text: StyledText = ""
    for evidence in judgement.evidence {
      let names = evidence.providers.map { catalog[$0]?.name ?? $0 }.joined(separator: " or ")
      text +=
        "evidence: the \(evidence.part.name) \(evidence.strength.rawValue) \(names): "
        + "\(evidence.because)\n"
    }
    return text + "verdict: \(judgement.verdict.sentence(catalog))\n"
  }

  var json: JSONValue {
    [
      "part": .string(part.rawValue), "strength": .string(strength.rawValue),
      "providers": .array(providers.map { .string($0) }), "because": .string(because),
    ]
  }
}

extension Judgement.Verdict {
  var word: String {
    switch self {
    case .coherent: "coherent"
    case .incoherent: "incoherent"
    case .cannotTell: "cannot-tell"
    }
  }

  func sentence(_ catalog: ProviderCatalog) -> String {
    switch self {
    case .coherent(let owners):
      "coherent: all that is proved is of "
        + owners.map { catalog[$0]?.name ?? $0 }.joined(separator: " or ")
    case .incoherent(let one, let other):
      other.providers.isEmpty
        ? "incoherent: \(other.because)"
        : "incoherent: the \(one.part.name) and the \(other.part.name) prove different providers"
    case .cannotTell: "cannot tell: nothing proves whose it is"
    }
  }
}
