import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

/// How long the longer tests run: `CLINECFG_SECONDS`, 20 in CI.
enum Budget {
  static var seconds: Int {
    let environment = ProcessInfo.processInfo.environment
    return environment["CLINECFG_SECONDS"].flatMap { Int($0) }
      ?? (environment["CI"] == nil ? 4 : 20)
  }
}

@Suite("Many programs at once lose nothing", .serialized)
struct ConcurrencyTests {
  let home: TemporaryDirectory
  var data: URL { home.url.appending(path: ".cline/data") }

  init() throws { home = try TemporaryDirectory() }

  func document(_ path: String) throws -> JSONDocument {
    try JSONDocument(parsing: Array(try Data(contentsOf: data.appending(path: path))))
  }

  @Test("eight at once: every edit that was reported is there, kill -9 or not")
  func eight() throws {
    _ = try Binary.run(["set", "globalState:/start", "1"], home: home.url)
    // One shell per worker: it runs its edits one after the other and notes those that said 0.
    let count = max(8, Budget.seconds)
    let script = """
      for i in $(seq 1 \(count)); do
        "$BINARY" set "globalState:/w$WORKER-$i" "$i" --quiet >/dev/null 2>&1
        code=$?
        if [ $code = 0 ]; then echo "w$WORKER-$i"; fi
      done
      """
    let killer = """
      for i in $(seq 1 \(count * 2)); do
        sleep 0.1
        pid=$(pgrep -n -f "^$BINARY set globalState:/w" || true)
        if [ -n "$pid" ]; then kill -9 "$pid" 2>/dev/null && echo killed; fi
      done
      """
    func start(_ script: String, worker: Int) throws -> (Process, Pipe) {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", script]
      process.environment = [
        "HOME": home.url.path, "PATH": "/usr/bin:/bin", "BINARY": Binary.url.path,
        "WORKER": "\(worker)",
      ]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      try process.run()
      return (process, pipe)
    }
    let hasPgrep = Tool.find("pgrep") != nil
    let workers = try (1...8).map { try start(script, worker: $0) }
    let reaper = hasPgrep ? try start(killer, worker: 0) : nil
    var reported: [String] = []
    for (process, pipe) in workers {
      let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      reported += output.split(separator: "\n").map(String.init)
    }
    var kills = 0
    if let (process, pipe) = reaper {
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      kills = String(decoding: output, as: UTF8.self).split(separator: "\n").count
    } else {
      Tool.skip("pgrep", consequence: "no process was killed among eight")
    }
    _ = try Binary.run(["recover"], home: home.url)
    let state = try document("globalState.json")
    let lost = reported.filter { state[.root.appending(JSONKey($0))] == nil }
    print(
      "eight at once: \(reported.count) edits reported of \(8 * count), \(kills) killed, \(lost.count) lost"
    )
    #expect(lost.isEmpty)
    #expect(reported.count > count)
    #expect(kills > 0 || reported.count == 8 * count)
  }

  /// Edits, takes back and recovers in turn until the time is over; one in four is killed. It notes
  /// how each of the others ended: word, exit code, backup.
  static let worker = """
    end=$(( $(date +%s) + $SECONDS_LONG ))
    i=0
    while [ $(date +%s) -lt $end ]; do
      i=$((i + 1))
      case $(( (i * 5 + WORKER) % 8 )) in
        6) word=undo; set -- undo --json ;;
        7) word=recover; set -- recover --json ;;
        *) word=w$WORKER-$i; set -- set "globalState:/$word" "$i" --json ;;
      esac
      if [ $(( (i * 3 + WORKER) % 4 )) = 0 ]; then
        "$BINARY" "$@" >/dev/null 2>&1 &
        sleep 0.0$(( (i * 7 + WORKER * 13) % 40 ))
        kill -9 $! 2>/dev/null && echo "killed $word"
        wait $! 2>/dev/null
      else
        answer=$("$BINARY" "$@" 2>&1)
        code=$?
        backup=$(printf '%s' "$answer" | sed -n 's/^ *"backup": "\\(.*\\)",*$/\\1/p')
        echo "ended $word $code ${backup:-none}"
      fi
    done
    """

