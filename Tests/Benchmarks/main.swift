// Measures clinecfg beside what a user would use instead, and prints docs/performance.md.
//
//   .ci/static clinecfg BytesReader && swift build -c release --product Benchmarks
//   .build/release/Benchmarks [short] [before DIRECTORY]
//
// DIRECTORY holds clinecfg and BytesReader as they were built before, for a table of both.
//
// No figure is an assertion: machines differ, and only ratios within one run mean something.

import Foundation

let words = CommandLine.arguments
if words.count == 4, words[1] == "make" {
  try Data(Kind.state.document(bytes: (Int(words[3]) ?? 1) << 20)).write(
    to: URL(filePath: words[2]))
  exit(0)
}
let isShort = words.dropFirst().first == "short"
let former = words.firstIndex(of: "before").flatMap { words.dropFirst($0 + 1).first }
let runs = isShort ? 1 : 9
let megabytes = isShort ? 1 : 20
let folder = "/tmp/clinecfg-benchmark-\(getpid())"
try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(atPath: folder) }

let processor =
  (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n")
  .first { $0.hasPrefix("model name") }.flatMap { $0.split(separator: ":").last }
print(
  """
  # Performance

  One run of these, in the root of the project:

  ```text
  .ci/static clinecfg BytesReader && swift build -c release --product Benchmarks
  .build/release/Benchmarks
  ```

  Medians of \(runs) runs or more, taken in turn. Only ratios within one run mean something: machines differ, and so does
  one machine from minute to minute.

  """)
print(
  "Machine:\(processor.map(String.init) ?? " unknown"), "
    + "\(ProcessInfo.processInfo.processorCount) cores, "
    + "\(ProcessInfo.processInfo.operatingSystemVersionString).\n")
if isShort {
  print("A short run, on small documents: it shows that the benchmark works, and no more.\n")
}
let built = ".build/static/release/"
let (tool, reader) = (built + "clinecfg", built + "BytesReader")
setenv("CLINECFG_BENCHMARK_KEY", "invented-key-0001", 1)
setenv("CLINECFG_BENCHMARK_OTHER", "invented-key-0002", 1)
setenv("HOME", folder + "/home", 1)
setenv("XDG_CONFIG_HOME", folder + "/config", 1)
setenv("XDG_STATE_HOME", folder + "/state", 1)
if let former {
  try startUp(
    [("before", former + "/clinecfg", former + "/BytesReader"), ("now", tool, reader)],
    folder: folder, runs: runs * 5)
}
let times = try commands(
  tool, reader: reader, folder: folder, runs: runs, megabytes: isShort ? [1] : [10, 60])
let durable = try transaction(tool, folder: folder, runs: runs * 3)
try syncs(tool, folder: folder)
let edited = try editing(
  tool, folder: folder, megabytes: isShort ? 1 : 50, runs: isShort ? 1 : 9)
let ratios = try reading(megabytes: megabytes, runs: runs)
let grown = try growth(megabytes: isShort ? [1] : [1, 3, 10, 30, 100], runs: runs)
try working(folder: folder, megabytes: megabytes, runs: runs)
judging(runs: runs * 10)
goals(times, durable: durable, edited: edited, read: ratios, growth: grown)
