/// What Cline asks for: Base URL, key and Model ID, whose they are said to be, and what is known
/// around them.
public struct Triple: Hashable, Sendable {
  /// The catalogue's id of the provider that the user means; `nil` or `custom` when none.
  public var provider: String?
  /// The slot of Cline's that it goes into.
  public var slotID: String
  /// `nil` in a slot that has its own default.
  public var baseURL: String?
  /// The API key; `nil` where there is none.
  public var key: Secret?
  /// The Model ID; `nil` where there is none.
  public var model: String?
  /// Whether Cline's Anthropic key is stored: LM Studio would be sent it.
  package var hasStoredAnthropicKey: Bool
  /// The variable that Cline takes a key from, because none is stored.
  package var fallbackVariable: String?
  /// Where else the very same key stands, and whose it would be there.
  package var sightings: [KeySighting] = []
  /// The Model IDs that the provider gave to this key.
  package var offered: OfferedModels?
  /// The Base URL that the other mode needs in the same slot.
  package var otherModesBaseURL: String?
  /// The mode that it is for, where it is for one.
  package var mode: Mode?
  /// Whether the client signs in by itself (Azure Identity), so that no key is needed.
  package var signsIn = false
  /// Headers beside the key, as they are stored.
  package var headers: [String: Secret] = [:]
  /// Where the Base URL stands.
  var baseURLPlace: StorePlace?
  /// Where a client would send the chat request.
  package var requestURL: String?
  /// The Model ID that a client sends.
  var sentModel: String?
  /// The stored Model ID that a client does not send.
  var replacedModel: String?
  /// Where a key of this provider stands in another's place.
  var misplacedKey: StorePlace?
  /// The time, for what expires.
  package var now: Timestamp?

  /// Creates a triple, complete or not.
  public init(
    provider: String? = nil, slotID: String = ProviderSlot.openAICompatible.sdkID,
    baseURL: String? = nil, key: Secret? = nil, model: String? = nil
  ) {
    self.init(
      provider: provider, slotID: slotID, baseURL: baseURL, key: key, model: model,
      hasStoredAnthropicKey: false)
  }

  package init(
    provider: String? = nil, slotID: String = ProviderSlot.openAICompatibleID,
    baseURL: String? = nil, key: Secret? = nil, model: String? = nil,
    hasStoredAnthropicKey: Bool = false, fallbackVariable: String? = nil
  ) {
    self.provider = provider
    self.slotID = slotID
    self.baseURL = baseURL
    self.key = key
    self.model = model
    self.hasStoredAnthropicKey = hasStoredAnthropicKey
    self.fallbackVariable = fallbackVariable
  }

  var isInCompatibleSlot: Bool { ProviderSlot.isCompatible(slotID) }
  /// Whether it goes to this machine or a private network, where nobody may look at a key.
  var isPrivate: Bool { baseURL.flatMap { BaseURL(JavaScript.trim($0)) }?.isPrivate == true }
  /// What is special about its slot.
  var slotTraits: ProviderSlot.Traits { .of(slotID) }

  /// What Cline stores where a server needs no key: the legacy bundle refuses an empty one, and
  /// the others would send `OPENAI_API_KEY`.
  package static let keyForKeyless = "unused"

}

/// A second place where a key stands.
package struct KeySighting: Hashable, Sendable {
  /// Whose key it would be there.
  package let providers: [String]
  /// The place: `secrets:/groqApiKey`, `env:GROQ_API_KEY`.
  package let place: String
  /// What that means, in words.
  package let because: String

  init(providers: [String], place: String, because: String? = nil) {
    self.providers = providers
    self.place = place
    self.because = because ?? "the same key is at \(place)"
  }
}

/// A provider's model list.
package struct OfferedModels: Hashable, Sendable {
  /// The ids.
  package let ids: [String]
  /// Whether it was fetched just now; an older list may have changed.
  package let isLive: Bool

  /// A list.
  package init(ids: [String], isLive: Bool) {
    self.ids = ids
    self.isLive = isLive
  }
}
