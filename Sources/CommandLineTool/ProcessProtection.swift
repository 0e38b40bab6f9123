internal import CSystem

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The first lines of a process that handles keys.
package enum ProcessProtection {
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
