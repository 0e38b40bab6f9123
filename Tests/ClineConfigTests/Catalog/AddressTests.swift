import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

/// `Fixtures/urls/node-urls.json` holds what Node 20's `new URL(text)` makes of odd addresses.
@Suite("An address is read as Cline's Node reads it")
struct AddressTests {
  struct Row: CustomTestStringConvertible {
    let text: String
    /// `nil` where Node throws.
    let host: String?
    let scheme: String
    let port: String

    var testDescription: String { text }

    /// An international name, whose ASCII form takes tables that are not here.
    var isInternational: Bool {
      host?.contains("xn--") == true || !text.utf8.allSatisfy { $0 < 0x80 }
        || text.lowercased().contains("xn--")
        || text.contains("%")
          && WHATWGURL.host(String(text.dropFirst(8).prefix { $0 != "/" }))?.utf8
            .allSatisfy { $0 < 0x80 } == false
    }
  }

  static let rows: [Row] = {
    let all = (try? Fixtures.json("urls/node-urls.json"))?.array ?? []
    return all.map { row in
      Row(
        text: row["text"]?.string ?? "", host: row["host"]?.string,
        scheme: row["scheme"]?.string ?? "", port: row["port"]?.string ?? "")
    }
  }()

  static func refuses(_ text: String) -> Bool {
    RuleSet.standard.findings(in: .url(text), catalog: .bundled).contains {
      $0.part == .baseURL && $0.severity == .error
    }
  }

  @Test("there are more than a thousand")
  func complete() { #expect(Self.rows.count > 1_000) }

  @Test("host for host: the same one, or none and an error")
  func hosts() {
    var compared = 0
    for row in Self.rows {
      guard let url = BaseURL(row.text) else {
        #expect(Self.refuses(row.text), "\(row.text) is no address, and nobody says so")
        continue
      }
      guard ["http", "https"].contains(url.scheme) else {
        #expect(Self.refuses(row.text), "\(row.text)")
        continue
      }
      guard !row.isInternational else {
        #expect(
          url.host.utf8.contains { $0 >= 0x80 } || url.host.contains("xn--")
            || url.host == row.host || Self.refuses(row.text), "\(row.text): \(url.host)")
        continue
      }
      guard var host = row.host else {
        #expect(Self.refuses(row.text), "\(row.text): Node throws, \(url.host) is taken")
        continue
      }
      if host.hasSuffix("."), host.count > 1 { host.removeLast() }
      #expect(url.host == host, "\(row.text)")
      compared += 1
      let port = url.port.flatMap { Int($0) }.flatMap {
        $0 == (url.scheme == "http" ? 80 : 443) ? nil : String($0)
      }
      #expect(port ?? "" == row.port, "\(row.text)")
    }
    #expect(compared > 400)
  }

  @Test("none that Node sends elsewhere is said to be a provider's")
  func owners() {
    let catalog = ProviderCatalog.bundled
    for row in Self.rows {
      guard let evidence = catalog.evidence(ofBaseURL: row.text) else { continue }
      let own = row.host.flatMap { catalog.evidence(ofBaseURL: "https://" + $0) }
      guard own?.providers != evidence.providers else { continue }
      // Where Node throws, or takes what stands before a colon for the scheme, nothing is sent.
      #expect(
        row.host ?? "" == "" && Self.refuses(row.text),
        "\(row.text) goes to \(row.host ?? "nobody"), not to \(evidence.providers)")
    }
  }

  @Test(
    "what is private is asked without a proxy, however it is written",
    arguments: [
      ("http://localhost:1234/v1", true), ("http://127.1/v1", true), ("http://2130706433/v1", true),
      ("http://0x7f.0.0.1/v1", true), ("http://[::1]/v1", true),
      ("http://[0:0:0:0:0:ffff:7f00:1]/v1", true), ("http://[::ffff:10.0.0.1]/v1", true),
      ("http://192.168.1.4/v1", true), ("http://169.254.169.254/v1", true),
      ("http://[fe80::1]/v1", true), ("http://nas.local/v1", true), ("http://0/v1", true),
      ("http://8.8.8.8/v1", false), ("http://134744072/v1", false),
      ("https://api.rutaapi.com/v1", false), ("http://[2001:db8::1]/v1", false),
      ("http://[::ffff:8.8.8.8]/v1", false), ("http://127.0.0.1.example.com/v1", false),
    ])
  func proxies(text: String, isPrivate: Bool) {
    let request = HTTPRequest(url: text)
    let lines = String(
      decoding: CurlTransport.configuration(request, certificates: nil), as: UTF8.self)
    #expect(lines.contains("noproxy = \"*\"") == isPrivate)
  }

  @Test("curl is told the host that was judged")
  func asked() {
    let request = HTTPRequest(url: #"https://evil.example\@api.openai.com/v1"#)
    let lines = String(
      decoding: CurlTransport.configuration(request, certificates: nil), as: UTF8.self)
    #expect(lines.hasPrefix("url = \"https://evil.example/@api.openai.com/v1\"\n"))
    let number = HTTPRequest(url: "http://134744072/v1")
    #expect(
      String(decoding: CurlTransport.configuration(number, certificates: nil), as: UTF8.self)
        .hasPrefix("url = \"http://8.8.8.8/v1\"\n"))
  }
}
