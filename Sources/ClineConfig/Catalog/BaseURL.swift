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
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://"),
      !text.unicodeScalars.contains(where: { JavaScript.isWhiteSpace($0) || $0.value < 0x20 })
    else { return nil }
    scheme = text[..<colon].lowercased()
    guard let first = scheme.utf8.first, first.isLetter,
      scheme.utf8.allSatisfy({ $0.isLetterOrDigit || "+-.".utf8.contains($0) })
    else { return nil }
    var rest = text[colon...].dropFirst(3)
    if let mark = rest.firstIndex(of: "#") {
      fragment = String(rest[rest.index(after: mark)...])
      rest = rest[..<mark]
    }
    if let mark = rest.firstIndex(of: "?") {
      query = String(rest[rest.index(after: mark)...])
      rest = rest[..<mark]
    }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    path = String(rest[slash...])
    var authority = rest[..<slash]
    if let at = authority.lastIndex(of: "@") {
      userInfo = String(authority[..<at])
      authority = authority[authority.index(after: at)...]
    }
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return nil }
      host = authority[...close].lowercased()
      authority = authority[authority.index(after: close)...]
      guard authority.isEmpty || authority.hasPrefix(":") else { return nil }
      port = authority.isEmpty ? nil : String(authority.dropFirst())
    } else {
      let end = authority.firstIndex(of: ":") ?? authority.endIndex
      host = authority[..<end].lowercased()
      port = end == authority.endIndex ? nil : String(authority[authority.index(after: end)...])
    }
    if host.hasSuffix("."), host.count > 1 { host.removeLast() }
    guard !host.isEmpty, port.map({ $0.utf8.allSatisfy(\.isDigit) && $0.count <= 5 }) ?? true
    else { return nil }
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
