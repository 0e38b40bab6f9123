import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("A rule does what its examples say")
struct RuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: any Rule
    let example: RuleDocumentation.Example
    let number: Int
    var documentation: RuleDocumentation { type(of: rule).documentation }
    var testDescription: String { "\(documentation.code) example \(number)" }

    func findings(in triple: Triple) -> [Finding] {
      (rule as? any TripleRule)?.findings(in: triple, .examples) ?? []
    }
    func findings(in setup: Machine) -> [Finding] {
      (rule as? any MachineRule)?.findings(in: setup, .bundled) ?? []
    }
  }

  static let rules: [any Rule] =
    RuleSet.standard.tripleRules.map { $0 as any Rule }
    + RuleSet.standard.machineRules.map { $0 as any Rule }
    + RuleSet.standard.liveRules.map { $0 as any Rule }

  static let cases: [Case] = rules.flatMap { rule in
    type(of: rule).documentation.examples.enumerated().map {
      Case(rule: rule, example: $1, number: $0 + 1)
    }
  }

  @Test("example", arguments: cases)
  func example(_ test: Case) throws {
    switch test.example.subject {
    case .triple(let triple): try example(test, triple: triple)
    case .machine(let setup): try example(test, setup: setup.setup)
    case .exchange(let exchange):
      let findings = (test.rule as? any LiveRule)?.findings(in: exchange) ?? []
      expectWellFormed(findings, test: test)
      switch test.example.outcome {
      case .accepted: #expect(findings.isEmpty, "\(findings)")
      case .flagged(let severity):
        #expect(findings.map(\.severity) == [severity])
        // An answer has one cause.
        #expect(RuleSet.standard.findings(in: exchange).count == 1)
        #expect(findings.first?.fix != nil)
      case .fixed, .mended: Issue.record("an answer is not mended")
      }
    }
  }

  private func expectWellFormed(_ findings: [Finding], test: Case) {
    for finding in findings {
      #expect(finding.rule == test.documentation.code)
      #expect(finding.name == test.documentation.name)
      #expect(!finding.message.hasSuffix("."))
    }
  }

  private func example(_ test: Case, triple: Triple) throws {
    let findings = test.findings(in: triple)
    expectWellFormed(findings, test: test)
    for finding in findings {
      let key = triple.key?.reveal() ?? ""
      #expect(key.count < 12 || !finding.message.contains(key), "the key is in the message")
    }
    switch test.example.outcome {
    case .accepted: #expect(findings.isEmpty, "\(findings)")
    case .flagged(let severity): #expect(findings.map(\.severity) == [severity])
    case .fixed(let replacement):
      #expect(findings.count == 1)
      #expect(findings.first?.fix?.replacement == replacement)
      // A fix passes its own rule, and another round of it changes nothing.
      let mended = triple.replacing(replacement)
      #expect(test.findings(in: mended).isEmpty)
      #expect(RuleSet.standard.mended(mended).triple == mended)
    case .mended: Issue.record("a triple is fixed to a value")
    }
  }

  private func example(_ test: Case, setup: Machine) throws {
    let findings = test.findings(in: setup)
    expectWellFormed(findings, test: test)
    switch test.example.outcome {
    case .accepted: #expect(findings.isEmpty, "\(findings)")
    case .flagged(let severity):
      #expect(findings.map(\.severity) == [severity])
      #expect(findings.allSatisfy { !$0.isMendable }, "an example that is mended says so")
    case .mended:
      #expect(findings.count == 1 && findings.first?.isMendable == true)
      let files = InMemoryFileSystem()
      for settings in setup.surroundings.editors.map(\.settings) {
        if let document = settings.document {
          files.put(document.bytes, at: settings.path.description)
        }
      }
      let store = SettingsStore(locations: setup.main.locations, host: .test(files))
      let remedy = try store.remedy(for: setup, catalog: .bundled) {
        $0.rule == test.documentation.code
      }
      #expect(!remedy.isEmpty)
      let isAround = remedy.plan.isEmpty
      #expect(isAround == (!remedy.restrictions.isEmpty || !remedy.deletions.isEmpty))
      let after = setup.applying(remedy.plan)
      if !isAround { #expect(test.findings(in: after).isEmpty) }
      // Cline reads what is left.
      for change in remedy.plan.files {
        let document = try #require(change.document)
        #expect(change.file.verdict(on: document).rejected.isEmpty)
      }
    case .fixed: Issue.record("a setup is mended")
    }
  }

  @Test("neutral variations of an address are judged alike", arguments: cases)
  func variations(_ test: Case) throws {
    guard case .triple(let triple) = test.example.subject, let text = triple.baseURL,
      let url = BaseURL(text), url.query == nil, url.fragment == nil, url.userInfo == nil,
      // Where a client sends is said of this very address.
      triple.requestURL == nil
    else { return }
    let before = test.findings(in: triple)
    let slash = text.hasSuffix("/") ? text : text + "/"
    for variation in [text.replacingOccurrences(of: url.host, with: url.host.uppercased()), slash] {
      // Letters beyond ASCII have other capitals; a slash is what URL108 is about.
      if !text.utf8.allSatisfy({ $0 < 0x80 }) { continue }
      if variation == slash, [.trailingSlash, .notAKey].contains(test.documentation.code) {
        continue
      }
      let after = test.findings(in: triple.replacing(.baseURL(variation)))
      #expect(after.map(\.severity) == before.map(\.severity), "\(variation)")
    }
  }

  @Test("keys are judged alike whatever stands around them", arguments: cases)
  func keyVariations(_ test: Case) throws {
    guard case .triple(let triple) = test.example.subject, let key = triple.key, !key.isEmpty,
      // These are about what stands around the key, or about the very text.
      ![
        .keyNotTrimmed, .keyPlaceholder, .keyMasked, .notAKey, .strangeCharacters, .keyExpired,
        .keyAsModel,
      ].contains(
        test.documentation.code)
    else { return }
    let before = test.findings(in: triple)
    for text in [" \(key.reveal())\n", "Bearer \(key.reveal())"] {
      let after = test.findings(in: triple.replacing(.key(Secret(text))))
      #expect(after.map(\.severity) == before.map(\.severity))
    }
  }

  @Test("codes are unique, and every rule has accepted and flagged examples")
  func documentation() throws {
    let all = RuleSet.standard.documentation
    #expect(Set(all.map(\.code)).count == all.count)
    #expect(Set(all.map { $0.family + $0.name }).count == all.count)
    for rule in all {
      #expect(rule.examples.contains { $0.outcome == .accepted }, "\(rule.code)")
      #expect(rule.examples.contains { $0.outcome != .accepted }, "\(rule.code)")
      #expect(rule.summary.hasSuffix(".") && rule.rationale.hasSuffix("."), "\(rule.code)")
      #expect(RuleSet.standard.documentation(of: rule.code.code.lowercased())?.code == rule.code)
    }
  }

  @Test("the list has every rule file")
  func complete() throws {
    let folder = Fixtures.root.appending(path: "Sources/ClineConfig/Rules")
    var files: Set<String> = []
    for group in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let place = folder.appending(path: group)
      guard !group.contains(".") else { continue }
      let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
      files.formUnion(names.map { String($0.dropLast(".swift".count)) })
    }
    #expect(files == Set(Self.rules.map { "\(type(of: $0))" }))
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
    let result = RuleSet.standard.mended(triple)
    let (mended, findings) = (result.triple, result.findings)
    #expect(BaseURL(mended.baseURL ?? "")?.description == "https://api.rutaapi.com/v1")
    #expect(!findings.isEmpty || text.contains("RutaAPI"))
    #expect(RuleSet.standard.findings(in: mended).isEmpty)
    // One error for one cause.
    #expect(
      RuleSet.standard.findings(in: triple).filter { $0.severity == .error }.count
        <= (text.hasPrefix("http:") ? 2 : text.contains("v1/v1") ? 2 : 1))
  }
}
