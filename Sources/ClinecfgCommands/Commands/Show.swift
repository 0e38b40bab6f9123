import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg show`
enum Show {
  static let command = Command<Context>(
    abstract: "show what each Cline client would send: provider, URL, model, key",
    discussion:
      "Answers for VS Code, the CLI, the desktop app, ACP and JetBrains, in plan and in act mode, as each "
      + "resolves its own files and the environment. VS Code's extension from before the SDK is told "
      + "where a window starts it. Nothing is written.",
    examples: [Example("clinecfg show --json", "the same for programs")],
    action: answer(with: report))

  /// What one client would send in one mode, and where it looked.
  private struct Row {
    let request: EffectiveRequest
    let snapshot: Snapshot
  }

  private static func report(_ run: Invocation) throws -> Report {
    let main = try run.locations(of: .cli)
    var snapshots: [Snapshot] = []
    var views: [(client: ClineClient, snapshot: Snapshot)] = []
    for client in ClineClient.allCases {
      let locations = try run.locations(of: client)
      let known = snapshots.first { $0.locations.isSame(as: locations) }
      let snapshot = known ?? Snapshot.read(locations, on: run.host)
      if known == nil { snapshots.append(snapshot) }
      views.append((client, snapshot))
    }
    let rows = zip(views, ClineClient.requests(of: views, variables: run.host.variables)).flatMap {
      view, requests in requests.map { Row(request: $0, snapshot: view.snapshot) }
    }
    let editors = VSCodeInstallation.all(on: run.host).filter { $0.cline != nil }.map {
      EditorAnswer($0, bundle: $0.bundle(on: run.host), isRunning: nil)
    }
    let answer = ShowAnswer(
      rows: rows, main: main, editors: editors, disagreements: disagreements(snapshots),
      broken: snapshots.flatMap { snapshot in
        snapshot.broken.map { Broken(snapshot[$0.file].path, $0.file, $0.problem) }
      }, catalog: run.catalog)
    var report = Report(answer, isData: true)
    if (try? run.store())?.hasPending == true { report.notes.append(Failure.pendingNote) }
    report.details = "the data directory was decided by \(main.decider)\n"
    return report
  }

  private static func disagreements(_ snapshots: [Snapshot]) -> [StoresDisagreement] {
    snapshots.flatMap(\.disagreements).reduce(into: []) { found, next in
      if !found.contains(next) { found.append(next) }
    }
  }

  /// A file that Cline reads as empty.
  private struct Broken: Encodable {
    let store: Word
    let path: String
    let problem: String

    init(_ path: AbsolutePath, _ file: SettingsFile, _ problem: StoreProblem) {
      store = Word(file.rawValue)
      self.path = path.description
      self.problem = problem.description
    }
  }

  /// What a client would send, in a document.
  private struct RowAnswer: Encodable {
    let client: Word
    let mode: Word
    let provider: String?
    let requestURL: String?
    let model: String?
    let replacedModel: String?
    let key: KeyAnswer?
    let keyHeader: String?
    let headers: [String]
    let baseURL: String?
    let dataDir: String
    let signedBy: String?
    let problem: String?

    init(_ row: Row, _ catalog: ProviderCatalog) {
      let request = row.request
      client = Word(request.client.rawValue)
      mode = Word(request.mode.rawValue)
      provider = request.provider
      requestURL = request.requestURL.map(catalog.withoutSecrets)
      model = request.model.map(catalog.withoutSecrets)
      replacedModel = request.replacedModel.map(catalog.withoutSecrets)
      keyHeader = request.key?.source == .builtIn ? nil : request.keyHeader
      headers = request.headers.keys.sorted()
      key = request.ownKey.map {
        KeyAnswer(source: $0.source.description, masked: catalog.shown($0))
      }
      baseURL = request.baseURL.map(catalog.withoutSecrets)
      dataDir = row.snapshot.locations.dataDirectory.description
      signedBy = request.signedBy.map(catalog.withoutSecrets)
      problem = request.problem
    }
  }

  private struct DisagreementAnswer: Encodable {
    let part: Word
    let places: [String]

    init(_ disagreement: StoresDisagreement) {
      part = Word(disagreement.part.rawValue)
      places = disagreement.places.map(\.description)
    }
  }

  private struct ShowAnswer: Answer {
    let rows: [Row]
    let main: ClineLocations
    let editors: [EditorAnswer]
    let disagreements: [StoresDisagreement]
    let broken: [Broken]
    let catalog: ProviderCatalog

    private enum Key: String, CodingKey {
      case clients, acp, disagreements, dataDir, decidedBy, flavours, broken
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      // What goes by the environment is not among those that go by files.
      let byFiles = rows.filter { $0.request.client != .acp }
      try container.encode(byFiles.map { RowAnswer($0, catalog) }, forKey: .clients)
      let agent = rows.first { $0.request.client == .acp && $0.request.mode == .act }
      try container.encodeIfPresent(agent.map { RowAnswer($0, catalog) }, forKey: .acp)
      try container.encode(disagreements.map(DisagreementAnswer.init), forKey: .disagreements)
      try container.encode(main.dataDirectory.description, forKey: .dataDir)
      try container.encode(main.decider, forKey: .decidedBy)
      try container.encode(editors, forKey: .flavours)
      try container.encode(broken, forKey: .broken)
    }

    var text: StyledText {
      var text: StyledText = ""
      for group in Self.groups { text += section(of: group) }
      for disagreement in disagreements {
        let places = disagreement.places.map(\.description).joined(separator: " and ")
        text +=
          "\(Style.yellow)VS Code and the CLI differ\(Style.plain) in the \(disagreement.name): \(places)\n"
      }
      for file in broken {
        text +=
          "\(Style.red)Cline reads this file as empty\(Style.plain): \(file.path): \(file.problem)\n"
      }
      return text
    }

    /// Clients that read alike, told as one where they send alike.
    private static let groups: [[ClineClient]] = [
      [.vscodeSDK], [.vscodeLegacy], [.cli], [.desktop], [.acp], [.jetbrains, .cli2],
    ]

    private func section(of group: [ClineClient]) -> StyledText {
      guard let client = group.first else { return "" }
      let users = editors.filter { $0.starts == client }.map(\.title)
      // Of two programs the older one is told only where somebody has it.
      if client == .vscodeLegacy, users.isEmpty { return "" }
      let own = rows.filter { $0.request.client == client }
      guard let first = own.first else { return "" }
      let names = group.map(\.name).joined(separator: ", ")
      var text: StyledText = "\(Style.bold)\(names)\(Style.plain)"
      if !users.isEmpty { text += "  used by \(users.joined(separator: ", "))" }
      let directory = first.snapshot.locations.dataDirectory
      if directory != main.dataDirectory { text += " in \(directory.description)" }
      text += "\n"
      if let brief = brief(first.request) {
        text += "  \(brief)\n"
        return text
      }
      // Both modes alike are told once.
      let told = own.map { (mode: $0.request.mode.rawValue, lines: lines(of: $0.request)) }
      let alike = told.allSatisfy { $0.lines == told.first?.lines }
      for (mode, lines) in alike ? Array(told.prefix(1)) : told {
        let mode = alike ? "plan, act" : mode
        for (index, line) in lines.enumerated() {
          let label = index == 0 ? mode : ""
          text += "  \(label)\(spaces(max(1, 11 - label.count)))\(line)\n"
        }
      }
      if client == .jetbrains, !sendsAlike(.jetbrains, .vscodeSDK) {
        text += "  \(Style.dim)plugins since August 2026 send what VS Code does\(Style.plain)\n"
      }
      return text
    }

    /// What is said in one line: of clients that need something beside Cline's files, or do as another.
    private func brief(_ request: EffectiveRequest) -> StyledText? {
      switch request.client {
      case .desktop:
        guard let provider = request.provider, request.problem == nil else {
          return request.problem.map { "\($0)" }
        }
        return sendsAlike(.desktop, .cli)
          ? "as the CLI, once \(provider) is picked in the app" : nil
      case .acp:
        guard request.provider == nil else { return nil }
        return request.problem.map { problem in
          let isSetUp = rows.contains { $0.request.client == .cli && $0.request.provider != nil }
          return isSetUp
            ? "\(problem); to print them:\(clinecfg: "env", "acp")" as StyledText : "\(problem)"
        }
      case .jetbrains:
        return sendsAlike(.jetbrains, .vscodeSDK) ? "as VS Code" : nil
      default: return nil
      }
    }

    private func sendsAlike(_ one: ClineClient, _ other: ClineClient) -> Bool {
      func sent(_ client: ClineClient) -> [[String?]] {
        rows.filter { $0.request.client == client }.map(\.request).map {
          [$0.requestURL, $0.model, $0.key?.value.reveal(), $0.problem]
            + [$0.signedBy] + $0.headers.map { $0.key + $0.value.reveal() }.sorted()
        }
      }
      return sent(one) == sent(other)
    }

    private func lines(of request: EffectiveRequest) -> [StyledText] {
      guard let provider = request.provider else {
        return ["\(Style.yellow)nothing\(Style.plain): \(request.problem ?? "")"]
      }
      var first: StyledText = "\(provider)"
      if let model = request.model { first += "  \(catalog.withoutSecrets(model))" }
      if let replaced = request.replacedModel {
        first += "  \(Style.yellow)in place of \(catalog.withoutSecrets(replaced))\(Style.plain)"
      }
      var lines: [StyledText] = [first]
      if let url = request.requestURL ?? request.baseURL {
        lines.append("\(catalog.withoutSecrets(url))")
      }
      if let key = request.ownKey {
        lines.append("key \(catalog.shown(key)) from \(key.source.description)")
      } else if request.problem == nil, request.signedBy == nil {
        lines.append("no key")
      }
      if let signedBy = request.signedBy { lines.append("\(catalog.withoutSecrets(signedBy))") }
      if !request.headers.isEmpty {
        lines.append("headers \(request.headers.keys.sorted().joined(separator: ", "))")
      }
      if let variable = request.addressVariable {
        lines.append("\(Style.yellow)address from \(variable)\(Style.plain)")
      }
      if let problem = request.problem {
        lines.append("\(Style.red)Cline would refuse\(Style.plain): \(problem)")
      }
      return lines
    }
  }
}

extension ProviderCatalog {
  /// A key of a client's; a word of its own is no secret.
  fileprivate func shown(_ key: EffectiveRequest.Key) -> String {
    key.value.reveal() == Triple.keyForKeyless
      ? key.value.reveal() : masked(key.value)
  }
}
