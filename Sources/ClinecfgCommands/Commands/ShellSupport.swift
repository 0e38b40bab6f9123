import ClineConfig
import CommandLineTool

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
    ]
  ) { context, arguments in
    context.answer(arguments) {
      guard let shell = Shell(rawValue: arguments[shell] ?? "") else {
        throw Failure(
          .usage, "SHELL is one of \(Shell.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      var report = Report()
      report.isData = true
      let script = shell.completionScript(tool: "clinecfg")
      report.text = .own(script)
      report.members = ["script": .string(script)]
      return report
    }
  }

  static let man = Command<Context>(
    abstract: "print the man page",
    examples: [Example("clinecfg man", "for ~/.local/share/man/man1/clinecfg.1")]
  ) { context, arguments in
    context.answer(arguments) {
      var report = Report()
      report.isData = true
      let page = manPage()
      report.text = .own(page)
      report.members = ["page": .string(page)]
      return report
    }
  }

  /// A function, because the table that it prints holds `man` itself.
  private static func manPage() -> String {
    ManPage(
      date: Clinecfg.date, exitCodes: exitCodeMeanings,
      files: Explain.files
    ).mdoc(of: Clinecfg.outline)
  }

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
      case "models": models(before, context)
      case "profiles":
        (try? SavedProfiles(on: context.host)?.names()) ?? []
      case "backups":
        (try? context.store(ParsedArguments()))?.backupNames ?? []
      default: []
      }
    }
  }
}

extension ShellSupport {
  /// Model IDs that are known without asking anybody: those that are stored, and the examples of the
  /// provider on the command line.
  private static func models(_ words: [String], _ context: Context) -> [String] {
    let provider = words.dropFirst().first { !$0.hasPrefix("-") }.flatMap { context.catalog[$0] }
    guard let provider, let store = try? context.store(ParsedArguments()) else { return [] }
    let snapshot = store.load()
    let stored = StoredSetup(snapshot: snapshot, slot: provider.slot, catalog: context.catalog)
    let known =
      stored.belongs(to: provider, baseURL: nil) ? Mode.allCases.compactMap(stored.model) : []
    let others = provider.exampleModels.filter { !known.contains($0) }
    return (Set(known).sorted() + others).filter { !context.catalog.looksLikeKey($0) }
  }
}

extension SettingsStore {
  fileprivate var backupNames: [String] { ((try? backups()) ?? []).map(\.id) }
}
