package import Foundation
package import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Other programs of this machine that a test asks.
package enum Tool {
  package struct Result {
    package let status: Int32
    package let output: String
    package let error: String
  }

  package static func find(_ name: String) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .map { URL(filePath: String($0)).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// Says what a missing tool leaves unproved; where CI runs, that is a failure of this one test.
  package static func skip(
    _ name: String, consequence: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let message = "SKIPPED: \(name) is missing, so \(consequence)"
    print(message)
    if ProcessInfo.processInfo.environment["CI"] != nil {
      Issue.record("\(message)", sourceLocation: sourceLocation)
    }
  }

  package static func run(
    _ tool: URL, arguments: [String], input: String = "", environment: [String: String]? = nil,
    in directory: URL? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = tool
    process.arguments = arguments
    if let environment { process.environment = environment }
    if let directory { process.currentDirectoryURL = directory }
    // Through files: no pipe can fill up and stop either side.
    let folder = try TemporaryDirectory()
    let inputFile = folder.url.appending(path: "in")
    try Data(input.utf8).write(to: inputFile)
    let names = ["out", "err"].map { folder.url.appending(path: $0) }
    for name in names { try Data().write(to: name) }
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: names[0])
    process.standardError = try FileHandle(forWritingTo: names[1])
    try process.run()
    process.waitUntilExit()
    let texts = try names.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    return Result(status: process.terminationStatus, output: texts[0], error: texts[1])
  }
}

/// A folder that is gone with its last reference.
package final class TemporaryDirectory: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(
      path: "clinecfg-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
