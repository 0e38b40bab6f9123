import ClineConfig
import CommandLineTool
import LosslessJSON

/// `clinecfg env`: what programs that go by the environment need.
enum EnvironmentCommand {
  static let command = Command<Context>(
    abstract: "print the environment variables that a client needs",
    subcommands: [
      "acp": {
        Command(
          abstract: "the variables for `cline --acp` in Zed and other editors, without the key",
          discussion:
            "As an agent of another editor Cline takes its provider from CLINE_PROVIDER, the model from "
            + "CLINE_MODEL and the key from CLINE_API_KEY; the Base URL is in providers.json. Provider "
            + "and model are printed as the CLI has them. The key is not: put it into the editor's "
            + "environment from where you keep it.",
          examples: [
            Example("clinecfg env acp", "lines for the shell from which the editor is started"),
            Example("clinecfg env acp --json", "for the settings of an editor"),
          ],
          action: answer(with: acp))
      }
    ])

  private struct ACPAnswer: Answer {
    let provider: String
    let model: String?
    let baseURL: String?

    private struct Variables: Encodable {
      let provider: String
      let model: String?

      private enum CodingKeys: String, CodingKey {
        case provider = "CLINE_PROVIDER"
        case model = "CLINE_MODEL"
      }
    }

    private enum Key: String, CodingKey { case variables, keyVariable, baseURL }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(Variables(provider: provider, model: model), forKey: .variables)
      try container.encode(Word("CLINE_API_KEY"), forKey: .keyVariable)
      try container.encodeIfPresent(baseURL, forKey: .baseURL)
    }

    var text: StyledText {
      var text: StyledText = "export CLINE_PROVIDER=\(exact: ShellWord.quoted(provider))\n"
      if let model { text += "export CLINE_MODEL=\(exact: ShellWord.quoted(model))\n" }
      return text
    }
  }

  private static func acp(_ run: Invocation) throws -> Report {
    let snapshot = Snapshot.read(try run.locations(of: .cli), on: run.host)
    run.host.secrets.note(snapshot)
    let request = ClineClient.cli.request(
      in: .act, from: snapshot, variables: run.host.variables)
    guard let provider = request.provider else {
      throw Failure(
        .noInput, "no provider is set up for the CLI", help: "set one up:\(.setUp(nil))")
    }
    let model = request.model.flatMap { run.catalog.looksLikeKey($0) ? nil : $0 }
    var variables = run.host.variables
    (variables["CLINE_PROVIDER"], variables["CLINE_MODEL"]) = (provider, model)
    variables["CLINE_API_KEY"] = Triple.keyForKeyless
    let agent = ClineClient.acp.request(in: .act, from: snapshot, variables: variables)
    var notes: [StyledText] = [
      "CLINE_API_KEY is not printed: put it into the same environment from where you keep the key"
    ]
    if let model, agent.replacedModel != nil {
      let place = StorePlace(
        .models,
        SettingsFile.place(ofModel: model, of: provider).appending("id"))
      notes.append(
        "an agent takes a model only from its provider's list; to add it there:\(.set(place, to: model))"
      )
    }
    return Report(
      ACPAnswer(
        provider: provider, model: model, baseURL: request.baseURL.map(run.catalog.withoutSecrets)),
      isData: true, notes: notes)
  }
}
