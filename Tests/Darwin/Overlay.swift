// The system documents these.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

// What the module Darwin has beyond the headers: variadic functions and macros that are not imported by themselves
// (Swift's overlay: Platform.swift, TiocConstants.swift). Signatures only.

@_exported import CDarwin

public var errno: Int32 {
  get { __error().pointee }
  set { __error().pointee = newValue }
}

public var S_IFMT: mode_t { 0o170000 }
public var S_IFDIR: mode_t { 0o040000 }
public var S_IFREG: mode_t { 0o100000 }
public var S_IFLNK: mode_t { 0o120000 }
public var TIOCGWINSZ: UInt { 0x4008_7468 }

public typealias sighandler_t = @convention(c) (Int32) -> Void
public var SIG_IGN: sighandler_t { { _ in } }
public var SIG_DFL: sighandler_t? { nil }

public var environ: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
  UnsafeMutablePointer.allocate(capacity: 1)
}

public func open(_ path: UnsafePointer<CChar>, _ flags: Int32) -> Int32 { -1 }
public func open(_ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) -> Int32 { -1 }
public func fcntl(_ descriptor: Int32, _ command: Int32) -> Int32 { -1 }
public func fcntl(_ descriptor: Int32, _ command: Int32, _ value: Int32) -> Int32 { -1 }
public func ioctl(_ descriptor: CInt, _ request: UInt, _ value: CInt) -> CInt { -1 }
public func ioctl(
  _ descriptor: CInt, _ request: UInt, _ pointer: UnsafeMutableRawPointer
) -> CInt { -1 }
