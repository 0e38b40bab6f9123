import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// A person at a terminal: the hidden prompt and the picker.
@Suite("At a real terminal", .serialized)
struct TerminalTests {
  let home: TemporaryDirectory
  let key = "invented-Key-7A8B9C0D"

  init() throws { home = try TemporaryDirectory() }

  /// Runs a program on a terminal of its own. The script is pairs: what to wait for, and what to
  /// type then, or a signal's name. Prints the status, whether the terminal's settings are the
  /// former ones, and what was seen.
  static let driver = """
    import fcntl, json, os, pty, select, signal, sys, termios, time
    words, script = json.loads(sys.argv[1]), json.loads(sys.argv[2])
    terminal, end = pty.openpty()
    before = termios.tcgetattr(end)
    pid = os.fork()
    if pid == 0:
        os.setsid()
        fcntl.ioctl(end, termios.TIOCSCTTY, 0)
        for number in (0, 1, 2): os.dup2(end, number)
        os.execv(words[0], words)
    seen = b""
    def ended():
        return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    def read(seconds):
        global seen
        if not select.select([terminal], [], [], seconds)[0]: return False
        seen += os.read(terminal, 65536)
        return True
    for mark, keys in script:
        stop = time.time() + 20
        while mark.encode() not in seen:
            if time.time() > stop or ended(): sys.exit("no %r in %r" % (mark, seen))
            read(0.1)
        time.sleep(0.1)
        if keys.startswith("SIG"): os.kill(pid, getattr(signal, keys))
        else: os.write(terminal, keys.encode())
    stop = time.time() + 20
    while (not ended() or read(0.05)) and time.time() < stop: read(0.05)
    if not ended(): os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    same = termios.tcgetattr(end) == before
    print(json.dumps({"status": status, "same": same, "seen": seen.decode("utf-8", "replace")}))
    """

  struct Session {
    let status: Int
    let isTerminalRestored: Bool
    let seen: String
  }

  /// `nil` where the tools are missing.
  func session(
    _ script: [(mark: String, keys: String)], variables: [String: String] = [:],
    words: [String]? = nil
  ) throws -> Session? {
    guard let python = Tool.find("python3"), Tool.find("curl") != nil,
      let server = try ProviderServer()
    else {
      Tool.skip("python3 or curl", consequence: "no terminal was tried")
      return nil
    }
    func text(_ value: JSONValue) -> String {
      String(decoding: value.bytes(layout: .compact), as: UTF8.self)
    }
    let url = "http://127.0.0.1:\(server.port)/good/v1"
    // A provider of one's own, to be picked.
    let own = home.url.appending(path: ".config/clinecfg/providers")
    try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
    try Data(#"{"id": "zz-local", "name": "Here", "roots": ["\#(url)"]}"#.utf8).write(
      to: own.appending(path: "here.json"))
    let words =
      [Binary.url.path] + (words ?? ["set-provider", "custom", "--base-url", url])
    var environment = [
      "HOME": home.url.path, "PATH": "/usr/bin:/bin", "TERM": "xterm", "no_proxy": "127.0.0.1",
    ]
    environment.merge(variables) { $1 }
    let result = try Tool.run(
      python,
      arguments: [
        "-c", Self.driver, text(.array(words.map { .string($0) })),
        text(.array(script.map { [.string($0.mark), .string($0.keys)] })),
      ], environment: environment, in: home.url)
    let json = try JSONDocument(parsing: Array(result.output.utf8))
    return Session(
      status: Int(json["/status"]?.number?.literal ?? "") ?? .min,
      isTerminalRestored: json["/same"] == true, seen: json["/seen"]?.string ?? "")
  }

  var model: String? {
    guard
      let bytes = try? Data(
        contentsOf: home.url.appending(path: ".cline/data/globalState.json"))
    else { return nil }
    return (try? JSONDocument(parsing: Array(bytes)))?["/actModeOpenAiModelId"]?.string
  }

  @Test(
    "the key is typed unseen, and the model is picked",
    arguments: [
      ("\u{1B}[B\r", "m-2"), ("\r", "m-1"), ("2\r", "m-2"), ("zz\u{7F}\u{7F}2\r", "m-2"),
    ],
    [[:], ["NO_COLOR": "1"]])
  func picks(choice: (keys: String, model: String), variables: [String: String]) throws {
    guard
      let session = try session(
        [("not shown", key + "\r"), ("m-1", choice.keys)], variables: variables)
    else { return }
    #expect(session.status == 0 && session.isTerminalRestored, "\(session.seen)")
    #expect(model == choice.model)
    #expect(!session.seen.contains(key))
  }

  @Test(
    "interrupted at any point, the terminal is as it was and nothing is written",
    arguments: ["\u{3}", "SIGTERM", "SIGINT", "SIGHUP"], [0, 1])
  func interrupted(by: String, at point: Int) throws {
    let script =
      [("not shown", key + "\r"), ("m-1", "\r")].prefix(point) + [
        (point == 0 ? "not shown" : "m-1", by)
      ]
    guard let session = try session(Array(script)) else { return }
    #expect(session.status != 0 && session.isTerminalRestored, "\(session.status) \(session.seen)")
    #expect(model == nil)
    #expect(!session.seen.contains(key))
  }

  @Test("without a provider: it is picked, then the key is typed, then the model picked")
  func firstRun() throws {
    let script = [("provider (1", "zz-l\r"), ("not shown", key + "\r"), ("m-1", "\r")]
    guard let session = try session(script, words: ["set-provider"]) else { return }
    #expect(session.status == 0 && session.isTerminalRestored, "\(session.seen)")
    #expect(session.seen.contains("Cline now uses Here"))
    #expect(model == "m-1" && !session.seen.contains(key))
  }

  @Test("without a word: what is set up, and the next step")
  func overview() throws {
    guard let empty = try session([], words: []) else { return }
    #expect(empty.status == 0 && empty.seen.contains("not set up here yet"))
    #expect(empty.seen.contains("\n    clinecfg set-provider\r\n"))
    #expect(!FileManager.default.fileExists(atPath: home.url.appending(path: ".cline").path))
    _ = try session([("not shown", key + "\r"), ("m-1", "\r")])
    guard let set = try session([], words: []) else { return }
    #expect(set.seen.contains("m-1  key …9C0D"))
    #expect(set.seen.contains("VS Code, CLI, JetBrains, CLI 2; plan and act"), "\(set.seen)")
    #expect(set.seen.contains("\n    clinecfg verify\r\n"), "\(set.seen)")
    let script = try Binary.run([], home: home.url)
    #expect(script.status == 0 && script.output.contains("\n    clinecfg verify\n"))
  }
}
