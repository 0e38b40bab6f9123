#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The terminal of standard input with other settings for a while. Signals wait until it is given
/// back, so that it never stays as it was changed.
struct HeldTerminal {
  private var former = termios()
  private var held = termios()
  private var signals = sigset_t()
  private var formerSignals = sigset_t()

  /// Takes the terminal; `nil` where standard input is none.
  ///
  /// - Parameters:
  ///   - clear: Local flags to take away.
  ///   - set: Local flags to add.
  init?(clear: Int32, set: Int32 = 0) {
    guard tcgetattr(0, &former) == 0 else { return nil }
    held = former
    held.c_lflag &= ~tcflag_t(clear)
    held.c_lflag |= tcflag_t(set)
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGQUIT] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, &formerSignals)
    tcsetattr(0, TCSAFLUSH, &held)
  }

  /// Gives it back.
  mutating func release() {
    tcsetattr(0, TCSAFLUSH, &former)
    pthread_sigmask(SIG_SETMASK, &formerSignals, nil)
  }

  /// Gives it back, stops this program, and takes it again when the program is continued.
  mutating func stop() {
    tcsetattr(0, TCSAFLUSH, &former)
    kill(0, SIGTSTP)
    pthread_sigmask(SIG_SETMASK, &formerSignals, nil)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    tcsetattr(0, TCSAFLUSH, &held)
  }

  /// Whether a signal that is held back wants the program to stop for a while.
  var isStopping: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return sigismember(&pending, SIGTSTP) == 1
  }

  /// Whether a signal that is held back asks for the end. An interruption is taken here, so that
  /// the command can say that nothing was written.
  func isInterrupted() -> Bool {
    var pending = sigset_t()
    sigpending(&pending)
    if sigismember(&pending, SIGINT) == 1 {
      var interruption = sigset_t()
      var taken: CInt = 0
      sigemptyset(&interruption)
      sigaddset(&interruption, SIGINT)
      sigwait(&interruption, &taken)
      return true
    }
    return [SIGTERM, SIGHUP, SIGQUIT].contains { sigismember(&pending, $0) == 1 }
  }

  /// Waits a tenth of a second for something to read.
  static func hasInput() -> Bool {
    var poller = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&poller, 1, 100) > 0
  }
}
