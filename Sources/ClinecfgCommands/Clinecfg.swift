import ClineConfig
package import CommandLineTool

/// The table: every command, in the order of the help.
package enum Clinecfg {
  package static let version = "0.1.0"
  /// Of the version, as a man page writes it.
  static let date = "November 24, 2026"

  package static let root = Command<Context>(
    "clinecfg",
    abstract:
      "sets up the AI coding agent Cline: Base URL, API key and Model ID, together and safely",
    discussion: "Without a command, on a terminal: what is set up, and the next step.",
    arguments: Options.global,
    subcommands: [
      SetProvider.command, Show.command, Doctor.command, Check.command, Explain.command,
      Providers.command, Models.command, Models.verify,
      Apply.apply, Apply.diff, Apply.export, Apply.filter, Profiles.save, Profiles.use,
      Profiles.command,
      Remove.command, History.undo,
      BackupsCommand.command,
      History.recover,
      VSCode.command, VSCode.importing,
      Values.get, Values.set, Values.unset, SupportReport.command, Forget.command,
      ShellSupport.completions, ShellSupport.man, ShellSupport.complete,
    ],
    action: Overview.action)

  /// Runs a command line.
  package static func run(_ words: [String], in context: Context) -> ExitCode {
    if words.first == "complete", words.dropFirst().first == "--" {
      for word in ShellSupport.words(Array(words.dropFirst(2)), in: context) {
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
        let text = helpText(for: root.outline, path: path, width: context.console.width)
        return context.console.write(text) ? .success : .inputOutput
      case .run(let command, let arguments):
        guard let action = command.action else { return .software }
        return action(context, arguments)
      }
    } catch {
      var failure = Context.failure(error)
      if case .unknownOption(let name) = error.problem, isKeyOption(name) {
        failure = Failure(
          .usage, "a key must not stand on a command line, where every process can read it",
          help: "pass one of --key-stdin, --key-file FILE, --key-env VAR, --key-command CMD")
      }
      return context.fail(failure, schema: error.path.first ?? "clinecfg", wantsJSON: wantsJSON)
    }
  }

  private static func isKeyOption(_ name: String) -> Bool {
    ["--key", "--api-key", "--apikey", "--token", "-k"].contains(name.lowercased())
  }
}
