import ClineConfig
import CommandLineTool

/// A key and what to call its origin.
struct ObtainedKey {
  var value: Secret?
  /// `stdin`, `file`, `command`, `prompt`, `env:NAME`, `none`, or a place in a store.
  var source: String
  var notes: [StyledText] = []
  /// Whether it is what its source says, and was not just taken for it.
  var isKnown = true
}

extension Context {
  private static var sourceHelp: StyledText {
    "pass one of --key-stdin, --key-file FILE, --key-env VAR, --key-command CMD"
  }

  /// Where the options say that the key comes from; `nil` when they say nothing.
  func keyReference(_ arguments: ParsedArguments) throws -> KeyReference? {
    let path = arguments[Options.keyFile]
    let named: [KeyReference] = [
      arguments[Options.keyStdin] ? .standardInput : nil,
      path.map { ["-", "/dev/stdin"].contains($0) ? .standardInput : .file($0) },
      arguments[Options.keyVariable].map { .environment($0) },
      arguments[Options.keyCommand].map { .command(["/bin/sh", "-c", $0]) },
      arguments[Options.noKey] ? .notNeeded : nil,
    ].compactMap(\.self)
    guard named.count <= 1 else {
      throw Failure(.usage, "a key can come from one place only", help: Self.sourceHelp)
    }
    return named.first
  }

  /// The key that the options name; `nil` when they name none.
  func namedKey(_ arguments: ParsedArguments) throws -> ObtainedKey? {
    try keyReference(arguments).map { try key(from: $0, beside: nil) }
  }

  /// The key that a reference leads to. A stored one is not looked for here.
  ///
  /// - Parameter directory: Of the file that holds the reference, in which `~` and `$HOME` count;
  ///   `nil` for a command line, where the shell has seen to that.
  func key(from reference: KeyReference, beside directory: AbsolutePath?) throws -> ObtainedKey {
    switch reference {
    case .notNeeded, .keep: return ObtainedKey(value: nil, source: "none")
    case .standardInput: return try key(console.readAll(limit: Self.limit), "stdin")
    case .environment(let name):
      guard let value = host.variables[name], !value.isEmpty else {
        throw Failure(
          .noInput, "the environment variable \(shown(name)) is not set",
          help: "export it, or pass the key another way")
      }
      return try key(Array(value.utf8), "env:\(name)")
    case .file(let path):
      let (bytes, note) = try keyFile(path, directory)
      var obtained = try key(bytes, "file")
      if let note { obtained.notes.append(note) }
      return obtained
    case .command(let words):
      guard directory.map({ !host.isOthers($0) }) ?? true else {
        throw Failure(
          .noPermission, "the key command stands in another user's profile, and is not run as root",
          help: "run this as that user, or pass the key another way")
      }
      return try key(output(of: words), "command")
    }
  }

  private static let limit = 64 << 10

