import ClineConfig
import LosslessJSON

extension RuleDocumentation {
  /// The page of a rule: what `docs/rules` holds and `explain` prints.
  package var markdown: String {
    var text = "# \(code) \(name)\n\n\(summary)\n\n"
    text += "Severity: \(severity.rawValue).\n\n## Why\n\n\(rationale)\n"
    text += "\n## How to fix\n\n\(howToFix)\n"
    if let exceptions { text += "\n## Exceptions\n\n\(exceptions)\n" }
    for (title, matches) in [
      ("Flagged", { (outcome: RuleDocumentation.Example.Outcome) in outcome != .accepted }),
      ("Accepted", { $0 == .accepted }),
    ] {
      let lines = examples.filter { matches($0.outcome) }.map(\.line).filter { !$0.isEmpty }
      guard !lines.isEmpty else { continue }
      text += "\n## \(title)\n\n" + lines.map { "- \($0)\n" }.joined()
    }
    return text
  }
}

extension RuleDocumentation {
  /// In words and a command: which values it takes, `doctor` knows.
  private var howToFix: String {
    if isFixable { return "This makes every safe fix:\n\n    clinecfg doctor --fix" }
    return family == RuleID.unauthorized.family
      ? "This asks the provider, and prints what to run:\n\n    clinecfg doctor --live"
      : "This prints the command to run, with your values:\n\n    clinecfg doctor"
  }
}

extension RuleDocumentation.Example {
  /// One line: what is looked at, and what becomes of it. Keys of examples are invented.
  var line: String {
    var parts: [String] = []
    switch subject {
    case .triple(let triple): parts = triple.words
    case .machine(let setup): parts = setup.words
    case .exchange(let exchange): parts = exchange.words
    }
    guard !parts.isEmpty else { return "" }
    let text = parts.joined(separator: ", ")
    return switch outcome {
    case .accepted: text
    case .flagged(let severity): "\(text): \(severity.rawValue)"
    case .fixed(.baseURL(let url)): "\(text): fixed to `\(url)`"
    case .fixed(.model(let model)): "\(text): fixed to `\(model)`"
    case .fixed(.key): "\(text): fixed to the key alone"
    case .mended: "\(text): fixed"
    }
  }
}

extension Triple {
  fileprivate var words: [String] {
    var words: [String] = []
    if let provider { words.append("provider `\(provider)`") }
    if let baseURL { words.append(baseURL.isEmpty ? "no Base URL" : "Base URL `\(baseURL)`") }
    if !ProviderSlot.isCompatible(slotID), provider == nil { words.append("slot `\(slotID)`") }
    if let key, key.reveal() != "invented-key-0001" {
      let text = key.reveal()
      words.append(
        text.isEmpty
          ? "no key" : "key " + Self.code(text.count > 40 ? text.prefix(16) + "…" : text[...]))
    } else if key == nil {
      words.append("no key")
    }
    if let model, model != "m" {
      words.append(model.isEmpty ? "no Model ID" : "Model ID \(Self.code(model[...].prefix(40)))")
    }
    if let fallbackVariable { words.append("`\(fallbackVariable)` exported") }
    for sighting in sightings { words.append("the same key at `\(sighting.place)`") }
    if let offered {
      words.append("offered: \(offered.ids.map { "`\($0)`" }.joined(separator: " "))")
    }
    if let otherModesBaseURL { words.append("the other mode at `\(otherModesBaseURL)`") }
    if hasStoredAnthropicKey { words.append("an Anthropic key stored") }
    return words
  }

  private static func code(_ text: Substring) -> String {
    let visible = text.unicodeScalars.map { scalar in
      scalar == "\n" ? "\\n" : scalar == "\u{200B}" ? "\\u{200B}" : String(scalar)
    }.joined()
    return visible.contains("`") ? "``\(visible)``" : "`\(visible)`"
  }
}

extension LiveCheck.Exchange {
  fileprivate var words: [String] {
    let question = question == .models ? "the model list" : "a chat request"
    if let error { return ["\(question): \(error)"] }
    guard let response else { return [] }
    let body = String(decoding: response.body, as: UTF8.self)
    return [
      "\(question) answered \(response.status)" + (body == "{}" || body.isEmpty ? "" : " `\(body)`")
    ]
      + response.headers.sorted { $0.key < $1.key }.map { "`\($0.key): \($0.value)`" }
  }
}

extension MachineExample {
  fileprivate var words: [String] {
    var words = SettingsFile.allCases.compactMap { file in
      files[file].map { text in
        let visible = text.unicodeScalars.map { scalar in
          scalar == "\n" ? "⏎" : scalar == "\u{FEFF}" ? "\\u{FEFF}" : String(scalar)
        }.joined()
        return "`\(file.relativePath)` " + (text.isEmpty ? "empty" : "`\(visible)`")
      }
    }
    words += variables.sorted { $0.key < $1.key }.map { "`\($0.key)=\($0.value)`" }
    words += surroundings.words
    return words.isEmpty ? ["no file at all"] : words
  }
}

extension Surroundings {
  fileprivate var words: [String] {
    exposed.map { "`\($0.path)` with mode \(String($0.mode.rawValue, radix: 8))" }
      + links.map { "`\($0.key.relativePath)` a link to `\($0.value)`" }
      + leftovers.map { "`\($0.path)`, \($0.age) seconds old" }
      + repositories.map {
        "`\($0.key)` \($0.value == .tracked ? "tracked by git" : "not ignored")"
      }
      + running.map { "\($0.name) running" }
      + (isManaged ? ["an organisation's configuration in the cache"] : [])
  }
}
