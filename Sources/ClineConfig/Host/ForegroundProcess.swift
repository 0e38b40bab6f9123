#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A program that takes the terminal over until it ends.
package struct ForegroundProcess: Sendable {
  /// The command's words; the first is a path.
  package var arguments: [String]
  /// Its whole environment.
  package var environment: [String: String]
  /// What new files of it lack, as `umask` has it.
  package var fileMask: UInt32

  /// Creates a command.
  package init(arguments: [String], environment: [String: String], fileMask: UInt32) {
    (self.arguments, self.environment, self.fileMask) = (arguments, environment, fileMask)
  }

  /// Runs it with this process's own standard streams, and waits for its end.
  ///
  /// Signals that ask this process to end go on to it; those of the keyboard reach it by themselves. What
  /// stands behind the call is done in every case but `SIGKILL`.
  ///
  /// - Parameter started: Told its number.
  /// - Returns: Its exit status, 128 and the signal's number where a signal ended it.
  package func run(
    started: (Int32) -> Void = { _ in }
  ) throws(FileSystemError.Code) -> Int32 {
    var watched = sigset_t()
    var former = sigset_t()
    sigemptyset(&watched)
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD] { sigaddset(&watched, signal) }
    pthread_sigmask(SIG_BLOCK, &watched, &former)
    defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
    var mask = former
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD] { sigdelset(&mask, signal) }
    let child = try spawn(mask: mask)
    started(child)
    while true {
      var status: CInt = 0
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child {
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
      }
      if ended < 0, errno != EINTR { throw .init(rawValue: errno) }
      var signal: CInt = 0
      guard sigwait(&watched, &signal) == 0 else { continue }
      if signal == SIGTERM || signal == SIGHUP { kill(child, signal) }
    }
  }

  private func spawn(mask: sigset_t) throws(FileSystemError.Code) -> pid_t {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What this process ignores and holds back is nothing to a program of its own.
    var usual = sigset_t()
    sigemptyset(&usual)
    for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGQUIT, SIGTERM, SIGHUP] { sigaddset(&usual, signal) }
    var mask = mask
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var pairs: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + pairs { free(text) } }
    let own = umask(mode_t(fileMask))
    defer { umask(own) }
    var child: pid_t = 0
    let code = posix_spawn(&child, arguments.first ?? "", nil, &attributes, &words, &pairs)
    guard code == 0 else { throw .init(rawValue: code) }
    return child
  }
}

extension ForegroundProcess: Unprinted {}
