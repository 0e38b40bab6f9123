import ClineConfig
import CommandLineTool

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
    ]
  ) { context, arguments in
    context.answer(arguments) {
      let choice = try choice(context, arguments)
      var run = SetupRun(context: context, arguments: arguments, choices: [choice]) { mended in
        var values: [(option: any ArgumentProtocol, value: String)] = []
        if let url = mended.baseURL { values.append((baseURL, url)) }
        if let id = mended.model { values.append((model, id)) }
        let words = arguments.words(replacing: values).map { ShellWord.quoted($0) }
        return "clinecfg \(words.joined(separator: " "))"
      }
      run.choosesModel = arguments[provider] == nil
      var (report, planned) = try run.perform(as: "set-provider \(choice.provider)")
      for part in planned.parts {
        let models = part.setup.models
        for (key, value) in run.members(of: part, model: models[.act] ?? models[.plan] ?? "") {
          report.members[key] = value
        }
      }
      return report
    }
  }

  /// What the words of the command line choose.
  private static func choice(
    _ context: Context, _ arguments: ParsedArguments
  ) throws -> ProviderChoice {
    let provider =
      try arguments[provider].map(context.provider(named:)) ?? picked(context, arguments)
    var choice = ProviderChoice(provider: provider.id, modes: arguments[mode] ?? Set(Mode.allCases))
    if let model = arguments[model] {
      for mode in choice.modes { choice.models[mode] = model }
    }
    choice.key = try context.keyReference(arguments)
    choice.baseURL = try arguments[baseURL] ?? askedAddress(of: provider, context, arguments)
    choice.headers = try headers(context, arguments)
    choice.contextWindow = arguments[contextWindow]
    choice.maxTokens = arguments[maxTokens]
    return choice
  }

  /// The Base URL of a provider that has none of its own, where somebody can be asked.
  private static func askedAddress(
    of provider: Provider, _ context: Context, _ arguments: ParsedArguments
  ) throws -> String? {
    guard provider.usesCompatibleSlot, provider.compatibleRoot == nil, context.mayAsk(arguments)
    else { return nil }
    let form = provider.compatibleRoots.first.map { ", such as \($0.url)" } ?? ""
    return try context.ask("Base URL of \(provider.name)\(form)")
  }

  /// A provider of the catalogue, by a person's choice.
  private static func picked(_ context: Context, _ arguments: ParsedArguments) throws -> Provider {
    guard context.mayAsk(arguments) else {
      throw Failure(
        .usage, "PROVIDER is missing",
        help: "clinecfg providers lists them; any other endpoint is 'custom' with --base-url")
    }
    let providers = context.catalog.providers.filter(\.isSettable)
    let width = providers.map(\.id.count).max() ?? 0
    let lines = providers.map { provider -> StyledText in
      let padding = String(repeating: " ", count: width - provider.id.count + 2)
      return "\(provider.id)\(padding)\(provider.name)"
    }
    return providers[try context.pick("provider; type to search", among: lines)]
  }

  /// The headers that the options name; `nil` when they name none.
  private static func headers(
    _ context: Context, _ arguments: ParsedArguments
  ) throws -> [ProviderChoice.Header]? {
    var headers: [ProviderChoice.Header] = []
    for text in arguments.all(header) {
      guard let (name, value) = pair(text) else {
        throw Failure(.usage, "--header wants NAME=VALUE")
      }
      guard !context.carriesSecret(name, value) else {
        throw Failure(
          .usage,
          "the header \(name) carries a secret, which must not stand on a command line",
          help: "export the value and pass --header-env \(name)=VAR")
      }
      headers.append(.init(name: name, value: .text(value)))
    }
    for text in arguments.all(headerVariable) {
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
