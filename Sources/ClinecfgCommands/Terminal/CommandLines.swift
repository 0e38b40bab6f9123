import ClineConfig
import LosslessJSON

/// A command line of clinecfg's own, to be printed: it can be pasted as it stands.
struct CommandLine: Sendable, Equatable {
  /// The words behind `clinecfg`.
  var words: [String]
  /// Whether what was given is among them already.
  var isWhole = false

  /// The whole line.
  ///
  /// - Parameter options: What was given and the line needs to mean the same, such as `--data-dir`.
  func text(with options: [String]) -> String {
    let isOwn =
      isWhole || words.contains("--data-dir") || words.first.map(Self.ofNoFiles.contains) == true
    return (["clinecfg"] + words + (isOwn ? [] : options)).map(ShellWord.quoted).joined(
      separator: " ")
  }

  /// The commands that look at none of Cline's files.
  private static let ofNoFiles: Set<String> = [
    "check", "completions", "explain", "forget", "man", "providers",
  ]
}

extension Advice.Step {
  /// The command that does it; `nil` where that is another program's.
  var commandLine: CommandLine? {
    let words: [String]
    switch self {
    case .setUp(let provider, let baseURL, let model, let newKey):
      words =
        ["set-provider"] + [provider].compactMap(\.self)
        + (baseURL.map { ["--base-url", $0] } ?? []) + (model.map { ["--model", $0] } ?? [])
        + (newKey ? ["--key-stdin"] : [])
    case .remove(let provider): words = ["remove", provider]
    case .set(let place, let value): words = ["set", place.description, value]
    case .unset(let place): words = ["unset", place.description]
    case .examine(let directory):
      words = ["doctor"] + (directory.map { ["--data-dir", $0.description] } ?? [])
    case .mend: words = ["doctor", "--fix"]
    case .show: words = ["show"]
    case .check: words = ["check"]
    case .listModels: words = ["models"]
    case .listBackups: words = ["backups"]
    case .restoreBackup: words = ["backups", "restore"]
    case .recover(let isBack): words = ["recover"] + (isBack ? ["--back"] : [])
    case .startBundle(let name, let editor):
      words = ["vscode", "bundle", name, "--flavour", editor]
    case .importOldStorage: words = ["import", "vscode"]
    case .importSettings: words = ["import", "settings"]
    case .run: return nil
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
      case .step(let step): step.commandLine.map { .command($0) } ?? "\(step.description)"
      }
    }.joined()
  }
}
