/// MODEL302: something around the Model ID, or unseen in it.
struct ModelNotTrimmed: TripleRule {
  static let documentation = RuleDocumentation(
    .modelNotTrimmed, name: "not-trimmed", severity: .error,
    summary:
      "White space or quotes stand around the Model ID, or characters in it that are not seen.",
    rationale: "They are sent as part of the id, and the provider answers 404.",
    examples: [
      .accepts(.model("m-1")), .fixes(.model(" m-1\n"), to: .model("m-1")),
      .fixes(.model("\"m-1\""), to: .model("m-1")),
      .fixes(.model("m\u{200B}-1"), to: .model("m-1")), .flags(.model("m\u{1B}[2J-1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let model = triple.model else { return [] }
    let seen = String(
      String.UnicodeScalarView(
        model.unicodeScalars.filter { $0.properties.generalCategory != .format }))
    var bare = JavaScript.trim(seen)
    for quote in ["\"", "'", "`"]
    where bare.count > 1 && bare.hasPrefix(quote) && bare.hasSuffix(quote) {
      bare = JavaScript.trim(String(bare.dropFirst().dropLast()))
    }
    guard !bare.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return [
        finding(
          "the Model ID has control characters in it", about: .model,
          fix: .advice("take the id again from the provider's list"))
      ]
    }
    guard bare != model, !bare.isEmpty else { return [] }
    return [
      finding(
        seen == model
          ? "something stands around the Model ID that is not part of it"
          : "the Model ID has characters in it that are not seen", about: .model,
        fix: .init(description: "take only the id itself", isSafe: true, replacement: .model(bare)))
    ]
  }
}
