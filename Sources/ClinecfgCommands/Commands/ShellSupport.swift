import ClineConfig
import CommandLineTool
import LosslessJSON

/// `completions`, what its scripts ask, and `man`.
enum ShellSupport {
  private static let shell = Argument<String>.positional(
    "SHELL", help: "bash, zsh or fish", completion: .values(Shell.allCases.map(\.rawValue)))

  static let completions = Command<Context>(
    abstract: "print a completion script for a shell",
    arguments: [shell],
    examples: [
      Example(
        "clinecfg completions bash", "for ~/.local/share/bash-completion/completions/clinecfg"),
      Example("clinecfg completions zsh", "for a file _clinecfg on your fpath"),
    ],
    action: answer { run in
      guard let shell = Shell(rawValue: run[shell] ?? "") else {
        throw Failure(
          .usage, "SHELL is one of \(Shell.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return Report(
        TextAnswer(shell.completionScript(tool: "clinecfg"), as: "script"), isData: true)
    })

  static let man = Command<Context>(
    abstract: "print the man page",
    examples: [Example("clinecfg man", "for ~/.local/share/man/man1/clinecfg.1")],
    action: answer { _ in Report(TextAnswer(manPage(), as: "page"), isData: true) })

  /// A function, because the table that it prints holds `man` itself.
  private static func manPage() -> String {
    ManPage(
      date: Clinecfg.date, exitCodes: exitCodeMeanings, variables: variables,
      files: Explain.files
    ).mdoc(of: Clinecfg.outline)
  }

  private static let variables: [(name: String, meaning: String)] = [
    ("CLINE_DATA_DIR", "Cline's data directory."),
    ("CLINE_DIR", "The directory that holds Cline's data directory as data."),
    (
      "RUTAAPI_API_KEY",
      "The key of RutaAPI; other providers have a variable of their own, which providers NAME tells."
    ),
    ("XDG_CONFIG_HOME", "Where profiles and provider files are, else ~/.config."),
    (
      "XDG_STATE_HOME",
      "Where clinecfg remembers which provider accepted which key, else ~/.local/state."
    ),
    ("NO_COLOR", "No colour."),
    ("HTTPS_PROXY, NO_PROXY", "As curl reads them."),
  ]

  /// The scripts pass the words after `--`, which makes them positionals.
  static let complete = Command<Context>(
    abstract: "print the words that can stand next", isHidden: true
  ) { _, _ in .usage }

  static func words(_ words: [String], in context: Context) -> [String] {
    CommandLineTool.completions(of: words, in: Clinecfg.outline) { what, before in
      switch what {
      case "providers": context.catalog.providers.map(\.id)
      case "rules": RuleSet.standard.documentation.map(\.code.code)
      case "topics":
        RuleSet.standard.documentation.map(\.code.code) + Explain.topics
      case "models": models(before, in: context)
      case "settings": ClineSetting.all.filter { $0.owner == .person }.map(\.name)
      case "slots": ProviderSlot.open.map(\.sdkID)
      case "profiles":
        (try? SavedProfiles(on: context.host)?.names()) ?? []
      case "backups":
        (try? Invocation(of: context, ParsedArguments()).store())?.backupNames ?? []
      default: []
      }
    }
  }
}

extension ShellSupport {
  /// Model IDs that are known without asking anybody: those that are stored, and the examples of the
  /// provider on the command line.
  private static func models(_ words: [String], in context: Context) -> [String] {
    let provider = words.dropFirst().first { !$0.hasPrefix("-") }.flatMap { context.catalog[$0] }
    guard let provider, let store = try? Invocation(of: context, ParsedArguments()).store() else {
      return []
    }
    let snapshot = store.load()
    let stored = StoredSetup(provider.slot, in: snapshot, catalog: context.catalog)
    let known =
      stored.belongs(to: provider, baseURL: nil) ? Mode.allCases.compactMap(stored.model) : []
    let others = provider.exampleModels.filter { !known.contains($0) }
    return (Set(known).sorted() + others).filter { !context.catalog.looksLikeKey($0) }
  }
}

extension SettingsStore {
  fileprivate var backupNames: [String] { ((try? backups()) ?? []).map(\.id) }
}
