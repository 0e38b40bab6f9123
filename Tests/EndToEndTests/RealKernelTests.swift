import ClineConfig
import Foundation
import LosslessJSON
import TestSupport
import Testing

@Suite("The real kernel", .serialized)
struct RealKernelTests {
  let home: TemporaryDirectory
  var data: URL { home.url.appending(path: ".cline/data") }
  let variables = ["K": "invented-key-0001"]

  init() throws { home = try TemporaryDirectory() }

  var isRoot: Bool { getuid() == 0 }

  func stores() throws -> [String: Data] {
    var found: [String: Data] = [:]
    for path in ["globalState.json", "secrets.json", "settings/providers.json"] {
      found[path] = FileManager.default.contents(atPath: data.appending(path: path).path)
    }
    return found
  }

  func setUp() throws {
    let run = try Binary.run(
      ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"], home: home.url,
      variables: variables)
    #expect(run.status == 0, "\(run.error)")
  }

  /// Runs a shell script with mounts of its own.
  func inOwnMounts(_ script: String) throws -> Tool.Result? {
    guard isRoot, let unshare = Tool.find("unshare") else { return nil }
    let run = try Tool.run(
      unshare, arguments: ["-m", "/bin/sh", "-c", script],
      environment: [
        "HOME": home.url.path, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "BINARY": Binary.url.path,
        "DATA": data.path, "K": "invented-key-0002",
      ])
    return run.error.contains("unshare failed") || run.error.contains("mount: ") ? nil : run
  }

