import ClineConfig
import LosslessJSON

/// A finding in a document.
struct FindingAnswer: Encodable {
  private let rule: Word
  private let name: Word
  private let severity: Word
  private let message: String
  /// Of Base URL, key and Model ID the one that it is about.
  private let part: Word?
  /// As it may be shown.
  private let value: String?
  /// The first of the places.
  private let store: Word?
  private let pointer: String?
  private let places: [Place]
  private let clients: [Word]
  private let modes: [Word]
  private let fix: Fix?
  private let fixable: Bool
  private let commands: [CommandLine]

  private struct Place: Encodable {
    let store: Word
    let pointer: String
  }

  private struct Fix: Encodable {
    let description: StyledText
    let safe: Bool
  }

  init(_ finding: Finding) {
    rule = Word(finding.rule.code)
    name = Word(finding.name)
    severity = Word(finding.severity.rawValue)
    message = finding.message
    part = finding.part == .setup ? nil : Word(finding.part.rawValue)
    value = finding.value
    store = finding.places.first.map { Word($0.file.rawValue) }
    pointer = finding.places.first?.pointer.description
    places = finding.places.map {
      Place(store: Word($0.file.rawValue), pointer: $0.pointer.description)
    }
    clients = finding.users.clients.map { Word($0.rawValue) }
    modes = finding.users.modes.map { Word($0.rawValue) }
    fix = finding.fix.map { Fix(description: StyledText($0.advice), safe: $0.isSafe) }
    fixable = finding.isMendable
    commands = finding.commandLines
  }
}

extension Finding {
  /// The commands that fix it, or lead to that.
  var commandLines: [CommandLine] {
    if isMendable { return [Advice.Step.mend.commandLine] }
    return fix?.advice.steps.map(\.commandLine) ?? []
  }

  var mark: StyledText {
    switch severity {
    case .error: "\(Style.red)✗\(Style.plain)"
    case .warning: "\(Style.yellow)!\(Style.plain)"
    case .info: "\(Style.dim)·\(Style.plain)"
    }
  }

  /// `✗ Base URL https://rutaapi.com: RutaAPI's website, not its API  URL103`
  var line: StyledText { line(andMore: 0) }

  /// The same for so many more of its kind.
  private func line(andMore count: Int) -> StyledText {
    let subject: StyledText = value.map { "\(part.name) \($0): " } ?? ""
    let more = count > 0 ? " (and \(count) more like it)" : ""
    return "\(mark) \(subject)\(message)\(more)  \(code)\n"
  }

  /// What programs and `explain` call it, at the end of a line.
  var code: StyledText { "\(Style.dim)\(rule.code)\(Style.plain)" }

  /// A finding as `doctor` and `check` tell it: what, where, and what fixes it.
  ///
  /// - Parameters:
  ///   - isFixable: Whether a command makes the fix.
  ///   - count: How many more of its kind there are.
  func paragraph(isFixable: Bool = false, andMore count: Int = 0) -> StyledText {
    var text = line(andMore: count) + location
    guard let fix else { return text }
    text +=
      isFixable
      ? "  \(Style.dim)can be fixed: \(fix.description)\(Style.plain)\n" : "  fix  \(fix.advice)\n"
    return text
  }

  /// Where it is, in a line or two.
  private var location: StyledText {
    var text: StyledText = ""
    if !places.isEmpty {
      let names = places.map { place in
        place.pointer == .root ? place.file.relativePath : place.description
      }
      text += "  \(Style.dim)at   \(Self.listed(names))\(Style.plain)\n"
    }
    if !users.isEmpty {
      let place = directory.map { " in \($0.description)" } ?? ""
      text += "  \(Style.dim)for  \(ClientMode.summary(of: users))\(place)\(Style.plain)\n"
    }
    return text
  }

  /// The first of many.
  static func listed(_ names: [String], limit: Int = 4) -> String {
    let more = names.count > limit ? " and \(names.count - limit) more" : ""
    return names.prefix(limit).joined(separator: ", ") + more
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

extension ClientMode {
  /// `VS Code, CLI; plan and act`, or each client with its own mode.
  static func summary(of users: [ClientMode]) -> String {
    let (clients, modes) = (users.clients, users.modes)
    let isRegular = clients.allSatisfy { client in
      modes.allSatisfy { users.contains(ClientMode(client: client, mode: $0)) }
    }
    guard isRegular else {
      return clients.map { client in
        let own = users.filter { $0.client == client }
        return own.count == 1 ? "\(client.name) (\(own[0].mode.rawValue))" : client.name
      }.joined(separator: ", ")
    }
    return clients.map(\.name).joined(separator: ", ") + "; "
      + modes.map(\.rawValue).joined(separator: " and ")
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
      "OK: everything that clinecfg recognises belongs to "
        + owners.map { catalog[$0]?.name ?? $0 }.joined(separator: " or ")
    case .incoherent(let one, let other):
      other.providers.isEmpty
        ? "they do not belong together: \(other.because)"
        : "they do not belong together: the \(one.part.name) and the \(other.part.name) are different providers'"
    case .cannotTell: "cannot tell: nothing shows which provider they belong to"
    }
  }
}
