import Foundation

/// `set-provider` as it changes three files for good, beside a C program of the very same system
/// calls: what is left is what clinecfg itself adds.
func transaction(_ tool: String, folder: String, runs: Int) throws -> Double {
  let (data, former) = (folder + "/data", folder + "/former")
  try typical(data, tool: tool)
  try? FileManager.default.removeItem(atPath: former)
  try FileManager.default.copyItem(atPath: data, toPath: former)
  // Each run begins with the same files, and with nothing left to write of the ones before.
  func reset() {
    try? FileManager.default.removeItem(atPath: data)
    try? FileManager.default.copyItem(atPath: former, toPath: data)
    sync()
  }
  let words =
    [tool, "set-provider", "rutaapi", "--model", "another", "--data-dir", data] + keyOptions
  reset()
  let copy = replay(of: words, folder: folder)
  let results = compare(
    runs: runs, [words, copy ?? ["false"]].map { Contender(words: $0, before: reset) })
  print(
    """
    ## `set-provider`, changing three files

    Everything that makes it durable, on the file system of `/tmp`; the C program makes the same system calls, from a
    trace of the run.

    """)
  let base = results[1]?.seconds ?? .nan
  defer {
    print(
      """
      What is more than the C program's is the start of the process (see `--version` above) and the work. In a profile by
      instructions (callgrind, November 2026) the loader has 12 %, the Swift runtime's making of types 21 %, reading the
      files and what each client would send 21 %, judging the triple 15 %, planning the rest, and the transaction itself,
      syncs apart, 15 %. With 8 syncs instead of 24 the C program takes a third of its former time, and ours three quarters:
      the slower the disk, the smaller the difference.

      """)
  }
  table(
    ["program", "ms", "times the C program"],
    rows: zip(["`clinecfg set-provider`", "C, the same system calls"], results).map {
      title, usage in
      [title, milliseconds(usage), shown((usage?.seconds ?? .nan) / base, digits: 2)]
    })
  return (results[0]?.seconds ?? .nan) / base
}

/// How often a command syncs, and how many bytes it writes; `nil` where there is no `strace`.
func calls(_ words: [String], folder: String) -> (syncs: Int, written: Int)? {
  let trace = folder + "/trace"
  guard run(["strace", "-f", "-o", trace, "-e", "trace=fsync,write"] + words) != nil,
    let text = try? String(contentsOfFile: trace, encoding: .utf8)
  else { return nil }
  let lines = text.split(separator: "\n")
  let written = lines.filter { $0.contains("write(") && !$0.contains("write(1,") }
    .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
  return (lines.count { $0.contains("fsync(") }, written.reduce(0, +))
}

/// The syncs of each command that changes something.
func syncs(_ tool: String, folder: String) throws {
  print(
    """
    ## Syncs

    Each is a wait for the disk. A change needs one for each new file, one for each directory in which names change, and
    three for the journal: its record, its directory, and the name that makes it count. The first change makes its
    directories besides. Each one left out is noticed by the proof.

    """)
  let (data, profile) = (folder + "/synced", folder + "/cline.json")
  try? FileManager.default.removeItem(atPath: data)
  let commands: [(String, [String])] = [
    ("set-provider, the very first", ["set-provider", "rutaapi", "--model", "m"] + keyOptions),
    ("set, one file", ["set", "globalState:/mode", "plan"]),
    (
      "set-provider, three files in two directories",
      ["set-provider", "custom", "--base-url", "https://llm.example.com/v1", "--model", "other"]
        + ["--key-env", "CLINECFG_BENCHMARK_OTHER", "--no-verify"]
    ), ("undo of it", ["undo"]), ("undo of one file", ["undo"]),
    ("apply of what is already so", ["apply", profile, "--no-verify"]),
    ("remove", ["remove", "rutaapi"]),
  ]
  table(
    ["command", "syncs"],
    rows: commands.map { name, words in
      [
        name,
        calls([tool] + words + ["--data-dir", data], folder: folder).map { "\($0.syncs)" } ?? "–",
      ]
    })
}

/// A C program that makes the system calls for files that another program made; `nil` where there
/// is no `strace` or `clang`.
private func replay(of words: [String], folder: String) -> [String]? {
  let (trace, source, program) = (folder + "/trace", folder + "/replay.c", folder + "/replay")
  guard run(["strace", "-s", "0", "-o", trace] + words) != nil,
    let text = try? String(contentsOfFile: trace, encoding: .utf8)
  else { return nil }
  // From the first look at the data directory on: what comes before is the loader's.
  let lines = text.split(separator: "\n").drop {
    !$0.contains("\"" + folder) || $0.hasPrefix("execve")
  }
  let calls = lines.compactMap(statement)
  let code = """
    #define _GNU_SOURCE
    #include <fcntl.h>
    #include <stdio.h>
    #include <sys/file.h>
    #include <sys/stat.h>
    #include <sys/syscall.h>
    #include <unistd.h>
    static char buffer[1 << 20];
    static struct stat info;
    static struct statx extended;
    int main(void) {
      \(calls.joined(separator: "\n  "))
      return 0;
    }
    """
  guard (try? code.write(toFile: source, atomically: false, encoding: .utf8)) != nil,
    run(["clang", "-O2", "-w", "-o", program, source]) != nil
  else { return nil }
  return [program]
}

/// A line of a trace, which is nearly C, as C.
private func statement(_ line: Substring) -> String? {
  let names = [
    "openat", "newfstatat", "read", "write", "lseek", "close", "fsync", "fchown", "lchown",
    "fchmod", "mkdir", "rename", "renameat2", "unlink", "rmdir", "getdents64", "flock", "geteuid",
    "statx",
  ]
  guard let match = line.firstMatch(of: #/^(\w+)\((.*)\)\s+= /#),
    let name = names.first(where: { match.1 == $0 })
  else { return nil }
  var arguments = String(match.2)
  if name == "read" || name == "write" {
    arguments.replace(#/"[^"]*"(\.\.\.)?/#, with: "buffer")
  }
  if name == "statx" { return "statx(\(arguments.prefix { $0 != "{" }) &extended);" }
  arguments.replace(#/\{.*\}/#, with: "&info")
  arguments.replace(#/0x[0-9a-f]+( \/\*.*\*\/)?/#, with: name == "newfstatat" ? "&info" : "buffer")
  return switch name {
  case "newfstatat": "fstatat(\(arguments));"
  case "getdents64": "syscall(SYS_getdents64, \(arguments));"
  default: "\(name)(\(arguments));"
  }
}