  @Test("a full disk changes nothing, however little room is left")
  func fullDisk() throws {
    var codes: [Int32: Int] = [:]
    for kilobytes in stride(from: 28, through: 120, by: 4) {
      let script = """
        mkdir -p "$DATA" && mount -t tmpfs -o size=\(kilobytes)k tmpfs "$DATA" || exit 99
        "$BINARY" set globalState:/a 1 --quiet 2>/dev/null || exit 98
        head -c 9000 /dev/zero | tr '\\0' x > /tmp/value-$$
        cp "$DATA/globalState.json" /tmp/before-$$
        "$BINARY" set globalState:/long "$(cat /tmp/value-$$)" --quiet >/dev/null 2>/tmp/error-$$
        code=$?
        if [ $code != 0 ]; then cmp -s "$DATA/globalState.json" /tmp/before-$$ || code=97; fi
        find "$DATA" -name '.clinecfg-*' | grep -q . && code=96
        cat /tmp/error-$$ >&2
        rm -f /tmp/value-$$ /tmp/before-$$ /tmp/error-$$
        exit $code
        """
      guard let run = try inOwnMounts(script), run.status != 99 else {
        return Tool.skip("unshare or mount", consequence: "no full disk was seen")
      }
      codes[run.status, default: 0] += 1
      #expect([0, 73, 98].contains(run.status), "\(kilobytes) KiB: \(run.status) \(run.error)")
      if run.status == 73 { #expect(run.error.contains("no space left")) }
    }
    print(
      "full disk: exit codes \(codes.sorted { $0.key < $1.key }.map { "\($0.key)×\($0.value)" })")
    #expect(codes[73] ?? 0 > 0 && codes[0] ?? 0 > 0)
  }

  @Test("a read-only mount and an immutable file are named, and nothing changes")
  func readOnly() throws {
    try setUp()
    let before = try stores()
    let words = "\"$BINARY\" set-provider rutaapi --key-env K --model m2 --no-verify"
    let bound = try inOwnMounts(
      "mount --bind \"$DATA\" \"$DATA\" && mount -o remount,bind,ro \"$DATA\" || exit 99; \(words)")
    if let bound, bound.status != 99 {
      #expect(bound.status == 73 && bound.error.contains("read-only"), "\(bound.error)")
    } else {
      Tool.skip("unshare or mount", consequence: "no read-only mount was seen")
    }
    #expect(try stores() == before)
    guard isRoot, let chattr = Tool.find("chattr") else {
      return Tool.skip("chattr", consequence: "no immutable file was seen")
    }
    for file in ["globalState.json", "settings"] {
      let path = data.appending(path: file).path
      guard try Tool.run(chattr, arguments: ["+i", path]).status == 0 else {
        return Tool.skip("chattr on this file system", consequence: "no immutable file was seen")
      }
      defer { _ = try? Tool.run(chattr, arguments: ["-i", path]) }
      let run = try Binary.run(
        ["set-provider", "rutaapi", "--key-env", "K", "--model", "m2"], home: home.url,
        variables: ["K": "invented-key-0002"])
      #expect(run.status == 77 && run.error.contains("not permitted"), "\(file): \(run.error)")
      #expect(try stores() == before)
    }
  }

  @Test("kill -9 at random moments leaves all old or all new")
  func killed() throws {
    try setUp()
    // How long one change takes, to spread the kills over it.
    let began = Date()
    _ = try Binary.run(["set-provider", "rutaapi", "--model", "m0"], home: home.url)
    let span = Date().timeIntervalSince(began)
    let rounds = Budget.seconds * 10
    var sides = [0, 0]
    for round in 1...rounds {
      let before = try stores()
      let process = Process()
      process.executableURL = Binary.url
      process.arguments = [
        "set-provider", "rutaapi", "--key-env", "K", "--model", "m-\(round)",
      ]
      process.environment = ["HOME": home.url.path, "K": "invented-key-\(1000 + round)"]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32(Double.random(in: 0...span) * 1_000_000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      for (_, bytes) in try stores() { _ = try JSONDocument(parsing: Array(bytes)) }
      let recovered = try Binary.run(["recover"], home: home.url)
      #expect(recovered.status == 0, "\(recovered.error)")
      let now = try stores()
      let isNew = now.allSatisfy {
        String(decoding: $0.value, as: UTF8.self).contains("m-\(round)")
          || String(decoding: $0.value, as: UTF8.self).contains("invented-key-\(1000 + round)")
      }
      #expect(now == before || isNew, "round \(round)")
      sides[isNew ? 1 : 0] += 1
    }
    print("kill -9 at random: \(rounds) rounds, \(sides[0]) all old, \(sides[1]) all new")
    let strays = try FileManager.default.subpathsOfDirectory(atPath: data.path).filter {
      $0.contains(".tmp") || $0.contains("pending/")
    }
    #expect(strays.isEmpty)
  }

  @Test(
    "links that a stranger planted are refused, and what they point to is untouched",
    arguments: ["lock", "pending", "backups", ""])
  func planted(name: String) throws {
    let manager = FileManager.default
    let victim = home.url.appending(path: "victim")
    try manager.createDirectory(at: data, withIntermediateDirectories: true)
    if name == "lock" {
      try Data("victim".utf8).write(to: victim)
    } else {
      try manager.createDirectory(at: victim, withIntermediateDirectories: true)
    }
    let own = data.appending(path: ".clinecfg")
    if !name.isEmpty { try manager.createDirectory(at: own, withIntermediateDirectories: true) }
    try manager.createSymbolicLink(
      at: name.isEmpty ? own : own.appending(path: name), withDestinationURL: victim)
    let run = try Binary.run(
      ["set-provider", "rutaapi", "--key-env", "K", "--model", "m"], home: home.url,
      variables: variables)
    #expect(run.status != 0 && run.status != 70, "\(run.error)")
    if name == "lock" {
      #expect(try Data(contentsOf: victim) == Data("victim".utf8))
    } else {
      #expect(try manager.contentsOfDirectory(atPath: victim.path).isEmpty)
    }
    #expect(!manager.fileExists(atPath: data.appending(path: "globalState.json").path))
  }

  // MARK: Keys

  @Test(
    "hostile key commands are named, and neither their words nor the key come out",
    arguments: [
      ("exit 3", 66), ("true", 66), ("printf '   '", 66), ("printf 'CANARY7Q\\nsecond'", 78),
      ("printf 'CANARY7Qz9Xw2Lm4\\n'", 0), ("head -c 1000000 /dev/zero | tr '\\0' x", 66),
      ("printf 'CANARY7Q\\0z9'", 66), ("printf '\\377\\376'", 66),
      ("echo CANARY7Qz9Xw2Lm4 >&2; exit 1", 66), ("kill -9 $$", 66),
      ("no-such-program-CANARY7Qz9", 66), ("printf CANARY7Qz9Xw2Lm4; exit 1", 66),
    ] as [(String, Int32)])
  func keyCommands(command: String, code: Int32) throws {
    let run = try Binary.run(
      ["set-provider", "rutaapi", "--model", "m", "--key-command", command], home: home.url)
    #expect(run.status == code, "\(run.error)")
    #expect(!(run.output + run.error).contains("CANARY7Q"), "\(run.output)\(run.error)")
    if code != 0 {
      #expect(!FileManager.default.fileExists(atPath: data.appending(path: "secrets.json").path))
    }
  }

  /// Drives the prompt over a terminal of its own: what is sent, what must come of it.
  static let driver = """
    import os, pty, select, signal, sys, termios, time
    binary, home, steps = sys.argv[1], sys.argv[2], sys.argv[3].split(',')
    signal.alarm(40)
    report, told = os.pipe()
    go, goes = os.pipe()
    pid, fd = pty.fork()
    if pid == 0:
        # A shell in small: the command runs in a group of its own, and can be stopped.
        job = os.fork()
        if job == 0:
            os.setpgid(0, 0)
            os.read(go, 1)
            # As a login shell starts its jobs, whatever the test was started with.
            for number in (signal.SIGTSTP, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.execve(binary, [binary, 'set-provider', 'rutaapi', '--model', 'm', '--no-verify'],
                      {'HOME': home, 'PATH': '/usr/bin:/bin', 'TERM': 'xterm'})
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        try: os.setpgid(job, job)
        except OSError: pass
        os.tcsetpgrp(0, job)
        os.write(goes, b'x')
        os.write(told, b'%d ' % job)
        while True:
            p, status = os.waitpid(job, os.WUNTRACED)
            if os.WIFSTOPPED(status):
                os.tcsetpgrp(0, os.getpid())
                os.write(told, b'S')
                os.read(go, 1)
                os.tcsetpgrp(0, job)
                os.kill(-job, signal.SIGCONT)
            else:
                os.tcsetpgrp(0, os.getpid())
                code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
                os.write(told, b'E%d ' % code)
                time.sleep(1)
                os._exit(0)
    job = int(os.read(report, 16).split(b' ')[0])
    out = b''
    def wait(until, seconds=5):
        global out
        end = time.time() + seconds
        while time.time() < end:
            if select.select([fd], [], [], 0.05)[0]:
                try: data = os.read(fd, 65536)
                except OSError: return True
                if not data: return True
                out += data
            if until(): return True
        return False
    echo = lambda: bool(termios.tcgetattr(fd)[3] & termios.ECHO)
    wait(lambda: b'(not shown): ' in out)
    wait(lambda: not echo())
    hidden = not echo()
    for step in steps:
        if step == 'key': os.write(fd, b'CANARY7Qz9Xw2Lm4\\n')
        elif step == 'part': os.write(fd, b'CANARY7Q'); time.sleep(0.2)
        elif step == 'empty':
            count = out.count(b'(not shown): ')
            os.write(fd, b'\\n')
            wait(lambda: out.count(b'(not shown): ') > count, 2)
            wait(lambda: not echo(), 2)
        elif step == 'eof': os.write(fd, b'\\x04')
        elif step == 'int': os.write(fd, b'\\x03')
        elif step == 'term': os.kill(job, signal.SIGTERM)
        elif step == 'stop':
            os.write(fd, b'\\x1a')
            stopped = select.select([report], [], [], 5)[0] and os.read(report, 1)
            print('stopped', stopped, 'stopped-echo', echo())
            if not stopped: break
            count = out.count(b'(not shown): ')
            os.write(goes, b'x')
            wait(lambda: out.count(b'(not shown): ') > count)
            wait(lambda: not echo(), 2)
            hidden = hidden and not echo()
    code = b''
    end = time.time() + 10
    while time.time() < end and not code.endswith(b' '):
        wait(lambda: True, 0.05)
        if select.select([report], [], [], 0.05)[0]: code += os.read(report, 16)
    after = echo()
    code = code.strip().decode().lstrip('E')
    print('hidden', hidden, 'restored', after, 'code', code, 'shown', b'CANARY7Q' in out)
    """

  @Test(
    "the prompt hides what is typed, and gives the terminal back on every way out",
    arguments: [
      ("key", "0"), ("stop,key", "0"), ("part,stop,key", "0"), ("empty,empty,empty", "66"),
      ("empty,key", "0"),
      ("eof", "130"),
      ("int", "130"), ("part,int", "130"), ("part,term", "143"),
    ])
  func prompt(steps: String, code: String) throws {
    guard let python = Tool.find("python3") else {
      return Tool.skip("python3", consequence: "no terminal was tried")
    }
    let run = try Tool.run(
      python, arguments: ["-c", Self.driver, Binary.url.path, home.url.path, steps])
    #expect(
      run.output.contains("hidden True restored True code \(code) shown False"),
      "\(steps): \(run.output)\(run.error)")
    if steps.contains("stop") { #expect(run.output.contains("stopped-echo True")) }
    let secrets = data.appending(path: "secrets.json").path
    if code == "0" {
      let text = try String(contentsOfFile: secrets, encoding: .utf8)
      #expect(text.contains("\"CANARY7Qz9Xw2Lm4\""))
    } else {
      #expect(!FileManager.default.fileExists(atPath: secrets))
    }
  }
}
