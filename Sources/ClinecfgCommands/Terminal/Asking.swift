import ClineConfig
import CommandLineTool
import LosslessJSON

extension Invocation {
  /// Whether a missing value may be asked for.
  var mayAsk: Bool {
    console.isInteractive && !self[Options.noInput] && !self[Options.json]
  }

  /// A value that somebody types.
  func ask(_ question: StyledText) throws -> String {
    for _ in 0..<3 {
      guard let line = console.readLine(prompt: prompt(question + ": ")) else { break }
      if !line.trimmed.isEmpty { return line.trimmed }
    }
    throw Failure.interrupted
  }

  /// The place of the line that somebody chooses.
  func pick(_ title: StyledText, among lines: [StyledText]) throws -> Int {
    let form = StyledText.Form(redactor: redactor)
    let lines = lines.map { $0.rendered(form) }
    guard let index = console.pick(prompt(title), among: lines) else { throw Failure.interrupted }
    return index
  }

  private func prompt(_ text: StyledText) -> String {
    text.rendered(
      .init(
        redactor: redactor, width: console.notesWidth, home: host.homeDirectory?.description))
  }
}

extension Failure {
  static let interrupted = Failure(.interrupted, "interrupted; nothing was written")
}

extension Invocation {
  /// Something to know while somebody is asked.
  func say(_ text: StyledText) {
    let line = text.rendered(
      StyledText.Form(
        redactor: redactor, options: options, width: console.notesWidth,
        home: host.homeDirectory?.description))
    console.note(line.hasSuffix("\n") ? line : line + "\n")
  }

  /// Whether somebody says yes, which is what they mean by Enter.
  func agrees(_ question: StyledText) -> Bool? {
    for _ in 0..<3 {
      guard let line = console.readLine(prompt: prompt(question + " [Y/n] ")) else { return nil }
      switch line.trimmed.lowercased() {
      case "", "y", "yes": return true
      case "n", "no": return false
      default: continue
      }
    }
    return nil
  }
}

/// A person at the terminal answers what a set-up leaves open.
struct TerminalQuestions: SetupPlanner.Questions {
  let invocation: Invocation

  /// How often a bad answer is asked for again, before the rules refuse it.
  private static let patience = 3

  func key(_ question: SetupPlanner.KeyQuestion) -> String? {
    let provider = question.provider
    let catalog = invocation.catalog
    if let place = provider.keysPlace ?? provider.keysURL {
      invocation.say("create a \(provider.name) key at \(place)")
    }
    return key(named: provider.name, known: question.known) { typed in
      var triple = Triple(
        provider: provider.id, slotID: question.target.slot.sdkID,
        baseURL: question.target.baseURL, key: Secret(typed), model: "-")
      triple.now = invocation.host.now()
      return RuleSet.standard.findings(in: triple, catalog: catalog).first {
        $0.severity == .error && $0.part == .key
      }
    }
  }

  /// A key that is typed unseen, asked for until there is one that nothing speaks against.
  func key(
    named name: String?, known: String? = nil, judging: (String) -> Finding?
  ) -> String? {
    let whose = name.map { "\($0) " } ?? ""
    var last = ""
    for attempt in 1...Self.patience {
      let question: StyledText =
        known.map { "\(whose)API key (Enter keeps \($0), or paste another; not shown): " }
        ?? "\(whose)API key (not shown): "
      guard
        let typed = invocation.console.readSecret(
          prompt: question.rendered(
            .init(redactor: invocation.redactor, width: invocation.console.notesWidth)))
      else { return nil }
      last = typed.trimmed
      if last.isEmpty {
        if known != nil { return "" }
        if attempt < Self.patience { invocation.say("no key was entered") }
        continue
      }
      invocation.host.secrets.note(Secret(last))
      let size = last.count
      invocation.say(
        "received \(size) characters: \(invocation.catalog.masked(Secret(last)))")
      guard let finding = judging(last), attempt < Self.patience else { return last }
      invocation.say("\(finding.message)")
    }
    return last
  }

  func model(_ question: SetupPlanner.ModelQuestion) -> String? {
    let name = question.provider.name
    guard !question.offered.isEmpty else {
      if let problem = question.problem {
        invocation.say("could not load the model list: \(problem)")
      }
      return try? invocation.ask("\(name) Model ID")
    }
    let ids = question.offered
    let lines = ids.map { $0 == question.present ? "\($0)  (now)" : "\($0)" as StyledText }
    guard let place = try? invocation.pick("\(name) model", among: lines) else { return nil }
    invocation.say("Model ID  \(ids[place])")
    return ids[place]
  }
}
