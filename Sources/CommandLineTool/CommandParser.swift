/// Words to a request.
///
/// `--name value`, `--name=value` (an empty value counts), `-n value`, `-abc` for flags, `--` ends
/// options; options and positionals mix, and the options of a command's parents work anywhere. A
/// value begins with `-` only behind `=`, as `-` alone, or as a negative number.
package struct CommandParser<Context: Sendable>: Sendable {
  package enum Request: Sendable {
    case run(Command<Context>, arguments: ParsedArguments)
    case help(path: [String])
    case version
  }

  package let root: Command<Context>

  package init(_ root: Command<Context>) { self.root = root }

  package func parse(_ words: [String]) throws(UsageError) -> Request {
    var state = State(command: root, arguments: root.arguments)
    var rest = words[...]
    var onlyPositionals = false
    var wantsHelp = false
    var wantsVersion = false

    while let word = rest.popFirst() {
      if onlyPositionals || !Self.isOption(word) {
        if !onlyPositionals, state.positionals.isEmpty, state.enter(word) { continue }
        if !onlyPositionals, state.positionals.isEmpty, state.path.isEmpty, word == "help" {
          wantsHelp = true
          continue
        }
        if state.mustNameCommand {
          throw state.error(
            .unknownCommand(word), near: word,
            among: state.command.subcommands.filter { !$1().isHidden }.map(\.key))
        }
        state.positionals.append(word)
      } else if word == "--" {
        onlyPositionals = true
      } else if word == "--help" || word == "-h" {
        wantsHelp = true
      } else if word == "--version" {
        wantsVersion = true
      } else if word.hasPrefix("--") {
        try long(word, rest: &rest, state: &state)
      } else {
        try short(word, rest: &rest, state: &state)
      }
    }
    if wantsHelp { return .help(path: state.path) }
    if wantsVersion { return .version }
    return .run(state.command, arguments: try state.finished())
  }

  private static func isOption(_ word: String) -> Bool {
    guard word.hasPrefix("-"), let second = word.utf8.dropFirst().first else { return false }
    let mayBeNumber = second == UInt8(ascii: ".") || (0x30...0x39).contains(second)
    return !(mayBeNumber && Double(word) != nil)
  }

  private func long(
    _ word: String, rest: inout ArraySlice<String>, state: inout State
  ) throws(UsageError) {
    // By bytes, as everything in a word: a value may begin with an accent.
    let equals = word.utf8.firstIndex(of: UInt8(ascii: "="))
    let name = String(equals.map { word[..<$0] } ?? word[...])
    let inline = equals.map { String(word[word.utf8.index(after: $0)...]) }
    guard let argument = state.option(name) else {
      let names = state.arguments.flatMap(\.outline.names).filter { $0.hasPrefix("--") }
      throw state.error(.unknownOption(name), near: name, among: names + ["--help", "--version"])
    }
    if argument.outline.kind == .flag {
      guard inline == nil else { throw state.error(.valueNotAllowed(option: name)) }
      try state.add("", to: argument)
    } else {
      if let inline { return try state.add(inline, to: argument) }
      try state.add(try value(for: argument, name, rest: &rest, state: state), to: argument)
    }
  }

  private func short(
    _ word: String, rest: inout ArraySlice<String>, state: inout State
  ) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      let name = "-\(letter)"
      guard let argument = state.option(name) else { throw state.error(.unknownOption(name)) }
      if argument.outline.kind == .flag {
        try state.add("", to: argument)
        continue
      }
      guard letters.isEmpty else { throw state.error(.unknownOption(word)) }
      try state.add(try value(for: argument, name, rest: &rest, state: state), to: argument)
    }
  }

  private func value(
    for argument: any ArgumentProtocol, _ name: String, rest: inout ArraySlice<String>,
    state: State
  ) throws(UsageError) -> String {
    guard let next = rest.first, !Self.isOption(next) else {
      throw state.error(
        .missingValue(option: name, valueName: argument.outline.valueName ?? "VALUE"))
    }
    rest.removeFirst()
    return next
  }

  private struct State {
    var command: Command<Context>
    var arguments: [any ArgumentProtocol]
    var path: [String] = []
    var positionals: [String] = []
    var parsed = ParsedArguments()

    /// A word where only a subcommand can stand.
    var mustNameCommand: Bool {
      !command.subcommands.isEmpty
        && !command.arguments.contains { $0.outline.kind == .positional }
    }

    mutating func enter(_ word: String) -> Bool {
      let table = command.subcommands
      guard let place = table.indices.first(where: { table[$0].key == word }) else { return false }
      let next = table[place].value()
      command = next
      path.append(word)
      arguments += next.arguments
      return true
    }

    func option(_ name: String) -> (any ArgumentProtocol)? {
      arguments.last { $0.outline.kind != .positional && $0.outline.names.contains(name) }
    }

    mutating func add(_ text: String, to argument: any ArgumentProtocol) throws(UsageError) {
      let outline = argument.outline
      let name = outline.names[0]
      if outline.kind == .option {
        do throws(InvalidValue) {
          try argument.check(text)
        } catch {
          throw self.error(
            .invalid(
              option: name, value: outline.isSensitive ? nil : text, expected: error.expected))
        }
        guard outline.isRepeatable || parsed.count(of: outline) == 0 else {
          throw self.error(.repeated(option: name))
        }
      }
      parsed.add(text, to: outline)
    }

    func finished() throws(UsageError) -> ParsedArguments {
      guard command.action != nil else { throw error(.missingCommand) }
      var parsed = parsed
      parsed.path = path
      let declared = command.arguments.filter { $0.outline.kind == .positional }
      for (index, argument) in declared.enumerated() {
        if index < positionals.count {
          parsed.add(positionals[index], to: argument.outline)
        } else if argument.outline.isRequired {
          throw error(.missingArgument(argument.outline.names[0]))
        }
      }
      if let last = declared.last, last.outline.isRepeatable {
        for word in positionals.dropFirst(declared.count) { parsed.add(word, to: last.outline) }
        return parsed
      }
      guard positionals.count <= declared.count else {
        throw error(.unexpected(Array(positionals.dropFirst(declared.count))))
      }
      return parsed
    }

    func error(
      _ problem: UsageError.Problem, near word: String? = nil, among names: [String] = []
    ) -> UsageError {
      UsageError(
        problem: problem, path: path, suggestion: word.flatMap { nearest(to: $0, in: names) })
    }
  }
}

