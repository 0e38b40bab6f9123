import ClineConfig
package import CommandLineTool
import LosslessJSON

/// The table: every command, in the order of the help.
package enum Clinecfg {
  package static let version = "0.2.0"
  /// Of the version, as a man page writes it.
  static let date = "November 27, 2026"

  package static let root = Command<Context>(
    abstract:
      "set up the AI coding agent Cline: Base URL, API key and Model ID, together and safely",
    discussion: "Without a command: what is set up, and the next step.",
    arguments: Options.global,
    examples: [
      Example("clinecfg set-provider rutaapi", "asks for the key and the model, and sets Cline up"),
      Example("clinecfg doctor", "why does Cline answer 401?"),
      Example("clinecfg undo", "undo the last change"),
    ],
    subcommands: [
      "set-provider": { SetProvider.command },
      "model": { ModelCommand.command },
      "show": { Show.command },
      "env": { EnvironmentCommand.command },
      "doctor": { Doctor.command },
      "check": { Check.command },
      "explain": { Explain.command },
      "providers": { Providers.command },
      "models": { Models.command },
      "verify": { Models.verify },
      "apply": { Apply.apply },
      "diff": { Apply.diff },
      "export": { Apply.export },
      "filter": { Apply.filter },
      "save": { Profiles.save },
      "use": { Profiles.use },
      "profiles": { Profiles.command },
      "run": { RunCommand.command },
      "remove": { Remove.command },
      "undo": { History.undo },
      "backups": { BackupsCommand.command },
      "recover": { History.recover },
      "vscode": { VSCode.command },
      "import": { VSCode.importing },
      "settings": { SettingsCommand.command },
      "get": { Values.get },
      "set": { Values.set },
      "unset": { Values.unset },
      "report": { SupportReport.command },
      "forget": { Forget.command },
      "completions": { ShellSupport.completions },
      "man": { ShellSupport.man },
      "schema": { SchemaCommand.command },
      "complete": { ShellSupport.complete },
    ],
    groups: [
      CommandGroup("every day", ["set-provider", "model", "show", "doctor", "verify", "undo"]),
      CommandGroup("checking and looking up", ["check", "explain", "providers", "models"]),
      CommandGroup(
        "profiles and dotfiles",
        ["save", "use", "profiles", "run", "apply", "diff", "export", "filter"]),
      CommandGroup("undoing and removing", ["backups", "recover", "remove", "forget"]),
      CommandGroup("clients", ["vscode", "import", "env"]),
      CommandGroup("settings and single values", ["settings", "get", "set", "unset"]),
      CommandGroup("support and shells", ["report", "schema", "completions", "man"]),
    ],
    action: Overview.action)

  /// The same as pure data.
  package static var outline: CommandOutline { root.outline(named: outlineName) }
  private static let outlineName = "clinecfg"

  /// Runs a command line.
  package static func run(_ words: [String], in context: Context) -> ExitCode {
    if words.first == "complete", words.dropFirst().first == "--" {
      let words = ShellSupport.words(Array(words.dropFirst(2)), in: context)
      let redactor = context.host.redactor(context.catalog)
      for word in words where SafeText.isSafe(word) && redactor.cleaned(word) == word {
        context.console.write(word + "\n")
      }
      return .success
    }
    let wantsJSON = words.prefix { $0 != "--" }.contains("--json")
    do throws(UsageError) {
      switch try CommandParser(root).parse(words) {
      case .version:
        return context.console.write("clinecfg \(version)\n") ? .success : .inputOutput
      case .help(let path):
        let part = root.outline(named: outlineName, along: path[...])
        let text = helpText(for: part, path: path, width: context.console.width)
        return context.console.write(text) ? .success : .inputOutput
      case .run(let command, arguments: let arguments):
        guard let action = command.action else { return .software }
        return action(context, arguments)
      }
    } catch {
      let failure = UsageHelp(for: error, in: words, knowing: context.catalog).failure
      return context.tell(failure, schema: error.path.first ?? "clinecfg", asJSON: wantsJSON)
    }
  }
}
