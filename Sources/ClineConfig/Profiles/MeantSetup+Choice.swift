extension MeantSetup {
  /// The choice that sets up what is meant, without the key.
  package func choice(_ catalog: ProviderCatalog) -> Profile.Choice? {
    guard isSetup else { return nil }
    let named = provider.flatMap { catalog[$0] }
    let here = baseURL.flatMap { catalog.evidence(ofBaseURL: $0) }?.providers.first
      .flatMap { catalog[$0] }
    let id: String
    var address = baseURL
    if let here, here.isSettable, here.kind != .custom {
      (id, address) = (here.id, nil)
    } else if baseURL != nil, named?.isAnywhere != true {
      id = ProviderCatalog.custom.id
    } else if let named, named.isSettable {
      id = named.id
    } else {
      return nil
    }
    var choice = Profile.Choice(provider: id, modes: Set(Mode.allCases), models: [:])
    choice.baseURL = address
    if let model { for mode in Mode.allCases { choice.models[mode] = model } }
    return choice
  }
}
