// The system documents these.
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

// Linux's own brings Glibc along, whose types would stand beside Darwin's. What of it is used here:

public struct Mutex<Value: Sendable>: ~Copyable, @unchecked Sendable {
  public init(_ value: sending Value) {}
  public borrowing func withLock<Result>(_ body: (inout sending Value) -> sending Result)
    -> sending Result
  {
    fatalError("never run")
  }
}
