/// A moment, in whole milliseconds since 1970 in UTC: the precision of Cline's files.
package struct Timestamp: Hashable, Sendable, Comparable {
  /// Milliseconds since 1970.
  package let milliseconds: Int64

  /// A moment.
  package init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// Earlier is less.
  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.milliseconds < b.milliseconds }

  /// As JavaScript's `Date.prototype.toISOString` spells it: `2026-08-22T20:03:00.000Z`.
  package var iso8601: String {
    let (date, time) = parts
    return date.joined(separator: "-") + "T" + time.joined(separator: ":")
      + "." + Self.padded(Int(milliseconds - seconds * 1000), 3) + "Z"
  }

  /// The length of ``compact``.
  static let compactLength = 16

  /// Sortable and fit for a file name: `20260822T200300Z`.
  package var compact: String {
    let (date, time) = parts
    return date.joined() + "T" + time.joined() + "Z"
  }

  private var seconds: Int64 { Int64((Double(milliseconds) / 1000).rounded(.down)) }

  private var parts: (date: [String], time: [String]) {
    let days = Int((Double(seconds) / 86_400).rounded(.down))
    let second = Int(seconds) - days * 86_400
    // Days to a civil date, in eras of 400 years that begin in March (Howard Hinnant's method).
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
    return (
      [Self.padded(year, 4), Self.padded(civilMonth, 2), Self.padded(day, 2)],
      [second / 3_600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }
    )
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
