import LosslessJSON

/// Where a provider goes: which slot of Cline's, with which Base URL.
package struct SetupTarget: Sendable {
  package private(set) var slot: ProviderSlot
  /// `nil`: Cline's own default in that slot.
  package private(set) var baseURL: String?
  package private(set) var apiLine: String?
  /// What was changed about the address that was named.
  package private(set) var notes: [Advice] = []

  /// Whose the address is: who was named, or the one at it where only the slot was meant.
  package private(set) var provider: Provider

  package var isCompatible: Bool { slot.isOpenAICompatible }

  /// - Parameters:
  ///   - named: Who is set up.
  ///   - address: The address that somebody named; `nil` for the provider's usual one.
  ///   - slotName: Another of Cline's slots than the provider's usual one; `nil` for that.
  ///   - catalog: Who may be at the address.
  package init(
    _ named: Provider, baseURL address: String?, slot slotName: String? = nil,
    in catalog: ProviderCatalog
  ) throws(SetupError) {
    guard named.isSettable else { throw SetupError(.notSettable(named)) }
    slot = named.slot
    provider = named
    if let slotName {
      try use(slotNamed: slotName, address)
      return
    }
    guard let address else {
      try useOwnAddress(of: named)
      return
    }
    guard !address.trimmed.isEmpty else { throw SetupError(.baseURLEmpty) }
    let url = trimmed(address)
    baseURL = url
    if let guest = Self.guest(at: url, of: named, in: catalog) {
      (provider, baseURL) = (guest, fitting(url))
    } else if !named.usesCompatibleSlot {
      fit(url, of: named)
    }
  }

  /// Whoever is at an address, where a provider was named for its slot alone: any server that speaks the
  /// slot's protocol can stand in a slot with an address of its own. `nil` where the provider itself is
  /// meant.
  private static func guest(
    at url: String, of named: Provider, in catalog: ProviderCatalog
  ) -> Provider? {
    let slot = named.slot
    guard !named.usesCompatibleSlot, !named.isAnywhere, slot.baseURLKey != nil,
      let parts = BaseURL(url), !catalog.isAPIHost(parts.host, of: named)
    else { return nil }
    guard let owners = catalog.evidence(ofBaseURL: url)?.providers.compactMap({ catalog[$0] })
    else {
      // A misspelt host is nobody's gateway.
      let isMeant =
        LookAlikeHost.resembled(by: parts.host, catalog) == nil
        && LookAlikeHost.misspelt(parts.host, catalog) == nil
      return isMeant ? ProviderCatalog.custom(in: slot) : nil
    }
    return slot.wireProtocol == .openAIChat
      ? nil : owners.first { $0.isSettable && $0.speaks(slot, at: parts) }
  }

  private mutating func use(slotNamed name: String, _ address: String?) throws(SetupError) {
    guard let chosen = ProviderSlot.open.first(where: { $0.sdkID == name || $0.legacyID == name })
    else { throw SetupError(.slotNotOpen(name)) }
    slot = chosen
    let own = provider.roots.first { $0.wireProtocol == chosen.wireProtocol && !$0.isTemplate }
    guard let address = address ?? own?.url else {
      throw SetupError(
        provider.kind == .custom ? .baseURLMissing(provider) : .protocolMissing(provider, chosen))
    }
    guard !address.trimmed.isEmpty else { throw SetupError(.baseURLEmpty) }
    if provider.kind == .custom { provider = ProviderCatalog.custom(in: chosen) }
    let url = trimmed(address)
    baseURL = isCompatible ? url : fitting(url)
    if baseURL == slot.defaultBaseURL, provider.slot == slot { baseURL = nil }
  }

  /// An address of somebody else's, in the form that the slot wants.
  private mutating func fitting(_ url: String) -> String {
    // What speaks OpenAI's protocol has its own root, which need not end in /v1.
    let isWhole =
      slot.addressForm?.differs == false && slot.wireProtocol == .openAIChat
      && BaseURL(url)?.trimmedPath.isEmpty == false
    let plain = isWhole ? url : slot.plainAddress(url)
    if plain != url, slot.addressForm?.differs != true {
      notes.append("Cline's \(slot.name) slot wants the Base URL as \(plain)")
    }
    if slot.addressForm?.differs == true, BaseURL(plain)?.trimmedPath.isEmpty == false {
      notes.append(
        "no single address is right in every client here: VS Code with the SDK and the CLI get theirs; "
          + "JetBrains, CLI 2 and VS Code with the extension from before the SDK want it without /v1"
      )
    }
    return plain
  }

  /// Takes another address of the same server.
  mutating func use(_ url: String) { baseURL = url }

  private mutating func useOwnAddress(of provider: Provider) throws(SetupError) {
    if provider.usesCompatibleSlot, provider.compatibleRoot == nil {
      throw SetupError(.baseURLMissing(provider))
    }
    baseURL = provider.usesCompatibleSlot ? provider.compatibleRoot : nil
    if !provider.usesCompatibleSlot, provider.line == nil, let root = provider.roots.first?.url,
      let known = slot.defaultBaseURL, !provider.roots.contains(where: { $0.url == known }),
      slot.baseURLKey != nil
    {
      // Somebody else's slot by nature, such as a cloud in the slot of its local server.
      baseURL = root
      fit(root, of: provider)
      notes = []
    }
    if slot.wantsStoredAddress, baseURL == nil { baseURL = provider.roots.first?.url }
    apiLine = provider.line.flatMap {
      slot.apiLines[$0] == nil || slot.apiLines[$0] == slot.defaultBaseURL ? nil : $0
    }
  }

  /// White space and a final slash are dropped, with a note.
  private mutating func trimmed(_ text: String) -> String {
    let trimmed = text.trimmed
    if trimmed != text { notes.append("white space around the Base URL was dropped") }
    guard var parts = BaseURL(trimmed), parts.path.hasSuffix("/"), parts.query == nil,
      parts.fragment == nil
    else { return trimmed }
    while parts.path.hasSuffix("/") { parts.path.removeLast() }
    notes.append("the slash at the end of the Base URL was dropped")
    return parts.description
  }

  /// An address in a slot of the provider's own: as its line or default, in the form that all
  /// clients read there, or else in the OpenAI-compatible slot.
  private mutating func fit(_ url: String, of provider: Provider) {
    if let line = slot.apiLines.first(where: { $0.value == url })?.key {
      (apiLine, baseURL) = (line == provider.line || provider.line == nil ? line : nil, nil)
      if slot.apiLines[line] == slot.defaultBaseURL { apiLine = nil }
      return
    }
    if let form = slot.addressForm, !form.differs, slot.wireProtocol != .gemini {
      let plain = slot.plainAddress(url)
      if plain != url {
        notes.append("Cline's \(slot.name) slot wants the Base URL as \(plain)")
      }
      baseURL = plain
      let own = [slot.defaultBaseURL, provider.roots.first?.url].compactMap(\.self)
      if provider.kind == .local, own.contains(plain) || own.contains(plain + "/v1") {
        baseURL = nil
      }
      return
    }
    let native = provider.roots.first { $0.wireProtocol == slot.wireProtocol }?.url
    let isDefault =
      url == slot.defaultBaseURL
      || url == native
        && BaseURL(url)?.host == slot.defaultBaseURL.flatMap { BaseURL($0) }?.host
    if isDefault {
      if !slot.wantsStoredAddress { baseURL = nil }
    } else if slot.baseURLKey == nil || slot.wireProtocol != .openAIChat {
      notes.append(
        "\(provider.name)'s own slot in Cline does not take that Base URL, so it goes to the OpenAI-compatible one"
      )
      slot = .openAICompatible
    }
  }

  /// Where the questions about a triple go: the address, the line's, or the provider's usual one.
  var askedURL: String? { baseURL ?? apiLine.flatMap { slot.apiLines[$0] } }
}

extension Provider {
  /// Whether its API speaks a slot's protocol at an address.
  fileprivate func speaks(_ slot: ProviderSlot, at url: BaseURL) -> Bool {
    roots.contains { root in
      guard root.wireProtocol == slot.wireProtocol,
        let own = BaseURL(slot.bareAddress(root.url)),
        let asked = BaseURL(slot.bareAddress(url.description))
      else { return false }
      return own.host == asked.host && own.trimmedPath == asked.trimmedPath
    }
  }
}

extension ProviderCatalog {
  /// Any other server that speaks a slot's protocol.
  static func custom(in slot: ProviderSlot) -> Provider {
    guard let spoken = slot.wireProtocol, spoken != .openAIChat else { return custom }
    return Provider(
      custom.id, "another endpoint with the protocol of \(slot.name)", .custom,
      aliases: custom.aliases)
  }
}