/// What is wrong with a command line, as data. The sentences are in `UsageMessages.swift`.
package struct UsageError: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    case unknownCommand(String), unknownOption(String), missingCommand
    case missingValue(option: String, valueName: String), valueNotAllowed(option: String)
    case missingArgument(String), unexpected([String]), repeated(option: String)
    case invalid(option: String, value: String?, expected: String)
  }
  package let problem: Problem
  package let path: [String]
  package let suggestion: String?
}

/// The one candidate that a word was probably meant to be: at most two edits away, one for words
/// under five letters; none when two are equally near.
package func nearest(to word: String, in candidates: [String]) -> String? {
  let limit = word.filter { $0 != "-" }.count < 5 ? 1 : 2
  let scored = Set(candidates).map { ($0, distance(word, $0)) }.filter { $0.1 <= limit }
  guard let best = scored.map(\.1).min() else { return nil }
  let nearest = scored.filter { $0.1 == best }
  // Letters that changed their places are likelier than one that is missing.
  let alike = nearest.filter { $0.0.count == word.count }
  return nearest.count == 1 ? nearest[0].0 : alike.count == 1 ? alike[0].0 : nil
}

/// Edits between two words: insert, delete, replace, swap of neighbours.
package func distance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, rows[i - 1][j - 1] + 1)
      }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
