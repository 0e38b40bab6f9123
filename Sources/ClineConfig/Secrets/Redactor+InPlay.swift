extension SecretsInPlay {
  /// What takes every one of them out of a text.
  ///
  /// - Parameters:
  ///   - catalog: Its own words are no secrets, even where a key holds them.
  ///   - variables: Of the environment: those whose names say so are secrets too.
  ///   - isStrict: For what others say.
  package func redactor(
    _ catalog: ProviderCatalog, variables: [String: String], isStrict: Bool
  ) -> Redactor {
    var secrets = all
    for (name, value) in variables where SecretName.isVariable(name) {
      secrets.insert(Secret(value))
    }
    return Redactor(secrets, catalog: catalog, isStrict: isStrict)
  }
}

extension HostEnvironment {
  /// What keeps the secrets of this run out of everything that leaves it.
  ///
  /// - Parameters:
  ///   - catalog: Its own words are no secrets.
  ///   - isStrict: For what others say.
  package func redactor(_ catalog: ProviderCatalog, isStrict: Bool = false) -> Redactor {
    if secrets.knowsNoFile, let locations = ClineLocations.find(for: .cli, on: self) {
      secrets.noteKeys(in: locations, on: self)
    }
    return secrets.redactor(catalog, variables: variables, isStrict: isStrict)
  }
}
