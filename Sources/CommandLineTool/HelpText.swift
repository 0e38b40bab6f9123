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
  wrap(text, width: max(10, width - margin)).utf8Lines.map {
    String(repeating: " ", count: margin) + $0
  }.joined(separator: "\n")
}

private func table(_ title: String, rows: [(String, String)], width: Int) -> String {
  guard !rows.isEmpty else { return "" }
  let column = 26
  var lines = title.isEmpty ? [] : [title]
  // Too narrow for two columns.
  guard width >= 60 else {
    for (label, text) in rows { lines += ["  " + label, indented(text, by: 4, width: width)] }
    return lines.joined(separator: "\n")
  }
  for (label, text) in rows {
    let wrapped = wrap(text, width: max(width - column, 30)).split(separator: "\n")
    let indent = String(repeating: " ", count: column)
    var first = "  " + label
    if first.count < column {
      first += String(repeating: " ", count: column - first.count)
      lines.append(first + (wrapped.first ?? ""))
      lines += wrapped.dropFirst().map { indent + $0 }
    } else {
      lines.append(first)
      lines += wrapped.map { indent + $0 }
    }
  }
  return lines.joined(separator: "\n")
}

/// Breaks paragraphs at spaces.
package func wrap(_ text: String, width: Int) -> String {
  text.utf8Lines.map { paragraph in
    var result = ""
    var column = 0
    for bytes in paragraph.utf8.split(separator: UInt8(ascii: " ")) {
      let word = Substring(bytes)
      let columns = bytes.allSatisfy { $0 < 0x80 } ? bytes.count : word.count
      let breaks = column > 0 && column + 1 + columns > width
      if column > 0 { result += breaks ? "\n" : " " }
      result += word
      column = columns + (column > 0 && !breaks ? column + 1 : 0)
    }
    return result
  }.joined(separator: "\n")
}

extension String {
  /// Its lines, empty ones too. By bytes: what separates them is one, and comparing characters is
  /// slow.
  var utf8Lines: [Substring] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Substring($0)
    }
  }
}
