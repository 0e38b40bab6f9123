import ClineConfig
import CommandLineTool

/// `clinecfg providers`
enum Providers {
  private static let identifier = Argument<String>.positional(
    "ID", help: "a provider", isRequired: false, completion: .dynamic("providers"))
  private static let file = Argument<String>.positional(
    "FILE", help: "a provider file of your own", completion: .files)

  static let command = Command<Context>(
    abstract: "list the providers that are known, or tell all about one",
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
      "validate": {
        Command(
          abstract: "check a provider file of your own", arguments: [file],
          examples: [Example("clinecfg providers validate acme.json", "before you rely on it")]
        ) { context, arguments in
          context.answer(arguments) { try validation(context, arguments) }
        }
      }
    ]
  ) { context, arguments in
    context.answer(arguments) {
      var report = Report()
      report.isData = true
      if let name = arguments[identifier] {
        let provider = try context.provider(named: name)
        report.makeMembers = { ["providers": [json(provider)]] }
        report.makeText = { page(of: provider, context.catalog) }
      } else {
        let all = context.catalog.providers
        report.makeMembers = { ["providers": .array(all.map(json))] }
        report.makeText = { list(all) }
      }
      return report
    }
  }

  private static func validation(
    _ context: Context, _ arguments: ParsedArguments
  ) throws -> Report {
    let name = arguments[file] ?? ""
    let help: StyledText = "clinecfg explain providers shows what such a file looks like"
    let providers: [Provider]
    do throws(UserFile.Problem) {
      let path = context.host.workingDirectory.appending(name)
      providers = try UserCatalog.read(path, on: context.host.acting(in: path))
    } catch {
      throw error.isMissing
        ? context.missingFile(name, "\(error)", help: help)
        : Failure(.badData, "\(error)", help: help)
    }
    var report = Report()
    report.members = ["providers": .array(providers.map(json))]
    let catalog = ProviderCatalog.bundled.adding(providers)
    report.text = providers.map { provider -> StyledText in
      let replaced = ProviderCatalog.bundled[provider.id]
      let added = catalog.addedHosts(of: provider)
      var line: StyledText = "\(provider.id): \(provider.name) is described well"
      if replaced?.id == provider.id { line += ", and replaces the bundled entry" }
      if let replaced, !added.isEmpty {
        line += "; keys of \(replaced.name) could then go to \(added.joined(separator: ", "))"
      }
      return line + "\n"
    }.joined()
    return report
  }

  private static func list(_ providers: [Provider]) -> StyledText {
    let widest = providers.map(\.id.count).max() ?? 0
    return providers.map { provider -> StyledText in
      let padding = String(repeating: " ", count: widest - provider.id.count + 2)
      var line: StyledText = "\(provider.id)\(padding)\(provider.name)"
      if let root = provider.roots.first?.url { line += "  \(Style.dim)\(root)\(Style.plain)" }
      if !provider.isSettable { line += "  (not settable)" }
      return line + "\n"
    }.joined()
  }

  private static func page(
    of provider: Provider, _ catalog: ProviderCatalog
  ) -> StyledText {
    var lines: [(String, String)] = []
    func add(_ label: String, _ values: [String]) {
      for (index, value) in values.enumerated() { lines.append((index == 0 ? label : "", value)) }
    }
    add("aliases", provider.aliases.isEmpty ? [] : [provider.aliases.joined(separator: ", ")])
    add("kind", [provider.kind.rawValue])
    add(
      "Base URL",
      provider.roots.map { root in
        let remarks = [
          root.wireProtocol == .openAIChat ? nil : "speaks \(root.wireProtocol)",
          root.region, root.plan,
        ].compactMap(\.self)
        return root.url + (remarks.isEmpty ? "" : "  (\(remarks.joined(separator: ", ")))")
      })
    add("not the API", provider.websites.map { "\($0) (website)" })
    add(
      provider.websites.isEmpty ? "not the API" : "",
      provider.dashboards.map { "\($0) (dashboard)" })
    add("keys", provider.keyOrigin.map { ["made in \($0)"] } ?? [])
    add(
      provider.keyOrigin == nil ? "keys" : "",
      provider.keyShapes.isEmpty
        ? ["their form is not published"]
        : provider.keyShapes.map { shape in
          let says = [
            KeyShape.Strength.proof: "only its keys", .strong: "probably its keys",
            .weak: "others' keys too",
          ][shape.strength]
          return "\(shape.pattern)  (\(says ?? ""))"
        })
    if !provider.needsKey { add("", ["it needs none"]) }
    add("variables", provider.variables.isEmpty ? [] : [provider.variables.joined(separator: ", ")])
    add(
      "models", provider.modelShapes.isEmpty ? [] : [provider.modelShapes.joined(separator: "  ")])
    add(
      "such as",
      provider.exampleModels.isEmpty ? [] : [provider.exampleModels.joined(separator: "  ")])
    add(
      "model list",
      [
        provider.modelsPath.map {
          "GET <Base URL>\($0)" + (provider.modelsProveKey ? "" : " (answers without a key)")
        } ?? "none behind the Base URL"
      ])
    add(
      "in Cline",
      [
        !provider.isSettable
          ? "cannot be set from outside"
          : provider.usesCompatibleSlot
            ? "OpenAI Compatible" : "a slot of its own: \(provider.slot.name)"
      ])
    add("to know", provider.notes)
    if let file = provider.file {
      add("described in", [file])
      add("own hosts", catalog.addedHosts(of: provider))
    }
    for (status, text) in provider.guidance.sorted(by: { $0.key < $1.key }) {
      add("HTTP \(status)", [text])
    }
    let widest = lines.map(\.0.count).max() ?? 0
    var text: StyledText = "\(Style.bold)\(provider.name)\(Style.plain) (\(provider.id))\n"
    for (label, value) in lines {
      text += "  \(label)\(String(repeating: " ", count: widest - label.count + 2))\(value)\n"
    }
    return text
  }

  private static func json(_ provider: Provider) -> JSONValue {
    func texts(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
    var guidance: JSONObject = [:]
    for (status, text) in provider.guidance.sorted(by: { $0.key < $1.key }) {
      guidance[JSONKey(String(status))] = .string(text)
    }
    return [
      "id": .string(provider.id), "name": .string(provider.name),
      "kind": .string(provider.kind.rawValue), "aliases": texts(provider.aliases),
      "roots": .array(
        provider.roots.map { root in
          [
            "url": .string(root.url), "protocol": .string(root.wireProtocol.rawValue),
            "region": root.region.map { .string($0) } ?? .null,
            "plan": root.plan.map { .string($0) } ?? .null,
          ]
        }),
      "websites": texts(provider.websites), "dashboards": texts(provider.dashboards),
      "keysURL": provider.keysURL.map { .string($0) } ?? .null,
      "keys": .array(
        provider.keyShapes.map {
          ["pattern": .string($0.pattern), "strength": .string($0.strength.rawValue)]
        }),
      "needsKey": .bool(provider.needsKey), "variables": texts(provider.variables),
      "models": texts(provider.modelShapes), "exampleModels": texts(provider.exampleModels),
      "slot": provider.slotID.map { .string($0) } ?? .null, "settable": .bool(provider.isSettable),
      "notes": texts(provider.notes), "guidance": .object(guidance),
    ]
  }
}
