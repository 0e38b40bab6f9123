import LosslessJSON

extension Machine {
  /// The same findings of one triple, each with the step that mends it: where several parts are
  /// wrong, one step sets them all.
  package func advising(
    _ findings: [Finding], about triple: Triple, _ catalog: ProviderCatalog
  ) -> [Finding] {
    let advised = findings.map { finding in
      var finding = advising(finding, about: triple, catalog)
      finding.value = finding.value ?? catalog.shown(finding.part, of: triple)
      return finding
    }
    // What the rules themselves advise is left as it is.
    let ours = advised.indices.filter { advised[$0].fix != findings[$0].fix }
    var whole: [String?: Advice.SetUp] = [:]
    let addressLast = ours.sorted {
      findings[$0].part != .baseURL && findings[$1].part == .baseURL
    }
    for index in addressLast {
      guard case .setUp(var values) = advised[index].fix?.description.steps.last else { continue }
      if let former = whole[values.provider] {
        // Who looks at the address knows it best.
        if findings[index].part != .baseURL {
          (values.baseURL, values.slot) = (former.baseURL, former.slot)
        }
        if former.model == nil { values.model = nil }
        values.newKey = former.newKey || values.newKey
      }
      whole[values.provider] = values
    }
    return waiting(
      advised.enumerated().map { index, finding in
        guard ours.contains(index), let fix = finding.fix,
          case .setUp(let own) = fix.description.steps.last, let values = whole[own.provider]
        else { return finding }
        let parts = fix.description.parts.dropLast() + [.step(.setUp(values))]
        return finding.with(fix.saying(Advice(Array(parts))))
      })
  }

  /// The same findings, where nothing can be set up before a file is right.
  func waiting(_ findings: [Finding]) -> [Finding] {
    guard let broken = main.broken.first?.file else { return findings }
    return findings.map { finding in
      let setsUp =
        finding.fix?.advice.steps.contains { if case .setUp = $0 { true } else { false } } ?? false
      return !finding.isMendable && setsUp
        ? finding.with(.advice("fix \(broken.relativePath) first")) : finding
    }
  }

  /// The same finding, with a step that mends it where the rule itself names none: rules about a triple
  /// do not know where it stands.
  private func advising(
    _ finding: Finding, about triple: Triple, _ catalog: ProviderCatalog
  ) -> Finding {
    guard [.baseURL, .key, .model].contains(finding.part), finding.severity != .info,
      // Whose file it is, nobody here can tell.
      finding.rule != .ownEntry,
      !finding.isMendable, finding.fix?.description.steps.isEmpty ?? true,
      let slot = ProviderSlot.slot(sdkID: triple.slotID),
      case .setUp(var values) = step(settingUp: slot, catalog, newKey: finding.part == .key)
    else { return finding }
    if finding.part == .baseURL, let mended = Self.mended(finding, triple) {
      let owner = catalog.evidence(ofBaseURL: mended)?.providers.first.flatMap { catalog[$0] }
      if let owner, owner.isSettable, slot.isOpenAICompatible {
        values.provider = owner.id
        values.baseURL = owner.compatibleRoot == mended ? nil : mended
      } else {
        values.baseURL = mended
      }
    } else if finding.part == .baseURL {
      // Nobody knows what it should be.
      values.baseURL = nil
    }
    // Without an address all is asked for, and so the key is.
    if values.provider == ProviderCatalog.custom.id, values.baseURL == nil { values.newKey = false }
    // What is wrong is asked for.
    if finding.part == .model || values.model.map(Placeholder.isOne) == true { values.model = nil }
    let step = Advice.Step.setUp(values)
    guard let fix = finding.fix else { return finding.with(.advice("\(step)")) }
    return finding.with(fix.saying("\(fix.description):\(step)"))
  }

