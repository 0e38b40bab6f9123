import Foundation
import LosslessJSON
import TestSupport
import Testing

@testable import ClineConfig

@Suite("Text is taken by its bytes: a mark with an accent behind it is that mark")
struct TextTests {
  /// U+0301 joins what stands before it, to a character that is neither.
  private static let accent = "\u{301}"

  @Test("the ways to take a text apart see the mark", arguments: ["/", "'", "=", ":", ".", "\n"])
  func marks(_ mark: Character) {
    let text = "a\(mark)\(Self.accent)b"
    let rest = Self.accent + "b"
    #expect(text.split(separator: mark).map { String($0) } == ["a", rest])
    #expect(text.split(separator: mark, maxSplits: 0).map { String($0) } == [text])
    #expect(text.hasPrefix("a\(mark)") && text[...].hasPrefix("a\(mark)"))
    #expect("b\(mark)".hasSuffix("\(mark)") && !text.hasSuffix("b\(mark)"))
    #expect(text.contains(mark) && text.contains("\(mark)"))
    #expect(text.firstIndex(of: mark).map { text[..<$0] } == "a")
    #expect(text.lastIndex(of: mark).map { text[..<$0] } == "a")
    #expect(String(text.dropFirst(2)) == rest)
    #expect(text.dropLast(2) == "a\(mark)")
    #expect(text.replacing(String(mark), with: "-").utf8.elementsEqual(("a-" + rest).utf8))
  }

  @Test("parts between marks are those of the standard library, where no accent is")
  func parts() {
    for text in ["", "/", "a", "/a", "a/", "a//b", "//", "a/b/c"] {
      for omits in [true, false] {
        for most in [0, 1, 2, .max] {
          let bytes = text.utf8.split(
            separator: UInt8(ascii: "/"), maxSplits: most, omittingEmptySubsequences: omits)
          #expect(
            text.split(separator: "/", maxSplits: most, omittingEmptySubsequences: omits)
              == bytes.map { Substring($0) }, "\(text) \(omits) \(most)")
        }
      }
    }
  }

  @Test("texts are joined as by the standard library, and none of their bytes is another then")
  func joined() {
    let accented = ["a", "\u{301}", "e\u{301}", ""]
    for parts in [[], [""], ["a"], ["a", "b"], ["", "", "x"], accented] {
      for separator in ["", "/", ", ", "\u{301}"] {
        let expected = AnySequence(parts).joined(separator: separator)
        #expect(Array(parts.joined(separator: separator).utf8) == Array(expected.utf8))
      }
    }
    #expect(["a", "b"].joined() == "ab")
  }

  @Test("a line ends at its line feed, also behind a carriage return")
  func lines() {
    #expect("a\r\nb".split(separator: "\n") == ["a\r", "b"])
    #expect("a\r\n".hasSuffix("\n") && String("a\r\n".dropLast()) == "a\r")
  }

  @Test("a shell takes a quoted word as it was")
  func words() throws {
    for word in ["it'\(Self.accent)s; exit 3", "'\(Self.accent)", "a'\(Self.accent)$(exit 3)'"] {
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.arguments = ["-c", "printf %s " + ShellWord.quoted(word)]
      let pipe = Pipe()
      shell.standardOutput = pipe
      try shell.run()
      let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
      shell.waitUntilExit()
      #expect(Array(output) == Array(word.utf8) && shell.terminationStatus == 0)
    }
  }

  @Test("a path is taken apart at every slash, and is another with other bytes")
  func paths() {
    #expect(AbsolutePath("/a//\(Self.accent)b/./c/")?.description == "/a/\(Self.accent)b/c")
    #expect(AbsolutePath("/e\(Self.accent)") != AbsolutePath("/\u{E9}"))
    #expect(AbsolutePath("/a/\(Self.accent)b")?.isWithin(AbsolutePath.root.appending("a")) == true)
  }

  @Test("a URL is taken apart at every slash, and as it is written is itself")
  func urls() {
    for text in [
      "http://q:6@20\u{40C}56./a1/./\(Self.accent)0/a1/.//1/.//%2e%6e/c",
      "https://a:\(Self.accent)b@h/\(Self.accent)/../x?\(Self.accent)#\(Self.accent)",
    ] {
      let href = WHATWGURL.href(text)
      #expect(href != nil && href.flatMap { WHATWGURL.href($0) } == href)
    }
    #expect(WHATWGURL.href("https://h/a/./\(Self.accent)b") == "https://h/a/%CC%81b")
  }

  @Test("a port has as many zeros before it as somebody types")
  func ports() {
    #expect(BaseURL("http://h:0008080/v1")?.port == "0008080")
    #expect(WHATWGURL.href("http://h:0008080/v1") == "http://h:8080/v1")
    for port in ["65536", "-1", "+1", "8 0", "\u{664}"] {
      #expect(BaseURL("http://h:\(port)/v1") == nil && !WHATWGURL.accepts("http://h:\(port)/v1"))
    }
  }

  @Test("values with an accent in front are told from their names")
  func values() {
    #expect(KeyText.stripped("API_KEY=\(Self.accent)x").utf8.elementsEqual("\(Self.accent)x".utf8))
    #expect(JSONValue.string("e\(Self.accent)") != .string("\u{E9}"))
    #expect(JSONValue.array(["\u{212A}"]) != ["K"])
  }

  @Test(
    "a text holds another anywhere, and itself",
    arguments: [
      ("abc", "", true), ("", "", true), ("", "a", false), ("abc", "abc", true),
      ("abc", "bc", true),
      ("abc", "abcd", false), ("aab", "ab", true), ("aaa", "ab", false), ("é", "\u{E9}", true),
      ("e\u{301}", "\u{E9}", false),
    ])
  func holds(_ text: String, part: String, isThere: Bool) {
    #expect(text.contains(part) == isThere)
    #expect(Array(text.utf8).holds(Array(part.utf8)) == isThere)
  }

  @Test(
    "a text is replaced wherever its bytes stand",
    arguments: [
      ("a-key-b-key", "a-…-b-…"), ("keykey", "……"), ("ke", "ke"), ("", ""),
      ("key\u{FE0F}", "…\u{FE0F}"), ("kekey", "ke…"),
    ])
  func replacing(_ text: String, result: String) {
    #expect(text.replacing("key", with: "…") == result)
    #expect(text.replacing("", with: "…") == text)
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
