/// The rules, and the order in which their findings are told.
public struct RuleSet: Sendable {
  /// Rules about a triple.
  package let tripleRules: [any TripleRule]
  /// Rules about the files of a machine.
  package let machineRules: [any MachineRule]
  /// Rules about what a provider answered.
  package let liveRules: [any LiveRule]

  /// A set of these rules.
  package init(
    triple: [any TripleRule], machine: [any MachineRule], live: [any LiveRule] = []
  ) {
    tripleRules = triple
    machineRules = machine
    liveRules = live
  }

  /// The same rules and others of your own, which are asked last.
  public func adding(_ rules: [any TripleRule]) -> RuleSet {
    RuleSet(triple: tripleRules + rules, machine: machineRules, live: liveRules)
  }

  /// Every bundled rule. A test holds this list against the files beside it.
  public static let standard = RuleSet(
    triple: [
      NotAURL(), KeyInClear(), WebsiteAsBaseURL(), DashboardAsBaseURL(), EndpointAsBaseURL(),
      VersionMissing(), VersionDoubled(), TrailingSlash(), CredentialsOrQuery(), LookAlikeHost(),
      WrongRegion(), LocalWithoutPath(), NativeProtocol(), UnknownHost(), BaseURLMissing(),
      OwnEntry(), NativePath(), AzurePath(),
      KeyMissing(), KeyNotTrimmed(), KeyPlaceholder(), KeyMasked(), NotAKey(), StrangeCharacters(),
      KeyExpired(), SuggestsOtherProvider(), WrongLength(), SharedSecret(),
      ModelMissing(), ModelNotTrimmed(), ModelNotOffered(), ModelOfAnother(), ModelPlaceholder(),
      KeyAsModel(), ReplacedModel(),
      Incoherent(), SharedSlot(), VariableToOtherHost(),
    ],
    machine: [
      PlanActDiffer(),
      Unreadable(), RejectedByCline(), StoresDisagree(), DanglingLastUsed(), WrongID(),
      StaleToken(), WouldResurrect(), Onboarding(), DuplicateKeys(), SplitDataDirectory(),
      Managed(), Overwritten(), RegisteredElsewhere(), LeftOverCompanion(), MisnamedKey(),
      WithoutEffect(), ClientsDiffer(), MCPServers(),
      ReadableByOthers(), InARepository(), KeyInSettings(), LeftOverTemporary(), LinkTarget(),
      OrphanedKey(),
      ClineIsRunning(), ForcedBundle(), DeadSettings(), OldStorageOnly(), RedirectedByVariable(),
      WrongType(), UnknownValue(), IncompleteObject(),
    ],
    live: [
      Unreachable(), NotAnAPI(), Unauthorized(), Forbidden(), ModelNotFound(), RateLimited(),
      Unavailable(), NoModelList(), OtherStatus(),
    ])

  /// What every rule says of itself, in the order of the codes' families.
  public var documentation: [RuleDocumentation] { rules.map { type(of: $0).documentation } }

  // Element by element: a cast of the arrays would look for every rule's conformance again.
  private var rules: [any Rule] {
    tripleRules.map { $0 as any Rule } + machineRules.map { $0 as any Rule }
      + liveRules.map { $0 as any Rule }
  }

  /// What a rule says of itself, by its code, name or alias; case does not matter.
  public func documentation(of name: String) -> RuleDocumentation? {
    let code = RuleID(name.uppercased())
    let resolved = RuleID.aliases[code] ?? code
    return rules.lazy.map { type(of: $0).documentation }
      .first { $0.code == resolved || $0.name == name.lowercased() }
  }

  /// What is wrong with a triple.
  public func findings(
    in triple: Triple, catalog: ProviderCatalog = .bundled
  ) -> [Finding] {
    let all = tripleRules.flatMap { $0.findings(in: triple, catalog) }
    // An address that is replaced loses its slash by that.
    let isReplaced = all.contains {
      $0.rule != .trailingSlash && $0.part == .baseURL && $0.fix?.replacement != nil
    }
    let told = isReplaced ? all.filter { $0.rule != .trailingSlash } : all
    return told.map { finding in
      var finding = finding
      finding.value = catalog.shown(finding.part, of: triple)
      return finding
    }
  }

  /// What single rules about files find.
  package func findings(
    of codes: Set<RuleID>, in machine: Machine, catalog: ProviderCatalog = .bundled
  ) -> [Finding] {
    machineRules.filter { codes.contains(type(of: $0).documentation.code) }.flatMap {
      $0.findings(in: machine, catalog)
    }
  }

  /// A triple after every safe fix.
  public struct Mended: Sendable {
    /// The triple that came of it.
    public let triple: Triple
    /// The findings that led to it.
    public let findings: [Finding]
  }

  /// Makes every safe fix, until none is left to make.
  public func mended(_ triple: Triple, catalog: ProviderCatalog = .bundled) -> Mended {
    var triple = triple
    var done: [Finding] = []
    for _ in 0..<10 {
      let next = findings(in: triple, catalog: catalog).first {
        $0.fix?.isSafe == true && $0.fix?.replacement != nil
      }
      guard let next, let replacement = next.fix?.replacement else { break }
      triple = triple.replacing(replacement)
      done.append(next)
    }
    return Mended(triple: triple, findings: done)
  }
}
