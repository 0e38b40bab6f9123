/// KEY211: LM Studio would get Anthropic's key.
struct SharedSecret: TripleRule {
  static let documentation = RuleDocumentation(
    .sharedSecret, name: "shared-secret", severity: .warning,
    summary: "LM Studio is selected, and Cline would send it the stored Anthropic key.",
    rationale:
      "Cline's SDK bundle reads LM Studio's key from the field of Anthropic's key "
      + "(PROVIDER_API_KEY_MAP, 4.1.13). A server on this machine then sees that key.",
    examples: [
      .accepts(Triple(provider: "lmstudio", slotID: "lmstudio", model: "m")),
      .accepts(
        Triple(provider: "ollama", slotID: "ollama", model: "m", hasStoredAnthropicKey: true)),
      .flags(
        Triple(provider: "lmstudio", slotID: "lmstudio", model: "m", hasStoredAnthropicKey: true),
        .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.slotTraits.sendsAnthropicKey, triple.hasStoredAnthropicKey else { return [] }
    return [
      finding(
        "Cline's SDK bundle sends LM Studio the stored Anthropic key, whose field it shares",
        about: .key,
        fix: .advice(
          "with no other use of Anthropic: \(.remove("anthropic")); else nothing mends it here"))
    ]
  }
}
