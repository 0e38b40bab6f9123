// How names that look alike are told apart: what URL110 stands on.

/// Letters that look like others.
enum Confusables {
  /// Text as it looks: letters that are taken for each other are one.
  static func skeleton(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if let plain = table[scalar] {
        result += plain
      } else if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else if let base = decomposed(scalar) {
        result.unicodeScalars.append(base)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    for (pair, single) in [("rn", "m"), ("vv", "w"), ("cl", "d")] {
      result = replacing(pair, by: single, in: result)
    }
    return result
  }

  /// Cyrillic, Greek and other letters of Latin looks, and digits for letters
  /// (from Unicode Technical Standard 39, confusables.txt).
  private static let table: [Unicode.Scalar: String] = [
    "0": "o", "1": "l", "|": "l", "i": "l",
    "\u{430}": "a", "\u{435}": "e", "\u{43E}": "o", "\u{440}": "p", "\u{441}": "c",
    "\u{443}": "y", "\u{445}": "x", "\u{456}": "l", "\u{458}": "j", "\u{455}": "s",
    "\u{501}": "d", "\u{51B}": "q", "\u{51D}": "w", "\u{4BB}": "h", "\u{475}": "v",
    "\u{3B1}": "a", "\u{3BF}": "o", "\u{3C1}": "p", "\u{3BD}": "v", "\u{3B9}": "l",
    "\u{3BA}": "k", "\u{3C5}": "u", "\u{3C7}": "x", "\u{131}": "l", "\u{142}": "l",
    "\u{F8}": "o", "\u{111}": "d", "\u{127}": "h", "\u{261}": "g", "\u{251}": "a",
    "\u{581}": "g", "\u{578}": "n", "\u{57D}": "u", "\u{585}": "o", "\u{584}": "p",
  ]

  /// Latin letters with marks, by the ranges of Latin-1 and Latin Extended-A.
  private static func decomposed(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    let ranges: [(ClosedRange<UInt32>, Unicode.Scalar)] = [
      (0xE0...0xE5, "a"), (0xE7...0xE7, "c"), (0xE8...0xEB, "e"), (0xEC...0xEF, "l"),
      (0xF1...0xF1, "n"), (0xF2...0xF6, "o"), (0xF9...0xFC, "u"), (0xFD...0xFD, "y"),
      (0xFF...0xFF, "y"), (0x101...0x105, "a"), (0x107...0x10D, "c"), (0x10F...0x10F, "d"),
      (0x113...0x11B, "e"), (0x11D...0x123, "g"), (0x125...0x125, "h"), (0x129...0x12F, "l"),
      (0x135...0x135, "j"), (0x137...0x138, "k"), (0x13A...0x140, "l"), (0x144...0x14B, "n"),
      (0x14D...0x151, "o"), (0x155...0x159, "r"), (0x15B...0x161, "s"), (0x163...0x167, "t"),
      (0x169...0x173, "u"), (0x175...0x175, "w"), (0x177...0x177, "y"), (0x17A...0x17E, "z"),
      (0x1EA1...0x1EB7, "a"), (0x1EB9...0x1EC7, "e"), (0x1ECD...0x1EE3, "o"),
    ]
    return ranges.first { $0.0.contains(scalar.value) }?.1
  }

  private static func replacing(_ pair: String, by single: String, in text: String) -> String {
    var result = ""
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(pair) {
        result += single
        rest = rest.dropFirst(pair.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}

/// Labels of international domain names (RFC 3492).
enum Punycode {
  /// What stands behind `xn--`; `nil` for what is not well formed.
  static func decoded(_ text: String) -> String? {
    var scalars: [Unicode.Scalar] = []
    var rest = Array(text.utf8)[...]
    if let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) {
      scalars = rest[..<hyphen].map { Unicode.Scalar($0) }
      rest = rest[(hyphen + 1)...]
    }
    var (code, index, bias) = (128, 0, 72)
    while !rest.isEmpty {
      let former = index
      var (weight, step) = (1, 36)
      while true {
        guard let byte = rest.popFirst(), let digit = digit(byte) else { return nil }
        let (product, tooLarge) = digit.multipliedReportingOverflow(by: weight)
        guard !tooLarge, index <= Int(UInt32.max) - product else { return nil }
        index += product
        let threshold = step <= bias ? 1 : step >= bias + 26 ? 26 : step - bias
        if digit < threshold { break }
        guard weight <= Int(UInt32.max) / 36 else { return nil }
        weight *= 36 - threshold
        step += 36
      }
      let count = scalars.count + 1
      bias = adapted(index - former, count: count, isFirst: former == 0)
      code += index / count
      index %= count
      guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else { return nil }
      scalars.insert(scalar, at: index)
      index += 1
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func digit(_ byte: UInt8) -> Int? {
    if byte.isDigit { return Int(byte) - 22 }
    return byte.isLetter ? Int(byte | 0x20) - 97 : nil
  }

  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var step = 0
    while delta > 455 {
      delta /= 35
      step += 36
    }
    return step + 36 * delta / (delta + 38)
  }
}
