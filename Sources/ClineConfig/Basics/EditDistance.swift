/// How many letters apart two words are.
enum EditDistance {
  /// `; did you mean` and a word, as the end of a message: the nearest of those that are not too far.
  static func hint(for word: String, among words: [String], within limit: Int) -> String {
    let near = words.map { ($0, between($0, word)) }.min { $0.1 < $1.1 }
    guard let near, near.1 <= limit else { return "" }
    return "; did you mean '\(near.0)'?"
  }

  /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
  static func between(_ one: String, _ other: String) -> Int {
    let (a, b) = (Array(one.unicodeScalars), Array(other.unicodeScalars))
    guard abs(a.count - b.count) <= 2, !a.isEmpty, !b.isEmpty else {
      return max(a.count, b.count)
    }
    var before: [Int] = []
    var previous = Array(0...b.count)
    for row in 1...a.count {
      var current = [row] + Array(repeating: 0, count: b.count)
      for column in 1...b.count {
        let cost = a[row - 1] == b[column - 1] ? 0 : 1
        current[column] = min(
          previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
        if row > 1, column > 1, a[row - 1] == b[column - 2], a[row - 2] == b[column - 1] {
          current[column] = min(current[column], before[column - 2] + 1)
        }
      }
      (before, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
