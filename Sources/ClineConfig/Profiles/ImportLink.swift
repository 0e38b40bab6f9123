/// A link that gateways put behind a button, to set up a coding agent: `ccswitch://v1/import?…`.
///
/// Parameters: `resource=provider`, `app` (claude, codex, gemini, …), `name`, `endpoint` (several with commas
/// between them), `apiKey`, `model`, `homepage` (CC Switch 3.19, deep links of version 1). What else a link
/// carries, such as scripts, is left aside.
package struct ImportLink: Sendable {
  /// The agent that the link was made for.
  package let app: String
  /// The gateway's name for people.
  package let name: String?
  /// Its address.
  package let endpoint: String
  /// The key; `nil` where the link has none.
  package let key: Secret?
  /// The Model ID; `nil` where the link names none.
  package let model: String?

  /// Why a text is no such link.
  package enum Problem: Error, Hashable, Sendable {
    /// It does not begin as one.
    case notALink
    /// It brings something else than a provider.
    case otherResource
    /// It names no address.
    case endpointMissing
  }

  /// Reads a link.
  package init(_ text: String) throws(Problem) {
    let text = text.trimmed
    let start = "ccswitch://v1/import?"
    guard text.lowercased().hasPrefix(start), !text.contains(where: \.isWhitespace) else {
      throw .notALink
    }
    var values: [String: String] = [:]
    for pair in text.dropFirst(start.count).prefix(while: { $0 != "#" }).split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, values[String(parts[0])] == nil else { continue }
      // As forms have them.
      values[String(parts[0])] = parts[1].replacing("+", with: " ").percentDecoded.trimmed
    }
    func value(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
    guard value("resource") == "provider" else { throw .otherResource }
    guard
      let endpoint = value("endpoint")?.split(separator: ",").first.map({ String($0).trimmed }),
      !endpoint.isEmpty
    else { throw .endpointMissing }
    app = value("app")?.lowercased() ?? ""
    name = value("name")
    self.endpoint = endpoint
    key = value("apiKey").map { Secret($0) }
    model = value("model")
  }

  /// What it sets up in Cline, without the key: the provider that is known at the address, or any server,
  /// in the slot whose protocol the agent of the link speaks.
  package func choice(_ catalog: ProviderCatalog) -> Profile.Choice {
    let owner = catalog.evidence(ofBaseURL: endpoint)?.providers.first.flatMap { catalog[$0] }
    let slot = Self.slots[app]
    var choice = Profile.Choice(provider: ProviderCatalog.custom.id)
    if let owner, owner.isSettable {
      // Its usual address serves Cline, whatever the agent is handed.
      choice.provider = owner.id
      if owner.compatibleRoot == nil { choice.baseURL = endpoint }
    } else {
      (choice.baseURL, choice.slot) = (endpoint, slot)
    }
    if let model { for mode in Mode.allCases { choice.models[mode] = model } }
    return choice
  }

  /// The slot of an agent's protocol; OpenAI's, where none is named.
  private static let slots: [String: String] = [
    "claude": "anthropic", "claude-desktop": "anthropic", "gemini": "gemini",
  ]
}
