/// Choosing one of many lines: what is shown, and what a key does. Knows no terminal.
package struct Picker: Sendable {
  /// A key of the keyboard.
  package enum Key: Hashable, Sendable {
    case up, down, pageUp, pageDown, enter, cancel, erase, character(Character)
  }

  /// What a key led to.
  package enum Outcome: Hashable, Sendable {
    case goesOn, chosen(Int), cancelled
  }

  private let items: [String]
  private let height: Int
  private(set) var filter = ""
  private(set) var cursor = 0

  package init(_ items: [String], height: Int = 12) {
    self.items = items
    self.height = max(1, height)
  }

  /// The places of the lines that have every typed word in them, the closest first.
  package var matches: [Int] {
    let words = filter.lowercased().split(separator: " ")
    let found = items.indices.filter { index in
      let item = items[index].lowercased()
      return words.allSatisfy { item.contains($0) }
    }
    guard let first = words.first else { return found }
    // What begins with the words comes first, and what is the very word before all.
    func rank(_ index: Int) -> Int {
      let name = items[index].lowercased().prefix { $0 != " " }
      return name == first ? 0 : name.hasPrefix(first) ? 1 : 2
    }
    return (0...2).flatMap { place in found.filter { rank($0) == place } }
  }

  package mutating func press(_ key: Key) -> Outcome {
    let count = matches.count
    switch key {
    case .up: cursor = max(0, cursor - 1)
    case .down: cursor = max(0, min(count - 1, cursor + 1))
    case .pageUp: cursor = max(0, cursor - height)
    case .pageDown: cursor = max(0, min(count - 1, cursor + height))
    case .enter:
      let matches = matches
      return matches.indices.contains(cursor) ? .chosen(matches[cursor]) : .goesOn
    case .cancel: return .cancelled
    case .erase:
      if !filter.isEmpty { filter.removeLast() }
      cursor = 0
    case .character(let character):
      filter.append(character)
      cursor = 0
    }
    return .goesOn
  }

  /// The lines as they are shown: the question with what was typed, and a window of the matches.
  package func lines(title: String, width: Int) -> [String] {
    let matches = matches
    let start = max(0, min(cursor - height / 2, matches.count - height))
    var lines = ["\(title) (\(matches.count) of \(items.count)): \(filter)"]
    for (place, index) in matches.enumerated().dropFirst(start).prefix(height) {
      lines.append((place == cursor ? "> " : "  ") + items[index])
    }
    if matches.isEmpty { lines.append("  nothing has that in it") }
    return lines.map { String($0.unicodeScalars.prefix(max(10, width - 1)).map(Character.init)) }
  }
}

extension Picker.Key {
  /// The keys in what a terminal sent.
  package static func keys(in bytes: [UInt8]) -> [Picker.Key] {
    var keys: [Picker.Key] = []
    var rest = bytes[...]
    while let byte = rest.first {
      switch byte {
      case 0x1B:
        let sequences: [([UInt8], Picker.Key)] = [
          (Array("\u{1B}[A".utf8), .up), (Array("\u{1B}OA".utf8), .up),
          (Array("\u{1B}[B".utf8), .down), (Array("\u{1B}OB".utf8), .down),
          (Array("\u{1B}[5~".utf8), .pageUp), (Array("\u{1B}[6~".utf8), .pageDown),
        ]
        if let (sequence, key) = sequences.first(where: { rest.starts(with: $0.0) }) {
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
      case 0x0D, 0x0A: keys.append(.enter)
      case 0x03, 0x04: keys.append(.cancel)
      case 0x7F, 0x08: keys.append(.erase)
      case 0x10: keys.append(.up)
      case 0x0E: keys.append(.down)
      case 0x20...0x7E: keys.append(.character(Character(Unicode.Scalar(byte))))
      default: break
      }
      rest = rest.dropFirst()
    }
    return keys
  }
}
