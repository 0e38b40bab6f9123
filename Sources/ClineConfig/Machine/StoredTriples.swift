import LosslessJSON

/// A triple as it is stored: what clients would send, and where its parts stand.
struct StoredTriple: Sendable {
  var triple: Triple
  /// The clients and modes that send it.
  var users: [ClientMode]
  /// What the first of them sends.
  let request: EffectiveRequest
  /// Where each part stands.
  var places: [Judgement.Evidence.Part: [StorePlace]]
  let locations: ClineLocations
}

extension Machine {
  /// The different triples that the clients would send.
  ///
  /// Clients that were never set up, that cannot read their files, or that sign in by themselves
  /// have none: other rules tell what is to be told of them.
  func storedTriples(_ catalog: ProviderCatalog) -> [StoredTriple] {
    var found: [StoredTriple] = []
    var sightings = Sightings(machine: self, catalog: catalog)
    for request in requests {
      // The extension from before the SDK counts only where a window starts it.
      if request.client == .vscodeLegacy, !surroundings.startsLegacy { continue }
      guard let snapshot = views.first(where: { $0.client == request.client })?.snapshot,
        let (triple, places) = triple(
          of: request, snapshot, catalog: catalog, sightings: &sightings)
      else { continue }
      let user = ClientMode(client: request.client, mode: request.mode)
      let index = found.firstIndex {
        $0.triple == triple && $0.locations.isSame(as: snapshot.locations)
      }
      if let index {
        found[index].users.append(user)
        for (part, place) in places where found[index].places[part]?.contains(place) != true {
          found[index].places[part, default: []].append(place)
        }
      } else {
        found.append(
          StoredTriple(
            triple: triple, users: [user], request: request, places: places.mapValues { [$0] },
            locations: snapshot.locations))
      }
    }
    return found
  }

  private func triple(
    of request: EffectiveRequest, _ snapshot: Snapshot, catalog: ProviderCatalog,
    sightings: inout Sightings
  ) -> (Triple, [Judgement.Evidence.Part: StorePlace])? {
    guard let id = request.provider,
      !request.client.files.contains(where: { snapshot[$0].problem != nil })
    else { return nil }
    if request.client != .cli {
      let selected = snapshot[.globalState].document?[
        JSONPointer(tokens: [request.mode.providerKey])]?.string
      guard selected?.isEmpty == false else { return nil }
    }
    let slot: ProviderSlot?
    if request.client.isLegacy {
      slot = ProviderSlot.slot(legacyID: id)
      if slot?.isInLegacyBundle != true { return nil }
    } else {
      slot = ProviderSlot.slot(sdkID: id)
    }
    if let slot, !slot.takesStoredKey { return nil }
    // An id that Cline has no code for is one cause, and STORE505's.
    if slot == nil { return nil }

    func text(_ place: StorePlace?) -> String? {
      place.flatMap { snapshot[$0.file].document?[$0.pointer]?.string }
    }
    let isCompatible = ProviderSlot.isCompatible(slot?.sdkID ?? id)
    var triple = Triple(slotID: slot?.sdkID ?? id)
    triple.baseURL = text(request.baseURLPlace)
    triple.provider =
      isCompatible ? nil : provider(of: slot, request, at: triple.baseURL, catalog: catalog)?.id
    triple.key = request.ownKey?.value
    triple.model = text(request.modelPlace) ?? (isCompatible ? nil : slot?.defaultModelID)
    triple.hasStoredAnthropicKey =
      slot?.traits.sendsAnthropicKey == true && request.client == .vscodeSDK
      && snapshot[.secrets].document?["/apiKey"]?.string?.isEmpty == false
    triple.headers = request.headers
    triple.requestURL = request.requestURL
    triple.baseURLPlace = request.baseURLPlace
    triple.replacedModel = request.replacedModel
    triple.sentModel = request.model
    triple.signsIn =
      isCompatible && request.client.isLegacy
      && snapshot[.globalState].document?["/azureIdentity"]?.bool == true
    triple.now = now
    if case .variable(let name) = request.key?.source {
      triple.fallbackVariable = name
      // A key that goes astray is one cause; whose it is follows from the variable.
      if triple.leak(catalog) != nil { triple.key = nil }
    } else if request.key == nil, let slot {
      triple.fallbackVariable = slot.variables.first { variables[$0]?.isEmpty == false }
      // Only the SDK takes it; the extension from before it then just refuses.
      if triple.leak(catalog) != nil, request.client.takesNoVariables {
        return nil
      }
    }
    if triple.key == nil, let id = triple.provider ?? catalog.provider(of: triple)?.id {
      triple.misplacedKey = misplacedKey(of: id, snapshot, catalog: catalog)
    }
    if let key = triple.key, !key.isEmpty, key.reveal() != Triple.keyForKeyless {
      triple.sightings = sightings.of(key, beside: slot, in: snapshot)
    }

    var places: [Judgement.Evidence.Part: StorePlace] = [:]
    places[.baseURL] = request.baseURLPlace
    places[.model] = request.modelPlace
    if case .store(let file, let pointer) = request.key?.source {
      places[.key] = StorePlace(file, pointer)
    }
    return (triple, places)
  }

