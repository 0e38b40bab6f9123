import ClineConfig

// The examples of a rule are its tests.
for failure in StagingAddress().failedExamples() { print("failed: \(failure)") }

let expected = ["URL103", "TRIPLE401", "OWN101"]
let rules = RuleSet.standard.adding([StagingAddress()])
let catalog = ProviderCatalog.bundled.adding([gateway])
let key = Secret("outside-" + String(repeating: "0a", count: 16))
for url in [
  "https://api.outside.example/v1", "https://console.outside.example", "https://api.rutaapi.com/v1",
  "https://staging.llm.example.com/v1",
] {
  let triple = Triple(provider: "outside", baseURL: url, key: key, model: "m")
  let findings = rules.findings(in: triple, catalog: catalog)
  print(url, findings.map(\.rule.code).filter { expected.contains($0) }.joined(separator: " "))
}
