import Foundation
import LosslessJSON
import TestSupport
import Testing

/// A gateway that others wrote, on this machine. It ends with the tests.
struct Gateway: Sendable {
  let port: Int
  var baseURL: String { "http://127.0.0.1:\(port)/v1" }

  static let python = Fixtures.root.appending(path: ".build/gateways/bin/python")
  static let scripts = Fixtures.root.appending(path: "Fixtures/gateways")
  /// The key of the model server.
  static let llamaKey = "invented-llama-key-0001"

  static let litellm = start(["litellm"])
  static let llama = start(["llama", llamaKey])

  /// `nil` where its package is not installed; an issue where it is and does not start.
  private static func start(_ words: [String]) -> Gateway? {
    guard FileManager.default.fileExists(atPath: python.path),
      FileManager.default.fileExists(
        atPath: Fixtures.root.appending(path: ".build/gateways/installed").path)
    else {
      print(
        "SKIPPED: \(words[0]) is missing (.ci/gateways installs it), so no real gateway was asked")
      return nil
    }
    let process = Process()
    process.executableURL = python
    process.arguments = [scripts.appending(path: "serve.py").path] + words
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": NSTemporaryDirectory(), "PYTHONDONTWRITEBYTECODE": "1",
    ]
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch {
      Issue.record("\(words[0]) does not start: \(error)")
      return nil
    }
    // Comes when it answers; nothing comes where it ends before.
    let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    if let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) {
      return Gateway(port: port)
    }
    process.terminate()
    Issue.record("\(words[0]) does not answer")
    return nil
  }

  /// Sends what Cline would with a program that is not ours.
  static func ask(_ program: [String], _ triple: Triple) throws -> String {
    let run = try Tool.run(
      URL(filePath: "/usr/bin/env"), arguments: program,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        "HOME": NSTemporaryDirectory(), "PYTHONDONTWRITEBYTECODE": "1",
        "BASE_URL": triple.baseURL, "KEY": triple.key, "MODEL": triple.model,
      ])
    return (run.output + run.error).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// OpenAI's own library, and Node's `fetch`.
  static var clients: [[String]] {
    [[python.path, scripts.appending(path: "ask.py").path]]
      + (Tool.find("node") == nil ? [] : [["node", scripts.appending(path: "ask.mjs").path]])
  }

  struct Triple: Hashable {
    var baseURL: String
    var key: String
    var model: String
  }
}

@Suite("Real gateways answer as the rules expect", .serialized)
struct GatewayTests {
  static let every = "sk-invented-all-0001"
  static let oneModel = "sk-invented-one-0002"
  static let fewRequests = "sk-invented-few-0003"
  static let unknown = "sk-invented-bad-0009"

  let home: TemporaryDirectory
  init() throws { home = try TemporaryDirectory() }

  func run(_ words: [String], key: String = every) throws -> Tool.Result {
    try Binary.run(words, home: home.url, variables: ["K": key, "no_proxy": "127.0.0.1"])
  }

  func set(
    _ gateway: Gateway, provider: String = "custom", model: String, key: String = every,
    with options: [String] = ["--verify"]
  ) throws -> Tool.Result {
    try run(
      [
        "set-provider", provider, "--base-url", gateway.baseURL, "--key-env", "K", "--model",
        model, "--no-input",
      ] + options, key: key)
  }

  /// Each triple that `show` says some client sends, with its key from where `show` says it is.
  func shown() throws -> Set<Gateway.Triple> {
    let answer = try JSONDocument(parsing: Array(try run(["show", "--json"]).output.utf8))
    var found: Set<Gateway.Triple> = []
    for client in answer["/clients"]?.array ?? [] {
      guard let baseURL = client["baseURL"]?.string, let model = client["model"]?.string,
        let source = client["key"]?["source"]?.string
      else { continue }
      let parts = source.split(separator: ":", maxSplits: 1).map(String.init)
      let file = parts[0] == "secrets" ? "secrets.json" : "settings/providers.json"
      let bytes = try Data(contentsOf: home.url.appending(path: ".cline/data/" + file))
      let key = try JSONDocument(parsing: Array(bytes))[try #require(JSONPointer(parts[1]))]?.string
      found.insert(Gateway.Triple(baseURL: baseURL, key: key ?? "", model: model))
    }
    return found
  }

  // MARK: LiteLLM

  @Test("LiteLLM: set up and proved in one go, verified, healthy, and others' clients get answers")
  func works() throws {
    guard let gateway = Gateway.litellm else { return }
    for provider in ["custom", "litellm"] {
      #expect(
        try run(["models", provider, "--base-url", gateway.baseURL, "--key-env", "K"]).output
          == "demo-model\nother-model\nbusy-model\n")
      let set = try set(gateway, provider: provider, model: "demo-model")
      #expect(set.status == 0 && set.output.contains("\nverified: "), "\(set.output)\(set.error)")
      let verify = try run(["verify"])
      #expect(
        verify.status == 0 && verify.output.contains("✓ answered 200"),
        "\(verify.output)\(verify.error)")
      let doctor = try run(["doctor", "--live"])
      #expect(doctor.status == 0 && doctor.output.contains("nothing is wrong"), "\(doctor.output)")
      let triples = try shown()
      #expect(!triples.isEmpty)
      for triple in triples {
        #expect(triple.key == Self.every && triple.model == "demo-model")
        for client in Gateway.clients { #expect(try Gateway.ask(client, triple) == "finished") }
      }
    }
  }

