// Feeds what others write to the readers of it. With libFuzzer it looks for bytes that break a promise:
//
//   .ci/fuzz [SECONDS]
//
// Without, it tries files again, or tells what our readers make of them, to be held against others':
//
//   Fuzz TARGET FILE...
//   Fuzz answers scanner|url FILE...

import Foundation

#if FUZZING
  typealias Attempt = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

  @_silgen_name("LLVMFuzzerRunDriver")
  func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
    _ attempt: Attempt
  ) -> CInt

  /// libFuzzer's own main names it; ours stands in that one's place.
  @_cdecl("LLVMFuzzerTestOneInput")
  public func attempt(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Main.target?.attempt(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  }
#endif

@main
enum Main {
  nonisolated(unsafe) static var target: Target?

  static func main() throws {
    let words = CommandLine.arguments
    guard words.count > 1 else { fail("targets: \(Target.all.map(\.name).joined(separator: " "))") }
    if words[1] == "answers" {
      for file in words.dropFirst(3) {
        print(words[2] == "url" ? Answers.url(try bytes(file)) : Answers.scanner(try bytes(file)))
      }
      return
    }
    target = Target.all.first { $0.name == words[1] }
    guard let target else { fail("there is no target \(words[1])") }
    #if FUZZING
      var rest: [UnsafeMutablePointer<CChar>?] =
        ([words[0]] + words.dropFirst(2)).map { strdup($0) } + [nil]
      var count = CInt(rest.count - 1)
      rest.withUnsafeMutableBufferPointer { list in
        var base = list.baseAddress
        exit(runFuzzer(&count, &base, attempt))
      }
    #else
      for file in words.dropFirst(2) { target.attempt(try bytes(file)) }
      print("\(target.name): \(words.count - 2) files kept every promise")
    #endif
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  private static func fail(_ words: String) -> Never {
    FileHandle.standardError.write(Data((words + "\n").utf8))
    exit(64)
  }
}
