import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg providers`
enum Providers {
  private static let identifier = Argument<String>.positional(
    "ID", help: "a provider", isRequired: false, completion: .dynamic("providers"))
  private static let file = Argument<String>.positional(
    "FILE", help: "a provider file of your own", completion: .files)

  private static let source = Argument<String>.positional(
    "FILE", help: "a provider file, or - for standard input", isRequired: false, completion: .files)
  private static let replace = Argument<Bool>.flag(
    "--force", help: "replace a file of the same provider")

  static let command = Command<Context>(
    abstract: "list the known providers, or show everything about one",
    discussion:
      "A provider of your own is a JSON file in $XDG_CONFIG_HOME/clinecfg/providers: clinecfg "
      + "explain providers.",
    arguments: [identifier],
    examples: [
      Example("clinecfg providers", "one line each"),
      Example("clinecfg providers rutaapi", "addresses, keys, models, what to know"),
      Example("clinecfg providers validate acme.json", "check a file of your own"),
    ],
    subcommands: [
      "add": {
        Command(
          abstract: "add a provider file of your own, checked and under its own name",
          discussion:
            "The description is JSON with comments, from a file or standard input, never from an address. "
            + "It is kept in $XDG_CONFIG_HOME/clinecfg/providers with the name of its schema.",
          arguments: [source, replace, Options.dryRun],
          examples: [
            Example("clinecfg providers add acme.json", "from a gateway's page"),
            Example("clinecfg providers add - < acme.json", "from standard input"),
          ],
          action: answer(with: addition))
      },
      "validate": {
        Command(
          abstract: "check a provider file of your own", arguments: [file],
          examples: [Example("clinecfg providers validate acme.json", "before you rely on it")],
          action: answer(with: validation))
      },
    ],
    action: answer { run in
      if let name = run[identifier] {
        let provider = try run.provider(named: name)
        return Report(PageAnswer(provider: provider, catalog: run.catalog), isData: true)
      }
      return Report(ListAnswer(providers: run.catalog.providers), isData: true)
    })

  private struct PageAnswer: Answer {
    let provider: Provider
    let catalog: ProviderCatalog

    var text: StyledText { page(of: provider, in: catalog) }

    func encode(to encoder: any Encoder) throws {
      try ProvidersDocument(providers: [ProviderAnswer(provider)]).encode(to: encoder)
    }
  }

  private struct ListAnswer: Answer {
    let providers: [Provider]

    var text: StyledText { list(providers) }

    func encode(to encoder: any Encoder) throws {
      try ProvidersDocument(providers: providers.map(ProviderAnswer.init)).encode(to: encoder)
    }
  }

  private struct ValidationAnswer: Answer {
    let providers: [ProviderAnswer]
    let text: StyledText
    enum CodingKeys: CodingKey { case providers }
  }

  private struct ProvidersDocument: Encodable {
    let providers: [ProviderAnswer]
  }

  private static func addition(_ run: Invocation) throws -> Report {
    let name = run[source] ?? "-"
    guard !name.contains("://") else {
      throw Failure(
        .usage, "a description is taken from a file or standard input, not from an address",
        help: "look at it first: save it, and pass the file")
    }
    var bytes: [UInt8]
    if name == "-" {
      bytes = run.console.readAll(limit: 1 << 20)
    } else {
      let path = run.host.workingDirectory.appending(name)
      do throws(FileSystemError) {
        let files = run.host.acting(in: path).files
        bytes = try files.read(files.resolve(path), limit: 1 << 20).bytes
      } catch {
        throw Failure.missingFile(
          name, because: "\(error)", help: "check the path", knowing: run.catalog)
      }
    }
    let added: (providers: [Provider], path: AbsolutePath?)
    do throws(UserCatalog.AddError) {
      added = try UserCatalog.add(
        bytes, named: name == "-" ? "standard input" : name, on: run.host,
        replaces: run[replace], isTrial: run[Options.dryRun])
    } catch {
      switch error {
      case .problem(let problem):
        throw Failure(
          .badData, "\(problem)",
          help: "to see what such a file looks like:\(clinecfg: "explain", "providers")")
      case .nowhere:
        throw Failure(
          .noInput, "there is no home directory", help: "set HOME or XDG_CONFIG_HOME")
      case .files(let error): throw Failure(StoreError(error))
      }
    }
    guard let path = added.path else {
      throw Failure(
        .usage, "\(added.providers[0].id) is described already, and otherwise",
        help:
          "to replace that file pass --force; what it says now:\(clinecfg: "providers", added.providers[0].id)"
      )
    }
    let catalog = ProviderCatalog.bundled.adding(added.providers)
    let what = run[Options.dryRun] ? "would be kept" : "is kept"
    let text =
      added.providers.map { described($0, in: catalog) }.joined()
      + "the description \(what) at \(path.description); to set it up:\(clinecfg: "set-provider", added.providers[0].id)\n"
    return Report(
      ValidationAnswer(providers: added.providers.map(ProviderAnswer.init), text: text))
  }

  private static func described(_ provider: Provider, in catalog: ProviderCatalog) -> StyledText {
    let replaced = ProviderCatalog.bundled[provider.id]
    let added = catalog.addedHosts(of: provider)
    var line: StyledText = "\(provider.id): \(provider.name) is described well"
    if replaced?.id == provider.id { line += ", and replaces the bundled entry" }
    if let replaced, !added.isEmpty {
      line += "; keys of \(replaced.name) could then go to \(added.joined(separator: ", "))"
    }
    return line + "\n"
  }

  private static func validation(_ run: Invocation) throws -> Report {
    let name = run[file] ?? ""
    let help: StyledText = "to see what such a file looks like:\(clinecfg: "explain", "providers")"
    let providers: [Provider]
    do throws(UserFile.Problem) {
      let path = run.host.workingDirectory.appending(name)
      providers = try UserCatalog.read(path, on: run.host.acting(in: path))
    } catch {
      throw error.isMissing
        ? Failure.missingFile(name, because: "\(error)", help: help, knowing: run.catalog)
        : Failure(.badData, "\(error)", help: help)
    }
    let catalog = ProviderCatalog.bundled.adding(providers)
    let text = providers.map { described($0, in: catalog) }.joined()
    return Report(ValidationAnswer(providers: providers.map(ProviderAnswer.init), text: text))
  }

  private static func list(_ providers: [Provider]) -> StyledText {
    let widest = providers.map(\.id.count).max() ?? 0
    return providers.map { provider -> StyledText in
      let padding = spaces(widest - provider.id.count + 2)
      var line: StyledText = "\(provider.id)\(padding)\(provider.name)"
      if let root = provider.roots.first?.url { line += "  \(Style.dim)\(root)\(Style.plain)" }
      if !provider.isSettable { line += "  (not settable)" }
      return line + "\n"
    }.joined()
  }

  private static func page(
    of provider: Provider, in catalog: ProviderCatalog
  ) -> StyledText {
    var lines: [(String, String)] = []
    func add(_ label: String, values: [String]) {
      for (index, value) in values.enumerated() { lines.append((index == 0 ? label : "", value)) }
    }
    add(
      "aliases", values: provider.aliases.isEmpty ? [] : [provider.aliases.joined(separator: ", ")])
    add("kind", values: [provider.kind.rawValue])
    add(
      "Base URL",
      values: provider.roots.map { root in
        let remarks = [
          root.wireProtocol == .openAIChat ? nil : "speaks \(root.wireProtocol)",
          root.region, root.plan,
        ].compactMap(\.self)
        return root.url + (remarks.isEmpty ? "" : "  (\(remarks.joined(separator: ", ")))")
      })
    add("not the API", values: provider.websites.map { "\($0) (website)" })
    add(
      provider.websites.isEmpty ? "not the API" : "",
      values: provider.dashboards.map { "\($0) (dashboard)" })
    add("keys", values: provider.keyOrigin.map { ["made in \($0)"] } ?? [])
    add(
      provider.keyOrigin == nil ? "keys" : "",
      values: provider.keyShapes.isEmpty
        ? ["their form is not published"]
        : provider.keyShapes.map { shape in
          let says = [
            Provider.KeyShape.Strength.proof: "only its keys", .strong: "probably its keys",
            .weak: "others' keys too",
          ][shape.strength]
          return "\(shape.pattern)  (\(says ?? ""))"
        })
    if !provider.needsKey { add("", values: ["it needs none"]) }
    add(
      "variables",
      values: provider.variables.isEmpty ? [] : [provider.variables.joined(separator: ", ")])
    add(
      "models",
      values: provider.modelShapes.isEmpty ? [] : [provider.modelShapes.joined(separator: "  ")])
    add(
      "such as",
      values: provider.exampleModels.isEmpty ? [] : [provider.exampleModels.joined(separator: "  ")]
    )
    add(
      "model list",
      values: [
        provider.modelsPath.map {
          "GET <Base URL>\($0)" + (provider.modelsProveKey ? "" : " (answers without a key)")
        } ?? "none behind the Base URL"
      ])
    add(
      "in Cline",
      values: [
        !provider.isSettable
          ? "cannot be set from outside"
          : provider.usesCompatibleSlot
            ? "OpenAI Compatible" : "a slot of its own: \(provider.slot.name)"
      ])
    add("to know", values: provider.notes)
    if let file = provider.file {
      add("described in", values: [file])
      add("own hosts", values: catalog.addedHosts(of: provider))
    }
    for (status, text) in provider.guidance.sorted(by: { $0.key < $1.key }) {
      add("HTTP \(status)", values: [text])
    }
    let widest = lines.map(\.0.count).max() ?? 0
    var text: StyledText = "\(Style.bold)\(provider.name)\(Style.plain) (\(provider.id))\n"
    for (label, value) in lines {
      text += "  \(label)\(spaces(widest - label.count + 2))\(value)\n"
    }
    return text
  }
}

/// A provider in a document.
private struct ProviderAnswer: Encodable {
  private let id: String
  private let name: String
  private let kind: Word
  private let aliases: [String]
  private let roots: [Root]
  private let websites: [String]
  private let dashboards: [String]
  private let keysURL: String?
  private let keys: [Shape]
  private let needsKey: Bool
  private let variables: [String]
  private let models: [String]
  private let exampleModels: [String]
  private let slot: String?
  private let settable: Bool
  private let notes: [String]
  private let guidance: Guidance

  private struct Root: Encodable {
    let url: String
    let `protocol`: String
    let region: String?
    let plan: String?
  }

  private struct Shape: Encodable {
    let pattern: String
    let strength: Word
  }

  /// Words by status, the lowest first.
  private struct Guidance: Encodable {
    let words: [Int: String]

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(_ status: Int) { stringValue = String(status) }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      for (status, text) in words.sorted(by: { $0.key < $1.key }) {
        try container.encode(text, forKey: Key(status))
      }
    }
  }

  init(_ provider: Provider) {
    id = provider.id
    name = provider.name
    kind = Word(provider.kind.rawValue)
    aliases = provider.aliases
    roots = provider.roots.map {
      Root(url: $0.url, protocol: $0.wireProtocol.rawValue, region: $0.region, plan: $0.plan)
    }
    websites = provider.websites
    dashboards = provider.dashboards
    keysURL = provider.keysURL
    keys = provider.keyShapes.map {
      Shape(pattern: $0.pattern, strength: Word($0.strength.rawValue))
    }
    needsKey = provider.needsKey
    variables = provider.variables
    models = provider.modelShapes
    exampleModels = provider.exampleModels
    slot = provider.slotID
    settable = provider.isSettable
    notes = provider.notes
    guidance = Guidance(words: provider.guidance)
  }
}
