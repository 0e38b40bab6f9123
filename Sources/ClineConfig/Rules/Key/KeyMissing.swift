/// KEY201: no key.
struct KeyMissing: Rule {
  static let documentation = RuleDocumentation(
    "KEY201", "missing", .error,
    summary: "There is no key, and the provider needs one.",
    rationale:
      "VS Code's legacy bundle refuses to send. The other clients take a key from the environment, "
      + "which may be another provider's.",
    exceptions: "Local servers need none. Where any word will do, --no-key stores one.",
    examples: [
      .accepts(.key("invented-key-0001")), .accepts(.key("unused")),
      .accepts(Triple(provider: "ollama", slotID: "ollama", model: "m")),
      .flags(.key("")), .flags(Triple(baseURL: "https://llm.example.com/v1", model: "m")),
      .flags(
        Triple(
          baseURL: "https://api.rutaapi.com/v1", model: "m", fallbackVariable: "OPENAI_API_KEY")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    let needsKey = triple.provider.flatMap { catalog[$0] }?.needsKey ?? true
    guard needsKey, triple.key?.isEmpty ?? true else { return [] }
    var message = "there is no key"
    if let variable = triple.fallbackVariable,
      let host = triple.baseURL.flatMap({ BaseURL($0) })?.host
    {
      message += ": Cline would send the value of \(variable) to \(host)"
    }
    return [finding(message, about: .key)]
  }
}
