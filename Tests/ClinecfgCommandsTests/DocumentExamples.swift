import ClineConfig
import CommandLineTool
import LosslessJSON
import TestSupport
import Testing

@testable import ClinecfgCommands

// The code of the documents, as it stands there.

enum ModeCommand {
  static let command = Command<Context>(
    abstract: "print the mode that VS Code starts in",
    examples: [Example("clinecfg mode", "plan or act")],
    action: answer { run in
      let state = try run.store().load()[.globalState].document
      return Report(ModeAnswer(mode: state?["/mode"]?.string ?? "act"), isData: true)
    })
}

struct ModeAnswer: Answer {
  let mode: String
  var text: StyledText { "\(mode)\n" }
  enum CodingKeys: CodingKey { case mode }
}

@Suite("The Swift code in the documents")
struct DocumentExamples {
  @Test("a command")
  func command() throws {
    let files = InMemoryFileSystem()
    files.put(#"{"mode":"plan"}"#, at: testData + "/globalState.json")
    let root = Command<Context>(
      abstract: "", arguments: Options.global, subcommands: ["mode": { ModeCommand.command }])
    for (words, output) in [
      (["mode"], "plan\n"),
      (
        ["mode", "--json"],
        "{\n  \"schema\": \"clinecfg.mode/2\",\n  \"ok\": true,\n  \"mode\": \"plan\"\n}\n"
      ),
    ] {
      guard case .run(let command, arguments: let arguments) = try CommandParser(root).parse(words)
      else {
        Issue.record("no command")
        return
      }
      let console = RecordingConsole()
      let code = command.action?(Context(host: .test(files), console: console), arguments)
      #expect(code == .success && console.output == output)
    }
  }
}
