import Foundation
import LosslessJSON
import TestSupport
import Testing

/// `clinecfg run` with Cline played by a program that tells what it sees and writes its files.
@Suite("One command with a set-up, and nothing at rest")
struct RunTests {
  static let key = "sk-invented-run-key-000111222333"
  static let cline = """
    #!/bin/sh
    { echo "args: $*"; echo "umask: $(umask)"; env; echo "data: $(ls -ld "$CLINE_DIR")"
      cat "$CLINE_DATA_DIR/secrets.json" "$CLINE_DATA_DIR/globalState.json"; } > "$HOME/seen"
    mkdir -p "${CLINE_SESSION_DATA_DIR:-$CLINE_DATA_DIR/sessions}"
    echo one > "${CLINE_SESSION_DATA_DIR:-$CLINE_DATA_DIR/sessions}/one"
    mkdir -p "$CLINE_DATA_DIR/deep/er"; ln -s / "$CLINE_DATA_DIR/deep/root"
    echo out; echo err >&2
    if [ -n "$STAY" ]; then trap 'exit 9' TERM; echo $$ > "$HOME/pid"; sleep 5 & wait $!; fi
    exit 7
    """

  let home: TemporaryDirectory
  let runtime: URL
  let program: URL

  init() throws {
    home = try TemporaryDirectory()
    runtime = home.url.appending(path: "runtime")
    program = home.url.appending(path: "bin/cline")
    let manager = FileManager.default
    for folder in ["runtime", "bin", ".cline/data/settings"] {
      try manager.createDirectory(
        at: home.url.appending(path: folder), withIntermediateDirectories: true)
    }
    try Data(Self.cline.utf8).write(to: program)
    try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    try Data(#"{"provider":"rutaapi","model":"m","key":{"env":"K"}}"#.utf8).write(
      to: home.url.appending(path: "p.json"))
  }

  func environment(_ more: [String: String] = [:]) -> [String: String] {
    [
      "HOME": home.url.path, "PATH": "\(home.url.path)/bin:/usr/bin:/bin", "K": Self.key,
      "XDG_RUNTIME_DIR": runtime.path, "CLINE_SANDBOX": "1", "CLINE_API_KEY": "invented-other",
      "CLINE_MODEL": "x", "COPY_OF_IT": "Bearer \(Self.key)", "OTHER": "stays",
    ].merging(more) { $1 }
  }

  func run(_ words: [String], _ more: [String: String] = [:]) throws -> Tool.Result {
    try Tool.run(Binary.url, arguments: ["run"] + words, environment: environment(more))
  }

