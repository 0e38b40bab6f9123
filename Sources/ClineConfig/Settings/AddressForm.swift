/// How a Base URL stands in a slot with an address of its own: clients put different paths behind it.
///
/// The address of a slot is the part that its server chose; versions are the clients' to add. Sources: the
/// handlers of v4.0.12; `normalizeSdkBaseUrl` of 4.1.13, which gives a bare host the path of the default;
/// SDK 0.0.78, packages/llms/src/providers/vendors.
struct AddressForm: Sendable, Equatable {
  /// Endings of an address that the clients add by themselves, the longest first.
  var drops: [String] = []
  /// What stands behind it in `globalState.json`.
  var state = ""
  /// The same where the address has a path and VS Code is the SDK's, which then adds nothing.
  var stateBelowPath: String?
  /// What stands behind it in `providers.json`.
  var entry = ""

  /// Whether no single address is right in every client, once it has a path.
  var differs: Bool { stateBelowPath != nil }
}

extension ProviderSlot {
  /// The slots that any server with their protocol can be put into: they have an address of their own.
  package static let open = legacy.filter { $0.takesStoredKey && $0.baseURLKey != nil }

  /// The slot for a second OpenAI-compatible server.
  static let second = slot(sdkID: "litellm") ?? .openAICompatible

  /// How an address stands there; `nil` where it stands as it is.
  var addressForm: AddressForm? { traits.addressForm }

  /// An address without what the clients add to it.
  func bareAddress(_ text: String) -> String {
    guard let form = addressForm, var url = BaseURL(JavaScript.trim(text)) else { return text }
    while url.path.hasSuffix("/") { url.path.removeLast() }
    url.path = Self.without(form.drops, url.path)
    return url.description
  }

  /// An address as people are told it, and as it stands where all clients agree.
  func plainAddress(_ text: String) -> String { adding(addressForm?.state, to: text) }

  /// An address as `globalState.json` holds it.
  ///
  /// - Parameters:
  ///   - text: The address.
  ///   - isLegacy: Whether the extension from before the SDK reads it.
  func stateAddress(_ text: String, isLegacy: Bool) -> String {
    guard let form = addressForm, form.differs else { return text }
    let hasPath = BaseURL(bareAddress(text))?.path.isEmpty == false
    return adding(hasPath && !isLegacy ? form.stateBelowPath : form.state, to: text)
  }

  /// An address as `providers.json` holds it.
  func entryAddress(_ text: String) -> String {
    guard let form = addressForm, form.differs else { return text }
    return adding(form.entry, to: text)
  }

  private func adding(_ ending: String?, to text: String) -> String {
    guard let ending, var url = BaseURL(bareAddress(text)) else { return text }
    url.path += ending
    return url.description
  }

  private static func without(_ endings: [String], _ path: String) -> String {
    endings.first { path.hasSuffix($0) }.map { String(path.dropLast($0.count)) } ?? path
  }
}