  /// The Base URL as it probably should be.
  private static func mended(_ finding: Finding, _ triple: Triple) -> String? {
    if case .baseURL(let url) = finding.fix?.replacement { return url }
    if finding.rule == .azurePath, let model = triple.model, !model.contains("/"),
      var url = triple.baseURL.flatMap({ BaseURL($0) }), url.isAzureOpenAI
    {
      url.path = AzureAddress.deployments + model
      return url.description
    }
    guard let text = triple.baseURL.map(JavaScript.trim) else { return nil }
    if var url = BaseURL(text) {
      guard finding.rule == .keyInClear, !url.isPrivate else { return nil }
      url.scheme = "https"
      return url.description
    }
    let withScheme = "https://" + text
    return text.contains("://") || BaseURL(withScheme) == nil ? nil : withScheme
  }

  /// The step that sets up what stands in a slot.
  func step(settingUp slot: ProviderSlot, _ catalog: ProviderCatalog, newKey: Bool = false)
    -> Advice.Step
  {
    let settings = JSONPointer(tokens: ["providers", JSONKey(slot.sdkID), "settings"])
    func text(_ file: SettingsFile, _ pointer: JSONPointer) -> String? {
      main.readable(file)?.nonEmptyString(at: pointer)
    }
    let url =
      slot.baseURLKey.flatMap { text(.globalState, JSONPointer(tokens: [JSONKey($0)])) }
      ?? text(.providers, settings.appending("baseUrl"))
    let users = [Mode.act, .plan].filter { mode in
      let id = text(.globalState, JSONPointer(tokens: [mode.providerKey]))
      return id == slot.legacyID || id == slot.sdkID
    }
    let stored =
      (users + [.act]).lazy.compactMap {
        text(.globalState, JSONPointer(tokens: [slot.modelKey($0)]))
      }.first
      ?? text(.providers, settings.appending("model"))
    let model = stored.flatMap { catalog.looksLikeKey($0) ? nil : $0 }
    guard ProviderSlot.isCompatible(slot.sdkID) else {
      let own = catalog.providers(ofSlot: slot.sdkID)
      let here = url.flatMap { BaseURL(JavaScript.trim($0)) }
      let isOwn = here.map { url in
        url.isPrivate ? nil : own.first { catalog.isAPIHost(url.host, of: $0) }
      }
      // Never a cloud's for a server of one's own, and never a vendor's for a gateway's key.
      let local = own.first { $0.kind == .local } ?? own.first { $0.id == slot.sdkID }
      let line = slot.apiLineKey.flatMap { text(.globalState, JSONPointer(tokens: [JSONKey($0)])) }
      let provider =
        (isOwn ?? nil)
        ?? (here == nil
          ? own.first { line != nil && $0.line == line } ?? local ?? own.first
          : here?.isPrivate == true ? own.first(where: \.isAnywhere) : nil)
      guard let provider else {
        // Somebody else's server in a slot with an address of its own.
        let isOpen = slot.baseURLKey != nil && slot.takesStoredKey
        let address = here.map(\.withoutQuery).map { isOpen ? slot.plainAddress($0) : $0 }
        return .setUp(
          ProviderCatalog.custom.id, baseURL: address, slot: isOpen ? slot.sdkID : nil,
          model: model,
          newKey: newKey)
      }
      let isUsual = here.map { url in
        provider.roots.contains { $0.fit(of: url) == .exact } || url.isLoopback
      }
      return .setUp(
        provider.id, baseURL: isUsual == false ? here?.withoutQuery : nil, model: model,
        newKey: newKey)
    }
    // What should not be in an address is not repeated.
    let clean = url.flatMap { BaseURL($0) }.flatMap {
      $0.userInfo == nil && $0.query == nil && $0.fragment == nil ? $0.description : nil
    }
    if let owner = catalog.evidence(ofBaseURL: url)?.providers.first.flatMap({ catalog[$0] }) {
      return .setUp(
        owner.id, baseURL: owner.compatibleRoot == nil ? clean : nil, model: model, newKey: newKey)
    }
    return .setUp("custom", baseURL: clean, model: model, newKey: newKey)
  }
}

extension Finding.Fix {
  /// The same in other words, for a person to do.
  fileprivate func saying(_ advice: Advice) -> Finding.Fix {
    var fix = Finding.Fix(description: advice, isSafe: isSafe, action: action)
    fix.alternative = alternative
    return fix
  }
}
