import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("Asking a provider")
struct LiveCheckTests {
  static let key = Secret("invented-live-key-0001")

  func check(_ transport: any HTTPTransport, _ change: (inout Triple) -> Void = { _ in })
    -> LiveCheck
  {
    var triple = Triple(
      provider: "rutaapi", baseURL: "https://api.rutaapi.com/v1/", key: Self.key, model: "m")
    change(&triple)
    return LiveCheck(triple, catalog: .bundled, through: transport)
  }

  @Test("all pages of a list are read, in the provider's own way")
  func pages() {
    let transport = ScriptedTransport { request in
      let isSecond = request.url.contains("after")
      let body: JSONValue =
        isSecond
        ? ["data": [["id": "b"]]]
        : ["data": [["id": "a"]], "has_more": true, "last_id": "a"]
      return .success(HTTPResponse(status: 200, body: body.bytes()))
    }
    let answer = check(transport).models()
    #expect(answer.offered?.ids == ["a", "b"])
    #expect(transport.requests.map(\.url).last == "https://api.rutaapi.com/v1/models?after=a")
    #expect(transport.requests[0].bearer == Self.key)
    let anthropic = check(transport) {
      ($0.provider, $0.slotID) = ("anthropic", "anthropic")
      $0.baseURL = nil
    }
    #expect(anthropic.models().offered?.ids == ["a", "b"])
    let last = transport.requests.last
    #expect(last?.url.contains("after_id=a") == true && last?.headers["x-api-key"] == Self.key)
  }

  @Test("what is no list is no list, and says what came")
  func noList() {
    for body in ["<html>", "{}", #"{"data":{}}"#, "nothing"] {
      let answer = check(ScriptedTransport(status: 200, body)).models()
      #expect(answer.offered == nil && answer.exchange.response?.status == 200, "\(body)")
    }
    let failed = check(NoTransport()).models()
    #expect(failed.offered == nil && failed.exchange.error?.kind == .noTransport)
  }

  @Test("a chat is a few tokens, and newer models are asked in their way")
  func chat() throws {
    for (model, field) in [("m", "max_tokens"), ("gpt-5.6-sol", "max_completion_tokens")] {
      let transport = ScriptedTransport(status: 200)
      let exchange = check(transport) { $0.model = model }.chat()
      #expect(exchange.question == .chat && exchange.model == model)
      let request = try #require(transport.requests.first)
      #expect(request.url == "https://api.rutaapi.com/v1/chat/completions")
      let body = try JSONDocument(parsing: try #require(request.body)).root
      #expect(body["model"]?.string == model && body[JSONKey(field)] != nil)
    }
    let local = check(ScriptedTransport(models: ["q"])) {
      ($0.slotID, $0.provider) = ("ollama", "ollama")
      ($0.baseURL, $0.key) = ("http://localhost:11434", Secret(Triple.keyForKeyless))
    }
    #expect(local.root == "http://localhost:11434" && !local.listProvesKey)
    #expect(local.models().offered?.ids == ["q"])
  }

  @Test("a server that repeats the key is cleaned")
  func cleaned() {
    let body = #"{"error":{"message":"no such key: invented-live-key-0001"}}"#
    let exchange = check(ScriptedTransport(status: 401, body)).chat()
    #expect(exchange.serverWords?.contains("invented-live") == false)
    #expect(
      exchange.response.map { String(decoding: $0.body, as: UTF8.self) }?.contains("live-key")
        == false)
    #expect(RuleSet.standard.findings(in: exchange).map(\.rule) == [.unauthorized])
  }

  @Test("accepted keys are known again by a digest, and forgotten")
  func accepted() throws {
    let bench = Bench()
    let host = bench.host
    #expect(AcceptedKeys.load(on: host) == nil)
    AcceptedKeys.remember(Self.key, of: "groq", on: host)
    AcceptedKeys.remember(Secret("invented-other-0001"), of: "xai", on: host)
    let known = try #require(AcceptedKeys.load(on: host))
    #expect(known.sightings(of: Self.key).map(\.providers) == [["groq"]])
    #expect(known.sightings(of: Secret("invented-nobody")).isEmpty)
    for (path, bytes) in bench.files.files(below: "/home/u") {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("invented"), "\(path)")
    }
    #expect(try AcceptedKeys.forget(provider: "groq", on: host) == 1)
    #expect(try AcceptedKeys.forget(provider: nil, on: host) == 1)
    #expect(try AcceptedKeys.forget(provider: nil, on: host) == 0)
    // A file that is not ours is no memory, and no crash.
    for path in bench.files.files(below: "/home/u").keys { bench.files.put("[1]", at: path) }
    #expect(AcceptedKeys.load(on: host)?.sightings(of: Self.key).isEmpty ?? true)
  }

  @Test("curl is told everything on its standard input, and its answer is read whole")
  func curl() throws {
    let files = InMemoryFileSystem()
    files.put("#!", at: "/bin/curl", mode: 0o755)
    var host = HostEnvironment.test(
      files, variables: ["PATH": "/bin", "https_proxy": "p", "X": "y"])
    let text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\n\r\n{}\n200 0.25"
    func answering(_ status: Int32, _ output: String = "") -> CurlTransport {
      host.run = { child in
        #expect(child.arguments == ["/bin/curl", "-q", "--config", "-"])
        #expect(child.environment == ["PATH": "/bin", "https_proxy": "p"])
        return .init(
          output: Array(output.utf8), status: status, timedOut: status == 99,
          exceededLimit: status == 98)
      }
      return CurlTransport(host: host)
    }
    var request = HTTPRequest(
      url: "https://api.example.com/v1", bearer: Self.key, headers: ["X-\"A": Secret("a\\b\nc")])
    request.body = Array("{}".utf8)
    let response = try answering(0, text).send(request)
    #expect(response.status == 200 && response.requestID == "r-1" && response.milliseconds == 250)
    #expect(response.body == Array("{}".utf8))
    let configuration = String(
      decoding: CurlTransport.configuration(request, certificates: "/c.pem"), as: UTF8.self)
    #expect(configuration.contains(#"header = "X-\"A: a\\b\nc""#), "\(configuration)")
    #expect(configuration.contains("cacert") && !configuration.contains("noproxy"))
    let kinds: [(Int32, HTTPTransportError.Kind)] = [
      (6, .unresolved), (7, .refused), (28, .timedOut), (60, .untrusted), (63, .tooLarge),
      (97, .proxy), (52, .broken), (8, .notHTTP), (200, .broken), (99, .timedOut), (98, .tooLarge),
      (0, .notHTTP),
    ]
    for (status, kind) in kinds {
      let error = #expect(throws: HTTPTransportError.self) { try answering(status).send(request) }
      #expect(error?.kind == kind, "\(status)")
      #expect(error?.description.isEmpty == false)
    }
    request.url = "no address"
    #expect(throws: HTTPTransportError(.noAddress, host: "")) { try answering(0).send(request) }
    host.variables = [:]
    request.url = "https://api.example.com/v1"
    #expect(throws: HTTPTransportError.self) { try CurlTransport(host: host).send(request) }
  }
}
