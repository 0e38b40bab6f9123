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
      let stored = PresentSetup(of: machine.main, catalog: run.catalog, on: run.host)
      let present: Profile
      do throws(PresentSetupError) {
        present = try stored.profile()
      } catch {
        guard case .notSetUp = error else { throw Failure(error, knowing: run.catalog) }
        throw Failure(
          .noInput, "there is no model to change: \(Models.nobody(machine))",
          help: "set Cline up:\(clinecfg: "set-provider")")
      }
      let choices = present.choices.filter { !$0.modes.isDisjoint(with: modes) }
      guard var choice = choices.first ?? present.choices.first,
        choices.dropFirst().allSatisfy(choice.isSamePlace)
      else {
        throw Failure(
          .usage, "plan and act mode use different providers",
          help: "choose the mode:\(clinecfg: "model", "--mode", "act")")
      }
      // All but the model stays as it is stored.
      choice = Profile.Choice(choice, for: modes)
      if let id = run[id] { for mode in modes { choice.models[mode] = id } }
      return try SetProvider.report(
        of: choice, as: "model", choosesModel: run[id] == nil, offersKey: false, run)
    })
}

extension Profile.Choice {
  /// The same place for other modes, with everything else as it is stored.
  fileprivate init(_ stored: Self, for modes: Set<Mode>) {
    self.init(provider: stored.provider, modes: modes)
    (baseURL, slot) = (stored.baseURL, stored.slot)
    // At Azure the deployment stands in the address, and follows the model whose name it has.
    if let url = baseURL,
      let resource = AzureAddress.resource(
        ofDeployment: url, named: stored.models[.act] ?? stored.models[.plan])
    {
      baseURL = resource
    }
  }

  /// Whether another choice is the same place.
  fileprivate func isSamePlace(_ other: Self) -> Bool {
    provider == other.provider && baseURL == other.baseURL && slot == other.slot
  }
}
