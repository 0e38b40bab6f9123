// Times whole processes side by side, several runs each in turn, and prints ratios.
//
//   swift build -c release && .build/release/Benchmarks [megabytes] [runs]

import ClineConfig

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

struct Usage {
  var seconds: Double
  var peakMegabytes: Double
}

/// Runs a program with its output thrown away.
func run(_ words: [String]) -> Usage? {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var child: pid_t = 0
  var start = timespec()
  clock_gettime(CLOCK_MONOTONIC, &start)
  guard posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else { return nil }
  var status: CInt = 0
  var usage = rusage()
  guard wait4(child, &status, 0, &usage) == child, status == 0 else { return nil }
  var end = timespec()
  clock_gettime(CLOCK_MONOTONIC, &end)
  let seconds = Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
  return Usage(seconds: seconds, peakMegabytes: Double(usage.ru_maxrss) / 1024)
}

/// Seconds of processor time that a piece of work takes.
func cpu(_ work: () -> Void) -> Double {
  var start = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start)
  work()
  var end = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end)
  return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}

func rounded(_ value: Double, _ digits: Int = 2) -> String {
  let factor = pow(10.0, Double(digits))
  return "\((value * factor).rounded() / factor)"
}

/// Each contender in turn, round by round, so that a change of the machine's speed hits all.
func compare(_ title: String, runs: Int, _ contenders: [(name: String, words: [String])]) {
  print("\n\(title), median of \(runs) runs")
  var results: [[Usage]] = contenders.map { _ in [] }
  for round in 0...runs {
    for (index, contender) in contenders.enumerated() {
      guard let usage = run(contender.words) else { continue }
      if round > 0 { results[index].append(usage) }
    }
  }
  let base = median(results[0].map(\.seconds))
  for (index, contender) in contenders.enumerated() {
    guard !results[index].isEmpty else {
      print("  \(contender.name): not on this machine")
      continue
    }
    let seconds = median(results[index].map(\.seconds))
    let peak = median(results[index].map(\.peakMegabytes))
    print(
      "  \(contender.name): \(rounded(seconds * 1000)) ms, peak \(rounded(peak, 1)) MB"
        + (index == 0 ? "" : "; ours takes \(rounded(base / seconds)) of its time"))
  }
}

/// A globalState.json like those of years of use: rules, toggles, histories, long texts.
func makeState(megabytes: Int) -> [UInt8] {
  var text =
    "{\n  \"mode\": \"act\",\n  \"openAiBaseUrl\": \"https://api.rutaapi.com/v1\",\n  \"items\": ["
  var index = 0
  while text.utf8.count < megabytes << 20 {
    text += index == 0 ? "\n" : ",\n"
    text += """
          {
            "id": "task-\(index)",
            "ts": \(1_700_000_000_000 + index),
            "cost": 0.0\(index % 1000),
            "isFavorited": \(index % 7 == 0),
            "tags": ["a", "b", null],
            "text": "Please look at \\"file\(index).swift\\" and mend the test that fails.\\nThen run it again, und prüfe \u{E4} das Ergebnis.",
            "path": "/home/somebody/projects/example/Sources/Module\(index % 50)/File.swift"
          }
      """
    index += 1
  }
  text += "\n  ],\n  \"welcomeViewCompleted\": true\n}"
  return Array(text.utf8)
}

let words = CommandLine.arguments
if words.count == 4, words[1] == "edit" {
  // Scan, one edit, write.
  let files = LocalFileSystem()
  guard let source = AbsolutePath(words[2]), let target = AbsolutePath(words[3]) else { exit(2) }
  try files.remove(target)
  let contents = try files.read(source, limit: 1 << 28)
  var document = try JSONDocument(
    parsing: contents.bytes, limits: JSONLimits(depth: 1000, size: 1 << 28))
  try document.set("https://example.com/v1", at: "/openAiBaseUrl")
  try files.create(target, contents: document.bytes, mode: .ownerOnly, owner: nil)
} else if words.count == 4, words[1] == "make" {
  // In a process of its own: a child's peak begins at its parent's size.
  try Data(makeState(megabytes: Int(words[2]) ?? 1)).write(to: URL(filePath: words[3]))
} else if words.count == 3, words[1] == "read" {
  // The least that a program on FoundationEssentials can do with the same files.
  for file in SettingsFile.allCases {
    if let data = try? Data(contentsOf: URL(filePath: words[2] + "/" + file.relativePath)) {
      print(String(decoding: data, as: UTF8.self))
    }
  }
} else {
  let megabytes = words.count > 1 ? Int(words[1]) ?? 50 : 50
  let runs = words.count > 2 ? Int(words[2]) ?? 7 : 7
  let folder = "/tmp/clinecfg-benchmark-\(getpid())"
  mkdir(folder, 0o700)
  let (source, target) = (folder + "/globalState.json", folder + "/out.json")
  _ = run([words[0], "make", "\(megabytes)", source])
  let node =
    "const f=require('fs');const o=JSON.parse(f.readFileSync('\(source)','utf8'));o.openAiBaseUrl='https://example.com/v1';f.writeFileSync('\(target)',JSON.stringify(o,null,2))"
  compare(
    "read, scan, one edit and write of \(megabytes) MB", runs: runs,
    [
      ("ClineConfig", [words[0], "edit", source, target]),
      ("node, JSON.parse + JSON.stringify", ["node", "-e", node]),
      ("jq", ["jq", ".openAiBaseUrl=\"https://example.com/v1\"", source]),
    ])

  let tool =
    words[0].split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/") + "/clinecfg"
  let data = folder + "/data"
  setenv("CLINECFG_BENCHMARK_KEY", "invented-key-0001", 1)
  _ = run([
    tool, "set-provider", "rutaapi", "--key-env", "CLINECFG_BENCHMARK_KEY", "--model", "m",
    "--no-verify", "--data-dir", data,
  ])
  compare(
    "clinecfg show", runs: runs * 5,
    [
      ("clinecfg show", [tool, "show", "--data-dir", data]),
      ("a program that reads and prints the files", [words[0], "read", data]),
      ("node -e 0", ["node", "-e", "0"]),
    ])
  _ = run(["rm", "-r", folder])

  // Within this process: the rules beside reading and parsing the same files.
  let fixture = "Fixtures/cline/many-providers"
  if let host = Optional(HostEnvironment.current()),
    let setup = Setup.read(
      host, override: host.workingDirectory.appending(fixture), looksAround: false)
  {
    let rounds = 300
    let parse = cpu {
      for _ in 0..<rounds { _ = Snapshot.read(setup.main.locations, on: host.files) }
    }
    var count = 0
    let judge = cpu {
      for _ in 0..<rounds { count += RuleSet.standard.findings(in: setup).count }
    }
    let whole = cpu {
      for _ in 0..<rounds {
        _ = Setup.read(host, override: setup.main.locations.dataDirectory, looksAround: false)
      }
    }
    print("\nall rules on \(fixture) (\(count / rounds) findings), mean of \(rounds) rounds of CPU")
    print("  reading and parsing the files: \(rounded(parse / Double(rounds) * 1000, 3)) ms")
    print("  resolving every client: \(rounded(whole / Double(rounds) * 1000, 3)) ms")
    print(
      "  every rule: \(rounded(judge / Double(rounds) * 1000, 3)) ms, "
        + "\(rounded(judge / parse)) times the parsing")
  }
}