  /// The catalogue's entry of a slot; of several, the one at whose address the request goes, else
  /// the one of the slot's own name.
  private func provider(
    of slot: ProviderSlot?, _ request: EffectiveRequest, at stored: String?,
    catalog: ProviderCatalog
  ) -> Provider? {
    guard let slot else { return nil }
    let own = catalog.providers(ofSlot: slot.sdkID)
    let here = catalog.evidence(ofBaseURL: request.baseURL)?.providers ?? []
    // A slot with an address of its own may hold any gateway that speaks its protocol; the key is then
    // the gateway's.
    if let url = stored.flatMap({ BaseURL(JavaScript.trim($0)) }),
      !own.contains(where: { catalog.isAPIHost(url.host, of: $0) })
    {
      return here.lazy.compactMap { catalog[$0] }.first
        ?? (url.isPrivate ? own.first { $0.isAnywhere } : nil)
    }
    let named = own.first { here.contains($0.id) } ?? own.first { $0.id == slot.sdkID }
    if let provider = named ?? own.first { return provider }
    // A provider without a slot of its own in VS Code can have one in the CLI.
    return catalog.evidence(ofBaseURL: slot.defaultBaseURL)?.providers.first.flatMap {
      catalog[$0]
    }
  }

  /// Where a key that proves to be a provider's stands in another's place.
  private func misplacedKey(
    of id: String, _ snapshot: Snapshot, catalog: ProviderCatalog
  ) -> StorePlace? {
    ProviderSlot.legacy.lazy.compactMap(\.secretKey).map {
      StorePlace(.secrets, JSONPointer(tokens: [JSONKey($0)]))
    }.first { place in
      snapshot[.secrets].document?[place.pointer]?.string.flatMap {
        catalog.owner(ofKey: KeyText.stripped($0))
      }?.id == id
    }
  }
}

/// Other places of the very same key, and whose it would be there. Most clients send the same key, so
/// that what was looked for once is kept.
private struct Sightings {
  let machine: Machine
  let catalog: ProviderCatalog
  private var known: [(key: Secret, slot: String?, locations: ClineLocations, [KeySighting])] = []

  init(machine: Machine, catalog: ProviderCatalog) {
    (self.machine, self.catalog) = (machine, catalog)
  }

  mutating func of(
    _ key: Secret, beside slot: ProviderSlot?, in snapshot: Snapshot
  ) -> [KeySighting] {
    let same = known.first {
      $0.key == key && $0.slot == slot?.sdkID && $0.locations.isSame(as: snapshot.locations)
    }
    if let same { return same.3 }
    let found =
      stored(key, beside: slot, in: snapshot) + catalog.sightings(of: key, in: machine.variables)
      + (machine.accepted?.sightings(of: key) ?? [])
    known.append((key, slot?.sdkID, snapshot.locations, found))
    return found
  }

  private func stored(
    _ key: Secret, beside slot: ProviderSlot?, in snapshot: Snapshot
  ) -> [KeySighting] {
    let holding = [SettingsFile.secrets, .providers].flatMap { snapshot[$0].secrets(of: $0) }
      .filter { $0.value == key }.map(\.place)
    guard !holding.isEmpty else { return [] }
    return ProviderSlot.legacy.indices.flatMap { index -> [KeySighting] in
      let id = ProviderSlot.legacy[index].sdkID
      guard id != slot?.sdkID else { return [] }
      return (Self.places[id] ?? []).compactMap { place in
        guard holding.contains(place), !ProviderSlot.legacy[index].sharesSecret else { return nil }
        let owners = catalog.providers(ofSlot: id).map(\.id)
        return owners.isEmpty ? nil : KeySighting(providers: owners, place: place.description)
      }
    }
  }

  /// Where the key of each slot of the older clients stands.
  private static let places: [String: [StorePlace]] = Dictionary(
    ProviderSlot.legacy.map { slot in
      let own = slot.secretKey.map { StorePlace(.secrets, JSONPointer(tokens: [JSONKey($0)])) }
      let entry = JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings", "apiKey"])
      return (slot.sdkID, (own.map { [$0] } ?? []) + [StorePlace(.providers, entry)])
    }, uniquingKeysWith: { $1 })
}

