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

  /// Clients that read another directory than changes go to.
  func splitClients(
    _ arguments: ParsedArguments, from locations: ClineLocations
  ) throws -> [Finding] {
    try ClineClient.allCases.compactMap { client in
      let own = try self.locations(of: client, arguments)
      let differs = client.files.contains { own.path(of: $0) != locations.path(of: $0) }
      guard differs else { return nil }
      return .note(
        rule: "STORE510", name: "split-data-dir", severity: .warning,
        message: "\(client.name) reads \(own.dataDirectory) (\(own.decidedBy)) and was not set")
    }
  }

  /// A provider by the name that a user types.
  func provider(named name: String) throws -> Provider {
    if let provider = catalog[name] { return provider }
    let names = catalog.providers.map(\.id)
    throw Failure(
      .noInput, "there is no provider '\(Style.safe(name))'",
      help: nearest(to: name.lowercased(), in: names).map { "did you mean '\($0)'?" }
        ?? "known are \(names.joined(separator: ", ")); any other endpoint is 'custom'")
  }

  func masked(_ key: Secret) -> String {
    Style.safe(key.masked(publicPrefixes: catalog.publicPrefixes))
  }
}
