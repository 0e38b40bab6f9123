import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("The files in memory behave as the files on disk")
struct FileSystemTests {
  /// Runs the same steps on both; what they return must be equal.
  func onBoth(_ steps: (any FileSystem, AbsolutePath) throws -> [String]) throws -> [String] {
    let folder = try TemporaryDirectory()
    let memory = InMemoryFileSystem()
    memory.putDirectory("/d")
    let real = try steps(LocalFileSystem(), try #require(AbsolutePath(folder.url.path)))
    let fake = try steps(memory, try #require(AbsolutePath("/d")))
    #expect(real == fake)
    return real
  }

  func code(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "done"
    } catch {
      return ((error as? FileSystemError)?.code).map { "\($0)" } ?? "\(error)"
    }
  }

  @Test("creating, reading, renaming, linking, removing")
  func conformance() throws {
    let answers = try onBoth { files, d in
      let (a, b, c) = (d.appending("a"), d.appending("b"), d.appending("c"))
      var log: [String] = []
      log.append(
        code { try files.create(a, contents: [1, 2], mode: FileMode(rawValue: 0o640), owner: nil) })
      log.append(code { try files.create(a, contents: [], mode: .ownerOnly, owner: nil) })
      log.append(
        code { try files.create(d.appending("x/y"), contents: [], mode: .ownerOnly, owner: nil) })
      log.append(
        "\(try files.read(a, limit: 2).bytes) \(try files.read(a, limit: 2).status.mode.rawValue)")
      log.append(code { _ = try files.read(a, limit: 1) })
      log.append(code { _ = try files.read(b, limit: 1) })
      log.append(code { _ = try files.read(d, limit: 1) })
      log.append(code { try files.create(b, contents: [3], mode: .ownerOnly, owner: nil) })
      log.append("\(try files.exchange(a, b)) \(try files.read(a, limit: 9).bytes)")
      log.append(code { _ = try files.exchange(a, c) })
      log.append(code { try files.renameExclusively(a, to: b) })
      log.append(code { try files.renameExclusively(a, to: c) })
      log.append(code { try files.link(b, to: c) })
      log.append(code { try files.link(b, to: a) })
      log.append("\(try files.status(of: a)?.links ?? 0)")
      log.append(code { try files.rename(c, to: a) })
      log.append("\(try files.names(in: d))")
      log.append(code { try files.makeDirectory(d.appending("e")) })
      log.append(code { try files.makeDirectory(d.appending("e")) })
      log.append(code { try files.makeDirectory(a) })
      log.append("\(try files.status(of: d.appending("e"))?.mode.rawValue ?? 0)")
      log.append(
        code { try files.create(d.appending("e/f"), contents: [], mode: .ownerOnly, owner: nil) })
      log.append(code { try files.removeDirectory(d.appending("e")) })
      log.append(code { try files.remove(d.appending("e/f")) })
      log.append(code { try files.remove(d.appending("e/f")) })
      log.append(code { try files.removeDirectory(d.appending("e")) })
      log.append("\(try files.names(in: d.appending("e")))")
      log.append(code { try files.synchronize(d) })
      let lock = try files.lock(d.appending("lock"))
      log.append("\(lock != nil)")
      let second = try files.lock(d.appending("lock"))
      log.append("\(second != nil)")
      withExtendedLifetime(lock) {}
      return log
    }
    #expect(answers.contains("file exists"))
  }

  @Test("a path is resolved through links, also to what does not exist yet")
  func resolves() throws {
    let folder = try TemporaryDirectory()
    let root = try #require(AbsolutePath(folder.url.path))
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "real"), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: root.appending("dir").description, withDestinationPath: "real")
    try FileManager.default.createSymbolicLink(
      atPath: root.appending("real/file").description, withDestinationPath: "../new.json")
    try FileManager.default.createSymbolicLink(
      atPath: root.appending("loop").description, withDestinationPath: "loop")
    let files = LocalFileSystem()
    #expect(try files.resolve(root.appending("dir/file")).name == "new.json")
    #expect(try files.resolve(root.appending("dir/other")).description.hasSuffix("/real/other"))
    #expect(throws: FileSystemError.self) { try files.resolve(root.appending("loop")) }
  }

  @Test(
    "a digest is the one that everybody computes",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        String(repeating: "a", count: 1_000),
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
      ),
    ])
  func digests(text: String, digest: String) {
    let bytes = Array(text.utf8)
    #expect(SHA256.hexadecimal(bytes) == digest)
    let portable = SHA256.digest(FileBytes(bytes), isPortable: true)
    #expect(portable == SHA256.digest(bytes))
  }

  @Test("the processor's digest is the portable one, whole and in pieces, at every length")
  func digestsAgree() {
    if !SHA256.hasInstructions {
      print("SKIPPED: this processor has no instructions for SHA-256, so one code was tested")
    }
    var generator = SeededGenerator(seed: 7)
    let bytes = (0..<3_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for length in Array(0..<300) + [511, 512, 513, 2_999, 3_000] {
      let text = Array(bytes.prefix(length))
      let portable = SHA256.digest(FileBytes(text), isPortable: true)
      #expect(SHA256.digest(text) == portable, "\(length)")
      for _ in 0..<4 {
        let (a, b) = (
          Int.random(in: 0...length, using: &generator),
          Int.random(in: 0...length, using: &generator)
        )
        let pieces = [text[..<min(a, b)], text[min(a, b)..<max(a, b)], text[max(a, b)...]]
        #expect(SHA256.digest(FileBytes(pieces: pieces)) == portable, "\(length) \(a) \(b)")
      }
    }
  }

  @Test(
    "a time is spelled as JavaScript spells it",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_787_428_980_123, "2026-08-22T20:03:00.123Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (4_102_444_799_999, "2099-12-31T23:59:59.999Z"),
    ])
  func times(milliseconds: Int, text: String) {
    let time = Timestamp(milliseconds: Int64(milliseconds))
    #expect(time.iso8601 == text)
    #expect(ReaderSchema.isDateTime(time.iso8601))
  }
}
