import LosslessJSON

extension EffectiveRequest {
  /// The same, with what signs it where that is a cloud's own means and no key.
  ///
  /// The SDK's clients read their entry of `providers.json`, which Cline's migration makes from
  /// `globalState.json` where there is none; the others `globalState.json` alone
  /// (apps/vscode/src/sdk/bedrock-config.ts of 4.1.13; core/api/providers/bedrock.ts of v4.0.12).
  func signed(_ view: ClineView) -> EffectiveRequest {
    let slot = provider.flatMap {
      client.isLegacy ? ProviderSlot.slot(legacyID: $0) : ProviderSlot.slot(sdkID: $0)
    }
    guard let slot, slot.isSignedByCloud else { return self }
    let settings = JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings"])
    func value(_ setting: CloudSetting) -> JSONValue? {
      let entry = setting.entryPointers.lazy.compactMap {
        view.value(.providers, pointer: JSONPointer(tokens: settings.tokens + $0.tokens))
      }
      let state = view.value(.globalState, pointer: JSONPointer(tokens: [setting.stateKey]))
      return client.isLegacy ? state : entry.first ?? state
    }
    func text(_ setting: CloudSetting) -> String? {
      value(setting)?.string.flatMap { $0.isEmpty ? nil : $0 }
    }
    var words: [String] = []
    if slot.authentication == .aws {
      let word =
        (client.isLegacy
          ? nil : view.text(.providers, settings.appending("aws").appending("authentication")))
        ?? view.state("awsAuthentication")
      let authentication = ProviderSlot.CloudAuthentication(word: word)
      let profile = authentication.map { $0 == .profile } ?? true ? text(.awsProfile) : nil
      if authentication != .key {
        words.append(profile.map { "AWS profile \($0)" } ?? "AWS credentials")
      }
      words.append(text(.awsRegion).map { "region \($0)" } ?? "no region")
      if value(.awsCrossRegion)?.bool == true { words.append("across regions") }
      if let endpoint = text(.awsEndpoint) { words.append("at \(endpoint)") }
    } else {
      words.append("Google credentials")
      words.append(text(.vertexProject).map { "project \($0)" } ?? "no project")
      words.append(text(.vertexRegion).map { "region \($0)" } ?? "no region")
    }
    var request = self
    request.signedBy = words.joined(separator: ", ")
    return request
  }
}
