/// MODEL307: chosen, and not sent.
struct ReplacedModel: TripleRule {
  static let documentation = RuleDocumentation(
    .replacedModel, name: "replaced-by-client", severity: .warning,
    summary: "A client sends a model of its own choice in place of the stored one.",
    rationale:
      "The extension from before the SDK, JetBrains and CLI 2 look a Model ID up in a list of their "
      + "own for many providers, and silently take a default for one that they do not find.",
    exceptions: "VS Code with the SDK and the CLI send what is stored.",
    examples: [
      .accepts(Triple(slotID: "groq", key: Secret("invented-key-0001"), model: "m")),
      .flags(
        Triple(slotID: "groq", key: Secret("invented-key-0001"), model: "m").with {
          $0.replacedModel = "m"
          $0.sentModel = "moonshotai/kimi-k2-instruct-0905"
        }, .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let stored = triple.replacedModel, let sent = triple.sentModel,
      !catalog.looksLikeKey(stored)
    else { return [] }
    return [
      finding(
        "the client sends '\(sent)' instead, because '\(stored)' is not in its own list",
        about: .model,
        fix: .advice("choose a model from its list there, or update Cline"))
    ]
  }
}
