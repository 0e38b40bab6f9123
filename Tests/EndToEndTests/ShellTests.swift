import CommandLineTool
import Foundation
import TestSupport
import Testing

/// A person at a shell presses the Tab key.
@Suite("Completions in the real shells")
struct ShellTests {
  let home: TemporaryDirectory

  init() throws {
    home = try TemporaryDirectory()
    let bin = home.url.appending(path: "bin")
    try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      at: bin.appending(path: "clinecfg"), withDestinationURL: Binary.url)
    try Data("{}".utf8).write(to: home.url.appending(path: "key file.json"))
    let profiles = home.url.appending(path: ".config/clinecfg/profiles")
    try FileManager.default.createDirectory(at: profiles, withIntermediateDirectories: true)
    try Data("{}".utf8).write(to: profiles.appending(path: "work.json"))
    for shell in Shell.allCases {
      let script = try Binary.run(["completions", shell.rawValue], home: home.url)
      try Data(script.output.utf8).write(to: file(shell))
    }
  }

  func file(_ shell: Shell) -> URL { home.url.appending(path: "completion.\(shell.rawValue)") }

  var environment: [String: String] {
    [
      "HOME": home.url.path, "PATH": "\(home.url.path)/bin:/usr/bin:/bin", "TERM": "dumb",
      "LC_ALL": "C.UTF-8",
    ]
  }

  /// Types into an interactive shell on a terminal of its own, and gives the words that the shell
  /// would run.
  static let typist = """
    import os, pty, re, select, sys, time
    shell, start, typed = sys.argv[1:4]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(shell, [shell] + (["--norc", "--noprofile", "-i"] if shell == "bash" else ["-f", "-i"]))
    seen = ""
    def until(mark, seconds=20):
        global seen
        end = time.time() + seconds
        while mark not in seen:
            if time.time() > end or not select.select([terminal], [], [], end - time.time())[0]:
                sys.exit("no " + repr(mark) + " in " + repr(seen))
            seen += os.read(terminal, 65536).decode("utf-8", "replace")
    # A mark is written so that its echo is not taken for it.
    os.write(terminal, (start + "; PS1=''; bind 'set bell-style none' 2>/dev/null; stty cols 500; echo rea''dy\\n").encode())
    until("ready")
    seen = ""
    os.write(terminal, (typed + "\\x01said \\n").encode())
    until("<end>")
    print("\\n".join(re.findall("<([^<>]*)>", seen)[:-1]))
    os.write(terminal, b"exit\\n")
    """

  func words(_ shell: Shell, typing typed: String) throws -> [String]? {
    guard let python = Tool.find("python3"), Tool.find(shell.rawValue) != nil else {
      Tool.skip(shell.rawValue, consequence: "its completions were not tried")
      return nil
    }
    let compinit = shell == .zsh ? "autoload -U compinit; compinit -u -D; " : ""
    let said = #"said() { printf '<%s>\n' "$@"; echo '<'end'>'; }; "#
    let result = try Tool.run(
      python,
      arguments: [
        "-c", Self.typist, shell.rawValue, compinit + said + "source '\(file(shell).path)'", typed,
      ],
      environment: environment, in: home.url)
    #expect(result.status == 0, "\(result.error)")
    return result.output.split(separator: "\n").map(String.init)
  }

  static let lines: [(typed: String, words: [String])] = [
    ("clinecfg set-prov\trutaa\t", ["clinecfg", "set-provider", "rutaapi"]),
    ("clinecfg doctor --str\t", ["clinecfg", "doctor", "--strict"]),
    ("clinecfg explain URL10\t1", ["clinecfg", "explain", "URL101"]),
    ("clinecfg completions f\t", ["clinecfg", "completions", "fish"]),
    (
      "clinecfg set-provider rutaapi --mode=pla\t",
      ["clinecfg", "set-provider", "rutaapi", "--mode=plan"]
    ),
    (
      "clinecfg set-provider rutaapi --key-file key\t",
      ["clinecfg", "set-provider", "rutaapi", "--key-file", "key file.json"]
    ),
    (
      "clinecfg set-provider rutaapi --key-file=key\t",
      ["clinecfg", "set-provider", "rutaapi", "--key-file=key file.json"]
    ),
    ("clinecfg use w\t", ["clinecfg", "use", "work"]),
    (
      "clinecfg set-provider groq --model qw\t",
      ["clinecfg", "set-provider", "groq", "--model", "qwen/qwen3.6-27b"]
    ),
    ("clinecfg no-such\t", ["clinecfg", "no-such"]),
  ]

  @Test("finish the words that a person types", arguments: [Shell.bash, .zsh], lines)
  func types(shell: Shell, line: (typed: String, words: [String])) throws {
    guard let words = try words(shell, typing: line.typed) else { return }
    #expect(words == line.words)
  }

  @Test(
    "fish offers them",
    arguments: [
      ("clinecfg set-provider rutaa", "rutaapi"),
      ("clinecfg set-prov", "set-provider"),
      ("clinecfg doctor --str", "--strict"),
      ("clinecfg set-provider rutaapi --mode=pla", "--mode=plan"),
      ("clinecfg set-provider rutaapi --key-file key", "key file.json"),
      ("clinecfg set-provider rutaapi --key-file=key", "--key-file=key file.json"),
      ("clinecfg use w", "work"),
      ("clinecfg set-provider groq --model qw", "qwen/qwen3.6-27b"),
      ("clinecfg no-such", ""),
    ])
  func fish(typed: String, offered: String) throws {
    guard let fish = Tool.find("fish") else {
      return Tool.skip("fish", consequence: "its completions were not tried")
    }
    let result = try Tool.run(
      fish,
      arguments: [
        "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", file(.fish).path, typed,
      ],
      environment: environment, in: home.url)
    #expect(result.error == "")
    // What follows a tab is a description.
    #expect(
      result.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } }.joined(separator: "\n")
        == offered)
  }

  @Test("the man page is clean, and tells every command and option of the help")
  func man() throws {
    guard let mandoc = Tool.find("mandoc") else {
      return Tool.skip("mandoc", consequence: "the man page was not read")
    }
    let page = try Binary.run(["man"], home: home.url).output
    let lint = try Tool.run(mandoc, arguments: ["-T", "lint"], input: page)
    #expect(lint.status == 0 && lint.output + lint.error == "")
    let shown = try Tool.run(
      mandoc, arguments: ["-T", "ascii", "-O", "width=200"], input: page, environment: environment)
    let text = String(shown.output.replacing(/.\u{8}/, with: ""))
    let help = try Binary.run(["--help"], home: home.url).output
    let commands = help.matches(of: /(?m)^  ([a-z][a-z-]*) {2,}/).map { String($0.1) }
    #expect(commands.count > 15)
    for command in commands {
      #expect(text.contains("\n   clinecfg \(command)\n"))
      let own = try Binary.run([command, "--help"], home: home.url).output
      for option in own.matches(of: /(?m)^  (?:-., )?(--[a-z-]+)/) {
        #expect(text.contains("\(option.1)"), "\(command) \(option.1)")
      }
    }
  }
}
