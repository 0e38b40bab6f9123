import ClineConfig
import ClinecfgCommands
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("A server that repeats the key gets nothing printed of it")
struct LeakTests {
  /// Where a server can put something, besides the body.
  static let headers = [
    "x-request-id", "request-id", "cf-ray", "retry-after", "location", "content-type", "server",
    "www-authenticate",
  ]

  /// Bodies with something of the server's in them.
  static let bodies: [@Sendable (JSONValue) -> JSONValue] = [
    { ["error": ["message": $0, "code": $0, "type": $0]] },
    { ["error": $0] }, { ["message": $0] }, { ["detail": $0] },
    { ["data": [["id": "m-1"], ["id": $0], ["name": $0]]] },
    { ["data": [["id": "m-1"]], "has_more": true, "last_id": $0] },
    { ["models": [$0, "m-1"]] }, { [$0, $0] }, { ["choices": [["message": ["content": $0]]]] },
  ]

  static let commands: [[String]] = [
    ["models"], ["models", "--filter", "e"], ["verify"], ["doctor", "--live", "-v"],
    ["report", "--live"], ["set-provider", "custom", "--base-url", url, "--model", "m-2"],
    ["set-provider", "custom", "--base-url", url, "--model", "m-2", "--verify", "-v"],
    ["set-provider", "custom", "--base-url", url],
    ["set-provider", "rutaapi", "--key-env", "K", "--model", "m-2"],
    ["models", "rutaapi", "--key-env", "K"], ["models", "custom", "--base-url", url],
  ]
  static let url = "https://llm.example.com/v1"

  func machine(_ key: String, transport: any HTTPTransport) -> TestMachine {
    var machine = TestMachine(variables: ["K": key])
    machine.transport = NoTransport()
    let words = ["set-provider", "custom", "--base-url", Self.url, "--model", "m-1", "--no-verify"]
    _ = machine.run(words + ["--key-stdin", "--allow", "KEY203"], input: key + "\n")
    machine.transport = transport
    return machine
  }

  static let statuses = [401, 200, 400, 403, 500, 404, 302, 429]

  /// Every key in every form; statuses, places and commands take turns, a number of times that is
  /// prime to each. `CLINECFG_ROUNDS=88` lets every form meet every status and command.
  @Test(
    "whatever the kind of key, its form, the status, the place and the command",
    arguments: KeyForms.kinds)
  func repeated(key: String) throws {
    let rounds = ProcessInfo.processInfo.environment["CLINECFG_ROUNDS"].flatMap(Int.init) ?? 1
    var turn = 7 * (KeyForms.kinds.firstIndex(of: key) ?? 0)
    var asked = 0
    for _ in 0..<rounds {
      for (name, form) in KeyForms.all {
        turn += 1
        let text = form(key)
        let status = Self.statuses[turn % Self.statuses.count]
        let body = (Self.bodies[turn % Self.bodies.count](.string("no: \(text)"))).bytes()
        let (isBare, isListGood) = (turn % 5 == 0, turn % 3 == 0)
        let response = HTTPResponse(
          status: status,
          headers: Dictionary(uniqueKeysWithValues: Self.headers.map { ($0, text) }),
          body: isBare ? Array(text.utf8) : body)
        let transport = ScriptedTransport { request in
          // In turns the list is good, and only the small request is answered so.
          isListGood && request.body == nil
            ? .success(
              HTTPResponse(status: 200, body: (["data": [["id": "m-1"]]] as JSONValue).bytes()))
            : .success(response)
        }
        let machine = machine(key, transport: transport)
        let words = Self.commands[turn % Self.commands.count]
        for extra in [[], ["--json"]] {
          let run = machine.run(words + extra)
          let printed = run.output + run.notes
          #expect(
            KeyForms.traces(of: key, in: printed).isEmpty,
            "\(name), \(status), \(words + extra): \(printed)")
        }
        asked += transport.requests.count
      }
    }
    #expect(asked > 20 * rounds, "the server was hardly asked")
  }

  @Test("a request id is printed only where it is one")
  func requestID() {
    for (id, isPrinted) in [
      ("req_0123-ab.CD:e/f", true), (String(repeating: "a", count: 81), false), ("a b", false),
      ("a\u{1B}[2J", false), ("", false), ("ä", false), ("<script>", false),
    ] {
      let response = HTTPResponse(status: 500, headers: ["x-request-id": id], body: [])
      #expect((response.requestID == id) == isPrinted, "\(id)")
    }
  }

  @Test("keys that nobody knows are not repeated either")
  func unknown() {
    let other = "sk-or-v1-" + String(repeating: "0a", count: 32)
    let transport = ScriptedTransport(
      status: 401, #"{"error":{"message":"key: zz91-xx82-yy73 or \#(other) is wrong"}}"#)
    let run = machine("invented-key-0001", transport: transport).run("verify")
    #expect(run.output.contains("is wrong"))
    #expect(!run.output.contains("zz91") && !run.output.contains("0a0a0a"))
  }
}
