/// KEY202: something around the key.
struct KeyNotTrimmed: TripleRule {
  static let documentation = RuleDocumentation(
    .keyNotTrimmed, name: "not-trimmed", severity: .error,
    summary:
      "The key has extra text around it: white space, quotes, `Bearer `, `export X=`, `Authorization:`.",
    rationale:
      "They are sent as part of the key. VS Code sends the spaces, the migration for "
      + "the CLI drops them: then one client works and the other answers 401.",
    examples: [
      .accepts(.key("invented-key-0001")),
      .fixes(.key("  invented-key-0001\n"), to: .key(Secret("invented-key-0001"))),
      .fixes(.key("Bearer invented-key-0001"), to: .key(Secret("invented-key-0001"))),
      .fixes(.key("\"invented-key-0001\""), to: .key(Secret("invented-key-0001"))),
      .fixes(
        .key("export RUTAAPI_API_KEY='invented-key-0001'"), to: .key(Secret("invented-key-0001"))),
      .fixes(
        .key("Authorization: Bearer invented-key-0001"), to: .key(Secret("invented-key-0001"))),
      .fixes(.key("RUTAAPI_API_KEY=invented-key-0001"), to: .key(Secret("invented-key-0001"))),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let key = triple.key?.reveal(), !key.isEmpty else { return [] }
    let bare = KeyText.stripped(key)
    guard bare != key, !bare.isEmpty else { return [] }
    return [
      finding(
        "it has extra text around it (quotes, \"Bearer \", a space)", about: .key,
        fix: .init(
          description: "keep only the key itself", isSafe: true, replacement: .key(Secret(bare))))
    ]
  }
}