  @Test(
    "LiteLLM: a key that it does not know is refused before anything is written, and told later")
  func unknownKey() throws {
    guard let gateway = Gateway.litellm else { return }
    let models = try run(
      ["models", "custom", "--base-url", gateway.baseURL, "--key-env", "K"], key: Self.unknown)
    #expect(models.status == 76 && models.error.contains("(401)") && models.output.isEmpty)
    for options in [["--verify"], []] {
      let set = try set(gateway, model: "demo-model", key: Self.unknown, with: options)
      #expect(set.status == 76 && set.error.contains("nothing was written"), "\(set.error)")
      #expect(!(set.output + set.error).contains(Self.unknown))
      #expect(try shown().isEmpty)
    }
    #expect(
      try set(gateway, model: "demo-model", key: Self.unknown, with: ["--no-verify"]).status == 0)
    for command in [["verify"], ["doctor", "--live"]] {
      let told = try run(command)
      #expect(told.status != 0 && told.output.contains("LIVE803"), "\(told.output)\(told.error)")
      #expect(!(told.output + told.error).contains(Self.unknown))
    }
    // Others' clients meet the same.
    for triple in try shown() {
      for client in Gateway.clients { #expect(try Gateway.ask(client, triple) == "401") }
    }
  }

  @Test("LiteLLM: a model that it does not have is refused, with its own list as the way on")
  func unknownModel() throws {
    guard let gateway = Gateway.litellm else { return }
    let set = try set(gateway, model: "demo-modle")
    #expect(
      set.status == 78 && set.error.contains("MODEL303")
        && set.error.contains("did you mean demo-model?"), "\(set.error)")
    #expect(try self.set(gateway, model: "demo-modle", with: ["--no-verify"]).status == 0)
    let verify = try run(["verify"])
    #expect(verify.status == 78 && verify.output.contains("MODEL303"), "\(verify.output)")
    for triple in try shown() {
      for client in Gateway.clients { #expect(try Gateway.ask(client, triple) == "400") }
    }
  }

  @Test("LiteLLM: a virtual key sees its own models, and is told so of others")
  func virtualKey() throws {
    guard let gateway = Gateway.litellm else { return }
    let models = try run(
      ["models", "custom", "--base-url", gateway.baseURL, "--key-env", "K"], key: Self.oneModel)
    #expect(models.output == "demo-model\n")
    #expect(try set(gateway, model: "demo-model", key: Self.oneModel).status == 0)
    let other = try set(gateway, model: "other-model", key: Self.oneModel)
    #expect(other.status == 78 && other.error.contains("to this key"), "\(other.error)")
    #expect(
      try set(gateway, model: "other-model", key: Self.oneModel, with: ["--no-verify"]).status == 0)
    for triple in try shown() {
      for client in Gateway.clients {
        #expect(["401", "403"].contains(try Gateway.ask(client, triple)))
      }
    }
  }

  @Test("LiteLLM: too many requests are told as that, and no other key is asked for")
  func tooMany() throws {
    guard let gateway = Gateway.litellm else { return }
    let busy = try set(gateway, model: "busy-model")
    #expect(
      busy.status == 76 && busy.error.contains("LIVE806")
        && busy.error.contains("help: wait a minute"), "\(busy.error)")
    // A key for one request a minute.
    _ = try set(gateway, model: "demo-model", key: Self.fewRequests, with: ["--no-verify"])
    _ = try run(["verify"])
    let verify = try run(["verify"])
    #expect(
      verify.status == 76 && verify.output.contains("Retry-After: ")
        && verify.output.contains("LIVE806") && !verify.output.contains("--key"),
      "\(verify.output)\(verify.error)")
  }

  // MARK: llama.cpp

  @Test(
    "llama.cpp: lists its models to anybody, and a wrong key comes out where a chat is asked for")
  func llama() throws {
    guard let gateway = Gateway.llama else { return }
    let key = Gateway.llamaKey
    #expect(
      try run(["models", "custom", "--base-url", gateway.baseURL, "--key-env", "K"], key: key)
        .output == "tiny-model\n")
    let wrong = try set(gateway, model: "tiny-model", key: Self.unknown)
    #expect(
      wrong.status == 76 && wrong.error.contains("LIVE803")
        && wrong.error.contains("nothing was written"), "\(wrong.error)")
    let model = try set(gateway, model: "large-model", key: key)
    #expect(model.status == 78 && model.error.contains("MODEL303"), "\(model.error)")
    let set = try set(gateway, model: "tiny-model", key: key)
    #expect(set.status == 0 && set.output.contains("\nverified: "), "\(set.output)\(set.error)")
    #expect(try run(["verify"]).status == 0)
    #expect(try run(["doctor", "--live"]).status == 0)
    for triple in try shown() {
      for client in Gateway.clients { #expect(try Gateway.ask(client, triple) == "finished") }
    }
  }
}
