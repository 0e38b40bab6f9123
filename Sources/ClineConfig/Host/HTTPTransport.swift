/// What asks a provider: the system's `curl` in the command, `URLSession` in an app.
package protocol HTTPTransport: Sendable {
  /// Sends one request and waits for its answer. Redirects are never followed: the key would go
  /// along.
  func send(_ request: HTTPRequest) throws(HTTPTransportError) -> HTTPResponse
}

/// A request.
package struct HTTPRequest: Hashable, Sendable {
  /// Where to.
  package var url: String
  /// Sent as `Authorization: Bearer`.
  package var bearer: Secret?
  /// Further headers; their values may be keys.
  package var headers: [String: Secret]
  /// A JSON body makes it a POST.
  package var body: [UInt8]?
  /// Seconds that all of it may take.
  package var timeout: Int
  /// Bytes that the answer may have.
  package var responseLimit: Int

  /// Creates a request.
  package init(
    url: String, bearer: Secret? = nil, headers: [String: Secret] = [:], body: [UInt8]? = nil,
    timeout: Int = 5, responseLimit: Int = 8 << 20
  ) {
    self.url = url
    self.bearer = bearer
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.responseLimit = responseLimit
  }
}

/// An answer.
package struct HTTPResponse: Hashable, Sendable {
  /// The status.
  package var status: Int
  /// Headers by name, in lower case.
  package var headers: [String: String]
  /// The body.
  package var body: [UInt8]
  /// How long it took.
  package var milliseconds: Int

  /// Creates an answer.
  package init(status: Int, headers: [String: String] = [:], body: [UInt8], milliseconds: Int = 0) {
    self.status = status
    self.headers = headers
    self.body = body
    self.milliseconds = milliseconds
  }

  /// The id that support asks for, from the usual headers; `nil` for what is no id: letters,
  /// digits, `-`, `_`, `.`, `:` and `/`, at most 80 of them.
  package var requestID: String? {
    ["x-request-id", "request-id", "x-amzn-requestid", "cf-ray", "x-oneapi-request-id"]
      .lazy.compactMap { headers[$0] }.first { id in
        (1...80).contains(id.utf8.count)
          && id.utf8.allSatisfy { $0.isLetterOrDigit || "-_.:/".utf8.contains($0) }
      }
  }

  /// Whether it is a page and not an answer of an API.
  package var isPage: Bool {
    if headers["content-type"]?.lowercased().contains("text/html") == true { return true }
    let start = body.prefix(512).drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    return start.starts(with: "<!doctype".utf8) || start.starts(with: "<!DOCTYPE".utf8)
      || start.starts(with: "<html".utf8)
  }
}

/// Why there is no answer. An open set.
package struct HTTPTransportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure.
  package enum Kind: String, Hashable, Sendable {
    /// There is nothing here that could ask.
    case noTransport
    /// The name has no address.
    case unresolved
    /// Nobody answers at the address.
    case refused
    /// The connection is not trusted, or cannot be encrypted.
    case untrusted
    /// It took too long.
    case timedOut
    /// The answer is longer than the limit.
    case tooLarge
    /// The connection broke off.
    case broken
    /// What answered does not speak HTTP.
    case notHTTP
    /// The proxy failed.
    case proxy
    /// There is no address that could be asked.
    case noAddress
  }

  /// What kind.
  package let kind: Kind
  /// The host that was asked.
  package let host: String

  /// Creates an error.
  package init(_ kind: Kind, host: String) {
    self.kind = kind
    self.host = host
  }

  /// One line.
  package var description: String {
    switch kind {
    case .noTransport: "nothing could be asked: there is no curl on this machine"
    case .unresolved: "cannot find \(host) (DNS lookup failed)"
    case .refused: "\(host) does not answer (connection refused or unreachable)"
    case .untrusted: "the connection to \(host) is not trusted (TLS certificate)"
    case .timedOut: "\(host) took too long"
    case .tooLarge: "\(host) sent more than an answer of an API"
    case .broken: "\(host) broke the connection off"
    case .notHTTP: "what answers at \(host) does not speak HTTP"
    case .noAddress: "nothing could be asked: that is no address"
    case .proxy: "the proxy on the way to \(host) failed"
    }
  }
}

/// Where nothing may be asked.
package struct NoTransport: HTTPTransport {
  /// Asks nothing.
  package init() {}
  /// Always fails.
  package func send(_ request: HTTPRequest) throws(HTTPTransportError) -> HTTPResponse {
    throw HTTPTransportError(.noTransport, host: BaseURL(request.url)?.host ?? "")
  }
}

extension HTTPRequest: Unprinted {}

extension HTTPResponse: Unprinted {}
