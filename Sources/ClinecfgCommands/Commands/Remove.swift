import ClineConfig
import CommandLineTool

/// `clinecfg remove PROVIDER`
enum Remove {
  private static let provider = Argument<String>.positional(
    "PROVIDER", help: "a provider, or an id of Cline's", completion: .dynamic("providers"))

  static let command = Command<Context>(
    "remove", abstract: "take a provider out of every file: key, Base URL, models, entry",
    discussion:
      "In the order that keeps it from coming back: Cline's own migration adds a provider again "
      + "while its key remains. Backups still hold the key until they are removed.",
    arguments: [provider, Options.dryRun],
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
    let backup = isDryRun ? nil : try store.commit(plan, command: "remove \(Style.safe(name))")
    let title =
      plan.isEmpty
      ? "nothing is stored for \(Style.safe(name))\n"
      : "\(isDryRun ? "would remove" : "removed") \(Style.safe(name)):\n"
    var report = History.changeReport(plan, isDryRun: isDryRun, backup: backup, title)
    let count = try store.backups().count
    if !plan.isEmpty, !isDryRun, count > 0 {
      report.notes.append(
        "\(count) backup\(count == 1 ? "" : "s") in \(store.locations.dataDirectory)/.clinecfg "
          + "may still hold the key: revoke it at the provider if it must be gone")
    }
    return report
  }

  /// A provider of the catalogue that stands in its slot, or any slot by its id.
  private static func slot(
    _ name: String, _ context: Context, _ snapshot: Snapshot
  ) throws -> ProviderSlot {
    guard let provider = context.catalog[name] else {
      if let slot = ProviderSlot.slot(sdkID: name) ?? ProviderSlot.slot(legacyID: name) {
        return slot
      }
      // An entry of the user's own in providers.json.
      let entry = JSONPointer.root.appending("providers").appending(JSONKey(name))
      if snapshot[.providers].document?[entry] != nil { return ProviderSlot(custom: name) }
      return try context.provider(named: name).slot
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
