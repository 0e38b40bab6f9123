import ClineConfig
import CommandLineTool

extension Context {
  /// The directory that `--data-dir` names.
  private func override(_ arguments: ParsedArguments) throws -> AbsolutePath? {
    guard let text = arguments[Options.dataDirectory] else { return nil }
    guard !text.isEmpty else { throw Failure(.usage, "--data-dir is empty") }
    return host.workingDirectory.appending(text)
  }

  /// Where a client reads.
  func locations(
    of client: ClineClient, _ arguments: ParsedArguments
  ) throws -> ClineLocations {
    guard let found = ClineLocations.find(for: client, on: host, override: try override(arguments))
    else {
      throw Failure(
        .noInput, "there is no home directory", help: "set HOME, or pass --data-dir DIR")
    }
    return found
  }

  /// The store that changes go to: where the CLI reads, which knows every variable.
  func store(_ arguments: ParsedArguments) throws -> SettingsStore {
    SettingsStore(locations: try locations(of: .cli, arguments), host: host)
  }

  /// The same for a command line: root works with the rights of whoever has a say over the data
  /// directory.
  func acting(for arguments: ParsedArguments) -> Context {
    guard let locations = try? locations(of: .cli, arguments) else { return self }
    var context = self
    context.host = host.acting(in: locations.dataDirectory)
    return context
  }

  /// Everything that the rules about files look at.
  func setup(_ arguments: ParsedArguments, looksAround: Bool = true) throws -> Setup? {
    Setup.read(host, override: try override(arguments), looksAround: looksAround)
  }

  /// The files that the rules look at, after a change.
  func setup(_ arguments: ParsedArguments, after plan: Plan) throws -> Setup? {
    Setup.files(host, override: try override(arguments), after: plan)
  }

  /// A provider by the name that a user types.
  func provider(named name: String) throws -> Provider {
    if let provider = catalog[name] { return provider }
    let names = catalog.providers.map(\.id)
    throw Failure(
      .noInput, "there is no provider '\(shown(name))'",
      help: nearest(to: name.lowercased(), in: names).map { "did you mean '\($0)'?" }
        ?? "clinecfg providers lists those that are known; any other endpoint is 'custom'")
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

  /// A word of the user's in a message, unless it could be a key in the wrong place.
  func shown(_ word: String) -> String {
    catalog.looksLikeKey(word) ? masked(Secret(word)) : Echo.shown(word)
  }

  /// That a file is not there: without its name where the word could be a key in the wrong place.
  func missingFile(_ word: String, _ description: StyledText, help: StyledText? = nil) -> Failure {
    Echo.looksSecret(word) || catalog.looksLikeKey(word)
      ? Failure(.noInput, "there is no such file", help: "pass a path")
      : Failure(.noInput, description, help: help)
  }

  /// Whether a header carries a secret, by its name or by what its value proves to be.
  func carriesSecret(_ header: String, _ value: String) -> Bool {
    SecretName.isHeader(header)
      || value.split(separator: " ").contains { catalog.looksLikeKey(String($0)) }
  }

  /// A stored value that should hold no key, should it hold one.
  func withoutSecrets(_ text: String) -> String {
    guard var url = BaseURL(text) else {
      return catalog.looksLikeKey(text) ? masked(Secret(text)) : text
    }
    guard url.userInfo != nil || url.query != nil || url.fragment != nil else { return text }
    if url.userInfo != nil { url.userInfo = Redactor.mark }
    if url.query != nil { url.query = Redactor.mark }
    if url.fragment != nil { url.fragment = Redactor.mark }
    return url.description
  }

  func masked(_ key: Secret) -> String { key.masked(publicPrefixes: catalog.publicPrefixes) }
}
