import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("What runs and what stands in a text is found by its bytes")
struct SearchingTests {
  @Test(
    "a text holds another anywhere, and itself",
    arguments: [
      ("abc", "", true), ("", "", true), ("", "a", false), ("abc", "abc", true),
      ("abc", "bc", true),
      ("abc", "abcd", false), ("aab", "ab", true), ("aaa", "ab", false), ("é", "\u{E9}", true),
      ("e\u{301}", "\u{E9}", false),
    ])
  func holds(_ text: String, part: String, isThere: Bool) {
    #expect(text.holds(part) == isThere)
    #expect(Array(text.utf8).holds(Array(part.utf8)) == isThere)
  }

  @Test(
    "a text is replaced wherever its bytes stand",
    arguments: [
      ("a-key-b-key", "a-…-b-…"), ("keykey", "……"), ("ke", "ke"), ("", ""),
      ("key\u{FE0F}", "…\u{FE0F}"), ("kekey", "ke…"),
    ])
  func replacing(_ text: String, result: String) {
    #expect(text.replacingBytes(of: "key", with: "…") == result)
    #expect(text.replacingBytes(of: "", with: "…") == text)
  }

  @Test("search by bytes agrees with the standard library's, on random texts")
  func random() {
    let seed = UInt64.random(in: 0..<UInt64.max)
    var generator = SeededGenerator(seed: seed)
    for round in 0..<2_000 {
      func bytes(_ most: Int) -> [UInt8] {
        (0..<Int.random(in: 0...most, using: &generator)).map { _ in
          UInt8.random(in: 97...99, using: &generator)
        }
      }
      let (text, part) = (bytes(12), bytes(3))
      #expect(text.holds(part) == text.contains(part), "seed \(seed) round \(round)")
    }
  }

  @Test(
    "an editor is known by its program, on Linux and on macOS",
    arguments: [
      (["/usr/share/code/code", "--type=renderer"], "code"),
      (["/Applications/Visual Studio Code.app/Contents/MacOS/Electron"], "code"),
      (["/Applications/Visual Studio Code - Insiders.app/Contents/MacOS/Electron"], "insiders"),
      (["/home/u/.vscode-server/bin/abc/node", "server.js"], "server"),
      (["codium"], "vscodium"), (["/usr/bin/code-server"], "code-server"),
      (["/usr/bin/decode"], nil), (["/usr/share/code/"], "code"), (["vim", "code"], nil), ([], nil),
    ] as [([String], String?)])
  func editors(_ words: [String], flavour: String?) {
    let process = RunningProcess(id: 1, user: 1, words: words)
    #expect(process.words == words)
    #expect(process.program == words.first ?? "")
    #expect(VSCodeFlavour.all.first { $0.runs(process) }?.id == flavour)
  }
}
