extension UsageError {
  /// What is wrong: lower case, no final stop, and never a word that may be a key.
  package var message: String {
    switch problem {
    case .unknownCommand(let word): "there is no command '\(word)'"
    case .unknownOption(let name): "there is no option '\(name)'"
    case .missingCommand: "a command is missing"
    case .missingValue(let option, let valueName): "\(option) needs a value: \(option) \(valueName)"
    case .valueNotAllowed(let option): "\(option) takes no value"
    case .missingArgument(let name): "\(name) is missing"
    case .unexpected(let count): count == 1 ? "one word too many" : "\(count) words too many"
    case .repeated(let option): "\(option) can stand only once"
    case .invalid(let option, let value, let expected):
      "\(option) wants \(expected)" + (value.map { ", not '\($0)'" } ?? "")
    }
  }

  /// What to do.
  package func help(tool: String) -> String {
    if let suggestion { return "did you mean '\(suggestion)'?" }
    return "see: " + ([tool] + path + ["--help"]).joined(separator: " ")
  }
}
