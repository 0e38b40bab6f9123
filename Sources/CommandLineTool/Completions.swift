package enum Shell: String, Hashable, Sendable, CaseIterable {
  case bash, zsh, fish

  /// A script that asks the command itself for every word, so that it never goes stale.
  package func completionScript(tool: String) -> String {
    switch self {
    case .bash:
      """
      # bash completion for \(tool)
      _\(tool)() {
        local IFS=$'\\n'
        COMPREPLY=($(\(tool) complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == @files ]] &&
          COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
        return 0
      }
      complete -o nosort -F _\(tool) \(tool) 2>/dev/null || complete -F _\(tool) \(tool)

      """
    case .zsh:
      """
      #compdef \(tool)
      _\(tool)() {
        local -a found
        found=("${(@f)$(\(tool) complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
        if [[ ${#found} -eq 1 && $found[1] == @files ]]; then
          _files
        else
          compadd -a found
        fi
      }
      if [[ $funcstack[1] == _\(tool) ]]; then _\(tool) "$@"; else compdef _\(tool) \(tool); fi

      """
    case .fish:
      """
      # fish completion for \(tool)
      function __\(tool)_complete
        set -l words (commandline -opc)[2..] (commandline -ct)
        set -l found (\(tool) complete -- $words 2>/dev/null)
        if test "$found" = @files
          __fish_complete_path (commandline -ct)
        else
          printf '%s\\n' $found
        end
      end
      complete -c \(tool) -f -a '(__\(tool)_complete)'

      """
    }
  }
}

/// The words that can stand where the last of `words` is begun. `["@files"]` asks the shell for
/// names of files.
package func completions(
  of words: [String], in root: CommandOutline, dynamic: (String) -> [String]
) -> [String] {
  let begun = words.last ?? ""
  var command = root
  var arguments = root.arguments
  var positionals = 0
  var pending: ArgumentOutline?
  for word in words.dropLast() {
    if pending != nil {
      pending = nil
    } else if word.hasPrefix("-") {
      pending =
        word.contains("=")
        ? nil : arguments.first { $0.kind == .option && $0.names.contains(word) }
    } else if positionals == 0, let next = command.subcommands.first(where: { $0.name == word }) {
      command = next
      arguments += next.arguments
    } else {
      positionals += 1
    }
  }
  func values(_ argument: ArgumentOutline) -> [String] {
    switch argument.completion {
    case .none: []
    case .values(let values): values
    case .dynamic(let what): dynamic(what)
    case .files, .directories: ["@files"]
    }
  }
  var candidates: [String] = []
  if let pending {
    candidates = values(pending)
  } else if begun.hasPrefix("-") {
    candidates = arguments.filter { $0.kind != .positional }.flatMap(\.names).filter {
      $0.hasPrefix("--")
    }
    candidates += ["--help"] + (command.name == root.name ? ["--version"] : [])
  } else {
    let declared = command.arguments.filter { $0.kind == .positional }
    if positionals == 0 { candidates = command.subcommands.filter { !$0.isHidden }.map(\.name) }
    if positionals < declared.count { candidates += values(declared[positionals]) }
  }
  if candidates == ["@files"] { return candidates }
  return candidates.filter { $0.hasPrefix(begun) && !$0.hasPrefix("@") }
}
