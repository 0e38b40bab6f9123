import Dispatch
import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("This machine, as the library sees it")
struct HostTests {
  @Test("a program that ends without reading what it is given ends nobody else")
  func unreadInput() throws {
    for _ in 0..<200 {
      var child = ChildProcess(["/bin/true"], timeout: 5_000, outputLimit: 100)
      child.input = [UInt8](repeating: 0x61, count: 48 << 10)
      #expect(try child.run().status == 0)
    }
  }

  @Test("this process has variables, a home, a time, names and neighbours")
  func current() throws {
    let host = HostEnvironment.current()
    #expect(host.variables["PATH"]?.isEmpty == false && host.homeDirectory != nil)
    #expect(host.workingDirectory.description == FileManager.default.currentDirectoryPath)
    #expect(abs(Double(host.now().milliseconds) / 1000 - Date().timeIntervalSince1970) < 60)
    #expect(host.uniqueName().count == 32 && host.uniqueName() != host.uniqueName())
    let own = ProcessInfo.processInfo.processIdentifier
    #if os(Linux)
      #expect(host.processes().contains { $0.id == own && !$0.words.isEmpty })
    #endif
    let sh = try #require(host.program("sh"))
    let run = host.run(
      ChildProcess([sh.description, "-c", "echo here"], timeout: 5_000, outputLimit: 100))
    #expect(run.map { String(decoding: $0.output, as: UTF8.self) } == "here\n")
    #expect(host.program("no-such-program-at-all") == nil)
    host.sleep(1)
    host.holdInterruptions()()
    #expect(host.configurationDirectory?.name == "clinecfg")
  }

