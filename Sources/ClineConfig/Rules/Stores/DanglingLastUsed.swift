import LosslessJSON

/// STORE504: the CLI has no provider.
struct DanglingLastUsed: MachineRule {
  static let documentation = RuleDocumentation(
    .danglingLastUsed, name: "dangling-last-used", severity: .error,
    summary: "The provider that the CLI used last has no entry, or none is named.",
    rationale:
      "The CLI takes the provider, key and model of `lastUsedProvider` in providers.json, and "
      + "nothing else that is stored. Where that names no entry, it starts without a provider.",
    exceptions:
      "An entry that Cline's own migration will add at its start counts. That none is named is only "
      + "told: VS Code's settings page leaves it so, and only the CLI asks.",
    examples: [
      .accepts(MachineExample([:])),
      .accepts(MachineExample([.providers: #"{"version":1,"providers":{}}"#])),
      .accepts(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"cline-pass","providers":{"cline":{"settings":{"provider":"cline","auth":{"accessToken":"invented-key-0001"}},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .mends(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"gone","providers":{"groq":{"settings":{"provider":"groq","model":"m"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .mends(
        MachineExample([
          .providers:
            #"{"version":1,"providers":{"groq":{"settings":{"provider":"groq","model":"m"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
      .flags(
        MachineExample([
          .providers:
            #"{"version":1,"lastUsedProvider":"gone","providers":{"groq":{"settings":{"provider":"groq"},"updatedAt":"2026-08-22T20:03:00.000Z"},"xai":{"settings":{"provider":"xai"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#
        ])),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    guard let providers = machine.main.readable(.providers),
      !ClineClient.cli.files.contains(where: { machine.main[$0].problem != nil })
    else { return [] }
    let migrated = MigratedProviders(
      view: ClineView(snapshot: machine.main, variables: machine.variables))
    let stored = providers["/lastUsedProvider"]?.string
    guard !migrated.entries.isEmpty || stored != nil,
      migrated.lastUsedProvider.map({ migrated.resolved($0) == nil }) ?? true
    else { return [] }
    let pointer: JSONPointer = "/lastUsedProvider"
    let entries = migrated.entries.keys.sorted()
    // It then goes to Cline's own account, which may be what pays.
    let instead = machine.requests.first {
      $0.client == .cli && $0.problem == nil && $0.requestURL != nil
    }?.provider
    var edits = ChangeSet()
    let fix: Finding.Fix
    if let instead {
      let id = Self.selected(machine, among: entries) ?? instead
      fix = .advice(
        "choose one of \(entries.joined(separator: ", ")), for example:\(.set(StorePlace(.providers, pointer), to: id))"
      )
    } else if let id = Self.selected(machine, among: entries)
      ?? (entries.count == 1 ? entries[0] : nil)
    {
      edits.set(.string(id), in: .providers, at: pointer)
      fix = .edits("let the CLI use \(id)", edits: edits)
    } else if entries.isEmpty {
      edits.remove(from: .providers, at: pointer)
      fix = .edits("remove the name", edits: edits)
    } else {
      fix = .advice(
        "choose one of \(entries.joined(separator: ", ")), for example:\(.set(StorePlace(.providers, pointer), to: entries[0]))"
      )
    }
    return [
      finding(
        (stored.map { "the CLI's last used provider '\($0)' has no entry" }
          ?? "the CLI has no chosen provider")
          + (instead.map { ": it uses \($0)" } ?? ": it starts without one"),
        at: [StorePlace(.providers, pointer)], severity: stored == nil ? .info : .error, fix: fix)
    ]
  }

  /// The provider of VS Code's act mode.
  private static func selected(_ machine: Machine, among entries: [String]) -> String? {
    machine.main.readable(.globalState)?[JSONPointer(tokens: [Mode.act.providerKey])]?.string
      .map(ProviderSlot.normalizedSDKID).flatMap { entries.contains($0) ? $0 : nil }
  }
}
