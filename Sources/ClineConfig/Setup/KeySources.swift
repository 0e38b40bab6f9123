import LosslessJSON

extension KeyReference {
  /// Why a place that was named for a key gave none.
  public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The environment variable is not set, or empty.
    case variableMissing(String)
    /// The path is empty.
    case pathEmpty
    /// The file cannot be read.
    case fileUnreadable(String, because: String)
    /// Nothing could be read from a pipe.
    case pipeUnreadable(String)
    /// There is no program of this name.
    case programMissing(String)
    /// The program failed; its words are not repeated, because they may name the secret.
    case programFailed(String)
    /// What came is no line of text.
    case notAKey(source: String)
    /// What came is empty.
    case empty(source: String)
    /// A program of another user's profile is not run by root.
    case othersProgram

    /// One sentence: what is wrong, without what was passed.
    public var description: String {
      switch self {
      case .variableMissing: "the environment variable of the key is not set"
      case .pathEmpty: "the key file's path is empty"
      case .fileUnreadable: "the key file cannot be read"
      case .pipeUnreadable: "the key file: nothing could be read"
      case .programMissing: "the key command: there is no such program on PATH"
      case .programFailed(let why): "the key command \(why)"
      case .notAKey(let source): "what came from \(source) is not a key"
      case .empty(let source): "the key from \(source) is empty"
      case .othersProgram:
        "the key command is in another user's profile, and is not run as root"
      }
    }
  }
}

/// A key and what to call its origin.
package struct ObtainedKey: Sendable {
  package var value: Secret?
  /// `stdin`, `file`, `command`, `prompt`, `env:NAME`, `none`, or a place in a store.
  package var source: String
  package var notes: [Advice] = []
  /// Whether it is what its source says, and was not just taken for it.
  package var isKnown = true

  init(value: Secret?, source: String, notes: [Advice] = [], isKnown: Bool = true) {
    self.value = value
    self.source = source
    self.notes = notes
    self.isKnown = isKnown
  }
}

extension HostEnvironment {
  /// The key in a provider's conventional variable.
  package func exportedKey(of provider: Provider) -> ObtainedKey? {
    provider.variables.lazy.compactMap { name in
      variables[name].map(\.trimmed).flatMap { key in
        key.isEmpty ? nil : ObtainedKey(value: Secret(key), source: "env:\(name)")
      }
    }.first
  }
}

extension ObtainedKey {
  /// The same key, of another origin.
  package func from(_ source: String) -> ObtainedKey {
    var key = self
    key.source = source
    return key
  }
}

