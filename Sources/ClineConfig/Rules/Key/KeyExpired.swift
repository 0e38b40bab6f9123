import LosslessJSON

/// KEY208: a token that has run out.
struct KeyExpired: TripleRule {
  // {"alg":"none"} . {"exp":1700000000} . a signature that is none
  private static let expired = "eyJhbGciOiJub25lIn0.eyJleHAiOjE3MDAwMDAwMDB9.invented"

  static let documentation = RuleDocumentation(
    .keyExpired, name: "expired", severity: .warning,
    summary: "The key is a JWT whose time is over.",
    rationale: "Its `exp` lies in the past, and the server answers 401.",
    examples: [
      .accepts(.key("invented-key-0001")),
      .accepts(.key(expired).with { $0.now = Timestamp(milliseconds: 1_600_000_000_000) }),
      .accepts(.key("eyJhbGciOiJub25lIn0.not-json.invented").with { $0.now = .distant }),
      .flags(.key(expired).with { $0.now = .distant }, .warning),
    ])

  func findings(in triple: Triple, _ catalog: ProviderCatalog) -> [Finding] {
    guard let now = triple.now, let key = triple.key?.reveal(), key.hasPrefix("eyJ"),
      let expiry = Self.expiry(of: key), expiry < now
    else { return [] }
    return [
      finding(
        "it is a token that expired on \(expiry.iso8601.prefix(10))", about: .key,
        fix: .advice("create a new key"))
    ]
  }

  /// `exp` of the payload (RFC 7519, section 4.1.4), in seconds since 1970.
  static func expiry(of token: String) -> Timestamp? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let payload = base64URL(parts[1]),
      let document = try? JSONDocument(parsing: payload),
      let seconds = document["/exp"]?.number?.double, (0..<1e12).contains(seconds)
    else { return nil }
    return Timestamp(milliseconds: Int64(seconds * 1000))
  }

  private static func base64URL(_ text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count) = (UInt32(0), 0)
    for byte in text.utf8 where byte != UInt8(ascii: "=") {
      let value: UInt8? =
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte + 4
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
      guard let value else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}

extension Timestamp {
  /// For examples.
  fileprivate static let distant = Timestamp(milliseconds: 1_900_000_000_000)
}
