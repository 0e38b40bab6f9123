import ClineConfig
package import LosslessJSON

/// Random documents, spelled and laid out in every way that JSON allows.
package struct RandomJSON {
  package var generator: SeededGenerator

  package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  package mutating func value(depth: Int = 4) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
    case 0: .null
    case 1: .bool(.random(using: &generator))
    case 2:
      .number(
        JSONNumber(literal: pick(["0", "-1", "1.50", "1e5", "-0", "12345678901234567890"]))
          ?? JSONNumber(0))
    case 3, 4: .string(text())
    case 5:
      .array((0..<Int.random(in: 0..<4, using: &generator)).map { _ in value(depth: depth - 1) })
    default: .object(object(depth: depth - 1))
    }
  }

  package mutating func object(depth: Int) -> JSONObject {
    var object = JSONObject()
    for _ in 0..<Int.random(in: 0..<5, using: &generator) { object[key()] = value(depth: depth) }
    return object
  }

  package mutating func key() -> JSONKey {
    JSONKey(pick(["a", "b", "mode", "é", "e\u{301}", "a/b", "~", "x y", "quote\"", ""]))
  }

  package mutating func text() -> String {
    pick([
      "", "plain", "tab\t", "line\n", "quote\"", "back\\slash", "é", "😀", "\u{1}", "//no comment",
      "{,}",
    ])
  }

  package mutating func pick<T>(_ items: [T]) -> T {
    items[Int.random(in: 0..<items.count, using: &generator)]
  }

  /// A text of `value` with random white space, number spelling and escapes.
  package mutating func text(of value: JSONValue) -> String {
    switch value {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .number(let number): return number.literal
    case .string(let text): return quoted(text)
    case .array(let items):
      return list(items.map { (nil, $0) }, open: "[", close: "]")
    case .object(let object):
      return list(object.map { ($0.key, $0.value) }, open: "{", close: "}")
    }
  }

  private mutating func list(_ items: [(JSONKey?, JSONValue)], open: String, close: String)
    -> String
  {
    var result = open + space()
    for (index, item) in items.enumerated() {
      if index > 0 { result += "," + space() }
      if let key = item.0 { result += quoted(key.text) + space() + ":" + space() }
      result += text(of: item.1) + space()
    }
    return result + close
  }

  private mutating func space() -> String { pick(["", "", " ", "\n  ", "\r\n", "\t", "  "]) }

  private mutating func quoted(_ text: String) -> String {
    var result = "\""
    for unit in text.utf16 {
      let escape =
        unit < 0x20 || unit == 0x22 || unit == 0x5C || Int.random(in: 0..<6, using: &generator) == 0
      if escape || (0xD800...0xDFFF).contains(unit) {
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        result += String(utf16CodeUnits: [unit], count: 1)
      }
    }
    return result + "\""
  }
}

extension String {
  fileprivate init(utf16CodeUnits units: [UInt16], count: Int) {
    self = String(decoding: units, as: UTF16.self)
  }
}
