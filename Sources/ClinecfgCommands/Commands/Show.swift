import ClineConfig
import CommandLineTool

/// `clinecfg show`
enum Show {
  static let command = Command<Context>(
    abstract: "what each Cline client would send: provider, URL, model, key",
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
      let snapshot = known ?? Snapshot.read(locations, on: context.host)
      if known == nil { snapshots.append((locations, snapshot)) }
      rows += client.requests(from: snapshot, variables: context.host.variables).map {
        (client, snapshot, $0)
      }
    }
    let disagreements = disagreements(snapshots.map(\.1))
    let broken = snapshots.flatMap { _, snapshot in
      snapshot.broken.map { (file: $0, path: snapshot[$0].path.description, problem: $1) }
    }
    let editors = VSCodeInstallation.all(on: context.host).filter { $0.cline != nil }
      .map { (installation: $0, bundle: context.bundle(of: $0)) }
    var report = Report()
    report.isData = true
    if (try? context.store(arguments))?.hasPending == true {
      report.notes.append(Context.pendingNote)
    }
    report.makeMembers = {
      [
        "clients": .array(rows.map { json($0.request, $0.snapshot.locations, context) }),
        "disagreements": .array(disagreements.map(\.json)),
        "dataDir": .string(main.dataDirectory.description), "decidedBy": .string(main.decidedBy),
        "flavours": .array(editors.map { VSCode.json($0.installation, $0.bundle, isRunning: nil) }),
        "broken": .array(
          broken.map {
            [
              "store": .string($0.file.rawValue), "path": .string($0.path),
              "problem": .string($0.problem.description),
            ]
          }),
      ]
    }
    report.makeText = {
      var text = text(rows.map { ($0.request, $0.snapshot.locations) }, context, main) { client in
        editors.filter { $0.bundle?.client == client }.map {
          "\($0.installation.name) (Cline \($0.installation.cline?.description ?? ""))"
        }
      }
      for disagreement in disagreements {
        let places = disagreement.places.map(\.description).joined(separator: " and ")
        text +=
          "\(Style.yellow)the stores disagree\(Style.plain) on the \(disagreement.part.name): \(places)\n"
      }
      for (_, path, problem) in broken {
        text +=
          "\(Style.red)Cline reads this file as empty\(Style.plain): \(path): \(problem)\n"
      }
      return text
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
      "provider": text(request.provider),
      "requestURL": text(request.requestURL.map(context.withoutSecrets)),
      "model": text(request.model.map { context.withoutSecrets($0) }),
      "key": request.key.flatMap { key in
        // A word that a client makes up is no key.
        key.source == .builtIn
          ? nil
          : ["source": .string(key.source.description), "masked": .string(masked(key, context))]
      } ?? .null,
      "baseURL": text(request.baseURL.map(context.withoutSecrets)),
      "dataDir": .string(locations.dataDirectory.description),
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
    _ main: ClineLocations, users: (ClineClient) -> [String]
  ) -> StyledText {
    var text: StyledText = ""
    for client in ClineClient.allCases {
      let own = rows.filter { $0.request.client == client }
      guard let first = own.first else { continue }
      text += "\(Style.bold)\(client.name)\(Style.plain)"
      let users = users(client)
      if !users.isEmpty { text += "  used by \(users.joined(separator: ", "))" }
      if first.locations.dataDirectory != main.dataDirectory {
        text += " in \(first.locations.dataDirectory.description)"
      }
      text += "\n"
      // Both modes alike are told once.
      let told = own.map { (mode: $0.request.mode.rawValue, lines: lines($0.request, context)) }
      let alike = told.allSatisfy { $0.lines == told.first?.lines }
      for (mode, lines) in alike ? Array(told.prefix(1)) : told {
        let mode = alike ? "plan, act" : mode
        for (index, line) in lines.enumerated() {
          let label = index == 0 ? mode : ""
          text +=
            "  \(label)\(String(repeating: " ", count: max(1, 11 - label.count)))\(line)\n"
        }
      }
    }
    return text
  }

  private static func lines(_ request: EffectiveRequest, _ context: Context) -> [StyledText] {
    guard let provider = request.provider else {
      return ["\(Style.yellow)nothing\(Style.plain): \(request.problem ?? "")"]
    }
    var lines: [StyledText] = [
      "\(provider)  \(request.model.map { context.withoutSecrets($0) } ?? "(a model of its own choice)")"
    ]
    if let url = request.requestURL ?? request.baseURL {
      lines.append("\(context.withoutSecrets(url))")
    }
    if let key = request.key, key.source != .builtIn {
      lines.append("key \(masked(key, context)) from \(key.source.description)")
    } else if request.problem == nil {
      lines.append("no key")
    }
    if let problem = request.problem {
      lines.append("\(Style.red)it would not work\(Style.plain): \(problem)")
    }
    return lines
  }

  private static func disagreements(_ snapshots: [Snapshot]) -> [StoresDisagreement] {
    snapshots.flatMap(\.disagreements).reduce(into: []) { found, next in
      if !found.contains(next) { found.append(next) }
    }
  }
}

extension StoresDisagreement {
  fileprivate var json: JSONValue {
    [
      "part": .string(part.name),
      "places": .array(places.map { .string($0.description) }),
    ]
  }
}
