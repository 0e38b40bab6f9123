import ClineConfig
package import Foundation
package import LosslessJSON

/// Files under `Fixtures/`, found from this source file.
package enum Fixtures {
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  package static func bytes(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: root.appending(path: "Fixtures").appending(path: path)))
  }

  package static func json(_ path: String) throws -> JSONValue {
    try JSONDocument(parsing: bytes(path)).root
  }

  /// The names in a folder of fixtures, sorted.
  package static func names(in folder: String) -> [String] {
    let url = root.appending(path: "Fixtures").appending(path: folder)
    let names = try? FileManager.default.contentsOfDirectory(atPath: url.path)
    return (names ?? []).sorted()
  }
}
