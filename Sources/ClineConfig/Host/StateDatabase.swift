import LosslessJSON

/// Cline's rows of VS Code's `state.vscdb`, asked through the system's `sqlite3`.
struct StateDatabase {
  let host: HostEnvironment

  static let extensions = ["saoudrizwan.claude-dev", "saoudrizwan.cline-nightly"]
  static let secretPrefix = #"secret://{"extensionId":"saoudrizwan.c"#

  /// The most that is read of a database, in bytes.
  private static let limit = 512 << 20

  /// Cline's rows of a `state.vscdb`, also while VS Code has it open or locked. Nothing is written
  /// beside it: a database at rest is read where it is, without its locks; one with a journal or a
  /// write-ahead log is read from a private copy, where SQLite may roll back what a killed program left.
  func rows(
    _ path: AbsolutePath
  ) throws(StateDatabaseProblem) -> [(key: String, value: [UInt8])] {
    guard let program = host.program("sqlite3") else { throw .noProgram }
    let companions = ["-wal", "-journal"].filter { ending in
      let file = AbsolutePath(path.description + ending)
      return (file.flatMap { try? host.files.status(of: $0) }?.size ?? 0) > 0
    }
    guard !companions.isEmpty else {
      return try ask(program, "\(Self.address(path))?mode=ro&immutable=1")
    }
    let folder = AbsolutePath.root.appending("tmp/clinecfg-\(host.uniqueName())")
    defer { try? host.files.removeTree(folder) }
    let copy = folder.appending("state.vscdb")
    do throws(FileSystemError) {
      try host.files.makeDirectory(folder)
      for ending in [""] + companions {
        guard let source = AbsolutePath(path.description + ending),
          let target = AbsolutePath(copy.description + ending)
        else { continue }
        let bytes = try host.files.read(source, limit: Self.limit).bytes
        try host.files.create(target, contents: FileBytes(bytes), mode: .ownerOnly, owner: nil)
      }
    } catch {
      throw .unreadable("\(error)")
    }
    return try ask(program, Self.address(copy))
  }

  private static func address(_ path: AbsolutePath) -> String {
    "file:\(path.description.percentEncoded(keeping: "/"))"
  }

  /// What is asked. First whether it is a database at all. Then, as an error that ends it, whether the
  /// table is one: a view of that name could go on for ever. Values are in hexadecimal: they may hold
  /// line breaks.
  private static let questions = """
    PRAGMA trusted_schema = OFF;
    SELECT count(*) FROM sqlite_master;
    SELECT CASE type WHEN 'table' THEN 1 ELSE abs(-9223372036854775808) END
      FROM sqlite_master WHERE name = 'ItemTable';
    SELECT hex(key), hex(value) FROM ItemTable
      WHERE key IN (\(extensions.map { "'\($0)'" }.joined(separator: ", ")))
      OR substr(key, 1, \(secretPrefix.utf8.count)) = '\(secretPrefix)';

    """

  private func ask(
    _ program: AbsolutePath, _ address: String
  ) throws(StateDatabaseProblem) -> [(key: String, value: [UInt8])] {
    // `-init`: no start-up file of the user's.
    var child = ChildProcess(
      [
        program.description, "-init", "/dev/null", "-batch", "-bail", "-list", "-noheader", address,
      ],
      timeout: 15_000, outputLimit: 2 * Self.limit)
    child.environment = [:]
    child.endsWithUs = true
    child.input = Array(Self.questions.utf8)
    guard let result = host.run(child) else { throw .noProgram }
    if result.timedOut || result.exceededLimit { throw .unreadable("it is too large") }
    let lines = result.output.split(separator: 0x0A)
    guard lines.count >= 1 else { throw .unreadable("file is not a database") }
    guard lines.count >= 2 else { throw .unreadable("it has no table ItemTable") }
    guard result.status == 0 else { throw .unreadable("the database is damaged") }
    return try lines.dropFirst(2).map { line throws(StateDatabaseProblem) in
      let parts = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      guard parts.count == 2, let key = [UInt8](hexadecimal: parts[0]),
        let value = [UInt8](hexadecimal: parts[1])
      else { throw .unreadable("sqlite3 answers in a form that is not known") }
      return (String(decoding: key, as: UTF8.self), value)
    }
  }
}
