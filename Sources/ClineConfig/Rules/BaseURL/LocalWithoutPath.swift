/// URL112: this machine, but not the whole address.
struct LocalWithoutPath: TripleRule {
  static let documentation = RuleDocumentation(
    .localWithoutPath, name: "local-without-path", severity: .warning,
    summary: "The Base URL names this machine without a port, or without the server's path.",
    rationale:
      "Local servers listen on ports of their own, and serve OpenAI's protocol below /v1 or "
      + "another path. Without the port nobody answers; without the path the answer is 404.",
    exceptions: "A slot of Cline's own, such as Ollama's, wants the address without /v1.",
    examples: [
      .accepts(.url("http://localhost:11434/v1")), .accepts(.url("http://127.0.0.1:9999/api")),
      .accepts(.url("http://localhost:11434", slot: "ollama")),
      .fixes(.url("http://localhost:11434"), to: .baseURL("http://localhost:11434/v1")),
      .fixes(.url("http://127.0.0.1:1234"), to: .baseURL("http://127.0.0.1:1234/v1")),
      .flags(.url("http://localhost/v1"), .warning), .flags(.url("http://localhost"), .warning),
      .flags(.url("http://localhost:9999"), .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard triple.isInCompatibleSlot, var url = triple.baseURL.flatMap({ BaseURL($0) }),
      url.isLoopback, url.scheme == "http"
    else { return [] }
    guard let port = url.port, !port.isEmpty else {
      return [
        finding(
          "the port is missing: local servers use ports such as 11434 (Ollama) or 1234 (LM Studio)",
          about: .baseURL, fix: .advice("use the address that the server prints when it starts")
        )
      ]
    }
    guard url.trimmedPath.isEmpty else { return [] }
    let roots = catalog.providers.flatMap(\.compatibleRoots).compactMap { BaseURL($0.url) }
      .filter { $0.isLoopback && $0.port == port }
    guard !roots.contains(where: \.trimmedPath.isEmpty) else { return [] }
    let paths = Set(roots.map(\.trimmedPath))
    guard let path = paths.first, paths.count == 1 else {
      return [
        finding(
          "the path is missing: most local servers have their API under /v1", about: .baseURL,
          fix: .advice("use the address that the server prints when it starts"))
      ]
    }
    url.path = path
    return [
      finding(
        "the path is missing: the server on port \(port) has its API under \(path)",
        about: .baseURL, fix: .url(url.description))
    ]
  }
}
