/// Documents of several kinds, near a size in bytes.
enum Kind: String, CaseIterable {
  case state = "like globalState.json"
  case deep = "deep"
  case wide = "one object of many keys"
  case strings = "long strings"
  case numbers = "numbers"

  func document(bytes: Int) -> [UInt8] {
    switch self {
    case .state: Self.state(bytes)
    case .deep: Self.repeated(bytes, open: "[", close: "]") { _ in Self.nest }
    case .wide: Self.repeated(bytes, open: "{\n", close: "\n}") { #"  "key-\#($0)": true"# }
    case .strings:
      Self.repeated(bytes, open: "[\n", close: "\n]") { _ in
        "\"" + String(repeating: "Please look at this file, und prüfe es. \\n", count: 40) + "\""
      }
    case .numbers:
      Self.repeated(bytes, open: "[\n", close: "\n]") {
        "\($0), -\($0).25, \($0)e-3, 1700000000000"
      }
    }
  }

  private static let nest =
    String(repeating: #"{"a":["#, count: 200) + "null" + String(repeating: "]}", count: 200)

  private static func repeated(
    _ bytes: Int, open: String, close: String, _ item: (Int) -> String
  ) -> [UInt8] {
    var text = open
    var index = 0
    while text.utf8.count < bytes {
      if index > 0 { text += ",\n" }
      text += item(index)
      index += 1
    }
    return Array((text + close).utf8)
  }

  /// A globalState.json like those of years of use: rules, toggles, histories, long texts.
  private static func state(_ bytes: Int) -> [UInt8] {
    repeated(
      bytes,
      open:
        "{\n  \"mode\": \"act\",\n  \"openAiBaseUrl\": \"https://api.rutaapi.com/v1\",\n  \"items\": [\n",
      close: "\n  ],\n  \"welcomeViewCompleted\": true\n}"
    ) { index in
      """
          {
            "id": "task-\(index)",
            "ts": \(1_700_000_000_000 + index),
            "cost": 0.0\(index % 1000),
            "isFavorited": \(index % 7 == 0),
            "tags": ["a", "b", null],
            "text": "Please look at \\"file\(index).swift\\" and mend the test that fails.\\nThen run it again, und prüfe \u{E4} das Ergebnis.",
            "path": "/home/somebody/projects/example/Sources/Module\(index % 50)/File.swift"
          }
      """
    }
  }
}
