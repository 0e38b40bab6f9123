import Foundation

/// What was wanted, and what this run says of it.
func goals(
  _ commands: [(name: String, ratio: Double)], durable: Double,
  edited: Edited,
  read: [(name: String, foundation: Double, node: Double)], growth: Double
) {
  let within = commands.filter { $0.ratio <= 1.5 }
  let slowest = commands.max { $0.ratio < $1.ratio }
  let least = (
    foundation: read.map(\.foundation).min() ?? .nan, node: read.map(\.node).min() ?? .nan
  )
  print("## Goals\n")
  table(
    ["what", "goal", "here", "met"],
    rows: [
      (
        "an offline command on a typical directory, times the reader of the bytes, built the same way",
        "at most 1.5",
        "\(within.count) of \(commands.count) within; at most "
          + "\(shown(slowest?.ratio ?? .nan)) (`\(slowest?.name ?? "")`)",
        within.count == commands.count
      ),
      (
        "`set-provider`, times a C program of the same system calls", "at most 1.5",
        shown(durable, digits: 2), durable <= 1.5
      ),
      (
        "scan and index, times Foundation's throughput", "at least 15",
        "at least " + shown(least.foundation), least.foundation >= 15
      ),
      (
        "scan and index, times Node's throughput", "at least 2", "at least " + shown(least.node),
        least.node >= 2
      ),
      (
        "`set` of one value in a large file, of Node's time", "at most 0.35",
        shown(edited.node, digits: 2), edited.node <= 0.35
      ),
      (
        "the same, times `cat` and sync", "at most 4", shown(edited.cat), edited.cat <= 4
      ),
      (
        "the same, peak memory times the file", "at most 2.5", shown(edited.peak, digits: 2),
        edited.peak <= 2.5
      ),
      (
        "the same, bytes written times the file", "at most 1.1", shown(edited.written, digits: 2),
        edited.written <= 1.1
      ),
      (
        "`undo` of it, times `set`", "at most 1.5", shown(edited.undo, digits: 2),
        edited.undo <= 1.5
      ),
      (
        "time by the byte from 1 to 100 MB, slowest over fastest", "about 1",
        shown(growth, digits: 2),
        growth <= 1.5
      ),
    ].map { [$0.0, $0.1, $0.2, $0.3 ? "yes" : "no"] })
}
