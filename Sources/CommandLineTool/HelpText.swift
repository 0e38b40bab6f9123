/// The help of a command: what, usage, arguments, options, commands, examples.
package func helpText(for root: CommandOutline, path: [String], width: Int) -> String {
  let commands = root.commands(along: path)
  let command = commands[commands.count - 1]
  let isRoot = commands.count == 1
  var sections: [String] = [wrap(command.abstract, width: width)]
  let positionals = command.arguments.filter { $0.kind == .positional }
  let own = command.arguments.filter { $0.kind != .positional }
  let inherited = commands.dropLast().flatMap(\.arguments).filter { $0.kind != .positional }

  var usage = commands.map(\.name).joined(separator: " ")
  for positional in positionals {
    usage += positional.isRequired ? " \(positional.names[0])" : " [\(positional.names[0])]"
  }
  let visible = command.subcommands.filter { !$0.isHidden }
  if !visible.isEmpty { usage += command.runs ? " [COMMAND]" : " COMMAND" }
  sections.append(wrap("usage: \(usage) [options]", width: width))
  if !command.discussion.isEmpty { sections.append(wrap(command.discussion, width: width)) }
  let rows: ([ArgumentOutline]) -> [(String, String)] = { $0.map { ($0.usage, $0.help) } }
  if !command.examples.isEmpty {
    let lines = command.examples.map {
      "  \($0.commandLine)\n" + indented($0.explanation, by: 6, width: width)
    }
    sections.append("examples\n" + lines.joined(separator: "\n"))
  }
  let tables =
    command.groups.isEmpty
    ? [table("commands", rows: visible.map { ($0.name, $0.abstract) }, width: width)]
    : command.groups.map { group in
      table(
        group.title,
        rows: group.names.compactMap { name in
          visible.first { $0.name == name }.map { ($0.name, $0.abstract) }
        }, width: width)
    }
  if isRoot { sections += tables }
  sections.append(
    contentsOf: ([
      table("arguments", rows: rows(positionals), width: width),
      table("options", rows: rows(own), width: width),
    ] + (isRoot ? [] : tables) + [
      isRoot
        ? table(
          "", rows: [("-h, --help", "this text, or a command's"), ("--version", "the version")],
          width: width)
        : table("options of every command", rows: rows(inherited), width: width)
    ]).filter { !$0.isEmpty })
  if isRoot {
    sections.append(
      wrap("more: man clinecfg, clinecfg COMMAND --help, clinecfg explain TOPIC", width: width))
  }
  return sections.joined(separator: "\n\n") + "\n"
}

private func indented(_ text: String, by margin: Int, width: Int) -> String {
  let indent = spaces(margin)
  return lines(of: text, width: max(10, width - margin)).map { indent + $0 }
    .joined(separator: "\n")
}

private func table(_ title: String, rows: [(String, String)], width: Int) -> String {
  guard !rows.isEmpty else { return "" }
  let column = 26
  var all = title.isEmpty ? [] : [title]
  // Too narrow for two columns.
  guard width >= 60 else {
    for (label, text) in rows { all += ["  " + label, indented(text, by: 4, width: width)] }
    return all.joined(separator: "\n")
  }
  let indent = spaces(column)
  for (label, text) in rows {
    let wrapped = lines(of: text, width: max(width - column, 30)).filter { !$0.isEmpty }
    let first = "  " + label
    let length = first.columns
    if length < column {
      all.append(first + spaces(column - length) + (wrapped.first ?? ""))
      all += wrapped.dropFirst().map { indent + $0 }
    } else {
      all.append(first)
      all += wrapped.map { indent + $0 }
    }
  }
  return all.joined(separator: "\n")
}

/// So many spaces. The standard library repeats a text by joining it to itself.
package func spaces(_ count: Int) -> String {
  let count = max(0, count)
  return String(unsafeUninitializedCapacity: count) {
    $0.initialize(repeating: UInt8(ascii: " "))
    return count
  }
}

/// Breaks paragraphs at spaces.
package func wrap(_ text: String, width: Int) -> String {
  lines(of: text, width: width).joined(separator: "\n")
}

/// By bytes: what separates words is one, and comparing characters is slow.
func lines(of text: String, width: Int) -> [String] {
  var lines: [String] = []
  let (space, lineFeed) = (UInt8(ascii: " "), UInt8(ascii: "\n"))
  for paragraph in Array(text.utf8).split(separator: lineFeed, omittingEmptySubsequences: false) {
    var line: [UInt8] = []
    var column = 0
    for word in paragraph.split(separator: space) {
      let columns = word.columns
      if column > 0, column + 1 + columns > width {
        lines.append(String(decoding: line, as: UTF8.self))
        line = []
        column = 0
      } else if column > 0 {
        line.append(space)
        column += 1
      }
      line += word
      column += columns
    }
    lines.append(String(decoding: line, as: UTF8.self))
  }
  return lines
}

extension String {
  /// How many characters it shows.
  var columns: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }

  /// Its lines, empty ones too.
  var utf8Lines: [Substring] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Substring($0)
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var columns: Int {
    allSatisfy { $0 < 0x80 } ? count : String(decoding: self, as: UTF8.self).count
  }
}
