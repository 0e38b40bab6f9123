import ClineConfig
import CommandLineTool
import TestSupport
import Testing

@testable import ClinecfgCommands

// The code of the documents, as it stands there.

enum Mode {
  static let command = Command<Context>(
    abstract: "print the mode that VS Code starts in",
    examples: [Example("clinecfg mode", "plan or act")]
  ) { context, arguments in
    context.answer(arguments) {
      let state = try context.store(arguments).load()[.globalState].document
      var report = Report()
      report.isData = true
      report.text = "\(state?["/mode"]?.string ?? "act")\n"
      report.members = ["mode": state?["/mode"] ?? .null]
      return report
    }
  }
}

@Suite("The Swift code in the documents")
struct DocumentExamples {
  @Test("a command")
  func command() throws {
    let files = InMemoryFileSystem()
    files.put(#"{"mode":"plan"}"#, at: testData + "/globalState.json")
    let root = Command<Context>(
      abstract: "", arguments: Options.global, subcommands: ["mode": { Mode.command }])
    for (words, output) in [
      (["mode"], "plan\n"),
      (
        ["mode", "--json"],
        "{\n  \"schema\": \"clinecfg.mode/1\",\n  \"ok\": true,\n  \"mode\": \"plan\"\n}\n"
      ),
    ] {
      guard case .run(let command, let arguments) = try CommandParser(root).parse(words) else {
        Issue.record("no command")
        return
      }
      let console = RecordingConsole()
      let code = command.action?(Context(host: .test(files), console: console), arguments)
      #expect(code == .success && console.output == output)
    }
  }
}
