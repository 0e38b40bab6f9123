import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// Root prepares another user's machine, as bootstrap scripts do, and that user has planted something.
@Suite("Root on somebody else's files has no more rights than they", .serialized)
struct RootTests {
  static let user = 40_001
  static let group = 40_001

  let folder: TemporaryDirectory
  /// Root's own: what the attacks are after.
  let secret: URL
  let home: URL
  var data: URL { home.appending(path: ".cline/data") }
  var own: URL { data.appending(path: ".clinecfg") }
  let manager = FileManager.default

  init() throws {
    folder = try TemporaryDirectory()
    secret = folder.url.appending(path: "root-only")
    home = folder.url.appending(path: "home")
    for directory in [secret, home.appending(path: ".cline/data/settings")] {
      try manager.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
    try Data(#"{"rootOnly":"CANARY-root-only"}"#.utf8).write(to: secret.appending(path: "a.json"))
    try Data("kept".utf8).write(to: secret.appending(path: "0"))
    try manager.setAttributes([.posixPermissions: 0o700], ofItemAtPath: secret.path)
    try manager.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: secret.appending(path: "a.json").path)
  }

  /// Gives the home to its user. `false` where this is not run by root.
  func give() throws -> Bool {
    guard getuid() == 0 else {
      Tool.skip("root", consequence: "no other user's files were looked after")
      return false
    }
    let all =
      [home]
      + (manager.enumerator(at: home, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL }
        ?? [])
    for file in all { lchown(file.path, uid_t(Self.user), gid_t(Self.group)) }
    return true
  }

  func run(_ words: String..., variables: [String: String] = [:]) throws -> Tool.Result {
    try Binary.run(
      words + ["--data-dir", data.path], home: folder.url,
      variables: variables.merging(["K": "invented-key-0001-abcd"]) { $1 })
  }

  func setUp() throws -> Tool.Result {
    try run("set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify")
  }

  /// Everything of root's, as it is: names, bytes, permissions.
  func rootsFiles() throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try manager.subpathsOfDirectory(atPath: secret.path) + [""] {
      let path = secret.appending(path: name).path
      let attributes = try manager.attributesOfItem(atPath: path)
      found[name] =
        "\(attributes[.posixPermissions] ?? 0) \(attributes[.ownerAccountID] ?? -1) "
        + String(decoding: manager.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
    return found
  }

  func plant(_ path: String, text: String) throws {
    let file = data.appending(path: path)
    try manager.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }

  func plantLink(_ path: String, to target: URL) throws {
    let file = data.appending(path: path)
    try manager.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try manager.createSymbolicLink(at: file, withDestinationURL: target)
  }

  /// Nothing of root's changed or came out, and everything below the home is its user's.
  func check(_ before: [String: String], run: Tool.Result, note: Comment) throws {
    #expect(try rootsFiles() == before, note)
    #expect(!(run.output + run.error).contains("CANARY-root-only"), note)
    for path in try manager.subpathsOfDirectory(atPath: home.path) {
      let file = home.appending(path: path).path
      let attributes = try manager.attributesOfItem(atPath: file)
      #expect(attributes[.ownerAccountID] as? Int == Self.user, "\(path) \(note)")
      if attributes[.type] as? FileAttributeType == .typeRegular {
        let text = String(decoding: manager.contents(atPath: file) ?? Data(), as: UTF8.self)
        #expect(!text.contains("CANARY-root-only"), "\(path) \(note)")
        #expect((attributes[.posixPermissions] as? Int ?? 0) & 0o7000 == 0, "\(path) \(note)")
      }
    }
  }

  @Test(
    "sets it up, shows it and takes it back; every file is the user's, and nobody else reads keys")
  func setsUp() throws {
    guard try give() else { return }
    let before = try rootsFiles()
    // Root's own key file, which the user could not read.
    let key = secret.appending(path: "key")
    try Data("invented-key-0002-abcd\n".utf8).write(to: key)
    let made = try run(
      "set-provider", "rutaapi", "--key-file", key.path, "--model", "m", "--no-verify")
    #expect(made.status == 0, "\(made.error)")
    try manager.removeItem(at: key)
    try check(before, run: made, note: "set up")
    #expect(try run("show").output.contains("https://api.rutaapi.com/v1/chat/completions"))
    #expect(try run("doctor").status == 0)
    #expect(try run("set", "globalState:/mode", "plan").status == 0)
    for _ in 0..<2 { #expect(try run("undo").status == 0) }
    #expect(!manager.fileExists(atPath: data.appending(path: "secrets.json").path))
    try check(before, run: made, note: "taken back")
  }

  @Test("the user can go on with what root made")
  func goesOn() throws {
    guard try give(), let setpriv = Tool.find("setpriv") else { return }
    #expect(try setUp().status == 0)
    let words = [
      "--reuid=\(Self.user)", "--regid=\(Self.group)", "--clear-groups", Binary.url.path,
    ]
    for command in [
      ["set", "globalState:/mode", "plan"], ["undo"], ["undo"], ["backups", "verify"],
    ] {
      let run = try Tool.run(
        setpriv, arguments: words + command + ["--data-dir", data.path],
        environment: ["HOME": home.path])
      #expect(run.status == 0, "\(command): \(run.error)")
    }
  }

  @Test(
    "links among the changes that are under way are not followed",
    arguments: [
      ".clinecfg/20260822T200300Z-01234567.new", ".clinecfg/20260822T200300Z-01234567",
      ".clinecfg/pending/20260822T200300Z-01234567.new", ".clinecfg/pending/a.new",
      ".clinecfg/pending",
      ".clinecfg/backups/20260822T200300Z-01234567", ".clinecfg/backups", ".clinecfg/quarantine",
      ".clinecfg/lock", ".clinecfg",
    ])
  func links(place: String) throws {
    try plantLink(place, to: place.hasSuffix("lock") ? secret.appending(path: "a.json") : secret)
    guard try give() else { return }
    let before = try rootsFiles()
    for words in [
      ["set", "globalState:/zz", "1"], ["recover"], ["doctor", "--fix"], ["backups", "verify"],
      ["backups", "purge"], ["undo"],
    ] {
      let run = try Binary.run(words + ["--data-dir", data.path], home: folder.url)
      try check(before, run: run, note: "\(place), \(words)")
      #expect(run.status != 70, "\(run.error)")
      if words[0] == "set", run.status != 0 { #expect(run.error.contains(place), "\(run.error)") }
    }
  }

  @Test("a journal or backup that names a path of root's changes nothing there", arguments: [1, 2])
  func journals(format: Int) throws {
    let victim = secret.appending(path: format == 1 ? "a.json" : "new.json").path
    let id = "20260822T200300Z-01234567"
    let text = "{\"owned\":true}"
    let digest = SHA256.digest(Array(text.utf8)).map { String(format: "%02x", $0) }.joined()
    let version = "{\"sha256\":\"\(digest)\",\"size\":\(text.utf8.count),\"mode\":2559}"
    let staged = "\(secret.path)/.clinecfg-0123456789abcdef0123456789abcdef-0.tmp"
    let file =
      format == 1
      ? "{\"store\":\"providers\",\"path\":\"\(victim)\",\"realPath\":\"\(victim)\",\"staged\":\"\(staged)\",\"after\":\(version),\"pointers\":[]}"
      : "{\"store\":\"providers\",\"place\":\"\(victim)\",\"after\":\(version),\"changes\":[]}"
    let record =
      "{\(format == 1 ? "" : "\"format\":2,")\"id\":\"\(id)\",\"created\":1787428980000,\"command\":\"x\",\"files\":[\(file)]}"
    let sum = SHA256.digest(Array(record.utf8)).map { String(format: "%02x", $0) }.joined()
    let journal = format == 1 ? ".clinecfg/pending/\(id)" : ".clinecfg/\(id)"
    for place in [journal, ".clinecfg/backups/\(id)"] {
      try plant(place + "/record.json", text: "{\"sha256\":\"\(sum)\",\"record\":\(record)}\n")
      for name in ["0", "0.after"] { try plant(place + "/" + name, text: text) }
    }
    guard try give() else { return }
    let before = try rootsFiles()
    for words in [
      ["set", "globalState:/zz", "1"], ["recover", "--forward"], ["recover", "--back"], ["undo"],
      ["backups", "restore", id], ["doctor", "--fix"],
    ] {
      let run = try Binary.run(words + ["--data-dir", data.path], home: folder.url)
      try check(before, run: run, note: "\(words)")
      #expect(
        run.status != 0 && run.status != 70 || words[0] == "doctor",
        "\(words) \(run.output)\(run.error)")
    }
  }

  @Test(
    "stores that lead to root's files are neither created there nor read",
    arguments: [
      "new.json", "a.json",
    ])
  func stores(name: String) throws {
    for store in ["globalState.json", "settings/providers.json"] {
      try? manager.removeItem(at: data.appending(path: store))
      try plantLink(store, to: secret.appending(path: name))
      guard try give() else { return }
      let before = try rootsFiles()
      for words in [
        ["set-provider", "rutaapi", "--key-env", "K", "--model", "m", "--no-verify"], ["show"],
        ["doctor", "--fix"], ["get", "globalState:"], ["report"], ["export"],
      ] {
        let run = try Binary.run(
          words + ["--data-dir", data.path], home: folder.url,
          variables: ["K": "invented-key-0001-abcd"])
        try check(before, run: run, note: "\(store) to \(name), \(words)")
        if words[0] == "set-provider" {
          #expect(run.status == 77 || run.status == 65, "\(run.error)")
        }
      }
    }
  }

  @Test("doctor --fix takes permissions from no file of root's, and removes none")
  func fixes() throws {
    #expect(getuid() != 0 || chmod(secret.appending(path: "a.json").path, 0o644) == 0)
    let id = "20260822T200300Z-01234567"
    try plantLink(".clinecfg/backups/\(id)", to: secret)
    try plantLink("secrets.json", to: secret.appending(path: "a.json"))
    try plantLink("globalState.json.tmp.1.a.json", to: secret.appending(path: "0"))
    guard try give() else { return }
    let before = try rootsFiles()
    try check(before, run: try run("doctor", "--fix"), note: "doctor --fix")
  }

  @Test("the configuration of a home that is the user's is read and written with the user's rights")
  func configuration() throws {
    let config = home.appending(path: ".config/clinecfg/profiles")
    try manager.createDirectory(at: config, withIntermediateDirectories: true)
    try Data(
      "{\"provider\":\"rutaapi\",\"model\":\"m\",\"key\":{\"file\":\"\(secret.path)/a.json\"}}".utf8
    ).write(to: config.appending(path: "work.json"))
    try manager.createSymbolicLink(
      at: config.appending(path: "lab.json"), withDestinationURL: secret.appending(path: "lab.json")
    )
    guard try give() else { return }
    let before = try rootsFiles()
    for words in [["use", "work", "--no-verify"], ["save", "lab"], ["profiles"]] {
      let run = try Binary.run(words, home: home)
      try check(before, run: run, note: "\(words)")
      if words[0] != "profiles" { #expect(run.status != 0, "\(words): \(run.output)") }
    }
  }
}