  /// The bytes of a key file, and what is to be said about it.
  private func keyFile(
    _ path: String, _ directory: AbsolutePath?
  ) throws -> (bytes: [UInt8], note: StyledText?) {
    guard !path.isEmpty else { throw Failure(.usage, "--key-file is empty") }
    if path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/") {
      // A shell's <(command): a pipe, which only this process and its children have.
      let cat = ChildProcess(["/bin/cat", "--", path], timeout: 30_000, outputLimit: Self.limit)
      guard let result = try? cat.run(), result.status == 0 else {
        throw Failure(.noInput, "the key file: nothing could be read from \(path)")
      }
      return (result.output, nil)
    }
    do throws(FileSystemError) {
      var path = path
      for home in ["~/", "$HOME/", "${HOME}/"] where directory != nil && path.hasPrefix(home) {
        path = host.homeDirectory?.appending(String(path.dropFirst(home.count))).description ?? path
      }
      let place = (directory ?? host.workingDirectory).appending(path)
      // What a profile names is read with the rights of whoever wrote the profile.
      let files = host.acting(in: directory ?? place).files
      let contents = try files.read(files.resolve(place), limit: Self.limit)
      // What others own and mount here, such as a container's secrets, is theirs to close.
      let isOpen =
        contents.status.kind == .file && contents.status.mode.rawValue & 0o077 != 0
        && contents.status.owner.user == files.user && !place.description.hasPrefix("/run/")
      let word = ShellWord.quoted(place.description)
      return (
        contents.bytes, isOpen ? "others can read the key file: chmod 600 \(word)" : nil
      )
    } catch {
      throw missingFile(path, "the key file: \(error)", help: "check the path and its permissions")
    }
  }

  private func output(of words: [String]) throws -> [UInt8] {
    let name = words.first ?? ""
    let program =
      name.contains("/") ? host.workingDirectory.appending(name) : host.program(name)
    guard let program else {
      throw Failure(
        .noInput, "the key command: there is no program '\(shown(name))' on PATH",
        help: "install it, or name it by its path")
    }
    let process = ChildProcess(
      [program.description] + words.dropFirst(), timeout: 30_000, outputLimit: Self.limit)
    let problem: String
    do throws(FileSystemError.Code) {
      let result = try process.run()
      if result.timedOut {
        problem = "took longer than 30 s and was stopped"
      } else if result.exceededLimit {
        problem = "wrote more than a key"
      } else if result.status != 0 {
        problem = "failed with status \(result.status)"
      } else {
        return result.output
      }
    } catch {
      problem = "could not be started: \(error)"
    }
    // Its words may name the secret: neither the command nor its errors are repeated.
    throw Failure(.noInput, "the key command \(problem)", help: "run it by itself and look")
  }

  /// Bytes to a key: UTF-8, with the white space around it dropped, and not empty.
  private func key(_ bytes: [UInt8], _ source: String) throws -> ObtainedKey {
    guard bytes.count <= Self.limit, let text = String(validating: bytes, as: UTF8.self),
      !text.utf8.contains(0)
    else {
      throw Failure(
        .noInput, "what came from \(source) is not a key", help: "a key is one line of text")
    }
    let bare = text.trimmed
    guard !bare.isEmpty else {
      throw Failure(.noInput, "the key from \(source) is empty", help: Self.sourceHelp)
    }
    host.secrets.note(Secret(bare))
    // A final line break is how every such source ends.
    let isNoted = bare != (text.hasSuffix("\n") ? String(text.dropLast()) : text)
    return ObtainedKey(
      value: Secret(bare), source: source,
      notes: isNoted ? ["white space around the key was dropped"] : [])
  }

  /// The key for a provider when no option names one: the stored one if it is this provider's,
  /// its conventional variable, or the answer to a question.
  func defaultKey(
    for provider: Provider, stored: SourcedKey?, _ arguments: ParsedArguments, isProfile: Bool
  ) throws -> ObtainedKey {
    let variable = provider.variables.first {
      host.variables[$0].map { !$0.trimmed.isEmpty } ?? false
    }
    let exported = variable.flatMap { host.variables[$0] }.map { Secret($0.trimmed) }
    if let stored {
      var key = ObtainedKey(value: stored.value, source: stored.source.description)
      if let variable, exported != stored.value {
        key.notes.append("\(variable) is set to another key than the stored one, which is kept")
      }
      return key
    }
    if let variable, let exported { return ObtainedKey(value: exported, source: "env:\(variable)") }
    guard mayAsk(arguments) else {
      var help =
        isProfile
        ? "say in the profile where it comes from, such as {\"env\": NAME}" : Self.sourceHelp
      if let name = provider.variables.first { help += ", or export \(name)" }
      if let place = provider.keysPlace ?? provider.keysURL {
        help += "; keys are made in \(place)"
      }
      throw Failure(.usage, "there is no key for \(provider.name)", help: help)
    }
    let typed = try askSecret("\(provider.name) API key (not shown)")
    return try key(Array(typed.utf8), "prompt")
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while let first = text.unicodeScalars.first,
      first.properties.isWhitespace || first == "\u{FEFF}"
    {
      text.unicodeScalars.removeFirst()
    }
    while let last = text.unicodeScalars.last, last.properties.isWhitespace || last == "\u{FEFF}" {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }
}
