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
    guard var terminal = HeldTerminal(clear: ECHO, set: ECHONL) else { return nil }
    defer { terminal.release() }
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let isReady = HeldTerminal.hasInput()
      if terminal.isInterrupted() { return nil }
      if terminal.isStopping {
        // Stopped with the echo on, as the shell expects; continued, the question is asked anew.
        terminal.stop()
        line = []
        note(prompt)
        continue
      }
      guard isReady else { continue }
      let count = read(0, &byte, 1)
      if count <= 0 { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
  }

  package func pick(_ title: String, among items: [String]) -> Int? {
    guard !isDumb else { return pickByNumber(title, among: items) }
    // No echo, no lines, no signals by keys: Ctrl-C is a key here and gives the terminal back.
    guard var terminal = HeldTerminal(clear: ECHO | ICANON | ISIG) else { return nil }
    var picker = Picker(items)
    var shown: [String] = []
    func erase() {
      // After a change of the width a line may have become several.
      let columns = size.columns
      let rows = shown.reduce(0) { $0 + max(1, ($1.count + columns - 1) / columns) }
      if rows > 0 { note("\u{1B}[\(rows)A\r\u{1B}[J") }
      shown = []
    }
    defer {
      erase()
      terminal.release()
    }
    while true {
      let drawn = size
      picker.height = max(1, min(12, drawn.rows - 4))
      erase()
      shown = picker.lines(title: title, width: drawn.columns)
      note(shown.joined(separator: "\n") + "\n")
      while !HeldTerminal.hasInput() {
        if terminal.isInterrupted() { return nil }
        if terminal.isStopping { break }
        if size != drawn { break }
      }
      if terminal.isStopping {
        erase()
        terminal.stop()
        continue
      }
      guard size == drawn || HeldTerminal.hasInput() else { continue }
      var buffer = [UInt8](repeating: 0, count: 64)
      let count = read(0, &buffer, buffer.count)
      guard count > 0 else { return nil }
      for key in Picker.Key.keys(in: Array(buffer[..<count])) {
        if key == .stop {
          erase()
          terminal.stop()
          break
        }
        switch picker.press(key) {
        case .goesOn: continue
        case .chosen(let index): return index
        case .cancelled: return nil
        }
      }
    }
  }

  /// On a terminal that cannot move its cursor: by a name, a part of one, or a number.
  private func pickByNumber(_ title: String, among items: [String]) -> Int? {
    var listed = Array(items.indices)
    func list(_ places: [Int]) {
      listed = Array(places.prefix(20))
      for (number, index) in listed.enumerated() { note("  \(number + 1)  \(items[index])\n") }
      if places.count > listed.count { note("  and \(places.count - listed.count) more\n") }
    }
    list(listed)
    for _ in 0..<20 {
      guard let line = readLine(prompt: "\(title) (number or part of the name): ") else {
        return nil
      }
      if let number = Int(line), listed.indices.contains(number - 1) { return listed[number - 1] }
      var picker = Picker(items)
      for character in line { _ = picker.press(.character(character)) }
      let matches = picker.matches
      if matches.count == 1 { return matches[0] }
      if line.isEmpty || matches.isEmpty { note("no matches\n") } else { list(matches) }
    }
    return nil
  }

  package func progress(_ text: String?) {
    guard isatty(2) == 1 else { return }
    if isDumb {
      if let text { note(text + "\n") }
      return
    }
    note("\r\u{1B}[K" + (text.map { String($0.prefix(size.columns - 1)) } ?? ""))
  }

  private var isDumb: Bool { variables["TERM"].map { $0 == "dumb" } ?? true }

  package var isInteractive: Bool { isatty(0) == 1 && isatty(2) == 1 }

  package var readsFromTerminal: Bool { isatty(0) == 1 }

  package var writesToTerminal: Bool { isatty(1) == 1 }

  package var outputWidth: Int? { isatty(1) == 1 ? width : nil }
  package var notesWidth: Int? { isatty(2) == 1 ? width : nil }

  package var width: Int {
    if let columns = variables["COLUMNS"].flatMap({ Int($0) }), columns > 0 { return columns }
    return max(20, min(size.columns, 120))
  }

  /// Of the terminal.
  private var size: (rows: Int, columns: Int) {
    var size = winsize()
    let isKnown = [2, 1, 0].contains { descriptor in
      ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    }
    return isKnown ? (max(5, Int(size.ws_row)), Int(size.ws_col)) : (24, 80)
  }

  package var showsColor: Bool {
    if let forced = variables["CLICOLOR_FORCE"], !forced.isEmpty, forced != "0" { return true }
    if let no = variables["NO_COLOR"], !no.isEmpty { return false }
    return isatty(1) == 1 && variables["TERM"] != "dumb"
  }
}
