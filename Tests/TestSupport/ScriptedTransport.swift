package import ClineConfig
import LosslessJSON
import Synchronization

/// Providers that answer as a test has them, and remember what they were asked.
package final class ScriptedTransport: HTTPTransport {
  private let answer: @Sendable (HTTPRequest) -> Result<HTTPResponse, HTTPTransportError>
  private let log = Mutex<[HTTPRequest]>([])

  package init(
    _ answer: @escaping @Sendable (HTTPRequest) -> Result<HTTPResponse, HTTPTransportError>
  ) {
    self.answer = answer
  }

  /// A provider that offers these models and answers every chat.
  package convenience init(models: [String]) {
    self.init { request in
      let list = (["data": .array(models.map { ["id": .string($0)] })] as JSONValue).bytes()
      return .success(
        HTTPResponse(status: 200, body: request.body == nil ? list : Array("{}".utf8)))
    }
  }

  /// A provider that answers everything with one status.
  package convenience init(status: Int, _ body: String = "{}", headers: [String: String] = [:]) {
    self.init { _ in
      .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }
  }

  package var requests: [HTTPRequest] { log.withLock { $0 } }

  package func send(_ request: HTTPRequest) throws(HTTPTransportError) -> HTTPResponse {
    log.withLock { $0.append(request) }
    switch answer(request) {
    case .success(let response): return response
    case .failure(let error): throw error
    }
  }
}
