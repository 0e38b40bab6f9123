import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// The built program, next to the tests that were built with it.
enum Binary {
  static var url: URL {
    let words = CommandLine.arguments
    let bundle = words.first { $0.hasSuffix(".xctest") } ?? words[0]
    let beside = URL(filePath: bundle).deletingLastPathComponent().appending(path: "clinecfg")
    return FileManager.default.isExecutableFile(atPath: beside.path)
      ? beside : Fixtures.root.appending(path: ".build/debug/clinecfg")
  }

  static func run(
    _ words: [String], home: URL, input: String = "", variables: [String: String] = [:]
  ) throws -> Tool.Result {
    // Whatever is asked beyond this machine meets a proxy that is not there.
    var environment = [
      "HOME": home.path, "PATH": "/usr/bin:/bin", "http_proxy": "http://127.0.0.1:9",
      "https_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1,localhost",
    ]
    environment.merge(variables) { $1 }
    return try Tool.run(url, arguments: words, input: input, environment: environment, in: home)
  }
}

@Suite("The built program")
struct BinaryTests {
  let home: TemporaryDirectory
  let variables = ["K": "invented-new-key-0001"]
  let setUp = ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify"]

  init() throws { home = try TemporaryDirectory() }

  var data: URL { home.url.appending(path: ".cline/data") }

