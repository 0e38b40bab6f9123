/// Choosing one of many lines: what is shown, and what a key does. Knows no terminal.
package struct Picker: Sendable {
  /// A key of the keyboard.
  package enum Key: Hashable, Sendable {
    case up, down, pageUp, pageDown, first, last, enter, cancel, stop
    case erase, eraseWord, eraseAll, character(Character)
  }

  /// What a key led to.
  package enum Outcome: Hashable, Sendable {
    case goesOn, chosen(Int), cancelled
  }

  private let items: [String]
  /// How many lines are shown at once.
  package var height: Int
  private(set) var filter = ""
  private(set) var cursor = 0

  package init(_ items: [String], height: Int = 12) {
    self.items = items
    self.height = max(1, height)
  }

  /// The places of the lines that have every typed word in them, the closest first; where there are
  /// none, of those that have its letters in this order.
  package var matches: [Int] {
    let words = filter.lowercased().split(separator: " ")
    let whole = items.indices.filter { index in
      let item = items[index].lowercased()
      return words.allSatisfy { item.contains($0) }
    }
    guard let first = words.first else { return whole }
    guard !whole.isEmpty else { return near(words) }
    // What begins with the words comes first, and what is the very word before all.
    func rank(_ index: Int) -> Int {
      let name = items[index].lowercased().prefix { $0 != " " }
      return name == first ? 0 : name.hasPrefix(first) ? 1 : 2
    }
    return (0...2).flatMap { place in whole.filter { rank($0) == place } }
  }

  /// The lines that have the letters of every word in their order, the closest together first.
  private func near(_ words: [Substring]) -> [Int] {
    items.indices.compactMap { index -> (index: Int, span: Int)? in
      let item = Array(items[index].lowercased())
      let spans = words.compactMap { Self.span(of: $0, in: item) }
      return spans.count == words.count ? (index, spans.reduce(0, +)) : nil
    }.sorted { ($0.span, $0.index) < ($1.span, $1.index) }.map(\.index)
  }

  /// How many letters of a line the letters of a word are spread over; `nil` where it has not all of
  /// them in this order.
  private static func span(of word: Substring, in item: [Character]) -> Int? {
    item.indices.filter { item[$0] == word.first }.compactMap { start -> Int? in
      var rest = word[...]
      for place in start..<item.count where item[place] == rest.first {
        rest = rest.dropFirst()
        if rest.isEmpty { return place - start + 1 }
      }
      return nil
    }.min()
  }

  package mutating func press(_ key: Key) -> Outcome {
    let count = matches.count
    switch key {
    case .up: cursor = max(0, cursor - 1)
    case .down: cursor = max(0, min(count - 1, cursor + 1))
    case .pageUp: cursor = max(0, cursor - height)
    case .pageDown: cursor = max(0, min(count - 1, cursor + height))
    case .first: cursor = 0
    case .last: cursor = max(0, count - 1)
    case .enter:
      let matches = matches
      return matches.indices.contains(cursor) ? .chosen(matches[cursor]) : .goesOn
    case .cancel: return .cancelled
    case .stop: return .goesOn
    case .erase: type(String(filter.dropLast()))
    case .eraseWord:
      let words = filter.split(separator: " ")
      type(words.dropLast().map { $0 + " " }.joined())
    case .eraseAll: type("")
    case .character(let character): type(filter + String(character))
    }
    return .goesOn
  }

  private mutating func type(_ text: String) {
    filter = text
    cursor = 0
  }

  /// The lines as they are shown: the question with what was typed, a window of the matches, the keys.
  package func lines(title: String, width: Int) -> [String] {
    let matches = matches
    let start = max(0, min(cursor - height / 2, matches.count - height))
    var lines = ["\(title) (\(matches.count) of \(items.count)): \(filter)"]
    for (place, index) in matches.enumerated().dropFirst(start).prefix(height) {
      lines.append((place == cursor ? "> " : "  ") + items[index])
    }
    if matches.isEmpty { lines.append("  no matches") }
    lines.append("type to search; Enter chooses; Esc cancels")
    return lines.map { Self.fitting($0, columns: max(10, width - 1)) }
  }

  /// As many whole words as fit; of a single long one its beginning.
  private static func fitting(_ line: String, columns: Int) -> String {
    guard line.count > columns else { return line }
    let start = line.prefix(columns)
    guard let space = start.lastIndex(of: " "),
      start.distance(from: start.startIndex, to: space) > 4
    else { return String(line.prefix(columns - 1)) + "…" }
    return String(start[..<space])
  }
}

extension Picker.Key {
  private static let sequences: [(bytes: [UInt8], key: Picker.Key)] = [
    ("[A", .up), ("OA", .up), ("[B", .down), ("OB", .down), ("[5~", .pageUp), ("[6~", .pageDown),
    ("[H", .first), ("OH", .first), ("[1~", .first), ("[F", .last), ("OF", .last), ("[4~", .last),
  ].map { (Array(("\u{1B}" + $0).utf8), $1) }

  private static let controls: [UInt8: Picker.Key] = [
    0x0D: .enter, 0x0A: .enter, 0x03: .cancel, 0x04: .cancel, 0x7F: .erase, 0x08: .erase,
    0x10: .up, 0x0E: .down, 0x15: .eraseAll, 0x17: .eraseWord, 0x1A: .stop,
    0x01: .first, 0x05: .last,
  ]

  /// The keys in what a terminal sent.
  package static func keys(in bytes: [UInt8]) -> [Picker.Key] {
    var keys: [Picker.Key] = []
    var rest = bytes[...]
    while let byte = rest.first {
      if byte == 0x1B {
        if let (sequence, key) = sequences.first(where: { rest.starts(with: $0.bytes) }) {
          keys.append(key)
          rest = rest.dropFirst(sequence.count)
        } else if rest.count == 1 {
          keys.append(.cancel)
          rest = []
        } else {
          // Another sequence: to its letter.
          rest = rest.dropFirst(2).drop { !(0x40...0x7E).contains($0) }.dropFirst()
        }
        continue
      }
      if let key = controls[byte] {
        keys.append(key)
        rest = rest.dropFirst()
        continue
      }
      let text = rest.prefix { $0 >= 0x20 && $0 != 0x7F }
      for character in String(decoding: text, as: UTF8.self) where character != "\u{FFFD}" {
        keys.append(.character(character))
      }
      rest = rest.dropFirst(max(1, text.count))
    }
    return keys
  }
}
