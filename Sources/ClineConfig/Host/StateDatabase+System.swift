import LosslessJSON

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// SQLite's own library, found at run time: without it one feature is missing, and nothing else.
private struct SQLite {
  typealias Open =
    @convention(c) (
      UnsafePointer<CChar>, UnsafeMutablePointer<OpaquePointer?>, CInt, UnsafePointer<CChar>?
    ) -> CInt
  typealias Prepare =
    @convention(c) (
      OpaquePointer, UnsafePointer<CChar>, CInt, UnsafeMutablePointer<OpaquePointer?>,
      UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) -> CInt
  typealias Call = @convention(c) (OpaquePointer?) -> CInt
  typealias Blob = @convention(c) (OpaquePointer, CInt) -> UnsafeRawPointer?
  typealias Count = @convention(c) (OpaquePointer, CInt) -> CInt
  typealias Words = @convention(c) (CInt) -> UnsafePointer<CChar>?

  let open: Open
  let prepare: Prepare
  let step: Call
  let blob: Blob
  let count: Count
  let finalize: Call
  let close: Call
  let words: Words

  init?() {
    // By absolute paths: a name alone can mean the working directory (dyld(1)).
    let directories = [
      "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/lib64",
      "/lib", "/usr/local/lib", "/run/current-system/sw/lib",
    ]
    let names =
      directories.map { $0 + "/libsqlite3.so.0" } + directories.map { $0 + "/libsqlite3.so" }
      + ["/usr/lib/libsqlite3.dylib"]
    // Stays loaded until the process ends: the functions below are in it.
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      return nil
    }
    func symbol<Function>(_ name: String, type: Function.Type) -> Function? {
      dlsym(library, name).map { unsafeBitCast($0, to: type) }
    }
    guard let open = symbol("sqlite3_open_v2", type: Open.self),
      let prepare = symbol("sqlite3_prepare_v2", type: Prepare.self),
      let step = symbol("sqlite3_step", type: Call.self),
      let blob = symbol("sqlite3_column_blob", type: Blob.self),
      let count = symbol("sqlite3_column_bytes", type: Count.self),
      let finalize = symbol("sqlite3_finalize", type: Call.self),
      let close = symbol("sqlite3_close_v2", type: Call.self),
      let words = symbol("sqlite3_errstr", type: Words.self)
    else { return nil }
    (self.open, self.prepare, self.step, self.blob) = (open, prepare, step, blob)
    (self.count, self.finalize, self.close, self.words) = (count, finalize, close, words)
  }

  // sqlite3.h
  private static let row: CInt = 100
  private static let done: CInt = 101
  private static let readWrite: CInt = 0x2
  private static let asURI: CInt = 0x40

  /// The rows of Cline in a database. What its URI does not forbid is done to it: the change of a
  /// killed program is rolled back first.
  func rows(_ uri: String) throws(StateDatabaseProblem) -> [(key: String, value: [UInt8])] {
    var database: OpaquePointer?
    defer { _ = close(database) }
    try check(open(uri, &database, Self.readWrite | Self.asURI, nil))
    guard let database else { throw .unreadable("it cannot be opened") }
    // A view of that name could keep us busy for ever.
    let tables = try rows(
      database,
      query: "SELECT name, type FROM sqlite_master WHERE name = 'ItemTable' AND type = 'table'")
    guard !tables.isEmpty else { throw .unreadable("it has no table ItemTable") }
    let names = StateDatabase.extensions.map { "'\($0)'" }.joined(separator: ", ")
    let query =
      "SELECT key, value FROM ItemTable WHERE key IN (\(names)) "
      + "OR substr(key, 1, \(StateDatabase.secretPrefix.utf8.count)) = '\(StateDatabase.secretPrefix)'"
    return try rows(database, query: query)
  }

  private func rows(
    _ database: OpaquePointer, query: String
  ) throws(StateDatabaseProblem) -> [(key: String, value: [UInt8])] {
    var statement: OpaquePointer?
    try check(prepare(database, query, -1, &statement, nil))
    defer { _ = finalize(statement) }
    guard let statement else { throw .unreadable("it cannot be asked") }
    var rows: [(key: String, value: [UInt8])] = []
    while true {
      let result = step(statement)
      if result == Self.done { return rows }
      guard result == Self.row else {
        try check(result)
        return rows
      }
      rows.append(
        (String(decoding: bytes(statement, column: 0), as: UTF8.self), bytes(statement, column: 1)))
    }
  }

  private func bytes(_ statement: OpaquePointer, column: CInt) -> [UInt8] {
    let start = blob(statement, column)
    return Array(UnsafeRawBufferPointer(start: start, count: Int(count(statement, column))))
  }

  private func check(_ result: CInt) throws(StateDatabaseProblem) {
    guard result != 0 else { return }
    throw .unreadable(words(result).map { String(cString: $0) } ?? "SQLite's error \(result)")
  }
}

/// Cline's rows of VS Code's `state.vscdb`.
enum StateDatabase {
  static let extensions = ["saoudrizwan.claude-dev", "saoudrizwan.cline-nightly"]
  static let secretPrefix = #"secret://{"extensionId":"saoudrizwan.c"#

  /// Cline's rows of a `state.vscdb`, also while VS Code has it open or locked. Nothing is written
  /// beside it: a database at rest is read where it is, without its locks; one with a journal or a
  /// write-ahead log is read from a private copy.
  static func rows(
    _ path: AbsolutePath
  ) throws(StateDatabaseProblem) -> [(key: String, value: [UInt8])] {
    guard let sqlite = SQLite() else { throw .noLibrary }
    let files = LocalFileSystem()
    let companions = ["-wal", "-journal"].filter { ending in
      let file = AbsolutePath(path.description + ending)
      return (file.flatMap { try? files.status(of: $0) }?.size ?? 0) > 0
    }
    guard !companions.isEmpty else {
      return try sqlite.rows(
        "file:\(path.description.percentEncoded(keeping: "/"))?mode=ro&immutable=1")
    }
    var template = Array("/tmp/clinecfg-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template), let folder = AbsolutePath(String(cString: made)) else {
      throw .unreadable("there is no place for a copy of it")
    }
    defer {
      for name in (try? files.names(in: folder)) ?? [] { try? files.remove(folder.appending(name)) }
      try? files.removeDirectory(folder)
    }
    let copy = folder.appending("state.vscdb")
    do throws(FileSystemError) {
      for ending in [""] + companions {
        guard let source = AbsolutePath(path.description + ending),
          let target = AbsolutePath(copy.description + ending)
        else { continue }
        let bytes = try files.read(source, limit: 512 << 20).bytes
        try files.create(target, contents: FileBytes(bytes), mode: .ownerOnly, owner: nil)
      }
    } catch {
      throw .unreadable("\(error)")
    }
    return try sqlite.rows("file:\(copy.description.percentEncoded(keeping: "/"))")
  }
}
