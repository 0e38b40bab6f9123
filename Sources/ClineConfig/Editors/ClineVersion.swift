import LosslessJSON

/// A version of Cline's extension.
package struct ClineVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// `4.1.13`
  package let description: String
  /// Whether it is the nightly extension.
  package let isNightly: Bool
  private let numbers: [Int]

  /// Reads the numbers in front; what follows them does not count.
  package init(_ text: String, isNightly: Bool = false) {
    description = text
    self.isNightly = isNightly
    numbers = text.split { !$0.isNumber }.prefix(3).map { Int($0) ?? 0 }
  }

  /// By numbers.
  package static func < (a: ClineVersion, b: ClineVersion) -> Bool {
    a.numbers.lexicographicallyPrecedes(b.numbers)
  }

  /// Whether it is this one or a later one.
  func isAtLeast(_ version: String) -> Bool { !(self < ClineVersion(version)) }

  /// Whether its extension holds two programs, of which a window starts one.
  package var hasTwoBundles: Bool { isAtLeast("4.1.0") }

  private static let folders = [
    ("saoudrizwan.claude-dev-", false), ("saoudrizwan.cline-nightly-", true),
  ]

  /// The newest that is in a directory of extensions and not marked for removal.
  ///
  /// Sources: apps/vscode/package.json (publisher, name); VS Code's `.obsolete`.
  static func installed(in extensions: AbsolutePath, on host: HostEnvironment) -> ClineVersion? {
    guard let names = try? host.files.names(in: extensions), !names.isEmpty else { return nil }
    let marks = try? host.files.read(extensions.appending(".obsolete"), limit: 1 << 20).bytes
    let obsolete = marks.flatMap { try? JSONDocument(parsing: $0).root.object }
    var found: [ClineVersion] = []
    for name in names {
      guard let (prefix, isNightly) = folders.first(where: { name.hasPrefix($0.0) }),
        obsolete?[JSONKey(name)]?.bool != true
      else { continue }
      let manifest = try? host.files.read(
        extensions.appending(name).appending("package.json"), limit: 4 << 20
      ).bytes
      let version = manifest.flatMap { try? JSONDocument(parsing: $0)["/version"]?.string }
      found.append(
        ClineVersion(version ?? String(name.dropFirst(prefix.count)), isNightly: isNightly))
    }
    return found.max()
  }
}