  @Test("a program gets its input, its environment and no more time and room than it has")
  func children() throws {
    func run(
      _ script: String, _ change: (inout ChildProcess) -> Void = { _ in }
    ) throws -> ChildProcess.Result {
      var child = ChildProcess(["/bin/sh", "-c", script], timeout: 10_000, outputLimit: 1_000)
      change(&child)
      return try child.run()
    }
    let echoed = try run("cat; echo \"$A$HOME\"; exit 3") {
      $0.input = Array("in ".utf8)
      $0.environment = ["A": "a"]
    }
    #expect(String(decoding: echoed.output, as: UTF8.self) == "in a\n" && echoed.status == 3)
    let large = try run("cat > /dev/null; echo done") {
      $0.input = [UInt8](repeating: 65, count: 1 << 20)
      $0.endsWithUs = true
    }
    #expect(large.status == 0 && large.output == Array("done\n".utf8))
    #expect(
      try run("exec 0<&-; exit 0") { $0.input = [UInt8](repeating: 65, count: 1 << 20) }.status == 0
    )
    let long = try run("sleep 20") { $0.timeout = 100 }
    #expect(long.timedOut && long.status != 0)
    let much = try run("while :; do echo 0123456789; done")
    #expect(much.exceededLimit && much.output.count < 1 << 20)
    #expect(try run("kill -9 $$").status != 0)
    #expect(throws: FileSystemError.Code.self) {
      _ = try ChildProcess(["/no/such"], timeout: 100, outputLimit: 10).run()
    }
  }

  @Test("files on disk: owners, links, locks, swaps and what is refused")
  func files() throws {
    let folder = try TemporaryDirectory()
    let root = try #require(AbsolutePath(folder.url.path))
    let files = LocalFileSystem()
    let (a, b, link) = (root.appending("a"), root.appending("b"), root.appending("l"))
    try files.create(a, contents: FileBytes(Array("one".utf8)), mode: .ownerOnly, owner: nil)
    #expect(throws: FileSystemError.self) {
      try files.create(a, contents: FileBytes([1]), mode: .ownerOnly, owner: nil)
    }
    try files.replace(b, with: Array("two".utf8), mode: .ownerOnly, named: "n")
    #expect(try files.exchange(a, b) && files.read(a, limit: 9).bytes == Array("two".utf8))
    #expect(try files.holds(Array("one".utf8), at: b) && !files.holds([1], at: b))
    #expect(throws: FileSystemError.self) { _ = try files.read(a, limit: 2) }
    try FileManager.default.createSymbolicLink(atPath: link.description, withDestinationPath: "a")
    #expect(try files.linkTarget(of: link) == "a" && files.resolve(link) == a)
    #expect(
      try files.status(of: link)?.kind == .link && files.status(of: root.appending("x")) == nil)
    try files.setMode(FileMode(rawValue: 0o644), of: a)
    #expect(try files.status(of: a)?.mode == FileMode(rawValue: 0o644))
    try files.link(a, to: root.appending("hard"))
    #expect(try files.status(of: a)?.links == 2)
    try files.renameExclusively(root.appending("hard"), to: root.appending("moved"))
    #expect(throws: FileSystemError.self) {
      try files.renameExclusively(root.appending("moved"), to: b)
    }
    try files.rename(root.appending("moved"), to: b)
    #expect(try files.canMove(from: a, to: b))
    let made = try files.makeDirectories(root.appending("d/e/f"))
    #expect(made.count == 3)
    try files.synchronize(root)
    #expect(try files.names(in: root).sorted() == ["a", "b", "d", "l"])
    #expect(try files.names(in: root.appending("none")).isEmpty)
    try files.removeDirectory(root.appending("d/e/f"))
    #expect(throws: FileSystemError.self) { try files.removeDirectory(root.appending("d")) }
    try files.remove(b)
    try files.remove(b)
    let lock = try files.lock(root.appending("lock"))
    #expect(lock != nil)
    #expect(try files.lock(root.appending("lock")) == nil)
    withExtendedLifetime(lock) {}
    #expect(try files.authority(over: a).map { $0.user == files.user } ?? true)
    #expect(throws: FileSystemError.self) { _ = try files.read(root, limit: 9) }
  }

  @Test("root works with the rights of whoever owns the directory")
  func assumed() throws {
    guard LocalFileSystem().user == 0 else {
      return Tool.skip("root", consequence: "no other user's rights were taken")
    }
    let folder = try TemporaryDirectory()
    let root = try #require(AbsolutePath(folder.url.path))
    let other = FileOwner(user: 1234, group: 1234)
    try FileManager.default.setAttributes(
      [.ownerAccountID: 1234, .groupOwnerAccountID: 1234, .posixPermissions: 0o700],
      ofItemAtPath: folder.url.path)
    let files = AssumedFileSystem(owner: other)
    let (a, b) = (root.appending("a"), root.appending("b"))
    try files.create(a, contents: FileBytes([1]), mode: .ownerOnly, owner: nil)
    try files.create(b, contents: FileBytes([2]), mode: .ownerOnly, owner: nil)
    #expect(try files.status(of: a)?.owner == other && files.user == 1234)
    #expect(try files.exchange(a, b) && files.read(a, limit: 9).bytes == [2])
    #expect(try files.holds([1], at: b) && files.canMove(from: a, to: b))
    try files.setMode(FileMode(rawValue: 0o640), of: a)
    try files.link(a, to: root.appending("c"))
    try files.renameExclusively(root.appending("c"), to: root.appending("d"))
    try files.rename(root.appending("d"), to: b)
    try files.makeDirectory(root.appending("e"))
    try files.synchronize(root)
    #expect(try files.names(in: root) == ["a", "b", "e"])
    try files.removeDirectory(root.appending("e"))
    try FileManager.default.createSymbolicLink(
      atPath: root.description + "/l", withDestinationPath: "/root/x")
    #expect(try files.linkTarget(of: root.appending("l")) == "/root/x")
    #expect(try files.lock(root.appending("lock")) != nil)
    try files.remove(b)
    // What is root's alone is out of reach.
    let own = try TemporaryDirectory()
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: own.url.path)
    let secret = own.url.appending(path: "s")
    try Data("s".utf8).write(to: secret)
    #expect(throws: FileSystemError.self) {
      _ = try files.read(try #require(AbsolutePath(secret.path)), limit: 9)
    }
    #if os(Linux)
      // Only for the thread that asks: the others of this process stay who they are.
      let path = try #require(AbsolutePath(secret.path))
      DispatchQueue.concurrentPerform(iterations: 2) { worker in
        for _ in 0..<3000 {
          if worker == 0 { _ = try? AssumedFileSystem(owner: other).names(in: root) }
          if worker == 1 { #expect((try? LocalFileSystem().read(path, limit: 9)) != nil) }
        }
      }
    #endif
    let host = HostEnvironment.current()
    #expect(host.isOthers(root) && host.acting(in: root).files.user == 1234)
    #expect(host.acting(in: try #require(AbsolutePath("/root"))).files.user == 0)
  }

  @Test("VS Code's database is read at rest and beside a log, and nothing is written")
  func database() throws {
    guard let python = Tool.find("python3") else {
      return Tool.skip("python3", consequence: "no database was read")
    }
    let folder = try TemporaryDirectory()
    let file = folder.url.appending(path: "state.vscdb")
    let maker = """
      import sqlite3, sys, os
      db = sqlite3.connect(sys.argv[1])
      if sys.argv[2] == 'wal': db.execute('PRAGMA journal_mode=WAL')
      db.execute('CREATE TABLE IF NOT EXISTS ItemTable (key TEXT, value BLOB)')
      for row in [('saoudrizwan.claude-dev', '{"apiProvider":"groq"}'), ('other', 'x'),
                  ('secret://{"extensionId":"saoudrizwan.claude-dev","key":"k"}', 'y')]:
          db.execute('INSERT INTO ItemTable VALUES (?, ?)', row)
      db.commit()
      if sys.argv[2] == 'wal': os._exit(0)
      """
    for mode in ["rest", "wal"] {
      try? FileManager.default.removeItem(at: file)
      let made = try Tool.run(python, arguments: ["-c", maker, file.path, mode])
      #expect(made.status == 0, "\(made.error)")
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
      do throws(StateDatabaseProblem) {
        let rows = try StateDatabase(host: .current()).rows(AbsolutePath(file.path) ?? .root)
        #expect(
          Set(rows.map(\.key)).contains("saoudrizwan.claude-dev") && rows.count == 2, "\(mode)")
      } catch {
        guard error != .noProgram else {
          return Tool.skip("sqlite3", consequence: "no database was read")
        }
        Issue.record("\(mode): \(error)")
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
      for name in before {
        try FileManager.default.removeItem(at: folder.url.appending(path: name))
      }
    }
    try Data("no database".utf8).write(to: file)
    #expect(throws: StateDatabaseProblem.self) {
      _ = try StateDatabase(host: .current()).rows(try #require(AbsolutePath(file.path)))
    }
  }

  @Test(
    "a file of the user's says what is wrong where",
    arguments: [
      (#"{"a":1}"#, "expected a string"), (#"{"a":""}"#, "empty"), (#"{}"#, "missing"),
    ])
  func userFiles(text: String, words: String) throws {
    let file = try UserFile(Array(text.utf8), name: "f")
    let error = #expect(throws: UserFile.Problem.self) { _ = try file.requiredText(at: "/a") }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    #expect(throws: UserFile.Problem.self) {
      _ = try UserFile(at: try #require(AbsolutePath("/none")), on: Bench().host)
    }
  }
}
