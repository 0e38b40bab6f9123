import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("The README is true")
struct ReadmeTests {
  let text =
    (try? String(contentsOf: Fixtures.root.appending(path: "README.md"), encoding: .utf8)) ?? ""

  @Test("its output is what the commands print")
  func output() throws {
    var machine = TestMachine(variables: [
      "RUTAAPI_API_KEY": "invented-rutaapi-key-0001",
      "OPENROUTER_API_KEY": "sk-or-v1-" + String(repeating: "0", count: 64),
    ])
    machine.transport = ScriptedTransport(models: ["demo-model", "demo-model-mini"])
    var block = "```console\n"
    for line in [
      "clinecfg set-provider rutaapi --model demo-model --base-url https://app.rutaapi.com",
      "clinecfg set-provider rutaapi --model demo-model --key-env OPENROUTER_API_KEY",
      "clinecfg set-provider rutaapi --model demo-model",
      "clinecfg show",
      "clinecfg set globalState:/openAiBaseUrl https://rutaapi.com --quiet",
      "clinecfg doctor",
      "clinecfg doctor --fix --quiet",
    ] {
      let run = machine.run(line.split(separator: " ").dropFirst().map(String.init))
      block += "$ \(line)\n" + run.notes + run.output
    }
    block += "```\n"
    let begin = try #require(text.range(of: "<!-- begin output -->\n"))
    let end = try #require(text.range(of: "<!-- end output -->"))
    var fresh = text
    fresh.replaceSubrange(begin.upperBound..<end.lowerBound, with: block)
    expectGolden(fresh, path: "README.md")
  }

  @Test("its first command does the main job on a scratch directory")
  func firstCommand() throws {
    let line = try #require(
      text.split(separator: "\n").first { $0.hasPrefix("clinecfg ") && $0.contains("--data-dir") })
    var words = line.split(separator: " ").dropFirst(1).map(String.init)
    let path = try #require(words.firstIndex(of: "--key-file").map { words[$0 + 1] })
    let key = try Fixtures.bytes(String(path.dropFirst("Fixtures/".count)))
    let machine = TestMachine()
    machine.files.put(key, at: "/work/" + path)
    let run = machine.run(words)
    #expect(run.code == 0, "\(run.notes)")
    #expect(
      machine.files.text(at: "/work/.build/demo/secrets.json")?.contains(
        "invented-rutaapi-key-0001") == true)
    words.append("--json")
    #expect(try machine.run(words).json["changed"] == false)
  }
}
