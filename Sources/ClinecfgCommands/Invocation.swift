import ClineConfig
import CommandLineTool
import LosslessJSON

/// A command that runs: what it stands on, and the words that it was given.
struct Invocation: Sendable {
  private(set) var context: Context
  let arguments: ParsedArguments

  /// Root works with the rights of whoever has a say over the data directory.
  init(of context: Context, _ arguments: ParsedArguments) {
    self.context = context
    self.arguments = arguments
    if let locations = try? locations(of: .cli) {
      self.context.host = context.host.acting(in: locations.dataDirectory)
    }
    if console.notesWidth != nil, !self[Options.quiet] {
      self.context.host = self.context.host.telling(console)
    }
  }

  var host: HostEnvironment { context.host }
  var catalog: ProviderCatalog { context.catalog }
  var console: any Console { context.console }

  subscript<Value>(argument: Argument<Value>) -> Value? { arguments[argument] }
  subscript(flag: Argument<Bool>) -> Bool { arguments[flag] }

  /// What printed commands need to mean the same: the data directory, where one was named.
  var options: [String] {
    arguments[Options.dataDirectory].map { ["--data-dir", $0] } ?? []
  }

  // MARK: What it works on

  /// The directory that `--data-dir` names.
  private func override() throws -> AbsolutePath? {
    guard let text = arguments[Options.dataDirectory] else { return nil }
    guard !text.isEmpty else { throw Failure(.usage, "--data-dir is empty") }
    return host.workingDirectory.appending(text)
  }

  /// Where a client reads.
  func locations(of client: ClineClient) throws -> ClineLocations {
    let override = try override()
    guard let found = ClineLocations.find(for: client, on: host, override: override) else {
      throw Failure.noHome
    }
    return found
  }

  /// The store that changes go to: where the CLI reads, which knows every variable.
  func store() throws -> SettingsStore {
    SettingsStore(locations: try locations(of: .cli), host: host)
  }

  /// Everything that the rules about files look at.
  func machine(looksAround: Bool = true) throws -> Machine {
    guard
      let machine = Machine.read(host, override: try override(), looksAround: looksAround)
    else { throw Failure.noHome }
    return machine
  }

  /// The files that the rules look at, after a change.
  func machine(after plan: Plan) throws -> Machine? {
    Machine.files(host, override: try override(), after: plan)
  }

  // MARK: Names

  /// A provider by the name that a user types.
  func provider(named name: String) throws -> Provider {
    if let provider = catalog[name] { return provider }
    let names = catalog.providers.map(\.id)
    throw Failure(
      .noInput, "there is no provider '\(catalog.shown(name))'",
      help: nearest(to: name.lowercased(), in: names).map { "did you mean '\($0)'?" }
        ?? "any other endpoint is 'custom'; the known ones:\(clinecfg: "providers")")
  }

  /// A slot of Cline's by the name that a user types: a provider of the catalogue, or an id of
  /// Cline's. The catalogue counts first: `openai` is OpenAI, not the compatible slot that VS Code
  /// calls so.
  func slot(named name: String) throws -> ProviderSlot {
    if let provider = catalog[name] { return provider.slot }
    if let slot = ProviderSlot.slot(sdkID: name) ?? ProviderSlot.slot(legacyID: name) {
      return slot
    }
    return try provider(named: name).slot
  }
}

extension ProviderCatalog {
  /// A word of the user's in a message, unless it could be a key in the wrong place.
  func shown(_ word: String) -> String {
    looksLikeKey(word) ? masked(Secret(word)) : Echo.shown(word)
  }
}
