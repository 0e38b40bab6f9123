/// Whether JavaScript's `new URL(text)` takes a text, which decides whether Cline reads a whole
/// `providers.json` (WHATWG URL Standard, sections 3.5 and 4.4, without a base).
///
/// A host beyond ASCII counts as accepted unless it holds a forbidden code point: the tables of
/// international domain names are not here.
enum WHATWGURL {
  static func accepts(_ text: String) -> Bool {
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
    var port = 0
    for digit in digits {
      guard digit.isASCIIDigit else { return false }
      port = port * 10 + Int(digit.value) - 48
      if port > 65_535 { return false }
    }
    return true
  }

  private static func acceptsDomain(_ host: ArraySlice<Unicode.Scalar>) -> Bool {
    let decoded = percentDecoded(String(String.UnicodeScalarView(host)))
    // Full-width and similar forms of '.' and digits are beyond us; ASCII decides.
    guard
      decoded.unicodeScalars.allSatisfy({
        !isForbidden($0) && $0 != "%" && $0.value > 0x1F && $0.value != 0x7F
      })
    else { return false }
    // A soft hyphen alone is mapped to nothing.
    guard decoded.unicodeScalars.contains(where: { $0.value != 0xAD }) else { return false }
    var labels = decoded.split(separator: ".", omittingEmptySubsequences: false)
    if labels.last?.isEmpty == true, labels.count > 1 { labels.removeLast() }
    guard let last = labels.last, isNumber(last) else { return true }
    return acceptsIPv4(labels)
  }

  private static func isNumber(_ label: Substring) -> Bool {
    !label.isEmpty && label.utf8.allSatisfy(\.isDigit) || ipv4Number(label) != nil
  }

  private static func acceptsIPv4(_ labels: [Substring]) -> Bool {
    guard labels.count <= 4 else { return false }
    let numbers = labels.map(ipv4Number)
    guard let last = numbers.last ?? nil,
      numbers.dropLast().allSatisfy({ $0.map { $0 <= 255 } ?? false })
    else { return false }
    return last < UInt64(1) << UInt64(8 * (5 - labels.count))
  }

  private static func ipv4Number(_ label: Substring) -> UInt64? {
    if label.isEmpty { return nil }
    if label.hasPrefix("0x") || label.hasPrefix("0X") {
      let digits = label.dropFirst(2)
      return digits.isEmpty ? 0 : UInt64(digits, radix: 16)
    }
    guard label.utf8.allSatisfy(\.isDigit) else { return nil }
    return UInt64(label, radix: label.count > 1 && label.hasPrefix("0") ? 8 : 10)
  }

  private static func acceptsIPv6(_ text: [Unicode.Scalar]) -> Bool {
    var pieces = 0
    var compressed = false
    var index = 0
    if text.first == ":" {
      guard text.count > 1, text[1] == ":" else { return false }
      (index, compressed) = (2, true)
      pieces += 1
    }
    while index < text.count {
      if pieces == 8 { return false }
      if text[index] == ":" {
        if compressed { return false }
        (index, compressed) = (index + 1, true)
        pieces += 1
        continue
      }
      let digits = text[index...].prefix {
        $0.isASCIIDigit || "abcdefABCDEF".unicodeScalars.contains($0)
      }
      let end = index + digits.count
      if end < text.count, text[end] == "." {
        let parts = String(String.UnicodeScalarView(text[index...]))
          .split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, pieces <= 6,
          parts.allSatisfy({ part in
            !part.isEmpty && part.utf8.allSatisfy(\.isDigit)
              && (part.count == 1 || !part.hasPrefix("0")) && (Int(part) ?? 256) <= 255
          })
        else { return false }
        pieces += 2
        index = text.count
        break
      }
      guard !digits.isEmpty, digits.count <= 4 else { return false }
      index = end
      pieces += 1
      if index < text.count {
        guard text[index] == ":" else { return false }
        index += 1
        if index == text.count { return false }
      }
    }
    return compressed ? pieces <= 8 : pieces == 8
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    "\0\t\n\r #/:<>?@[\\]^|".unicodeScalars.contains(scalar)
  }

  private static func percentDecoded(_ text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let high = JSONText.hexadecimal(rest[rest.startIndex]),
        let low = JSONText.hexadecimal(rest[rest.startIndex + 1])
      {
        bytes.append(UInt8(high << 4 | low))
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIILetter: Bool { UInt8(exactly: value)?.isLetter == true && isASCII }
  fileprivate var isASCIIDigit: Bool { isASCII && UInt8(truncatingIfNeeded: value).isDigit }
}
