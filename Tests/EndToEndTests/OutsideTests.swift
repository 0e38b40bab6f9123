import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("A package outside this one")
struct OutsideTests {
  /// Builds the package of `Fixtures/outside` with the library as its dependency.
  private static func build() throws -> URL? {
    guard let swift = Tool.find("swift") else {
      Tool.skip("swift", consequence: "no package outside this one was built")
      return nil
    }
    let root = Fixtures.root
    let scratch = root.appending(path: ".build/outside")
    let words = [
      "build", "--package-path", root.appending(path: "Fixtures/outside").path,
      "--scratch-path", scratch.path,
    ]
    let result = try Tool.run(swift, arguments: words)
    #expect(result.status == 0, "\(result.output) \(result.error)")
    return scratch.appending(path: "debug")
  }

  /// What a data directory holds, without the moment of the change.
  private static func stores(_ directory: URL) throws -> [String: String] {
    var found: [String: String] = [:]
    for file in SettingsFile.allCases {
      let url = directory.appending(path: file.relativePath)
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      found[file.rawValue] = text.replacing(/20[0-9-]{8}T[0-9:.]+Z/, with: "TIME")
    }
    return found
  }

  @Test("sets a provider as the command does, and has a rule and a provider of its own")
  func outside() throws {
    guard let products = try Self.build() else { return }
    let folder = try TemporaryDirectory()
    let (mine, commands) = (
      folder.url.appending(path: "mine"), folder.url.appending(path: "commands")
    )
    var environment = [
      "HOME": folder.url.path, "RUTAAPI_API_KEY": "invented-key-0001",
      // Nothing to ask with: no test touches the network.
      "PATH": "/nonexistent",
    ]
    environment["CLINE_DATA_DIR"] = mine.path
    for _ in 0..<2 {
      let run = try Tool.run(
        products.appending(path: "SetUp"), arguments: [], environment: environment, in: folder.url)
      #expect(run.status == 0 && run.output.isEmpty, "\(run.output) \(run.error)")
    }
    environment["CLINE_DATA_DIR"] = commands.path
    let command = try Tool.run(
      Binary.url,
      arguments: [
        "set-provider", "rutaapi", "--key-env", "RUTAAPI_API_KEY", "--model", "demo-model",
        "--no-verify",
      ], environment: environment, in: folder.url)
    #expect(command.status == 0, "\(command.error)")
    #expect(try Self.stores(mine) == Self.stores(commands))
    #expect(try Self.stores(mine).count == 3)
    // Without a key it ends with a typed error, and writes nothing.
    environment["RUTAAPI_API_KEY"] = nil
    environment["CLINE_DATA_DIR"] = folder.url.appending(path: "none").path
    let refused = try Tool.run(
      products.appending(path: "SetUp"), arguments: [], environment: environment, in: folder.url)
    #expect(refused.status != 0 && refused.error.contains("key"), "\(refused.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: "none").path))

    let own = try Tool.run(products.appending(path: "Own"), arguments: [], environment: environment)
    #expect(
      own.output == """
        https://api.outside.example/v1\(" ")
        https://console.outside.example URL103
        https://api.rutaapi.com/v1 TRIPLE401
        https://staging.llm.example.com/v1 TRIPLE401 OWN101

        """, "\(own.error)")
  }
}
