/// A Base URL in its parts, as typed: nothing is decoded, resolved or added.
public struct BaseURL: Hashable, Sendable, CustomStringConvertible {
  /// `https`, in lower case.
  public var scheme: String
  /// `user:password`, without the `@`.
  public var userInfo: String?
  /// In lower case; an IPv6 address keeps its brackets.
  public var host: String
  /// Digits, as typed.
  public var port: String?
  /// From the first slash; empty without one.
  public var path: String
  /// Without the `?`.
  public var query: String?
  /// Without the `#`.
  public var fragment: String?

  /// `nil` unless the text has a scheme, `://` and a host, and neither white space nor control
  /// characters.
  public init?(_ text: String) {
    // By bytes: every mark that matters is ASCII, and the catalogue is read at each start.
    let utf8 = text.utf8
    guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")),
      utf8[colon...].starts(with: "://".utf8), !Self.hasSpace(text),
      let first = utf8.first, first.isLetter,
      utf8[..<colon].allSatisfy({ $0.isLetterOrDigit || "+-.".utf8.contains($0) })
    else { return nil }
    scheme = text[..<colon].lowercased()
    var rest = text[utf8.index(colon, offsetBy: 3)...]
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "#")) {
      fragment = String(rest[rest.utf8.index(after: mark)...])
      rest = rest[..<mark]
    }
    if let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?")) {
      query = String(rest[rest.utf8.index(after: mark)...])
      rest = rest[..<mark]
    }
    let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
    path = String(rest[slash...])
    var authority = rest[..<slash]
    if let at = authority.utf8.lastIndex(of: UInt8(ascii: "@")) {
      userInfo = String(authority[..<at])
      authority = authority[authority.utf8.index(after: at)...]
    }
    let start: String.Index
    if authority.utf8.first == UInt8(ascii: "[") {
      guard let close = authority.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
      start = authority.utf8.index(after: close)
      guard start == authority.endIndex || authority.utf8[start] == UInt8(ascii: ":") else {
        return nil
      }
    } else {
      start = authority.utf8.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
    }
    host = authority[..<start].lowercased()
    port =
      start == authority.endIndex ? nil : String(authority[authority.utf8.index(after: start)...])
    if host.utf8.last == UInt8(ascii: "."), host.utf8.count > 1 { host.removeLast() }
    guard !host.isEmpty, port.map({ $0.utf8.allSatisfy(\.isDigit) && $0.utf8.count <= 5 }) ?? true
    else { return nil }
  }

  private static func hasSpace(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 < 0x80 }
      ? text.utf8.contains { $0 <= 0x20 }
      : text.unicodeScalars.contains { JavaScript.isWhiteSpace($0) || $0.value < 0x20 }
  }

  /// The parts together.
  public var description: String {
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
    host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
      || host.hasPrefix("127.") && ipv4 != nil || host == "0.0.0.0"
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

  private var ipv4: [Int]? {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let octets = parts.compactMap { $0.utf8.allSatisfy(\.isDigit) ? Int($0) : nil }
    return parts.count == 4 && octets.count == 4 && octets.allSatisfy { $0 <= 255 } ? octets : nil
  }
}
