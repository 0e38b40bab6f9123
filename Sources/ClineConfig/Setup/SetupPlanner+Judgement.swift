import LosslessJSON

extension SetupPlanner {
  /// What the rules say of a part; throws where they refuse it.
  func judge(
    _ part: SetupPlan.Part, on snapshot: Snapshot, modes: Set<Mode>
  ) throws(SetupError) -> [Finding] {
    var found: [Finding] = []
    for model in Set(part.setup.models.values).sorted() {
      var triple = triple(of: part, model: model)
      triple.hasStoredAnthropicKey =
        snapshot[.secrets].document?["/apiKey"]?.string?.isEmpty == false
      triple.otherModesBaseURL = otherModesBaseURL(part.setup, on: snapshot, modes: modes)
      triple.mode = part.choice.modes.count == 1 ? part.choice.modes.first : nil
      for finding in rules.findings(in: triple, catalog: catalog) where !found.contains(finding) {
        found.append(finding)
      }
    }
    if options.keys != .all, part.key.value == nil {
      found.removeAll { $0.rule.family == RuleID.keyMissing.family }
    }
    let refusing = found.filter { $0.severity == .error && !options.allowed.contains($0.rule) }
    guard let first = refusing.first else { return found }
    throw SetupError(
      .refused(mended(first, part: part)), findings: refusing,
      others: found.filter { !refusing.contains($0) })
  }

  /// The triple that a part sends.
  package func triple(of part: SetupPlan.Part, model: String) -> Triple {
    triple(of: part, baseURL: part.setup.baseURL, model: model)
  }

  func triple(of part: SetupPlan.Part, baseURL: String?, model: String?) -> Triple {
    var triple = Triple(
      provider: part.provider.id, slotID: part.target.slot.sdkID, baseURL: baseURL,
      key: part.key.value, model: model)
    triple.now = host.now()
    triple.signsIn =
      part.setup.cloud[.azureIdentity] == true
      || part.target.slot.isSignedByCloud && part.key.value == nil
    for header in part.setup.headers ?? [] { triple.headers[header.name] = header.value }
    if let key = part.key.value, key.reveal() != Triple.keyForKeyless {
      triple.sightings = host.sightings(of: key, catalog)
    }
    return triple
  }

  /// Where a mode that nothing is chosen for sends, when it uses the same slot.
  private func otherModesBaseURL(
    _ setup: ProviderSetup, on snapshot: Snapshot, modes: Set<Mode>
  ) -> String? {
    let state = snapshot[.globalState].document
    let usesSlot = Mode.allCases.contains { mode in
      !modes.contains(mode)
        && state?[JSONPointer(tokens: [mode.providerKey])]?.string == setup.slot.legacyID
    }
    return usesSlot ? state?["/openAiBaseUrl"]?.string : nil
  }

  /// Every value that the rules can mend, mended; `nil` where none takes the refused one's place.
  private func mended(
    _ finding: Finding, part: SetupPlan.Part
  ) -> SetupError.MendedValues? {
    if finding.rule == .sharedSlot, part.choice.slot == nil {
      return SetupError.MendedValues(slot: ProviderSlot.second.sdkID)
    }
    guard let replacement = finding.fix?.replacement else { return nil }
    if case .key = replacement { return nil }
    let given = triple(
      of: part, baseURL: part.setup.baseURL,
      model: part.setup.models[.act] ?? part.setup.models[.plan])
    let mended = rules.mended(given.replacing(replacement), catalog: catalog).triple
    return SetupError.MendedValues(
      baseURL: mended.baseURL == given.baseURL ? nil : mended.baseURL,
      model: mended.model == given.model ? nil : mended.model)
  }
}

extension HostEnvironment {
  /// Where else a key stands: in conventional variables, and among what providers accepted before.
  package func sightings(of key: Secret, _ catalog: ProviderCatalog) -> [KeySighting] {
    catalog.sightings(of: key, in: variables)
      + (AcceptedKeys.load(on: self)?.sightings(of: key) ?? [])
  }
}
