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
    let keys = snapshot.secrets(of: slot).map(\.value)
    var report = try context.perform(
      plan, in: store, as: "remove \(context.shown(name))", arguments,
      title: plan.isEmpty
        ? "nothing is stored for \(context.shown(name))"
        : "\(isDryRun ? "would remove" : "removed") \(context.shown(name)):")
    try tellBackups(holding: keys, of: slot, store, context, arguments, &report)
    let others = otherPlaces(of: keys, plan.applied(to: snapshot), context)
    report.members["keyStillIn"] = .array(others.map { .string($0) })
    if !others.isEmpty {
      report.notes.append(
        "the same key \(isDryRun ? "would still stand" : "still stands") in \(others.joined(separator: ", "))"
      )
    }
    return report
  }

  /// Names the backups that still hold a key, or takes it out of them.
  private static func tellBackups(
    holding keys: [Secret], of slot: ProviderSlot, _ store: SettingsStore, _ context: Context,
    _ arguments: ParsedArguments, _ report: inout Report
  ) throws {
    if arguments[purge], !arguments[Options.dryRun] {
      let rewritten = try store.purgeBackups(of: slot, and: keys)
      report.members["purged"] = .array(rewritten.map { .string($0.id) })
      if !rewritten.isEmpty {
        let count = rewritten.count
        report.text +=
          "taken out of \(count) backup\(count == 1 ? "" : "s"): what the disk keeps of it is beyond reach, so revoke the key at the provider\n"
      }
    }
    let holding =
      try store.backups(holding: keys).map(\.id)
      + store.looseCopies(holding: keys).map(\.description)
    report.members["backupsWithKey"] = .array(holding.map { .string($0) })
    guard !holding.isEmpty else { return }
    let name = context.shown(arguments[provider] ?? "")
    report.notes.append(
      "the key still stands in \(holding.count == 1 ? "the backup" : "the backups") \(holding.joined(separator: ", "))"
        + (arguments[purge]
          ? "" : "; clinecfg remove \(name) --purge-backups takes it out"))
  }

  /// Where else keys stand that were taken out: in places of other providers', in settings of VS Code,
  /// in key files of profiles, in the environment.
  private static func otherPlaces(
    of keys: [Secret], _ after: Snapshot, _ context: Context
  ) -> [String] {
    var found = after.places(of: keys).map(\.description)
    for editor in VSCodeInstallation.all(on: context.host) {
      found += editor.settings(holding: keys).map(\.description)
    }
    found += (SavedProfiles(on: context.host)?.keyFiles(holding: keys) ?? []).map(\.description)
    let values = Set(keys.map { $0.reveal() })
    found += context.host.variables.filter { values.contains($0.value) }.keys.sorted().map {
      "the variable \($0)"
    }
    return found
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
