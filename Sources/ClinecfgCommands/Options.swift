import CommandLineTool

/// Options that several commands take.
enum Options {
  enum Color: String, Sendable { case auto, always, never }

  static let dataDirectory = Argument<String>.option(
    "--data-dir", value: "DIR",
    help: "Cline's data directory (else CLINE_DATA_DIR, CLINE_DIR/data, ~/.cline/data)",
    completion: .directories)
  static let json = Argument<Bool>.flag("--json", help: "answer with one JSON document")
  static let quiet = Argument<Bool>.flag("-q", "--quiet", help: "print only errors")
  static let verbose = Argument<Bool>.flag("-v", "--verbose", help: "explain decisions")
  static let color = Argument<Color>.choice(
    "--color", value: "WHEN", help: "auto, always or never",
    among: ["auto", "always", "never"], meaning: Color.init)
  static let noInput = Argument<Bool>.flag("--no-input", help: "never ask")
  static let global: [any ArgumentProtocol] = [dataDirectory, json, quiet, verbose, color, noInput]

  static let dryRun = Argument<Bool>.flag(
    "--dry-run", help: "show what would change, write nothing")

  enum IfRunning: String, Sendable { case warn, fail }
  static let ifRunning = Argument<IfRunning>.choice(
    "--if-running", value: "WHAT",
    help: "when Cline runs: warn (default), or fail before anything is written",
    among: ["warn", "fail"], meaning: IfRunning.init)
  /// What every changing command takes.
  static let change: [any ArgumentProtocol] = [dryRun, ifRunning]

  static let verify = Argument<Bool>.flag(
    "--verify", help: "ask the provider before anything is written")
  static let noVerify = Argument<Bool>.flag(
    "--no-verify", help: "no network at all, also with --dry-run")
  static let allow = Argument<String>.option(
    "--allow", value: "RULE", help: "accept what this rule finds", isRepeatable: true,
    completion: .dynamic("rules"))
  /// What every command takes that sets up a provider.
  static let setup: [any ArgumentProtocol] = [verify, noVerify, allow]

  static let keyStdin = Argument<Bool>.flag("--key-stdin", help: "read the key from standard input")
  static let keyPrompt = Argument<Bool>.flag(
    "--key-prompt", help: "ask for the key on the terminal, without showing it")
  static let keyFile = Argument<String>.option(
    "--key-file", value: "FILE", help: "read the key from a file", completion: .files)
  static let keyVariable = Argument<String>.option(
    "--key-env", value: "VAR", help: "take the key from an environment variable")
  static let keyCommand = Argument<String>.option(
    "--key-command", value: "CMD", help: "run CMD with /bin/sh; its output is the key",
    isSensitive: true)
  static let noKey = Argument<Bool>.flag("--no-key", help: "the server needs no key")
  /// Where standard input is taken already.
  static let linkKey: [any ArgumentProtocol] = [keyFile, keyVariable, keyCommand, noKey]
  static let key: [any ArgumentProtocol] = [
    keyPrompt, keyStdin, keyFile, keyVariable, keyCommand, noKey,
  ]
}
