/// KEY207: characters that no key has.
struct StrangeCharacters: TripleRule {
  static let documentation = RuleDocumentation(
    .strangeCharacters, name: "strange-characters", severity: .error,
    summary: "The key contains white space, control, invisible or other characters beyond ASCII.",
    rationale:
      "HTTP headers cannot carry them: Cline reports a connection error, and nothing points to the "
      + "key. They come from copying out of formatted text.",
    examples: [
      .accepts(.key("invented-key-0001")),
      .flags(.key("invented\u{200B}key-0001")), .flags(.key("invented key 0001")),
      .flags(.key("invented\nkey-0001")), .flags(.key("invénted-key-0001")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let key = triple.key?.reveal(), !Placeholder.isOne(key) else { return [] }
    let bare = KeyText.stripped(key)
    guard
      bare.unicodeScalars.contains(where: {
        !(0x21...0x7E).contains($0.value) && !"…•".unicodeScalars.contains($0)
      })
    else { return [] }
    return [
      finding("it contains characters that an HTTP header cannot carry", about: .key)
    ]
  }
}
