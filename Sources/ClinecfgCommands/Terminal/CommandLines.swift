import ClineConfig
import LosslessJSON

/// A command line to be printed: it can be pasted as it stands.
struct CommandLine: Sendable, Hashable, Encodable {
  /// The words behind the program's name.
  var words: [String]
  /// Whether what was given is among them already.
  var isWhole = false
  /// The program.
  var program = "clinecfg"

  /// The whole line.
  ///
  /// - Parameter options: What was given and the line needs to mean the same, such as `--data-dir`.
  func text(with options: [String]) -> String {
    whole(with: options).map(ShellWord.quoted).joined(separator: " ")
  }

  /// All its words, the program's name first.
  func whole(with options: [String]) -> [String] {
    let isOwn =
      isWhole || program != "clinecfg" || words.contains("--data-dir")
      || words.first.map(Self.ofNoFiles.contains) == true
    return [program] + words + (isOwn ? [] : options)
  }

  /// As the words of an array; the writer of documents adds what was given.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(whole(with: []))
  }

  /// The commands that look at none of Cline's files.
  private static let ofNoFiles: Set<String> = [
    "--help", "--version", "check", "completions", "explain", "forget", "man", "providers",
    "schema",
  ]
}

extension Advice.Step {
  /// The command that does it.
  var commandLine: CommandLine {
    let words: [String]
    switch self {
    case .setUp(let values):
      var options: [String] = []
      for (option, value) in [
        ("--slot", values.slot), ("--base-url", values.baseURL),
        ("--mode", values.mode?.rawValue), ("--model", values.model),
      ] {
        if let value { options += [option, value] }
      }
      words =
        ["set-provider"] + [values.provider].compactMap(\.self) + options
        + (values.newKey ? ["--key-prompt"] : [])
    case .remove(let provider): words = ["remove", provider]
    case .set(let place, let value): words = ["set", place.description, value]
    case .unset(let place): words = ["unset", place.description]
    case .examine(let directory):
      words = ["doctor"] + (directory.map { ["--data-dir", $0.description] } ?? [])
    case .mend: words = ["doctor", "--fix"]
    case .show: words = ["show"]
    case .listModels: words = ["models"]
    case .listBackups: words = ["backups"]
    case .recover(let isBack): words = ["recover"] + (isBack ? ["--back"] : [])
    case .startBundle(let name, let editor):
      words = ["vscode", "bundle", name, "--flavour", editor]
    case .importOldStorage: words = ["import", "vscode"]
    case .importSettings: words = ["import", "settings"]
    case .run(let all):
      return CommandLine(words: Array(all.dropFirst()), program: all.first ?? "")
    }
    return CommandLine(words: words)
  }
}

extension StyledText {
  /// An advice, with its steps as command lines.
  init(_ advice: Advice) {
    self = advice.parts.map { part -> StyledText in
      switch part {
      case .own(let text): .own(text)
      case .outside(let text): .lines(text)
      case .step(let step): .command(step.commandLine)
      }
    }.joined()
  }
}
