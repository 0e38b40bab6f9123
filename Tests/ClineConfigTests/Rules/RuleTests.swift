import Foundation
import TestSupport
import Testing

@testable import ClineConfig

@Suite("A rule does what its examples say")
struct RuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: any Rule
    let example: RuleExample
    let number: Int
    var testDescription: String { "\(type(of: rule).documentation.code) example \(number)" }
  }

  static let cases: [Case] = RuleSet.standard.rules.flatMap { rule in
    type(of: rule).documentation.examples.enumerated().map {
      Case(rule: rule, example: $1, number: $0 + 1)
    }
  }

  @Test("example", arguments: cases)
  func example(_ test: Case) throws {
    let findings = test.rule.findings(in: test.example.triple, .bundled)
    let documentation = type(of: test.rule).documentation
    for finding in findings {
      #expect(finding.rule == documentation.code && finding.name == documentation.name)
      #expect(!finding.message.hasSuffix("."))
      let key = test.example.triple.key?.reveal() ?? ""
      #expect(key.count < 12 || !finding.message.contains(key), "the key is in the message")
    }
    switch test.example.outcome {
    case .accepted: #expect(findings.isEmpty)
    case .flagged(let severity): #expect(findings.map(\.severity) == [severity])
    case .fixed(let replacement):
      #expect(findings.count == 1)
      #expect(findings.first?.fix?.replacement == replacement)
      // A fix passes its own rule, and another round of it changes nothing.
      let mended = test.example.triple.replacing(replacement)
      #expect(test.rule.findings(in: mended, .bundled).isEmpty)
    }
  }

  @Test("neutral variations of an address are judged alike", arguments: cases)
  func variations(_ test: Case) throws {
    guard let text = test.example.triple.baseURL, let url = BaseURL(text),
      url.query == nil, url.fragment == nil, url.userInfo == nil
    else { return }
    let documentation = type(of: test.rule).documentation
    let before = test.rule.findings(in: test.example.triple, .bundled)
    var upper = url
    upper.host = url.host.uppercased()
    let slash = text.hasSuffix("/") ? text : text + "/"
    for variation in [text.replacingOccurrences(of: url.host, with: upper.host), slash] {
      if variation == slash, documentation.code == "URL108" { continue }
      if variation == slash, documentation.code == "KEY206" { continue }
      let after = test.rule.findings(
        in: test.example.triple.replacing(.baseURL(variation)), .bundled)
      #expect(after.map(\.severity) == before.map(\.severity), "\(variation)")
    }
  }

  @Test("codes are unique, and every rule has accepted and flagged examples")
  func documentation() throws {
    let all = RuleSet.standard.rules.map { type(of: $0).documentation }
    #expect(Set(all.map(\.code)).count == all.count)
    for rule in all {
      #expect(rule.examples.contains { $0.outcome == .accepted }, "\(rule.code)")
      #expect(rule.examples.contains { $0.outcome != .accepted }, "\(rule.code)")
      #expect(rule.summary.hasSuffix(".") && rule.rationale.hasSuffix("."), "\(rule.code)")
    }
  }

  @Test("the list has every rule file")
  func complete() throws {
    let folder = Fixtures.root.appending(path: "Sources/ClineConfig/Rules")
    var files: Set<String> = []
    for group in ["BaseURL", "Key", "Model", "Triple"] {
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: group).path)
      files.formUnion(names.map { String($0.dropLast(".swift".count)) })
    }
    #expect(files == Set(RuleSet.standard.rules.map { "\(type(of: $0))" }))
  }

  @Test(
    "a pasted address is mended to the root",
    arguments: [
      "https://rutaapi.com", "https://app.rutaapi.com", "https://api.rutaapi.com",
      "https://api.rutaapi.com/v1/chat/completions", "https://api.rutaapi.com/v1/",
      "http://api.rutaapi.com", "api.rutaapi.com", "https://api.rutaapi.com/v1/v1/models/",
      "https://www.rutaapi.com/", "rutaapi.com", "https://API.RutaAPI.com/v1",
    ])
  func mends(text: String) {
    let triple = Triple(
      provider: "rutaapi", baseURL: text, key: Secret("invented-key-0001"), model: "m")
    let (mended, findings) = RuleSet.standard.mended(triple)
    #expect(BaseURL(mended.baseURL ?? "")?.description == "https://api.rutaapi.com/v1")
    #expect(!findings.isEmpty || text.contains("RutaAPI"))
    #expect(RuleSet.standard.findings(in: mended).isEmpty)
    // One error for one cause.
    #expect(
      RuleSet.standard.findings(in: triple).filter { $0.severity == .error }.count
        <= (text.hasPrefix("http:") ? 2 : text.contains("v1/v1") ? 2 : 1))
  }
}

