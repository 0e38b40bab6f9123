import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

// The code of the documents, as it stands there.

struct StagingAddress: TripleRule {
  static let documentation = RuleDocumentation(
    RuleID("URL199"), name: "staging-address", severity: .warning,
    summary: "The Base URL is that of a staging system.",
    rationale: "Keys of the real system fail there.",
    examples: [
      .accepts(.url("https://llm.example.com/v1")),
      .fixes(
        .url("https://staging.llm.example.com/v1"), to: .baseURL("https://llm.example.com/v1")),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard var url = triple.baseURL.flatMap({ BaseURL($0) }), url.host.hasPrefix("staging.") else {
      return []
    }
    url.host.removeFirst("staging.".count)
    return [finding("that is a staging system", about: .baseURL, fix: .url(url.description))]
  }
}

let acme =
  // For the list of one kind, in Catalog/Entries.
  Provider(
    "acme", "Acme AI", .gateway,
    roots: ["https://api.acme.example/v1"],
    websites: ["acme.example"], dashboards: ["console.acme.example"],
    keysURL: "https://console.acme.example/keys",
    keys: [.proof("acme-<hex:32>")],
    variables: ["ACME_API_KEY"])

@Suite("The Swift code in the documents")
struct DocumentExamples {
  @Test("a rule")
  func rule() {
    for example in StagingAddress.documentation.examples {
      guard case .triple(let triple) = example.subject else { continue }
      let findings = StagingAddress().findings(in: triple, .bundled)
      #expect(findings.isEmpty == (example.outcome == .accepted))
      if case .fixed(let replacement) = example.outcome {
        #expect(findings.first?.fix?.replacement == replacement)
      }
    }
  }

  @Test("a provider is judged as soon as it is in the catalogue")
  func provider() {
    let catalog = ProviderCatalog.bundled.adding([acme])
    func triple(_ url: String, key: String) -> Triple {
      Triple(provider: "acme", baseURL: url, key: Secret(key), model: "m")
    }
    let key = "acme-" + String(repeating: "0a", count: 16)
    func rules(_ triple: Triple) -> Set<String> {
      Set(RuleSet.standard.findings(in: triple, catalog: catalog).map(\.rule.code))
    }
    #expect(rules(triple("https://api.acme.example/v1", key: key)) == [])
    #expect(rules(triple("https://console.acme.example", key: key)) == ["URL104"])
    #expect(rules(triple("https://api.rutaapi.com/v1", key: key)).contains("TRIPLE401"))
  }

  @Test("a plan before its commit")
  func plan() throws {
    let files = InMemoryFileSystem()
    files.putDirectory("/home/u")
    let host = HostEnvironment.test(files)
    let locations = try #require(ClineLocations.find(for: .cli, on: host))
    let store = SettingsStore(locations: locations, host: host)
    var changes = ChangeSet()
    changes.set("plan", in: .globalState, at: "/mode")
    let snapshot = store.load()
    let plan = try store.plan(changes, on: snapshot)
    for file in plan.files { print(file.path, file.changes.map(\.pointer)) }
    let backup = try store.commit(plan, command: "my tool")
    #expect(backup?.command == "my tool")
  }

  @Test("an edit, and a model")
  func edits() throws {
    do {
      var document = try JSONDocument(parsing: Array(#"{ "zeta": 1.10, "alpha": 2 }"#.utf8))
      try document.set("https://api.rutaapi.com/v1", at: "/openAiBaseUrl")
      try document.removeValue(at: "/alpha")
      let text = String(decoding: document.bytes, as: UTF8.self)
      #expect(text == #"{ "zeta": 1.10, "openAiBaseUrl": "https://api.rutaapi.com/v1" }"#)
    }
    do {
      var document = try JSONDocument(parsing: Array(#"{"mode":"act","unknown":[1,2]}"#.utf8))
      try document.update(GlobalState.self) { state in state.mode = "plan" }
      let text = String(decoding: document.bytes, as: UTF8.self)
      #expect(text == #"{"mode":"plan","unknown":[1,2]}"#)
    }
  }

  @Test("a key")
  func key() {
    let key = Secret("invented-key-0001")
    print("the key is \(key)")
    print(key.masked(publicPrefixes: ProviderCatalog.bundled.publicPrefixes))
    #expect(!"\(key)".contains("invented"))
  }

  /// Lines without their indentation.
  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
  }

  @Test("every Swift block of a document stands in a test")
  func blocks() throws {
    let manager = FileManager.default
    var pages = ["README.md"]
    for folder in ["docs", "Sources"] {
      let found = manager.enumerator(atPath: Fixtures.root.appending(path: folder).path)
      pages += (found?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".md") }
        .map { folder + "/" + $0 }
    }
    let programs = [
      "Tests/ClineConfigTests/DocumentExamples.swift",
      "Tests/ClinecfgCommandsTests/DocumentExamples.swift",
      "Fixtures/outside/Sources/SetUp/main.swift",
      "Fixtures/outside/Sources/Own/StagingAddress.swift",
    ]
    let tests = try programs.map { path in
      Self.lines(
        try String(contentsOf: Fixtures.root.appending(path: path), encoding: .utf8)
      ).filter { !$0.hasPrefix("import ") }
    }
    var count = 0
    for page in pages {
      let text = try String(contentsOf: Fixtures.root.appending(path: page), encoding: .utf8)
      for rest in text.components(separatedBy: "\n```swift\n").dropFirst() {
        let block = Self.lines(rest.components(separatedBy: "\n```")[0])
          .filter { !$0.hasPrefix("import ") }
        let stands = tests.contains { code in
          code.indices.contains { code[$0...].starts(with: block) }
        }
        #expect(stands, "\(page): \(block.joined(separator: "\n"))")
        count += 1
      }
    }
    #expect(count >= 8, "\(count)")
  }
}
