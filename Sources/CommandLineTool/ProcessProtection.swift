internal import CSystem

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The first and the last lines of a process that handles keys.
package enum ProcessProtection {
  /// The words after the program's name, also where there is no `/proc` for `CommandLine` to read.
  package static func arguments() -> [String] {
    var count: CInt = 0
    guard let words = csystem_arguments(&count), count > 0 else {
      return Array(CommandLine.arguments.dropFirst())
    }
    return (1..<Int(max(count, 1))).compactMap { words[$0].map { String(cString: $0) } }
  }

  /// New files are private, no core is dumped (on Linux also not by a handler that the kernel pipes
  /// it to, which ignores the limit: core(5)), nobody else's process looks into this one, a closed
  /// pipe and a full file-size limit are errors and not the end.
  ///
  /// - Returns: What new files lacked before, as `umask` has it.
  @discardableResult
  package static func apply() -> UInt32 {
    let former = umask(0o077)
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    #if canImport(Glibc)
      setrlimit(__rlimit_resource_t(UInt32(RLIMIT_CORE.rawValue)), &none)
    #else
      setrlimit(RLIMIT_CORE, &none)
    #endif
    csystem_hide()
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    return UInt32(former)
  }

  package static func exit(_ code: Int32) -> Never {
    #if canImport(Darwin)
      Darwin.exit(code)
    #elseif canImport(Musl)
      Musl.exit(code)
    #else
      Glibc.exit(code)
    #endif
  }
}
