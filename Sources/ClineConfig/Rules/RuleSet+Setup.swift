extension RuleSet {
  /// Everything that is wrong on a machine, one finding for each cause, errors first.
  ///
  /// The rules about files look at the files; those about a triple at each different triple that
  /// a client would send.
  package func findings(
    in machine: Machine, catalog: ProviderCatalog = .bundled
  ) -> [Finding] {
    var all = machineRules.flatMap { $0.findings(in: machine, catalog) }
    // Whether anybody has a legacy client cannot always be told: what others do not share is no error.
    let stored = machine.storedTriples(catalog).map { triple in
      let isAside =
        triple.users.allSatisfy(\.client.isLegacy) && !machine.surroundings.startsLegacy
      return (triple, isAside)
    }
    for (stored, isAside) in stored.filter({ !$0.1 }) + stored.filter(\.1) {
      let isElsewhere = !stored.locations.isSame(as: machine.main.locations)
      let found = findings(in: stored.triple, catalog: catalog)
      for var finding in isElsewhere
        ? found : machine.advising(found, about: stored.triple, catalog)
      {
        finding.places = isElsewhere ? [] : stored.places[finding.part] ?? []
        finding.users = stored.users
        finding.directory = isElsewhere ? stored.locations.dataDirectory : nil
        Self.merge(finding, isAside: isAside, into: &all)
      }
    }
    all = Self.withoutEchoes(all)
    all = machine.waiting(all)
    return all.gravestFirst
  }

  /// The same words from two clients are one cause, in more places; as grave as for the client that
  /// is surely there.
  private static func merge(_ finding: Finding, isAside: Bool, into all: inout [Finding]) {
    guard
      let index = all.firstIndex(where: {
        // Two values are mended to two values, whatever is said of them.
        $0.rule == finding.rule && $0.message == finding.message && $0.fix == finding.fix
          && $0.value == finding.value && $0.directory == finding.directory
          && (isAside || $0.severity == finding.severity)
      })
    else { return all.append(isAside ? finding.aside : finding) }
    for place in finding.places where !all[index].places.contains(place) {
      all[index].places.append(place)
    }
    for user in finding.users where !all[index].users.contains(user) {
      all[index].users.append(user)
    }
  }

  /// What another rule says more exactly of the same places is said once.
  private static func withoutEchoes(_ all: [Finding]) -> [Finding] {
    let exact = Set(
      all.filter { [.keyAsModel, .credentialsOrQuery].contains($0.rule) }.flatMap(\.places))
    // That a value was written back says why the stores disagree on it, and which is right.
    let writtenBack = Set(all.filter { $0.rule == .overwritten }.flatMap(\.places))
    // A wrong value in one file is not also another value than in the next.
    let wrong = Set(
      all.filter { $0.severity == .error && !$0.users.isEmpty && $0.directory == nil }
        .flatMap(\.places))
    let unused = Set(all.filter { $0.rule == .staleToken }.flatMap(\.places))
    return all.filter { finding in
      switch finding.rule {
      case .keyExpired where !finding.places.isEmpty: !unused.isSuperset(of: finding.places)
      case .storesDisagree where !wrong.isDisjoint(with: finding.places): false
      case .keyInSettings: !finding.places.allSatisfy { exact.contains($0) }
      case .storesDisagree: writtenBack.isDisjoint(with: finding.places)
      default: true
      }
    }
  }
}
