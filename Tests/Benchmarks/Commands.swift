import ClineConfig
import Foundation

/// Every command that asks no other program, as whole processes, beside a program that only reads
/// the same bytes.
func commands(_ tool: String, _ reader: String, folder: String, runs: Int) throws {
  let data = folder + "/data"
  setenv("CLINECFG_BENCHMARK_KEY", "invented-key-0001", 1)
  setenv("XDG_CONFIG_HOME", folder + "/config", 1)
  setenv("XDG_STATE_HOME", folder + "/state", 1)
  let key = ["--key-env", "CLINECFG_BENCHMARK_KEY", "--no-verify"]
  let profile = folder + "/cline.json"
  try Data(
    #"{"provider":"rutaapi","model":"m","key":{"env":"CLINECFG_BENCHMARK_KEY"}}"#.utf8
  ).write(to: URL(filePath: profile))
  let offline: [[String]] = [
    ["--version"], ["get", "globalState:/openAiBaseUrl"], ["show"], ["export"], ["profiles"],
    ["diff", profile], ["apply", profile, "--check"],
    ["set-provider", "rutaapi", "--model", "m"] + key, ["backups"], ["undo", "--dry-run"],
    ["check", "--base-url", "https://api.rutaapi.com/v1", "--model", "m"], ["explain", "URL105"],
    ["providers"], ["completions", "bash"], ["man"],
  ]
  for (name, megabytes) in [("typical, 200 keys", 0), ("10 MB", 10), ("60 MB", 60)] {
    try? FileManager.default.removeItem(atPath: data)
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
    let state = data + "/globalState.json"
    if megabytes == 0 {
      let keys = (0..<200).map { #"  "setting\#($0)": "value \#($0)""# }.joined(separator: ",\n")
      try Data("{\n\(keys)\n}".utf8).write(to: URL(filePath: state))
    } else {
      make(state, megabytes)
    }
    _ = run(
      [tool, "set-provider", "rutaapi", "--model", "m", "--data-dir", data] + key)
    let files = SettingsFile.allCases.map { data + "/" + $0.relativePath }
    let chosen =
      megabytes == 0 ? offline : offline.filter { ["get", "show", "diff"].contains($0[0]) }
    let contenders = [[reader] + files] + chosen.map { [tool] + $0 + ["--data-dir", data] }
    let results = compare(
      runs: megabytes == 0 ? runs * 3 : runs, contenders.map { ($0, nil) })
    let base = results[0]?.seconds ?? .nan
    print("## Commands on a data directory: \(name)\n")
    table(
      ["program", "ms", "peak MB", "times the reader"],
      zip(["(a program that reads the bytes)"] + chosen.map { "`clinecfg " + $0[0] + "`" }, results)
        .map { title, usage in
          [
            title, shown((usage?.seconds ?? .nan) * 1000), shown(usage?.peakMegabytes ?? .nan),
            shown((usage?.seconds ?? .nan) / base),
          ]
        })
  }
}

/// One edit of one file, as a user would do it without clinecfg.
func editing(_ own: String, folder: String, megabytes: Int, runs: Int) throws {
  print("## Reading, one edit and writing of \(megabytes) MB, synced\n")
  let (source, target) = (folder + "/source.json", folder + "/target.json")
  make(source, megabytes)
  let node =
    "const f=require('fs');const o=JSON.parse(f.readFileSync('\(source)','utf8'));o.openAiBaseUrl='https://example.com/v1';f.writeFileSync('\(target)',JSON.stringify(o,null,2),{flush:true})"
  let python =
    "import json,os\no=json.load(open('\(source)'));o['openAiBaseUrl']='https://example.com/v1'\nf=open('\(target)','w');json.dump(o,f,indent=2);f.flush();os.fsync(f.fileno())"
  let contenders: [(String, [String])] = [
    ("ClineConfig", [own, "edit", source, target]),
    ("`cat` and sync", ["sh", "-c", "cat '\(source)' > '\(target)' && sync '\(target)'"]),
    ("Node, parse and stringify", ["node", "-e", node]),
    (
      "`jq`",
      ["sh", "-c", "jq '.openAiBaseUrl=\"https://example.com/v1\"' '\(source)' > '\(target)'"]
    ),
    ("Python", ["python3", "-c", python]),
  ]
  let results = compare(runs: runs, contenders.map { ($0.1, nil) })
  let ours = results[0]?.seconds ?? .nan
  table(
    ["program", "ms", "peak MB", "ours takes of its time"],
    zip(contenders, results).map { contender, usage in
      [
        contender.0, shown((usage?.seconds ?? .nan) * 1000), shown(usage?.peakMegabytes ?? .nan),
        shown(ours / (usage?.seconds ?? .nan), 2),
      ]
    })
}

/// Makes a document in a process of its own: a child's peak begins at the size of its parent.
func make(_ path: String, _ megabytes: Int) {
  _ = run([CommandLine.arguments[0], "make", path, "\(megabytes)"])
}

/// `Benchmarks edit SOURCE TARGET`
func edit(_ source: String, _ target: String) throws {
  let files = LocalFileSystem()
  guard let source = AbsolutePath(source), let target = AbsolutePath(target) else { exit(2) }
  try files.remove(target)
  let contents = try files.read(source, limit: 1 << 30)
  var document = try JSONDocument(
    parsing: contents.bytes, limits: JSONLimits(depth: 1000, size: 1 << 30))
  try document.set("https://example.com/v1", at: "/openAiBaseUrl")
  try files.create(target, contents: document.bytes, mode: .ownerOnly, owner: nil)
}
