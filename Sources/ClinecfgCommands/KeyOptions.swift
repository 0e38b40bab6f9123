import ClineConfig
import CommandLineTool
import LosslessJSON

extension Invocation {
  /// Where the options say that the key comes from; `nil` when they say nothing.
  func keyReference() throws -> KeyReference? {
    let path = self[Options.keyFile]
    let named: [KeyReference] = [
      self[Options.keyPrompt] ? .standardInput : nil,
      self[Options.keyStdin] ? .standardInput : nil,
      path.map { ["-", "/dev/stdin"].contains($0) ? .standardInput : .file($0) },
      self[Options.keyVariable].map { .environment($0) },
      self[Options.keyCommand].map { .command(["/bin/sh", "-c", $0]) },
      self[Options.noKey] ? .notNeeded : nil,
    ].compactMap(\.self)
    guard named.count <= 1 else {
      throw Failure(.usage, "a key can come from one place only", help: Failure.keyHelp)
    }
    return named.first
  }

  /// The key that the options name; `nil` when they name none.
  func namedKey() throws -> ObtainedKey? {
    guard let reference = try keyReference() else { return nil }
    return try key(from: reference)
  }

  /// The key that a reference of a command line leads to. A stored one is not looked for here.
  func key(from reference: KeyReference) throws -> ObtainedKey {
    if reference == .standardInput, typesKey { return try typedKey() }
    let console = console
    do throws(KeyReference.Failure) {
      return try KeySources(on: host) { console.readAll(limit: $0) }.key(from: reference)
    } catch {
      throw Failure(error, knowing: catalog)
    }
  }

  /// Whether the key of standard input is typed by a person.
  var typesKey: Bool { self[Options.keyPrompt] || console.readsFromTerminal }

  func requireTerminalForKey() throws {
    guard console.readsFromTerminal, !self[Options.noInput] else {
      throw Failure(
        .usage, "there is no terminal to ask for the key at",
        help: "pass one of --key-stdin, --key-file FILE, --key-env VAR, --key-command CMD")
    }
  }

  /// The key that a person types, unseen.
  func typedKey(for provider: Provider? = nil) throws -> ObtainedKey {
    try requireTerminalForKey()
    let questions = TerminalQuestions(invocation: self)
    guard let typed = questions.key(named: provider?.name, judging: { _ in nil }) else {
      throw Failure.interrupted
    }
    do throws(KeyReference.Failure) {
      return try KeySources(on: host) { _ in Array(typed.utf8) }.key(from: .standardInput)
        .from("prompt")
    } catch {
      throw Failure(error, knowing: catalog)
    }
  }

  /// A key that was pasted where its source should be named.
  func refuseKeyAsName(_ reference: KeyReference?) throws {
    let isWrong =
      switch reference {
      case .environment(let name): !KeyReference.isVariable(name) || catalog.looksLikeKey(name)
      case .file(let path): catalog.looksLikeKey(path)
      default: false
      }
    guard !isWrong else {
      throw Failure(
        .usage, "that is not the name of a place where a key is",
        help: "--key-env takes the name of a variable, --key-file a path")
    }
  }

  /// A reference of a command line as a file can keep it: paths from the root, or from `~`.
  func portable(_ reference: KeyReference) -> KeyReference {
    guard case .file(let path) = reference else { return reference }
    let full = host.workingDirectory.appending(path)
    guard let home = host.homeDirectory, full.isWithin(home), full != home else {
      return .file(full.description)
    }
    return .file("~" + full.description.dropFirst(home.description.count))
  }
}
