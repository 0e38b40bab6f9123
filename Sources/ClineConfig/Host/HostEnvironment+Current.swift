import LosslessJSON

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

extension HostEnvironment {
  /// This machine and this process.
  public static func current() -> HostEnvironment {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      if let equals = strchr(entry, CInt(UInt8(ascii: "="))) {
        let name = UnsafeRawBufferPointer(start: entry, count: equals - entry)
        variables[String(decoding: name, as: UTF8.self)] = String(cString: equals + 1)
      }
      next += 1
    }
    var working = AbsolutePath.root
    if let path = getcwd(nil, 0) {
      working = AbsolutePath(String(cString: path)) ?? .root
      free(path)
    }
    // As Node's os.homedir(): HOME, else the user database.
    var home = variables["HOME"].flatMap { AbsolutePath($0) }
    if home == nil, let user = getpwuid(geteuid()), let directory = user.pointee.pw_dir {
      home = AbsolutePath(String(cString: directory))
    }
    var host = HostEnvironment(
      variables: variables, homeDirectory: home, workingDirectory: working,
      files: LocalFileSystem(),
      now: {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(
          milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
      },
      uniqueName: {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
          let digits = String(generator.next(), radix: 16)
          return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
      },
      sleep: { usleep(UInt32($0) * 1000) })
    host.filesOf = { AssumedFileSystem(owner: $0) }
    host.processes = RunningProcess.all
    host.systemName = {
      var name = utsname()
      guard uname(&name) == 0 else { return nil }
      func text(_ field: some Any) -> String {
        withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      }
      return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
    }
    host.run = { try? $0.run() }
    let asking = host
    host.stateRows = { path throws(StateDatabaseProblem) in
      try StateDatabase(host: asking).rows(path)
    }
    host.runInFront = { process, started in try? process.run(started: started) }
    host.transport = CurlTransport(host: host)
    host.holdInterruptions = {
      var held = sigset_t()
      var former = sigset_t()
      sigemptyset(&held)
      for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&held, signal) }
      pthread_sigmask(SIG_BLOCK, &held, &former)
      let restored = former
      return {
        var restored = restored
        pthread_sigmask(SIG_SETMASK, &restored, nil)
      }
    }
    return host
  }
}
