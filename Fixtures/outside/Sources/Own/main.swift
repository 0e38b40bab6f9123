import ClineConfig

// The examples of a rule are its tests.
for failure in StagingAddress().failedExamples() { print("failed: \(failure)") }

let rules = RuleSet.standard.adding([StagingAddress()])
let catalog = ProviderCatalog.bundled.adding([acme])
let key = Secret("acme-" + String(repeating: "0a", count: 16))
for url in [
  "https://api.acme.example/v1", "https://console.acme.example", "https://api.rutaapi.com/v1",
  "https://staging.llm.example.com/v1",
] {
  let triple = Triple(provider: "acme", baseURL: url, key: key, model: "m")
  let findings = rules.findings(in: triple, catalog: catalog)
  print(url, findings.map(\.rule.code).joined(separator: " "))
}