/// The places that a key can be taken from.
package struct KeySources: Sendable {
  private let host: HostEnvironment
  private let directory: AbsolutePath?
  private let standardInput: @Sendable (Int) -> [UInt8]
  /// What to call it.
  private let inputName: String

  /// - Parameters:
  ///   - host: The machine.
  ///   - directory: Of the file that holds the reference, in which `~` and `$HOME` count; `nil` for a
  ///     command line, where the shell has seen to that.
  ///   - standardInput: Reads all of standard input, at most so many bytes.
  package init(
    on host: HostEnvironment, beside directory: AbsolutePath? = nil, inputName: String = "stdin",
    standardInput: @escaping @Sendable (Int) -> [UInt8]
  ) {
    self.host = host
    self.directory = directory
    self.inputName = inputName
    self.standardInput = standardInput
  }

  private static let limit = 64 << 10

  /// The key that a reference leads to. A stored one is not looked for here.
  package func key(from reference: KeyReference) throws(KeyReference.Failure) -> ObtainedKey {
    switch reference {
    case .notNeeded, .keep: return ObtainedKey(value: nil, source: "none")
    case .standardInput: return try key(standardInput(Self.limit), from: inputName)
    case .environment(let name):
      guard let value = host.variables[name], !value.isEmpty else { throw .variableMissing(name) }
      return try key(Array(value.utf8), from: "env:\(name)")
    case .file(let path):
      let file = try keyFile(path)
      var obtained = try key(file.bytes, from: "file")
      if let note = file.note { obtained.notes.append(note) }
      return obtained
    case .command(let words):
      guard directory.map({ !host.isOthers($0) }) ?? true else { throw .othersProgram }
      return try key(output(of: words), from: "command")
    }
  }

  /// Bytes to a key: UTF-8, with the white space around it dropped, and not empty.
  func key(_ bytes: [UInt8], from source: String) throws(KeyReference.Failure) -> ObtainedKey {
    guard bytes.count <= Self.limit, let text = String(validating: bytes, as: UTF8.self),
      !text.utf8.contains(0)
    else { throw .notAKey(source: source) }
    let bare = text.trimmed
    guard !bare.isEmpty else { throw .empty(source: source) }
    host.secrets.note(Secret(bare))
    // A final line break is how every such source ends.
    let isNoted = bare != (text.hasSuffix("\n") ? String(text.dropLast()) : text)
    return ObtainedKey(
      value: Secret(bare), source: source,
      notes: isNoted ? ["white space around the key was dropped"] : [])
  }

  /// The bytes of a key file, and what is to be said about it.
  private struct KeyFile {
    let bytes: [UInt8]
    var note: Advice?
  }

  private func keyFile(_ path: String) throws(KeyReference.Failure) -> KeyFile {
    guard !path.isEmpty else { throw .pathEmpty }
    if path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/") {
      // A shell's <(command): a pipe, which only this process and its children have.
      let cat = ChildProcess(["/bin/cat", "--", path], timeout: 30_000, outputLimit: Self.limit)
      guard let result = try? cat.run(), result.status == 0 else { throw .pipeUnreadable(path) }
      return KeyFile(bytes: result.output)
    }
    do throws(FileSystemError) {
      var expanded = path
      for home in ["~/", "$HOME/", "${HOME}/"] where directory != nil && path.hasPrefix(home) {
        expanded =
          host.homeDirectory?.appending(String(path.dropFirst(home.count))).description ?? path
      }
      let place = (directory ?? host.workingDirectory).appending(expanded)
      // What a profile names is read with the rights of whoever wrote the profile.
      let files = host.acting(in: directory ?? place).files
      let contents = try files.read(files.resolve(place), limit: Self.limit)
      // What others own and mount here, such as a container's secrets, is theirs to close.
      let isOpen =
        contents.status.kind == .file && contents.status.mode.rawValue & 0o077 != 0
        && contents.status.owner.user == files.user && !place.description.hasPrefix("/run/")
      return KeyFile(
        bytes: contents.bytes,
        note: isOpen
          ? "others can read the key file; to change that:\(.run(["chmod", "600", place.description]))"
          : nil)
    } catch {
      throw .fileUnreadable(path, because: "\(error)")
    }
  }

  private func output(of words: [String]) throws(KeyReference.Failure) -> [UInt8] {
    let name = words.first ?? ""
    let program =
      name.contains("/") ? host.workingDirectory.appending(name) : host.program(name)
    guard let program else { throw .programMissing(name) }
    let process = ChildProcess(
      [program.description] + words.dropFirst(), timeout: 30_000, outputLimit: Self.limit)
    let result: ChildProcess.Result
    do throws(FileSystemError.Code) {
      result = try process.run()
    } catch {
      throw .programFailed("could not be started: \(error)")
    }
    if result.timedOut { throw .programFailed("took longer than 30 s and was stopped") }
    if result.exceededLimit { throw .programFailed("wrote more than a key") }
    guard result.status == 0 else {
      throw .programFailed("failed with status \(result.status)")
    }
    return result.output
  }
}

extension SetupPlanner {
  /// The same choices with the key that is stored now, where no reference leads to another: in a directory
  /// of its own there is none.
  package func choosingStoredKeys(
    _ choices: [Profile.Choice], from snapshot: Snapshot
  ) -> (choices: [Profile.Choice], variables: [String: String]) {
    var variables: [String: String] = [:]
    let present = PresentSetup(of: snapshot, catalog: catalog, on: store.host)
    let choices = choices.enumerated().map { index, choice -> Profile.Choice in
      guard choice.key == nil || choice.key == .keep,
        let key = present.storedKey(of: choice, provingOwner: true)
      else { return choice }
      var choice = choice
      let name = "CLINECFG_STORED_\(index)"
      variables[name] = key.reveal()
      choice.key = .environment(name)
      return choice
    }
    return (choices, variables)
  }
}
