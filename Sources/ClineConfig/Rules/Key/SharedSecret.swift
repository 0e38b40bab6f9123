import LosslessJSON

/// KEY211: LM Studio would get Anthropic's key.
struct SharedSecret: TripleRule {
  static let documentation = RuleDocumentation(
    .sharedSecret, name: "shared-secret", severity: .warning,
    summary: "Cline would send LM Studio the stored Anthropic key.",
    rationale:
      "VS Code reads LM Studio's key from the field of Anthropic's key (PROVIDER_API_KEY_MAP, 4.1.13), "
      + "and a server on this machine then sees that key. Where that field is empty, a token of LM "
      + "Studio's own is sent from its entry in providers.json, as the CLI does.",
    examples: [
      .accepts(Triple(provider: "lmstudio", slotID: "lmstudio", model: "m")),
      .accepts(
        Triple(provider: "ollama", slotID: "ollama", model: "m", hasStoredAnthropicKey: true)),
      .flags(
        Triple(provider: "lmstudio", slotID: "lmstudio", model: "m", hasStoredAnthropicKey: true),
        .warning),
      .accepts(
        Triple(provider: "lmstudio", slotID: "lmstudio", key: Secret("unused"), model: "m")),
      .accepts(
        Triple(
          provider: "lmstudio", slotID: "lmstudio", key: Secret("invented-token-1"), model: "m")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.slotTraits.sendsAnthropicKey, triple.hasStoredAnthropicKey else { return [] }
    return [
      finding(
        "VS Code sends your Anthropic key to LM Studio, because both share one field",
        about: .key,
        fix: .advice(
          "if you do not use Anthropic:\(.remove("anthropic"))"))
    ]
  }
}
