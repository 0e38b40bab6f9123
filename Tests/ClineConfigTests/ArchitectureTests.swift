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
      ("Sources/ClineConfig", ["CSystem", "Darwin", "Glibc", "Musl", "Synchronization"]),
      ("Sources/CommandLineTool", ["CSystem", "Darwin", "Glibc", "Musl"]),
      ("Sources/ClinecfgCommands", ["ClineConfig", "CommandLineTool"]),
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
        "RunningProcess+System.swift", "StateDatabase+System.swift", "TerminalConsole.swift",
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

  @Test("files are of a size that one reads", arguments: ["Sources"])
  func size(folder: String) {
    let tables = ["GlobalState.swift", "ProviderSlot+SDK.swift", "ProviderSlot+Legacy.swift"]
    for (path, text) in Self.sources(folder)
    where !tables.contains(where: path.hasSuffix) && !path.contains("/Catalog/Entries/") {
      #expect(text.split(separator: "\n").count <= 450, "\(path)")
    }
  }

  @Test("there is no package dependency")
  func dependencies() throws {
    let manifest = try String(
      contentsOf: Fixtures.root.appending(path: "Package.swift"), encoding: .utf8)
    #expect(!manifest.contains(".package("))
  }
}
