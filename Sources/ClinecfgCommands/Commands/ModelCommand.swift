import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg model`
enum ModelCommand {
  private static let id = Argument<String>.positional(
    "ID", help: "the Model ID; chosen from the provider's list where none is given",
    isRequired: false, completion: .dynamic("models"))

  static let command = Command<Context>(
    abstract: "change the model, and nothing else",
    discussion:
      "Provider, Base URL and key stay. Without an ID the provider is asked for its models, and you "
      + "choose one on the terminal.",
    arguments: [id, SetProvider.mode] + Options.setup + Options.change,
    examples: [
      Example("clinecfg model", "choose from the list"),
      Example("clinecfg model demo-model --mode plan", "for plan mode only"),
    ],
    action: answer { run in
      let modes = run[SetProvider.mode] ?? Set(Mode.allCases)
      let machine = try run.machine(looksAround: false)
      let sent = machine.sentTriples(run.catalog).filter { !modes.isDisjoint(with: $0.users.modes) }
      guard let first = sent.first else {
        throw Failure(
          .noInput, "there is no model to change: \(Models.nobody(machine))",
          help: "set Cline up:\(clinecfg: "set-provider")")
      }
      let provider = run.catalog.provider(of: first.triple) ?? ProviderCatalog.custom
      let isOne = sent.allSatisfy {
        (run.catalog.provider(of: $0.triple) ?? ProviderCatalog.custom) == provider
      }
      guard isOne else {
        throw Failure(
          .usage, "plan and act mode use different providers",
          help: "choose the mode:\(clinecfg: "model", "--mode", "act")")
      }
      var choice = Profile.Choice(provider: provider.id, modes: modes)
      if let id = run[id] { for mode in modes { choice.models[mode] = id } }
      if provider.usesCompatibleSlot, provider.compatibleRoot == nil {
        choice.baseURL = first.triple.baseURL
      }
      return try SetProvider.report(
        of: choice, choosesModel: run[id] == nil, offersKey: false, run)
    })
}