  @Test("thirty at once, one in four killed, undo and recover among them: nothing reported is lost")
  func thirty() throws {
    guard let node = Tool.find("node") else {
      return Tool.skip("node", consequence: "no other program wrote beside thirty of ours")
    }
    try FileManager.default.createDirectory(
      at: data.appending(path: "settings"), withIntermediateDirectories: true)
    for (path, text) in [
      // Of nobody's change: an undo that comes first must not take the file away from the reader.
      ("globalState.json", "{}"), ("secrets.json", "{}"),
      ("settings/providers.json", "{\"version\":1,\"providers\":{}}"),
    ] {
      try Data(text.utf8).write(to: data.appending(path: path))
    }
    _ = try Binary.run(["set", "globalState:/start", "1"], home: home.url)
    let seconds = Budget.seconds
    func start(_ tool: URL, arguments: [String], worker: Int) throws -> (Process, Pipe) {
      let process = Process()
      process.executableURL = tool
      process.arguments = arguments
      process.environment = [
        "HOME": home.url.path, "PATH": "/usr/bin:/bin", "BINARY": Binary.url.path,
        "WORKER": "\(worker)", "SECONDS_LONG": "\(seconds)",
      ]
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = FileHandle.nullDevice
      try process.run()
      return (process, pipe)
    }
    func output(_ started: (Process, Pipe)) -> String {
      let output = started.1.fileHandleForReading.readDataToEndOfFile()
      started.0.waitUntilExit()
      return String(decoding: output, as: UTF8.self)
    }
    let reader = try start(
      node, arguments: ["-e", Self.poller, data.path, "\(seconds)"], worker: 0)
    let writer = try start(
      node, arguments: ["-e", Self.rewriter, data.path, "\(seconds)"], worker: 0)
    let workers = try (1...30).map {
      try start(URL(filePath: "/bin/sh"), arguments: ["-c", Self.worker], worker: $0)
    }
    var reported: [String: String] = [:]
    var (ended, killed) = (0, 0)
    for worker in workers {
      for line in output(worker).split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        if words[0] == "killed" { killed += 1 }
        guard words[0] == "ended" else { continue }
        ended += 1
        // To be told to try again is no loss either: so many write the same file.
        #expect(words[2] == "0" || words[1] == "undo" && words[2] == "75", "\(line)")
        if words[1].hasPrefix("w"), words[2] == "0" { reported[words[1]] = words[3] }
      }
    }
    let read = try JSONDocument(parsing: Array(output(reader).utf8))
    let wrote = output(writer)
    #expect(try Binary.run(["recover"], home: home.url).status == 0)
    // What an undo took back, reported or killed, is no loss: its record names the change.
    let backups = data.appending(path: ".clinecfg/backups")
    var undone: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: backups.path) {
      let record = try JSONDocument(
        parsing: Array(Data(contentsOf: backups.appending(path: name + "/record.json"))))
      if let id = record["/record/undoes"]?.string { undone.insert(id) }
    }
    let state = try document("globalState.json")
    let lost = reported.filter { word, backup in
      state[.root.appending(JSONKey(word))] == nil && !undone.contains(backup)
    }
    let strays = try FileManager.default.subpathsOfDirectory(atPath: data.path).filter {
      $0.contains(".clinecfg-") || $0.contains(".new") || $0.contains("conflict-")
        || $0.hasPrefix(".clinecfg/2")
    }
    print(
      "thirty at once for \(seconds) s: \(ended) ended, \(killed) killed, \(reported.count) edits "
        + "reported, \(undone.count) taken back, \(lost.count) lost; beside \(wrote) writes; "
        + "\(read["/reads"]?.number?.literal ?? "?") reads, \(read["/torn"]?.number?.literal ?? "?") torn"
    )
    #expect(lost.isEmpty && strays.isEmpty, "\(lost.keys) \(strays)")
    #expect(read["/torn"] == 0 && read["/missing"] == 0)
    #expect(reported.count > 30 && killed > 10 && !undone.isEmpty)
    #expect(try Binary.run(["backups", "verify"], home: home.url).status == 0)
  }

  /// A program that rewrites whole files all the time, of which ours changes none.
  static let rewriter = """
    const fs = require('fs'), path = require('path');
    const [dir, seconds] = [process.argv[1], +process.argv[2]];
    const end = Date.now() + seconds * 1000;
    let n = 0;
    function tick() {
      for (const name of ['secrets.json', 'settings/providers.json']) {
        const file = path.join(dir, name), value = JSON.parse(fs.readFileSync(file, 'utf8'));
        if (name === 'secrets.json') value.simulator = String(++n);
        fs.writeFileSync(file + '.' + process.pid + '.tmp', JSON.stringify(value, null, 2), { mode: 0o600 });
        fs.renameSync(file + '.' + process.pid + '.tmp', file);
      }
      if (Date.now() < end) setTimeout(tick, 1); else console.log(n);
    }
    tick();
    """

  /// Cline's writers as its code has them: a whole-file cache written back after a pause, and
  /// read-modify-write of providers.json; temporary file and rename, no lock, no sync
  /// (ClineFileStorage.ts and provider-settings-manager.ts, 4.1.13).
  static let simulator = """
    const fs = require('fs'), crypto = require('crypto'), path = require('path');
    const [dir, seconds, pause] = [process.argv[1], +process.argv[2], +process.argv[3]];
    const sha = b => crypto.createHash('sha256').update(b).digest('hex');
    const end = Date.now() + seconds * 1000;
    const displaced = [];
    function publish(file, text, temporary) {
      fs.writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
      fs.renameSync(temporary, file);
    }
    const state = path.join(dir, 'globalState.json');
    const cache = JSON.parse(fs.readFileSync(state, 'utf8'));
    let last = null, n = 0, m = 0, lastProviders = null;
    const providers = path.join(dir, 'settings/providers.json');
    function tick() {
      // Whoever took our last version away must have kept it.
      const now = fs.readFileSync(state, 'utf8');
      if (last !== null && now !== last) displaced.push([sha(last), sha(now)]);
      cache.simulator = ++n;
      const text = JSON.stringify(cache, null, 2);
      publish(state, text, state + '.tmp.' + Date.now() + '.' + n + process.pid + '.json');
      last = text;
      const before = fs.readFileSync(providers, 'utf8');
      if (lastProviders !== null && before !== lastProviders) displaced.push([sha(lastProviders), sha(before)]);
      const settings = JSON.parse(before);
      settings.providers.sim = { settings: { provider: 'sim', timeout: ++m },
        updatedAt: new Date().toISOString() };
      const next = JSON.stringify(settings, null, 2) + '\\n';
      publish(providers, next, providers + '.' + process.pid + '.tmp');
      lastProviders = next;
      if (Date.now() < end) setTimeout(tick, pause * Math.random() * 2);
      else console.log(JSON.stringify({ versions: n + m, displaced,
        last: [sha(last), sha(lastProviders)] }));
    }
    tick();
    """

  static let digests = """
    const fs = require('fs'), crypto = require('crypto'), path = require('path');
    for (const name of fs.readdirSync(process.argv[1], { recursive: true })) {
      const file = path.join(process.argv[1], name);
      if (!fs.statSync(file).isFile()) continue;
      const bytes = fs.readFileSync(file);
      console.log(crypto.createHash('sha256').update(bytes).digest('hex'));
      if (path.basename(file) === 'record.json')
        for (const change of JSON.parse(bytes).record.files)
          if (change.after) console.log('made ' + change.after.sha256);
    }
    """

  static let poller = """
    const fs = require('fs'), path = require('path');
    const [dir, seconds] = [process.argv[1], +process.argv[2]];
    const files = ['globalState.json', 'secrets.json', 'settings/providers.json'];
    const end = Date.now() + seconds * 1000;
    let reads = 0, missing = 0, torn = 0;
    while (Date.now() < end) {
      for (const file of files) {
        let text;
        try { text = fs.readFileSync(path.join(dir, file), 'utf8'); } catch { missing++; continue; }
        try { JSON.parse(text); reads++; } catch { torn++; }
      }
    }
    console.log(JSON.stringify({ reads, missing, torn }));
    """

  @Test("a Cline that writes all the time: no version is lost, no reader sees a torn file")
  func simulator() throws {
    guard let node = Tool.find("node") else {
      return Tool.skip("node", consequence: "Cline's writers were not run against clinecfg")
    }
    let setUp = try Binary.run(
      ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"], home: home.url,
      variables: ["K": "invented-key-0001"])
    #expect(setUp.status == 0, "\(setUp.error)")
    let seconds = Budget.seconds
    func start(_ script: String, arguments: [String]) throws -> (Process, Pipe) {
      let process = Process()
      process.executableURL = node
      process.arguments = ["-e", script, data.path, "\(seconds)"] + arguments
      let pipe = Pipe()
      process.standardOutput = pipe
      try process.run()
      return (process, pipe)
    }
    let writer = try start(Self.simulator, arguments: ["15"])
    let reader = try start(Self.poller, arguments: [])
    var changes = 0
    var refused = 0
    let end = Date().addingTimeInterval(Double(seconds) - 0.5)
    while Date() < end {
      changes += 1
      let words =
        changes % 2 == 0
        ? ["set", "globalState:/ours", "\(changes)"]
        : ["set-provider", "rutaapi", "--model", "m\(changes)"]
      let run = try Binary.run(words, home: home.url)
      if run.status == 75 { refused += 1 } else { #expect(run.status == 0, "\(run.error)") }
    }
    func answer(_ started: (Process, Pipe)) throws -> JSONValue {
      let output = started.1.fileHandleForReading.readDataToEndOfFile()
      started.0.waitUntilExit()
      return try JSONDocument(parsing: Array(output)).root
    }
    let wrote = try answer(writer)
    let read = try answer(reader)
    // Everything that is kept anywhere, by digest.
    let kept = Set(
      try Tool.run(node, arguments: ["-e", Self.digests, data.path]).output.split(separator: "\n")
        .map(
          String.init))
    // What stood there instead is what a change made. One that met a conflict was taken back, and
    // Cline's version with it stood there again.
    let displaced = (wrote["displaced"]?.array ?? []).filter {
      $0.array.flatMap { $0.last?.string }.map { kept.contains("made " + $0) } ?? false
    }.compactMap { $0.array?.first?.string }
    let lost = displaced.filter { !kept.contains($0) }
    print(
      "beside a writing Cline for \(seconds) s: \(changes) changes (\(refused) told to try again), "
        + "\(wrote["versions"]?.number?.literal ?? "0") versions of Cline's, \(displaced.count) displaced by us, "
        + "\(lost.count) lost; \(read["reads"]?.number?.literal ?? "0") reads, "
        + "\(read["torn"]?.number?.literal ?? "?") torn, \(read["missing"]?.number?.literal ?? "?") missing"
    )
    #expect(lost.isEmpty)
    #expect(read["torn"] == 0 && read["missing"] == 0)
    #expect(!displaced.isEmpty && changes > 5)
  }

  @Test("a lock that is held is waited for and then named; one whose holder died is free at once")
  func locks() throws {
    guard let flock = Tool.find("flock") else {
      return Tool.skip("flock", consequence: "no other process held the lock")
    }
    _ = try Binary.run(["set", "globalState:/a", "1"], home: home.url)
    let lock = data.appending(path: ".clinecfg/lock")
    let holder = Process()
    holder.executableURL = flock
    holder.arguments = [lock.path, "sleep", "30"]
    try holder.run()
    usleep(300_000)
    let began = Date()
    let run = try Binary.run(["set", "globalState:/a", "2"], home: home.url)
    #expect(run.status == 75 && run.error.contains("another clinecfg"), "\(run.error)")
    #expect(Date().timeIntervalSince(began) > 9)
    // flock passes the lock to its child: both must go.
    _ = try Tool.run(
      URL(filePath: "/bin/sh"),
      arguments: [
        "-c", "pkill -9 -P \(holder.processIdentifier); kill -9 \(holder.processIdentifier)",
      ],
      environment: ["PATH": "/usr/bin:/bin"])
    holder.waitUntilExit()
    usleep(100_000)
    let again = Date()
    #expect(try Binary.run(["set", "globalState:/a", "2"], home: home.url).status == 0)
    #expect(Date().timeIntervalSince(again) < 5)
  }
}
