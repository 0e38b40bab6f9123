/// The difference of two texts in the form that `diff -u` and git print.
enum UnifiedDiff {
  /// `nil` when both are alike. A missing side is an empty file.
  static func text(
    from old: String?, to new: String?, name: String, context: Int = 3
  ) -> StyledText? {
    guard old != new else { return nil }
    let before = lines(old)
    let after = lines(new)
    var result: StyledText = "\(Style.bold)--- \(exact: old == nil ? "/dev/null" : name)\n"
    result += "+++ \(exact: new == nil ? "/dev/null" : name)\(Style.plain)\n"
    for hunk in hunks(script(from: before, to: after), context: context) {
      let (oldCount, newCount) = (
        hunk.lines.count { $0.kind != .added }, hunk.lines.count { $0.kind != .removed }
      )
      let starts = (hunk.old + (oldCount > 0 ? 1 : 0), hunk.new + (newCount > 0 ? 1 : 0))
      result +=
        "\(Style.dim)@@ -\(starts.0),\(oldCount) +\(starts.1),\(newCount) @@\(Style.plain)\n"
      for line in hunk.lines {
        switch line.kind {
        case .kept: result += " \(exact: line.text)\n"
        case .removed: result += "\(Style.red)-\(exact: line.text)\(Style.plain)\n"
        case .added: result += "\(Style.green)+\(exact: line.text)\(Style.plain)\n"
        }
        if line.isUnfinished { result += "\\ No newline at end of file\n" }
      }
    }
    return result
  }

  private struct Line {
    enum Kind { case kept, removed, added }
    let kind: Kind
    let text: String
    let isUnfinished: Bool
  }

  private struct TextLine: Hashable {
    let text: String
    let isUnfinished: Bool
  }

  private static func lines(_ text: String?) -> [TextLine] {
    guard let text, !text.isEmpty else { return [] }
    var parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    let endsWell = parts.last?.isEmpty == true
    if endsWell { parts.removeLast() }
    return parts.enumerated().map { index, part in
      TextLine(
        text: String(part), isUnfinished: !endsWell && index == parts.count - 1)
    }
  }

  /// Every line of both texts, in the order of a diff.
  private static func script(from before: [TextLine], to after: [TextLine]) -> [Line] {
    let difference = after.difference(from: before)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var lines: [Line] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
      if old < before.count, removed.contains(old) {
        lines.append(
          Line(kind: .removed, text: before[old].text, isUnfinished: before[old].isUnfinished))
        old += 1
      } else if new < after.count, added.contains(new) {
        lines.append(
          Line(kind: .added, text: after[new].text, isUnfinished: after[new].isUnfinished))
        new += 1
      } else {
        guard old < before.count else { break }
        lines.append(
          Line(kind: .kept, text: before[old].text, isUnfinished: before[old].isUnfinished))
        old += 1
        new += 1
      }
    }
    return lines
  }

  private static func hunks(
    _ lines: [Line], context: Int
  ) -> [(old: Int, new: Int, lines: [Line])] {
    var hunks: [(old: Int, new: Int, lines: [Line])] = []
    var (old, new) = (0, 0)
    var positions: [(old: Int, new: Int)] = []
    for line in lines {
      positions.append((old, new))
      if line.kind != .added { old += 1 }
      if line.kind != .removed { new += 1 }
    }
    let changed = lines.indices.filter { lines[$0].kind != .kept }
    var index = 0
    while index < changed.count {
      let start = max(0, changed[index] - context)
      var end = changed[index]
      while index < changed.count, changed[index] <= end + 2 * context + 1 {
        end = changed[index]
        index += 1
      }
      let range = start..<min(lines.count, end + context + 1)
      hunks.append((positions[start].old, positions[start].new, Array(lines[range])))
    }
    return hunks
  }
}
