/// URL116: another host under a known name.
struct OwnEntry: TripleRule {
  static let documentation = RuleDocumentation(
    .ownEntry, name: "own-entry", severity: .warning,
    summary:
      "The host belongs to a bundled provider only because a provider file of your own says so.",
    rationale:
      "Whoever can write that file decides where keys of the provider go. The name alone does not show "
      + "it: the command that sets the provider up is the same.",
    exceptions: "An entry under a name of its own is no surprise, and not flagged.",
    examples: [
      .accepts(.url("https://api.deepinfra.com/v1/openai")),
      .flags(.url("https://deepinfra.mirror.example/v1/openai"), .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let url = triple.baseURL.flatMap({ BaseURL($0) }),
      let (entry, bundled) = catalog.ownEntry(sendingTo: url)
    else { return [] }
    return [
      finding(
        "\(url.host) counts as \(bundled.name)'s only because of \(entry.file ?? "a provider file of yours")",
        about: .baseURL,
        fix: .advice("if you did not write that file, remove it; else give it an id of its own"))
    ]
  }
}
