/// What a man page says beside the command table.
package struct ManPage: Sendable {
  /// As mdoc(7) writes it: `November 24, 2026`.
  package var date: String
  package var exitCodes: [(code: ExitCode, meaning: String)]
  package var variables: [(name: String, meaning: String)]
  /// Text that is set as it is.
  package var files: String

  package init(
    date: String, exitCodes: [(code: ExitCode, meaning: String)],
    variables: [(name: String, meaning: String)] = [], files: String
  ) {
    self.date = date
    self.variables = variables
    self.exitCodes = exitCodes
    self.files = files
  }

  /// The page in mdoc(7), which both groff and mandoc read.
  package func mdoc(of root: CommandOutline) -> String {
    var page = Mdoc()
    page.request("Dd \(date)")
    page.request("Dt \(root.name.uppercased()) 1")
    page.request("Os")
    page.request("Sh NAME")
    page.request("Nm \(root.name)")
    page.request("Nd \(Mdoc.escaped(root.abstract))")
    page.request("Sh SYNOPSIS")
    for command in root.subcommands where !command.isHidden { page.synopsis(of: command, [root]) }
    page.request("Sh DESCRIPTION")
    page.text(root.discussion)
    page.text("Every command takes these options:")
    page.list(root.arguments.map { (Mdoc.item($0), $0.help) })
    page.request("Sh COMMANDS")
    for command in root.subcommands where !command.isHidden { page.section(of: command, [root]) }
    if !variables.isEmpty {
      page.request("Sh ENVIRONMENT")
      page.list(variables.map { ("It Ev \\&\($0.name)", $0.meaning) })
    }
    page.request("Sh FILES")
    page.literal(files)
    page.request("Sh EXIT STATUS")
    page.list(exitCodes.map { ("It \($0.code.rawValue)", $0.meaning) })
    if !root.examples.isEmpty {
      page.request("Sh EXAMPLES")
      page.list(root.examples.map { ("It Li \(Mdoc.quoted($0.commandLine))", $0.explanation) })
    }
    return page.source
  }
}

private struct Mdoc {
  var source = ""

  /// A `-` that stays the one that a shell knows, and no escape but ours.
  static func escaped(_ text: some StringProtocol) -> String {
    var escaped: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): escaped += "\\e".utf8
      case UInt8(ascii: "-"): escaped += "\\-".utf8
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  /// A paragraph with every sentence on a line of its own.
  private static func sentences(_ paragraph: Substring) -> String {
    var text: [UInt8] = []
    for byte in paragraph.utf8 {
      let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n")
      let endsSentence = isSpace && text.last == UInt8(ascii: ".")
      text.append(endsSentence ? UInt8(ascii: "\n") : isSpace ? UInt8(ascii: " ") : byte)
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func item(_ argument: ArgumentOutline) -> String {
    guard argument.kind != .positional else { return "It Ar \\&\(escaped(argument.names[0]))" }
    var line = "It"
    for (index, name) in argument.names.enumerated() {
      let long = name.hasPrefix("--")
      line += index == 0 ? " " : " , "
      line += (long ? "Fl Fl \\&" : "Fl \\&") + escaped(String(name.dropFirst(long ? 2 : 1)))
    }
    return line + (argument.valueName.map { " Ar \\&" + escaped($0) } ?? "")
  }

  mutating func request(_ line: String) { source += ".\(line)\n" }

  /// Filled text: every sentence begins a line, no line is long, none is taken for a request.
  mutating func text(_ text: String) {
    let paragraphs =
      text.utf8.contains(UInt8(ascii: "\n")) ? text.split(separator: "\n\n") : [text[...]]
    for (index, paragraph) in paragraphs.enumerated() {
      if index > 0 { request("Pp") }
      for line in lines(of: Self.escaped(Self.sentences(paragraph)), width: 76)
      where !line.isEmpty {
        add(line)
      }
    }
  }

  mutating func literal(_ text: String) {
    request("Bd -literal")
    for line in text.utf8Lines { add(Self.escaped(line)) }
    request("Ed")
  }

  /// A line that is never taken for a request.
  private mutating func add(_ line: String) {
    let first = line.utf8.first
    if first == UInt8(ascii: ".") || first == UInt8(ascii: "'") { source += "\\&" }
    source += line
    source += "\n"
  }

  mutating func list(_ rows: [(item: String, text: String)]) {
    guard !rows.isEmpty else { return }
    request("Bl -tag -width Ds")
    for row in rows {
      request(row.item)
      text(row.text)
    }
    request("El")
  }

  mutating func synopsis(of command: CommandOutline, _ path: [CommandOutline]) {
    let commands = path + [command]
    if command.runs {
      request("Nm \(path[0].name)")
      request("Cm \(commands.dropFirst().map(\.name).joined(separator: " "))")
      for argument in command.arguments where argument.kind == .positional {
        request((argument.isRequired ? "Ar \\&" : "Op Ar \\&") + Self.escaped(argument.names[0]))
      }
      request("Op Ar options")
    }
    for next in command.subcommands where !next.isHidden { synopsis(of: next, commands) }
  }

  mutating func section(of command: CommandOutline, _ path: [CommandOutline]) {
    let commands = path + [command]
    request("Ss \(commands.map(\.name).joined(separator: " "))")
    text(command.abstract.first.map { $0.uppercased() + command.abstract.dropFirst() + "." } ?? "")
    if !command.discussion.isEmpty {
      request("Pp")
      text(command.discussion)
    }
    list(command.arguments.map { (Self.item($0), $0.help) })
    if !command.examples.isEmpty {
      request("Pp")
      text("Examples:")
      list(command.examples.map { ("It Li \(Self.quoted($0.commandLine))", $0.explanation) })
    }
    for next in command.subcommands where !next.isHidden { section(of: next, commands) }
  }

  /// One argument of a request.
  static func quoted(_ text: String) -> String {
    "\"\(escaped(text).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\(dq"))\""
  }
}
