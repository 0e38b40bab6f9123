import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg remove PROVIDER`
enum Remove {
  private static let provider = Argument<String>.positional(
    "PROVIDER", help: "a provider, or an id of Cline's", completion: .dynamic("providers"))

  private static let purge = Argument<Bool>.flag(
    "--purge-backups", help: "remove the key from the backups too")

  static let command = Command<Context>(
    abstract: "remove a provider from every file: key, Base URL, models, entry",
    discussion:
      "In the order that keeps it from coming back: Cline's own migration adds a provider again "
      + "while its key remains. Backups still hold the key until they are removed.",
    arguments: [provider, purge] + Options.change,
    examples: [Example("clinecfg remove openrouter --dry-run", "show what would go")],
    action: answer(with: report))

  /// Where the key stands still, in a document.
  private struct Remains: Encodable {
    /// The backups that it was taken out of; `nil` where that was not wanted.
    var purged: [String]?
    var backupsWithKey: [String] = []
    var keyStillIn: [String] = []

    private enum Key: String, CodingKey { case purged, backupsWithKey, keyStillIn }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      if let purged { try container.encode(purged.map(Word.init), forKey: .purged) }
      try container.encode(backupsWithKey, forKey: .backupsWithKey)
      try container.encode(keyStillIn, forKey: .keyStillIn)
    }
  }

  private static func report(_ run: Invocation) throws -> Report {
    let name = run[provider] ?? ""
    let shown = run.catalog.shown(name)
    let store = try run.store()
    let snapshot = store.load()
    let slot = try slot(name, run: run, snapshot: snapshot)
    let plan = try store.plan(ProviderRemoval(slot: slot).changes(on: snapshot), on: snapshot)
    let isDryRun = run[Options.dryRun]
    let keys = snapshot.secrets(of: slot).map(\.value)
    var change = try run.perform(plan, in: store, as: "remove \(shown)")
    change.title =
      plan.isEmpty
      ? "nothing is stored for \(shown)\n"
      : "\(isDryRun ? "would remove" : "removed") \(shown):\n"
    var remains = Remains()
    var notes: [StyledText] = []
    if run[purge], !isDryRun {
      let rewritten = try store.purgeBackups(of: slot, and: keys)
      remains.purged = rewritten.map(\.id)
      if !rewritten.isEmpty {
        let count = rewritten.count
        change.last =
          "taken out of \(count) backup\(count == 1 ? "" : "s"): what the disk keeps of it is beyond reach, so revoke the key at the provider\n"
      }
    }
    remains.backupsWithKey =
      try store.backups(holding: keys).map(\.id)
      + store.looseCopies(holding: keys).map(\.description)
    if !remains.backupsWithKey.isEmpty {
      let isOne = remains.backupsWithKey.count == 1
      notes.append(
        "the key is still in \(isOne ? "the backup" : "the backups") \(remains.backupsWithKey.joined(separator: ", "))"
          + (run[purge]
            ? "" : "; to remove it there too:\(clinecfg: "remove", shown, "--purge-backups")"))
    }
    if let account = slot.account, !plan.applied(to: snapshot).secrets(of: account).isEmpty {
      notes.append(
        "it uses the sign-in of \(account.name), which stays; to remove that too:\(.remove(account.sdkID))"
      )
    }
    remains.keyStillIn = otherPlaces(of: keys, after: plan.applied(to: snapshot), run)
    if !remains.keyStillIn.isEmpty {
      notes.append(
        "the same key \(isDryRun ? "would still be" : "is still") in \(remains.keyStillIn.joined(separator: ", "))"
      )
    }
    return Report(Extended(change: change, extra: remains), notes: notes)
  }

  /// Where else keys stand that were taken out: in places of other providers', in settings of VS Code,
  /// in key files of profiles, in the environment.
  private static func otherPlaces(
    of keys: [Secret], after: Snapshot, _ run: Invocation
  ) -> [String] {
    var found = after.places(of: keys).map(\.description)
    for editor in VSCodeInstallation.all(on: run.host) {
      found += editor.settings(holding: keys).map(\.description)
    }
    found += (SavedProfiles(on: run.host)?.keyFiles(holding: keys) ?? []).map(\.description)
    let values = Set(keys.map { $0.reveal() })
    found += run.host.variables.filter { values.contains($0.value) }.keys.sorted().map {
      "the variable \($0)"
    }
    return found
  }

  /// The slot that a provider was put into with `--slot`, where its own holds nothing of it.
  private static func otherSlot(
    of provider: Provider, in snapshot: Snapshot, _ run: Invocation
  ) -> ProviderSlot? {
    func address(_ slot: ProviderSlot) -> BaseURL? {
      StoredSetup(slot, in: snapshot, catalog: run.catalog).baseURL.flatMap { BaseURL($0) }
    }
    let own = StoredSetup(provider.slot, in: snapshot, catalog: run.catalog)
    guard own.anyKey == nil, own.baseURL == nil else { return nil }
    return ProviderSlot.open.first { slot in
      guard slot != provider.slot, let url = address(slot) else { return false }
      return provider.kind == .custom
        ? run.catalog.provider(of: Triple(slotID: slot.sdkID, baseURL: url.description)) == nil
        : run.catalog.isAPIHost(url.host, of: provider)
    }
  }

  /// A provider of the catalogue that stands in its slot, or any slot by its id.
  private static func slot(
    _ name: String, run: Invocation, snapshot: Snapshot
  ) throws -> ProviderSlot {
    guard let provider = run.catalog[name] else {
      do {
        return try run.slot(named: name)
      } catch {
        // An entry of the user's own in providers.json.
        let entry = JSONPointer(tokens: ["providers", JSONKey(name)])
        guard snapshot[.providers].document?[entry] != nil else { throw error }
        return ProviderSlot(custom: name)
      }
    }
    if let other = otherSlot(of: provider, in: snapshot, run) { return other }
    guard provider.usesCompatibleSlot, provider.kind != .custom else { return provider.slot }
    // The slot is shared: whoever stands in it now is not removed by another's name.
    let stored = StoredSetup(provider.slot, in: snapshot, catalog: run.catalog)
    guard stored.belongs(to: provider, baseURL: nil) || stored.isEmpty else {
      throw Failure(
        .noInput,
        "\(provider.name) is not set up here: the OpenAI-compatible slot holds another endpoint",
        help:
          "to remove the OpenAI-compatible endpoint, whoever it belongs to:\(clinecfg: "remove", "custom")"
      )
    }
    return provider.slot
  }
}
