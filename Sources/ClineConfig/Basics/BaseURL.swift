/// A Base URL in its parts, read as Cline's Node reads it (`new URL`): a backslash is a slash, and the
/// host is what is asked, however it is spelled. The path and what follows stay as typed.
package struct BaseURL: Hashable, Sendable, CustomStringConvertible {
  /// `https`, in lower case.
  package var scheme: String
  /// `user:password`, without the `@`.
  package var userInfo: String?
  /// In lower case, percent signs decoded, an IPv4 address as four decimal numbers, an IPv6 address
  /// compressed and in its brackets; without a final dot.
  package var host: String
  /// Digits, as typed.
  package var port: String?
  /// From the first slash; empty without one.
  package var path: String
  /// Without the `?`.
  package var query: String?
  /// Without the `#`.
  package var fragment: String?

  /// `nil` unless the text has a scheme, `://` and a host, and neither white space nor control
  /// characters.
  package init?(_ text: String) {
    var hasFinalDot = false
    self.init(text, hasFinalDot: &hasFinalDot)
  }

  /// The same, and whether a dot stood behind the host, which Node keeps and which names no other host.
  init?(_ text: String, hasFinalDot: inout Bool) {
    // By bytes: every mark that matters is ASCII, and the catalogue is read at each start.
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      bytes[colon...].starts(with: "://".utf8), !Self.hasSpace(text, bytes),
      let first = bytes.first, first.isLetter,
      bytes[..<colon].allSatisfy({ $0.isLetterOrDigit || "+-.".utf8.contains($0) })
    else { return nil }
    scheme = String(decoding: bytes[..<colon].map(\.lowercased), as: UTF8.self)
    let isSpecial = ["http", "https", "ws", "wss", "ftp"].contains(scheme)
    var rest = isSpecial ? Self.slashed(bytes[(colon + 3)...]) : bytes[(colon + 3)...]
    func cut(at mark: UInt8) -> String? {
      guard let place = rest.firstIndex(of: mark) else { return nil }
      defer { rest = rest[..<place] }
      return String(decoding: rest[(place + 1)...], as: UTF8.self)
    }
    fragment = cut(at: UInt8(ascii: "#"))
    query = cut(at: UInt8(ascii: "?"))
    let slash = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    path = String(decoding: rest[slash...], as: UTF8.self)
    var authority = rest[..<slash]
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      userInfo = String(decoding: authority[..<at], as: UTF8.self)
      authority = authority[(at + 1)...]
    }
    let start: Int
    if authority.first == UInt8(ascii: "[") {
      guard let close = authority.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      start = close + 1
      guard start == authority.endIndex || authority[start] == UInt8(ascii: ":") else {
        return nil
      }
    } else {
      start = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
    }
    guard let read = Self.host(authority[..<start], isSpecial: isSpecial) else { return nil }
    host = read
    port =
      start == authority.endIndex
      ? nil : String(decoding: authority[(start + 1)...], as: UTF8.self)
    if host.utf8.last == UInt8(ascii: "."), host.utf8.count > 1 {
      host.removeLast()
      hasFinalDot = true
    }
    guard !host.isEmpty, port.map({ WHATWGURL.isPort($0.utf8) }) ?? true
    else { return nil }
  }

  /// The same with slashes for the backslashes of authority and path.
  private static func slashed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let backslash = UInt8(ascii: "\\")
    guard text.contains(backslash) else { return text }
    var bytes = text
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "?") || bytes[index] == UInt8(ascii: "#") { break }
      if bytes[index] == backslash { bytes[index] = UInt8(ascii: "/") }
    }
    return bytes
  }

  /// A host as it is asked. Most are names that need no second look.
  private static func host(_ typed: ArraySlice<UInt8>, isSpecial: Bool) -> String? {
    let last = typed.lastIndex(of: UInt8(ascii: "."))
    let first = last.map { typed[($0 + 1)...].first } ?? typed.first
    let isName =
      first?.isLetter == true
      && typed.allSatisfy { $0.isLetterOrDigit || $0 == 0x2D || $0 == 0x2E || $0 == 0x2A }
    if isName { return String(decoding: typed.map(\.lowercased), as: UTF8.self) }
    let text = String(decoding: typed, as: UTF8.self)
    return isSpecial ? WHATWGURL.host(text) : text.lowercased()
  }

  private static func hasSpace(_ text: String, _ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { $0 < 0x80 }
      ? bytes.contains { $0 <= 0x20 }
      : text.unicodeScalars.contains { JavaScript.isWhiteSpace($0) || $0.value < 0x20 }
  }

  /// The parts together.
  package var description: String {
    scheme + "://" + (userInfo.map { $0 + "@" } ?? "") + host + (port.map { ":" + $0 } ?? "")
      + path + (query.map { "?" + $0 } ?? "") + (fragment.map { "#" + $0 } ?? "")
  }

  /// The path without slashes at its end.
  var trimmedPath: String {
    var path = path[...]
    while path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }

  /// Whether it names this machine.
  var isLoopback: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" || host == "[::]"
      || ipv4.map { $0[0] == 127 || $0 == [0, 0, 0, 0] } == true
  }

  /// Whether it names this machine or one of a private network: there, `http` is usual.
  var isPrivate: Bool {
    if isLoopback { return true }
    if let octets = ipv4 {
      return octets[0] == 10 || octets[0] == 192 && octets[1] == 168
        || octets[0] == 172 && (16...31).contains(octets[1]) || octets[0] == 169 && octets[1] == 254
        || octets[0] == 100 && (64...127).contains(octets[1])
    }
    if host.hasPrefix("[") {
      return ["[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb"].contains { host.hasPrefix($0) }
    }
    return !host.contains(".")
      || [".local", ".lan", ".internal", ".home.arpa"].contains { host.hasSuffix($0) }
  }

  /// Whether the host is a number and not a name.
  var isAddress: Bool { host.hasPrefix("[") || ipv4 != nil }

  /// Whether the host is one that DNS can have: letters, digits, hyphens, underscores and dots, and
  /// no empty part. URLs may have others.
  var hasPlainHost: Bool {
    isAddress
      || host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        (1...63).contains(label.utf8.count)
          && label.utf8.allSatisfy { $0.isLetterOrDigit || $0 == 0x2D || $0 == 0x5F || $0 >= 0x80 }
      }
  }

  /// The numbers of an IPv4 address, also where it stands in one of IPv6 (RFC 4291, 2.5.5.2).
  private var ipv4: [Int]? {
    let mapped = "[::ffff:"
    if host.hasPrefix(mapped) {
      let pieces = host.dropFirst(mapped.count).dropLast().split(separator: ":")
        .compactMap { Int($0, radix: 16) }
      guard pieces.count == 2 else { return nil }
      return pieces.flatMap { [$0 >> 8, $0 & 0xFF] }
    }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let octets = parts.compactMap { $0.utf8.allSatisfy(\.isDigit) ? Int($0) : nil }
    return parts.count == 4 && octets.count == 4 && octets.allSatisfy { $0 <= 255 } ? octets : nil
  }
}
