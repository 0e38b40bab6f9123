import CommandLineTool
import Testing

@Suite("Words become a request")
struct ParserTests {
  static let flag = Argument<Bool>.flag("-f", "--flag", help: "")
  static let other = Argument<Bool>.flag("-o", "--other", help: "")
  static let name = Argument<String>.option("-n", "--name", value: "NAME", help: "")
  static let secret = Argument<String>.option("--secret", value: "X", help: "", isSensitive: true)
  static let many = Argument<String>.option("--many", value: "X", help: "", isRepeatable: true)
  static let count = Argument<Int>.count("--count", value: "N", help: "")
  static let first = Argument<String>.positional("FIRST", help: "")
  static let second = Argument<String>.positional("SECOND", help: "", isRequired: false)
  static let global = Argument<Bool>.flag("--global", help: "")
  static let root = Command<Int>(
    abstract: "", arguments: [global],
    subcommands: [
      "run": {
        Command(
          abstract: "", arguments: [flag, other, name, secret, many, count, first, second]
        ) { _, _ in .success }
      },
      "group": {
        Command(
          abstract: "",
          subcommands: [
            "leaf": {
              Command(abstract: "") { _, _ in .success }
            }
          ])
      },
      "hidden": {
        Command(abstract: "", isHidden: true) { _, _ in .success }
      },
    ])

  func parse(_ words: String...) throws -> ParsedArguments {
    let request = try CommandParser(Self.root).parse(words)
    var found: ParsedArguments?
    if case .run(_, arguments: let parsed) = request { found = parsed }
    return try #require(found)
  }

  func problem(_ words: String...) -> UsageError? {
    do throws(UsageError) {
      _ = try CommandParser(Self.root).parse(words)
      return nil
    } catch { return error }
  }

  @Test("options and positionals mix, and globals work anywhere")
  func mixes() throws {
    let parsed = try parse("--global", "run", "a", "-f", "--name", "n", "b", "--count=3")
    #expect(parsed[Self.global] && parsed[Self.flag] && !parsed[Self.other])
    #expect(
      parsed[Self.name] == "n" && parsed[Self.first] == "a" && parsed[Self.second] == "b"
        && parsed[Self.count] == 3)
    #expect(try parse("run", "a", "--global")[Self.global])
    #expect(parsed.path == ["run"])
  }

  @Test("values by equals sign, empty ones too; flags in a cluster; two hyphens end options")
  func spellings() throws {
    #expect(try parse("run", "a", "--name=")[Self.name] == "")
    #expect(try parse("run", "a", "--name=-x=y")[Self.name] == "-x=y")
    #expect(try parse("run", "a", "--name=\u{301}x")[Self.name] == "\u{301}x")
    #expect(try parse("run", "a", "--name", "-")[Self.name] == "-")
    let cluster = try parse("run", "-fo", "a")
    #expect(cluster[Self.flag] && cluster[Self.other])
    #expect(try parse("run", "--", "-f")[Self.first] == "-f")
    #expect(try parse("run", "-")[Self.first] == "-")
    #expect(try parse("run", "a", "--many", "1", "--many=2").all(Self.many) == ["1", "2"])
    #expect(try parse("group", "leaf").path == ["group", "leaf"])
  }

  @Test(
    "a negative number is a value, and what only begins like one is an option",
    arguments: ["-1", "-0.5", "-.5", "-1e3", "-007"])
  func negative(number: String) throws {
    #expect(try parse("run", "a", "--name", number)[Self.name] == number)
    #expect(try parse("run", number, "-f")[Self.first] == number)
    for other in ["-inf", "-nan", "-1x", "-.", "-\(number)"] {
      #expect(problem("run", "a", "--name", other) != nil, "\(other)")
      #expect(problem("run", other) != nil, "\(other)")
    }
  }

  @Test("what is wrong is said, with a suggestion, and never a sensitive value")
  func problems() {
    #expect(problem("rnu")?.message == "there is no command 'rnu'")
    #expect(problem("rn")?.suggestion == "run")
    #expect(problem("run", "a", "--nmae", "x")?.suggestion == "--name")
    #expect(problem("run", "a", "--zzzzz")?.suggestion == nil)
    #expect(problem("run", "a", "--zzzzz")?.help(tool: "tool") == "see: tool run --help")
    #expect(problem("run", "a", "--name")?.message == "--name needs a value: --name NAME")
    #expect(problem("run", "a", "--name", "--flag")?.message == "--name needs a value: --name NAME")
    #expect(problem("run", "a", "--flag=x")?.message == "--flag takes no value")
    #expect(problem("run")?.message == "FIRST is missing")
    #expect(problem("run", "a", "b", "c-secret")?.message == "unexpected argument 'c-secret'")
    #expect(
      problem("run", "a", "--count", "0")?.message
        == "--count wants a whole number above 0, not '0'")
    #expect(problem("run", "a", "--name=1", "--name=2")?.message == "-n can stand only once")
    #expect(problem("run", "a", "-fx")?.message == "there is no option '-x'")
    #expect(problem("group")?.message == "a command is missing")
    #expect(problem()?.message == "a command is missing")
    #expect(problem("hiden")?.suggestion == nil)
  }

  @Test("help and version come before what is missing")
  func help() throws {
    for words in [["run", "--help"], ["run", "-h"], ["help", "run"], ["--help", "run"]] {
      guard case .help(let path) = try CommandParser(Self.root).parse(words) else {
        Issue.record("\(words)")
        continue
      }
      #expect(path == ["run"])
    }
    guard case .version = try CommandParser(Self.root).parse(["--version"]) else {
      Issue.record("version")
      return
    }
    let text = helpText(for: Self.root.outline(named: "tool"), path: [], width: 80)
    #expect(!text.contains("hidden") && text.contains("usage: tool COMMAND [options]"))
  }

  @Test(
    "a suggestion is near and the only one",
    arguments: [
      ("shwo", ["show", "set"], "show"), ("xy", ["ab", "cd"], nil), ("bat", ["cat", "hat"], nil),
      ("provider", ["providers", "profiles"], "providers"), ("undoo", ["undo"], "undo"),
    ] as [(String, [String], String?)])
  func suggestions(word: String, candidates: [String], nearest: String?) {
    #expect(CommandLineTool.nearest(to: word, in: candidates) == nearest)
  }
}
