import Foundation

/// What a process took.
struct Usage {
  var seconds: Double
  var peakMegabytes: Double
  /// Pages that the system had to find or make.
  var faults: Double
}

/// What is compared with others.
struct Contender {
  var words: [String]
  /// A file for its standard input.
  var input: String?
  /// Made ready before each run, which is not measured.
  var before: () -> Void = {}
}

/// Runs a program with its output thrown away; `nil` where it cannot be run, or fails.
func run(_ words: [String], input: String? = nil) -> Usage? {
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var child: pid_t = 0
  let start = now()
  guard posix_spawnp(&child, words[0], &actions, nil, &arguments, environ) == 0 else { return nil }
  var status: CInt = 0
  var usage = rusage()
  guard wait4(child, &status, 0, &usage) == child else { return nil }
  let seconds = now() - start
  // What doctor finds is an answer too.
  guard status == 0 || status >> 8 & 0xFF <= 2 && status & 0x7F == 0 else { return nil }
  return Usage(
    seconds: seconds, peakMegabytes: Double(usage.ru_maxrss) / 1024,
    faults: Double(usage.ru_minflt))
}

/// Seconds of a clock that only goes forward.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Median seconds of a piece of work within this process, after a first round that does not count.
func seconds(runs: Int, _ work: () throws -> Void) rethrows -> Double {
  var found: [Double] = []
  for round in 0...runs {
    let start = now()
    try work()
    if round > 0 { found.append(now() - start) }
  }
  return median(found)
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}

/// `12.3`, or `–` for what was not measured.
func shown(_ value: Double, digits: Int = 1) -> String {
  guard value.isFinite else { return "–" }
  return String(format: "%.\(digits)f", value)
}

func milliseconds(_ usage: Usage?) -> String { shown((usage?.seconds ?? .nan) * 1000) }

/// Each contender in turn, round by round, so that a change of the machine's speed hits all.
func compare(runs: Int, _ contenders: [Contender]) -> [Usage?] {
  var results: [[Usage]] = contenders.map { _ in [] }
  for round in 0...runs {
    for (index, contender) in contenders.enumerated() {
      contender.before()
      guard let usage = run(contender.words, input: contender.input) else { continue }
      if round > 0 { results[index].append(usage) }
    }
  }
  return results.map { usages in
    usages.isEmpty
      ? nil
      : Usage(
        seconds: median(usages.map(\.seconds)),
        peakMegabytes: median(usages.map(\.peakMegabytes)), faults: median(usages.map(\.faults)))
  }
}

func compare(runs: Int, _ contenders: [[String]]) -> [Usage?] {
  compare(runs: runs, contenders.map { Contender(words: $0) })
}

func table(_ head: [String], rows: [[String]]) {
  print("| " + head.joined(separator: " | ") + " |")
  print("|" + String(repeating: "---|", count: head.count))
  for row in rows { print("| " + row.joined(separator: " | ") + " |") }
  print("")
}
