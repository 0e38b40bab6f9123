import ClineConfig
import CommandLineTool

/// What to say to a command line that cannot be read: what was probably meant.
struct UsageHelp {
  private let error: UsageError
  private let words: [String]
  private let catalog: ProviderCatalog

  init(for error: UsageError, in words: [String], knowing catalog: ProviderCatalog) {
    (self.error, self.words, self.catalog) = (error, words, catalog)
  }

  /// What other programs call our commands.
  private static let synonyms: [String: [String]] = [
    "status": ["show"], "list": ["show"], "ls": ["show"], "config": ["show"], "current": ["show"],
    "login": ["set-provider"], "auth": ["set-provider"], "setup": ["set-provider"],
    "init": ["set-provider"], "configure": ["set-provider"], "add": ["set-provider"],
    "provider": ["set-provider"], "switch": ["use"], "profile": ["profiles"], "test": ["verify"],
    "ping": ["verify"], "fix": ["doctor", "--fix"], "lint": ["doctor"], "validate": ["check"],
    "version": ["--version"], "rollback": ["undo"], "revert": ["undo"], "restore": ["backups"],
    "logout": ["remove"], "delete": ["remove"], "rm": ["remove"], "update": ["set-provider"],
  ]

  private static let keyOptions: Set<String> = ["--key", "--api-key", "--apikey", "--token", "-k"]

  var failure: Failure {
    switch error.problem {
    case .unknownOption(let name) where Self.keyOptions.contains(name.lowercased()):
      return Self.exposed
    case .unknownCommand(let word):
      if catalog.looksLikeKey(word) { return Self.exposed }
      guard let meant = Self.synonyms[word.lowercased()] else { break }
      return Failure(
        .usage, "there is no command '\(Echo.shown(word))'",
        help: "did you mean:\(.command(CommandLine(words: meant)))")
    case .unexpected(let extra):
      if extra.contains(where: catalog.looksLikeKey) { return Self.exposed }
      // `set-provider NAME MODEL`
      guard error.path == ["set-provider"], extra.count == 1,
        let name = words.dropFirst().first(where: { !$0.hasPrefix("-") && $0 != extra[0] })
      else { break }
      return Failure(
        .usage, "unexpected argument '\(Echo.shown(extra[0]))'",
        help:
          "did you mean:\(.command(CommandLine(words: ["set-provider", name, "--model", extra[0]])))"
      )
    default: break
    }
    var failure = Failure(any: error)
    if error.suggestion == nil {
      failure.help = "see:\(.command(CommandLine(words: error.path + ["--help"], isWhole: true)))"
    } else if case .unknownCommand(let word) = error.problem, let meant = error.suggestion,
      let place = words.firstIndex(of: word), !words.contains(where: catalog.looksLikeKey)
    {
      var line = words
      line[place] = meant
      failure.help = "did you mean:\(.command(CommandLine(words: line, isWhole: true)))"
    }
    return failure
  }

  /// A key among the words is in the shell's history now.
  private static let exposed = Failure(
    .usage,
    "a key on a command line can be read by every process and stays in the shell's history; revoke it",
    help:
      "pass a new one with --key-prompt, --key-stdin, --key-file FILE, --key-env VAR or --key-command CMD"
  )
}
