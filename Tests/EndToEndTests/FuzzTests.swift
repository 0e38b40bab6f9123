import Foundation
import TestSupport
import Testing

@Suite("What fuzzing starts from, and has found, keeps every promise")
struct FuzzTests {
  static let targets =
    (try? FileManager.default.contentsOfDirectory(
      atPath: Fixtures.root.appending(path: "Fixtures/fuzz").path
    ).sorted()) ?? []

  let program = Binary.url.deletingLastPathComponent().appending(path: "Fuzz")

  func files(_ target: String) throws -> [String] {
    let folder = Fixtures.root.appending(path: "Fixtures/fuzz/\(target)")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .map { folder.appending(path: $0).path }
  }

  @Test("every file of every target", arguments: targets)
  func corpus(target: String) throws {
    let files = try files(target)
    let run = try Tool.run(program, arguments: [target] + files)
    #expect(
      run.status == 0 && run.output == "\(target): \(files.count) files kept every promise\n",
      "\(run.output)\(run.error)")
  }

  @Test("Node reads JSON and addresses as we do", arguments: ["scanner", "url"])
  func oracle(target: String) throws {
    guard let node = Tool.find("node") else {
      return Tool.skip("node", consequence: "no reader was held against another")
    }
    let files = try files(target)
    let ours = try Tool.run(program, arguments: ["answers", target] + files)
    let run = try Tool.run(
      node,
      arguments: [Fixtures.root.appending(path: "Tests/Fuzz/oracle.mjs").path, target] + files,
      input: ours.output)
    #expect(
      run.status == 0 && run.output.contains(" 0 differences"), "\(run.output)\(run.error)")
  }
}
