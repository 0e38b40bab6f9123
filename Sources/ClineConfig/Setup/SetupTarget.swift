import LosslessJSON

/// Where a provider goes: which slot of Cline's, with which Base URL.
package struct SetupTarget: Sendable {
  package private(set) var slot: ProviderSlot
  /// `nil`: Cline's own default in that slot.
  package private(set) var baseURL: String?
  package private(set) var apiLine: String?
  /// What was changed about the address that was named.
  package private(set) var notes: [Advice] = []

  package var isCompatible: Bool { slot.isOpenAICompatible }

  /// - Parameters:
  ///   - provider: Who is set up.
  ///   - named: The address that somebody named; `nil` for the provider's usual one.
  package init(_ provider: Provider, baseURL named: String?) throws(SetupError) {
    guard provider.isSettable else { throw SetupError(.notSettable(provider)) }
    slot = provider.slot
    guard let named else {
      try useOwnAddress(of: provider)
      return
    }
    guard !named.trimmed.isEmpty else { throw SetupError(.baseURLEmpty) }
    let url = trimmed(named)
    baseURL = url
    if !provider.usesCompatibleSlot { fit(url, of: provider) }
  }

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
    if let ending = slot.addressEnding, var parts = BaseURL(url) {
      parts.path = Self.withoutVersion(parts.path) + ending
      if parts.description != url {
        notes.append("Cline's \(slot.name) slot wants the Base URL as \(parts.description)")
      }
      baseURL = parts.description
      let own = [slot.defaultBaseURL, provider.roots.first?.url].compactMap(\.self)
      if provider.kind == .local,
        own.contains(parts.description) || own.contains(parts.description + "/v1")
      {
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

  private static func withoutVersion(_ path: String) -> String {
    let ending = ["/api/v0", "/v1", "/api"].first { path.hasSuffix($0) } ?? ""
    return String(path.dropLast(ending.count))
  }

  /// Where the questions about a triple go: the address, the line's, or the provider's usual one.
  var askedURL: String? { baseURL ?? apiLine.flatMap { slot.apiLines[$0] } }
}
