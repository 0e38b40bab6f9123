import LosslessJSON

/// Whether JavaScript's `new URL(text)` takes a text, which decides whether Cline reads a whole
/// `providers.json` (WHATWG URL Standard, sections 3.5 and 4.4, without a base).
///
/// A host beyond ASCII counts as accepted unless it holds a forbidden code point: the tables of
/// international domain names are not here. ``host(_:)`` tells a host as Node does.
package enum WHATWGURL {
  package static func accepts(_ text: String) -> Bool {
    if isPlain(text) { return true }
    let scalars = trimmed(text).filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }
    guard let colon = scalars.firstIndex(of: ":"), let first = scalars.first,
      first.isASCIILetter,
      scalars[..<colon].allSatisfy({
        $0.isASCIILetter || $0.isASCIIDigit || "+-.".unicodeScalars.contains($0)
      })
    else { return false }
    let scheme = String(String.UnicodeScalarView(scalars[..<colon])).lowercased()
    var rest = scalars[(colon + 1)...]
    guard ["http", "https", "ws", "wss", "ftp", "file"].contains(scheme) else {
      guard rest.starts(with: "//".unicodeScalars) else { return true }
      rest = rest.dropFirst(2)
      return acceptsAuthority(rest.prefix { !"/?#".unicodeScalars.contains($0) }, isSpecial: false)
    }
    if scheme == "file" { return acceptsFile(rest) }
    rest = rest.drop { $0 == "/" || $0 == "\\" }
    return acceptsAuthority(rest.prefix { !"/\\?#".unicodeScalars.contains($0) }, isSpecial: true)
  }

  /// Whether it is what most addresses are: `http` or `https`, a host that is a name, maybe a path.
  private static func isPlain(_ text: String) -> Bool {
    guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return false }
    let rest = text.utf8.dropFirst(scheme.utf8.count)
    let host = rest.prefix { $0.isLetterOrDigit || $0 == 0x2D || $0 == 0x2E }
    let label = host.lastIndex(of: 0x2E).map { host[$0...].dropFirst() } ?? host
    return label.first?.isLetter == true
      && rest[host.endIndex...].allSatisfy { (0x21..<0x7F).contains($0) }
      && (host.endIndex == rest.endIndex || rest[host.endIndex] == 0x2F)
  }

  /// A file's host has neither a port nor a user; a drive letter is none (section 4.4, "file host
  /// state").
  private static func acceptsFile(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    let slashes = rest.prefix { $0 == "/" || $0 == "\\" }.count
    guard slashes == 2 else { return true }
    let host = rest.dropFirst(2).prefix { !"/\\?#".unicodeScalars.contains($0) }
    if host.isEmpty { return true }
    if host.count == 2, host.first?.isASCIILetter == true, let last = host.last,
      last == ":" || last == "|"
    {
      return true
    }
    if host.first == "[" {
      return host.last == "]" && acceptsIPv6(Array(host.dropFirst().dropLast()))
    }
    return !host.contains(":") && !host.contains("@") && acceptsDomain(host)
  }

  private static func trimmed(_ text: String) -> [Unicode.Scalar] {
    var scalars = Array(text.unicodeScalars)[...].drop { $0.value <= 0x20 }
    while let last = scalars.last, last.value <= 0x20 { scalars.removeLast() }
    return Array(scalars)
  }

  private static func acceptsAuthority(
    _ authority: ArraySlice<Unicode.Scalar>, isSpecial: Bool
  ) -> Bool {
    let at = authority.lastIndex(of: "@")
    var host = at.map { authority[($0 + 1)...] } ?? authority
    if host.isEmpty { return !isSpecial && at == nil }
    if host.first == "[" {
      guard let close = host.lastIndex(of: "]") else { return false }
      let port = host[(close + 1)...]
      return acceptsIPv6(Array(host[(host.startIndex + 1)..<close]))
        && (port.isEmpty || port.first == ":" && acceptsPort(port.dropFirst()))
    }
    if let colon = host.firstIndex(of: ":") {
      guard acceptsPort(host[(colon + 1)...]) else { return false }
      host = host[..<colon]
      if host.isEmpty { return false }
    }
    return isSpecial ? acceptsDomain(host) : host.allSatisfy { !isForbidden($0) }
  }

  private static func acceptsPort(_ digits: ArraySlice<Unicode.Scalar>) -> Bool {
    isPort(digits.lazy.map { UInt8(exactly: $0.value) ?? 0 })
  }

  /// Whether these are a port, with zeros before it or none at all (section 4.4, "port state").
  static func isPort(_ digits: some Sequence<UInt8>) -> Bool {
    var port = 0
    for digit in digits {
      guard digit.isDigit else { return false }
      port = port * 10 + Int(digit - UInt8(ascii: "0"))
      if port > 65_535 { return false }
    }
    return true
  }

  private static func acceptsDomain(_ host: ArraySlice<Unicode.Scalar>) -> Bool {
    domain(String(String.UnicodeScalarView(host))) != nil
  }

  /// The host of an `http` or `https` address as `new URL(text).hostname` tells it, from what stands
  /// between its slashes: percent signs decoded, in lower case, an IPv4 address in any spelling as
  /// four decimal numbers, an IPv6 address compressed. `nil` for what is no host.
  ///
  /// Letters beyond ASCII stay as they are, but for full-width forms: such a host is never one that
  /// anybody knows.
  static func host(_ typed: String) -> String? {
    guard typed.hasPrefix("[") else { return domain(typed) }
    guard typed.hasSuffix("]") else { return nil }
    return ipv6(Array(typed.unicodeScalars.dropFirst().dropLast())).map(serialized)
  }

  private static func domain(_ typed: String) -> String? {
    var host = ""
    for scalar in typed.percentDecoded.unicodeScalars {
      switch scalar.value {
      // Mapped to nothing (UTS #46): soft hyphen, joiners, variation selectors, zero width spaces.
      case 0xAD, 0x200B...0x200D, 0x2060, 0x2064, 0xFE00...0xFE0F, 0xFEFF: continue
      case 0xFF01...0xFF5E:
        guard let ascii = Unicode.Scalar(scalar.value - 0xFEE0) else { return nil }
        host.unicodeScalars.append(ascii)
      case 0x3002, 0xFF61: host.append(".")
      default: host.unicodeScalars.append(scalar)
      }
    }
    host = host.lowercased()
    guard !host.isEmpty,
      host.unicodeScalars.allSatisfy({
        !isForbidden($0) && $0 != "%" && $0.value > 0x1F && $0.value != 0x7F
          && $0.value != 0xFFFD
      })
    else { return nil }
    var labels = host.split(separator: ".", omittingEmptySubsequences: false)
    if labels.last?.isEmpty == true, labels.count > 1 { labels.removeLast() }
    guard let last = labels.last, isNumber(last) else { return host }
    return ipv4(labels).map { address in
      [24, 16, 8, 0].map { String(address >> $0 & 0xFF) }.joined(separator: ".")
    }
  }

  private static func isNumber(_ label: Substring) -> Bool {
    !label.isEmpty && label.utf8.allSatisfy(\.isDigit) || ipv4Number(label) != nil
  }

  private static func ipv4(_ labels: [Substring]) -> UInt64? {
    guard labels.count <= 4 else { return nil }
    var address: UInt64 = 0
    for (index, label) in labels.enumerated() {
      guard let number = ipv4Number(label) else { return nil }
      if index < labels.count - 1 {
        guard number <= 255 else { return nil }
        address |= number << UInt64(8 * (3 - index))
      } else {
        guard number < UInt64(1) << UInt64(8 * (5 - labels.count)) else { return nil }
        address |= number
      }
    }
    return address
  }

  private static func ipv4Number(_ label: Substring) -> UInt64? {
    if label.isEmpty { return nil }
    if label.hasPrefix("0x") || label.hasPrefix("0X") {
      let digits = label.dropFirst(2)
      guard digits.utf8.allSatisfy({ $0.hexadecimalDigit != nil }) else { return nil }
      // A number that is too long is one, and no address.
      return digits.isEmpty ? 0 : UInt64(digits, radix: 16) ?? .max
    }
    guard label.utf8.allSatisfy(\.isDigit) else { return nil }
    let isOctal = label.utf8.count > 1 && label.hasPrefix("0")
    if isOctal, label.utf8.contains(where: { $0 > UInt8(ascii: "7") }) { return nil }
    return UInt64(label, radix: isOctal ? 8 : 10) ?? .max
  }

  private static func acceptsIPv6(_ text: [Unicode.Scalar]) -> Bool { ipv6(text) != nil }

  /// The eight pieces of an address.
  private static func ipv6(_ text: [Unicode.Scalar]) -> [UInt16]? {
    var pieces: [UInt16] = []
    /// How many pieces stand before `::`.
    var compressed: Int?
    var index = 0
    if text.first == ":" {
      guard text.count > 1, text[1] == ":" else { return nil }
      (index, compressed) = (2, 0)
    }
    while index < text.count {
      if pieces.count == 8 { return nil }
      if text[index] == ":" {
        guard compressed == nil else { return nil }
        (index, compressed) = (index + 1, pieces.count)
        continue
      }
      let digits = text[index...].prefix {
        $0.isASCIIDigit || "abcdefABCDEF".unicodeScalars.contains($0)
      }
      let end = index + digits.count
      if end < text.count, text[end] == "." {
        guard pieces.count <= 6,
          let last = dotted(String(String.UnicodeScalarView(text[index...])))
        else { return nil }
        pieces += last
        index = text.count
        break
      }
      guard !digits.isEmpty, digits.count <= 4,
        let piece = UInt16(String(String.UnicodeScalarView(digits)), radix: 16)
      else { return nil }
      pieces.append(piece)
      index = end
      if index < text.count {
        guard text[index] == ":" else { return nil }
        index += 1
        if index == text.count { return nil }
      }
    }
    guard let compressed else { return pieces.count == 8 ? pieces : nil }
    guard pieces.count < 8 else { return nil }
    return pieces[..<compressed] + Array(repeating: 0, count: 8 - pieces.count)
      + pieces[compressed...]
  }

  /// The two last pieces of an address that ends like one of IPv4.
  private static func dotted(_ text: String) -> [UInt16]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let octets = parts.compactMap { part -> UInt16? in
      guard !part.isEmpty, part.utf8.allSatisfy(\.isDigit),
        part.utf8.count == 1 || !part.hasPrefix("0")
      else { return nil }
      return UInt16(part).flatMap { $0 <= 255 ? $0 : nil }
    }
    guard parts.count == 4, octets.count == 4 else { return nil }
    return [octets[0] << 8 | octets[1], octets[2] << 8 | octets[3]]
  }

  /// Section 3.5, "IPv6 serializer": the first longest run of zeros is left out.
  private static func serialized(_ pieces: [UInt16]) -> String {
    var longest = 0..<0
    var start = 0
    while start < pieces.count {
      let zeros = pieces[start...].prefix { $0 == 0 }.count
      if zeros > 1, zeros > longest.count { longest = start..<start + zeros }
      start += max(zeros, 1)
    }
    func text(_ range: Range<Int>) -> String {
      pieces[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    return longest.isEmpty
      ? "[\(text(0..<8))]" : "[\(text(0..<longest.lowerBound))::\(text(longest.upperBound..<8))]"
  }

  /// An `http` or `https` address as `new URL(text).href` writes it: white space around it gone, dot
  /// segments resolved, the default port left out, what a path cannot hold in percent signs.
  package static func href(_ text: String) -> String? {
    if isWritten(text) { return text }
    var hasFinalDot = false
    guard var url = BaseURL(withoutSpaces(text), hasFinalDot: &hasFinalDot),
      ["http", "https"].contains(url.scheme)
    else { return nil }
    if hasFinalDot { url.host += "." }
    let port = url.port.flatMap { Int($0) }
    let isDefault = url.scheme == "http" && port == 80 || url.scheme == "https" && port == 443
    url.port = isDefault ? nil : port.map(String.init)
    url.userInfo = url.userInfo.flatMap(userInfo)
    url.path = encoded(resolved(url.path), in: "\"<>`{}")
    url.query = url.query.map { encoded($0, in: "\"<>'") }
    url.fragment = url.fragment.map { encoded($0, in: "\"<>`") }
    return url.description
  }

  /// Whether nothing in it would be written in another way: the host in lower case, and a path of what
  /// stands in most.
  private static func isWritten(_ text: String) -> Bool {
    guard isPlain(text) else { return false }
    var slashes = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "/") { slashes += 1 }
      let isLetter = byte.isLetterOrDigit && (slashes > 2 || byte == byte.lowercased)
      guard isLetter || "/:-_.".utf8.contains(byte) else { return false }
    }
    return slashes > 2 && !text.contains("/.")
  }

  /// Without white space around it, and with that within it as the parser takes it.
  private static func withoutSpaces(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x21..<0x80).contains($0) }) { return text }
    let scalars = trimmed(text).filter { $0 != "\t" && $0 != "\n" && $0 != "\r" }
    return String(String.UnicodeScalarView(scalars)).replacing(" ", with: "%20")
  }

  private static func resolved(_ path: String) -> String {
    // Most paths have no dot behind a slash, plain or in percent signs.
    if path.utf8.first == UInt8(ascii: "/"), !path.contains("/."),
      !path.utf8.contains(UInt8(ascii: "%"))
    {
      return path
    }
    var segments: [Substring] = []
    let typed = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in typed.enumerated() {
      switch segment.lowercased().replacing("%2e", with: ".") {
      case ".": if index == typed.count - 1 { segments.append("") }
      case "..":
        _ = segments.popLast()
        if index == typed.count - 1 { segments.append("") }
      default: segments.append(segment)
      }
    }
    return "/" + segments.joined(separator: "/")
  }

  /// `user:password` in the percent signs of section 1.3; `nil` where nothing is in it.
  private static func userInfo(_ typed: String) -> String? {
    let parts = typed.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map {
      encoded(String($0), in: "\"#<>?`{}/:;=@[\\]^|")
    }
    let isUser = parts.count < 2 || parts[1].isEmpty
    let text = isUser ? parts.first ?? "" : parts.joined(separator: ":")
    return text.isEmpty ? nil : text
  }

  private static func encoded(_ text: String, in set: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte <= 0x20 || byte >= 0x7F || set.utf8.contains(byte) {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    "\0\t\n\r #/:<>?@[\\]^|".unicodeScalars.contains(scalar)
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool { UInt8(exactly: value)?.isLetter == true && isASCII }
  fileprivate var isASCIIDigit: Bool { isASCII && UInt8(truncatingIfNeeded: value).isDigit }
}
