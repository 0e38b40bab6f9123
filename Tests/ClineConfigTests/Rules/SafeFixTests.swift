import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// The promise of `doctor --fix`: whoever sent to the right place still does.
@Suite("A safe fix breaks no client")
struct SafeFixTests {
  /// What happens to files by hand, each to some of their values.
  static let harms: [(name: String, harm: @Sendable (String, JSONValue) -> JSONValue)] = [
    ("as it is", { $1 }),
    ("a slash behind addresses", { address($0, $1) { $0 + "/" } }),
    ("the endpoint behind addresses", { address($0, $1) { $0 + "/chat/completions" } }),
    ("the version twice", { address($0, $1) { $0 + "/v1/v1" } }),
    ("without a path", { address($0, $1) { $0.replacing(/^(https?:\/\/[^\/]*).*/) { $0.1 } } }),
    ("http for https", { address($0, $1) { $0.replacing("https:", with: "http:") } }),
    ("white space around addresses", { address($0, $1) { " \($0)\n" } }),
    ("a website", { address($0, $1) { _ in "https://rutaapi.com" } }),
    ("white space around keys", { key($0, $1) { " \($0)\n" } }),
    ("Bearer before keys", { key($0, $1) { "Bearer \($0)" } }),
    ("quotes around keys", { key($0, $1) { "\"\($0)\"" } }),
    ("white space around models", { model($0, $1) { "\($0) " } }),
    ("quotes around models", { model($0, $1) { "\"\($0)\"" } }),
  ]

  private static func address(
    _ name: String, _ value: JSONValue, _ change: (String) -> String
  ) -> JSONValue {
    guard let text = value.string, text.hasPrefix("http") else { return value }
    return .string(change(text))
  }
  private static func key(
    _ name: String, _ value: JSONValue, _ change: (String) -> String
  ) -> JSONValue {
    guard let text = value.string, name.lowercased().hasSuffix("apikey") else { return value }
    return .string(change(text))
  }
  private static func model(
    _ name: String, _ value: JSONValue, _ change: (String) -> String
  ) -> JSONValue {
    guard let text = value.string, name.hasSuffix("ModelId") || name == "model" else {
      return value
    }
    return .string(change(text))
  }

  private static func harmed(
    _ value: JSONValue, name: String, by harm: (String, JSONValue) -> JSONValue,
    _ generator: inout SeededGenerator
  ) -> JSONValue {
    guard let object = value.object else {
      return Int.random(in: 0..<4, using: &generator) > 0 ? harm(name, value) : value
    }
    var harmed: JSONObject = [:]
    for (key, value) in object {
      harmed[key] = Self.harmed(value, name: key.text, by: harm, &generator)
    }
    return .object(harmed)
  }

  /// What one client sends in one mode, and what the rules say of it.
  private struct Sent: Equatable {
    let provider: String?
    let url: String?
    let key: String?
    let model: String?
    let headers: [String: String]
    let problem: String?
    /// Errors only: a warning stops no request.
    let errors: Set<RuleID>
    /// Those of them that are about where the key goes.
    let errorsOfPlace: Set<RuleID>

    init(_ request: EffectiveRequest, in machine: Machine, _ triples: [StoredTriple]) {
      provider = request.provider
      url = request.requestURL
      // Over the wire there is no white space around it.
      key = request.key.map { JavaScript.trim($0.value.reveal()) }
      model = request.model
      headers = request.headers.mapValues { $0.reveal() }
      problem = request.problem
      let triple = triples.first {
        $0.users.contains(ClientMode(client: request.client, mode: request.mode))
      }
      let found = (triple.map { RuleSet.standard.findings(in: $0.triple) } ?? [])
        .filter { $0.severity == .error }
      errors = Set(found.map(\.rule))
      errorsOfPlace = Set(found.filter { $0.part != .model }.map(\.rule))
    }

    var works: Bool { problem == nil && url != nil && errors.isEmpty }
    var host: String? { url.flatMap { BaseURL($0)?.host } }
  }

  private static func sent(by machine: Machine) -> [Sent] {
    let triples = machine.storedTriples(.bundled)
    return machine.requests.map { Sent($0, in: machine, triples) }
  }

  @Test("on five hundred data directories, as they are and after what hands do to them")
  func keepsWhatWorks() throws {
    let seed: UInt64 = 20_261_126
    var generator = SeededGenerator(seed: seed)
    var (fixed, kept) = (0, 0)
    for (number, state) in EffectiveTests.states.enumerated() {
      let (name, harm) = Self.harms[number % Self.harms.count]
      let files = InMemoryFileSystem()
      let stores = Self.harmed(
        state["files"] ?? .object([:]), name: "", by: harm, &generator)
      files.putStores(stores.object ?? [:])
      var variables: [String: String] = [:]
      for (key, value) in state["env"]?.object ?? [:] { variables[key.text] = value.string }
      let host = HostEnvironment.test(files, variables: variables)
      var machine = try #require(Machine.read(host, looksAround: false))
      machine.surroundings.startsLegacy = true
      let store = SettingsStore(locations: machine.main.locations, host: host)
      let before = Self.sent(by: machine)
      for finding in RuleSet.standard.findings(in: machine) where finding.isMendable {
        let remedy = try store.remedy(for: machine, catalog: .bundled) { $0 == finding }
        let after = Self.sent(by: machine.applying(remedy.plan))
        fixed += 1
        for (index, (old, new)) in zip(before, after).enumerated() {
          let request = machine.requests[index]
          let words =
            "seed \(seed), \(state["name"]?.string ?? ""), \(name): \(finding.rule) "
            + "(\(finding.message)), \(request.client.name) \(request.mode)"
          guard old.works else {
            // A key goes to nobody to whom it did not go, unless the rules find it right there.
            if new.host != old.host, new.key != nil, new.key == old.key {
              #expect(new.errorsOfPlace.isEmpty, "\(words): \(old) \(new)")
            }
            continue
          }
          kept += 1
          #expect(new.works, "\(words): \(old) \(new)")
          #expect(new.host == old.host, "\(words): \(old) \(new)")
          #expect(new.key == old.key, "\(words): \(old) \(new)")
          #expect(new.headers == old.headers, "\(words): \(old) \(new)")
        }
      }
    }
    #expect(fixed > 300 && kept > 300, "\(fixed) fixes, \(kept) requests")
  }
}
