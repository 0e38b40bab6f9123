import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("A real provider on this machine is asked through curl", .serialized)
struct ProviderTests {
  let home: TemporaryDirectory
  let key = "invented-key-0001-abcdef"

  init() throws { home = try TemporaryDirectory() }

  var data: URL { home.url.appending(path: ".cline/data") }

  /// Makes RutaAPI's address the test server's, as a provider file of the user's.
  func override(_ root: String) throws {
    let folder = home.url.appending(path: ".config/clinecfg/providers")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = """
      {"id": "rutaapi", "name": "RutaAPI", "roots": ["\(root)"], "variables": ["RUTAAPI_API_KEY"]}
      """
    try Data(text.utf8).write(to: folder.appending(path: "rutaapi.json"))
  }

  func run(_ words: String..., variables: [String: String] = [:]) throws -> Tool.Result {
    try Binary.run(
      words, home: home.url, variables: ["K": key].merging(variables) { $1 })
  }

  func server(tls: Bool = false) throws -> ProviderServer? {
    guard Tool.find("curl") != nil, let server = try ProviderServer(tls: tls) else {
      Tool.skip("curl, python3 or openssl", consequence: "no provider was asked")
      return nil
    }
    return server
  }

  @Test("one go: the list, the change, the proof")
  func oneGo() throws {
    guard let server = try server() else { return }
    try override("http://127.0.0.1:\(server.port)/good/v1")
    let run = try run("set-provider", "rutaapi", "--key-env", "K", "--model", "m-1", "--json")
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(run.output.contains("\"verified\": true"))
    #expect(server.received == ["GET /good/v1/models Bearer \(key)"])
    let verify = try self.run("verify")
    #expect(verify.status == 0 && verify.output.contains("request id req-77"), "\(verify.output)")
    #expect(server.received.last == "POST /good/v1/chat/completions Bearer \(key)")
    #expect(try self.run("models").output == "m-1\nm-2\n")
    // Not offered: refused, and nothing is written.
    let before = try Data(contentsOf: data.appending(path: "globalState.json"))
    let wrong = try self.run("set-provider", "rutaapi", "--model", "m-3")
    #expect(wrong.status == 78 && wrong.error.contains("MODEL303"))
    #expect(try Data(contentsOf: data.appending(path: "globalState.json")) == before)
  }

  @Test(
    "each answer has its rule, its exit code and a next step, with --json and without",
    arguments: [
      ("401", "LIVE803", 76), ("403", "LIVE804", 76), ("404", "LIVE808", 76),
      ("429", "LIVE806", 76),
      ("503", "LIVE807", 76), ("html", "LIVE802", 76), ("redirect", "LIVE802", 76),
      ("truncated", "LIVE802", 76), ("text", "LIVE802", 76), ("endless", "LIVE801", 69),
      ("reset", "LIVE801", 69), ("slow", "LIVE801", 69),
    ] as [(String, String, Int32)])
  func answers(scenario: String, rule: String, code: Int32) throws {
    guard let server = try server() else { return }
    let url = "http://127.0.0.1:\(server.port)/\(scenario)/v1"
    let text = try run("models", "custom", "--base-url", url, "--key-env", "K")
    #expect(text.status == code, "\(text.output)\(text.error)")
    #expect(text.error.contains("  \(rule)\n") && text.error.contains("help: "), "\(text.error)")
    #expect(!(text.output + text.error).contains(key))
    let json = try run("models", "custom", "--base-url", url, "--key-env", "K", "--json")
    let answer = try JSONDocument(parsing: Array(json.output.utf8))
    #expect(json.status == code && answer["/ok"] == false)
    #expect(answer["/findings/0/rule"]?.string == rule)
  }

  @Test(
    "a missing model is told apart from a missing route",
    arguments: [("chat404model", "does not know the model"), ("chat404route", "no such route")])
  func notFound(scenario: String, words: String) throws {
    guard let server = try server() else { return }
    try override("http://127.0.0.1:\(server.port)/\(scenario)/v1")
    #expect(try run("set-provider", "rutaapi", "--key-env", "K", "--model", "m-1").status == 0)
    let verify = try run("verify")
    #expect(verify.status == 76 && verify.output.contains("LIVE805"))
    #expect(verify.output.contains(words), "\(verify.output)")
  }

  @Test("five thousand models are a list like any other")
  func many() throws {
    guard let server = try server() else { return }
    let run = try run(
      "models", "custom", "--base-url", "http://127.0.0.1:\(server.port)/many/v1", "--key-env", "K",
      "--filter", "m-4999")
    #expect(run.output == "m-4999\n")
  }

  @Test("a redirect is not followed: nothing arrives where it leads")
  func redirect() throws {
    guard let server = try server() else { return }
    _ = try run(
      "models", "custom", "--base-url", "http://127.0.0.1:\(server.port)/redirect/v1", "--key-env",
      "K")
    #expect(server.received.count == 1 && !server.received.contains { $0.contains("stolen") })
  }

  @Test("nobody there: written with a warning; with --verify not at all")
  func cut() throws {
    try override("http://127.0.0.1:9/v1")
    let strict = try run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--verify")
    #expect(strict.status == 69 && strict.error.contains("connection refused"))
    #expect(!FileManager.default.fileExists(atPath: data.path))
    let run = try run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--json")
    #expect(run.status == 0 && run.output.contains("\"verified\": null"))
    #expect(run.output.contains("LIVE801"))
    // A name that has no address, told apart.
    let unknown = try self.run(
      "models", "custom", "--base-url", "https://no-such-host.invalid/v1", "--key-env", "K",
      variables: ["https_proxy": "", "http_proxy": ""])
    #expect(unknown.status == 69 && unknown.error.contains("DNS lookup failed"), "\(unknown.error)")
  }

