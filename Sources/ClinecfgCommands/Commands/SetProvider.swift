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
  static let slot = Argument<String>.option(
    "--slot", value: "SLOT",
    help: "another of Cline's slots, such as litellm or anthropic",
    completion: .dynamic("slots"))
  static let mode = Argument<Set<Mode>>.choice(
    "--mode", value: "MODE", help: "both (default), plan or act",
    among: ["both", "plan", "act"]
  ) { $0 == "both" ? Set(Mode.allCases) : Mode(rawValue: $0).map { [$0] } }
  static let header = Argument<String>.option(
    "--header", value: "NAME=VALUE", help: "a request header; replaces the stored ones",
    isSensitive: true, isRepeatable: true)
  static let headerVariable = Argument<String>.option(
    "--header-env", value: "NAME=VAR", help: "a request header from an environment variable",
    isRepeatable: true)
  static let command = Command<Context>(
    abstract: "set up a provider: Base URL, key and Model ID together",
    discussion:
      "Writes every file that a Cline client reads, in one transaction with a backup. Without a "
      + "key option: the stored key if it is this provider's, else the provider's conventional "
      + "variable, else you are asked.",
    arguments: [provider, model] + Options.key + [
      baseURL, slot, mode, header, headerVariable,
    ] + ProviderOptions.all + Options.setup + Options.change,
    examples: [
      Example(
        "clinecfg set-provider rutaapi --key-env RUTAAPI_API_KEY --model demo-model",
        "both modes, in VS Code, the CLI and JetBrains"),
      Example(
        "clinecfg set-provider custom --base-url https://llm.example.com/v1 --key-stdin --model demo-model",
        "any other OpenAI-compatible endpoint"),
      Example(
        "clinecfg set-provider anthropic --base-url https://gateway.example.com/anthropic --key-stdin --model demo-model",
        "a gateway that speaks Anthropic's protocol"),
      Example(
        "clinecfg set-provider custom --slot litellm --base-url https://llm.example.com/v1 --key-stdin --model demo-model --mode plan",
        "a second gateway, for plan mode, beside the first"),
      Example(
        "clinecfg set-provider ollama --model qwen3:30b --mode plan --dry-run",
        "show what a local server for plan mode would change"),
    ],
    action: answer(with: report))

  private static func report(_ run: Invocation) throws -> Report {
    let choice = try choice(run)
    return try report(
      of: choice, as: "set-provider \(choice.provider)", choosesModel: run[provider] == nil,
      offersKey: choice.key == nil && choice.models.isEmpty, run)
  }

  /// Sets up a choice, with a person's answers where somebody is there.
  ///
  /// - Parameters:
  ///   - choice: What is chosen already.
  ///   - command: What to call the change in the list of backups.
  ///   - choosesModel: Whether a stored Model ID is no answer.
  ///   - offersKey: Whether a known key is offered to be kept, and not just taken.
  ///   - run: The command line.
  static func report(
    of choice: Profile.Choice, as command: String, choosesModel: Bool, offersKey: Bool,
    _ run: Invocation
  ) throws -> Report {
    var choice = choice
    let isOpen = choice.models.isEmpty
    var setting = SettingUp(invocation: run, choices: []) { mended in
      var values: [(option: any ArgumentProtocol, value: String)] = []
      if let url = mended.baseURL { values.append((baseURL, url)) }
      if let id = mended.model { values.append((model, id)) }
      if let id = mended.slot { values.append((slot, id)) }
      // What was given is among the words.
      return .command(CommandLine(words: run.arguments.words(replacing: values), isWhole: true))
    }
    setting.choosesModel = choosesModel
    if choice.key == .standardInput, run.typesKey {
      try run.requireTerminalForKey()
      choice.key = nil
      setting.knownKey = .ignored
    } else if run.mayAsk, offersKey {
      setting.knownKey = .offered
    }
    let done = try perform(&choice, as: command, with: &setting, run)
    var change = setting.answer(of: done, isDryRun: run[Options.dryRun])
    if run.mayAsk, isOpen || setting.choosesModel { change.last += script(of: done.plan) }
    let chosen = done.plan.parts.last.map {
      SettingUp.Chosen($0, model: $0.model, run.catalog)
    }
    var report = Report(
      Extended(change: change, extra: chosen), notes: done.plan.notes.map { StyledText($0) })
    report.details = done.details
    return report
  }

  /// Sets up, and asks a person again for the part that is refused.
  private static func perform(
    _ choice: inout Profile.Choice, as command: String, with setting: inout SettingUp,
    _ run: Invocation
  ) throws -> SettingUp.Done {
    for _ in 0..<3 {
      do {
        setting.choices = [choice]
        return try setting.perform(as: command)
      } catch let failure as Failure {
        guard run.mayAsk, let finding = failure.findings?.first(where: { $0.severity == .error })
        else { throw failure }
        run.say(finding.line)
        switch finding.part {
        case .model:
          choice.models = [:]
          setting.choosesModel = true
        case .key:
          guard choice.key == nil else { throw failure }
          setting.knownKey = .ignored
        case .baseURL:
          guard let url = failure.mended?.baseURL, run.agrees("Use \(url)?") == true else {
            throw failure
          }
          choice.baseURL = url
        case .provider, .setup: throw failure
        }
      }
    }
    setting.choices = [choice]
    return try setting.perform(as: command)
  }

  /// The same as one command, for a script.
  private static func script(of plan: SetupPlan) -> StyledText {
    guard let part = plan.parts.last, plan.parts.count == 1 else { return "" }
    var words = ["set-provider", part.choice.provider]
    if let slot = part.choice.slot { words += ["--slot", slot] }
    if part.choice.baseURL != nil || part.provider.compatibleRoot == nil,
      let url = part.setup.baseURL
    {
      words += ["--base-url", url]
    }
    words += ["--model", part.model]
    if part.provider.needsKey, let variable = part.provider.variables.first {
      words += ["--key-env", variable]
    }
    let modes = part.choice.modes
    if let mode = modes.first, modes.count == 1 { words += ["--mode", mode.rawValue] }
    return "the same in a script:\(StyledText.command(CommandLine(words: words)))\n"
  }

  /// What the words of the command line choose.
  private static func choice(_ run: Invocation) throws -> Profile.Choice {
    let provider = try chosenProvider(run)
    var choice = Profile.Choice(provider: provider.id, modes: run[mode] ?? Set(Mode.allCases))
    if let model = run[model] {
      for mode in choice.modes { choice.models[mode] = model }
    }
    choice.key = try run.keyReference()
    choice.slot = run[slot]
    choice.baseURL = try run[baseURL] ?? askedAddress(of: provider, run)
    choice.headers = try headers(run)
    try ProviderOptions.read(into: &choice, run)
    return choice
  }

  /// The provider that is named, or that a person picks.
  private static func chosenProvider(_ run: Invocation) throws -> Provider {
    guard let name = run[provider] else { return try picked(run) }
    guard run.catalog[name] != nil || !run.catalog.looksLikeKey(name) else {
      throw Failure(
        .usage,
        "that looks like a key; it stays in the shell's history now, so revoke it",
        help: "name the provider, and pass a new key with --key-prompt:\(clinecfg: "set-provider")")
    }
    // Somebody's address in the place of its provider's name.
    if let url = BaseURL(name), run[baseURL] == nil {
      let known = run.catalog.provider(of: Triple(baseURL: name))
      let words =
        known.map { ["set-provider", $0.id] }
        ?? ["set-provider", "custom", "--base-url", url.description]
      throw Failure(
        .usage, "that is an address, not a provider",
        help: "did you mean:\(.command(CommandLine(words: words)))")
    }
    do {
      return try run.provider(named: name)
    } catch let failure as Failure where run.mayAsk && !run.catalog.looksLikeKey(name) {
      run.say(failure.message)
      return try picked(run)
    }
  }

  /// The Base URL of a provider that has none of its own, where somebody can be asked.
  private static func askedAddress(of provider: Provider, _ run: Invocation) throws -> String? {
    guard provider.usesCompatibleSlot, provider.compatibleRoot == nil, run.mayAsk else {
      return nil
    }
    let form = provider.compatibleRoots.first.map { ", such as \($0.url)" } ?? ""
    var typed = ""
    for _ in 0..<3 {
      typed = try run.ask("Base URL of \(provider.name)\(form)")
      let triple = Triple(
        provider: provider.id, slotID: provider.slot.sdkID, baseURL: typed)
      let mended = RuleSet.standard.mended(triple, catalog: run.catalog)
      let finding = RuleSet.standard.findings(in: triple, catalog: run.catalog).first {
        $0.part == .baseURL && $0.severity == .error
      }
      guard let finding else { return typed }
      run.say("\(finding.message)")
      guard let url = mended.triple.baseURL, url != typed else { continue }
      guard let isAgreed = run.agrees("Use \(url)?") else { throw Failure.interrupted }
      if isAgreed { return url }
    }
    return typed
  }

  /// A provider of the catalogue, by a person's choice.
  private static func picked(_ run: Invocation) throws -> Provider {
    guard run.mayAsk else {
      throw Failure(
        .usage, "which provider? none was named",
        help: "name one of these, or custom with --base-url:\(clinecfg: "providers")")
    }
    let providers = run.catalog.providers.filter(\.isSettable)
    let present = try run.machine(looksAround: false).sentTriples(run.catalog).first.flatMap {
      run.catalog.provider(of: $0.triple)?.id
    }
    let width = providers.map(\.id.count).max() ?? 0
    let lines = providers.map { provider -> StyledText in
      let padding = spaces(width - provider.id.count + 2)
      let mark = provider.id == present ? "  (now)" : ""
      return "\(provider.id)\(padding)\(provider.name)\(mark)"
    }
    let provider = providers[try run.pick("provider", among: lines)]
    run.say("provider  \(provider.name)")
    return provider
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
    return (String(text[..<equals]), String(text[text.utf8.index(after: equals)...]))
  }
}
