import Foundation
import TestSupport
import Testing

@Suite("The architecture holds")
struct ArchitectureTests {
  static func sources(_ folder: String) -> [(path: String, text: String)] {
    let root = Fixtures.root.appending(path: folder)
    let paths =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.map { path in
      (
        folder + "/" + path,
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
      )
    }
  }

  static func imports(_ text: String) -> Set<String> {
    Set(
      text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
          words[..<index].allSatisfy({ $0.hasPrefix("@") || $0 == "package" || $0 == "internal" })
        else {
          return nil
        }
        return String(words[index + 1])
      })
  }

  @Test(
    "no product code imports Foundation, and the arrow points one way",
    arguments: [
      ("Sources/LosslessJSON", []),
      (
        "Sources/ClineConfig",
        ["CSystem", "Darwin", "Glibc", "LosslessJSON", "Musl", "Synchronization"]
      ),
      ("Sources/CommandLineTool", ["CSystem", "Darwin", "Glibc", "Musl"]),
      ("Sources/ClinecfgCommands", ["ClineConfig", "CommandLineTool", "LosslessJSON"]),
      ("Sources/clinecfg", ["ClineConfig", "ClinecfgCommands", "CommandLineTool"]),
    ])
  func arrow(folder: String, allowed: [String]) {
    let sources = Self.sources(folder)
    #expect(!sources.isEmpty)
    for (path, text) in sources {
      #expect(Self.imports(text).isSubset(of: Set(allowed)), "\(path)")
    }
  }

  @Test("the system is called in a few files")
  func system() {
    let callers = ["ClineConfig", "CommandLineTool", "ClinecfgCommands"].flatMap {
      Self.sources("Sources/\($0)")
    }
    .filter { !Self.imports($0.text).isDisjoint(with: ["Glibc", "Darwin", "Musl", "CSystem"]) }
    .map { URL(filePath: $0.path).lastPathComponent }
    #expect(
      Set(callers) == [
        "LocalFileSystem.swift", "HostEnvironment+Current.swift", "ChildProcess.swift",
        "ForegroundProcess.swift",
        "RunningProcess+System.swift", "TerminalConsole.swift",
        "HeldTerminal.swift",
        "ProcessProtection.swift", "AssumedFileSystem.swift", "SHA256.swift",
        "Meanwhile.swift",
      ])
  }

  @Test(
    "what must not be in product code is not there",
    arguments: [
      "JSONSerialization", "options: .atomic", "FileManager", "ProcessInfo", "try!", "fatalError(",
      "precondition(", "print(", "Date()", "as!",
    ])
  func forbidden(word: String) {
    for (path, text) in Self.sources("Sources") {
      for line in text.split(separator: "\n")
      where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
        #expect(!line.contains(word), "\(path): \(line)")
      }
    }
  }

  @Test("files are of a size that one reads", arguments: ["Sources", "Tests"])
  func size(folder: String) {
    for (path, text) in Self.sources(folder)
    where !path.contains("/Catalog/Entries/") {
      #expect(text.split(separator: "\n").count <= 450, "\(path)")
    }
  }

  /// The folders of the library, the lowest first. `docs/architecture.md` shows them so.
  static let folders = [
    "Basics", "Host", "Settings", "Catalog", "Stores", "Secrets", "Clients", "Editors",
    "Journal", "Profiles", "Live", "Machine", "Rules", "Setup",
  ]

  /// A source without its comments and texts.
  static func code(_ text: String) -> String {
    text.replacing(/"""(?s:.*?)"""/, with: "").replacing(/"(?:\\.|[^"\\\n])*"/, with: "")
      .replacing(/\/\/[^\n]*/, with: "")
  }

  /// The types of a source that others can name, at its outermost level.
  static func types(_ code: String) -> [String] {
    code.matches(
      of:
        /(?m)^(?:public |package |final |indirect )*(?:struct|enum|class|protocol|typealias|actor) ([A-Z]\w*)/
    ).map { String($0.output.1) }
  }

  @Test("each folder of the library names only types of its own and of those below it")
  func folders() {
    var homes: [String: String] = [:]
    var sources: [(path: String, folder: String, code: String)] = []
    for (path, text) in Self.sources("Sources/ClineConfig") where !path.contains(".docc/") {
      let folder = String(path.split(separator: "/")[2])
      let code = Self.code(text)
      sources.append((path, folder, code))
      for type in Self.types(code) { homes[type] = folder }
    }
    #expect(Set(sources.map(\.folder)) == Set(Self.folders))
    #expect(homes.count > 150)
    for (path, folder, code) in sources {
      // A type within another can have the name of one that stands alone.
      let nested = Set(
        code.matches(of: /(?m)^ +(?:[a-z]+ )*(?:struct|enum|class|typealias) ([A-Z]\w*)/).map {
          String($0.output.1)
        })
      let names = Set(code.matches(of: /\b[A-Z]\w*/).map { String($0.output) }).subtracting(nested)
      guard let own = Self.folders.firstIndex(of: folder) else { continue }
      for name in names.sorted() {
        guard let home = homes[name], let place = Self.folders.firstIndex(of: home) else {
          continue
        }
        #expect(place <= own, "\(path) names \(name), which stands higher, in \(home)")
      }
    }
  }

  @Test("the picture of the folders is that of the test")
  func picture() throws {
    let page = try String(
      contentsOf: Fixtures.root.appending(path: "docs/architecture.md"), encoding: .utf8)
    let rows = page.matches(of: /(?m)^\| `([A-Z]\w+)` \|/).map { String($0.output.1) }
    #expect(rows == Self.folders)
  }

  @Test("there is no package dependency")
  func dependencies() throws {
    let manifest = try String(
      contentsOf: Fixtures.root.appending(path: "Package.swift"), encoding: .utf8)
    #expect(!manifest.contains(".package("))
  }

  @Test("codes of rules and ids of slots are compared nowhere but in their tables")
  func spellings() {
    let tables = ["RuleID.swift", "ProviderSlot", "Catalog/Entries", "ProviderCatalog.swift"]
    let code = #/"(?:URL|KEY|MODEL|TRIPLE|STORE|SEC|RUN|LIVE)[0-9]{3}"/#
    let comparison =
      #/(?:sdkID|legacyID|slotID|slot|provider)\??(?:\.id)?\)? *[!=]= *"[a-z]|case "(?:anthropic|ollama|lmstudio|openai)/#
    for (path, text) in Self.sources("Sources") where !tables.contains(where: path.contains) {
      for line in text.split(separator: "\n")
      where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
        #expect(
          line.firstMatch(of: code) == nil,
          "\(path): a rule's code stands in Rules/RuleID.swift alone: \(line)")
        #expect(
          line.firstMatch(of: comparison) == nil,
          "\(path): what is special about a slot is a column of ProviderSlot+Traits.swift: \(line)")
      }
    }
  }

  @Test("no command line stands in the library")
  func commandLines() {
    let command =
      #/clinecfg (?:set-provider|doctor|show|verify|models|remove|undo|backups|recover|unset|explain)\b/#
    for folder in ["Sources/ClineConfig", "Sources/LosslessJSON"] {
      for (path, text) in Self.sources(folder) {
        for line in text.split(separator: "\n")
        where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//") {
          #expect(line.firstMatch(of: command) == nil, "\(path): \(line)")
        }
      }
    }
  }

  /// The parameters of each function of a source.
  static func parameters(_ code: String) -> [[Substring]] {
    let heads = code.matches(
      of: #/(?:\bfunc\s+\w+|[^.\w]init[?!]?)\s*(?:<[^>]*>)?\(/#)
    return heads.map { head in
      var depth = 1
      var list: [Substring] = []
      var start = head.range.upperBound
      var index = start
      while index < code.endIndex, depth > 0 {
        switch code[index] {
        case "(", "[", "{", "<": depth += 1
        case ")", "]", "}": depth -= 1
        case ">" where code[code.index(before: index)] != "-": depth -= 1
        case "," where depth == 1:
          list.append(code[start..<index])
          start = code.index(after: index)
        default: break
        }
        index = code.index(after: index)
      }
      if start < index { list.append(code[start..<code.index(before: index)]) }
      return list
    }
  }

  @Test(
    "values have names where they are passed: at most one function in twenty takes two without",
    arguments: [
      "Sources/LosslessJSON", "Sources/ClineConfig", "Sources/CommandLineTool",
      "Sources/ClinecfgCommands", "Tests",
    ])
  func names(folder: String) {
    let all = Self.sources(folder).flatMap { Self.parameters(Self.code($0.text)) }
    let unnamed = all.filter { parameters in
      parameters.count { $0.drop { $0.isWhitespace }.hasPrefix("_ ") } > 1
    }
    #expect(all.count > 50)
    #expect(unnamed.count * 20 <= all.count, "\(unnamed.count) of \(all.count)")
  }
}
