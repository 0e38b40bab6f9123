import LosslessJSON

/// KEY211: LM Studio would get Anthropic's key, or none.
struct SharedSecret: TripleRule {
  static let documentation = RuleDocumentation(
    .sharedSecret, name: "shared-secret", severity: .warning,
    summary: "Cline would send LM Studio the stored Anthropic key, or no key at all.",
    rationale:
      "VS Code reads LM Studio's key from the field of Anthropic's key (PROVIDER_API_KEY_MAP, 4.1.13): "
      + "a server on this machine then sees that key. A token of LM Studio's own is sent by the CLI "
      + "only, which has it in its entry.",
    examples: [
      .accepts(Triple(provider: "lmstudio", slotID: "lmstudio", model: "m")),
      .accepts(
        Triple(provider: "ollama", slotID: "ollama", model: "m", hasStoredAnthropicKey: true)),
      .flags(
        Triple(provider: "lmstudio", slotID: "lmstudio", model: "m", hasStoredAnthropicKey: true),
        .warning),
      .accepts(
        Triple(provider: "lmstudio", slotID: "lmstudio", key: Secret("unused"), model: "m")),
      .flags(
        Triple(
          provider: "lmstudio", slotID: "lmstudio", key: Secret("invented-token-1"), model: "m"),
        .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.slotTraits.sendsAnthropicKey else { return [] }
    guard triple.hasStoredAnthropicKey else {
      guard let key = triple.key.map({ KeyText.stripped($0.reveal()) }), !key.isEmpty,
        key != Triple.keyForKeyless
      else { return [] }
      var root = triple.baseURL.flatMap { BaseURL(JavaScript.trim($0)) }
      root?.path = ""
      return [
        finding(
          "only the CLI sends this key to LM Studio; VS Code cannot",
          about: .key,
          fix: .advice(
            "if the server needs its token, use it in every client:\(.setUp("custom", baseURL: (root?.description ?? "http://localhost:1234") + "/v1", model: triple.model, newKey: true))"
          ))
      ]
    }
    return [
      finding(
        "VS Code sends your Anthropic key to LM Studio, because both share one field",
        about: .key,
        fix: .advice(
          "if you do not use Anthropic:\(.remove("anthropic"))"))
    ]
  }
}
