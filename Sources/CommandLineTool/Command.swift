/// A command of the table: what it takes, what it does.
package struct Command<Context: Sendable>: Sendable {
  package typealias Action = @Sendable (Context, ParsedArguments) -> ExitCode
  /// Commands by name, in the order of the help. Each is made when its word is met: a run needs one.
  package typealias Table = KeyValuePairs<String, @Sendable () -> Command>

  package var abstract: String
  package var discussion: String
  package var arguments: [any ArgumentProtocol]
  package var examples: [Example]
  package var subcommands: Table
  /// The names of the subcommands under headings, for the help; empty where they stand in one list.
  package var groups: [CommandGroup]
  package var isHidden: Bool
  package var action: Action?

  package init(
    abstract: String, discussion: String = "", arguments: [any ArgumentProtocol] = [],
    examples: [Example] = [], isHidden: Bool = false, subcommands: Table = [:],
    groups: [CommandGroup] = [],
    action: Action? = nil
  ) {
    self.abstract = abstract
    self.discussion = discussion
    self.arguments = arguments
    self.examples = examples
    self.subcommands = subcommands
    self.groups = groups
    self.isHidden = isHidden
    self.action = action
  }

  /// The same tree as pure data, for help, completions and pages.
  package func outline(named name: String) -> CommandOutline {
    outline(named: name) { $0.outline(named: $1) }
  }

  /// Its part that the help of one command needs: of those beside the path, only what a list says.
  package func outline(named name: String, along path: ArraySlice<String>) -> CommandOutline {
    outline(named: name) { command, name in
      name == path.first
        ? command.outline(named: name, along: path.dropFirst()) : command.entry(named: name)
    }
  }

  private func outline(
    named name: String, subcommand: (Command, String) -> CommandOutline
  ) -> CommandOutline {
    var outline = entry(named: name)
    outline.discussion = discussion
    outline.arguments = arguments.map(\.outline)
    outline.examples = examples
    outline.subcommands = subcommands.map { subcommand($1(), $0) }
    outline.groups = groups
    return outline
  }

  private func entry(named name: String) -> CommandOutline {
    CommandOutline(
      name: name, abstract: abstract, discussion: "", arguments: [], examples: [],
      isHidden: isHidden, runs: action != nil, subcommands: [])
  }
}

/// Commands under one heading.
package struct CommandGroup: Hashable, Sendable {
  package let title: String
  package let names: [String]
  package init(_ title: String, _ names: [String]) {
    self.title = title
    self.names = names
  }
}

package struct Example: Hashable, Sendable {
  package let commandLine: String
  package let explanation: String
  package init(_ commandLine: String, _ explanation: String) {
    self.commandLine = commandLine
    self.explanation = explanation
  }
}

package struct CommandOutline: Hashable, Sendable {
  package var name: String
  package var abstract: String
  package var discussion: String
  package var arguments: [ArgumentOutline]
  package var examples: [Example]
  package var isHidden: Bool
  package var runs: Bool
  package var subcommands: [CommandOutline]
  package var groups: [CommandGroup] = []

  /// The commands that a path of words names, the root first.
  package func commands(along path: [String]) -> [CommandOutline] {
    var found = [self]
    for word in path {
      guard let next = found[found.count - 1].subcommands.first(where: { $0.name == word }) else {
        break
      }
      found.append(next)
    }
    return found
  }
}

/// The exit codes of `sysexits.h`, and three of our own.
package struct ExitCode: RawRepresentable, Hashable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }

  package static let success = ExitCode(rawValue: 0)
  package static let problemsFound = ExitCode(rawValue: 1)
  package static let wouldChange = ExitCode(rawValue: 2)
  package static let usage = ExitCode(rawValue: 64)
  package static let badData = ExitCode(rawValue: 65)
  package static let noInput = ExitCode(rawValue: 66)
  package static let unavailable = ExitCode(rawValue: 69)
  package static let software = ExitCode(rawValue: 70)
  package static let cannotCreate = ExitCode(rawValue: 73)
  package static let inputOutput = ExitCode(rawValue: 74)
  package static let tryAgain = ExitCode(rawValue: 75)
  package static let protocolError = ExitCode(rawValue: 76)
  package static let noPermission = ExitCode(rawValue: 77)
  package static let refused = ExitCode(rawValue: 78)
  package static let interrupted = ExitCode(rawValue: 130)
}
