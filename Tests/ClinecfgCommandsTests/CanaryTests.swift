import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("A key never comes out")
struct CanaryTests {
  /// Keys that are easy to find again, one for each way in.
  static let canaries = [
    "CANARYstored7Qz9Xw2Lm4", "CANARYinput5Rt8Kv1Pn3", "CANARYheader6Yu0Bc9Jd",
  ]

  static func traces(of text: String) -> [String] {
    canaries.flatMap { canary -> [String] in
      let bytes = Array(canary.utf8)
      var pieces = (0...bytes.count - 8).map { String(decoding: bytes[$0..<$0 + 8], as: UTF8.self) }
      pieces.append(bytes.map { String($0, radix: 16) }.joined())
      for shift in 0..<3 {
        pieces.append(String(Data(bytes.dropFirst(shift)).base64EncodedString().prefix(16)))
      }
      return pieces
    }.filter { text.contains($0) }
  }

  func machine() -> TestMachine {
    let machine = TestMachine(variables: [
      "K": Self.canaries[1], "H": Self.canaries[2], "OPENAI_API_KEY": Self.canaries[0],
    ])
    let stored = Self.canaries[0]
    machine.files.put(
      #"{"mode":"act","actModeApiProvider":"openai","planModeApiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1","actModeOpenAiModelId":"m","openAiHeaders":{"X-Auth":"\#(Self.canaries[2])"}}"#,
      at: testData + "/globalState.json")
    machine.files.put(
      #"{"openAiApiKey":"\#(stored)","apiKey":"\#(stored)"}"#, at: testData + "/secrets.json",
      mode: 0o600)
    machine.files.put(
      #"{"version":1,"lastUsedProvider":"openai-compatible","providers":{"openai-compatible":{"settings":{"provider":"openai-compatible","apiKey":"\#(stored)","auth":{"accessToken":"\#(stored)"},"headers":{"X-Auth":"\#(Self.canaries[2])"},"baseUrl":"https://api.rutaapi.com/v1","model":"m"},"updatedAt":"2026-08-22T20:03:00.000Z"}}}"#,
      at: testData + "/settings/providers.json", mode: 0o600)
    let profiles = [
      Self.profile: #"{"provider":"rutaapi","model":"m2","key":{"env":"K"}}"#,
      Self.badProfile: #"{"provider":"rutaapi","model":"m2","key":"\#(Self.canaries[1])"}"#,
      Self.headerProfile:
        #"{"provider":"rutaapi","model":"m","key":{"env":"K"},"headers":{"X-Auth":{"env":"H"}}}"#,
    ]
    for (path, text) in profiles { machine.files.put(text, at: path, mode: 0o600) }
    machine.files.put(
      #"{"provider":"groq","model":"m","key":{"command":["/bin/echo","x"]}}"#,
      at: "/home/u/.config/clinecfg/profiles/saved.json")
    machine.files.put(
      #"{"http.proxy":"http://u:\#(Self.canaries[2])@proxy.example.com","cline.apiProvider":"openai","cline.openAiBaseUrl":"https://api.rutaapi.com/v1","cline.openAiApiKey":"\#(Self.canaries[1])","cline.openAiModelId":"\#(Self.canaries[2])"}"#,
      at: "/home/u/.config/Code/User/settings.json", mode: 0o600)
    return machine
  }

