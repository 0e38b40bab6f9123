import ClineConfig
import LosslessJSON
import TestSupport
import Testing

@Suite("A resolver answers what Cline's own code sends")
struct EffectiveTests {
  static let cases: [JSONValue] =
    (try? Fixtures.json("cline-source/effective-cases.json"))?["cases"]?.array ?? []

  @Test("every case is there")
  func complete() { #expect(Self.cases.count == 29) }

  @Test("case", arguments: cases)
  func agrees(_ test: JSONValue) throws {
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
      let note = Comment(rawValue: "\(name), \(answer)")
      guard expected != .null else {
        #expect(request.provider == nil && request.problem != nil, note)
        continue
      }
      #expect(request.provider == expected["provider"]?.string, note)
      if case .variable = request.key?.source {
        #expect(expected["apiKey"] == .null, note)
      } else {
        #expect(request.key?.value.reveal() == expected["apiKey"]?.string, note)
      }
      if expected["error"] != nil {
        #expect(request.problem == expected["error"]?.string && request.requestURL == nil, note)
      } else {
        #expect(request.baseURL == expected["baseUrl"]?.string, note)
        #expect(request.model == expected["model"]?.string, note)
      }
      var headers: [String: String] = [:]
      for (key, value) in expected["headers"]?.object ?? [:] { headers[key.text] = value.string }
      #expect(request.headers.mapValues { $0.reveal() } == headers, note)
    }
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
