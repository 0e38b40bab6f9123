import ClineConfig
import ClinecfgCommands
import LosslessJSON
import TestSupport
import Testing

/// The screens that people see most, at four widths, as files.
@Suite("The most important screens are on record, and no word in them is cut")
struct ScreenTests {
  static let key = "invented-key-0001-abcd"
  static let widths = [100, 80, 60, 40]

  /// What is done before, and the command whose screen it is.
  struct Screen: Sendable {
    let name: String
    var before: [[String]] = []
    let words: [String]
    var status = 200
    var harm: (@Sendable (TestMachine) throws -> Void)?
  }

  static let setUp = [
    "set-provider", "rutaapi", "--key-env", "K", "--model", "demo-model", "--no-verify",
  ]

  static let screens: [Screen] = [
    .init(name: "nothing is set up", words: []),
    .init(name: "set-provider asks", words: ["set-provider"]),
    .init(
      name: "set-provider refuses", words: ["set-provider", "rutaapi", "--model", "YOUR_MODEL"]),
    .init(name: "the state", before: [setUp], words: []),
    .init(name: "show", before: [setUp], words: ["show"]),
    .init(
      name: "doctor, three wrong parts", before: [setUp], words: ["doctor", "--no-input"],
      harm: { machine in
        for (file, pointer, value) in [
          ("globalState", "/openAiBaseUrl", "https://rutaapi.com"),
          ("globalState", "/actModeOpenAiModelId", "YOUR_MODEL"),
          ("globalState", "/planModeOpenAiModelId", "YOUR_MODEL"),
          ("providers", "/providers/openai-compatible/settings/baseUrl", "https://rutaapi.com"),
          ("providers", "/providers/openai-compatible/settings/model", "YOUR_MODEL"),
        ] { _ = machine.run("set", file + ":" + pointer, value) }
        for (path, pointer) in [
          ("secrets.json", "/openAiApiKey"),
          ("settings/providers.json", "/providers/openai-compatible/settings/apiKey"),
        ] as [(String, JSONPointer)] {
          let file = testData + "/" + path
          var document = try JSONDocument(parsing: machine.files.bytes(at: file) ?? [])
          try document.set(
            .string("sk-or-v1-" + String(repeating: "0a", count: 32)), at: pointer)
          machine.files.put(document.bytes, at: file, mode: 0o600)
        }
      }),
    .init(name: "doctor, nothing wrong", before: [setUp], words: ["doctor"]),
    .init(
      name: "doctor --live, a revoked key", before: [setUp], words: ["doctor", "--live"],
      status: 401),
    .init(name: "verify answers", before: [setUp], words: ["verify"]),
    .init(name: "verify refuses", before: [setUp], words: ["verify"], status: 401),
    .init(
      name: "profiles", before: [setUp, ["save", "work", "--key-env", "K"]], words: ["profiles"]),
    .init(name: "undo", before: [setUp], words: ["undo"]),
    .init(name: "help", words: ["set-provider", "--help"]),
  ]

  @Test("a screen", arguments: screens.map(\.name))
  func screen(name: String) throws {
    let screen = try #require(Self.screens.first { $0.name == name })
    var text = ""
    for width in Self.widths {
      var machine = TestMachine(variables: ["K": Self.key])
      machine.transport = ScriptedTransport(models: ["demo-model", "another-model"])
      for words in screen.before { #expect(machine.run(words).code == 0) }
      try screen.harm?(machine)
      if screen.status != 200 {
        machine.transport = ScriptedTransport(
          status: screen.status, #"{"error":{"message":"invalid api key"}}"#)
      }
      let console = RecordingConsole(
        isInteractive: true, secret: Self.key, columns: width,
        answers: [("provider", "rutaapi "), ("model", "demo-model")])
      let run = machine.run(screen.words, console: console)
      let seen = OutputTests.steady(run.notes + run.output)
      #expect(!seen.contains(Self.key))
      for line in seen.split(separator: "\n") where line.count > width {
        // An example is a command, which is not broken; a single word that is longer than the line
        // is the terminal's to break.
        let words = line.split(separator: " ")
        #expect(words.count <= 2 || words[0] == "clinecfg", "\(width): \(line)")
      }
      text += "== \(width) columns\n\(seen)\n"
    }
    expectGolden(
      text,
      path: "Fixtures/screens/\(name.replacing(", ", with: "-").replacing(" ", with: "-")).txt")
  }

  @Test("doctor's page on three wrong parts fits a screen of 24 rows, with all values")
  func fits() throws {
    let screen = try #require(Self.screens.first { $0.name == "doctor, three wrong parts" })
    let machine = TestMachine(variables: ["K": Self.key])
    for words in screen.before { #expect(machine.run(words).code == 0) }
    try screen.harm?(machine)
    let page = machine.run(screen.words, console: RecordingConsole(columns: 80)).output
    #expect(page.split(separator: "\n", omittingEmptySubsequences: false).count <= 24, "\(page)")
    for value in ["https://rutaapi.com", "sk-or-v1-…", "YOUR_MODEL"] {
      #expect(page.contains(value), "\(page)")
    }
  }
}
