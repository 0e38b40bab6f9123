import LosslessJSON

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// A program that is run for its output, such as a password manager.
package struct ChildProcess: Sendable {
  /// What came of it.
  package struct Result: Sendable {
    /// Its standard output, as much as the limit allows.
    package let output: [UInt8]
    /// Its exit status; 128 and the signal's number when a signal ended it.
    package let status: Int32
    /// Whether it was stopped because it took too long.
    package let timedOut: Bool
    /// Whether it was stopped because it wrote more than the limit.
    package let exceededLimit: Bool

    /// What a program answered that ended by itself.
    package init(
      output: [UInt8], status: Int32, timedOut: Bool = false, exceededLimit: Bool = false
    ) {
      self.output = output
      self.status = status
      self.timedOut = timedOut
      self.exceededLimit = exceededLimit
    }
  }

  /// The command's words; the first is a path.
  package var arguments: [String]
  /// Milliseconds that it may take.
  package var timeout: Int
  /// Bytes that it may write.
  package var outputLimit: Int
  /// Its standard input, at most 48 KiB: what a pipe holds.
  package var input: [UInt8] = []
  /// Its environment; `nil` for this process's own.
  package var environment: [String: String]?
  /// Whether it belongs to this process's group, so that Ctrl-C ends both.
  package var endsWithUs = false

  /// Creates a command.
  package init(_ arguments: [String], timeout: Int, outputLimit: Int) {
    self.arguments = arguments
    self.timeout = timeout
    self.outputLimit = outputLimit
  }

  /// Runs it: standard error to nowhere (it may name what was asked for),
  /// in a process group of its own, which is ended when it takes too long.
  ///
  /// Throws the `errno` of a program that cannot be started.
  package func run() throws(FileSystemError.Code) -> Result {
    var descriptors: [CInt] = [0, 0]
    guard pipe(&descriptors) == 0 else { throw .init(rawValue: errno) }
    let (reader, writer) = (descriptors[0], descriptors[1])
    var ends: [CInt] = [-1, -1]
    if !input.isEmpty {
      guard pipe(&ends) == 0 else {
        let code = errno
        close(reader)
        close(writer)
        throw .init(rawValue: code)
      }
      _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    }
    _ = fcntl(reader, F_SETFD, FD_CLOEXEC)
    defer { close(reader) }
    let child: pid_t
    do {
      defer {
        close(writer)
        if ends[0] >= 0 { close(ends[0]) }
      }
      do throws(FileSystemError.Code) {
        child = try spawn(writer, standardInput: ends[0])
      } catch {
        if ends[1] >= 0 { close(ends[1]) }
        throw error
      }
    }
    if ends[1] >= 0 {
      Self.withoutPipeSignal {
        var rest = input.prefix(48 << 10)
        while !rest.isEmpty {
          let count = rest.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) }
          if count < 0, errno == EINTR { continue }
          // A program that does not want it is judged by its answer.
          guard count > 0 else { break }
          rest = rest.dropFirst(count)
        }
      }
      close(ends[1])
    }
    var output: [UInt8] = []
    var exceededLimit = false
    let deadline = Self.milliseconds() + timeout
    var isOpen = true
    while isOpen {
      let left = deadline - Self.milliseconds()
      guard left > 0 else { break }
      var poller = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      let ready = poll(&poller, 1, CInt(min(left, 1000)))
      guard ready > 0 else { continue }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(reader, &buffer, buffer.count)
      if count > 0 {
        output += buffer[..<count]
        exceededLimit = output.count > outputLimit
        isOpen = !exceededLimit
      } else if count == 0 || errno != EINTR {
        isOpen = false
      }
    }
    let timedOut = isOpen
    let victim = endsWithUs ? child : -child
    if timedOut || exceededLimit { kill(victim, SIGKILL) }
    var status: CInt = 0
    while true {
      // The output may be closed while the program goes on: the same time limit holds.
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child || ended < 0 && errno != EINTR { break }
      if Self.milliseconds() > deadline { kill(victim, SIGKILL) }
      usleep(500)
    }
    let signal = status & 0x7F
    return Result(
      output: output, status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
      timedOut: timedOut, exceededLimit: exceededLimit)
  }

  private func spawn(_ writer: CInt, standardInput: CInt) throws(FileSystemError.Code) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if standardInput >= 0 {
      posix_spawn_file_actions_adddup2(&actions, standardInput, 0)
      posix_spawn_file_actions_addclose(&actions, standardInput)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, writer, 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclose(&actions, writer)
    if !endsWithUs {
      posix_spawnattr_setpgroup(&attributes, 0)
      posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    }
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    var pairs: [UnsafeMutablePointer<CChar>?] =
      environment.map { $0.map { strdup("\($0.key)=\($0.value)") } } ?? []
    defer { for pair in pairs { free(pair) } }
    pairs.append(nil)
    let code =
      environment == nil
      ? posix_spawn(&child, arguments.first ?? "", &actions, &attributes, words, environ)
      : posix_spawn(&child, arguments.first ?? "", &actions, &attributes, words, pairs)
    guard code == 0 else { throw .init(rawValue: code) }
    return child
  }

  /// Writes to a pipe that nobody may read any more. The signal of that would end the program that uses
  /// this library, so this thread holds it back and takes it in (POSIX: it goes to the writing thread).
  private static func withoutPipeSignal(_ body: () -> Void) {
    var pipe = sigset_t()
    var former = sigset_t()
    var pending = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &pipe, &former)
    body()
    sigpending(&pending)
    if !wasPending, sigismember(&pending, SIGPIPE) == 1 {
      var signal: CInt = 0
      sigwait(&pipe, &signal)
    }
    pthread_sigmask(SIG_SETMASK, &former, nil)
  }

  private static func milliseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }
}

extension ChildProcess: Unprinted {}

extension ChildProcess.Result: Unprinted {}
