import ClineConfig
import Foundation
import LosslessJSON

let keyOptions = ["--key-env", "CLINECFG_BENCHMARK_KEY", "--no-verify"]

/// A data directory as people have it after a few months: 200 settings and one provider.
func typical(_ data: String, tool: String, settings: Int = 200) throws {
  try? FileManager.default.removeItem(atPath: data)
  try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
  let keys = (0..<settings).map { #"  "setting\#($0)": "value \#($0)""# }
  try Data("{\n\(keys.joined(separator: ",\n"))\n}".utf8).write(
    to: URL(filePath: data + "/globalState.json"))
  _ = run([tool, "set-provider", "rutaapi", "--model", "m", "--data-dir", data] + keyOptions)
}

/// Every command that needs no network, on a typical directory that is made for them.
private func offlineCommands(_ tool: String, folder: String, data: String) throws -> [[String]] {
  let profile = folder + "/cline.json"
  try Data(
    #"{"provider":"rutaapi","model":"m","key":{"env":"CLINECFG_BENCHMARK_KEY"}}"#.utf8
  ).write(to: URL(filePath: profile))
  try typical(data, tool: tool)
  _ = run([tool, "save", "home", "--with-key", "--data-dir", data])
  return [
    ["--version"], ["--help"], ["get", "globalState:/openAiBaseUrl"],
    ["set", "globalState:/mode", "plan", "--dry-run"],
    ["unset", "globalState:/setting1", "--dry-run"], ["show"], ["export"],
    ["check", "--base-url", "https://api.rutaapi.com/v1", "--model", "m"], ["explain", "URL105"],
    ["providers"], ["diff", profile], ["apply", profile, "--check"],
    ["filter", "globalState", "--profile", profile], ["save", "home"],
    ["use", "home", "--no-verify"], ["profiles"],
    ["set-provider", "rutaapi", "--model", "m"] + keyOptions,
    ["remove", "rutaapi", "--dry-run"], ["undo", "--dry-run"], ["backups"], ["recover"],
    ["vscode"], ["forget"], ["completions", "bash"], ["man"], ["doctor"], ["report"],
  ]
}

/// How long commands take from start to end, as they were built before and now, each beside a reader of
/// the same bytes that was built the same way, and beside Node doing nothing.
func startUp(
  _ builds: [(name: String, tool: String, reader: String)], folder: String, runs: Int
) throws {
  let data = folder + "/data"
  let state = data + "/globalState.json"
  guard let first = builds.first else { return }
  let commands = try offlineCommands(first.tool, folder: folder, data: data)
  let files = SettingsFile.allCases.map { data + "/" + $0.relativePath }
  let contenders = builds.flatMap { build in
    [Contender(words: [build.reader] + files)]
      + commands.map {
        Contender(
          words: [build.tool] + $0 + ["--data-dir", data], input: $0[0] == "filter" ? state : nil)
      }
  }
  let results = compare(runs: runs, contenders + [Contender(words: ["node", "-e", "0"])])
  let node = results.last??.seconds ?? .nan
  let size = commands.count + 1
  print(
    """
    ## Start-up, before and now

    Milliseconds of the whole process on a typical directory, in one run. `before` links the C library when it starts,
    `now` needs no library; each is held against a reader of the same files that is built the same way. `node -e 0`
    takes \(shown(node * 1000)) ms here.

    """)
  table(
    ["command"]
      + builds.flatMap { [$0.name, "times its reader", "of Node's time"] },
    rows: (0..<size).map { row in
      [row == 0 ? "(a program that reads the bytes)" : "`\(commands[row - 1][0])`"]
        + builds.indices.flatMap { build in
          let usage = results[build * size + row]
          let reader = results[build * size]?.seconds ?? .nan
          return [
            milliseconds(usage), shown((usage?.seconds ?? .nan) / reader),
            shown((usage?.seconds ?? .nan) / node, digits: 2),
          ]
        }
    })
}

/// Every command that needs no network, as whole processes, beside a program that only reads the
/// same bytes.
///
/// - Returns: How many times the reader's time each takes on a typical directory.
func commands(
  _ tool: String, reader: String, folder: String, runs: Int, megabytes: [Int]
) throws -> [(name: String, ratio: Double)] {
  let data = folder + "/data"
  let offline = try offlineCommands(tool, folder: folder, data: data)
  let state = data + "/globalState.json"
  let sizes = [("small", 0), ("typical", 0)] + megabytes.map { ("\($0) MB", $0) }
  var columns: [[Usage?]] = []
  for (name, megabytes) in sizes {
    try typical(data, tool: tool, settings: name == "typical" ? 200 : 1)
    if megabytes > 0 {
      make(state, megabytes: megabytes)
      _ = run([tool, "set-provider", "rutaapi", "--model", "m", "--data-dir", data] + keyOptions)
    }
    let files = SettingsFile.allCases.map { data + "/" + $0.relativePath }
    columns.append(
      compare(
        runs: megabytes == 0 ? runs * 3 : runs,
        [Contender(words: [reader] + files)]
          + offline.map {
            Contender(
              words: [tool] + $0 + ["--data-dir", data], input: $0[0] == "filter" ? state : nil)
          }))
  }
  print(
    """
    ## Commands

    Milliseconds of the whole process, and in brackets how many times those of a static Swift program that only reads the
    same files and prints them. `small` is what one `set-provider` makes; `typical` has 200 settings more; the others have a
    globalState.json of that size. Nothing changes: what could is asked with `--dry-run`, or is already so.

    """)
  let names = ["(a program that reads the bytes)"] + offline.map { "`\($0[0])`" }
  table(
    ["command"] + sizes.map(\.0) + ["page faults, typical", "peak MB, \(sizes.last?.0 ?? "")"],
    rows: names.indices.map { row in
      [names[row]]
        + columns.map { column in
          let ratio = (column[row]?.seconds ?? .nan) / (column[0]?.seconds ?? .nan)
          return milliseconds(column[row]) + (row == 0 ? "" : " (\(shown(ratio)))")
        } + [
          shown(columns[1][row]?.faults ?? .nan, digits: 0),
          // A child's peak begins at the size of its parent.
          shown(columns.last?[row]?.peakMegabytes ?? .nan, digits: 0),
        ]
    })
  explain(
    reader: columns[1][0],
    version: columns[1][1 + (offline.firstIndex { $0 == ["--version"] } ?? 0)],
    get: columns[1][1 + (offline.firstIndex { $0[0] == "get" } ?? 0)])
  return offline.indices.map { row in
    (
      offline[row][0],
      (columns[1][row + 1]?.seconds ?? .nan) / (columns[1][0]?.seconds ?? .nan)
    )
  }
}

/// What a short command's time is, from its page faults.
private func explain(reader: Usage?, version: Usage?, get: Usage?) {
  guard let reader, let version, let get else { return }
  let cost = faultCost()
  func more(_ usage: Usage) -> String { shown((usage.seconds - reader.seconds) * 1000, digits: 2) }
  func faults(_ usage: Usage) -> String {
    shown((usage.faults - reader.faults) * cost * 1000, digits: 2)
  }
  print(
    """
    A page fault costs \(shown(cost * 1e6)) microseconds here, for a page of zeros; one of a file, or of a table that the
    loader writes to, costs more. `--version` takes \(more(version)) ms more than the reader, and its faults alone
    \(faults(version)) of them. `get` takes \(more(get)) ms more, its faults \(faults(get)): the rest is the reading of five
    files, whose schema is checked, and the providers' key forms, by which keys are masked.

    """)
}

/// Seconds for a new page, as a median of a thousand pages at a time.
private func faultCost() -> Double {
  let pages = 1000
  let size = pages * 4096
  return seconds(runs: 9) {
    guard let block = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      block != MAP_FAILED
    else { return }
    for page in 0..<pages { block.storeBytes(of: 1, toByteOffset: page * 4096, as: UInt8.self) }
    munmap(block, size)
  } / Double(pages)
}

/// What one value of a large file costs.
struct Edited {
  var cat = Double.nan
  var node = Double.nan
  /// Bytes written, and the peak of memory, of the file's size.
  var written = Double.nan
  var peak = Double.nan
  /// The undo, of the time of the change.
  var undo = Double.nan
}

/// One value of a large file, as a user would set it with clinecfg, and without.
func editing(_ tool: String, folder: String, megabytes: Int, runs: Int) throws -> Edited {
  print(
    """
    ## `set` of one value in a globalState.json of \(megabytes) MB

    The commands as a user runs them: ours durable and with a backup, the others synced. Before each run that counts the
    same program has run once.

    """)
  let (source, target, data) = (folder + "/source.json", folder + "/target.json", folder + "/large")
  make(source, megabytes: megabytes)
  let node =
    "const f=require('fs');const o=JSON.parse(f.readFileSync('\(source)','utf8'));o.openAiBaseUrl='https://example.com/v1';f.writeFileSync('\(target)',JSON.stringify(o,null,2),{flush:true})"
  let python =
    "import json,os\no=json.load(open('\(source)'));o['openAiBaseUrl']='https://example.com/v1'\nf=open('\(target)','w');json.dump(o,f,indent=2);f.flush();os.fsync(f.fileno())"
  func words(_ host: String) -> [String] {
    [
      tool, "set", "globalState:/openAiBaseUrl", "https://\(host).example.com/v1", "--data-dir",
      data,
    ]
  }
  func reset() {
    try? FileManager.default.removeItem(atPath: data)
    try? FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    try? FileManager.default.copyItem(atPath: source, toPath: data + "/globalState.json")
    _ = run(words("before"))
    sync()
  }
  let others: [(String, [String])] = [
    ("`cat` and sync", ["sh", "-c", "cat '\(source)' > '\(target)' && sync '\(target)'"]),
    ("Node, parse and stringify", ["node", "-e", node]),
    (
      "`jq`",
      ["sh", "-c", "jq '.openAiBaseUrl=\"https://example.com/v1\"' '\(source)' > '\(target)'"]
    ),
    ("Python", ["python3", "-c", python]),
  ]
  let results = compare(
    runs: runs,
    [
      Contender(words: words("after"), before: reset),
      Contender(words: [tool, "undo", "--data-dir", data]) {
        reset()
        _ = run(words("after"))
        sync()
      },
    ] + others.map { name, words in Contender(words: words) { _ = run(words) } })
  let ours = results[0]?.seconds ?? .nan
  table(
    ["program", "ms", "peak MB", "`clinecfg set` takes of its time"],
    rows: zip(["`clinecfg set`", "`clinecfg undo` of it"] + others.map(\.0), results).map {
      name, usage in
      [
        name, milliseconds(usage), shown(usage?.peakMegabytes ?? .nan),
        shown(ours / (usage?.seconds ?? .nan), digits: 2),
      ]
    })
  reset()
  let size = Double(megabytes << 20)
  let written = calls(words("counted"), folder: folder)?.written
  return Edited(
    cat: ours / (results[2]?.seconds ?? .nan), node: ours / (results[3]?.seconds ?? .nan),
    written: written.map { Double($0) / size } ?? .nan,
    peak: (results[0]?.peakMegabytes ?? .nan) / Double(megabytes),
    undo: (results[1]?.seconds ?? .nan) / ours)
}

/// Makes a document in a process of its own: a child's peak begins at the size of its parent.
func make(_ path: String, megabytes: Int) {
  _ = run([CommandLine.arguments[0], "make", path, "\(megabytes)"])
}
