import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// VS Code's storage, made by the real SQLite.
@Suite("VS Code's own database is read, and never written")
struct StateDatabaseTests {
  let home: TemporaryDirectory

  init() throws { home = try TemporaryDirectory() }

  var folder: URL { home.url.appending(path: ".config/Code/User/globalStorage") }
  var database: URL { folder.appending(path: "state.vscdb") }

  static let plan =
    #"{"planModeApiProvider":"openai","actModeApiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1","planModeOpenAiModelId":"p","actModeOpenAiModelId":"a","taskHistory":[]}"#
  static let single =
    #"{"apiProvider":"openai","openAiBaseUrl":"https://api.rutaapi.com/v1","openAiModelId":"a"}"#

  /// Makes the database as VS Code does, and goes on with `more` while it is open.
  static let maker = """
    import os, sqlite3, subprocess, sys
    path, memento, mode, more = sys.argv[1:5]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute('PRAGMA journal_mode=' + mode)
    db.execute('CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)')
    db.execute('BEGIN')
    for number in range(2000): db.execute('INSERT INTO ItemTable VALUES (?, ?)', ('other.%d' % number, 'x' * 100))
    db.execute('INSERT INTO ItemTable VALUES (?, ?)', ('saoudrizwan.claude-dev', memento))
    db.execute('INSERT INTO ItemTable VALUES (?, ?)', ('secret://{"extensionId":"saoudrizwan.claude-dev","key":"openAiApiKey"}', b'{"type":"Buffer","data":[118,49]}'))
    db.execute('COMMIT')
    if 'lock' in more: db.execute('BEGIN EXCLUSIVE')
    if 'dirty' in more:
        db.execute('PRAGMA cache_size=1')
        db.execute('UPDATE ItemTable SET value = ? WHERE key LIKE ?', ('y' * 4000, 'other.%'))
    before = sorted((name, open(os.path.join(os.path.dirname(path), name), 'rb').read()) for name in os.listdir(os.path.dirname(path)))
    result = subprocess.run(sys.argv[5:], capture_output=True, text=True)
    after = sorted((name, open(os.path.join(os.path.dirname(path), name), 'rb').read()) for name in os.listdir(os.path.dirname(path)))
    print(result.stdout, end='')
    print(result.stderr, end='', file=sys.stderr)
    if before != after: print('CHANGED', [name for name, _ in after])
    sys.stdout.flush()
    # Without closing: VS Code is killed.
    os._exit(result.returncode)
    """

  @Test("a view in place of the table is not asked: it could go on for ever")
  func view() throws {
    guard let python = Tool.find("python3") else {
      return Tool.skip("python3", consequence: "no endless view was looked at")
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let maker = """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      db.execute('CREATE VIEW ItemTable AS WITH RECURSIVE n(key, value) AS (SELECT 1, 2 UNION ALL SELECT key + 1, 2 FROM n) SELECT key, value FROM n')
      db.commit()
      """
    guard try Tool.run(python, arguments: ["-c", maker, database.path]).status == 0 else {
      return Tool.skip("python3 with sqlite3", consequence: "no endless view was looked at")
    }
    let began = Date()
    let run = try Binary.run(["import", "vscode"], home: home.url)
    #expect(
      run.status != 0 && run.status != 70 && run.error.contains("no table ItemTable"),
      "\(run.error)")
    #expect(Date().timeIntervalSince(began) < 20)
  }

  func run(
    _ memento: String, mode: String = "DELETE", while more: String = "", words: [String]
  ) throws -> Tool.Result? {
    guard let python = Tool.find("python3"),
      try Tool.run(python, arguments: ["-c", "import sqlite3"]).status == 0
    else {
      Tool.skip("python3 with sqlite3", consequence: "no database was read")
      return nil
    }
    return try Tool.run(
      python,
      arguments: ["-c", Self.maker, database.path, memento, mode, more, Binary.url.path] + words,
      environment: [
        "HOME": home.url.path, "PATH": "/usr/bin:/bin", "K": "invented-database-key-0001",
      ])
  }

  @Test(
    "both eras, at rest, while VS Code has it open, locked, in the midst of a change, and in WAL mode",
    arguments: [plan, single],
    [("DELETE", ""), ("DELETE", "lock"), ("DELETE", "lock dirty"), ("WAL", ""), ("WAL", "lock")])
  func reads(memento: String, state: (mode: String, more: String)) throws {
    let words = ["import", "vscode", "--key-env", "K", "--no-verify", "--json"]
    guard let run = try run(memento, mode: state.mode, while: state.more, words: words) else {
      return
    }
    #expect(run.status == 0, "\(run.output)\(run.error)")
    #expect(!run.output.contains("CHANGED"), "\(run.output)")
    let modes = try JSONDocument(parsing: Array(run.output.utf8))["/modes"]
    #expect(modes?["act"]?["model"] == "a" && modes?["act"]?["provider"] == "rutaapi")
    #expect(modes?["plan"]?["model"] == (memento == Self.plan ? "p" : "a"))
    // Commands of other tests come and go there; what stays was left behind.
    var left = try copies()
    for _ in 0..<50 where !left.isEmpty {
      Thread.sleep(forTimeInterval: 0.1)
      left.formIntersection(try copies())
    }
    #expect(left.isEmpty)
  }

  private func copies() throws -> Set<String> {
    Set(
      try FileManager.default.contentsOfDirectory(atPath: "/tmp").filter {
        $0.hasPrefix("clinecfg-") && !$0.hasPrefix("clinecfg-test-")
      })
  }

  @Test("a path with strange characters, and doctor's word for what it found")
  func strange() throws {
    let userData = home.url.appending(path: "a b?c#d%41 é")
    let path = userData.appending(path: "User/globalStorage/state.vscdb")
    guard let python = Tool.find("python3") else {
      return Tool.skip("python3", consequence: "no path was tried")
    }
    let run = try Tool.run(
      python,
      arguments: [
        "-c", Self.maker, path.path, Self.single, "DELETE", "", Binary.url.path, "import", "vscode",
        "--user-data-dir", userData.path, "--key-env", "K", "--no-verify", "--dry-run",
      ], environment: ["HOME": home.url.path, "PATH": "/usr/bin:/bin", "K": "invented-key-0001"])
    #expect(run.status == 0 && run.output.contains("would use RutaAPI"), "\(run.error)")
    // What sqlite3 does for a person at its start is no business of ours.
    try Data(".print 00|00\n.mode json\n".utf8).write(to: home.url.appending(path: ".sqliterc"))
    guard let doctor = try self.run(Self.single, words: ["doctor"]) else { return }
    #expect(doctor.output.contains("RUN704") && !doctor.output.contains("CHANGED"))
  }

  @Test(
    "a corrupt database, an empty one and one of something else are named, and nothing is changed")
  func corrupt() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for bytes in [Data("SQLite format 3\0 and then nothing that makes sense".utf8), Data()] {
      try bytes.write(to: database)
      let run = try Binary.run(["import", "vscode", "--no-input"], home: home.url)
      #expect(run.status == 65 && run.error.contains("state.vscdb: "), "\(run.error)")
      #expect(try Data(contentsOf: database) == bytes)
      #expect(try Binary.run(["doctor"], home: home.url).status == 0)
      #expect(try Binary.run(["vscode"], home: home.url).status == 0)
    }
  }
}
