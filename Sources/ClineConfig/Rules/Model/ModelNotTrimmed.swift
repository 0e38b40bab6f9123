/// MODEL302: something around the Model ID, or unseen in it.
struct ModelNotTrimmed: TripleRule {
  static let documentation = RuleDocumentation(
    .modelNotTrimmed, name: "not-trimmed", severity: .error,
    summary:
      "The Model ID has white space or quotes around it, or invisible characters in it.",
    rationale: "They are sent as part of the id, and the provider answers 404.",
    examples: [
      .accepts(.model("m-1")), .fixes(.model(" m-1\n"), to: .model("m-1")),
      .fixes(.model("\"m-1\""), to: .model("m-1")),
      .fixes(.model("\u{201C}m-1\u{201D}"), to: .model("m-1")),
      .fixes(.model("m\u{2013}1"), to: .model("m-1")),
      .fixes(.model("m\u{200B}-1"), to: .model("m-1")), .flags(.model("m\u{1B}[2J-1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let model = triple.model else { return [] }
    let seen = String(
      String.UnicodeScalarView(
        model.unicodeScalars.filter { $0.properties.generalCategory != .format }))
    let bare = JavaScript.trim(CharacterQuotes.stripped(JavaScript.trim(seen)))
    // A dash that a word processor made of a hyphen.
    guard !bare.unicodeScalars.contains(where: { (0x2010...0x2015).contains($0.value) }) else {
      let hyphens = String(
        String.UnicodeScalarView(
          bare.unicodeScalars.map { (0x2010...0x2015).contains($0.value) ? "-" : $0 }))
      return [
        finding(
          "it has a typographic dash instead of a hyphen", about: .model,
          fix: .init(
            description: "use '\(hyphens)'", isSafe: false, replacement: .model(hyphens)))
      ]
    }
    guard !bare.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return [
        finding(
          "it contains control characters", about: .model,
          fix: .advice("choose it from the provider's list"))
      ]
    }
    guard bare != model, !bare.isEmpty else { return [] }
    return [
      finding(
        seen == model
          ? "it has extra text around it (quotes or a space)"
          : "it contains invisible characters", about: .model,
        fix: .init(description: "keep only the id itself", isSafe: true, replacement: .model(bare)))
    ]
  }
}
