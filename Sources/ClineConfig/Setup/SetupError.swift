/// Why a set-up was not planned, not granted by the provider, or not made. Nothing was written.
public struct SetupError: Error, Sendable {
  /// What is wrong, with what a program needs to say it in its own words.
  public enum Reason: Sendable {
    /// The catalogue knows no provider of this name.
    case unknownProvider(String)
    /// Cline cannot be pointed at this provider from outside.
    case notSettable(Provider)
    /// The provider has no address of its own, and none was named.
    case baseURLMissing(Provider)
    /// No server can be put into this slot of Cline's.
    case slotNotOpen(String)
    /// The provider has no address that speaks the slot's protocol.
    case protocolMissing(Provider, ProviderSlot)
    /// A cloud's setting was named for another provider.
    case cloudSettingElsewhere(name: String, slot: ProviderSlot)
    /// A cloud needs this setting, and it is neither named nor stored.
    case cloudSettingMissing(name: String)
    /// The provider signs in by itself and takes no key.
    case keyNotTaken(Provider)
    /// The address that was named is empty.
    case baseURLEmpty
    /// Plan and act mode would need different things in one slot.
    case slotShared(plan: Provider, act: Provider, slot: ProviderSlot)
    /// No Model ID was named, and none could be chosen; `offered` are those of the provider's list.
    case modelMissing(Provider, offered: [String])
    /// No Model ID was named, and the provider did not give its list.
    case modelListMissing(Provider, isUnreachable: Bool)
    /// There is no key, and nobody to ask for one.
    case keyMissing(Provider)
    /// The stored key was to be kept, and none of this provider's is stored.
    case noStoredKey(Provider)
    /// The place that was named for the key gave none.
    case keySource(KeyReference.Failure)
    /// A header's value was to come from a variable that is not set.
    case headerVariableMissing(header: String, variable: String)
    /// A header has characters that HTTP does not allow.
    case headerMalformed
    /// Two headers have one name.
    case headerRepeated
    /// Rules refuse it. A program may offer the values that would pass; `nil` where no value mends it.
    case refused(MendedValues?)
    /// The provider answered, and does not take it.
    case providerRefused
    /// The provider does not offer the Model ID.
    case modelNotOffered
    /// The provider did not answer.
    case unreachable
    /// Programs run, by these names, and could write older settings back.
    case running([String])
    /// Somebody was asked and gave no answer.
    case unanswered
    /// The files could not be read or changed.
    case store(StoreError)
  }

  /// The values of a refused set-up that the rules can mend; `nil` where a value is right.
  public struct MendedValues: Hashable, Sendable {
    /// The Base URL that passes.
    public var baseURL: String?
    /// The Model ID that passes.
    public var model: String?
    /// Another slot of Cline's that passes.
    package var slot: String?
  }

  /// What is wrong, with its values.
  public let reason: Reason
  /// The findings that stand against it.
  public var findings: [Finding]
  /// What was found beside that.
  public var others: [Finding]

  package init(_ reason: Reason, findings: [Finding] = [], others: [Finding] = []) {
    self.reason = reason
    self.findings = findings
    self.others = others
  }
}

extension SetupError: CustomStringConvertible {
  /// One sentence: what is wrong. No key.
  public var description: String {
    switch reason {
    case .unknownProvider: "there is no provider of that name"
    case .notSettable(let provider):
      "\(provider.name) needs a sign-in inside Cline; clinecfg cannot set it up"
    case .baseURLMissing(let provider):
      "\(provider.kind == .custom ? "custom" : provider.name) needs a Base URL"
    case .slotNotOpen: "that is no slot of Cline's with an address of its own"
    case .protocolMissing(let provider, let slot):
      "\(provider.name) has no known address with the protocol of Cline's \(slot.name) slot"
    case .cloudSettingElsewhere(let name, let slot):
      "\(name) is no setting of Cline's \(slot.name) slot"
    case .cloudSettingMissing(let name): "\(name) is missing"
    case .keyNotTaken(let provider):
      "\(provider.name) signs in with the cloud's own credentials and takes no key"
    case .baseURLEmpty: "the Base URL is empty"
    case .slotShared(let plan, let act, let slot):
      "plan mode (\(plan.name)) and act mode (\(act.name)) would share Cline's \(slot.name) slot, "
        + "which holds one Base URL, key and set of headers"
    case .modelMissing(let provider, _): "which model of \(provider.name)? there is no Model ID"
    case .modelListMissing:
      "\(Self.words(findings)): there is no list to choose a model from"
    case .keyMissing(let provider): "no key for \(provider.name)"
    case .noStoredKey(let provider):
      "this profile reuses the stored \(provider.name) key, but none is stored"
    case .keySource(let failure): "\(failure)"
    case .headerVariableMissing(let header, _):
      "the environment variable of the header \(header) is not set"
    case .headerMalformed: "a header has characters that HTTP does not allow"
    case .headerRepeated: "a header is named twice"
    case .refused:
      "refused by \(findings.map(\.rule.code).joined(separator: ", ")): nothing was written"
    case .providerRefused, .modelNotOffered, .unreachable:
      "\(Self.words(findings)): nothing was written"
    case .running(let clients):
      "\(clients.joined(separator: ", ")) "
        + "\(clients.count == 1 ? "is" : "are") running and could write older settings back"
    case .unanswered: "interrupted; nothing was written"
    case .store(let error): "\(error)"
    }
  }

  private static func words(_ findings: [Finding]) -> String {
    findings.first?.message ?? "the answer was inconclusive"
  }

  /// What to do, where that is not a matter of the values that were passed.
  public var advice: Advice? {
    switch reason {
    case .store(let error): error.help
    default: findings.first?.fix?.description
    }
  }
}
