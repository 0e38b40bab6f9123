import ClineConfig
import CommandLineTool

/// What a person sees at once where something takes its time.
extension HostEnvironment {
  /// The same machine, on which whatever waits says so on the terminal.
  func telling(_ console: any Console) -> HostEnvironment {
    var host = self
    host.transport = ToldTransport(transport: transport, console: console)
    let sleep = sleep
    host.sleep = { milliseconds in
      console.progress(
        milliseconds < 1_000
          ? "waiting for another clinecfg …" : "checking that nothing is overwritten …")
      sleep(milliseconds)
      console.progress(nil)
    }
    return host
  }
}

private struct ToldTransport: HTTPTransport {
  let transport: any HTTPTransport
  let console: any Console

  func send(_ request: HTTPRequest) throws(HTTPTransportError) -> HTTPResponse {
    let host = BaseURL(request.url)?.host ?? ""
    console.progress("asking \(SafeText.line(host)) …")
    defer { console.progress(nil) }
    return try transport.send(request)
  }
}
