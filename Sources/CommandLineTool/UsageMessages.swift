extension UsageError {
  /// What is wrong: lower case, no final stop, and never a word that may be a key.
  package var message: String {
    switch problem {
    case .unknownCommand(let word): "there is no command '\(Echo.shown(word))'"
    case .unknownOption(let name): "there is no option '\(Echo.shown(name))'"
    case .missingCommand: "a command is missing"
    case .missingValue(let option, let valueName): "\(option) needs a value: \(option) \(valueName)"
    case .valueNotAllowed(let option): "\(option) takes no value"
    case .missingArgument(let name): "\(name) is missing"
    case .unexpected(let words):
      "unexpected argument\(words.count == 1 ? "" : "s") "
        + words.map { "'\(Echo.shown($0))'" }.joined(separator: ", ")
    case .repeated(let option): "\(option) can stand only once"
    case .invalid(let option, let value, let expected):
      "\(option) wants \(expected)" + (value.map { ", not '\(Echo.shown($0))'" } ?? "")
    }
  }

  /// What to do.
  package func help(tool: String) -> String {
    if let suggestion { return "did you mean '\(suggestion)'?" }
    return "see: " + ([tool] + path + ["--help"]).joined(separator: " ")
  }
}

/// Words of a command line in messages.
package enum Echo {
  /// A word as it may be repeated: one that could be a key in the wrong place is not, and no
  /// control character reaches a terminal.
  package static func shown(_ word: String) -> String {
    looksSecret(word) ? "…" : SafeText.line(word)
  }

  /// Whether a word is as long and mixed as keys are, and nothing that people type: a path, an
  /// address, words with hyphens.
  package static func looksSecret(_ word: String) -> Bool {
    let parts = word.split { "/.:=@ ".contains($0) }
    return parts.contains { part in
      let body = part.drop { $0 == "-" }
      return body.count >= 16 && body.contains(where: \.isNumber)
        && body.contains(where: \.isLetter)
    }
  }
}
