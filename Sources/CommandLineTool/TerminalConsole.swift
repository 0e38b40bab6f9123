#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The process's own streams.
package struct TerminalConsole: Console {
  private let variables: [String: String]

  package init(variables: [String: String]) { self.variables = variables }

  package func write(_ text: String) -> Bool { Self.write(text, to: 1) }
  package func note(_ text: String) { _ = Self.write(text, to: 2) }

  private static func write(_ text: String, to descriptor: CInt) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let written = Self.systemWrite(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0 {
          if errno == EINTR { continue }
          return false
        }
        rest = rest.dropFirst(written)
      }
      return true
    }
  }

  #if canImport(Darwin)
    private static let systemWrite = Darwin.write
  #elseif canImport(Musl)
    private static let systemWrite = Musl.write
  #else
    private static let systemWrite = Glibc.write
  #endif

  package func readAll(limit: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      let count = read(0, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  package func readLine(prompt: String) -> String? {
    note(prompt)
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(0, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }

  package func readSecret(prompt: String) -> String? {
    note(prompt)
    var terminal = termios()
    guard tcgetattr(0, &terminal) == 0 else { return nil }
    var hidden = terminal
    hidden.c_lflag &= ~tcflag_t(ECHO)
    hidden.c_lflag |= tcflag_t(ECHONL)
    // A signal while the echo is off waits until it is on again.
    var held = sigset_t()
    var former = sigset_t()
    sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGQUIT] { sigaddset(&held, signal) }
    pthread_sigmask(SIG_BLOCK, &held, &former)
    tcsetattr(0, TCSAFLUSH, &hidden)
    defer {
      tcsetattr(0, TCSAFLUSH, &terminal)
      pthread_sigmask(SIG_SETMASK, &former, nil)
    }
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      var poller = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      let ready = poll(&poller, 1, 100)
      if Self.isInterrupted() { return nil }
      var pending = sigset_t()
      sigpending(&pending)
      if sigismember(&pending, SIGTSTP) == 1 {
        // Stopped with the echo on, as the shell expects; continued, the question is asked anew.
        tcsetattr(0, TCSAFLUSH, &terminal)
        pthread_sigmask(SIG_SETMASK, &former, nil)
        pthread_sigmask(SIG_BLOCK, &held, nil)
        tcsetattr(0, TCSAFLUSH, &hidden)
        line = []
        note(prompt)
        continue
      }
      guard ready > 0 else { continue }
      let count = read(0, &byte, 1)
      if count <= 0 { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  /// Whether a signal that is held back asks for the end. An interruption is taken here, so that
  /// the command can say that nothing was written.
  private static func isInterrupted() -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    if sigismember(&pending, SIGINT) == 1 {
      var interruption = sigset_t()
      var taken: CInt = 0
      sigemptyset(&interruption)
      sigaddset(&interruption, SIGINT)
      sigwait(&interruption, &taken)
      return true
    }
    return [SIGTERM, SIGHUP, SIGQUIT].contains { sigismember(&pending, $0) == 1 }
  }

  package func pick(_ title: String, among items: [String]) -> Int? {
    var terminal = termios()
    guard tcgetattr(0, &terminal) == 0 else { return nil }
    var raw = terminal
    // No echo, no lines, no signals by keys: Ctrl-C is a key here and gives the terminal back.
    raw.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    var held = sigset_t()
    var former = sigset_t()
    sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGQUIT] { sigaddset(&held, signal) }
    pthread_sigmask(SIG_BLOCK, &held, &former)
    tcsetattr(0, TCSAFLUSH, &raw)
    var picker = Picker(items)
    var shown = 0
    func erase() {
      if shown > 0 { note("\u{1B}[\(shown)A\r\u{1B}[J") }
      shown = 0
    }
    defer {
      erase()
      tcsetattr(0, TCSAFLUSH, &terminal)
      pthread_sigmask(SIG_SETMASK, &former, nil)
    }
    while true {
      erase()
      let lines = picker.lines(title: title, width: width)
      note(lines.joined(separator: "\n") + "\n")
      shown = lines.count
      var poller = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
      while poll(&poller, 1, 100) <= 0 {
        if Self.isInterrupted() { return nil }
      }
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = read(0, &buffer, buffer.count)
      guard count > 0 else { return nil }
      for key in Picker.Key.keys(in: Array(buffer[..<count])) {
        switch picker.press(key) {
        case .goesOn: continue
        case .chosen(let index): return index
        case .cancelled: return nil
        }
      }
    }
  }

  package var isInteractive: Bool { isatty(0) == 1 && isatty(2) == 1 }

  package var writesToTerminal: Bool { isatty(1) == 1 }

  package var width: Int {
    if let columns = variables["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return min(Int(size.ws_col), 120)
  }

  package var showsColor: Bool {
    if let forced = variables["CLICOLOR_FORCE"], !forced.isEmpty, forced != "0" { return true }
    if let no = variables["NO_COLOR"], !no.isEmpty { return false }
    return isatty(1) == 1 && variables["TERM"] != "dumb"
  }
}
