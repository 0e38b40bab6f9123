import ClineConfig
import LosslessJSON

/// A finding in a document.
struct FindingAnswer: Encodable {
  private let rule: Word
  private let name: Word
  private let severity: Word
  private let message: String
  private let store: Word?
  private let pointer: String?
  private let fix: Fix?

  private struct Fix: Encodable {
    let description: StyledText
    let safe: Bool
  }

  init(_ finding: Finding) {
    rule = Word(finding.rule.code)
    name = Word(finding.name)
    severity = Word(finding.severity.rawValue)
    message = finding.message
    store = finding.places.first.map { Word($0.file.rawValue) }
    pointer = finding.places.first?.pointer.description
    fix = finding.fix.map { Fix(description: StyledText($0.description), safe: $0.isSafe) }
  }
}

extension Finding {
  /// `error[URL104] that is …`
  var line: StyledText {
    let color = severity == .error ? Style.red : severity == .warning ? Style.yellow : Style.dim
    return "\(color)\(severity.rawValue)\(Style.plain)[\(rule.code)] \(message)\n"
  }

  /// A finding as `doctor` and `check` tell it: what, where, and what mends it.
  func paragraph(help: StyledText?) -> StyledText {
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
    if let help { text += "  help  \(help)\n" }
    return text
  }

  /// `VS Code (plan), VS Code (act)` in fewer words.
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
  static func report(_ findings: [Finding], help: (Finding) -> StyledText?) -> StyledText {
    var text: StyledText = ""
    for severity in [Finding.Severity.error, .warning, .info] {
      for finding in findings where finding.severity == severity {
        text += finding.paragraph(help: help(finding))
      }
    }
    return text
  }

  /// `2 errors, 1 warning`
  static func counts(_ findings: [Finding]) -> String {
    let counts = [Finding.Severity.error, .warning].compactMap { severity -> String? in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    return counts.joined(separator: ", ")
  }
}

/// A piece of evidence in a document.
struct EvidenceAnswer: Encodable {
  private let part: Word
  private let strength: Word
  private let providers: [String]
  private let because: String

  init(_ evidence: Judgement.Evidence) {
    part = Word(evidence.part.rawValue)
    strength = Word(evidence.strength.rawValue)
    providers = evidence.providers
    because = evidence.because
  }
}

extension Judgement {
  /// What was weighed, and what it came to.
  func lines(_ catalog: ProviderCatalog) -> StyledText {
    var text: StyledText = ""
    for evidence in evidence {
      let names = evidence.providers.map { catalog[$0]?.name ?? $0 }.joined(separator: " or ")
      text +=
        "evidence: the \(evidence.part.name) \(evidence.strength.rawValue) \(names): "
        + "\(evidence.because)\n"
    }
    return text + "verdict: \(verdict.sentence(catalog))\n"
  }
}

extension Judgement.Verdict {
  var word: Word {
    switch self {
    case .coherent: Word("coherent")
    case .incoherent: Word("incoherent")
    case .cannotTell: Word("cannot-tell")
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
