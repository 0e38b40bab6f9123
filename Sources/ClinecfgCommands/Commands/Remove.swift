import ClineConfig
import CommandLineTool

/// `clinecfg remove PROVIDER`
enum Remove {
  private static let provider = Argument<String>.positional(
    "PROVIDER", help: "a provider, or an id of Cline's", completion: .dynamic("providers"))

  private static let purge = Argument<Bool>.flag(
    "--purge-backups", help: "take the key out of the backups too")

  static let command = Command<Context>(
    abstract: "take a provider out of every file: key, Base URL, models, entry",
    discussion:
      "In the order that keeps it from coming back: Cline's own migration adds a provider again "
      + "while its key remains. Backups still hold the key until they are removed.",
    arguments: [provider, purge] + Options.change,
    examples: [Example("clinecfg remove openrouter --dry-run", "show what would go")]
  ) { context, arguments in
    context.answer(arguments) { try report(context, arguments) }
  }

  private static func report(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let name = arguments[provider] ?? ""
    let store = try context.store(arguments)
    let snapshot = store.load()
    let slot = try slot(name, context, snapshot)
    let plan = try store.plan(ProviderRemoval(slot: slot).changes(on: snapshot), on: snapshot)
    let isDryRun = arguments[Options.dryRun]
    let keys = Self.keys(of: slot, in: snapshot)
    var report = try context.perform(
      plan, in: store, as: "remove \(context.shown(name))", arguments,
      title: plan.isEmpty
        ? "nothing is stored for \(context.shown(name))"
        : "\(isDryRun ? "would remove" : "removed") \(context.shown(name)):")
    try tellBackups(holding: keys, of: slot, store, context, arguments, &report)
    return report
  }

  /// Names the backups that still hold a key, or takes it out of them.
  private static func tellBackups(
    holding keys: [Secret], of slot: ProviderSlot, _ store: SettingsStore, _ context: Context,
    _ arguments: ParsedArguments, _ report: inout Report
  ) throws {
    let purges = arguments[purge] && !arguments[Options.dryRun]
    if purges {
      let rewritten = try store.purgeBackups { file, pointer, text in
        keys.contains { $0.reveal() == text } || slot.isSecretPlace(pointer, in: file)
      }
      report.members["purged"] = .array(rewritten.map { .string($0.id) })
      if !rewritten.isEmpty {
        report.text +=
          "taken out of \(rewritten.count) backup\(rewritten.count == 1 ? "" : "s"): "
          + "what the disk keeps of it is beyond reach, so revoke the key at the provider\n"
      }
      return
    }
    let holding = try store.backups(holding: keys).map(\.id)
    let loose = try store.looseCopies(holding: keys).map(\.description)
    report.members["backupsWithKey"] = .array((holding + loose).map { .string($0) })
    guard !(holding + loose).isEmpty else { return }
    let places = (holding + loose).joined(separator: ", ")
    report.notes.append(
      "the key still stands in \(holding.count + loose.count == 1 ? "the backup" : "the backups") \(places); clinecfg remove \(context.shown(arguments[provider] ?? "")) --purge-backups takes it out"
    )
  }

  /// The keys that stand in a slot.
  private static func keys(of slot: ProviderSlot, in snapshot: Snapshot) -> [Secret] {
    var keys: [Secret] = []
    func visit(_ file: SettingsFile, _ pointer: JSONPointer) {
      if let text = snapshot[file].document?[pointer]?.string, text.count >= 8 {
        keys.append(Secret(text))
      }
    }
    if !slot.sharesSecret, let key = slot.secretKey {
      visit(.secrets, .root.appending(JSONKey(key)))
    }
    for key in slot.otherSecretKeys { visit(.secrets, .root.appending(JSONKey(key))) }
    let settings = JSONPointer.root.appending("providers").appending(JSONKey(slot.sdkID))
      .appending("settings")
    visit(.providers, settings.appending("apiKey"))
    for name in ["accessToken", "refreshToken", "apiKey"] as [JSONKey] {
      visit(.providers, settings.appending("auth").appending(name))
    }
    return keys
  }

  /// A provider of the catalogue that stands in its slot, or any slot by its id.
  private static func slot(
    _ name: String, _ context: Context, _ snapshot: Snapshot
  ) throws -> ProviderSlot {
    guard let provider = context.catalog[name] else {
      do {
        return try context.slot(named: name)
      } catch {
        // An entry of the user's own in providers.json.
        let entry = JSONPointer.root.appending("providers").appending(JSONKey(name))
        guard snapshot[.providers].document?[entry] != nil else { throw error }
        return ProviderSlot(custom: name)
      }
    }
    guard provider.usesCompatibleSlot, provider.kind != .custom else { return provider.slot }
    // The slot is shared: whoever stands in it now is not removed by another's name.
    let stored = StoredSetup(snapshot: snapshot, slot: provider.slot, catalog: context.catalog)
    guard stored.belongs(to: provider, baseURL: nil) || stored.isEmpty else {
      throw Failure(
        .noInput,
        "\(provider.name) is not set up here: the OpenAI-compatible slot holds another endpoint",
        help: "clinecfg show tells which; clinecfg remove custom empties the slot whoever is in it")
    }
    return provider.slot
  }
}

extension StoredSetup {
  /// Whether the slot has no Base URL at all.
  var isEmpty: Bool {
    snapshot[.globalState].document?["/openAiBaseUrl"]?.string == nil
      && snapshot[.providers].document?["/providers/openai-compatible"] == nil
  }
}