  @Test("a private certificate is refused, and trusted by either of the usual variables")
  func certificates() throws {
    guard let server = try server(tls: true) else { return }
    let words = [
      "models", "custom", "--base-url", "https://localhost:\(server.port)/good/v1", "--key-env",
      "K",
    ]
    func ask(_ variables: [String: String]) throws -> Tool.Result {
      try Binary.run(words, home: home.url, variables: ["K": key].merging(variables) { $1 })
    }
    let refused = try ask([:])
    #expect(refused.status == 69 && refused.error.contains("not trusted"), "\(refused.error)")
    #expect(server.received.isEmpty)
    let authority = server.folder.url.appending(path: "ca.pem").path
    for name in ["SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"] {
      let trusted = try ask([name: authority])
      #expect(trusted.output == "m-1\nm-2\n", "\(name): \(trusted.error)")
    }
  }

  @Test("curl's words and environment never hold the key, and its own settings are not read")
  func child() throws {
    guard let strace = Tool.find("strace"), let server = try server() else {
      return Tool.skip("strace", consequence: "curl's words were not looked at")
    }
    try Data("url = \"http://127.0.0.1:\(server.port)/stolen\"\n".utf8).write(
      to: home.url.appending(path: ".curlrc"))
    let log = home.url.appending(path: "trace")
    let run = try Tool.run(
      strace,
      arguments: [
        "-f", "-v", "-s", "65536", "-o", log.path, "-e", "trace=execve", Binary.url.path, "models",
        "custom", "--base-url", "http://127.0.0.1:\(server.port)/good/v1", "--key-env", "K",
      ], environment: ["HOME": home.url.path, "PATH": "/usr/bin:/bin", "K": key])
    #expect(run.status == 0, "\(run.error)")
    let calls = try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
    let curl = calls.filter { $0.contains("execve(") && $0.contains("curl\"") }
    #expect(!curl.isEmpty && curl.allSatisfy { !$0.contains(key) }, "\(curl)")
    #expect(!server.received.contains { $0.contains("stolen") })
  }

  @Test("without curl the rest works, and the feature says so")
  func noCurl() throws {
    try override("http://127.0.0.1:9/v1")
    let empty = home.url.appending(path: "empty").path
    let run = try run(
      "set-provider", "rutaapi", "--key-env", "K", "--model", "m", variables: ["PATH": empty])
    #expect(run.status == 0 && run.output.contains("there is no curl"), "\(run.output)\(run.error)")
    let verify = try self.run("verify", variables: ["PATH": empty])
    #expect(verify.status == 69 && verify.output.contains("install curl"))
  }

  static let driver = """
    import os, pty, select, signal, sys, termios, time
    signal.alarm(40)
    binary, home, steps = sys.argv[1], sys.argv[2], sys.argv[3].split(',')
    pid, fd = pty.fork()
    if pid == 0:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execve(binary, [binary, 'set-provider', 'rutaapi'],
                  {'HOME': home, 'PATH': '/usr/bin:/bin', 'TERM': 'xterm', 'NO_COLOR': '1'})
    out = b''
    def wait(word, seconds=8):
        global out
        end = time.time() + seconds
        while time.time() < end and not (word and word in out):
            if select.select([fd], [], [], 0.05)[0]:
                try: data = os.read(fd, 65536)
                except OSError: return
                if not data: return
                out += data
    keys = {'key': b'CANARY7Qz9Xw2Lm4\\n', 'down': b'\\x1b[B', 'enter': b'\\r', 'two': b'2', 'int': b'\\x03'}
    wait(b'(not shown): ')
    time.sleep(0.3)
    for step in steps:
        os.write(fd, keys[step])
        if step == 'key': wait(b'RutaAPI model (')
        time.sleep(0.3)
    code, end = -1, time.time() + 15
    while time.time() < end:
        wait(None, 0.1)
        p, status = os.waitpid(pid, os.WNOHANG)
        if p:
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
            break
    echo = True
    try: echo = bool(termios.tcgetattr(fd)[3] & termios.ECHO)
    except termios.error: pass
    print('code', code, 'echo', echo, 'shown', b'CANARY7Q' in out)
    """

  @Test(
    "on a terminal the key is asked for and the model picked; Ctrl-C leaves all as it was",
    arguments: [
      ("key,down,enter", "0", "m-2"), ("key,two,enter", "0", "m-2"), ("key,enter", "0", "m-1"),
      ("key,int", "130", nil), ("int", "130", nil), ("key,down,int", "130", nil),
    ] as [(String, String, String?)])
  func terminal(steps: String, code: String, model: String?) throws {
    guard let python = Tool.find("python3"), let server = try server() else {
      return Tool.skip("python3", consequence: "no model was picked on a terminal")
    }
    try override("http://127.0.0.1:\(server.port)/good/v1")
    let run = try Tool.run(
      python, arguments: ["-c", Self.driver, Binary.url.path, home.url.path, steps])
    #expect(
      run.output.contains("code \(code) echo True shown False"),
      "\(steps): \(run.output)\(run.error)")
    guard let model else {
      #expect(!FileManager.default.fileExists(atPath: data.path))
      return
    }
    #expect(try self.run("get", "globalState:/actModeOpenAiModelId").output == model + "\n")
  }
}
