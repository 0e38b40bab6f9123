import ClinecfgCommands
import Foundation
import TestSupport
import Testing

/// A home directory and a checkout for the scripts of a document, with the built command on `PATH`.
/// Whatever asks beyond this machine meets a proxy that is not there.
struct Workshop {
  let folder: TemporaryDirectory
  let home: URL
  /// Where scripts run: what a fresh clone has at its top.
  let checkout: URL
  let bin: URL
  static let key = "invented-rutaapi-key-0001"

  /// Stands in for the toolchain: the build is the one that the tests were built with.
  private static let swift = """
    #!/bin/sh
    case "$1" in
      build) mkdir -p .build/release && cp "$BUILT" .build/release/clinecfg ;;
      run) shift; case "$1" in clinecfg) shift; exec "$BUILT" "$@" ;; -c) ;; *) exit 64 ;; esac ;;
      test|format|package) ;;
      *) exit 64 ;;
    esac
    """

  init() throws {
    folder = try TemporaryDirectory()
    home = folder.url.appending(path: "home")
    checkout = folder.url.appending(path: "checkout")
    bin = folder.url.appending(path: "bin")
    let manager = FileManager.default
    for directory in [home, checkout, bin] {
      try manager.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    for name in ["Fixtures", "docs", "Package.swift", "README.md", "Sources"] {
      try manager.createSymbolicLink(
        at: checkout.appending(path: name),
        withDestinationURL: Fixtures.root.appending(path: name))
    }
    try manager.createSymbolicLink(
      at: bin.appending(path: "clinecfg"), withDestinationURL: Binary.url)
    try program("swift", text: Self.swift)
    try archive()
  }

  /// Stands in for a release's archive: the built command, and the layout.
  private func archive() throws {
    let name = "clinecfg-\(Clinecfg.version)-linux-"
    let made = try Tool.run(
      URL(filePath: "/bin/sh"),
      arguments: [
        "-euc",
        """
        name=\(name)$(uname -m)
        mkdir -p $name/bin $name/share/man/man1
        ln -s "$BUILT" $name/bin/clinecfg
        touch $name/share/man/man1/clinecfg.1
        tar -czf $name.tar.gz $name
        rm -r $name
        sha256sum $name.tar.gz >SHA256SUMS
        """,
      ], environment: ["PATH": "/usr/bin:/bin", "BUILT": Binary.url.path], in: checkout)
    #expect(made.status == 0, "\(made.error)")
  }

  /// Puts a program on `PATH`.
  func program(_ name: String, text: String) throws {
    let file = bin.appending(path: name)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  func run(
    _ script: String, variables: [String: String] = [:], shell: String = "sh", home: URL? = nil
  ) throws -> Tool.Result {
    var environment = [
      "HOME": (home ?? self.home).path,
      "PATH": "\(bin.path):\(self.home.path)/.local/bin:/usr/local/bin:/usr/bin:/bin",
      "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9",
      "BUILT": Binary.url.path, "LC_ALL": "C.UTF-8", "RUTAAPI_API_KEY": Self.key,
    ]
    environment.merge(variables) { $1 }
    return try Tool.run(
      URL(filePath: "/usr/bin/env"), arguments: [shell, "-euc", script], environment: environment,
      in: checkout)
  }

  func text(_ path: String, below directory: URL? = nil) -> String? {
    try? String(contentsOf: (directory ?? home).appending(path: path), encoding: .utf8)
  }

  /// The files below a directory, with their bytes and times.
  func state(of directory: URL) -> [String: String] {
    var found: [String: String] = [:]
    let manager = FileManager.default
    for case let path as String in manager.enumerator(atPath: directory.path) ?? .init() {
      let file = directory.appending(path: path).path
      let attributes = try? manager.attributesOfItem(atPath: file)
      let date = attributes?[.modificationDate] as? Date
      guard attributes?[.type] as? FileAttributeType != .typeDirectory else { continue }
      found[path] =
        "\(date?.timeIntervalSince1970 ?? 0) \(manager.contents(atPath: file)?.hashValue ?? 0)"
    }
    return found
  }
}

/// A Markdown page of the project.
struct Document: CustomTestStringConvertible, Sendable {
  let path: String
  var text: String {
    (try? String(contentsOf: Fixtures.root.appending(path: path), encoding: .utf8)) ?? ""
  }
  var testDescription: String { path }

  /// Every page that a person wrote: not the generated ones of rules.
  static let all: [Document] = {
    let docs = FileManager.default.enumerator(
      atPath: Fixtures.root.appending(path: "docs").path)
    let pages = (docs?.compactMap { $0 as? String } ?? []).filter {
      $0.hasSuffix(".md") && !$0.hasPrefix("rules/")
    }
    return [Document(path: "README.md")] + pages.sorted().map { Document(path: "docs/" + $0) }
  }()

  /// The fenced blocks of a language.
  func blocks(_ language: String) -> [String] {
    text.components(separatedBy: "\n```\(language)\n").dropFirst().map { rest in
      rest.components(separatedBy: "\n```")[0] + "\n"
    }
  }
}
