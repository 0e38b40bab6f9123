package enum Shell: String, Hashable, Sendable, CaseIterable {
  case bash, zsh, fish

  /// A script that asks the command itself for every word, so that it never goes stale.
  package func completionScript(tool: String) -> String {
    switch self {
    case .bash:
      // Readline splits at ":" and "=" too; the words are put together again as the shell will.
      #"""
      # bash completion for \#(tool)
      _\#(tool)() {
        local IFS=$'\n' rest="${COMP_LINE:0:COMP_POINT}" word i glued whole stem
        local -a words
        words=()
        for ((i = 0; i <= COMP_CWORD; i++)); do
          word=${COMP_WORDS[i]} glued=yes
          while [[ $rest == [[:space:]]* ]]; do rest=${rest:1} glued=; done
          ((${#word} <= ${#rest})) || word=$rest
          rest=${rest:${#word}}
          if [[ -n $glued && ${#words[@]} -gt 0 ]]; then
            words[${#words[@]}-1]+=$word
          else
            words[${#words[@]}]=$word
          fi
        done
        whole=${words[${#words[@]}-1]}
        stem=${whole%"${whole##*[:=]}"}
        COMPREPLY=($(\#(tool) complete -- "${words[@]:1}" 2>/dev/null))
        if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == @files ]]; then
          compopt -o filenames 2>/dev/null
          COMPREPLY=($(compgen -f -- "${whole#"$stem"}"))
        else
          for ((i = 0; i < ${#COMPREPLY[@]}; i++)); do
            printf -v word %q "${COMPREPLY[i]#"$stem"}"
            COMPREPLY[i]=$word
          done
        fi
        return 0
      }
      complete -o nosort -F _\#(tool) \#(tool) 2>/dev/null || complete -F _\#(tool) \#(tool)

      """#
    case .zsh:
      #"""
      #compdef \#(tool)
      _\#(tool)() {
        local -a found
        found=("${(@f)$(\#(tool) complete -- "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
        if [[ ${#found} -eq 1 && $found[1] == @files ]]; then
          [[ $PREFIX == -*=* ]] && compset -P 1 '*='
          _files
        else
          compadd -- "${(@)found:#}"
        fi
      }
      if [[ $funcstack[1] == _\#(tool) ]]; then _\#(tool) "$@"; else compdef _\#(tool) \#(tool); fi

      """#
    case .fish:
      #"""
      # fish completion for \#(tool)
      function __\#(tool)_complete
        set -l token (commandline -ct)
        set -l words (commandline -opc) $token
        set -l found (\#(tool) complete -- $words[2..-1] 2>/dev/null)
        if test "$found" = @files
          set -l stem (string match -r '^-[^=]*=' -- $token)
          for path in (__fish_complete_path (string replace -r '^-[^=]*=' '' -- $token))
            printf '%s\n' "$stem$path"
          end
        else
          printf '%s\n' $found
        end
      end
      complete -c \#(tool) -f -a '(__\#(tool)_complete)'

      """#
    }
  }
}

/// The words that can stand where the last of `words` is begun. `["@files"]` asks the shell for
/// names of files. `dynamic` gets what is asked for and the words before.
package func completions(
  of words: [String], in root: CommandOutline, dynamic: (String, [String]) -> [String]
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
    case .dynamic(let what): dynamic(what, words.dropLast())
    case .files, .directories: ["@files"]
    }
  }
  var candidates: [String] = []
  if let pending {
    candidates = values(pending)
  } else if begun.hasPrefix("-"), let equals = begun.firstIndex(of: "=") {
    let name = String(begun[..<equals])
    let option = arguments.first { $0.kind == .option && $0.names.contains(name) }
    candidates = option.map(values) ?? []
    if candidates != ["@files"] { candidates = candidates.map { "\(name)=\($0)" } }
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
