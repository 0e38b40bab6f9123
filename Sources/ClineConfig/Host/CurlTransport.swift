/// Asks through the system's `curl`, which knows proxies and private certificates.
///
/// Everything about a request, the key first of all, goes through its standard input as a
/// configuration; its words are the same for every request, and its environment holds only what
/// says how to connect. No redirect is followed and no configuration of the user's is read (`-q`).
struct CurlTransport: HTTPTransport {
  let host: HostEnvironment

  /// What of the environment says how to connect.
  static let variables = [
    "PATH", "HOME", "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
    "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
  ]

  func send(_ request: HTTPRequest) throws(HTTPTransportError) -> HTTPResponse {
    do throws(HTTPTransportError) {
      return try send(request, certificates: nil)
    } catch {
      // Node adds these to its own; curl would take them instead of its own, so only then.
      guard error.kind == .untrusted,
        let extra = host.variable("NODE_EXTRA_CA_CERTS")
      else { throw error }
      return try send(request, certificates: extra)
    }
  }

  private func send(
    _ request: HTTPRequest, certificates: String?
  ) throws(HTTPTransportError) -> HTTPResponse {
    guard let url = BaseURL(request.url), url.userInfo == nil else {
      throw HTTPTransportError(.noAddress, host: "")
    }
    let name = url.host
    guard let curl = host.program("curl") else {
      throw HTTPTransportError(.noTransport, host: name)
    }
    var child = ChildProcess(
      [curl.description, "-q", "--config", "-"], timeout: (request.timeout + 2) * 1000,
      outputLimit: request.responseLimit + (64 << 10))
    child.endsWithUs = true
    child.environment = Dictionary(
      uniqueKeysWithValues: Self.variables.compactMap { key in
        host.variables[key].map { (key, $0) }
      })
    child.input = Self.configuration(request, certificates: certificates)
    guard let result = host.run(child) else { throw HTTPTransportError(.noTransport, host: name) }
    if result.exceededLimit { throw HTTPTransportError(.tooLarge, host: name) }
    if result.timedOut { throw HTTPTransportError(.timedOut, host: name) }
    // A server may refuse a body and close before it is sent: what it said counts.
    if result.status != 0, !(result.status == 55 && !result.output.isEmpty) {
      throw HTTPTransportError(Self.kind(of: result.status), host: name)
    }
    guard let response = Self.response(result.output) else {
      throw HTTPTransportError(.notHTTP, host: name)
    }
    return response
  }

  /// The request as curl's configuration: everything in quotes, with `\` before what ends them.
  static func configuration(_ request: HTTPRequest, certificates: String?) -> [UInt8] {
    func quoted(_ text: String) -> String {
      var result = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": result += "\\\\"
        case "\"": result += "\\\""
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result + "\""
    }
    // What curl is told is what was judged: the host as Node reads it, and nothing typed.
    let url = BaseURL(request.url)
    var lines = [
      "url = \(quoted(url?.description ?? ""))", "silent", "include", "suppress-connect-headers",
      "globoff",
      "proto = \"=http,https\"", "max-time = \(request.timeout)",
      "connect-timeout = \(request.timeout)", "max-filesize = \(request.responseLimit)",
      "user-agent = \"clinecfg\"", "write-out = \"\\n%{http_code} %{time_total}\"",
      "header = \"Accept: application/json\"",
    ]
    if let bearer = request.bearer, !bearer.isEmpty {
      lines.append("header = \(quoted("Authorization: Bearer " + bearer.reveal()))")
    }
    for (name, value) in request.headers.sorted(by: { $0.key < $1.key }) {
      lines.append("header = \(quoted(name + ": " + value.reveal()))")
    }
    if let body = request.body {
      lines.append("header = \"Content-Type: application/json\"")
      // No waiting for a go-ahead that small servers never give.
      lines.append("header = \"Expect:\"")
      lines.append("data-raw = \(quoted(String(decoding: body, as: UTF8.self)))")
    }
    // A proxy has no business between this machine and its own network.
    if url?.isPrivate != false { lines.append("noproxy = \"*\"") }
    if let certificates { lines.append("cacert = \(quoted(certificates))") }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// curl(1), EXIT CODES.
  private static func kind(of status: Int32) -> HTTPTransportError.Kind {
    switch status {
    case 6: .unresolved
    case 7: .refused
    case 28: .timedOut
    case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91: .untrusted
    case 63: .tooLarge
    case 5, 97: .proxy
    case 18, 52, 55, 56, 92, 95: .broken
    case 1, 8, 61: .notHTTP
    default: .broken
    }
  }

  /// Header blocks, the body, and the line that `write-out` adds.
  static func response(_ output: [UInt8]) -> HTTPResponse? {
    guard let line = output.lastIndex(of: 0x0A) else { return nil }
    let tail = String(decoding: output[(line + 1)...], as: UTF8.self).split(separator: " ")
    guard tail.count == 2, let status = Int(tail[0]), status > 0 else { return nil }
    var rest = output[..<line]
    var headers: [String: String] = [:]
    // Of several blocks (100 Continue) the last counts.
    while rest.starts(with: "HTTP/".utf8) {
      headers = [:]
      while let end = rest.firstIndex(of: 0x0A) {
        var text = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
        if text.hasSuffix("\r") { text.removeLast() }
        rest = rest[(end + 1)...]
        if text.isEmpty { break }
        guard let colon = text.firstIndex(of: ":") else { continue }
        headers[text[..<colon].lowercased()] = JavaScript.trim(
          String(text[text.utf8.index(after: colon)...]))
      }
    }
    let milliseconds = (Double(tail[1]) ?? 0) * 1000
    return HTTPResponse(
      status: status, headers: headers, body: Array(rest), milliseconds: Int(milliseconds))
  }
}
