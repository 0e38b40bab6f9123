extension JSONText {
  /// A JSONC text as strict JSON: without byte order mark, comments and trailing commas, and
  /// otherwise byte for byte as it was. `nil` for what is not JSONC.
  package static func strict(_ bytes: [UInt8], limits: JSONDocument.Limits = .standard) -> [UInt8]?
  {
    guard (try? JSONDocument(parsing: bytes, dialect: .jsonc, limits: limits)) != nil else {
      return nil
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\""):
        let start = index
        index += 1
        while bytes[index] != UInt8(ascii: "\"") {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index += 1
        result += bytes[start..<index]
      case UInt8(ascii: "/"):
        index = endOfComment(bytes, start: index)
      case UInt8(ascii: ","):
        let next = firstSignificant(bytes, start: index + 1)
        if next == UInt8(ascii: "}") || next == UInt8(ascii: "]") {
          index += 1
        } else {
          result.append(byte)
          index += 1
        }
      default:
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  private static func endOfComment(_ bytes: [UInt8], start: Int) -> Int {
    if bytes[start + 1] == UInt8(ascii: "/") {
      return bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    }
    var index = start + 2
    while bytes[index] != UInt8(ascii: "*") || bytes[index + 1] != UInt8(ascii: "/") { index += 1 }
    return index + 2
  }

  private static func firstSignificant(_ bytes: [UInt8], start: Int) -> UInt8? {
    var index = start
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      case UInt8(ascii: "/"): index = endOfComment(bytes, start: index)
      default: return bytes[index]
      }
    }
    return nil
  }
}
