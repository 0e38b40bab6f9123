import ClineConfig
import Foundation
import LosslessJSON

/// Reading, beside what else reads JSON here.
///
/// - Returns: How many times as fast ours is, on each document.
func reading(
  megabytes: Int, runs: Int
) throws -> [(name: String, foundation: Double, node: Double)] {
  print("## Reading \(megabytes) MB, in MB/s\n")
  let limits = JSONDocument.Limits(depth: 1000, size: 1 << 30)
  var rows: [[String]] = []
  var ratios: [(name: String, foundation: Double, node: Double)] = []
  for kind in Kind.allCases {
    let bytes = kind.document(bytes: megabytes << 20)
    let size = Double(bytes.count) / 1e6
    let path = FileManager.default.temporaryDirectory.appending(path: "clinecfg-\(getpid()).json")
    try Data(bytes).write(to: path)
    defer { try? FileManager.default.removeItem(at: path) }
    let scan = try seconds(runs: runs) { _ = try JSONDocument(parsing: bytes, limits: limits) }
    let foundation = try seconds(runs: max(1, runs / 3)) {
      _ = try JSONSerialization.jsonObject(with: Data(bytes))
    }
    let copy = seconds(runs: runs) {
      var target = [UInt8](repeating: 0, count: bytes.count)
      target.withUnsafeMutableBytes { to in bytes.withUnsafeBytes { to.copyMemory(from: $0) } }
    }
    let node = timed(
      "node",
      arguments: [
        "-e",
        "const t=require('fs').readFileSync(process.argv[1],'utf8');const r=[];for(let i=0;i<\(runs + 1);i++){const s=process.hrtime.bigint();JSON.parse(t);r.push(Number(process.hrtime.bigint()-s))}r.shift();r.sort((a,b)=>a-b);console.log(r[r.length>>1]/1e9)",
        path.path,
      ])
    let python = timed(
      "python3",
      arguments: [
        "-c",
        "import json,sys,time\nt=open(sys.argv[1]).read();r=[]\nfor i in range(\(max(2, runs / 2))):\n  s=time.perf_counter();json.loads(t);r.append(time.perf_counter()-s)\nprint(sorted(r)[len(r)//2])",
        path.path,
      ])
    rows.append([
      kind.rawValue, shown(size / scan, digits: 0), shown(size / foundation, digits: 0),
      shown(size / node, digits: 0),
      shown(size / python, digits: 0), shown(size / copy, digits: 0), shown(foundation / scan),
      shown(node / scan),
    ])
    ratios.append((kind.rawValue, foundation / scan, node / scan))
  }
  table(
    [
      "document", "scan and index", "JSONSerialization", "Node JSON.parse", "Python json",
      "memory copy", "times Foundation", "times Node",
    ], rows: rows)
  return ratios
}

/// Reading and one edit, from small to large, in one process.
///
/// - Returns: The slowest over the fastest, by the byte.
func growth(megabytes sizes: [Int], runs: Int) throws -> Double {
  print("## Growth\n")
  let limits = JSONDocument.Limits(depth: 1000, size: 1 << 28)
  var perByte: [Double] = []
  var rows: [[String]] = []
  for megabytes in sizes {
    let bytes = Kind.state.document(bytes: megabytes << 20)
    let scan = try seconds(runs: runs) { _ = try JSONDocument(parsing: bytes, limits: limits) }
    // In place, longer and shorter by turns.
    var document = try JSONDocument(parsing: bytes, limits: limits)
    var isLong = false
    let edit = try seconds(runs: runs) {
      isLong.toggle()
      try document.set(
        .string("https://\(isLong ? "long." : "")example.com/v1"), at: "/openAiBaseUrl")
    }
    perByte.append((scan + edit) / Double(bytes.count))
    rows.append(
      ["\(megabytes) MB", shown(scan * 1000), shown(edit * 1000)]
        + [shown(Double(bytes.count) / 1e6 / (scan + edit), digits: 0)])
  }
  table(["file", "scan and index, ms", "one edit, ms", "both, MB/s"], rows: rows)
  return (perByte.max() ?? .nan) / (perByte.min() ?? .nan)
}

/// Seconds that another program measured itself and printed.
private func timed(_ program: String, arguments: [String]) -> Double {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return .nan }
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return Double(
    String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) ?? .nan
}

/// What is done with a document once it is read.
func working(folder: String, megabytes: Int, runs: Int) throws {
  print("## Working on a document like globalState.json of \(megabytes) MB\n")
  let bytes = Kind.state.document(bytes: megabytes << 20)
  let size = Double(bytes.count) / 1e6
  let document = try JSONDocument(
    parsing: bytes, limits: JSONDocument.Limits(depth: 1000, size: 1 << 30))
  var rows: [[String]] = []
  func add(_ name: String, of work: () throws -> Void) rethrows {
    let time = try seconds(runs: runs, work)
    rows.append([name, shown(time * 1000, digits: 2), shown(size / time, digits: 0)])
  }
  try add("one edit in the midst of it") {
    var edited = document
    try edited.set("https://example.com/v1", at: "/openAiBaseUrl")
  }
  try add("reading GlobalState, a Codable model") { _ = try document.decode(GlobalState.self) }
  try add("the same edit through the model") {
    var edited = document
    try edited.update(GlobalState.self) { $0.mode = "plan" }
  }
  add("SHA-256") { _ = SHA256.digest(bytes) }
  let files = LocalFileSystem()
  if let target = AbsolutePath(folder + "/written.json") {
    try add("writing a new file, synced") {
      try files.remove(target)
      try files.create(target, contents: FileBytes(bytes), mode: .ownerOnly, owner: nil)
    }
  }
  let source = folder + "/hashed.json"
  try Data(bytes).write(to: URL(filePath: source))
  for (name, words) in [
    ("`sha256sum`, as a process", ["sha256sum", source]),
    (
      "`cat` and `sync`, as processes",
      ["sh", "-c", "cat '\(source)' > '\(source).2' && sync '\(source).2'"]
    ),
  ] {
    let time = compare(runs: runs, [words])[0]?.seconds ?? .nan
    rows.append([name, shown(time * 1000, digits: 2), shown(size / time, digits: 0)])
  }
  table(["work", "ms", "MB/s"], rows: rows)
}

/// The rules beside reading and parsing the same files.
func judging(runs: Int) {
  let fixture = "Fixtures/cline/many-providers"
  let host = HostEnvironment.current()
  guard
    let setup = Machine.read(
      host, override: host.workingDirectory.appending(fixture), looksAround: false)
  else { return }
  print("## Rules on `\(fixture)`, milliseconds\n")
  let parse = seconds(runs: runs) { _ = Snapshot.read(setup.main.locations, on: host.files) }
  let resolve = seconds(runs: runs) {
    _ = Machine.read(host, override: setup.main.locations.dataDirectory, looksAround: false)
  }
  let judge = seconds(runs: runs) { _ = RuleSet.standard.findings(in: setup) }
  table(
    ["reading and parsing the files", "resolving every client", "every rule"],
    rows: [[parse, resolve, judge].map { shown($0 * 1000, digits: 3) }])
}
