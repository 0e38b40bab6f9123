import LosslessJSON

/// A version of Cline's extension.
package struct ClineVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// `4.1.13`
  package let description: String
  /// Whether it is the nightly extension.
  package let isNightly: Bool
  /// The programs that were found inside; `nil` where nobody looked.
  private let programs: Programs?
  private let numbers: [Int]

  private enum Programs: Hashable { case one, two }

  /// Reads the numbers in front; what follows them does not count.
  package init(_ text: String, isNightly: Bool = false) {
    self.init(text, isNightly: isNightly, programs: nil)
  }

  private init(_ text: String, isNightly: Bool, programs: Programs?) {
    description = text
    self.isNightly = isNightly
    self.programs = programs
    numbers = text.split { !$0.isNumber }.prefix(3).map { Int($0) ?? 0 }
  }

  /// By numbers.
  package static func < (a: ClineVersion, b: ClineVersion) -> Bool {
    a.numbers.lexicographicallyPrecedes(b.numbers)
  }

  /// Whether it is this one or a later one.
  func isAtLeast(_ version: String) -> Bool { !(self < ClineVersion(version)) }

  /// Whether its extension holds two programs, of which a window starts one. Releases from 4.1.0 to
  /// 4.1.17 do; of an installed one the folder tells.
  package var hasTwoBundles: Bool {
    programs.map { $0 == .two } ?? (isAtLeast("4.1.0") && !isAtLeast("4.1.18"))
  }

  /// Whether its only program is the one from before the SDK.
  var isLegacy: Bool { !isAtLeast("4.1.0") && description != "4.0.0" }

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
      let folder = extensions.appending(name)
      let manifest = try? host.files.read(folder.appending("package.json"), limit: 4 << 20).bytes
      let version = manifest.flatMap { try? JSONDocument(parsing: $0)["/version"]?.string }
      // The loader of two programs starts one of these folders (apps/vscode-rollout/src/extension.ts).
      func holds(_ name: String) -> Bool {
        (try? host.files.status(of: folder.appending(name)))??.kind == .directory
      }
      let isTwo = holds("next") && holds("legacy")
      found.append(
        ClineVersion(
          version ?? String(name.dropFirst(prefix.count)), isNightly: isNightly,
          programs: isTwo ? .two : holds("dist") ? .one : nil))
    }
    return found.max()
  }
}
