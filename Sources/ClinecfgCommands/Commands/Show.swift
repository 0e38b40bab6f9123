import ClineConfig
import CommandLineTool

/// `clinecfg show`
enum Show {
  static let command = Command<Context>(
    "show", abstract: "what each Cline client would send: provider, URL, model, key",
    discussion:
      "Answers for VS Code's two bundles, the CLI and JetBrains, in plan and in act mode, as each "
      + "resolves its own files. Nothing is written.",
    examples: [Example("clinecfg show --json", "the same for programs")]
  ) { context, arguments in
    context.answer(arguments) { try report(context, arguments) }
  }

  private static func report(_ context: Context, _ arguments: ParsedArguments) throws -> Report {
    let main = try context.locations(of: .cli, arguments)
    var snapshots: [(ClineLocations, Snapshot)] = []
    var rows: [(client: ClineClient, snapshot: Snapshot, request: EffectiveRequest)] = []
    for client in ClineClient.allCases {
      let locations = try context.locations(of: client, arguments)
      let known = snapshots.first { $0.0.isSame(as: locations) }?.1
      let snapshot = known ?? Snapshot.read(locations, on: context.host.files)
      if known == nil { snapshots.append((locations, snapshot)) }
      for mode in Mode.allCases {
        rows.append(
          (
            client, snapshot,
            client.request(in: mode, from: snapshot, variables: context.host.variables)
          ))
      }
    }
    var report = Report()
    report.members = [
      "clients": .array(rows.map { json($0.request, $0.snapshot.locations, context) }),
      "disagreements": .array(disagreements(snapshots.map(\.1)).map(\.json)),
      "dataDir": .string(main.dataDirectory.description), "decidedBy": .string(main.decidedBy),
    ]
    report.text = text(rows.map { ($0.request, $0.snapshot.locations) }, context, main)
    for disagreement in disagreements(snapshots.map(\.1)) {
      report.text +=
        "\(Style.yellow)the stores disagree\(Style.plain) on the \(disagreement.part): "
        + disagreement.places.joined(separator: " and ") + "\n"
    }
    for (_, snapshot) in snapshots {
      for (file, problem) in snapshot.broken {
        report.text +=
          "\(Style.red)Cline reads this file as empty\(Style.plain): \(Style.safe(snapshot[file].path.description)): \(problem)\n"
      }
    }
    report.details = "the data directory was decided by \(main.decidedBy)\n"
    return report
  }

  private static func json(
    _ request: EffectiveRequest, _ locations: ClineLocations, _ context: Context
  ) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "client": .string(request.client.rawValue), "mode": .string(request.mode.rawValue),
      "provider": text(request.provider), "requestURL": text(request.requestURL),
      "model": text(request.model),
      "key": request.key.map { key in
        ["source": .string(key.source.description), "masked": .string(masked(key, context))]
      } ?? .null,
      "baseURL": text(request.baseURL), "dataDir": .string(locations.dataDirectory.description),
      "problem": text(request.problem),
    ]
  }

  /// A word of the client's own is no secret.
  private static func masked(_ key: SourcedKey, _ context: Context) -> String {
    key.source == .builtIn || key.value.reveal() == Triple.keyForKeyless
      ? key.value.reveal() : context.masked(key.value)
  }

  private static func text(
    _ rows: [(request: EffectiveRequest, locations: ClineLocations)], _ context: Context,
    _ main: ClineLocations
  ) -> String {
    var text = ""
    for client in ClineClient.allCases {
      let own = rows.filter { $0.request.client == client }
      guard let first = own.first else { continue }
      text += "\(Style.bold)\(client.name)\(Style.plain)"
      if first.locations.dataDirectory != main.dataDirectory {
        text += " in \(Style.safe(first.locations.dataDirectory.description))"
      }
      text += "\n"
      // Both modes alike are told once.
      let alike = own.allSatisfy { lines($0.request, context) == lines(first.request, context) }
      for row in alike ? [first] : own {
        let mode = alike ? "plan, act" : row.request.mode.rawValue
        for (index, line) in lines(row.request, context).enumerated() {
          let label = index == 0 ? mode : ""
          text +=
            "  " + label + String(repeating: " ", count: max(1, 11 - label.count)) + line + "\n"
        }
      }
    }
    return text
  }

  private static func lines(_ request: EffectiveRequest, _ context: Context) -> [String] {
    guard let provider = request.provider else {
      return ["\(Style.yellow)nothing\(Style.plain): \(Style.safe(request.problem ?? ""))"]
    }
    var lines = [
      "\(Style.safe(provider))  \(Style.safe(request.model ?? "(a model of its own choice)"))"
    ]
    if let url = request.requestURL ?? request.baseURL { lines.append(Style.safe(url)) }
    if let key = request.key {
      lines.append("key \(masked(key, context)) from \(Style.safe(key.source.description))")
    } else if request.problem == nil {
      lines.append("no key")
    }
    if let problem = request.problem {
      lines.append("\(Style.red)it would not work\(Style.plain): \(Style.safe(problem))")
    }
    return lines
  }

  // MARK: Disagreements

  private struct Disagreement: Hashable {
    let part: String
    let places: [String]
    var json: JSONValue {
      ["part": .string(part), "places": .array(places.map { .string($0) })]
    }
  }

  /// Values that VS Code's files and `providers.json` both hold, and differently. Of the two
  /// models the act mode's counts, which files without modes follow.
  private static func disagreements(_ snapshots: [Snapshot]) -> [Disagreement] {
    var found: [Disagreement] = []
    for snapshot in snapshots {
      guard let state = snapshot.readable(.globalState),
        let providers = snapshot.readable(.providers)
      else { continue }
      let secrets = snapshot.readable(.secrets)
      for slot in ProviderSlot.legacy {
        let settings = JSONPointer.root.appending("providers").appending(JSONKey(slot.sdkID))
          .appending("settings")
        guard providers[settings] != nil else { continue }
        func compare(
          _ part: String, _ file: SettingsFile, _ own: String?, _ ownKey: JSONKey?, _ field: JSONKey
        ) {
          guard let own, let ownKey, !own.isEmpty,
            let other = providers[settings.appending(field)]?.string, other != own
          else { return }
          let disagreement = Disagreement(
            part: part,
            places: [
              "\(file.rawValue):\(JSONPointer.root.appending(ownKey))",
              "providers:\(settings.appending(field))",
            ])
          if !found.contains(disagreement) { found.append(disagreement) }
        }
        let urlKey = slot.baseURLKey.map { JSONKey($0) }
        compare(
          "Base URL", .globalState,
          urlKey.flatMap { state[JSONPointer.root.appending($0)]?.string }, urlKey, "baseUrl")
        let secretKey =
          slot.sdkID == "lmstudio" || slot.sdkID == "vertex"
          ? nil : slot.secretKey.map { JSONKey($0) }
        compare(
          "key", .secrets, secretKey.flatMap { secrets?[JSONPointer.root.appending($0)]?.string },
          secretKey, "apiKey")
        let selected = state[JSONPointer.root.appending(Mode.act.providerKey)]?.string
        if selected == slot.legacyID {
          let modelKey = slot.modelKey(.act)
          compare(
            "Model ID", .globalState, state[JSONPointer.root.appending(modelKey)]?.string, modelKey,
            "model")
        }
      }
    }
    return found
  }
}