extension ProviderCatalog {
  /// The conventional variables that hold a key.
  package func sightings(of key: Secret, in variables: [String: String]) -> [KeySighting] {
    let value = key.reveal()
    let holding = variables.filter {
      $0.value.utf8.count >= value.utf8.count && JavaScript.trim($0.value) == value
    }
    guard !holding.isEmpty else { return [] }
    var names: [String] = []
    var owners: [String: [String]] = [:]
    let held = Array(holding.keys)
    // By index: a provider is a large value to copy.
    let providers = providers
    for index in providers.indices {
      for name in providers[index].variables where held.contains(name) {
        if owners[name] == nil { names.append(name) }
        owners[name, default: []].append(providers[index].id)
      }
    }
    return names.map { KeySighting(providers: owners[$0] ?? [], place: "env:\($0)") }
  }
}

extension ClineClient {
  /// Whether it never takes a key from the environment.
  var takesNoVariables: Bool { isLegacy }
}

/// A client in one of its modes.
package struct ClientMode: Hashable, Sendable, CustomStringConvertible {
  /// Which client.
  package let client: ClineClient
  /// In which mode.
  package let mode: Mode

  /// A client in one of its modes.
  package init(client: ClineClient, mode: Mode) {
    (self.client, self.mode) = (client, mode)
  }

  /// `CLI (plan)`
  package var description: String { "\(client.name) (\(mode.rawValue))" }
}

/// A triple that clients would send.
package struct SentTriple: Sendable {
  /// The Base URL, the key and the Model ID.
  package let triple: Triple
  /// Who sends it.
  package internal(set) var users: [ClientMode]
  /// The different requests that they make of it.
  package internal(set) var requests: [(request: EffectiveRequest, users: [ClientMode])] = []
}

/// How a triple that clients would send was weighed.
package struct JudgedTriple: Sendable {
  /// Who sends it, in words.
  package let users: String
  /// What was weighed, and what it came to.
  package let judgement: Judgement
}

extension SentTriple {
  /// The requests to ask a provider with: what a client would send, and not refuse to send. Where all
  /// refuse, one that the triple alone makes.
  package var asked: [(request: EffectiveRequest?, users: [ClientMode])] {
    var found: [(request: EffectiveRequest?, users: [ClientMode])] = []
    for (request, users) in requests where request.problem == nil && request.requestURL != nil {
      let index = found.firstIndex {
        $0.request?.requestURL == request.requestURL && $0.request?.key?.value == request.key?.value
          && $0.request?.keyHeader == request.keyHeader && $0.request?.model == request.model
      }
      if let index { found[index].users += users } else { found.append((request, users)) }
    }
    return found.isEmpty ? [(nil, users)] : found
  }
}

extension Machine {
  /// How each triple that a client would send was weighed.
  package func judgements(_ catalog: ProviderCatalog) -> [JudgedTriple] {
    storedTriples(catalog).map { stored in
      JudgedTriple(
        users: stored.users.map(\.description).joined(separator: ", "),
        judgement: catalog.judge(stored.triple))
    }
  }

  /// The different triples that clients would send, the act mode of the first client first.
  package func sentTriples(_ catalog: ProviderCatalog) -> [SentTriple] {
    storedTriples(catalog).reduce(into: [SentTriple]()) { found, next in
      // Where each client's own path leads makes no other triple.
      var triple = next.triple
      (triple.requestURL, triple.sentModel, triple.replacedModel) = (nil, nil, nil)
      triple.baseURLPlace = nil
      let requests = [(request: next.request, users: next.users)]
      if let index = found.firstIndex(where: { $0.triple == triple }) {
        found[index].users += next.users
        found[index].requests += requests
      } else {
        found.append(SentTriple(triple: triple, users: next.users, requests: requests))
      }
    }
    .sorted { one, other in
      one.users.contains { $0.mode == .act } && !other.users.contains { $0.mode == .act }
    }
  }
}

extension Triple {
  /// An exported key that Cline would send to a host which is not its provider's.
  struct Leak {
    let variable: String
    let host: String
    /// The provider's name.
    let owner: String
  }

  /// The key that would go astray, because none is stored.
  func leak(_ catalog: ProviderCatalog) -> Leak? {
    guard isInCompatibleSlot, let variable = fallbackVariable, let text = baseURL,
      let url = BaseURL(text)
    else { return nil }
    let owners = catalog.providers.filter { $0.variables.contains(variable) }
    let place = catalog.evidence(ofBaseURL: text)?.providers ?? []
    guard let owner = owners.first, Set(place).isDisjoint(with: owners.map(\.id)) else {
      return nil
    }
    return Leak(variable: variable, host: url.host, owner: owner.name)
  }
}

extension Sequence<ClientMode> {
  /// The clients among them, in the order in which people are told.
  package var clients: [ClineClient] {
    ClineClient.allCases.filter { client in contains { $0.client == client } }
  }
  /// The modes among them.
  package var modes: [Mode] { Mode.allCases.filter { mode in contains { $0.mode == mode } } }
}
