import Foundation
import LosslessJSON
import TestSupport
import Testing

/// What other packages can name, as the compiler writes it down.
@Suite("The public interface is small, documented and on record")
struct PublicInterfaceTests {
  struct Symbol {
    let path: [String]
    let kind: String
    let declaration: String
    let documentation: String

    var name: String { path.joined(separator: ".") }
    var isType: Bool { ["struct", "enum", "class", "protocol", "typealias"].contains(kind) }
  }

  static let modules = ["ClineConfig", "LosslessJSON"]

  /// The public symbols of a module; `nil` where the compiler is not there to be asked.
  static func symbols(of module: String) throws -> [Symbol]? {
    guard let swift = Tool.find("swift") else {
      Tool.skip("swift", consequence: "the public interface was not looked at")
      return nil
    }
    let built = Binary.url.deletingLastPathComponent()
    let folder = try TemporaryDirectory()
    let target = try Tool.run(swift, arguments: ["-print-target-info"]).output
    let triple = try JSONDocument(parsing: Array(target.utf8))["/target/unversionedTriple"]?.string
    let result = try Tool.run(
      swift,
      arguments: [
        "symbolgraph-extract", "-module-name", module, "-I", built.appending(path: "Modules").path,
        "-I", built.appending(path: "CSystem.build").path, "-target",
        triple ?? "", "-minimum-access-level", "public", "-skip-synthesized-members",
        "-output-dir", folder.url.path,
      ])
    #expect(result.status == 0, "\(result.error)")
    var found: [Symbol] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() {
      let bytes = try Array(Data(contentsOf: folder.url.appending(path: name)))
      let graph = try JSONDocument(
        parsing: bytes, limits: JSONDocument.Limits(depth: 200, size: 1 << 28)
      ).root
      for symbol in graph["symbols"]?.array ?? [] {
        let lines = symbol["docComment"]?["lines"]?.array ?? []
        found.append(
          Symbol(
            path: (symbol["pathComponents"]?.array ?? []).compactMap(\.string),
            kind: String(
              (symbol["kind"]?["identifier"]?.string ?? "").dropFirst("swift.".count)),
            declaration: (symbol["declarationFragments"]?.array ?? [])
              .compactMap { $0["spelling"]?.string }.joined(),
            documentation: lines.compactMap { $0["text"]?.string }.joined(separator: " ")))
      }
    }
    return found.sorted { ($0.name, $0.declaration) < ($1.name, $1.declaration) }
  }

  @Test("a change of it shows in the difference of its record", arguments: modules)
  func record(module: String) throws {
    guard let symbols = try Self.symbols(of: module) else { return }
    let lines = symbols.map {
      "\($0.name): \($0.declaration.split(separator: "\n").joined(separator: " "))"
    }
    expectGolden(
      "# Written by CLINECFG_RECORD=1 swift test.\n" + lines.map { $0 + "\n" }.joined(),
      path: "docs/interface/\(module).txt")
  }

  @Test("it is small")
  func size() throws {
    var types: Set<String> = []
    for module in Self.modules {
      guard let symbols = try Self.symbols(of: module) else { return }
      #expect(symbols.count > 50 && symbols.count <= 500, "\(module): \(symbols.count)")
      types.formUnion(symbols.filter { $0.isType && $0.path.count == 1 }.map(\.name))
    }
    #expect(types.count <= 45, "\(types.count): \(types.sorted())")
  }

  @Test("every symbol says what it is, in more than three words", arguments: modules)
  func documented(module: String) throws {
    // What a protocol of the standard library asks for, in its own words.
    let usual: Set<String> = [
      "init(from:)", "encode(to:)", "hash(into:)", "==(_:_:)", "init(rawValue:)", "rawValue",
    ]
    for symbol in try Self.symbols(of: module) ?? [] where !usual.contains(symbol.path.last ?? "") {
      let words = symbol.documentation.split(separator: " ")
      #expect(words.count > 3, "\(symbol.name): \(symbol.documentation)")
    }
  }

  @Test("no signature has a tuple, or two values without a name", arguments: modules)
  func signatures(module: String) throws {
    for symbol in try Self.symbols(of: module) ?? [] {
      #expect(!symbol.declaration.contains(#/(?:->|: ) *\([a-z]\w*: /#), "\(symbol.declaration)")
      // Operators and closures at the end are as everywhere.
      guard symbol.kind != "func.op" else { continue }
      let unnamed = symbol.declaration.matches(of: #/[(,] *_ \w+: (?!\(|@)/#).count
      #expect(unnamed <= 1 || Self.usual.contains(symbol.path.last ?? ""), "\(symbol.name)")
    }
  }

  /// Pairs that are read as one: a file and a place in it, a rule's question, JSON's own.
  static let usual: Set<String> = [
    "init(_:_:)", "findings(in:_:)", "set(_:at:)", "update(_:at:_:)", "incoherent(_:_:)",
    "store(_:_:)", "flags(_:_:)",
  ]

  @Test("every type is in a topic of the documentation", arguments: modules)
  func topics(module: String) throws {
    let page = try String(
      contentsOf: Fixtures.root.appending(
        path: "Sources/\(module)/\(module).docc/\(module).md"), encoding: .utf8)
    let listed = Set(page.matches(of: /(?m)^- ``(\w+)``/).map { String($0.output.1) })
    let types = Set(
      (try Self.symbols(of: module) ?? []).filter { $0.isType && $0.path.count == 1 }.map(\.name))
    guard !types.isEmpty else { return }
    #expect(listed == types, "\(listed.symmetricDifference(types).sorted())")
  }
}