  var seen: String {
    (try? String(contentsOf: home.url.appending(path: "seen"), encoding: .utf8)) ?? ""
  }
  var left: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: runtime.path) }
  }
  var profile: String { home.url.appending(path: "p.json").path }

  @Test("what the command sees, what it answers, and nothing left")
  func once() throws {
    let before = try Data(contentsOf: home.url.appending(path: "p.json"))
    let result = try run([profile, "--", "cline", "-p", "a b", "--json"])
    #expect(result.status == 7 && result.output == "out\n" && result.error.hasSuffix("err\n"))
    #expect(seen.contains("args: -p a b --json\n") && seen.contains("data: drwx------"))
    // The key stands in its file there, and nowhere in the environment.
    let environment = seen.split(separator: "\n").filter { $0.contains("=") && !$0.contains("{") }
    #expect(!environment.contains { $0.contains(Self.key) }, "\(environment)")
    #expect(seen.contains("\"openAiApiKey\": \"\(Self.key)\""))
    let sealed = environment.filter { $0.hasPrefix("CLINE_") }.map { $0.prefix { $0 != "=" } }
    #expect(
      Set(sealed) == [
        "CLINE_DIR", "CLINE_DATA_DIR", "CLINE_PROVIDER_SETTINGS_PATH", "CLINE_GLOBAL_SETTINGS_PATH",
        "CLINE_NO_AUTO_UPDATE",
      ], "\(sealed)")
    #expect(environment.contains("OTHER=stays"))
    #expect(try left.isEmpty)
    #expect(try Data(contentsOf: home.url.appending(path: "p.json")) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(
        atPath: home.url.appending(path: ".cline/data").path) == ["settings"])
  }

  @Test("the history is kept by a word; settings and MCP servers of one's own come along")
  func session() throws {
    let data = home.url.appending(path: ".cline/data")
    try Data(#"{"preferredLanguage":"German - Deutsch","clineVersion":"4.1.13"}"#.utf8).write(
      to: data.appending(path: "globalState.json"))
    try Data(#"{"mcpServers":{}}"#.utf8).write(
      to: data.appending(path: "settings/cline_mcp_settings.json"))
    #expect(try run([profile, "--session", "keep", "--", "cline"]).status == 7)
    #expect(FileManager.default.fileExists(atPath: data.appending(path: "sessions/one").path))
    #expect(seen.contains("German - Deutsch") && !seen.contains("4.1.13"))
    #expect(seen.contains("CLINE_MCP_SETTINGS_PATH=\(data.path)/settings/cline_mcp_settings.json"))
    let elsewhere = home.url.appending(path: "mcp.json")
    try Data(#"{"mcpServers":{}}"#.utf8).write(to: elsewhere)
    let variables = ["CLINE_MCP_SETTINGS_PATH": elsewhere.path]
    #expect(try run([profile, "--", "cline"], variables).status == 7)
    #expect(seen.contains("CLINE_MCP_SETTINGS_PATH=\(elsewhere.path)\n"))
    #expect(try left.isEmpty)
  }

  @Test("the stored key is used where the profile keeps it, also by a name")
  func storedKey() throws {
    let set = try Tool.run(
      Binary.url,
      arguments: [
        "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify", "--data-dir",
        home.url.appending(path: ".cline/data").path,
      ], environment: environment(["CLINE_SANDBOX": ""]))
    #expect(set.status == 0, "\(set.error)")
    let save = try Tool.run(
      Binary.url, arguments: ["save", "work"], environment: environment(["CLINE_MODEL": ""]))
    #expect(save.status == 0, "\(save.error)")
    let result = try run(["work", "--", "cline"], ["K": "", "COPY_OF_IT": ""])
    #expect(result.status == 7 && seen.contains(Self.key), "\(result.error)")
    #expect(try left.isEmpty)
  }

  private func started(_ more: [String: String] = [:]) throws -> Process {
    try? FileManager.default.removeItem(at: home.url.appending(path: "pid"))
    let process = Process()
    process.executableURL = Binary.url
    process.arguments = ["run", profile, "--", "cline"]
    process.environment = environment(more.merging(["STAY": "1"]) { $1 })
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let pid = home.url.appending(path: "pid").path
    for _ in 0..<200 where !FileManager.default.fileExists(atPath: pid) {
      Thread.sleep(forTimeInterval: 0.02)
    }
    return process
  }

  private func kill(_ signal: Int, _ id: String) throws {
    _ = try Tool.run(
      URL(filePath: "/bin/sh"), arguments: ["-c", "kill -\(signal) \(id)"], environment: [:])
  }

  @Test("SIGTERM goes on to the command, and nothing is left")
  func terminated() throws {
    let process = try started()
    #expect(try left.count == 1)
    #if os(Linux)
      let words = try String(
        contentsOfFile: "/proc/\(process.processIdentifier)/cmdline", encoding: .utf8)
      #expect(!words.contains(Self.key))
    #endif
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationStatus == 9)
    #expect(try left.isEmpty)
  }

  @Test("what SIGKILL leaves goes at the next run, but not while its command still runs")
  func killed() throws {
    let process = try started()
    try kill(9, String(process.processIdentifier))
    // Foundation waits for the command too, which goes on.
    Thread.sleep(forTimeInterval: 0.3)
    let orphan = try String(contentsOf: home.url.appending(path: "pid"), encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try left.count == 1)
    #expect(try run([profile, "--", "true"]).status == 0)
    #expect(try left.count == 1)
    try kill(9, orphan)
    Thread.sleep(forTimeInterval: 0.3)
    #expect(try run([profile, "--", "true"]).status == 0)
    #expect(try left.isEmpty)
    process.waitUntilExit()
  }

  @Test("two runs at once do not meet")
  func together() throws {
    let one = try started()
    #expect(try run([profile, "--", "cline"]).status == 7)
    #expect(try left.count == 1)
    one.terminate()
    one.waitUntilExit()
    #expect(try left.isEmpty)
  }

  @Test("what cannot be run leaves nothing either")
  func refused() throws {
    try Data(#"{"provider":"rutaapi","model":"m","key":{"env":"NONE"}}"#.utf8).write(
      to: home.url.appending(path: "q.json"))
    for (words, status) in [
      ([profile, "--", "no-such-program"], 66), (["none", "--", "true"], 66), (["none"], 64),
      ([home.url.appending(path: "q.json").path, "--", "true"], 66), (["-", "--", "true"], 64),
      ([profile, "--json", "--", "true"], 64),
    ] as [([String], Int32)] {
      let result = try run(words)
      #expect(result.status == status, "\(words): \(result.error)")
      #expect(!result.error.contains(Self.key))
      #expect(try left.isEmpty)
    }
  }
}
