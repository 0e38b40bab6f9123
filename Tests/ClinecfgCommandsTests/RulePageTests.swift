import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("The pages of the rules")
struct RulePageTests {
  @Test("the pages of the rules are fresh")
  func pages() throws {
    let all = RuleSet.standard.documentation.sorted { $0.code < $1.code }
    var index = "# Rules\n\n"
    index += "E refuses a change and makes `doctor` fail, W is worth a look, I is good to know. "
    index += "`fix`: `clinecfg doctor --fix` can mend it.\n"
    for family in ["URL", "KEY", "MODEL", "TRIPLE", "STORE", "SEC", "RUN", "LIVE"] {
      index += "\n| \(family) | | | |\n|---|---|---|---|\n"
      for rule in all where rule.family == family {
        let mark = rule.severity == .error ? "E" : rule.severity == .warning ? "W" : "I"
        index += "| [\(rule.code)](\(rule.code).md) \(rule.name) | \(mark) | "
        index += "\(rule.isFixable ? "fix" : "") | \(rule.summary) |\n"
      }
    }
    for (alias, code) in RuleID.aliases.sorted(by: { $0.key < $1.key }) {
      index += "\n\(alias) is reserved: it stands for [\(code)](\(code).md).\n"
    }
    expectGolden(index, path: "docs/rules/README.md")
    for rule in all { expectGolden(rule.markdown, path: "docs/rules/\(rule.code).md") }
    let pages = try FileManager.default.contentsOfDirectory(
      atPath: Fixtures.root.appending(path: "docs/rules").path)
    let strays = Set(pages).symmetricDifference(all.map { $0.code.code + ".md" } + ["README.md"])
    #expect(strays.isEmpty, "\(strays.sorted())")
  }
}