  func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(
      atPath: data.appending(path: path).path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test("sets up an empty machine, shows it, and takes it back")
  func mainJob() throws {
    #expect(try Binary.run(setUp, home: home.url, variables: variables).status == 0)
    #expect(
      try mode("secrets.json") == 0o600 && mode("settings/providers.json") == 0o600
        && mode(".clinecfg") == 0o700)
    let show = try Binary.run(["show"], home: home.url)
    #expect(
      show.output.components(separatedBy: "https://api.rutaapi.com/v1/chat/completions").count == 3)
    #expect(show.output.contains("JetBrains, CLI 2\n  as VS Code\n"), "\(show.output)")
    let before =
      try FileManager.default.attributesOfItem(
        atPath: data.appending(path: "globalState.json").path)[.modificationDate] as? Date
    let again = try Binary.run(setUp + ["--json"], home: home.url, variables: variables)
    #expect(again.output.contains("\"changed\": false"))
    let after =
      try FileManager.default.attributesOfItem(
        atPath: data.appending(path: "globalState.json").path)[.modificationDate] as? Date
    #expect(before == after)
    #expect(try Binary.run(["undo"], home: home.url).status == 0)
    #expect(!FileManager.default.fileExists(atPath: data.appending(path: "globalState.json").path))
  }

  @Test(
    "what it leaves, Node reads",
    arguments: ["globalState.json", "secrets.json", "settings/providers.json"])
  func nodeReads(path: String) throws {
    guard let node = Tool.find("node") else {
      return Tool.skip("node", consequence: "no JSON.parse read our files")
    }
    #expect(try Binary.run(setUp, home: home.url, variables: variables).status == 0)
    let script =
      "const t=require('fs').readFileSync(process.argv[1],'utf8');const n=t.endsWith('\\n')?'\\n':'';process.exit(JSON.stringify(JSON.parse(t),null,2)+n===t?0:1)"
    #expect(
      try Tool.run(node, arguments: ["-e", script, data.appending(path: path).path]).status == 0)
  }

  @Test("links stay links, and wide secrets become private")
  func links() throws {
    let manager = FileManager.default
    let dotfiles = home.url.appending(path: "dotfiles")
    try manager.createDirectory(at: dotfiles, withIntermediateDirectories: true)
    try manager.createDirectory(at: data, withIntermediateDirectories: true)
    try Data("{\n  \"mode\": \"act\"\n}".utf8).write(to: dotfiles.appending(path: "state.json"))
    try Data("{}".utf8).write(to: data.appending(path: "secrets.json"))
    try manager.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: data.appending(path: "secrets.json").path)
    try manager.createSymbolicLink(
      atPath: data.appending(path: "globalState.json").path,
      withDestinationPath: "../../dotfiles/state.json")
    #expect(try Binary.run(setUp, home: home.url, variables: variables).status == 0)
    #expect(
      try manager.destinationOfSymbolicLink(atPath: data.appending(path: "globalState.json").path)
        == "../../dotfiles/state.json")
    #expect(
      try String(contentsOf: dotfiles.appending(path: "state.json"), encoding: .utf8).contains(
        "\"mode\": \"act\","))
    #expect(try mode("secrets.json") == 0o600)
  }

  @Test("a file that others may not change is left as it is, as a user without privileges")
  func permissions() throws {
    guard let setpriv = Tool.find("setpriv"), getuid() == 0 else {
      return Tool.skip("setpriv or root", consequence: "no refusal by the kernel was seen")
    }
    let manager = FileManager.default
    try manager.createDirectory(at: data, withIntermediateDirectories: true)
    try Data("{}".utf8).write(to: data.appending(path: "globalState.json"))
    for path in [home.url.path, home.url.appending(path: ".cline").path, data.path] {
      try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    let words = ["--reuid=65534", "--regid=65534", "--clear-groups", Binary.url.path] + setUp
    let run = try Tool.run(
      setpriv, arguments: words, environment: ["HOME": home.url.path, "K": "invented-key-0001"])
    #expect(run.status == 77, "\(run.error)")
    #expect(run.error.contains("permission denied") && run.error.contains(".clinecfg"))
    #expect(try manager.contentsOfDirectory(atPath: data.path) == ["globalState.json"])
  }

  @Test(
    "the key stands in no child's words or environment, and files are private from the first byte")
  func trace() throws {
    guard let strace = Tool.find("strace") else {
      return Tool.skip("strace", consequence: "no system call was looked at")
    }
    let log = home.url.appending(path: "trace")
    let canary = "CANARY7Qz9Xw2Lm4Rt8Kv1"
    for (umask, words) in [
      ("000", setUp),
      ("077", ["set-provider", "rutaapi", "--model", "m2", "--key-command", "cat $HOME/key"]),
    ] {
      try Data(canary.utf8).write(to: home.url.appending(path: "key"))
      let line =
        "umask \(umask); exec \(strace.path) -f -s 4096 -o \(log.path) -e trace=execve,openat,mkdir,write \(Binary.url.path) "
        + words.map { "'\($0)'" }.joined(separator: " ")
      let run = try Tool.run(
        URL(filePath: "/bin/sh"), arguments: ["-c", line],
        environment: ["HOME": home.url.path, "PATH": "/usr/bin:/bin", "K": canary])
      #expect(run.status == 0, "\(run.error)")
      let calls = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
      for call in calls {
        if call.contains("execve(") { #expect(!call.contains(canary), "\(call)") }
        // Standard output and error: never the key.
        if call.contains("write(1,") && !call.contains("CANARY\"") || call.contains("write(2,") {
          #expect(
            umask == "077" && call.contains("write(1, \"\(canary)\"") || !call.contains(canary),
            "\(call)")
        }
        guard call.contains("openat("), call.contains("O_CREAT"), call.contains(home.url.path)
        else { continue }
        #expect(
          call.contains("0600") && call.contains("O_NOFOLLOW") && call.contains("O_CLOEXEC"),
          "\(call)")
        #expect(call.contains("O_EXCL") || call.contains("/lock\""), "\(call)")
      }
      #expect(
        calls.contains {
          $0.contains("O_CREAT") && $0.contains("/.clinecfg/")
        })
      #expect(try mode("secrets.json") == 0o600)
    }
  }

  @Test("killed at any of its calls, the next run finds all old or all new")
  func killed() throws {
    guard let strace = Tool.find("strace") else {
      return Tool.skip("strace", consequence: "no real process was killed at a real call")
    }
    var sides: Set<Bool> = []
    var kills = 0
    // Every occurrence of every changing call in CI; elsewhere one in a few.
    let stride = ProcessInfo.processInfo.environment["CI"] == nil ? 5 : 1
    let names = ["openat", "write", "fsync", "renameat2", "rename", "unlink", "fchmod", "mkdir"]
    let log = home.url.appending(path: "trace")
    #expect(try Binary.run(setUp, home: home.url, variables: variables).status == 0)
    _ = try Tool.run(
      strace,
      arguments: [
        "-f", "-o", log.path, "-e", "trace=\(names.joined(separator: ","))", Binary.url.path,
        "set-provider", "rutaapi", "--key-env", "K", "--model", "m-after",
      ],
      environment: ["HOME": home.url.path, "K": "invented-other-key-0002"])
    let trace = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
    for call in names {
      let count = trace.count { $0.contains(" \(call)(") }
      // What comes before our own files is the loading of the program.
      let first =
        (trace.filter { $0.contains(" \(call)(") }.firstIndex {
          $0.contains(home.url.path) || call != "openat" && call != "write"
        } ?? 0) + 1
      for number in Swift.stride(from: first, through: count, by: stride) {
        kills += 1
        let home = try TemporaryDirectory()
        #expect(try Binary.run(setUp, home: home.url, variables: variables).status == 0)
        let data = home.url.appending(path: ".cline/data")
        func contents() throws -> [String] {
          try ["globalState.json", "secrets.json", "settings/providers.json"].map {
            try String(contentsOf: data.appending(path: $0), encoding: .utf8)
          }
        }
        let before = try contents()
        _ = try Tool.run(
          strace,
          arguments: [
            "-f", "-o", "/dev/null", "-e", "trace=\(call)", "-e",
            "inject=\(call):signal=KILL:when=\(number)", Binary.url.path,
            "set-provider", "rutaapi", "--key-env", "K", "--model", "m-after",
          ],
          environment: ["HOME": home.url.path, "K": "invented-other-key-0002"])
        for text in try contents() { _ = try JSONDocument(parsing: Array(text.utf8)) }
        #expect(try Binary.run(["recover"], home: home.url).status == 0)
        let now = try contents()
        let isNew = now.allSatisfy {
          $0.contains("m-after") || $0.contains("invented-other-key-0002")
        }
        #expect(now == before || isNew, "killed at \(call) \(number)")
        sides.insert(isNew)
        let strays = try FileManager.default.subpathsOfDirectory(atPath: data.path).filter {
          $0.contains(".tmp") || $0.contains("pending/")
        }
        #expect(strays.isEmpty, "killed at \(call) \(number): \(strays)")
      }
    }
    print("killed under strace at \(kills) calls: all old or all new each time")
    #expect(sides == [true, false])
  }
}
