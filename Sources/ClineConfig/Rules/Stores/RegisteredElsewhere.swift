import LosslessJSON

/// STORE513: a block that was not brought along.
struct RegisteredElsewhere: MachineRule {
  static let documentation = RuleDocumentation(
    .registeredElsewhere, name: "registered-elsewhere", severity: .warning,
    summary: "The block of the OpenAI-compatible provider in models.json names another endpoint.",
    rationale:
      "The block overrides Cline's built-in defaults: the model when none is stored, and the path "
      + "that VS Code adds to a Base URL without one. Cline's migration writes it once "
      + "and never again.",
    examples: [
      .accepts(MachineExample([.models: #"{"version":1,"providers":{}}"#])),
      .mends(
        MachineExample([
          .globalState:
            #"{"actModeApiProvider":"openai","actModeOpenAiModelId":"m","openAiBaseUrl":"https://api.rutaapi.com/v1"}"#,
          .models:
            #"{"version":1,"providers":{"openai-compatible":{"provider":{"name":"OpenAI Compatible","baseUrl":"https://old.example.com/v9","defaultModelId":"old"}}}}"#,
        ])),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    let block: JSONPointer = "/providers/openai-compatible/provider"
    guard let models = machine.main.readable(.models), models[block]?.object != nil else {
      return []
    }
    let state = machine.main.readable(.globalState)
    let settings: JSONPointer = "/providers/openai-compatible/settings"
    let providers = machine.main.readable(.providers)
    let isSelected = state?[JSONPointer(tokens: [Mode.act.providerKey])]?.string == "openai"
    let url =
      state?["/openAiBaseUrl"]?.string ?? providers?[settings.appending("baseUrl")]?.string
    let model =
      (isSelected ? state?["/actModeOpenAiModelId"]?.string : nil)
      ?? providers?[settings.appending("model")]?.string
    var edits = ChangeSet()
    var places: [StorePlace] = []
    for (field, value) in [("baseUrl" as JSONKey, url), ("defaultModelId", model)] {
      let pointer = block.appending(field)
      guard let value, !value.isEmpty, let stored = models[pointer]?.string, stored != value else {
        continue
      }
      places.append(StorePlace(.models, pointer))
      edits.set(.string(value), in: .models, at: pointer)
    }
    guard !places.isEmpty else { return [] }
    return [
      finding(
        "models.json still has another endpoint or model for the OpenAI-compatible provider",
        at: places, fix: .edits("update it", edits: edits))
    ]
  }
}