  static let commands: [[String]] = [
    ["show"], ["doctor"], ["doctor", "-v"], ["doctor", "--json"], ["doctor", "--fix"],
    ["doctor", "--fix", "--dry-run"], ["doctor", "--only", canaries[1]],
    ["check", "--base-url", "https://api.openai.com/v1", "--model", "m", "--key-env", "K", "-v"],
    ["check", "--base-url", "https://api.rutaapi.com/v1?key=\(canaries[1])", "--model", "m"],
    ["explain", canaries[1]], ["schema", canaries[1]], ["model", canaries[1]], ["use"],
    ["providers", canaries[1]], ["providers", "validate", canaries[1]],
    ["providers"], [canaries[1]], ["--\(canaries[1])"], ["remove", canaries[1]],
    ["set-provider", canaries[1]], ["set-provider", "rutaapi", "--key-env", canaries[1]],
    ["set-provider", "rutaapi", "--key-file", canaries[1]],
    ["set-provider", "rutaapi", "--mode", canaries[1]],
    ["set-provider", "rutaapi", "--max-tokens", canaries[1]],
    ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--allow", canaries[1]],
    [
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--header-env",
      "X=\(canaries[1])",
    ],
    ["get", "globalState:"], ["get", "secrets:"], ["get", "secrets:/openAiApiKey"],
    ["get", "providers:"], ["get", "providers:/providers/openai-compatible/settings/auth"],
    ["set", "globalState:/mode", "plan"], ["set", "secrets:/openAiApiKey", canaries[1]],
    ["set", "globalState:/mode", canaries[1], "--extra"], ["unset", "secrets:/apiKey"],
    ["set-provider", "rutaapi", "--model", "m2"],
    ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"],
    ["set-provider", "rutaapi", "--key-stdin", "--model", "m"],
    ["set-provider", "groq", "--key-env", "K", "--model", "m"],
    ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--header-env", "X-Auth=H"],
    [
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--header",
      "X-Auth=\(canaries[2])-key",
    ],
    ["set-provider", "rutaapi", "--key", canaries[1]],
    ["set-provider", "rutaapi", "--key=\(canaries[1])"],
    ["set-provider", "rutaapi", "--key-command", "echo \(canaries[1])", "--model", "m"],
    ["set-provider", "rutaapi", "--key-command", "echo \(canaries[1]); exit 1", "--model", "m"],
    ["set-provider", "rutaapi", "--key-env", "K", "--model", canaries[1]],
    [
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--base-url",
      "https://rutaapi.com",
    ],
    ["set-provider", "lmstudio", "--model", "m"],
    ["remove", "rutaapi"], ["remove", "custom"], ["undo"], ["backups"],
    ["backups", "restore", "x"], ["recover"],
    ["completions", "bash"], ["man"], ["complete", "--", "backups", "restore", ""], ["nope"],
    ["set-provider", "--help"],
    ["export"], ["apply", profile], ["apply", profile, "--check"], ["diff", profile],
    ["apply", canaries[1]], ["apply", "-"], ["apply", badProfile], ["diff", badProfile],
    ["apply", headerProfile], ["diff", headerProfile],
    ["save", "x"], ["save", "x", "--with-key"], ["save", "x", "--with-key", "--key-stdin"],
    ["save", "x", "--key-command", "echo \(canaries[1])"],
    ["use", canaries[1]], ["use", "saved"], ["profiles"], ["profiles", "remove", canaries[1]],
    ["import", "link"], ["providers", "add", canaries[1]], ["providers", "add"],
    ["run", canaries[1], "--", "true"], ["run", "p.json", "--", canaries[1]],
    ["settings"], ["settings", "list", "--all"], ["settings", "get", canaries[1]],
    ["settings", "set", "preferred-language", canaries[1]],
    ["settings", "set", "default-terminal-profile", canaries[1], "--raw"],
    ["settings", "explain", "open-ai-headers"], ["settings", "get", "open-ai-headers", "--json"],
    ["vscode"], ["vscode", "bundle", canaries[1]], ["vscode", "--user-data-dir", canaries[1]],
    ["vscode", "bundle", "next"], ["backups", "diff", "x"], ["import", "vscode", "--key-env", "K"],
    ["import", "settings"], ["import", "settings", "--no-verify", "--allow", "MODEL301"],
    ["env", "acp"],
    ["env", canaries[1]],
    // Its input is no file of Cline's, so there is nothing to pass on.
    ["filter", "secrets", "--profile", profile], ["filter", canaries[1], "--profile", profile],
    ["filter", "secrets", "--profile", canaries[1]],
    ["models"], ["models", "groq", "--key-env", "K"], ["models", canaries[1]],
    ["models", "--base-url", canaries[1]], ["verify"], ["verify", "--json"], ["report"],
    ["report", "--live", "--json"], ["forget"], ["forget", "--provider", canaries[1]],
  ]
  static let profile = "/home/u/profile.json"
  static let badProfile = "/home/u/bad.json"
  static let headerProfile = "/home/u/header.json"

  @Test("in no answer, error, dry run or file name", arguments: commands)
  func staysInside(words: [String]) {
    for extra in [[], ["--json"], ["--dry-run"], ["-v"], ["--json", "--dry-run"]] {
      let machine = machine()
      let run = machine.run(words + extra, input: Self.canaries[1] + "\n")
      #expect(
        Self.traces(of: run.output + run.notes).isEmpty,
        "\(words + extra): \(run.output)\(run.notes)")
      // Secrets are in files that may hold them, and in no name.
      for (path, bytes) in machine.files.files(below: "/home/u") {
        #expect(Self.traces(of: path).isEmpty)
        let text = String(decoding: bytes, as: UTF8.self)
        if path.hasSuffix("lock") { #expect(Self.traces(of: text).isEmpty, "\(path)") }
        if !Self.traces(of: text).isEmpty, !path.hasSuffix("globalState.json") {
          #expect(machine.files.mode(at: path) == 0o600, "\(path)")
        }
      }
    }
  }

  @Test("not when files are broken or calls fail", arguments: 0..<12)
  func staysInsideOnFailure(call: Int) {
    for code in [FileSystemError.Code.inputOutput, .noSpace, .accessDenied] {
      let machine = machine()
      machine.files.plan.failures = [call * 3: code]
      let run = machine.run("set-provider", "rutaapi", "--key-env", "K", "--model", "m3", "-v")
      #expect(Self.traces(of: run.output + run.notes).isEmpty)
    }
    let broken = machine()
    broken.files.put("{\"openAiApiKey\": \"\(Self.canaries[0])", at: testData + "/secrets.json")
    for words in [
      ["show"], ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"],
      ["get", "secrets:/openAiApiKey"],
    ] {
      let run = broken.run(words)
      #expect(Self.traces(of: run.output + run.notes).isEmpty)
    }
  }

  @Test("the search finds what it looks for")
  func searches() {
    #expect(Self.traces(of: "x" + Self.canaries[1].dropFirst(2).prefix(9)).count == 2)
  }
}
