import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg set-provider PROVIDER`
enum SetProvider {
  static let provider = Argument<String>.positional(
    "PROVIDER", help: "rutaapi, openrouter, …, or custom; asked for on a terminal",
    isRequired: false, completion: .dynamic("providers"))
  static let model = Argument<String>.option(
    "--model", value: "ID", help: "the Model ID", completion: .dynamic("models"))
  static let baseURL = Argument<String>.option(
    "--base-url", value: "URL", help: "another of the provider's addresses; required for custom")
  static let mode = Argument<Set<Mode>>.choice(
    "--mode", value: "MODE", help: "both (default), plan or act",
    among: ["both": Set(Mode.allCases), "plan": [.plan], "act": [.act]])
  static let header = Argument<String>.option(
    "--header", value: "NAME=VALUE", help: "a request header; replaces the stored ones",
    isSensitive: true, isRepeatable: true)
  static let headerVariable = Argument<String>.option(
    "--header-env", value: "NAME=VAR", help: "a request header from an environment variable",
    isRepeatable: true)
  static let contextWindow = Argument<Int>.count(
    "--context-window", value: "N", help: "tokens of the model's context")
  static let maxTokens = Argument<Int>.count(
    "--max-tokens", value: "N", help: "tokens of an answer")
  static let command = Command<Context>(
    abstract: "point Cline at a provider: Base URL, key and Model ID together",
    discussion:
      "Writes every file that a Cline client reads, in one transaction with a backup. Without a "
      + "key option: the stored key if it is this provider's, else the provider's conventional "
      + "variable, else you are asked.",
    arguments: [provider, model] + Options.key + [
      baseURL, mode, header, headerVariable, contextWindow, maxTokens,
    ] + Options.setup + Options.change,
    examples: [
      Example(
        "clinecfg set-provider rutaapi --key-env RUTAAPI_API_KEY --model demo-model",
        "both modes, in VS Code, the CLI and JetBrains"),
      Example(
        "clinecfg set-provider custom --base-url https://llm.example.com/v1 --key-stdin --model demo-model",
        "any other OpenAI-compatible endpoint"),
      Example(
        "clinecfg set-provider ollama --model qwen3:30b --mode plan --dry-run",
        "show what a local server for plan mode would change"),
    ],
    action: answer(with: report))

  private static func report(_ run: Invocation) throws -> Report {
    let choice = try choice(run)
    var setting = SettingUp(invocation: run, choices: [choice]) { mended in
      var values: [(option: any ArgumentProtocol, value: String)] = []
      if let url = mended.baseURL { values.append((baseURL, url)) }
      if let id = mended.model { values.append((model, id)) }
      // What was given is among the words.
      return .command(CommandLine(words: run.arguments.words(replacing: values), isWhole: true))
    }
    setting.choosesModel = run[provider] == nil
    let done = try setting.perform(as: "set-provider \(choice.provider)")
    let change = setting.answer(of: done, isDryRun: run[Options.dryRun])
    let chosen = done.plan.parts.last.map {
      SettingUp.Chosen($0, model: $0.model, run.catalog)
    }
    var report = Report(
      Extended(change: change, extra: chosen), notes: done.plan.notes.map { StyledText($0) })
    report.details = done.details
    return report
  }

  /// What the words of the command line choose.
  private static func choice(_ run: Invocation) throws -> Profile.Choice {
    let provider = try run[provider].map(run.provider(named:)) ?? picked(run)
    var choice = Profile.Choice(provider: provider.id, modes: run[mode] ?? Set(Mode.allCases))
    if let model = run[model] {
      for mode in choice.modes { choice.models[mode] = model }
    }
    choice.key = try run.keyReference()
    choice.baseURL = try run[baseURL] ?? askedAddress(of: provider, run)
    choice.headers = try headers(run)
    choice.contextWindow = run[contextWindow]
    choice.maxTokens = run[maxTokens]
    return choice
  }

  /// The Base URL of a provider that has none of its own, where somebody can be asked.
  private static func askedAddress(of provider: Provider, _ run: Invocation) throws -> String? {
    guard provider.usesCompatibleSlot, provider.compatibleRoot == nil, run.mayAsk else {
      return nil
    }
    let form = provider.compatibleRoots.first.map { ", such as \($0.url)" } ?? ""
    return try run.ask("Base URL of \(provider.name)\(form)")
  }

  /// A provider of the catalogue, by a person's choice.
  private static func picked(_ run: Invocation) throws -> Provider {
    guard run.mayAsk else {
      throw Failure(
        .usage, "PROVIDER is missing",
        help:
          "\(clinecfg: "providers") lists them; any other endpoint is 'custom' with --base-url")
    }
    let providers = run.catalog.providers.filter(\.isSettable)
    let width = providers.map(\.id.count).max() ?? 0
    let lines = providers.map { provider -> StyledText in
      let padding = String(repeating: " ", count: width - provider.id.count + 2)
      return "\(provider.id)\(padding)\(provider.name)"
    }
    return providers[try run.pick("provider; type to search", among: lines)]
  }

  /// The headers that the options name; `nil` when they name none.
  private static func headers(_ run: Invocation) throws -> [Profile.Choice.Header]? {
    var headers: [Profile.Choice.Header] = []
    for text in run.arguments.all(header) {
      guard let (name, value) = pair(text) else {
        throw Failure(.usage, "--header wants NAME=VALUE")
      }
      guard !run.catalog.isSecretHeader(name, value: value) else {
        throw Failure(
          .usage,
          "the header \(name) carries a secret, which must not stand on a command line",
          help: "export the value and pass --header-env \(name)=VAR")
      }
      headers.append(.init(name: name, value: .text(value)))
    }
    for text in run.arguments.all(headerVariable) {
      guard let (name, variable) = pair(text) else {
        throw Failure(.usage, "--header-env wants NAME=VAR")
      }
      headers.append(.init(name: name, value: .environment(variable)))
    }
    return headers.isEmpty ? nil : headers
  }

  private static func pair(_ text: String) -> (String, String)? {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}
