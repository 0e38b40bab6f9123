import Foundation

/// A small OpenAI-compatible server on this machine, scripted by the first part of the path:
/// `http://127.0.0.1:PORT/401/v1` answers 401. It writes down what it receives.
package final class ProviderServer: Sendable {
  package let port: Int
  package let folder: TemporaryDirectory
  private let process: Process

  /// `nil` where there is no Python to run it, or, with TLS, no openssl.
  package init?(tls: Bool = false) throws {
    guard let python = Tool.find("python3") else { return nil }
    let folder = try TemporaryDirectory()
    if tls {
      guard let openssl = Tool.find("openssl") else { return nil }
      let path = folder.url.path
      let made = try Tool.run(
        URL(filePath: "/bin/sh"),
        arguments: [
          "-c",
          """
          set -e; cd '\(path)'; O='\(openssl.path)'
          $O req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem \
            -subj '/CN=clinecfg test CA' -addext 'basicConstraints=critical,CA:TRUE'
          $O req -newkey rsa:2048 -nodes -keyout key.pem -out req.pem -subj '/CN=localhost'
          printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\\n' > ext
          $O x509 -req -in req.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 \
            -extfile ext -out cert.pem
          """,
        ], environment: ["PATH": "/usr/bin:/bin", "HOME": path])
      guard made.status == 0 else { return nil }
    }
    let process = Process()
    process.executableURL = python
    process.arguments = ["-c", Self.script, folder.url.path, tls ? "tls" : "plain"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      process.terminate()
      return nil
    }
    self.port = port
    self.folder = folder
    self.process = process
  }

  deinit {
    process.terminate()
  }

  /// What was received: method, path and `Authorization`, a line each.
  package var received: [String] {
    let file = folder.url.appending(path: "log")
    return ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").map(
      String.init)
  }

  private static let script = """
    import http.server, json, os, socket, ssl, struct, sys, threading, time
    folder, kind = sys.argv[1], sys.argv[2]
    # One that tests share has nobody who stops it, so it ends with them.
    def watch(parent):
        while os.getppid() == parent: time.sleep(1)
        os._exit(0)
    threading.Thread(target=watch, args=(os.getppid(),), daemon=True).start()
    MODELS = {'data': [{'id': 'm-1'}, {'id': 'm-2'}]}
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'
        def log_message(self, *a): pass
        def say(self, status, body, kind='application/json', headers=()):
            data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header('Content-Type', kind)
            self.send_header('Content-Length', str(len(data)))
            self.send_header('X-Request-Id', 'req-77')
            for name, value in headers: self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
        def handle_all(self):
            length = int(self.headers.get('Content-Length') or 0)
            body = self.rfile.read(length) if length else b''
            scenario = self.path.split('/')[1]
            key = self.headers.get('Authorization')
            if scenario == 'native':
                names = [n for n in ('authorization', 'x-api-key', 'x-goog-api-key', 'api-key') if self.headers.get(n)]
                key = ' '.join('%s=%s' % (n, self.headers[n]) for n in names) or '-'
                if body: key += ' ' + ','.join(sorted(json.loads(body)))
            with open(os.path.join(folder, 'log'), 'a') as log:
                log.write('%s %s %s\\n' % (self.command, self.path, key))
            chat = self.path.endswith('/chat/completions')
            if scenario == 'native':
                path = self.path.split('?')[0]
                if path.endswith('/models'):
                    self.say(200, {'models': [{'name': 'models/m-1'}]} if '/v1beta/' in path else MODELS)
                elif path.endswith('/messages'): self.say(200, {'content': [{'type': 'text', 'text': 'ok'}]})
                elif path.endswith(':generateContent'): self.say(200, {'candidates': []})
                elif path.endswith('/api/chat'): self.say(200, {'message': {'content': 'ok'}})
                elif path.endswith('/chat/completions'): self.say(200, {'choices': []})
                elif path.endswith('/chat-messages'): self.say(200, {'answer': 'ok'})
                else: self.say(404, {'detail': 'Not Found'})
            elif scenario == 'good':
                self.say(200, {'choices': []} if chat else MODELS)
            elif scenario == 'chat404model':
                if chat: self.say(404, {'error': {'message': 'The model does not exist'}})
                else: self.say(200, MODELS)
            elif scenario == 'chat404route':
                if chat: self.say(404, {'detail': 'Not Found'})
                else: self.say(200, MODELS)
            elif scenario == '429': self.say(429, {'error': 'slow down'}, headers=[('Retry-After', '7')])
            elif scenario.isdigit(): self.say(int(scenario), {'error': {'message': 'as scripted'}})
            elif scenario == 'slow': time.sleep(20)
            elif scenario == 'endless':
                self.send_response(200)
                self.send_header('Content-Type', 'application/json')
                self.end_headers()
                try:
                    while True: self.wfile.write(b'{"data":[' + b' ' * 65536)
                except OSError: pass
                self.close_connection = True
            elif scenario == 'redirect':
                self.say(302, '', headers=[('Location', 'http://127.0.0.1:%s/stolen' % os.environ.get('OTHER', '1'))])
            elif scenario == 'html': self.say(200, '<!doctype html><html></html>', 'text/html')
            elif scenario == 'truncated': self.say(200, '{"data": [{"id": "m-1"')
            elif scenario == 'text': self.say(200, 'hello', 'text/plain')
            elif scenario == 'many': self.say(200, {'data': [{'id': 'm-%d' % n} for n in range(5000)]})
            elif scenario == 'reset':
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
                self.connection.close()
            else: self.say(404, {'detail': 'Not Found'})
        do_GET = do_POST = handle_all
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    server.daemon_threads = True
    if kind == 'tls':
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(folder, 'cert.pem'), os.path.join(folder, 'key.pem'))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    """
}
