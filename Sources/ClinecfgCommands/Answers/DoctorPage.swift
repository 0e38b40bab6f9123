import ClineConfig
import CommandLineTool
import LosslessJSON

/// What `doctor` tells people: what Cline sends and which part of it is wrong, then the files, then the
/// commands.
struct DoctorPage {
  let machine: Machine
  let findings: [Finding]
  let catalog: ProviderCatalog
  /// Whether some rules were left out.
  var isPart = false
  /// Whether the providers were asked.
  var isLive = false

  var text: StyledText {
    var rest = findings
    var text: StyledText = ""
    if !isPart || findings.contains(where: { $0.part != .setup }) {
      for sent in machine.sentTriples(catalog) {
        text += section(of: sent, among: findings)
        rest.removeAll { concerns($0, by: sent) }
      }
    }
    if !rest.isEmpty {
      if !text.isEmpty { text += "\n" }
      text += Self.grouped(rest).map {
        $0.first.paragraph(isFixable: $0.first.isMendable, andMore: $0.count - 1)
      }.joined()
    }
    if !text.isEmpty { text += "\n" }
    return text + summary
  }

  // MARK: What is sent

  private static let parts: [Judgement.Evidence.Part] = [.baseURL, .key, .model]

  private func concerns(_ finding: Finding, by sent: SentTriple) -> Bool {
    Self.parts.contains(finding.part) && finding.directory == nil
      && !finding.users.isEmpty && finding.users.allSatisfy { user in sent.users.contains(user) }
  }

  private func section(of sent: SentTriple, among all: [Finding]) -> StyledText {
    var text: StyledText =
      "\(Style.bold)Cline sends to \(catalog.receiver(of: sent.triple))\(Style.plain)  \(Style.dim)("
      + "\(ClientMode.summary(of: sent.users)))\(Style.plain)\n"
    let own = all.filter { concerns($0, by: sent) }
    for part in Self.parts {
      let found = own.filter { $0.part == part }
      let worst = found.first
      let value = value(of: part, in: sent)
      text += "  \(worst?.mark ?? "\(Style.green)✓\(Style.plain)") "
      text += "\(part.label)  \(value)\n"
      for finding in found {
        text += "              \(finding.message)  \(finding.code)\n"
        if finding.isMendable, let fix = finding.fix {
          text += "              \(Style.dim)can be fixed: \(fix.description)\(Style.plain)\n"
        }
      }
      let places = found.flatMap(\.places).reduce(into: [String]()) { places, place in
        if !places.contains(place.description) { places.append(place.description) }
      }
      if !places.isEmpty {
        text += "              \(Style.dim)at \(Finding.listed(places, limit: 2))\(Style.plain)\n"
      }
    }
    for remedy in Self.remedies(own) { text += "  fix  \(remedy)\n" }
    return text
  }

  private func value(of part: Judgement.Evidence.Part, in sent: SentTriple) -> StyledText {
    if let value = catalog.shown(part, of: sent.triple) { return "\(value)" }
    if part == .key, sent.triple.key?.isEmpty == false { return "none needed" }
    guard part == .baseURL, let own = sent.requests.first?.request.baseURL else { return "none" }
    return "\(catalog.withoutSecrets(own))  \(Style.dim)(Cline's own)\(Style.plain)"
  }

  /// What fixes the findings that need a person: one command for all that it sets.
  static func remedies(_ findings: [Finding]) -> [StyledText] {
    var rest = findings.filter { !$0.isMendable && $0.fix != nil }
    var found: [StyledText] = []
    while let first = rest.first, let fix = first.fix {
      let step = fix.description.steps.last
      let same = step == nil ? [first] : rest.filter { $0.fix?.description.steps.last == step }
      rest.removeAll { same.contains($0) }
      var words: [String] = []
      for text in same.compactMap({ $0.fix?.description.wordsBeforeStep })
      where !words.contains(text) {
        words.append(text)
      }
      var text: StyledText = "\(words.joined(separator: "; "))"
      if let step {
        if words.isEmpty {
          let parts = Self.parts.filter { part in same.contains { $0.part == part } }
          text = "set the \(parts.map(\.name).joined(separator: " and the "))"
        }
        text += ":\(step)"
      }
      for alternative in same.compactMap({ $0.fix?.alternative }) {
        text += step == nil ? "; \(alternative)" : ", \(alternative)"
      }
      if !found.contains(text) { found.append(text) }
    }
    return found
  }

  // MARK: Files

  /// Many findings of one kind are one.
  private struct Group {
    var first: Finding
    var count = 1
  }

  private static func grouped(_ findings: [Finding]) -> [Group] {
    var groups: [Group] = []
    for finding in findings.gravestFirst {
      let index = groups.firstIndex {
        $0.first.rule == finding.rule && $0.first.severity == finding.severity
          && $0.first.isMendable && finding.isMendable
          && finding.value == nil && $0.first.value == nil
      }
      if let index { groups[index].count += 1 } else { groups.append(Group(first: finding)) }
    }
    return groups
  }

  // MARK: The end

  private var summary: StyledText {
    let place = machine.main.locations.dataDirectory.description
    let problems = findings.count { $0.severity != .info }
    let fixable = findings.count { $0.isMendable }
    let broken = machine.main.broken.map(\.file.relativePath).joined(separator: ", ")
    var text: StyledText = ""
    if !broken.isEmpty { text += "\(broken) could not be checked\n" }
    if problems > 0 || fixable > 0 {
      let counts = Finding.counts(findings)
      text += counts.isEmpty ? "no problem" : "\(counts)"
      text += " in \(place)"
      guard fixable > 0 else { return text + "\n" }
      text += "; \(fixable) can be fixed now:\(clinecfg: "doctor", "--fix")\n"
      return text
    }
    guard broken.isEmpty else { return text }
    guard machine.isConfigured else {
      return "Cline is not set up here yet (\(place)). To set it up:\(clinecfg: "set-provider")\n"
    }
    text +=
      "\(Style.green)nothing \(isPart ? "of that " : "")is wrong\(Style.plain) with the settings in \(place)\n"
    if !isLive, !isPart, !machine.sentTriples(catalog).isEmpty {
      text += "the provider was not asked:\(clinecfg: "doctor", "--live")\n"
    }
    return text
  }
}

extension Judgement.Evidence.Part {
  /// Its name in a column.
  fileprivate var label: String {
    name + spaces(max(0, 8 - name.count))
  }
}

extension Advice {
  /// The words before its first step; `nil` where there are none.
  var wordsBeforeStep: String? {
    var words = ""
    for part in parts {
      switch part {
      case .own(let text), .outside(let text): words += text
      case .step: return words.isEmpty ? nil : String(words.trimmingSuffix { ": ".contains($0) })
      }
    }
    return words.isEmpty ? nil : words
  }
}

extension String {
  /// Without what it ends in.
  fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> Substring {
    var rest = self[...]
    while let last = rest.last, isDropped(last) { rest.removeLast() }
    return rest
  }
}
