/// RUN705: an exported variable decides where a key goes.
struct RedirectedByVariable: MachineRule {
  static let documentation = RuleDocumentation(
    .redirectedByVariable, name: "redirected-by-variable", severity: .warning,
    summary: "An environment variable sends a stored key to another address, or another key along.",
    rationale:
      "The vendors' libraries in the extension from before the SDK, JetBrains and CLI 2 read "
      + "ANTHROPIC_BASE_URL, OPENAI_BASE_URL, GOOGLE_GEMINI_BASE_URL, CEREBRAS_BASE_URL and "
      + "ANTHROPIC_AUTH_TOKEN where no address is stored: the stored key goes to whatever they name.",
    exceptions: "VS Code with the SDK and the CLI do not read them.",
    examples: [
      .accepts(
        MachineExample(
          [
            .globalState:
              #"{"planModeApiProvider":"anthropic","actModeApiProvider":"anthropic","anthropicBaseUrl":"https://llm.example.com"}"#,
            .secrets: #"{"apiKey":"invented-key-0001"}"#,
          ], variables: ["ANTHROPIC_BASE_URL": "https://proxy.example.com"])),
      .flags(
        MachineExample(
          [
            .globalState:
              #"{"planModeApiProvider":"anthropic","actModeApiProvider":"anthropic"}"#,
            .secrets: #"{"apiKey":"invented-key-0001"}"#,
          ], variables: ["ANTHROPIC_BASE_URL": "https://proxy.example.com"]), .warning),
    ])

  func findings(in machine: Machine, _ catalog: ProviderCatalog) -> [Finding] {
    var found: [Finding] = []
    for request in machine.requests where request.requestURL != nil {
      if request.client == .vscodeLegacy, !machine.surroundings.startsLegacy { continue }
      var messages: [(variable: String, text: String)] = []
      if let variable = request.addressVariable,
        let url = request.requestURL.flatMap({ BaseURL($0) })
      {
        messages.append(
          (variable, "the variable \(variable) sends requests, with the stored key, to \(url.host)")
        )
      }
      if case .variable(let variable) = request.key?.source, variable == request.headersVariable {
        messages.append((variable, "the variable \(variable) is sent instead of the stored key"))
      }
      for (variable, text) in messages {
        let user = ClientMode(client: request.client, mode: request.mode)
        if let index = found.firstIndex(where: { $0.message == text }) {
          found[index].users.append(user)
          continue
        }
        var one = finding(
          text, about: .setup,
          fix: .advice("if that is not intended, unset \(variable) where the editor is started"))
        one.users = [user]
        found.append(one)
      }
    }
    return found
  }
}
