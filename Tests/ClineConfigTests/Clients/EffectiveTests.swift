import ClineConfig
import LosslessJSON
import TestSupport
import Testing

@Suite("A resolver answers what Cline's own code sends")
struct EffectiveTests {
  /// Cases with their answers, each made by running Cline's own code on a data directory.
  static func cases(_ file: String) -> [JSONValue] {
    (try? Fixtures.json("cline-source/" + file))?["cases"]?.array ?? []
  }

  static let effective = cases("effective-cases.json")
  static let wire = cases("wire-cases.json")
  static let states = cases("wire-states.json")
  /// What set-ups of slots, clouds and facts of a model come to.
  static let slots = cases("slot-states.json")

  @Test("every case is there")
  func complete() {
    #expect(Self.effective.count == 29)
    #expect(Self.wire.count == 42)
    #expect(Self.states.count >= 500)
    #expect(Self.slots.count >= 35)
  }

  @Test("case", arguments: effective) func settings(_ test: JSONValue) throws { try agrees(test) }

  @Test("request on the wire", arguments: wire)
  func requests(_ test: JSONValue) throws { try agrees(test) }

  @Test("five hundred generated data directories")
  func generated() throws { for test in Self.states { try agrees(test) } }

  @Test("set up as clinecfg does it", arguments: slots)
  func setUp(_ test: JSONValue) throws { try agrees(test) }

  private func agrees(_ test: JSONValue) throws {
    let name = test["name"]?.string ?? ""
    let files = InMemoryFileSystem()
    files.putStores(test["files"]?.object ?? [:])
    var variables: [String: String] = [:]
    for (key, value) in test["env"]?.object ?? [:] { variables[key.text] = value.string }
    let host = HostEnvironment.test(files, variables: variables)
    for (answer, expected) in try #require(test["sends"]?.object) {
      let (client, mode): (ClineClient, Mode) =
        switch answer.text {
        case "cli": (.cli, .act)
        case "sdkAct": (.vscodeSDK, .act)
        case "sdkPlan": (.vscodeSDK, .plan)
        case "legacyAct": (.vscodeLegacy, .act)
        default: (.vscodeLegacy, .plan)
        }
      let locations = try #require(ClineLocations.find(for: client, on: host))
      let request = client.request(
        in: mode, from: Snapshot.read(locations, on: files), variables: variables)
      #expect(
        differences(request, expected).isEmpty,
        "\(name), \(answer.text): \(differences(request, expected).joined(separator: "; "))")
    }
  }

  private func differences(_ request: EffectiveRequest, _ expected: JSONValue) -> [String] {
    var found: [String] = []
    func compare(_ part: String, _ own: String?, _ theirs: String?) {
      if own != theirs { found.append("\(part) \(own ?? "none"), Cline: \(theirs ?? "none")") }
    }
    guard expected != .null else {
      return request.provider == nil && request.problem != nil ? [] : ["sends something"]
    }
    compare("provider", request.provider, expected["provider"]?.string)
    if expected["error"] != nil {
      if request.problem == nil { found.append("works") }
      compare("URL", request.requestURL, nil)
      return found
    }
    if let model = expected["modelChosenByCline"] ?? expected["model"] {
      compare("model", request.model, model.string)
    }
    // A key goes over the wire without white space around it; some cases tell it as it is stored.
    let key = request.key.map { $0.value.reveal().trimmingWhiteSpace }
    if case .variable = request.key?.source, expected["requestURL"] == nil {
      compare("key", nil, expected["apiKey"]?.string)
    } else {
      compare("key", key, expected["apiKey"]?.string?.trimmingWhiteSpace)
    }
    if let base = expected["baseUrl"] { compare("Base URL", request.baseURL, base.string) }
    guard let url = expected["requestURL"]?.string else { return found }
    compare("URL", request.requestURL, url)
    compare("key header", request.keyHeader, expected["keyHeader"]?.string)
    var headers: [String: String] = [:]
    for (key, value) in expected["headers"]?.object ?? [:] {
      headers[key.text.lowercased()] = value.string
    }
    var own: [String: String] = [:]
    for (name, value) in request.headers { own[name.lowercased()] = value.reveal() }
    compare("headers", "\(own.sorted { $0.key < $1.key })", "\(headers.sorted { $0.key < $1.key })")
    return found
  }

  @Test("every client reads where its own variables say")
  func locations() throws {
    func directory(_ client: ClineClient, variables: [String: String]) -> String? {
      ClineLocations.find(for: client, on: .test(variables: variables))?
        .path(of: .providers).description
    }
    let home = "/home/u/.cline/data/settings/providers.json"
    for client in ClineClient.allCases { #expect(directory(client, variables: [:]) == home) }
    let data = ["CLINE_DATA_DIR": " /d ", "CLINE_DIR": "/c"]
    #expect(directory(.cli, variables: data) == "/d/settings/providers.json")
    #expect(directory(.vscodeSDK, variables: data) == "/d/settings/providers.json")
    #expect(directory(.vscodeLegacy, variables: data) == "/c/data/settings/providers.json")
    #expect(directory(.cli2, variables: ["CLINE_DATA_DIR": "/d"]) == home)
    #expect(directory(.cli, variables: ["CLINE_DIR": " /c "]) == "/c/data/settings/providers.json")
    #expect(directory(.cli, variables: ["CLINE_DIR": " "]) == home)
    #expect(
      directory(.cli, variables: ["CLINE_DIR": "rel"]) == "/work/rel/data/settings/providers.json")
    let override = ["CLINE_PROVIDER_SETTINGS_PATH": "/p/x.json"]
    #expect(directory(.cli, variables: override) == "/p/x.json")
    #expect(directory(.vscodeSDK, variables: override) == home)
    let models = ClineLocations.find(for: .cli, on: .test(variables: override))?.path(of: .models)
    #expect(models?.description == "/p/models.json")
  }
}

extension String {
  fileprivate var trimmingWhiteSpace: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
