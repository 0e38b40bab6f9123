import Foundation
package import Testing

/// Compares a text with a file of the project. `CLINECFG_RECORD=1 swift test` writes it instead,
/// and fails, so that nobody records by accident.
package func expectGolden(
  _ text: String, path: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let file = Fixtures.root.appending(path: path)
  let stored = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  guard stored != text else { return }
  if ProcessInfo.processInfo.environment["CLINECFG_RECORD"] != nil {
    try? FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? Data(text.utf8).write(to: file)
    Issue.record("recorded \(path)", sourceLocation: sourceLocation)
    return
  }
  let (old, new) = (
    stored.split(separator: "\n", omittingEmptySubsequences: false),
    text.split(separator: "\n", omittingEmptySubsequences: false)
  )
  let difference = new.difference(from: old).prefix(20).map { change in
    switch change {
    case .insert(let line, let text, _): "+\(line + 1): \(text)"
    case .remove(let line, let text, _): "-\(line + 1): \(text)"
    }
  }
  Issue.record(
    "\(path) is not fresh; CLINECFG_RECORD=1 swift test writes it\n\(difference.joined(separator: "\n"))",
    sourceLocation: sourceLocation)
}