@Suite("The catalogue is honest")
struct CatalogTests {
  let catalog = ProviderCatalog.bundled

  @Test("ids, aliases and hosts belong to one provider")
  func unique() {
    var names: [String: String] = [:]
    var hosts: [String: String] = [:]
    for provider in catalog.providers {
      for name in [provider.id] + provider.aliases {
        let folded = ProviderCatalog.folded(name)
        #expect(names[folded] == nil || names[folded] == provider.id, "\(name)")
        names[folded] = provider.id
      }
      for host in Set(provider.apiHosts + provider.websites + provider.dashboards) {
        #expect(hosts[host] == nil, "\(host)")
        hosts[host] = provider.id
      }
    }
  }

  @Test("every root that fits the compatible slot passes there without an error")
  func rootsPass() {
    for provider in catalog.providers {
      for root in provider.compatibleRoots {
        let triple = Triple(
          provider: provider.id, baseURL: root.url, key: Secret("invented-key-0001"), model: "m")
        let errors = RuleSet.standard.findings(in: triple).filter { $0.severity == .error }
        #expect(errors.isEmpty, "\(root.url): \(errors)")
      }
    }
  }

  @Test("Cline's own default is among the roots of a native slot")
  func defaults() throws {
    for provider in catalog.providers where !provider.usesCompatibleSlot {
      let slot = try #require(ProviderSlot.slot(sdkID: provider.slotID))
      #expect(slot.isInLegacyBundle)
      #expect(provider.roots.map(\.url).contains(slot.defaultBaseURL ?? ""), "\(provider.id)")
      #expect(!Set(provider.variables).isDisjoint(with: slot.variables), "\(provider.id)")
    }
  }

  @Test(
    "a key proves its provider and no other",
    arguments: [
      ("sk-or-v1-" + String(repeating: "a", count: 64), "openrouter"),
      ("gsk_" + String(repeating: "A", count: 52), "groq"),
      (
        "sk-proj-" + String(repeating: "x", count: 58) + "T3BlbkFJ"
          + String(repeating: "y", count: 58), "openai"
      ),
      ("sk-proj-shortT3BlbkFJshort", "openai"),
      (
        "sk-" + String(repeating: "x", count: 20) + "T3BlbkFJ" + String(repeating: "y", count: 20),
        "openai"
      ),
      ("sk-ant-api03-" + String(repeating: "z", count: 93), "anthropic"),
      ("AIza" + String(repeating: "0", count: 35), "gemini"),
      ("xai-" + String(repeating: "0", count: 80), "xai"),
      ("tgp_v1_" + String(repeating: "0", count: 43), "together"),
      ("fw_" + String(repeating: "0", count: 24), "fireworks"),
      ("fw_x", nil), ("sk-" + String(repeating: "0", count: 32), nil), ("sk-anything", nil),
      (String(repeating: "0", count: 32), nil), ("unused", nil), ("", nil),
    ] as [(String, String?)])
  func proofs(key: String, owner: String?) {
    #expect(catalog.proof(ofKey: key)?.provider.id == owner)
  }
}
